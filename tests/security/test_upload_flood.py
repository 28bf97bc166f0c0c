"""One visitor who sends file after file and never hands them in fills neither memory nor disk."""

import time

import pytest

from mapping.server.kept_uploads import MEGABYTE
from tests import apart
from tests.benchmarks.servers import server
from tests.benchmarks.visitors import visit

SENT, SIZE = 12, 37 * MEGABYTE
LIMIT = 1.2
"""How much more memory than before may be in use."""


@pytest.mark.slow
def test_files_that_are_never_handed_in_do_not_stay_in_memory():
    with server() as running:
        before, after, ended = apart.run(flood(running))
    assert after < LIMIT * before
    assert ended < LIMIT * before


async def flood(running):
    async with visit(running.address, "uppdatera") as visitor:
        await visitor.send({"first.csv": b"namn"})
        before = settled(running)
        for number in range(SENT):
            await visitor.send({f"{number}.csv": b"x" * SIZE})
        after = settled(running)
    return before, after, settled(running)


def settled(running):
    """Give the memory in use once it no longer falls, in MB."""
    lowest = running.memory_mb()
    for _ in range(20):
        time.sleep(0.1)
        lowest = min(lowest, running.memory_mb())
    return lowest
