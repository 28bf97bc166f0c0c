"""Measure one server under many visitors who filter, and two servers on one PostgreSQL beside it.

50 visitors filter the map every few seconds for two minutes,
and every answer is compared with what `mapping.arenas.filters` gives for that visitor's own choice: the
sentence, the count, the arenas on the map, the address. No two visitors ever have the same choice, so an
answer that belongs to somebody else is seen. Then it saturates one server, and two, behind HAProxy.

The visitors share the machine's cores with the servers; how much of a core they took is told.
"""

import asyncio
import datetime
import itertools
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlencode

from mapping.arenas.filters import LEVELS, Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset, load
from mapping.map import points
from mapping.settings import SHIPPED_DATA
from tests import balancer, postgresql
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.benchmarks.servers import Server, free_port, server, streamlit_run
from tests.benchmarks.visitors import VisitError, Visitor, visit

SESSIONS, SECONDS, PAUSE_S = 50, 120.0, 4.0
SATURATING, SATURATED_S = 16, 20.0
TWICE = 1.7
"""What "about twice as much" is at least."""


@dataclass(frozen=True)
class Answer:
    """What a page tells about a choice of arenas."""

    sentence: str
    counted: str
    visible: str
    query: str

    @classmethod
    def shown_to(cls, visitor: Visitor) -> "Answer":
        return cls(
            visitor.text("lead"),
            visitor.text("count"),
            str(visitor.component()["visible"]),
            visitor.query,
        )


@lru_cache(maxsize=10_000)
def answer(dataset: Dataset, filters: Filters) -> Answer:
    """Give what the page should tell."""
    selection = select(dataset, filters)
    return Answer(
        filters.sentence,
        selection.sentence,
        points.visible_bits(dataset.arenor, selection.shown),
        urlencode(filters.query(), doseq=True),
    )


@dataclass(frozen=True)
class Click:
    """A widget moved, and what should be seen then."""

    label: str
    value: tuple[str, ...]
    expected: Answer


AGES = tuple(itertools.combinations(range(18), 2))
"""Every visitor has a pair of ages of their own, which no click changes."""
_WIDGETS = {
    "kommun": ("Kommun", vocabulary.MUNICIPALITIES),
    "arenatyp": ("Typ av arena", vocabulary.ARENA_TYPE),
    "preventionsniva": ("Preventionsnivå", LEVELS),
}


def own_filters(number: int) -> Filters:
    """Give the choice that a visitor comes with."""
    return Filters(alder=AGES[number % len(AGES)])


def clicks(dataset: Dataset, number: int, count: int, *, seed: int = 1) -> list[Click]:
    """Draw what a visitor clicks on; each click changes one widget."""
    chance = random.Random(f"{seed} {number}")
    filters, drawn = own_filters(number), []
    while len(drawn) < count:
        name = chance.choice(list(_WIDGETS))
        label, words = _WIDGETS[name]
        codes = tuple(code for code in words if chance.random() < 0.25)
        if codes == getattr(filters, name):
            continue
        filters = replace(filters, **{name: codes})
        drawn.append(Click(label, tuple(words[code] for code in codes), answer(dataset, filters)))
    return drawn


@dataclass
class Load:
    """What visitors met.

    Attributes
    ----------
    opened, clicked
        Seconds that each opening and each click took, for the visitor.
    faults
        What went wrong, in words: an error, or an answer that is not the visitor's own.
    kept_at
        How many a load balancer kept at each server.
    lasted_s
        How long it went on.
    """

    opened: list[float] = field(default_factory=list)
    clicked: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kept_at: Counter[str] = field(default_factory=Counter)
    lasted_s: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.clicked) / self.lasted_s

    @property
    def median_s(self) -> float:
        return statistics.median(self.clicked)

    @property
    def p95_s(self) -> float:
        return statistics.quantiles(self.clicked, n=20, method="inclusive")[-1]


