"""Gather what is known of each arena and insats, as plain values: what it states, and what it may be.

Nothing here depends on a day, so a dataset is gathered once and judged on any day. What an insats reaches is
told in two readings: *stated* has only what its cells say; *possible* has also what an empty cell may stand
for. The floor goes by the first, the ceiling by the second.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.verdicts.strategy import Strategy

UNIVERSAL: Final = "universell"
INCOMPLETE_LIST: Final = "ofullstandig"
LEVELS: Final = tuple(vocabulary.PREVENTION_LEVEL)
ACTIVE, PLANNED, UNSURE, CLOSED = "aktiv", "planerad", "okand", "stangd"
"""What a row's own cell says of its status."""

Ages = tuple[int | None, int | None]
Cell = tuple[str, int]
"""A level and a year of age, or a level and the number of a phase."""
Days = tuple[dt.date, dt.date]
"""The first and the last day that a coarse date may be."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an insats covers in one reading.

    Parameters
    ----------
    years, phases
        Years of age within childhood; places in the strategy's list of phases.
    cells, phase_cells
        The same on each of its levels.
    universal
        The cells of the universal level.
    """

    years: frozenset[int]
    phases: frozenset[int]
    cells: frozenset[Cell]
    phase_cells: frozenset[Cell]
    universal: frozenset[Cell]


@dataclass(frozen=True, slots=True, eq=False)
class Arena:
    """What is known of one arena.

    Parameters
    ----------
    number
        Its place in the table: rows are listed in that order.
    serves
        kommunkoder that it serves besides its own.
    status
        As the cell says; `evidence` is `belagg`.
    day
        First day of the confirmation; None if there is none. `confirmed` is the date as it is written.
    started, developed
        Its `start_datum` and `utvecklad_datum`.
    premises
        The arena whose premises it says that it shares; None for none, or not known.
    tells_premises
        Whether it says anything of whom it shares premises with.
    parts
        Of a familjecentral: part → ja, nej or None for not known. Otherwise empty.
    point
        (lat, lon) where something more than the municipality is known.
    """

    arena_id: str
    number: int
    name: str
    kind: str
    kommunkod: str
    serves: frozenset[str]
    status: str
    evidence: str
    day: dt.date | None
    confirmed: str | None
    started: Days | None
    developed: Days | None
    premises: str | None
    tells_premises: bool
    parts: Mapping[str, str | None]
    point: tuple[float, float] | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Insats:
    """What is known of one insats; lists are empty and values None where nothing is.

    Parameters
    ----------
    number
        Its place in the table.
    day
        First day of the confirmation: its own, or its arena's. So are `confirmed`, as it is written, and
        `sources`.
    parties
        Without `ofullstandig`; `has_all_parties` tells whether no other may be meant.
    stated, possible
        What it reaches, in the two readings.
    """

    insats_id: str
    number: int
    name: str
    arena: Arena
    status: str
    evidence: str
    day: dt.date | None
    confirmed: str | None
    levels: tuple[str, ...]
    ages: Ages
    groups: tuple[str, ...]
    forms: tuple[str, ...]
    languages: tuple[str, ...]
    themes: tuple[str, ...]
    knowledge_base: str | None
    rights: str | None
    expectant: bool
    parties: frozenset[str]
    has_all_parties: bool
    sources: tuple[str, ...]
    stated: Reach
    possible: Reach

    def reach(self, *, possible: bool) -> Reach:
        """Give what it reaches in one of the readings."""
        return self.possible if possible else self.stated


@dataclass(frozen=True, eq=False)
class Known:
    """All arenas and insatser of a dataset, found by municipality.

    Parameters
    ----------
    arenas
        In the table's order.
    insatser
        arena_id → its insatser; those of arenas that do not exist are left out.
    own, serving
        kommunkod → arenas that lie there; arenas elsewhere that serve it.
    county_wide
        Arenas that serve every municipality.
    """

    arenas: tuple[Arena, ...]
    insatser: Mapping[str, Sequence[Insats]]
    own: Mapping[str, Sequence[Arena]]
    serving: Mapping[str, Sequence[Arena]]
    county_wide: Sequence[Arena]

    def shared(self, kommunkod: str) -> list[Arena]:
        """Give the arenas elsewhere that serve a municipality (rule G4)."""
        found = [*self.county_wide, *self.serving.get(kommunkod, ())]
        return [arena for arena in found if arena.kommunkod != kommunkod]


