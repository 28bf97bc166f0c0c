"""Hold the dataset that this server shows, read once for each set of settings."""

import datetime
from dataclasses import replace
from functools import lru_cache

from mapping.dataset import Dataset, load
from mapping.settings import DEMO_DATA, DEMO_DAY, DEMO_PREVIOUS, Settings


@lru_cache(maxsize=4)
def _opened(settings: Settings, day: datetime.date) -> Dataset:
    return load(settings.data, boundaries=settings.boundaries, today=day)


_first_day: dict[Settings, datetime.date] = {}


def current(settings: Settings, day: datetime.date) -> Dataset:
    """Give the dataset that the settings name; it is read at the first call and kept.

    Parameters
    ----------
    settings
        Which directory and boundaries.
    day
        Today. It matters only at the first call: dates in the data may not be later.

    Raises
    ------
    DatasetRefusedError, DatasetNotFoundError, BoundariesError
        As `mapping.dataset.load` does.
    """
    return _opened(settings, _first_day.setdefault(settings, day))


def example(settings: Settings | None = None) -> Dataset:
    """Give the made-up county that is shipped beside the data; it is read at the first call and kept.

    Parameters
    ----------
    settings
        Whose boundaries to use. Which data they name does not matter.
    """
    return current(replace(settings or Settings(), data=DEMO_DATA), DEMO_DAY)


def earlier(dataset: Dataset) -> Dataset | None:
    """Give the wave before a dataset: the made-up county has one, no other dataset yet.

    Parameters
    ----------
    dataset
        The dataset that is shown.
    """
    if not dataset.example or dataset.version != example().version:
        return None
    return current(Settings(data=DEMO_PREVIOUS), DEMO_DAY)


def forget() -> None:
    """Read the dataset anew at the next call."""
    _opened.cache_clear()
    _first_day.clear()
