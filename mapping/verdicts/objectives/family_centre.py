"""Judge familjecentraler and co-location (`familjecentral`).

(a) asks for a familjecentral with its four parts; its own cells alone decide. (b) asks whether every
barnmorskemottagning and barnavårdscentral – a row of its own, or a part of a familjecentral that no such row
names – shares premises with both öppen förskola and förebyggande socialtjänst. Arenas that name the same
arena in `samlokaliserad_med` are together, as is the arena they name; there are no chains. Only the
municipality's own arenas count.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.contract import vocabulary
from mapping.dataset.geography import sweref_from_wgs84
from mapping.swedish import either
from mapping.verdicts import missing
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import (
    EMPTY,
    PLANNED,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    how,
    strongest,
)
from mapping.verdicts.objectives.rule import NUMBER, ArenaRule
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, ArenaOnDay
from mapping.verdicts.strength import PROVED

CENTRE: Final = "familjecentral"
HEALTH_PARTS: Final = ("bvc", "bmm")
MUNICIPAL_PARTS: Final = ("oppen_forskola", "socialtjanst")
PARTS: Final = (*HEALTH_PARTS, *MUNICIPAL_PARTS)
TYPES: Final = frozenset({CENTRE, *PARTS})
"""The arena types that it looks at."""


@dataclass(frozen=True)
class Centre:
    """A familjecentral that is, or may be, active; `parts` has the contract's columns, None for not known."""

    name: str
    is_proven: bool
    parts: Mapping[str, str | None]
    older: int | None
    """The year of what is known of it, if that is an older fact."""


@dataclass(frozen=True)
class OwnCentres:
    """(a): the familjecentraler, the planned ones' ids, and what is proven in words."""

    centres: tuple[Centre, ...]
    planned: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Unit:
    """A barnmorskemottagning or barnavårdscentral: a row, or a part of a familjecentral."""

    exists: bool
    may_exist: bool
    is_together: bool
    """Whether it is known to be co-located with both municipal parts."""
    may_be_together: bool


@dataclass(frozen=True)
class CoLocation:
    """(b): x of y units known to be there."""

    co_located: int
    units: int


@dataclass(frozen=True)
class FamilyCentreFigures(Figures):
    """What a page shows beside it; `nearest` is (locality, km as the crow flies, arena_id)."""

    a: OwnCentres
    b: CoLocation
    nearest: tuple[tuple[str, float, str], ...]


