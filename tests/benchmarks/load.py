"""Measure one server under many visitors who filter, and two servers on one PostgreSQL beside it.

50 visitors filter the map every few seconds for two minutes, and every answer is compared with what
`mapping.arenas.filters` gives for that visitor's own choice: the sentence, the count, the arenas on the map,
the address. No two visitors ever have the same choice, so an answer that belongs to somebody else is seen.
Then it saturates one server, and two, behind HAProxy. How much of the cores the visitors took is told.
"""

import asyncio
import datetime
import itertools
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlencode

from mapping.arenas.filters import LEVELS, Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from mapping.dataset.dataset import load
from mapping.map import points
from mapping.settings import SHIPPED_DATA
from tests import balancer, postgresql
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.benchmarks.servers import Server, free_port, server
from tests.benchmarks.visitors import VisitError, visit

SATURATING = 16


@dataclass(frozen=True)
class Answer:
    sentence: str
    counted: str
    visible: str
    query: str

    @classmethod
    def shown_to(cls, visitor):
        visible = str(visitor.component()["visible"])
        return cls(visitor.text("lead"), visitor.text("count"), visible, visitor.query)


@lru_cache(maxsize=10_000)
def answer(dataset, filters):
    found = select(dataset, filters)
    visible = points.visible_bits(dataset.arenor, found.shown)
    return Answer(filters.sentence, found.sentence, visible, urlencode(filters.query(), doseq=True))


@dataclass(frozen=True)
class Click:
    label: str
    value: tuple[str, ...]
    expected: Answer


AGES = tuple(itertools.combinations(range(18), 2))
"""Every visitor has a pair of ages of their own, which no click changes."""
_WIDGETS = {"kommun": ("Kommun", vocabulary.MUNICIPALITIES), "preventionsniva": ("Preventionsnivå", LEVELS)}
_WIDGETS |= {"arenatyp": ("Typ av arena", vocabulary.ARENA_TYPE)}


def own_filters(number):
    return Filters(alder=AGES[number % len(AGES)])


def clicks(dataset, number, count, *, seed=1):
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
    """What visitors met: seconds of each opening and click, what went wrong, how many were at each server."""

    opened: list[float] = field(default_factory=list)
    clicked: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kept_at: Counter[str] = field(default_factory=Counter)
    lasted_s: float = 0.0

    @property
    def per_second(self):
        return len(self.clicked) / self.lasted_s

    @property
    def median_s(self):
        return statistics.median(self.clicked)

    def text(self):
        p95_s = statistics.quantiles(self.clicked, n=20, method="inclusive")[-1]
        count = f"{len(self.clicked)} clicks, {self.per_second:.1f} each second"
        return f"{count}, median {self.median_s:.3f} s, 95 % within {p95_s:.3f} s"


async def carried(address, planned, *, seconds, pause_s, first=0):
    """Let each visitor click through a plan of their own, until the seconds are up; tell what they met.

    The pauses are between half and one and a half of `pause_s`; visitors are numbered from `first`.
    """
    met = Load()
    numbers = range(first, first + len(planned))
    async with AsyncExitStack() as stack:
        opened = {}
        for number in numbers:
            began = time.perf_counter()
            query = urlencode(own_filters(number).query(), doseq=True)
            opened[number] = await stack.enter_async_context(visit(address, "karta", query))
            met.opened.append(time.perf_counter() - began)
            met.kept_at[opened[number].kept_at] += 1
        began = time.perf_counter()
        clicking = (
            _clicking(met, opened[number], plan, _pauses(number, pause_s), until=began + seconds)
            for number, plan in zip(numbers, planned, strict=True)
        )
        await asyncio.gather(*clicking)
        met.lasted_s = time.perf_counter() - began
    return met


def _pauses(number, mean_s):
    chance = random.Random(number)
    yield chance.uniform(0, mean_s)
    while True:
        yield chance.uniform(0.5, 1.5) * mean_s


async def _clicking(met, visitor, plan, pauses, *, until):
    for click in plan:
        await asyncio.sleep(next(pauses))
        if time.perf_counter() > until:
            break
        try:
            met.clicked.append(await visitor.move(click.label, click.value))
            seen = Answer.shown_to(visitor)
        except (VisitError, OSError) as error:
            met.faults.append(f"{visitor.query}: {error}")
            break
        if seen != click.expected:
            met.faults.append(f"saw {seen} in place of {click.expected}")


def plans(dataset, sessions, count, first=0):
    return [clicks(dataset, number, count) for number in range(first, first + sessions)]