@lru_cache(maxsize=4)
def known(dataset: Dataset, strategy: Strategy) -> Known:
    """Gather what is known.

    Parameters
    ----------
    dataset
        Any dataset.
    strategy
        Says what years and phases childhood has.
    """
    arenas = tuple(_arenas(dataset.arenor))
    by_id = {arena.arena_id: arena for arena in arenas}
    insatser: dict[str, list[Insats]] = {}
    for insats in _insatser(dataset.insatser, by_id, strategy):
        insatser.setdefault(insats.arena.arena_id, []).append(insats)
    own: dict[str, list[Arena]] = {}
    serving: dict[str, list[Arena]] = {}
    county_wide = []
    for arena in arenas:
        own.setdefault(arena.kommunkod, []).append(arena)
        if vocabulary.COUNTY_CODE in {arena.kommunkod, *arena.serves}:
            county_wide.append(arena)
        else:
            for code in arena.serves:
                serving.setdefault(code, []).append(arena)
    return Known(arenas, insatser, own, serving, county_wide)


def _arenas(frame: pd.DataFrame) -> Iterable[Arena]:
    exists = set(frame.index)
    parts = list(vocabulary.FAMILY_CENTRE_PART)
    columns = zip(
        frame.index.tolist(),
        *(
            values(frame[name])
            for name in ("namn", "arenatyp", "kommunkod", "betjanar_kommuner", "status", "belagg")
        ),
        days(frame["kontrollerad_datum_first_day"]),
        values(frame["kontrollerad_datum"]),
        _spans(frame, "start_datum"),
        _spans(frame, "utvecklad_datum"),
        values(frame["samlokaliserad_med"]),
        zip(*(values(frame[name]) for name in parts), strict=True),
        values(frame["lage"]),
        zip(frame["lat"].tolist(), frame["lon"].tolist(), strict=True),
        values(frame["kalla"]),
        strict=True,
    )
    for number, row in enumerate(columns):
        identity, name, kind, code, serves, status, evidence, day, confirmed, started, developed, *rest = row
        with_, has, where, point, sources = rest
        yield Arena(
            arena_id=identity,
            number=number,
            name=name,
            kind=kind,
            kommunkod=code,
            serves=frozenset(serves),
            status=status,
            evidence=evidence,
            day=day,
            confirmed=confirmed,
            started=started,
            developed=developed,
            premises=with_ if with_ in exists else None,
            tells_premises=with_ is not None,
            parts=dict(zip(parts, has, strict=True)) if kind == "familjecentral" else {},
            point=point if where in {"exakt", "harlett", "ort"} else None,
            sources=sources,
        )


def _insatser(frame: pd.DataFrame, arenas: Mapping[str, Arena], strategy: Strategy) -> Iterable[Insats]:
    reaches: dict[tuple[tuple[str, ...], Ages], tuple[Reach, Reach]] = {}
    names = (
        "arena_id", "namn", "status", "belagg", "preventionsniva", "malgrupp", "form", "sprak", "tema",
        "kunskapsbas", "barnratt", "blivande_foraldrar", "parter", "alder_fran", "alder_till",
        "kontrollerad_datum", "kalla",
    )  # fmt: skip
    columns = zip(
        frame.index.tolist(),
        days(frame["kontrollerad_datum_first_day"]),
        *(values(frame[name]) for name in names),
        strict=True,
    )
    for number, row in enumerate(columns):
        identity, day, of, name, status, evidence, levels, groups, forms, languages, themes, *rest = row
        base, rights, expectant, parties, first, last, confirmed, sources = rest
        if of not in arenas:
            continue
        asked = (levels, (first, last))
        if asked not in reaches:
            reaches[asked] = reach(*asked, strategy)
        stated, possible = reaches[asked]
        yield Insats(
            insats_id=identity,
            number=number,
            name=name,
            arena=arenas[of],
            status=status,
            evidence=evidence,
            day=day or arenas[of].day,
            confirmed=confirmed or arenas[of].confirmed,
            levels=levels,
            ages=(first, last),
            groups=groups,
            forms=forms,
            languages=languages,
            themes=themes,
            knowledge_base=base,
            rights=rights,
            expectant=expectant == "ja",
            parties=frozenset(parties) - {INCOMPLETE_LIST},
            has_all_parties=bool(parties) and INCOMPLETE_LIST not in parties,
            sources=sources or arenas[of].sources,
            stated=stated,
            possible=possible,
        )


