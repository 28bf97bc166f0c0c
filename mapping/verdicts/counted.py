"""Tell which rows each objective counts: those that prove something it asks for.

One table says which part of an insats bears on which objective. The years of older rows and the rows that a
page lists both follow it, so that they cannot disagree.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from mapping.verdicts.answers import Answer, year_of
from mapping.verdicts.bounds import MAPPING, Evidence, World
from mapping.verdicts.co_location import TYPES as PREMISES
from mapping.verdicts.co_location import of_types
from mapping.verdicts.known import COUNTY, Days, Facts, Flags, Places, Rows
from mapping.verdicts.row_status import PROVEN
from mapping.verdicts.rules import ON_ARENAS, QUESTIONS, SHARED_RESPONSIBILITY


class Case(NamedTuple):
    """One objective in one place, with all that a verdict on it rests on.

    Parameters
    ----------
    evidence
        The data on the day.
    code
        The objective.
    kommunkod, kommun
        Where.
    place
        Position of the municipality in `evidence.kommunkoder`; -1 for the county.
    worst, best
        Its two worlds.
    floor, ceiling
        Ranks.
    """

    evidence: Evidence
    code: str
    kommunkod: str
    kommun: str
    place: int
    worst: World
    best: World
    floor: int
    ceiling: int

    @property
    def is_mapped(self) -> bool:
        """Whether the municipality has declared its mapping complete."""
        return self.place >= 0 and self.evidence.is_mapped[self.place]


CELLS: Final = "cells"
BEARS_ON: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "1.1": (CELLS,),
        "1.2": ("rights",),
        "1.4": ("methods",),
        "2.1": ("universal", "adapted"),
        "2.2": ("outreach",),
        "2.3": ("complete",),
        "2.4": ("types",),
        "3.4": ("regional", "civil"),
    }
)
"""The parts of an insats that bear on each objective; `cells` is the first word, the rest are fields."""

NEVER: Final = np.iinfo(np.int64).max


def proves(facts: Facts, code: str, rows: Rows | Flags, *, best: bool = False) -> Flags:
    """Tell which of some insatser state something that an objective asks for, or may.

    Parameters
    ----------
    facts
        The dataset, packed.
    code
        An objective in `BEARS_ON`.
    rows
        Which insatser, by position.
    best
        Whether an empty cell may stand for anything.
    """
    first, second = facts.possible if best else facts.stated
    parts = BEARS_ON[code]
    if CELLS in parts:
        return np.asarray(first[rows] > 0)
    mask = sum(facts.layout.fields[name].ones for name in parts)
    return np.asarray((second[rows] & np.uint64(mask)) > 0)


def arenas_counted(evidence: Evidence, code: str) -> Flags:
    """Tell which arenas an objective counts as such; none but for 2.3, 2.4 and 2.6."""
    proven = evidence.standing.arenas == PROVEN
    if code == "2.3":
        return np.asarray(proven)
    if code == "2.4":
        return evidence.renewal(is_best=False)
    if code == "2.6":
        return np.asarray(proven & of_types(evidence.facts, PREMISES))
    return np.zeros(len(proven), dtype=bool)


def oldest_years(strict: Evidence, older: Evidence) -> dict[str, list[int | None]]:
    """Give the year of the oldest row that each objective counts only because older rows count.

    Parameters
    ----------
    strict, older
        The same data without and with older rows.

    Returns
    -------
    dict
        Objective → for each municipality the year, or None where no row is older. Answers are not included.
    """
    facts = older.facts
    rows = np.flatnonzero((older.standing.insatser == PROVEN) & (strict.standing.insatser != PROVEN))
    arena = facts.arena_of[rows]
    day = np.minimum(facts.day[rows], facts.arena_day[arena])
    old_arenas = (older.standing.arenas == PROVEN) & (strict.standing.arenas != PROVEN)
    found = {}
    for code in sorted(ON_ARENAS):
        earliest = np.full(len(facts.arena_status), NEVER, dtype=np.int64)
        if code in BEARS_ON:
            chosen = proves(facts, code, rows)
            np.minimum.at(earliest, arena[chosen], day[chosen])
        counted = old_arenas & arenas_counted(older, code)
        earliest[counted] = np.minimum(earliest[counted], facts.arena_day[counted])
        own = _by_place(facts, earliest)
        if code in SHARED_RESPONSIBILITY:
            own = np.minimum(own, _shared(facts, earliest))
        elif code == "2.2":
            works = np.array([world.counts_shared_outreach for world in older.worlds[0]], dtype=bool)
            own = np.where(works, np.minimum(own, _shared(facts, earliest)), own)
        found[code] = [None if first == NEVER else year_of(first) for first in own.tolist()]
    return found


def _by_place(facts: Facts, earliest: Days) -> Days:
    known = np.flatnonzero((earliest != NEVER) & (facts.place >= 0))
    own = np.full(len(facts.kommunkoder), NEVER, dtype=np.int64)
    np.minimum.at(own, facts.place[known], earliest[known])
    return own


def _shared(facts: Facts, earliest: Days) -> Days:
    county = earliest[facts.place == COUNTY].min(initial=NEVER)
    shared = np.full(len(facts.kommunkoder), county, dtype=np.int64)
    np.minimum.at(shared, facts.serves_place, earliest[facts.serves_arena])
    return shared


def answers_counted(code: str, world: World, *, is_mapped: bool) -> Iterator[Answer]:
    """Give the answers that an objective counts in a world, the declaration of a complete mapping included.

    Parameters
    ----------
    code
        The objective.
    world
        Either world of the municipality (or the county).
    is_mapped
        Whether the municipality has declared its mapping complete.
    """
    if code == "1.3":
        own, county = world.training
        yield from (*own.offers, *own.denials)
        if county is not own:
            yield from (*county.offers, *county.denials)
        return
    for question in QUESTIONS[code]:
        yield from world.answers.get(question, ())
    if is_mapped and code in ON_ARENAS and code != "2.3":
        yield from world.answers.get(MAPPING, ())


def rows_counted(evidence: Evidence, code: str, place: int) -> tuple[Places, Places]:
    """Give the insatser and arenas that an objective counts in one municipality, by position.

    Parameters
    ----------
    evidence
        The data on the day.
    code
        The objective.
    place
        Position of the municipality in `evidence.kommunkoder`.
    """
    facts = evidence.facts
    serving = arenas_for(evidence, code, place)
    rows = np.flatnonzero((evidence.standing.insatser == PROVEN) & serving[facts.arena_of])
    insatser = rows[proves(facts, code, rows)] if code in BEARS_ON else rows[:0]
    arenas = np.flatnonzero(arenas_counted(evidence, code) & serving)
    return insatser.astype(np.int32), arenas.astype(np.int32)


def arenas_for(evidence: Evidence, code: str, place: int) -> Flags:
    """Tell which arenas an objective looks at in one municipality: its own, and shared where that counts."""
    facts = evidence.facts
    serving = facts.place == place
    shares = code in SHARED_RESPONSIBILITY or (
        code == "2.2" and evidence.worlds[0][place].counts_shared_outreach
    )
    if shares:
        serving = serving | (facts.place == COUNTY)
        serving[facts.serves_arena[facts.serves_place == place]] = True
    return np.asarray(serving)


def counted(case: Case) -> tuple[str, ...]:
    """Name the rows that a verdict counts: insatser, then arenas, then answers (kommunkod:question:date)."""
    facts = case.evidence.facts
    answers = answers_counted(case.code, case.worst, is_mapped=case.is_mapped)
    named = [answer.identity for answer in answers]
    if case.place < 0:
        return tuple(named)
    insatser, arenas = rows_counted(case.evidence, case.code, case.place)
    return (
        *facts.dataset.insatser.index[insatser].tolist(),
        *facts.dataset.arenor.index[arenas].tolist(),
        *named,
    )