@dataclass
class Effort:
    """What a stretch of time cost: processor time of the servers and of the visitors."""

    servers: Sequence[Server]
    servers_s: float = 0.0
    visitors_s: float = 0.0
    lasted_s: float = 0.0

    def text(self):
        of = "server" if len(self.servers) == 1 else f"{len(self.servers)} servers"
        servers, visitors = (taken / self.lasted_s for taken in (self.servers_s, self.visitors_s))
        return f"{servers:.2f} cores to the {of}, {visitors:.2f} to the visitors"


@contextmanager
def effort(*servers):
    spent = Effort(servers)
    before = sum(one.processor_s() for one in servers), time.process_time(), time.perf_counter()
    yield spent
    spent.servers_s = sum(one.processor_s() for one in servers) - before[0]
    spent.visitors_s = time.process_time() - before[1]
    spent.lasted_s = time.perf_counter() - before[2]


def measure(*, sessions=50, seconds=120.0, pause_s=4.0, saturated_s=20.0):
    dataset = load(SHIPPED_DATA, today=datetime.datetime.now().astimezone().date())
    goals, figures = _one_server(dataset, sessions, seconds, pause_s)
    haproxy, place = balancer.program(), postgresql.programs()
    if haproxy and place:
        with postgresql.running(place) as cluster:
            more = _two_servers(dataset, haproxy, cluster.new_database(), saturated_s)
        goals, figures = goals + more[0], figures + more[1]
    else:
        figures.append(Figure("two servers", "not measured: HAProxy or PostgreSQL is not installed"))
    return Outcome("Load", tuple(goals), tuple(figures))


def _one_server(dataset, sessions, seconds, pause_s):
    with server() as one:
        quick = plans(dataset, 1, 40, first=len(AGES) - 1)
        asyncio.run(carried(one.address, quick, seconds=4, pause_s=0.1, first=len(AGES) - 1))  # warm
        with effort(one) as quiet:
            alone = asyncio.run(carried(one.address, quick, seconds=15, pause_s=0.2, first=len(AGES) - 1))
        before_mb = one.memory_mb()
        planned = plans(dataset, sessions, int(seconds / pause_s * 2) + 1)
        with effort(one) as busy:
            many = asyncio.run(carried(one.address, planned, seconds=seconds, pause_s=pause_s))
        after_mb = one.memory_mb()
    faults = [*alone.faults, *many.faults]
    worked = (quiet.servers_s, len(alone.clicked) + 1), (busy.servers_s, len(many.clicked) + sessions)
    click_ms = [taken / count * 1000 for taken, count in worked]
    goals = [
        Goal("errors and answers that were somebody else's", len(faults), at_most=0),
        Goal(f"a click among {sessions} visitors / alone", many.median_s / alone.median_s),
        Goal("memory for each session", (after_mb - before_mb) / sessions, unit="MB"),
    ]
    figures = [
        Figure("one visitor", alone.text()),
        Figure("processor time of a click", f"{click_ms[0]:.0f} ms alone, {click_ms[1]:.0f} ms among many"),
        Figure(f"{sessions} visitors, each every {pause_s:g} s", many.text()),
        Figure("opening the page", f"median {statistics.median(many.opened):.3f} s, one after the other"),
        Figure("cores in use", busy.text() + f" of {os.cpu_count()}"),
        Figure("memory", f"{before_mb:.0f} MB with one visitor, {after_mb:.0f} MB with {sessions} more"),
        *(Figure("fault", fault) for fault in faults[:5]),
    ]
    return goals, figures


def _two_servers(dataset, haproxy, database, saturated_s):
    """Saturate one server, then two, with as many visitors, behind the same HAProxy."""
    planned = plans(dataset, SATURATING, 200)
    found = {}
    with ExitStack() as stack:
        both = [stack.enter_context(server(STODKARTAN_DATABASE_URL=database)) for _ in range(2)]
        for servers, seconds in ((both, 3), (both[:1], saturated_s), (both, saturated_s)):  # first to warm
            addresses = [one.address for one in servers]
            with balancer.balancing(haproxy, free_port(), addresses) as address, effort(*servers) as spent:
                met = asyncio.run(carried(address, planned, seconds=seconds, pause_s=0))
            found[len(servers)] = (met, spent)
    ratio = found[2][0].per_second / found[1][0].per_second
    faults = sum(len(met.faults) for met, _ in found.values())
    goals = [
        Goal("two servers / one, clicks carried each second", ratio, at_least=1.7),
        Goal("errors behind the load balancer", faults, at_most=0),
    ]
    name = f"{SATURATING} visitors without pauses, {{}} behind HAProxy"
    return goals, [
        Figure(name.format(number), f"{met.text()}; {spent.text()}")
        for number, (met, spent) in sorted(found.items())
    ]