def reach(levels: Sequence[str], ages: Ages, strategy: Strategy) -> tuple[Reach, Reach]:
    """Tell what levels and ages cover, as stated and as they may be.

    Examples
    --------
    >>> from mapping.settings import SHIPPED_STRATEGY
    >>> from mapping.verdicts.strategy_file import read
    >>> stated, possible = reach(("universell",), (4, None), read(SHIPPED_STRATEGY))
    >>> sorted(stated.cells), stated.phases, len(possible.years)
    ([('universell', 4)], frozenset(), 19)
    """
    every = frozenset(strategy.childhood_ages)
    known_years = surely_covered(ages, strategy)
    return (
        _reach([level for level in LEVELS if level in levels], known_years, strategy),
        _reach(
            [level for level in LEVELS if level in levels or not levels],
            every if None in ages else known_years,
            strategy,
        ),
    )


def _reach(levels: Sequence[str], years: frozenset[int], strategy: Strategy) -> Reach:
    phases = frozenset(
        number
        for number, (covered, width) in enumerate(phases_covered(years, strategy))
        if covered and covered / width >= strategy.phase_share
    )
    return Reach(
        years,
        phases,
        frozenset((level, year) for level in levels for year in years),
        frozenset((level, phase) for level in levels for phase in phases),
        frozenset((UNIVERSAL, year) for year in years if UNIVERSAL in levels),
    )


def surely_covered(ages: Ages, strategy: Strategy) -> frozenset[int]:
    """Give the years of childhood that a span surely covers.

    A span of which only one end is known surely covers that year; an upper end beyond childhood says
    nothing of childhood then.

    Examples
    --------
    >>> from mapping.settings import SHIPPED_STRATEGY
    >>> from mapping.verdicts.strategy_file import read
    >>> spans = ((0, 2), (17, 20), (3, None), (None, 20))
    >>> [sorted(surely_covered(span, read(SHIPPED_STRATEGY))) for span in spans]
    [[0, 1, 2], [17, 18], [3], []]
    """
    first, last = ages
    low, high = (last if first is None else first), (first if last is None else last)
    if low is None or high is None:
        return frozenset()
    return frozenset(year for year in strategy.childhood_ages if low <= year <= high)


def phases_covered(years: frozenset[int] | set[int], strategy: Strategy) -> list[tuple[int, int]]:
    """Count, for each phase, the years that lie in it, and all its years."""
    return [
        (sum(first <= year <= last for year in years), last - first + 1) for first, last in strategy.phases
    ]


def values(column: "pd.Series[Any]") -> list[Any]:
    """Give a column as a plain list, with None where nothing is known."""
    return column.astype(object).where(column.notna(), None).tolist()


def days(dates: "pd.Series[pd.Timestamp]") -> list[dt.date | None]:
    """Give a column of dates as plain dates."""
    return dates.to_numpy().astype("datetime64[D]").tolist()


def _spans(frame: pd.DataFrame, name: str) -> list[Days | None]:
    both = zip(days(frame[f"{name}_first_day"]), days(frame[f"{name}_last_day"]), strict=True)
    return [None if first is None or last is None else (first, last) for first, last in both]
