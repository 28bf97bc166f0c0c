"""Gather what is known of each arena and insats, as plain values: what it states, and what it may be.

Nothing here depends on a day, so a dataset is gathered once and judged on any day. What an insats reaches is
told in two readings: *stated* has only what its cells say; *possible* has also what an empty cell may stand
for. The floor goes by the first, the ceiling by the second.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.schema import EVERY_MUNICIPALITY
from mapping.dataset.dataset import PART_TYPES, Dataset
from mapping.verdicts.strategy import Strategy

UNIVERSAL: Final = "universell"
INCOMPLETE_LIST: Final = "ofullstandig"
LEVELS: Final = tuple(vocabulary.PREVENTION_LEVEL)
MUNICIPAL: Final = "Kommunens uppdrag"
"""What stands in the place of an arena where a law obliges the municipality itself."""
ACTIVE, PLANNED, UNSURE, CLOSED = "aktiv", "planerad", "okand", "stangd"
"""What a row's own cell says of its status."""

_ARENA: Final = (
    "arena_id", "namn", "arenatyp", "kommunkod", "betjanar_kommuner", "status", "belagg",
    "kontrollerad_datum", "kontrollerad_datum_first_day", "start_datum_first_day", "start_datum_last_day",
    "utvecklad_datum_first_day", "utvecklad_datum_last_day", "samlokaliserad_med", "lage", "lat", "lon",
    "kalla",
)  # fmt: skip
_INSATS: Final = (
    "insats_id", "arena_id", "namn", "status", "belagg", "preventionsniva", "malgrupp", "form", "sprak",
    "tema", "kunskapsbas", "barnratt", "blivande_foraldrar", "parter", "alder_fran", "alder_till",
    "kontrollerad_datum", "kontrollerad_datum_first_day", "kalla",
)  # fmt: skip

BINDING: Final = frozenset({"lag", "program"})
"""Why something must be offered; what is only usual proves nothing."""

Ages = tuple[int | None, int | None]
Cell = tuple[str, int]
"""A level and a year of age, or a level and the number of a phase."""
Days = tuple[dt.date, dt.date]
"""The first and the last day that a coarse date may be."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an insats covers in one reading.

    `phases` are places in the strategy's list; `cells` and `phase_cells` are the years and phases on each of
    its levels, `universal` the cells of the universal level.
    """

    years: frozenset[int]
    phases: frozenset[int]
    cells: frozenset[Cell]
    phase_cells: frozenset[Cell]
    universal: frozenset[Cell]


class Arena(NamedTuple):
    """What is known of one arena."""

    arena_id: str
    number: int
    """Its place in the table: rows are listed in that order."""
    name: str
    kind: str
    kommunkod: str
    serves: frozenset[str]
    """kommunkoder that it serves besides its own."""
    status: str
    evidence: str
    day: dt.date | None
    """First day of the confirmation; `confirmed` is the same as it is written."""
    confirmed: str | None
    started: Days | None
    developed: Days | None
    premises: str | None
    """The arena whose premises it says that it shares; None for none, or not known."""
    tells_premises: bool
    parts: Mapping[str, str | None]
    """Of a familjecentral: part → ja, nej or None for not known. Otherwise empty."""
    point: tuple[float, float] | None
    """(lat, lon) where something more than the municipality is known."""
    sources: tuple[str, ...]


class Insats(NamedTuple):
    """What is known of one insats; lists are empty and values None where nothing is."""

    insats_id: str
    number: int
    """Its place in the table."""
    name: str
    arena: Arena
    status: str
    evidence: str
    day: dt.date | None
    """First day of the confirmation: its own, or its arena's. So are `confirmed` and `sources`."""
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
    """Without `ofullstandig`."""
    has_all_parties: bool
    """Whether no other party may be meant."""
    sources: tuple[str, ...]
    stated: Reach
    possible: Reach

    def reach(self, *, possible: bool) -> Reach:
        """Give what it reaches in one of the readings."""
        return self.possible if possible else self.stated


@dataclass(frozen=True, eq=False)
class Known:
    """All arenas and insatser of a dataset in the tables' order, found by municipality."""

    arenas: tuple[Arena, ...]
    insatser: Mapping[str, Sequence[Insats]]
    """arena_id → its insatser; those of arenas that do not exist are left out."""
    own: Mapping[str, Sequence[Arena]]
    serving: Mapping[str, Sequence[Arena]]
    """kommunkod → arenas elsewhere that serve it; those that serve every municipality are `county_wide`."""
    county_wide: Sequence[Arena]
    mandates: Mapping[str, Sequence[Insats]]
    """Arena type, or `kommun` → what every such arena, or municipality, must offer by law or national
    programme: told as insatser of no arena in particular, with the date and the sources of the row."""
    named: frozenset[tuple[str, str]]
    """(arena_id, arena type) where an arena of the type says that it shares the premises of the arena."""

    def kinds(self, arena: Arena) -> list[str]:
        """Give the type of an arena, and of each part of a familjecentral that has no row of its own."""
        parts = [PART_TYPES[part] for part, has in arena.parts.items() if has == "ja"]
        return [arena.kind, *(kind for kind in parts if (arena.arena_id, kind) not in self.named)]

    def shared(self, kommunkod: str) -> list[Arena]:
        """Give the arenas elsewhere that serve a municipality (rule G4)."""
        found = [*self.county_wide, *self.serving.get(kommunkod, ())]
        return [arena for arena in found if arena.kommunkod != kommunkod]


@lru_cache(maxsize=4)
def known(dataset: Dataset, strategy: Strategy) -> Known:
    """Gather what is known; the strategy says what years and phases childhood has."""
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
    named = frozenset((arena.premises, arena.kind) for arena in arenas if arena.premises)
    mandates = _mandates(dataset.uppdrag, strategy)
    return Known(arenas, insatser, own, serving, county_wide, mandates, named)