class FamilyCentre(ArenaRule):
    """A familjecentral with its parts (a), and co-location (b)."""

    thresholds = {"minst_familjecentraler": NUMBER}

    def text(self) -> str:
        return (
            f"(a) Minst {self.limits['minst_familjecentraler']} familjecentral med fyra delar: uppfyllt; med "
            "barnhälsovård och minst en kommunal del: delvis; annars gap. (b) Andelen barnmorskemottagningar "
            "och barnavårdscentraler som delar lokaler med både öppen förskola och förebyggande socialtjänst"
            ": alla, några eller ingen. Gap: (a) är gap. Uppfyllt: (a) är uppfyllt och (b) gäller alla, "
            "eller det finns inga. Annars delvis."
        )

    def rank(self, bound: Bound) -> int:
        centre = self._centre_rank(bound)
        if centre == GAP:
            return GAP
        return MET if centre == MET and self._all_together(bound) else PARTLY

    def _centre_rank(self, bound: Bound) -> int:
        """Rank (a): familjecentraler with all four parts, or with child health care and a municipal part."""
        if bound.is_highest and not bound.place.is_mapped:
            return MET
        least = MAYBE if bound.is_highest else PROVEN
        full = partial = 0
        for centre in _of_kind(bound.place.own, CENTRE, least):
            has = {part for part in PARTS if _has(centre, part, bound.is_highest)}
            full += len(has) == len(PARTS)
            partial += "bvc" in has and not has.isdisjoint(MUNICIPAL_PARTS)
        fewest = self.limits["minst_familjecentraler"]
        return MET if full >= fewest else PARTLY if partial >= fewest else GAP

    def _all_together(self, bound: Bound) -> bool:
        """Tell whether (b) leaves nothing to wish. What nobody has listed hurts in the lowest bound."""
        if not bound.place.is_mapped:
            return bound.is_highest
        found = units(bound.place)
        if bound.is_highest:
            return all(unit.may_be_together for unit in found if unit.exists)
        return all(unit.is_together for unit in found if unit.may_exist)

    def arenas(self, place: Place) -> list[ArenaOnDay]:
        return [arena for arena in self._premises(place) if arena.status == PROVEN]

    def _premises(self, place: Place) -> list[ArenaOnDay]:
        return [arena for arena in place.arenas(shared=False) if arena.arena.kind in TYPES]

    def is_planned(self, place: Place) -> bool:
        return any(arena.status == PLANNED_NOW for arena in self._premises(place))

    def known(self, place: Place) -> str:
        a, b = self._own_centres(place), self._co_location(place)
        share = (
            f"{b.co_located} av {b.units} mottagningar är samlokaliserade"
            if b.units
            else "ingen egen barnmorskemottagning eller barnavårdscentral är känd"
        )
        return f"(a) {a.words}; (b) {share}."

    def figures(self, places: Places, basis: str) -> FamilyCentreFigures:
        place = places[basis]
        oldest = places[PROVED].judging.freshness.oldest
        a, b = self._own_centres(place, oldest), self._co_location(place)
        best, state = strongest(places, basis, lambda one: _best(one.arenas(shared=False), PROVEN))
        maybe = _best(place.arenas(shared=False), MAYBE)
        names = vocabulary.FAMILY_CENTRE_PART
        if best is not None:
            has = {"ja": state, "nej": EMPTY, None: UNKNOWN}
            cells = tuple(Box(names[part], has[said]) for part, said in best.arena.parts.items())
            known = either((c.label.lower() for c in cells if c.state == state), last="och")
            year = best.arena.day.year if best.arena.day else None
            sentence = f"{best.arena.name}{how(state, year)} har {known or 'inga kända delar'}"
        else:
            rest = PLANNED if a.planned and maybe is None else UNKNOWN
            rest = EMPTY if rest == UNKNOWN and maybe is None and place.is_mapped else rest
            cells = tuple(Box(label, rest) for label in names.values())
            if rest == PLANNED:
                sentence = "En familjecentral planeras, ingen finns"
            elif maybe is not None:
                sentence = f"{maybe.arena.name}: om den är aktiv i dag vet vi inte"
            else:
                sentence = "Ingen familjecentral finns" if rest == EMPTY else "Ingen familjecentral är känd"
        share = Row("Samlokaliserade BVC och BMM", (), share=(b.co_located, b.units))
        beside = f"; {b.co_located} av {b.units} BVC och BMM är samlokaliserade" if b.units else ""
        rows = (Row("Familjecentralens delar", cells), share)
        return FamilyCentreFigures(rows, f"{sentence}{beside}.", a, b, _nearest(place))

    def _own_centres(self, place: Place, oldest: dt.date = dt.date.min) -> OwnCentres:
        own = place.arenas(shared=False)
        listed = tuple(
            Centre(
                row.arena.name,
                row.status == PROVEN,
                row.arena.parts,
                row.arena.day.year if row.arena.day and row.arena.day < oldest else None,
            )
            for row in _of_kind(own, CENTRE, MAYBE)
        )
        best = _best(own, PROVEN)
        words = "ingen familjecentral är känd som aktiv"
        if best is not None:
            there = list(best.arena.parts.values()).count("ja")
            words = f"{best.arena.name} har {there} av {len(best.arena.parts)} delar"
        planned = [a.arena.arena_id for a in own if a.arena.kind == CENTRE and a.status == PLANNED_NOW]
        return OwnCentres(listed, tuple(planned), words)

    def _co_location(self, place: Place) -> CoLocation:
        there = [unit for unit in units(place) if unit.exists]
        return CoLocation(sum(unit.is_together for unit in there), len(there))

    def missing(self, place: Place) -> Iterator[Missing]:
        yield from missing.mapping(place)
        yield from missing.unsure_arenas(place, self._premises(place))
        alive = [row for row in self._premises(place) if row.status >= MAYBE]
        for row in _of_kind(alive, CENTRE, MAYBE):
            parts = vocabulary.FAMILY_CENTRE_PART
            lacking = [parts[name].lower() for name, has in row.arena.parts.items() if has is None]
            if lacking:
                sentence = f"Om {row.arena.name} har {either(lacking, last='och')}."
                yield Missing.of(place.kommunkod, f"delar:{row.arena.arena_id}", sentence)
        alone = [
            row.arena.name for row in alive if row.arena.kind in HEALTH_PARTS and not row.arena.tells_premises
        ]
        if alone and not place.is_mapped:
            yield Missing.of(
                place.kommunkod,
                "samlokalisering",
                f"Vilka lokaler {missing.many(alone, 'mottagning', 'mottagningar')} delar: "
                f"{missing.listed(alone)}.",
            )


