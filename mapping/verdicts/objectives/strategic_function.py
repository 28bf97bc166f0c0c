"""Judge whether somebody is appointed to drive the work (`strategisk_funktion`)."""

from typing import Final

from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound
from mapping.verdicts.objectives.rule import Rule

FUNCTION: Final = "strategisk_funktion"
_ORDER: Final = {"nej": GAP, "utan_uppdrag": PARTLY, "ja": MET}


class StrategicFunction(Rule):
    """The municipality's answer."""

    questions = (FUNCTION,)

    def text(self) -> str:
        return "Uppfyllt: en funktion med uppdrag är utsedd. Delvis: utan uppdrag. Gap: nej."

    def rank(self, bound: Bound) -> int:
        return bound.rank(FUNCTION, lambda answer: _ORDER[answer.answer])
