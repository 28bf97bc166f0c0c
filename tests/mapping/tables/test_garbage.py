"""The collector of garbage rests while many rows are read, and works again afterwards."""

import gc
import threading

import pytest

from mapping.tables.garbage import collection_paused


def test_it_works_again_when_the_last_of_several_threads_is_done():
    inside, leave = threading.Event(), threading.Event()

    @collection_paused()
    def read():
        inside.set()
        leave.wait(10)

    other = threading.Thread(target=read)
    other.start()
    inside.wait(10)
    with collection_paused():
        assert not gc.isenabled()
    assert not gc.isenabled()
    leave.set()
    other.join()
    assert gc.isenabled()


def test_it_works_again_after_a_fault():
    with pytest.raises(ValueError, match="fel"), collection_paused():
        raise ValueError("fel")
    assert gc.isenabled()
