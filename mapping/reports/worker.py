"""Make reports in a process of their own, one at a time: making one keeps a Python interpreter busy.

In the server's own process, everybody's clicks would take twice as long while a report is made. What a report
is made of is sent to the process once and kept there; reports that were made are kept here.
"""

import contextlib
import datetime
import importlib
import logging
import os
import threading
import time
import uuid
from functools import lru_cache
from typing import Final, NamedTuple

from loky import BrokenProcessPool, ProcessPoolExecutor

from mapping.dataset.dataset import Dataset
from mapping.errors import ReportInterruptedError
from mapping.reports import formats
from mapping.reports.formats import File
from mapping.reports.judged import Judged
from mapping.verdicts.bounds import Wave
from mapping.verdicts.strategy import Strategy

_log = logging.getLogger("stodkartan")
_IDLE_S: Final = 600.0
"""How long the process stays without work: it takes some 150 MB."""
_BEHIND: Final = 5
"""How much the process yields to the pages where both want the same core (POSIX niceness)."""
_LOOK_S: Final = 2.0
"""How often the process looks whether its server still runs."""
_TRIES: Final = 2
_NO_PROCESS: Final = (ImportError, OSError)
"""What is raised where a computer gives no more processes, or has no place for their locks (`/dev/shm`)."""
_FILES_KEPT: Final = 64
_JUDGED_KEPT: Final = 8


class ReportRequest(NamedTuple):
    """What somebody sees, and wants a report of; `before` is the wave to compare with."""

    dataset: Dataset
    before: Dataset | None
    strategy: Strategy
    day: datetime.date
    basis: str

    def judged(self) -> Judged:
        """Judge it."""
        previous = Wave.of(self.before, self.day) if self.before else None
        return Judged.of(self.dataset, self.strategy, self.day, previous=previous, basis=self.basis)


class Worker:
    """A process that makes reports. It starts when there is work, and anew if it has ended."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._one_at_a_time = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._used_at = -_IDLE_S
        self._kept = lru_cache(maxsize=_FILES_KEPT)(self._make)

    def prepare(self) -> None:
        """Start the process without waiting for it, so that the first report need not."""
        if time.monotonic() - self._used_at > _IDLE_S / 2 and self._one_at_a_time.acquire(blocking=False):
            try:
                with contextlib.suppress(*_NO_PROCESS):
                    self._running().submit(os.getpid)
            finally:
                self._one_at_a_time.release()

    def made(self, request: ReportRequest, what: str, kommunkod: str, suffix: str) -> File:
        """Make a report, after those that others wait for, or give the one that was made.

        `what` is `formats.SHEET_NAME`, `PLAN_NAME` or `COUNTY_NAME`.

        Raises
        ------
        ReportError
            If a PDF does not fit on its pages.
        ReportInterruptedError
            If the process ended before the report was made, and so did the next.
        """
        with self._one_at_a_time:
            return self._kept(request, what, kommunkod, suffix)

    def close(self) -> None:
        """End the process."""
        with self._one_at_a_time:
            if self._pool:
                self._pool.shutdown(kill_workers=True)
            self._pool = None

    def _make(self, request: ReportRequest, what: str, kommunkod: str, suffix: str) -> File:
        for _ in range(_TRIES):
            try:
                return self._ordered(request, what, kommunkod, suffix)
            except _NO_PROCESS as error:
                _log.warning("Rapporten görs i serverns egen process, för ingen annan kan startas: %s", error)
                name = _name(request)
                if not _has(name):
                    _take(name, request)
                return _report(name, what, kommunkod, suffix)
            except BrokenProcessPool:
                _log.warning("Processen som gör rapporter avbröts. En ny startas.")
                self._pool = None
        raise ReportInterruptedError

    def _ordered(self, request: ReportRequest, *report: str) -> File:
        """Have a report made, sending what it is made of if the process does not have it."""
        pool, name = self._running(), _name(request)
        if not pool.submit(_has, name).result():
            pool.submit(_take, name, request).result()
        file: File = pool.submit(_report, name, *report).result()
        return file

    def _running(self) -> ProcessPoolExecutor:
        self._used_at = time.monotonic()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1, timeout=_IDLE_S, initializer=_open, initargs=(os.getpid(),)
            )
        return self._pool


@lru_cache(maxsize=_JUDGED_KEPT)
def _name(_: ReportRequest) -> str:
    """Name a request, for as long as it is asked for again."""
    return uuid.uuid4().hex


def _open(server: int) -> None:
    """Make the process ready: behind the pages, with every writer loaded, and ended when its server is."""
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    for suffix in formats.WRITTEN:
        importlib.import_module(f"mapping.reports.{suffix}")


def _end_with(server: int) -> None:
    """End when the server has, however that ended."""
    while os.getppid() == server:
        time.sleep(_LOOK_S)
    os._exit(0)


_judged: dict[str, Judged] = {}
"""Where reports are made: what they are made of, by name, the latest last."""


def _has(name: str) -> bool:
    return name in _judged


def _take(name: str, request: ReportRequest) -> None:
    _judged[name] = request.judged()
    for oldest in list(_judged)[:-_JUDGED_KEPT]:
        del _judged[oldest]


def _report(name: str, *report: str) -> File:
    return formats.report_file(_judged[name], *report)