def _best(arenas: Iterable[ArenaOnDay], least: int) -> ArenaOnDay | None:
    """Give the familjecentral with the most parts."""
    return max(
        _of_kind(arenas, CENTRE, least),
        key=lambda row: list(row.arena.parts.values()).count("ja"),
        default=None,
    )


def _of_kind(arenas: Iterable[ArenaOnDay], kind: str, least: int) -> list[ArenaOnDay]:
    return [row for row in arenas if row.arena.kind == kind and row.status >= least]


def _has(centre: ArenaOnDay, part: str, may_be: bool) -> bool:  # noqa: FBT001 - the bound that asks
    """Tell whether a familjecentral has a part, surely or as far as its cells say."""
    said = centre.arena.parts.get(f"fc_{part}")
    return said != "nej" if may_be else said == "ja"


def units(place: Place) -> list[Unit]:
    """List what (b) counts: rows of their own, then parts of familjecentraler that no row names.

    In the worst case an arena that may be active is, where that hurts: unless its status is all that is
    unknown, nothing it says of itself can be trusted either.
    """
    alive = [row for row in place.arenas(shared=False) if row.arena.kind in TYPES and row.status >= MAYBE]
    proven = [row for row in alive if row.status == PROVEN]
    centres = _of_kind(alive, CENTRE, MAYBE)

    def naming(kind: str, rows: Sequence[ArenaOnDay]) -> set[str]:
        """Give the premises that rows of a type name, by the arena whose they are."""
        return {row.arena.premises for row in rows if row.arena.kind == kind and row.arena.premises}

    def with_part(part: str, rows: Sequence[ArenaOnDay], *, may_be: bool) -> set[str]:
        """Give the premises that hold a municipal part: a row's, those it names, a familjecentral with it."""
        return naming(part, rows) | {
            row.arena.arena_id
            for row in rows
            if row.arena.kind == part or (row.arena.kind == CENTRE and _has(row, part, may_be))
        }

    surely = {part: with_part(part, proven, may_be=False) for part in MUNICIPAL_PARTS}
    maybe = {part: with_part(part, alive, may_be=True) for part in MUNICIPAL_PARTS}

    def is_at(held: Mapping[str, set[str]], row: ArenaOnDay, *, trusted: bool) -> bool:
        """Tell whether a row is with both parts, at its own premises or at those it surely shares."""
        return all(
            row.arena.arena_id in held[part] or (trusted and row.arena.premises in held[part])
            for part in MUNICIPAL_PARTS
        )

    found = []
    for kind in HEALTH_PARTS:
        rows = _of_kind(alive, kind, MAYBE)
        may_be_at = {row.arena.arena_id: is_at(maybe, row, trusted=True) for row in rows}
        found += [
            Unit(
                exists=row.status == PROVEN,
                may_exist=True,
                is_together=is_at(surely, row, trusted=row.is_trusted),
                may_be_together=may_be_at[row.arena.arena_id],
            )
            for row in rows
        ]
        named = naming(kind, proven)
        # a row that names the familjecentral may be its part, and may be co-located where that is not
        saved = naming(kind, [row for row in rows if may_be_at[row.arena.arena_id]])
        for row in centres:
            here, is_named = row.arena.arena_id, row.arena.arena_id in named
            found.append(
                Unit(
                    exists=row.status == PROVEN and _has(row, kind, may_be=False) and not is_named,
                    may_exist=not is_named and (_has(row, kind, may_be=True) or not row.is_trusted),
                    is_together=all(
                        (row.is_trusted and _has(row, part, may_be=False)) or here in surely[part]
                        for part in MUNICIPAL_PARTS
                    ),
                    may_be_together=here in saved or all(here in maybe[part] for part in MUNICIPAL_PARTS),
                )
            )
    return found


def _nearest(place: Place) -> tuple[tuple[str, float, str], ...]:
    """Measure in km, as the crow flies, from each locality to the nearest familjecentral that is active."""
    judging = place.judging
    every = judging.on_day(arena for arena in judging.known.arenas if arena.kind == CENTRE)
    points = [
        (row.arena.arena_id, sweref_from_wgs84(row.arena.point[1], row.arena.point[0]))
        for row in every
        if row.status == PROVEN and row.arena.point is not None
    ]
    orter = judging.dataset.orter
    own = orter[(orter["kommunkod"] == place.kommunkod) & (orter["palitlig"] == "ja")]
    found = []
    for name, lat, lon in zip(own["ort"], own["lat"], own["lon"], strict=True):
        here = sweref_from_wgs84(lon, lat)
        near = min(((math.dist(here, point), arena_id) for arena_id, point in points), default=None)
        if near is not None:
            found.append((str(name), round(near[0] / 1000, 1), near[1]))
    return tuple(found)
