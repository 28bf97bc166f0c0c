"""Make reports of what a visitor sees, one at a time, and keep those that were made."""

import datetime
import threading
from functools import lru_cache

from mapping.dataset import Dataset
from mapping.reports import formats
from mapping.reports.basis import Basis
from mapping.reports.formats import File
from mapping.strategy import Strategy
from mapping.worlds import Wave
from pages.ui import data, judged

one_at_a_time = threading.Lock()
"""Making a report keeps the interpreter busy; one at a time leaves room for those who look at pages."""

Seen = tuple[Dataset, Dataset | None, Strategy, datetime.date, bool]


def seen() -> Seen:
    """Give what this visitor sees, as on screen; it is judged only when a report is made of it."""
    return data.dataset(), data.earlier(), judged.strategy(), judged.day(), judged.counts_older()


def made(what: str, of: Seen, kommunkod: str, suffix: str) -> File:
    """Make a report, or give the one that was made: by its name in `mapping.reports.formats`."""
    with one_at_a_time:
        return _kept(what, basis(*of), kommunkod, suffix)


@lru_cache(maxsize=64)
def _kept(what: str, shown: Basis, kommunkod: str, suffix: str) -> File:
    if what == formats.SHEET_NAME:
        return formats.sheet_file(shown, kommunkod, suffix)
    if what == formats.PLAN_NAME:
        return formats.plan_file(shown, kommunkod, suffix)
    return formats.county_file(shown)


@lru_cache(maxsize=8)
def basis(
    dataset: Dataset,
    before: Dataset | None,
    strategy: Strategy,
    on: datetime.date,
    include_older: bool,  # noqa: FBT001 - part of the key
) -> Basis:
    """Give what a report of it is made from."""
    previous = Wave.of(before, on) if before else None
    return Basis.judged(dataset, strategy, on, previous=previous, include_older=include_older)