def _arenas(frame: pd.DataFrame) -> Iterator[Arena]:
    exists, parts = set(frame.index), list(vocabulary.FAMILY_CENTRE_PART)
    for number, row in enumerate(rows_of(frame.reset_index(), *_ARENA, *parts)):
        started = row.start_datum_first_day, row.start_datum_last_day
        developed = row.utvecklad_datum_first_day, row.utvecklad_datum_last_day
        yield Arena(
            arena_id=row.arena_id,
            number=number,
            name=row.namn,
            kind=row.arenatyp,
            kommunkod=row.kommunkod,
            serves=frozenset(row.betjanar_kommuner),
            status=row.status,
            evidence=row.belagg,
            day=row.kontrollerad_datum_first_day,
            confirmed=row.kontrollerad_datum,
            started=None if None in started else started,
            developed=None if None in developed else developed,
            premises=row.samlokaliserad_med if row.samlokaliserad_med in exists else None,
            tells_premises=row.samlokaliserad_med is not None,
            parts={part: getattr(row, part) for part in parts} if row.arenatyp == "familjecentral" else {},
            point=(row.lat, row.lon) if row.lage in {"exakt", "harlett", "ort"} else None,
            sources=row.kalla,
        )


def _insatser(frame: pd.DataFrame, arenas: Mapping[str, Arena], strategy: Strategy) -> Iterator[Insats]:
    reach_of = lru_cache(maxsize=None)(partial(reach, strategy=strategy))
    for number, row in enumerate(rows_of(frame.reset_index(), *_INSATS)):
        if row.arena_id not in arenas:
            continue
        arena, ages = arenas[row.arena_id], (row.alder_fran, row.alder_till)
        stated, possible = reach_of(row.preventionsniva, ages)
        yield Insats(
            insats_id=row.insats_id,
            number=number,
            name=row.namn,
            arena=arena,
            status=row.status,
            evidence=row.belagg,
            day=row.kontrollerad_datum_first_day or arena.day,
            confirmed=row.kontrollerad_datum or arena.confirmed,
            levels=row.preventionsniva,
            ages=ages,
            groups=row.malgrupp,
            forms=row.form,
            languages=row.sprak,
            themes=row.tema,
            knowledge_base=row.kunskapsbas,
            rights=row.barnratt,
            expectant=row.blivande_foraldrar == "ja",
            parties=frozenset(row.parter) - {INCOMPLETE_LIST},
            has_all_parties=bool(row.parter) and INCOMPLETE_LIST not in row.parter,
            sources=row.kalla or arena.sources,
            stated=stated,
            possible=possible,
        )


def _mandates(frame: pd.DataFrame, strategy: Strategy) -> Mapping[str, Sequence[Insats]]:
    found: dict[str, list[Insats]] = {}
    columns = (*(name for name in _INSATS if name in frame), "uppdrag_id", "galler", "grund")
    for number, row in enumerate(rows_of(frame, *columns)):
        if row.grund not in BINDING:
            continue
        ages, kind = (row.alder_fran, row.alder_till), row.galler
        stated, possible = reach(row.preventionsniva, ages, strategy)
        found.setdefault(kind, []).append(
            Insats(
                insats_id=row.uppdrag_id,
                number=number,
                name=row.namn or (vocabulary.ARENA_TYPE.get(kind) or MUNICIPAL),
                arena=_of_nobody(kind),
                status=ACTIVE,
                evidence="direkt",
                day=row.kontrollerad_datum_first_day,
                confirmed=row.kontrollerad_datum,
                levels=row.preventionsniva,
                ages=ages,
                groups=row.malgrupp,
                forms=row.form,
                languages=(),
                themes=(),
                knowledge_base=row.kunskapsbas,
                rights=row.barnratt,
                expectant=row.blivande_foraldrar == "ja",
                parties=frozenset(row.parter) - {INCOMPLETE_LIST},
                has_all_parties=bool(row.parter) and INCOMPLETE_LIST not in row.parter,
                sources=row.kalla,
                stated=stated,
                possible=possible,
            )
        )
    return found


def _of_nobody(kind: str) -> Arena:
    """Stand for every arena of a type, or for the municipality itself."""
    name = MUNICIPAL if kind == EVERY_MUNICIPALITY else vocabulary.ARENA_TYPE[kind]
    return Arena(
        arena_id="", number=0, name=name, kind=kind, kommunkod="", serves=frozenset(), status=ACTIVE,
        evidence="direkt", day=None, confirmed=None, started=None, developed=None, premises=None,
        tells_premises=False, parts={}, point=None, sources=(),
    )  # fmt: skip


def reach(levels: Sequence[str], ages: Ages, strategy: Strategy) -> tuple[Reach, Reach]:
    """Tell what levels and ages cover, as stated and as they may be."""
    years = surely_covered(ages, strategy)
    stated = _reach([level for level in LEVELS if level in levels], years, strategy)
    if None in ages:
        years = frozenset(strategy.childhood_ages)
    return stated, _reach([level for level in LEVELS if level in levels or not levels], years, strategy)


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


def rows_of(frame: pd.DataFrame, *names: str) -> Iterator[Any]:
    """Go through the rows of a table, with None where nothing is known; columns of days give plain dates."""
    cells = {
        name: frame[name].to_numpy().astype("datetime64[D]").astype(object)
        if name.endswith("_day")
        else frame[name].astype(object).where(frame[name].notna(), None)
        for name in names
    }
    return iter(pd.DataFrame(cells).itertuples(name="Row", index=False))
