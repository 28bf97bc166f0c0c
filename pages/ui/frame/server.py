"""Give what this server shows to everyone: its settings, its versions, the made-up county, the day."""

import datetime
import os
from pathlib import Path

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.dataset.dataset import Dataset
from mapping.errors import VersionNotFoundError
from mapping.map import points
from mapping.server import datasets, open_data
from mapping.server.first_view import MUNICIPALITIES, POINTS, FirstView, keep
from mapping.settings import Settings
from mapping.store.versions import Head
from mapping.verdicts.strategy import Strategy, read


def settings() -> Settings:
    """Give what the operator decided."""
    return Settings.from_environment(os.environ)


def dataset() -> Dataset:
    """Give the dataset that this server shows to whoever asks for nothing else: the latest version."""
    return datasets.current(settings(), calendar_day())


def published(number: int) -> Dataset | None:
    """Give a published version; None if there is none with that number."""
    found = head_of(number)
    return datasets.version(settings(), found, calendar_day()) if found else None


def named(content_version: str) -> Dataset | None:
    """Give the dataset that a version's name stands for; None if there is none."""
    return datasets.named(settings(), content_version, calendar_day())


def wave_before(shown: Dataset) -> Dataset | None:
    """Give the wave before a dataset, to compare with."""
    return datasets.earlier(shown, settings())


def strategy() -> Strategy:
    """Give the strategy that verdicts are judged by."""
    return read(settings().strategy)


def demo() -> Dataset:
    """Give the made-up county."""
    return datasets.example(settings())


def keep_first_view(place: Path) -> None:
    """Keep what the map first shows of the server's data, for the next start."""
    shown = dataset()
    view = FirstView(shown.version, points.visible_bits(shown.arenor, select(shown, Filters()).shown))
    keep(place, view, {POINTS: open_data.points(shown), MUNICIPALITIES: open_data.municipalities(shown)})


def calendar_day() -> datetime.date:
    """Give the server's own calendar day."""
    return datetime.datetime.now().astimezone().date()


def head_of(number: int) -> Head | None:
    """Name the published version with a number; None if there is none."""
    decided = settings()
    if decided.database is None:
        return None
    try:
        return datasets.numbered(decided, number)
    except VersionNotFoundError:
        return None
