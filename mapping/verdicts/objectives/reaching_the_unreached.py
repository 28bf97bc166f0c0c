"""Judge the work to reach the parents that are not reached (`ej_nadda`)."""

from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import capital
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import Insats
from mapping.verdicts.objectives.figure import (
    EMPTY,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    how,
    scale,
    strongest,
)
from mapping.verdicts.objectives.rule import SCALE, ArenaRule, assessed, settled_level
from mapping.verdicts.words import labels, said

REACHING: Final = "ej_nadda_grupper"
OUTREACH: Final = frozenset({"når ut"})


class ReachingTheUnreached(ArenaRule):
    """The self-assessment, and something that reaches out; shared only with work of one's own (rule G4)."""

    thresholds = {**SCALE, "former": vocabulary.FORM, "sprak": dict.fromkeys(vocabulary.ISO_639_1, "")}
    questions = (REACHING,)
    needs_two_waves = True
    cells = ("form", "sprak")

    @property
    def everything(self) -> frozenset[str]:
        return OUTREACH

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[str]:
        reaches = (
            (possible and not (insats.forms and insats.languages))
            or not self.limits["former"].isdisjoint(insats.forms)
            or not self.limits["sprak"].issuperset(insats.languages)
        )
        return OUTREACH if reaches else frozenset()

    def counts_shared(self, bound: Bound) -> bool:
        """Tell whether the municipality itself has begun to reach the unreached."""
        return bound.rank(REACHING, lambda answer: min(int(answer.answer), MET)) > GAP

    def _reaches(self, bound: Bound) -> bool:
        return bool(bound.offered(self, shared=False)) or (
            self.counts_shared(bound) and bool(bound.offered(self, shared=True))
        )

    def text(self) -> str:
        return (
            f"Uppfyllt: självskattningen är {self.limits['uppfyllt_fran']} och minst en insats når ut "
            f"(formen {labels(self.limits['former'], vocabulary.FORM, last='eller')}, eller annat språk än "
            f"{labels(self.limits['sprak'], vocabulary.LANGUAGE)}). Delvis: självskattningen är minst "
            f"{self.limits['delvis_fran']}, eller en sådan insats. Gap: inget av det. Uppfyllt kräver två "
            "mätomgångar."
        )

    def rank(self, bound: Bound) -> int:
        level = bound.rank(REACHING, assessed(self.limits, needs_evidence=False))
        reaches = self._reaches(bound)
        rank = MET if level == MET and reaches else PARTLY if level > GAP or reaches else GAP
        return rank if bound.place.previous is not None else min(rank, PARTLY)

    def figures(self, places: Places, basis: str) -> Figures:
        row, words = scale(places, basis, REACHING)
        reaches, state = strongest(places, basis, lambda place: self._reaches(place.lowest))
        may = self._reaches(places[basis].highest)
        out = Box("Insats som når ut", state if reaches else UNKNOWN if may else EMPTY)
        there = (
            f"minst en insats når ut{how(state)}"
            if reaches
            else ("om någon insats når ut vet vi inget" if may else "ingen insats når ut")
        )
        sentence = f"{capital(words)}; {there}."
        return Figures((row, Row("Uppsökande", (out,))), sentence)

    def known(self, place: Place) -> str:
        outreach = "minst en insats når ut" if self._reaches(place.lowest) else "ingen känd insats når ut"
        return f"självskattning: {said(place.answers.get(REACHING, ()))}; {outreach}."

    def contradicts(self, place: Place) -> bool:
        level = settled_level(place, REACHING)
        if level == 0:
            return bool(place.lowest.offered(self, shared=False))
        is_top = level is not None and level >= self.limits["uppfyllt_fran"]
        return is_top and not place.highest.offered(self, shared=True)

    def is_planned(self, place: Place) -> bool:
        has_begun = REACHING in place.answers and self.counts_shared(place.highest)
        return any(self.offers(row, possible=True) for row in place.planned(shared=has_begun))
