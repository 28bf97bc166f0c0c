"""Give what this server shows to everyone: its versions, the made-up county, the strategy, the day."""

import datetime

from mapping.dataset.dataset import Dataset
from mapping.errors import VersionNotFoundError
from mapping.server.datasets import Datasets, example
from mapping.server.datasets import datasets as datasets_of
from mapping.settings import settings
from mapping.store.versions import Head
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strategy_file import read


def datasets() -> Datasets:
    """Give the datasets that the operator's settings name."""
    return datasets_of(settings())


def dataset() -> Dataset:
    """Give the dataset that this server shows to whoever asks for nothing else: the latest version."""
    return datasets().latest(calendar_day())


def published(number: int) -> Dataset | None:
    """Give a published version; None if there is none with that number."""
    found = head_of(number)
    return datasets().version(found, calendar_day()) if found else None


def wave_before(shown: Dataset) -> Dataset | None:
    """Give the wave before a dataset, to compare with."""
    return datasets().wave_before(shown)


def strategy() -> Strategy:
    """Give the strategy that verdicts are judged by."""
    return read(settings().strategy)


def demo() -> Dataset:
    """Give the made-up county."""
    return example(settings())


def calendar_day() -> datetime.date:
    """Give the server's own calendar day."""
    return datetime.datetime.now().astimezone().date()


def head_of(number: int) -> Head | None:
    """Name the published version with a number; None if there is none."""
    if settings().database is None:
        return None
    try:
        return datasets().head(number)
    except VersionNotFoundError:
        return None