async def carried(
    address: str, planned: Sequence[Sequence[Click]], *, seconds: float, pause_s: float, first: int = 0
) -> Load:
    """Let each visitor click through a plan, with pauses, until the time is up; tell what they met.

    Parameters
    ----------
    planned
        One plan a visitor.
    seconds
        How long they click, once all have opened the page.
    pause_s
        The mean of the pauses, which are between half and one and a half of it.
    first
        The number of the first visitor, as the plan was drawn for.
    """
    met = Load()
    numbers = range(first, first + len(planned))
    async with AsyncExitStack() as stack:
        opened: dict[int, Visitor] = {}
        for number in numbers:
            began = time.perf_counter()
            query = urlencode(own_filters(number).query(), doseq=True)
            opened[number] = await stack.enter_async_context(visit(address, "karta", query))
            met.opened.append(time.perf_counter() - began)
            met.kept_at[opened[number].kept_at] += 1
        began = time.perf_counter()
        parts = await asyncio.gather(
            *(
                _clicking(opened[number], plan, _pauses(number, pause_s), until=began + seconds)
                for number, plan in zip(numbers, planned, strict=True)
            )
        )
        met.lasted_s = time.perf_counter() - began
        for taken, faults in parts:
            met.clicked.extend(taken)
            met.faults.extend(faults)
    return met


def _pauses(number: int, mean_s: float) -> Iterator[float]:
    chance = random.Random(number)
    yield chance.uniform(0, mean_s)
    while True:
        yield chance.uniform(0.5, 1.5) * mean_s


async def _clicking(
    visitor: Visitor, plan: Sequence[Click], pauses: Iterator[float], *, until: float
) -> tuple[list[float], list[str]]:
    """Click through a plan; give the seconds of each click, and what went wrong."""
    taken: list[float] = []
    faults: list[str] = []
    for click in plan:
        await asyncio.sleep(next(pauses))
        if time.perf_counter() > until:
            break
        try:
            taken.append(await visitor.move(click.label, click.value))
            seen = Answer.shown_to(visitor)
        except (VisitError, OSError) as error:
            faults.append(f"{visitor.query}: {error}")
            break
        if seen != click.expected:
            faults.append(f"saw {seen} in place of {click.expected}")
    return taken, faults


def read_dataset() -> Dataset:
    """Read what the servers show."""
    return load(SHIPPED_DATA, today=datetime.datetime.now().astimezone().date())


def plans(dataset: Dataset, sessions: int, count: int, first: int = 0) -> list[list[Click]]:
    """Draw a plan for each visitor."""
    return [clicks(dataset, number, count) for number in range(first, first + sessions)]


@dataclass
class Effort:
    """What a stretch of time cost: processor time of the servers and of the visitors."""

    servers: Sequence[Server]
    servers_s: float = 0.0
    visitors_s: float = 0.0
    lasted_s: float = 0.0

    def text(self) -> str:
        parts = [
            f"{self.servers_s / self.lasted_s:.2f} cores to the "
            + ("server" if len(self.servers) == 1 else f"{len(self.servers)} servers"),
            f"{self.visitors_s / self.lasted_s:.2f} to the visitors",
        ]
        return ", ".join(parts)


@contextmanager
def effort(*servers: Server) -> Iterator[Effort]:
    """Measure what the block costs."""
    spent = Effort(servers)
    before = sum(one.processor_s() for one in servers), time.process_time(), time.perf_counter()
    yield spent
    spent.servers_s = sum(one.processor_s() for one in servers) - before[0]
    spent.visitors_s = time.process_time() - before[1]
    spent.lasted_s = time.perf_counter() - before[2]


def measure(
    *,
    sessions: int = SESSIONS,
    seconds: float = SECONDS,
    pause_s: float = PAUSE_S,
    saturated_s: float = SATURATED_S,
) -> Outcome:
    """Measure one server, then one and two behind HAProxy."""
    dataset = read_dataset()
    goals, figures = _one_server(dataset, sessions, seconds, pause_s)
    haproxy, place = balancer.program(), postgresql.programs()
    if haproxy and place:
        with postgresql.running(place) as cluster:
            more = _two_servers(dataset, haproxy, cluster.new_database(), saturated_s)
        goals, figures = goals + more[0], figures + more[1]
    else:
        figures.append(Figure("two servers", "not measured: HAProxy or PostgreSQL is not installed"))
    return Outcome("Load", tuple(goals), tuple(figures))


