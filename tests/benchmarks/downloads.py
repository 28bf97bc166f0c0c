"""Measure a filter click while twenty people download reports, beside the same click when it is quiet.

Each of the twenty sits on Rapporter with a municipality chosen, and asks for three files and for the open
data, all at once; one visitor filters the map meanwhile, until everybody has got everything. What has been
made is kept, so that each round asks for another day of judging.
"""

import asyncio
import datetime
import itertools
import statistics
import time
from contextlib import AsyncExitStack

from mapping.contract.vocabulary import MUNICIPALITIES
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.benchmarks.servers import server
from tests.benchmarks.visitors import visit

PEOPLE = 20
LABELS = ("Kommunblad (PDF)", "Kommunblad (Word)", "Handlingsplan (Excel)")
OPEN_DATA = "/api/dataset.zip"


def measure(*, rounds=3):
    # three rounds within a minute, all from one address: more than the server would answer anybody
    with server(STODKARTAN_REQUESTS_PER_MINUTE="100000") as started:
        return asyncio.run(_measured(started.address, rounds))


async def _measured(address, rounds):
    quiet, busy, lasted, sizes = [], [], [], []
    first_day = datetime.date(2026, 11, 21)
    async with visit(address, "karta") as visitor:
        turns = itertools.count()
        async with next(_people(address, 1, first_day)) as person:  # everything is loaded once
            await _everything(person)
        for turn in range(rounds):
            quiet += (await _clicked(visitor, turns, count=15))[3:]
            async with AsyncExitStack() as stack:
                day = first_day - datetime.timedelta(days=turn + 1)
                people = [await stack.enter_async_context(one) for one in _people(address, PEOPLE, day)]
                began = time.perf_counter()
                everything = asyncio.gather(*(_everything(one) for one in people))
                busy += await _clicked(visitor, turns, until=everything.done)
                sizes += itertools.chain.from_iterable(await everything)
                lasted.append(time.perf_counter() - began)
    ratio = statistics.median(busy) / statistics.median(quiet)
    goal = Goal(f"a filter click while {PEOPLE} people download / quiet", ratio, at_most=2.0)
    files = f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB; {statistics.median(lasted):.1f} s"
    figures = (
        Figure("quiet", _text(quiet)),
        Figure(f"while {PEOPLE} people download", _text(busy)),
        Figure("downloaded", f"{files} until all {PEOPLE} had their {len(LABELS) + 1} files"),
    )
    return Outcome("Downloads", (goal,), figures)


def _people(address, count, day):
    for code in itertools.islice(itertools.cycle(sorted(MUNICIPALITIES)), count):
        yield visit(address, "rapporter", f"kommun={code}&dag={day}")


async def _everything(person):
    """Have every file made, each when the one before has come, as a browser does; give their sizes."""
    return [*[len(await person.download(label)) for label in LABELS], len(await person.fetch(OPEN_DATA))]


async def _clicked(visitor, turns, *, until=lambda: False, count=None):
    taken = []
    while not until() and (count is None or len(taken) < count):
        await asyncio.sleep(0.2)
        taken.append(await visitor.move("Sök i texten", "h" if next(turns) % 2 == 0 else ""))
    return taken


def _text(seconds):
    return f"median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s of {len(seconds)} clicks"
