"""Keep the files that visitors send until they are handed in: on disk, so many a visitor, so long.

One visitor who sends file after file and never hands them in must not fill the memory, nor the disk.
"""

import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import IO, Final, Generic, TypeVar

MEGABYTE: Final = 1024**2
MOST_OF_A_VISIT: Final = 80 * MEGABYTE
"""Bytes of one visit, a tab of a browser; twice the largest file that a browser sends."""
MOST_OF_AN_ADDRESS: Final = 240 * MEGABYTE
MOST_FILES_OF_A_VISIT: Final = 20
UNUSED_S: Final = 300.0
"""What was sent but not asked for in so many seconds is forgotten: nobody handed it in."""

SENT_FROM: ContextVar[str] = ContextVar("SENT_FROM", default="")
"""Who sends the file that is being taken in, see `mapping.server.rate_limit.visitor_of`."""

About = TypeVar("About")


@dataclass(eq=False)
class _File(Generic[About]):
    """A file that was sent; it lies on disk without a name, so that nothing is left behind."""

    visit: str
    key: Hashable
    about: About
    stream: IO[bytes]
    size: int
    sender: str
    sent_at: float
    is_used: bool = False


class KeptUploads(Generic[About]):
    """The files of all visits. Safe to use from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._files: dict[tuple[str, Hashable], _File[About]] = {}
        self._clock = clock
        self._lock = threading.Lock()

    def add(self, visit: str, key: Hashable, about: About, data: bytes) -> None:
        """Keep a file of a visit, and let go of the oldest where they become too many or too large."""
        stream = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is let go of
        stream.write(data)
        stream.flush()
        file = _File(visit, key, about, stream, len(data), SENT_FROM.get(), self._clock())
        with self._lock:
            self._let_go(self._files.pop((visit, key), None))
            self._files[visit, key] = file
            for old in list(self._surplus(file)):
                self._let_go(self._files.pop((old.visit, old.key), None))

    def get(self, visit: str, key: Hashable) -> tuple[About, bytes] | None:
        """Give a file that is kept, and keep it for as long as the visit lasts; None if it is gone."""
        with self._lock:
            file = self._files.get((visit, key))
            if file is None:
                return None
            file.is_used = True
            file.stream.seek(0)
            return file.about, file.stream.read()

    def remove(self, visit: str, key: Hashable) -> None:
        """Let go of one file."""
        with self._lock:
            self._let_go(self._files.pop((visit, key), None))

    def end(self, visit: str) -> None:
        """Let go of all files of a visit."""
        with self._lock:
            for place in [place for place in self._files if place[0] == visit]:
                self._let_go(self._files.pop(place))

    def forget_unused(self) -> None:
        """Let go of what was sent `UNUSED_S` ago or earlier and never asked for."""
        with self._lock:
            earliest = self._clock() - UNUSED_S
            unused = [at for at, file in self._files.items() if not file.is_used and file.sent_at <= earliest]
            for place in unused:
                self._let_go(self._files.pop(place))

    @property
    def total_bytes(self) -> int:
        """How much is kept, on disk."""
        with self._lock:
            return sum(file.size for file in self._files.values())

    def _surplus(self, newest: _File[About]) -> Iterator[_File[About]]:
        """Give the files that have to go for the newest to stay, the oldest first."""
        bounds = (
            ([file for file in self._files.values() if file.visit == newest.visit], MOST_OF_A_VISIT),
            ([file for file in self._files.values() if file.sender == newest.sender], MOST_OF_AN_ADDRESS),
        )
        for files, most in bounds:
            total, left = sum(file.size for file in files), len(files)
            for file in files[:-1]:
                is_too_many = most == MOST_OF_A_VISIT and left > MOST_FILES_OF_A_VISIT
                if total <= most and not is_too_many:
                    break
                total, left = total - file.size, left - 1
                yield file

    def _let_go(self, file: _File[About] | None) -> None:
        if file is not None:
            file.stream.close()
