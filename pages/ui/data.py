"""Give the pages the dataset, the settings and today's date."""

import datetime
import os
from dataclasses import replace
from pathlib import Path

from mapping import api, current, maps
from mapping.dataset import Dataset
from mapping.filters import Filters, select
from mapping.firstview import MUNICIPALITIES, POINTS, FirstView, keep
from mapping.settings import DEMO_DATA, Settings
from mapping.strategy import Strategy, read
from pages.ui import address


def server_settings() -> Settings:
    """Give what the operator decided."""
    return Settings.from_environment(os.environ)


def server_dataset() -> Dataset:
    """Give the dataset that this server shows to whoever does not ask for the made-up county."""
    return current.current(server_settings(), _calendar_day())


def strategy() -> Strategy:
    """Give the strategy that verdicts are judged by."""
    return read(server_settings().strategy)


def demo() -> Dataset:
    """Give the made-up county."""
    return current.example(server_settings())


def keep_first_view(place: Path) -> None:
    """Keep what the map first shows of the server's data, for the next start."""
    shown = server_dataset()
    view = FirstView(shown.version, maps.visible_bits(shown.arenor, select(shown, Filters()).shown))
    keep(place, view, {POINTS: api.points(shown), MUNICIPALITIES: api.municipalities(shown)})


def settings() -> Settings:
    """Give what the operator decided, with the made-up county's data where the address asks for it."""
    decided = server_settings()
    return replace(decided, data=DEMO_DATA) if address.example()[0] else decided


def dataset() -> Dataset:
    """Give the dataset that this visitor sees."""
    return demo() if address.example()[0] else server_dataset()


def today() -> datetime.date:
    """Give today's date in Sweden's sense of a day: the server's own calendar day.

    Made-up data is seen on the day it was compiled, so that it teaches the same thing every year.
    """
    shown = dataset()
    return shown.compiled_on if shown.example and shown.compiled_on else _calendar_day()


def _calendar_day() -> datetime.date:
    return datetime.datetime.now().astimezone().date()
