"""Give the pages the dataset, the settings and today's date."""

import datetime
import os

from mapping.current import current
from mapping.dataset import Dataset
from mapping.settings import Settings


def settings() -> Settings:
    """Give what the operator decided."""
    return Settings.from_environment(os.environ)


def today() -> datetime.date:
    """Give today's date in Sweden's sense of a day: the server's own calendar day."""
    return datetime.datetime.now().astimezone().date()


def dataset() -> Dataset:
    """Give the dataset that this server shows."""
    return current(settings(), today())
