"""Judge familjecentraler and co-location (2.6) for every municipality at once.

(a) asks for a familjecentral with its four parts; its own cells alone decide. (b) asks whether every
barnmorskemottagning and barnavårdscentral – a row of its own, or a part of a familjecentral that no such row
names – shares premises with both öppen förskola and förebyggande socialtjänst. Arenas that name the same
arena in `samlokaliserad_med` are together, as is the arena they name; there are no chains. Only the
municipality's own arenas count.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from mapping import vocabulary
from mapping.facts import Facts, Flags, Places, positions
from mapping.standing import MAYBE, PROVEN, Standing, States

CENTRE: Final = "familjecentral"
HEALTH_PARTS: Final = ("bvc", "bmm")
MUNICIPAL_PARTS: Final = ("oppen_forskola", "socialtjanst")
_TYPES: Final = tuple(vocabulary.ARENA_TYPE)
_YES, _NO = (list(vocabulary.YES_NO).index(word) for word in ("ja", "nej"))

Ranks = npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Premises:
    """What the arenas that 2.6 is about state, by position among them.

    Attributes
    ----------
    arena
        Position of each in `dataset.arenor`.
    place, kind
        Municipality and arena type.
    target
        Position in `dataset.arenor` of the arena whose premises it shares; -1 for none or not known.
    parts
        For each of the four parts: 0 ja, 1 nej, -1 not known. Only of familjecentraler.
    """

    arena: Places
    place: Places
    kind: npt.NDArray[np.int8]
    target: Places
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
    types = [_TYPES.index(code) for code in (CENTRE, *HEALTH_PARTS, *MUNICIPAL_PARTS)]
    arena = np.flatnonzero(np.isin(facts.arena_type, types) & (facts.place >= 0)).astype(np.int32)
    rows = facts.dataset.arenor.iloc[arena]
    yes_no = tuple(vocabulary.YES_NO)
    return Premises(
        arena=arena,
        place=facts.place[arena],
        kind=facts.arena_type[arena],
        target=positions(rows["samlokaliserad_med"], facts.dataset.arenor.index),
        parts={
            column.removeprefix("fc_"): positions(rows[column], yes_no).astype(np.int8)
            for column in vocabulary.FAMILY_CENTRE_PART
        },
    )


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


def _units(given: Premises, states: States, said: Flags) -> Units:
    """List what (b) counts: rows of their own, then parts of familjecentraler that no row names."""
    stride = int(given.place.max(initial=0)) + 1
    proven, alive = states == PROVEN, states >= MAYBE
    centre = given.kind == _TYPES.index(CENTRE)

    def keys(arenas: Places, places: Places) -> npt.NDArray[np.int64]:
        return arenas.astype(np.int64) * stride + places

    here = keys(given.arena, given.place)
    there = np.where(given.target >= 0, keys(given.target, given.place), -1)

    def naming(kind: str, flags: Flags) -> npt.NDArray[np.int64]:
        """Give the premises that active rows of a type name."""
        return np.asarray(there[flags & (given.kind == _TYPES.index(kind)) & (there >= 0)])

    def anchors(part: str, flags: Flags, parts: Flags) -> npt.NDArray[np.int64]:
        """Give the premises where a municipal part is: its own, those it names, those it is a part of."""
        own = here[flags & (given.kind == _TYPES.index(part))]
        return np.concatenate([own, naming(part, flags), here[flags & centre & parts]])

    surely = {part: anchors(part, proven, given.parts[part] == _YES) for part in MUNICIPAL_PARTS}
    maybe = {part: anchors(part, alive, given.parts[part] != _NO) for part in MUNICIPAL_PARTS}

    def is_at(anchor: dict[str, npt.NDArray[np.int64]], rows: Flags) -> Flags:
        both = [np.isin(here[rows], anchor[p]) | np.isin(there[rows], anchor[p]) for p in MUNICIPAL_PARTS]
        return np.asarray(np.logical_and.reduce(both))

    listed = []
    for part in HEALTH_PARTS:
        rows = alive & (given.kind == _TYPES.index(part))
        listed.append(
            Units(
                arena=given.arena[rows],
                place=given.place[rows],
                is_bvc=np.full(int(rows.sum()), part == "bvc"),
                is_part=np.zeros(int(rows.sum()), dtype=bool),
                exists=proven[rows],
                may_exist=alive[rows],
                is_together=said[rows] & is_at(surely, rows),
                may_be_together=is_at(maybe, rows),
            )
        )
        rows = alive & centre
        own = given.parts[part][rows]
        surely_named = np.isin(here[rows], naming(part, proven))
        maybe_named = np.isin(here[rows], naming(part, alive))
        with_parts = [
            (said[rows] & (given.parts[name][rows] == _YES)) | np.isin(here[rows], surely[name])
            for name in MUNICIPAL_PARTS
        ]
        maybe_with = [np.isin(here[rows], maybe[name]) for name in MUNICIPAL_PARTS]
        listed.append(
            Units(
                arena=given.arena[rows],
                place=given.place[rows],
                is_bvc=np.full(int(rows.sum()), part == "bvc"),
                is_part=np.ones(int(rows.sum()), dtype=bool),
                exists=proven[rows] & (own == _YES) & ~maybe_named,
                may_exist=~surely_named & ((own != _NO) | ~said[rows]),
                is_together=np.logical_and.reduce(with_parts),
                may_be_together=np.logical_and.reduce(maybe_with),
            )
        )
    names = ("arena", "place", "is_bvc", "is_part", "exists", "may_exist", "is_together", "may_be_together")
    return Units(**{name: np.concatenate([getattr(units, name) for units in listed]) for name in names})
