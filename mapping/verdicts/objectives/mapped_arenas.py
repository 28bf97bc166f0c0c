"""Judge whether the municipality has mapped its arenas, with what they offer and to whom (`kartlaggning`)."""

from collections.abc import Iterator
from typing import Final

from mapping.verdicts import missing
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MAPPING, MET, PARTLY, Bound, Place
from mapping.verdicts.known import LEVELS, Insats
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import KNOWN, Figures, Places, Row, how, steps, year_of
from mapping.verdicts.objectives.rule import SHARE, ArenaRule
from mapping.verdicts.row_status import MAYBE, PROVEN, ArenaOnDay, InsatsOnDay
from mapping.verdicts.words import percent, said

COMPLETE: Final = frozenset({"fullständig"})
_LEVELS: Final = frozenset(LEVELS)


class MappedArenas(ArenaRule):
    """A complete mapping in which the active arenas are described."""

    thresholds = {"uppfyllt_fran": SHARE, "delvis_fran": SHARE}
    questions = (MAPPING,)

    @property
    def everything(self) -> frozenset[str]:
        return COMPLETE

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[str]:  # noqa: ARG002
        """Tell whether an insats is described completely; here the empty cell is what is measured."""
        is_complete = insats.groups and None not in insats.ages and not _LEVELS.isdisjoint(insats.levels)
        return COMPLETE if is_complete else frozenset()

    def text(self) -> str:
        full, some = percent(self.limits["uppfyllt_fran"]), percent(self.limits["delvis_fran"])
        return (
            "K är andelen aktiva arenor med minst en insats som har nivå, båda åldrarna och målgrupp. "
            f"Uppfyllt: kartläggningen är klar och K är minst {full}. Delvis: den pågår, eller är klar och K "
            f"är minst {some}. Gap: ej påbörjad, eller klar med lägre K."
        )

    def rank(self, bound: Bound) -> int:
        some, whole = self._described(bound)

        def judge(answer: Answer) -> int:
            if answer.answer != "klar":
                return PARTLY if answer.answer == "pagar" else GAP
            if not whole:
                return bound.unknown
            share = some / whole
            if share >= self.limits["uppfyllt_fran"]:
                return MET
            return PARTLY if share >= self.limits["delvis_fran"] else GAP

        return bound.rank(MAPPING, judge)

    def _described(self, bound: Bound) -> tuple[int, int]:
        """Count own arenas that are described completely, and all that are active, as the bound has it.

        In the lowest an arena that may be active is, and lacks something – unless its status is all that is
        unknown and an insats of its own is complete. In the highest it is active only if that helps. Where no
        arena is proven to be active there is nothing to measure.
        """
        own = bound.place.own
        proven = [arena for arena in own if arena.status == PROVEN]
        maybe = [arena for arena in own if arena.status == MAYBE]
        if not proven:
            return 0, 0
        if bound.is_highest:
            helpful = sum(self._has_complete(arena, MAYBE) for arena in maybe)
            return sum(self._has_complete(arena, MAYBE) for arena in proven) + helpful, len(proven) + helpful
        harmful = sum(not (arena.is_trusted and self._would_be_complete(arena)) for arena in maybe)
        return sum(self._has_complete(arena, PROVEN) for arena in proven), len(proven) + harmful

    def _has_complete(self, arena: ArenaOnDay, least: int) -> bool:
        return any(row.status >= least and self.offers(row.insats, possible=False) for row in arena.insatser)

    def _would_be_complete(self, arena: ArenaOnDay) -> bool:
        return any(
            row.own_status == PROVEN and self.offers(row.insats, possible=False) for row in arena.insatser
        )

    def figures(self, places: Places, basis: str) -> Figures:
        row, answers, state = steps(
            places, basis, MAPPING, {"ej_paborjad": "Ej påbörjad", "pagar": "Pågår", "klar": "Klar"}
        )
        own = [arena for arena in places[basis].own if arena.status >= MAYBE]
        offers = [one.insats for arena in own for one in arena.insatser if one.status >= MAYBE]
        placed = sum(bool(one.levels) and None not in one.ages for one in offers)
        shares = (
            ("Arenor med känd insats", sum(bool(arena.insatser) for arena in own), len(own)),
            ("Insatser med nivå och ålder", placed, len(offers)),
            ("Insatser med målgrupp", sum(bool(one.groups) for one in offers), len(offers)),
        )
        bars = tuple(Row(label, (), share=(some, whole)) for label, some, whole in shares)
        said = [f"{some} av {whole} {label[:1].lower()}{label[1:]}" for label, some, whole in shares if whole]
        progress = ", ".join(cell.label.lower() for cell in row.boxes if cell.state in KNOWN)
        asked = (
            f"Kartläggningen: {progress}{how(state, year_of(answers))}"
            if answers
            else ("Kommunen har inte svarat på om kartläggningen är klar")
        )
        return Figures((row, *bars), f"{asked}; {'; '.join(said) or 'ingen arena är känd'}.")

    def known(self, place: Place) -> str:
        some, whole = self._described(place.lowest)
        share = f"{some} av {whole} arenor är fullständigt beskrivna"
        share = share if whole else "ingen arena är känd som aktiv"
        return f"kartläggning: {said(place.answers.get(MAPPING, ()))}; {share}."

    def arenas(self, place: Place) -> list[ArenaOnDay]:
        return [arena for arena in place.arenas(shared=False) if arena.status == PROVEN]

    def is_planned(self, place: Place) -> bool:  # noqa: ARG002 - a plan is not mapped
        return False

    def may_add(self, place: Place) -> list[InsatsOnDay]:
        return [row for row in self.bearing(place) if row.status == MAYBE]

    def missing(self, place: Place) -> Iterator[Missing]:
        yield from missing.answers(place, MAPPING)
        yield from missing.insatser(place, self.may_add(place), self.cells)
        yield from missing.unsure_arenas(place, self.serving(place))
        if place.is_mapped and not self.arenas(place):
            sentence = f"Vilka arenor som är aktiva i {place.kommun}: ingen aktiv arena är känd."
            yield Missing.of(place.kommunkod, "arenor", sentence)
