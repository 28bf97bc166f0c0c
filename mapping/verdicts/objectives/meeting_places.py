"""Judge whether arenas where parents already are have come into use, and new ones opened (`motesplatser`)."""

from collections.abc import Iterator
from functools import cached_property

from mapping.contract import vocabulary
from mapping.swedish import capital, either
from mapping.verdicts import missing
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import Arena, Insats
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import (
    EMPTY,
    KNOWN,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    how,
    states,
    strongest,
)
from mapping.verdicts.objectives.rule import ArenaRule
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, ArenaOnDay
from mapping.verdicts.words import labels


class MeetingPlaces(ArenaRule):
    """Something offered at each type of meeting place, and an arena that is new or developed; own only."""

    thresholds = {"arenatyper": vocabulary.ARENA_TYPE}
    needs_two_waves = True

    @cached_property
    def everything(self) -> frozenset[str]:
        return frozenset(self.limits["arenatyper"])

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[str]:  # noqa: ARG002 - a type is known
        return self.offers_undescribed(insats.arena)

    def offers_undescribed(self, arena: Arena) -> frozenset[str]:
        return self.everything & {arena.kind}

    def text(self) -> str:
        return (
            f"Uppfyllt: aktiva insatser på {labels(self.everything, vocabulary.ARENA_TYPE)}, och minst en "
            "arena som är ny eller utvecklad sedan förra mätomgången. Delvis: en av typerna, eller en sådan "
            "arena. Gap: inget av det. Uppfyllt kräver två mätomgångar."
        )

    def rank(self, bound: Bound) -> int:
        types = bound.offered(self, shared=False)
        is_renewed = bool(self._renewed(bound)) or (bound.is_highest and not bound.place.is_mapped)
        rank = MET if types == self.everything and is_renewed else PARTLY if types or is_renewed else GAP
        return rank if bound.place.previous is not None else min(rank, PARTLY)

    def _renewed(self, bound: Bound) -> list[ArenaOnDay]:
        """Give the arenas that are new or developed since the previous wave, or in the highest may be."""
        place, least = bound.place, MAYBE if bound.is_highest else PROVEN
        there = [arena for arena in place.arenas(shared=False) if arena.status >= least]
        if place.previous is None:
            return there if bound.is_highest else []
        wave, today = place.previous.judging.day, place.judging.day

        def is_renewed(arena: Arena) -> bool:
            dates = [arena.started, arena.developed]
            # a date after the day of judging is unknown to it
            known = [days for days in dates if days is not None and days[0] <= today]
            is_new = any(min(last, today) > wave for _, last in known)
            return is_new or (bound.is_highest and len(known) < len(dates))

        return [arena for arena in there if is_renewed(arena.arena)]

    def figures(self, places: Places, basis: str) -> Figures:
        found = states(self, places, basis, shared=False)
        order = [kind for kind in vocabulary.ARENA_TYPE if kind in self.everything]
        kinds = tuple(Box(vocabulary.ARENA_TYPE[kind], found[kind]) for kind in order)
        renewed, state = strongest(places, basis, lambda place: self._renewed(place.lowest))
        may = bool(self._renewed(places[basis].highest)) or not places[basis].is_mapped
        is_new = Box("Ny eller utvecklad", state if renewed else UNKNOWN if may else EMPTY)
        known = either((c.label.lower() + how(c.state) for c in kinds if c.state in KNOWN), last="och")
        blank = either((cell.label.lower() for cell in kinds if cell.state == UNKNOWN), last="och")
        parts = [f"insatser är kända på {known}"] if known else []
        parts += [f"om {blank} vet vi inget"] if blank else []
        parts += ["en arena är ny eller utvecklad"] if renewed else []
        text = "; ".join(parts) or "inga insatser är kända på de arenor som målet nämner"
        sentence = f"{capital(text)}."
        return Figures((Row("Arenor", kinds), Row("Utveckling", (is_new,))), sentence)

    def known(self, place: Place) -> str:
        offered = labels(self.lowest(place), vocabulary.ARENA_TYPE) or "ingen av arenatyperna"
        renewed = ""
        if place.previous is not None:
            is_renewed = bool(self._renewed(place.lowest))
            what = "en arena är ny" if is_renewed else "ingen arena är känd som ny"
            renewed = f"; {what} eller utvecklad"
        return f"kända insatser på {offered}{renewed}."

    def arenas(self, place: Place) -> list[ArenaOnDay]:
        return self._renewed(place.lowest)

    def is_planned(self, place: Place) -> bool:
        """Tell whether an arena is planned, or an insats at one of the types."""
        return super().is_planned(place) or any(arena.status == PLANNED_NOW for arena in place.own)

    def missing(self, place: Place) -> Iterator[Missing]:
        yield from super().missing(place)
        yield from missing.unsure_arenas(place, self.serving(place))
        if place.previous is not None and not self._renewed(place.lowest):
            named = [arena.arena.name for arena in self._renewed(place.highest)]
            if named:
                yield Missing.of(
                    place.kommunkod,
                    "datum",
                    f"När {missing.many(named, 'arena', 'arenor')} öppnade eller senast utvecklades: "
                    f"{missing.listed(named)}.",
                )
        yield from missing.wave(place)
