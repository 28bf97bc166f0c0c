"""Judge whether there is universal support every year, adapted to what is needed (`behovsanpassat`)."""

from functools import cached_property
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import folded, span
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import UNIVERSAL, Cell, Insats, phases_covered
from mapping.verdicts.objectives.figure import Places, told, years
from mapping.verdicts.objectives.rule import SHARE, ArenaRule
from mapping.verdicts.objectives.strips import StripFigures, lane, strip
from mapping.verdicts.words import every_phase, labels, percent, phases_in_words, said, years_in_words

NEEDS: Final = "behovsinventering"
ADAPTED: Final = "anpassat"
"""What is offered in a phase, beside what is offered on the universal level in a year."""


class SupportByNeed(ArenaRule):
    """Universal support every year, an inventory of needs, something adapted in each phase."""

    thresholds = {
        "fas_minst": SHARE,
        "former": vocabulary.FORM,
        "sprak": dict.fromkeys(vocabulary.ISO_639_1, ""),
    }
    questions = (NEEDS,)
    is_shared = True
    counts_mandates = True
    cells = ("preventionsniva", "alder", "malgrupp", "form", "sprak")

    @cached_property
    def everything(self) -> frozenset[Cell]:
        adapted = {(ADAPTED, number) for number in range(len(self.strategy.phases))}
        return frozenset(adapted | {(UNIVERSAL, year) for year in self.strategy.childhood_ages})

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Cell]:
        reach = insats.reach(possible=possible)
        if reach.phases and self._is_adapted(insats, possible=possible):
            return reach.universal | {(ADAPTED, phase) for phase in reach.phases}
        return reach.universal

    def _is_adapted(self, insats: Insats, *, possible: bool) -> bool:
        """Tell whether it is for a narrower group, in another language, or comes to the parents."""
        if possible and not (insats.groups and insats.forms and insats.languages):
            return True
        return (
            not self.limits["former"].isdisjoint(insats.forms)
            or not self.limits["sprak"].issuperset(insats.languages)
            or any(folded(word) not in self.strategy.general_words for word in insats.groups)
        )

    def _universal(self, bound: Bound) -> frozenset[int]:
        return frozenset(year for what, year in bound.offered(self, shared=True) if what == UNIVERSAL)

    def _adapted(self, bound: Bound) -> frozenset[int]:
        return frozenset(phase for what, phase in bound.offered(self, shared=True) if what == ADAPTED)

    def text(self) -> str:
        return (
            f"Uppfyllt: universellt stöd varje år {span(*self.strategy.childhood)}, kommunen har inventerat "
            f"behoven, och varje fas ({every_phase(self.strategy)}) täcks av en anpassad insats: annat språk "
            f"än {labels(self.limits['sprak'], vocabulary.LANGUAGE)}, en snävare målgrupp, eller formen "
            f"{labels(self.limits['former'], vocabulary.FORM, last='eller')}. Gap: en fas har universellt "
            f"stöd under {percent(self.limits['fas_minst'])} av åren. Annars delvis."
        )

    def rank(self, bound: Bound) -> int:
        universal = self._universal(bound)
        for covered, width in phases_covered(universal, self.strategy):
            if covered / width < self.limits["fas_minst"]:
                return GAP
        is_whole = len(universal) == len(self.strategy.childhood_ages)
        is_adapted = len(self._adapted(bound)) == len(self.strategy.phases)
        inventory = bound.rank(NEEDS, lambda answer: MET if answer.answer == "ja" else GAP)
        return MET if is_whole and is_adapted and inventory == MET else PARTLY

    def _empty(self, place: Place) -> str:
        years = years_in_words(set(self.strategy.childhood_ages) - self._universal(place.lowest))
        return f"universellt stöd {years}" if years else ""

    def known(self, place: Place) -> str:
        empty = self._empty(place)
        support = f"inget känt {empty}" if empty else "universellt stöd alla år"
        adapted = phases_in_words(self._adapted(place.lowest), self.strategy) or "ingen fas"
        inventory = said(place.answers.get(NEEDS, ()))
        return f"{support}; anpassade insatser för {adapted}; {NEEDS}: {inventory}."

    def figures(self, places: Places, basis: str) -> StripFigures:
        universal = strip(self, places, basis, UNIVERSAL)
        sentence = told("Universellt stöd", *years(universal, self.strategy.childhood_ages))
        return StripFigures((lane(self, "Universell", universal),), sentence, {UNIVERSAL: universal})
