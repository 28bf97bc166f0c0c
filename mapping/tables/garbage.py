"""Let a table be read and checked without Python looking for garbage all the while."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_pauses = 0


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collector of garbage, as a context or a decorator; other threads may do so at the same time.

    Cells are a million small objects that all stay, and looking for garbage among them took a fourth of the
    time: 0.45 s of 1.75 for 50 000 rows of `arenor`.
    """
    global _pauses  # noqa: PLW0603  (the collector is the process's, and so is the count of its pauses)
    with _lock:
        _pauses += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if not _pauses:
                gc.enable()
