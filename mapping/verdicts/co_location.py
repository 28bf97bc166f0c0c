"""Judge familjecentraler and co-location (2.6) for every municipality at once.

(a) asks for a familjecentral with its four parts; its own cells alone decide. (b) asks whether every
barnmorskemottagning and barnavårdscentral – a row of its own, or a part of a familjecentral that no such row
names – shares premises with both öppen förskola and förebyggande socialtjänst. Arenas that name the same
arena in `samlokaliserad_med` are together, as is the arena they name; there are no chains. Only the
municipality's own arenas count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from mapping.contract import vocabulary
from mapping.verdicts.known import NOWHERE, Facts, Flags, Places, positions
from mapping.verdicts.row_status import MAYBE, PROVEN, Standing, States

CENTRE: Final = "familjecentral"
HEALTH_PARTS: Final = ("bvc", "bmm")
MUNICIPAL_PARTS: Final = ("oppen_forskola", "socialtjanst")
TYPES: Final = (CENTRE, *HEALTH_PARTS, *MUNICIPAL_PARTS)
"""The arena types that 2.6 is about."""

_TYPES: Final = tuple(vocabulary.ARENA_TYPE)
_YES, _NO = (list(vocabulary.YES_NO).index(word) for word in ("ja", "nej"))


@dataclass(frozen=True, eq=False)
class Premises:
    """What the arenas that 2.6 is about state, by position among them.

    Attributes
    ----------
    arena
        Position of each in `dataset.arenor`.
    place, kind
        Municipality and arena type.
    own_premises, shared_premises
        Numbers of the premises that are its own, and that it says it shares; the latter is `premises` for
        none or not known. The same arena is other premises to another municipality.
    premises
        How many premises there are.
    parts
        For each of the four parts: 0 ja, 1 nej, -1 not known. Only of familjecentraler.
    """

    arena: Places
    place: Places
    kind: npt.NDArray[np.int8]
    own_premises: npt.NDArray[np.int64]
    shared_premises: npt.NDArray[np.int64]
    premises: int
    parts: dict[str, npt.NDArray[np.int8]]


@dataclass(frozen=True, eq=False)
class Units:
    """The barnmorskemottagningar and barnavårdscentraler of (b), rows and parts together.

    Attributes
    ----------
    arena
        Position in `dataset.arenor`: of the row, or of the familjecentral that it is a part of.
    place
        Municipality.
    is_bvc, is_part
        Which kind; whether it is a part without a row of its own.
    exists, may_exist
        Whether it is known to be there; whether it may be.
    is_together, may_be_together
        Whether it is known to be co-located with both; whether it may be.
    """

    arena: Places
    place: Places
    is_bvc: Flags
    is_part: Flags
    exists: Flags
    may_exist: Flags
    is_together: Flags
    may_be_together: Flags


@dataclass(frozen=True, eq=False)
class Nearness:
    """What 2.6 rests on under a complete mapping, for each municipality.

    Attributes
    ----------
    full, partial
        Numbers of familjecentraler that surely have all four parts, and at least the parts of `delvis`.
    may_be_full, may_be_partial
        The same of those that may.
    all_together, may_all_be_together
        Whether every unit is co-located in the worst case, and in the best.
    units
        One by one.
    """

    full: npt.NDArray[np.int64]
    partial: npt.NDArray[np.int64]
    may_be_full: npt.NDArray[np.int64]
    may_be_partial: npt.NDArray[np.int64]
    all_together: Flags
    may_all_be_together: Flags
    units: Units


@lru_cache(maxsize=4)
def premises(facts: Facts) -> Premises:
    """Take out the arenas that 2.6 is about.

    Parameters
    ----------
    facts
        A dataset, packed.
    """
    arena = np.flatnonzero(of_types(facts, TYPES) & (facts.place >= 0)).astype(np.int32)
    place, target = facts.place[arena], facts.target[arena]
    says = np.flatnonzero(target != NOWHERE)
    named = target[says]
    # the arenas here are premises 0, 1, …; others that they name get the numbers after those
    number = np.full(len(facts.place), NOWHERE, dtype=np.int64)
    number[arena] = np.arange(len(arena))
    shared = np.where(facts.place[named] == place[says], number[named], NOWHERE)
    elsewhere = shared == NOWHERE
    keys = named[elsewhere].astype(np.int64) * len(facts.kommunkoder) + place[says][elsewhere]
    different, others = np.unique(keys, return_inverse=True)
    shared[elsewhere] = others + len(arena)
    count = len(arena) + len(different)
    shared_premises = np.full(len(arena), count, dtype=np.int64)
    shared_premises[says] = shared
    return Premises(
        arena=arena,
        place=place,
        kind=facts.arena_type[arena],
        own_premises=np.arange(len(arena)),
        shared_premises=shared_premises,
        premises=count,
        parts={
            column.removeprefix("fc_"): _part(facts, column, arena)
            for column in vocabulary.FAMILY_CENTRE_PART
        },
    )


def _part(facts: Facts, column: str, arena: Places) -> npt.NDArray[np.int8]:
    """Read one part of the familjecentraler among some arenas; other arenas have none."""
    is_centre = facts.arena_type[arena] == _TYPES.index(CENTRE)
    part = np.full(len(arena), NOWHERE, dtype=np.int8)
    part[is_centre] = positions(facts.dataset.arenor[column].iloc[arena[is_centre]], tuple(vocabulary.YES_NO))
    return part


def of_types(facts: Facts, types: Iterable[str]) -> Flags:
    """Tell which arenas are of some types."""
    wanted = np.zeros(len(_TYPES) + 1, dtype=bool)
    wanted[[_TYPES.index(code) for code in types]] = True
    return np.asarray(wanted[facts.arena_type])


def nearness(standing: Standing) -> Nearness:
    """Judge every municipality as if its mapping were complete.

    In the worst case an arena that may be active is, where that hurts: unless its status is all that is
    unknown, nothing it says of itself can be trusted either.

    Parameters
    ----------
    standing
        How the rows stand on the day.
    """
    facts = standing.facts
    given = premises(facts)
    states = standing.arenas[given.arena]
    said = (states == PROVEN) | standing.sure_if_active[given.arena]
    centre = given.kind == _TYPES.index(CENTRE)
    size = len(facts.kommunkoder)

    def count(flags: Flags) -> npt.NDArray[np.int64]:
        return np.bincount(given.place[flags], minlength=size)

    yes = {name: part == _YES for name, part in given.parts.items()}
    open_ = {name: part != _NO for name, part in given.parts.items()}
    proven, alive = centre & (states == PROVEN), centre & (states >= MAYBE)
    units = _units(given, states, said)
    spoilt = units.may_exist & ~units.is_together
    surely_spoilt = units.exists & ~units.may_be_together
    return Nearness(
        full=count(proven & _has_all(yes)),
        partial=count(proven & _has_some(yes)),
        may_be_full=count(alive & _has_all(open_)),
        may_be_partial=count(alive & _has_some(open_)),
        all_together=np.bincount(units.place[spoilt], minlength=size) == 0,
        may_all_be_together=np.bincount(units.place[surely_spoilt], minlength=size) == 0,
        units=units,
    )


def _has_all(parts: dict[str, Flags]) -> Flags:
    return np.asarray(np.logical_and.reduce(list(parts.values())))


def _has_some(parts: dict[str, Flags]) -> Flags:
    """Tell which have child health care and at least one municipal part."""
    municipal = np.logical_or.reduce([parts[name] for name in MUNICIPAL_PARTS])
    return np.asarray(np.logical_and(parts["bvc"], municipal))


def _spread_to(rows: Flags, values: Flags) -> Flags:
    """Put the flags of some rows back among all; other rows have none."""
    spread = np.zeros(len(rows), dtype=bool)
    spread[rows] = values
    return spread


def _units(given: Premises, states: States, said: Flags) -> Units:
    """List what (b) counts: rows of their own, then parts of familjecentraler that no row names."""
    proven, alive = states == PROVEN, states >= MAYBE
    centre = given.kind == _TYPES.index(CENTRE)
    here, there = given.own_premises, given.shared_premises

    def naming(kind: str, flags: Flags) -> Flags:
        """Tell which premises some rows of a type name."""
        named = np.zeros(given.premises + 1, dtype=bool)
        named[there[flags & (given.kind == _TYPES.index(kind))]] = True
        named[given.premises] = False
        return named

    def with_part(part: str, flags: Flags, has_part: Flags) -> Flags:
        """Tell which premises hold a municipal part: a row's, those it names, a familjecentral with it."""
        held = naming(part, flags)
        held[here[flags & ((given.kind == _TYPES.index(part)) | (centre & has_part))]] = True
        return held

    surely = {part: with_part(part, proven, given.parts[part] == _YES) for part in MUNICIPAL_PARTS}
    maybe = {part: with_part(part, alive, given.parts[part] != _NO) for part in MUNICIPAL_PARTS}

    def is_at(held: dict[str, Flags], rows: Flags, trusted: Flags) -> Flags:
        """Tell which rows are with both parts, at their own premises or those they surely share."""
        both = [
            held[part][here[rows]] | (held[part][there[rows]] & trusted[rows]) for part in MUNICIPAL_PARTS
        ]
        return np.asarray(np.logical_and.reduce(both))

    listed = []
    for part in HEALTH_PARTS:
        rows = rows_of_part = alive & (given.kind == _TYPES.index(part))
        may_be = is_at(maybe, rows, alive)
        listed.append(
            Units(
                arena=given.arena[rows],
                place=given.place[rows],
                is_bvc=np.full(int(rows.sum()), part == "bvc"),
                is_part=np.zeros(int(rows.sum()), dtype=bool),
                exists=proven[rows],
                may_exist=alive[rows],
                is_together=is_at(surely, rows, said),
                may_be_together=may_be,
            )
        )
        rows = alive & centre
        own = given.parts[part][rows]
        surely_named = naming(part, proven)[here[rows]]
        # a row that names the familjecentral may be its part, and may be co-located where that is not
        saved = naming(part, alive & _spread_to(rows_of_part, may_be))[here[rows]]
        with_parts = [
            (said[rows] & (given.parts[name][rows] == _YES)) | surely[name][here[rows]]
            for name in MUNICIPAL_PARTS
        ]
        maybe_with = [maybe[name][here[rows]] for name in MUNICIPAL_PARTS]
        listed.append(
            Units(
                arena=given.arena[rows],
                place=given.place[rows],
                is_bvc=np.full(int(rows.sum()), part == "bvc"),
                is_part=np.ones(int(rows.sum()), dtype=bool),
                exists=proven[rows] & (own == _YES) & ~surely_named,
                may_exist=~surely_named & ((own != _NO) | ~said[rows]),
                is_together=np.logical_and.reduce(with_parts),
                may_be_together=saved | np.logical_and.reduce(maybe_with),
            )
        )
    names = ("arena", "place", "is_bvc", "is_part", "exists", "may_exist", "is_together", "may_be_together")
    return Units(**{name: np.concatenate([getattr(units, name) for units in listed]) for name in names})