def _one_server(
    dataset: Dataset, sessions: int, seconds: float, pause_s: float
) -> tuple[list[Goal], list[Figure]]:
    port = free_port()
    with server(*streamlit_run("app.py", port), port=port, data=SHIPPED_DATA) as one:
        quick = plans(dataset, 1, 40, first=len(AGES) - 1)
        asyncio.run(carried(one.address, quick, seconds=4, pause_s=0.1, first=len(AGES) - 1))  # warm
        with effort(one) as quiet:
            alone = asyncio.run(carried(one.address, quick, seconds=15, pause_s=0.2, first=len(AGES) - 1))
        before_mb = one.memory_mb()
        wanted = int(seconds / pause_s * 2) + 1
        planned = plans(dataset, sessions, wanted)
        with effort(one) as busy:
            many = asyncio.run(carried(one.address, planned, seconds=seconds, pause_s=pause_s))
        after_mb = one.memory_mb()
    faults = [*alone.faults, *many.faults]
    goals = [
        Goal("errors and answers that were somebody else's", len(faults), at_most=0),
        Goal(f"a click among {sessions} visitors / alone", many.median_s / alone.median_s),
        Goal("memory for each session", (after_mb - before_mb) / sessions, unit="MB"),
    ]
    figures = [
        Figure("one visitor", _clicks_text(alone)),
        Figure(
            "processor time of a click",
            f"{quiet.servers_s / (len(alone.clicked) + 1) * 1000:.0f} ms alone, "
            f"{busy.servers_s / (len(many.clicked) + sessions) * 1000:.0f} ms among many",
        ),
        Figure(f"{sessions} visitors, each every {pause_s:g} s", _clicks_text(many)),
        Figure("opening the page", f"median {statistics.median(many.opened):.3f} s, one after the other"),
        Figure("cores in use", busy.text() + f" of {os.cpu_count()}"),
        Figure("memory", f"{before_mb:.0f} MB with one visitor, {after_mb:.0f} MB with {sessions} more"),
        *(Figure("fault", fault) for fault in faults[:5]),
    ]
    return goals, figures


def _two_servers(
    dataset: Dataset, haproxy: str, database: str, saturated_s: float
) -> tuple[list[Goal], list[Figure]]:
    """Saturate one server, then two, with as many visitors, behind the same HAProxy."""
    planned = plans(dataset, SATURATING, 200)
    found: dict[int, tuple[Load, Effort]] = {}
    with ExitStack() as stack:
        both = []
        for _ in range(2):
            port = free_port()
            started = server(
                *streamlit_run("app.py", port),
                port=port,
                data=SHIPPED_DATA,
                STODKARTAN_DATABASE_URL=database,
            )
            both.append(stack.enter_context(started))
        for servers, seconds in ((both, 3), (both[:1], saturated_s), (both, saturated_s)):  # first to warm
            addresses = [one.address for one in servers]
            with balancer.balancing(haproxy, free_port(), addresses) as address, effort(*servers) as spent:
                met = asyncio.run(carried(address, planned, seconds=seconds, pause_s=0))
            found[len(servers)] = (met, spent)
    goals = [
        Goal(
            "two servers / one, clicks carried each second",
            found[2][0].per_second / found[1][0].per_second,
            at_least=TWICE,
        ),
        Goal("errors behind the load balancer", sum(len(met.faults) for met, _ in found.values()), at_most=0),
    ]
    figures = [
        Figure(
            f"{SATURATING} visitors without pauses, {number} behind HAProxy",
            f"{_clicks_text(met)}; {spent.text()}",
        )
        for number, (met, spent) in sorted(found.items())
    ]
    return goals, figures


def _clicks_text(met: Load) -> str:
    return (
        f"{len(met.clicked)} clicks, {met.per_second:.1f} each second, "
        f"median {met.median_s:.3f} s, 95 % within {met.p95_s:.3f} s"
    )
