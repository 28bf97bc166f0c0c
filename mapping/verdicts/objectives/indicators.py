"""Judge whether validated indicators are used to measure the support (`indikatorer`)."""

from typing import Final

from mapping.verdicts.bounds import Bound
from mapping.verdicts.objectives.figure import Figures, Places, scale
from mapping.verdicts.objectives.rule import SCALE, Rule, assessed

INDICATORS: Final = "validerade_indikatorer"


class ValidatedIndicators(Rule):
    """The municipality's self-assessment, with evidence at the top."""

    thresholds = SCALE
    questions = (INDICATORS,)

    def text(self) -> str:
        return (
            f"Uppfyllt: självskattningen är minst {self.limits['uppfyllt_fran']} och beskriven i fritext. "
            f"Delvis: minst {self.limits['delvis_fran']}. Gap: 0."
        )

    def figures(self, places: Places, basis: str) -> Figures:
        row, words = scale(places, basis, INDICATORS)
        return Figures((row,), f"Om validerade indikatorer: {words}.")

    def rank(self, bound: Bound) -> int:
        return bound.rank(INDICATORS, assessed(self.limits, needs_evidence=True))
