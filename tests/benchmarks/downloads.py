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
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.settings import SHIPPED_DATA
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.benchmarks.servers import free_port, server, streamlit_run
from tests.benchmarks.visitors import Visitor, visit

PEOPLE = 20
ROUNDS = 3
AT_MOST = 2.0
PAUSE_S = 0.2
LABELS = ("Kommunblad (PDF)", "Kommunblad (Word)", "Handlingsplan (Excel)")
OPEN_DATA = "/api/dataset.zip"


def measure(*, rounds: int = ROUNDS) -> Outcome:
    """Measure on a server of its own."""
    port = free_port()
    # three rounds within a minute, all from one address: more than the server would answer anybody
    unlimited = {"STODKARTAN_REQUESTS_PER_MINUTE": "100000"}
    with server(*streamlit_run("app.py", port), port=port, data=SHIPPED_DATA, **unlimited) as started:
        return asyncio.run(_measured(started.address, rounds))


async def _measured(address: str, rounds: int) -> Outcome:
    quiet: list[float] = []
    busy: list[float] = []
    lasted: list[float] = []
    sizes: list[int] = []
    first_day = datetime.date(2026, 11, 21)
    async with visit(address, "karta") as visitor:
        turns = itertools.count()
        await _downloaded(address, 1, first_day)  # everything is loaded once
        for turn in range(rounds):
            quiet += (await _clicked(visitor, turns, until=_never, count=15))[3:]
            async with AsyncExitStack() as stack:
                day = first_day - datetime.timedelta(days=turn + 1)
                people = [await stack.enter_async_context(one) for one in _people(address, PEOPLE, day)]
                began = time.perf_counter()
                everything = asyncio.gather(*(_everything(one) for one in people))
                busy += await _clicked(visitor, turns, until=everything.done)
                sizes += itertools.chain.from_iterable(await everything)
                lasted.append(time.perf_counter() - began)
    ratio = statistics.median(busy) / statistics.median(quiet)
    return Outcome(
        "Downloads",
        (Goal(f"a filter click while {PEOPLE} people download / quiet", ratio, at_most=AT_MOST),),
        (
            Figure("quiet", _text(quiet)),
            Figure(f"while {PEOPLE} people download", _text(busy)),
            Figure(
                "downloaded",
                f"{len(sizes)} files, {sum(sizes) / 1e6:.1f} MB; {statistics.median(lasted):.1f} s "
                f"until all {PEOPLE} had their {len(LABELS) + 1} files",
            ),
        ),
    )


def _people(address: str, count: int, day: datetime.date) -> Iterator[AbstractAsyncContextManager[Visitor]]:
    codes = itertools.cycle(sorted(MUNICIPALITIES))
    for code in itertools.islice(codes, count):
        yield visit(address, "rapporter", f"kommun={code}&dag={day}")


async def _downloaded(address: str, count: int, day: datetime.date) -> None:
    for one in _people(address, count, day):
        async with one as person:
            await _everything(person)


async def _everything(person: Visitor) -> list[int]:
    """Have every file made, each when the one before has come, as a browser does; give their sizes."""
    return [
        *[len(await person.download(label)) for label in LABELS],
        len(await person.fetch(OPEN_DATA)),
    ]


async def _clicked(
    visitor: Visitor, turns: Iterator[int], *, until: Callable[[], bool], count: int | None = None
) -> list[float]:
    taken: list[float] = []
    while not until() and (count is None or len(taken) < count):
        await asyncio.sleep(PAUSE_S)
        taken.append(await visitor.move("Sök i texten", "h" if next(turns) % 2 == 0 else ""))
    return taken


def _never() -> bool:
    return False


def _text(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s of {len(seconds)} clicks"
