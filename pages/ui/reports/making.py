"""Make reports and pictures of what a visitor sees, one at a time."""

import threading
from functools import lru_cache

from mapping.reports.formats import File
from mapping.reports.judged import Judged
from mapping.reports.worker import ReportRequest, Worker
from pages.ui import data
from pages.ui.verdicts import judged

one_at_a_time = threading.Lock()
"""What is made in the server's own process keeps it busy; one at a time leaves room for the pages."""

_worker = Worker()


def request() -> ReportRequest:
    """Give what this visitor sees, as on screen; it is judged only when a report is made of it."""
    return ReportRequest(data.dataset(), data.earlier(), judged.strategy(), judged.day(), judged.basis())


def prepare() -> None:
    """Get ready to make a report for somebody who can see its button."""
    _worker.prepare()


def made(what: str, of: ReportRequest, kommunkod: str, suffix: str) -> File:
    """Make a report, or give the one that was made: by its name in `mapping.reports.formats`."""
    return _worker.made(of, what, kommunkod, suffix)


@lru_cache(maxsize=8)
def judged_of(of: ReportRequest) -> Judged:
    """Judge what a picture of it is made from."""
    return of.judged()
