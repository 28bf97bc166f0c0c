"""Judge whether somebody is appointed to drive the work (`strategisk_funktion`)."""

from typing import Final

from mapping.swedish import either
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound
from mapping.verdicts.objectives.figure import Figures, Places, how, steps, year_of
from mapping.verdicts.objectives.rule import Rule

FUNCTION: Final = "strategisk_funktion"
_ORDER: Final = {"nej": GAP, "utan_uppdrag": PARTLY, "ja": MET}


class StrategicFunction(Rule):
    """The municipality's answer."""

    questions = (FUNCTION,)

    def text(self) -> str:
        return "Uppfyllt: en funktion med uppdrag är utsedd. Delvis: utan uppdrag. Gap: nej."

    def figures(self, places: Places, basis: str) -> Figures:
        words = {"nej": "Nej", "utan_uppdrag": "Utan uppdrag", "ja": "Ja"}
        row, answers, state = steps(places, basis, FUNCTION, words)
        said = {
            "nej": "Ingen funktion är utsedd",
            "utan_uppdrag": "En funktion finns, utan uppdrag",
            "ja": "En funktion med uppdrag är utsedd",
        }
        given = [said[answer.answer] for answer in answers]
        sentence = (
            f"{either(given)}{how(state, year_of(answers))}."
            if given
            else ("Om någon har uppdraget att driva arbetet vet vi inget.")
        )
        return Figures((row,), sentence)

    def rank(self, bound: Bound) -> int:
        return bound.rank(FUNCTION, lambda answer: _ORDER[answer.answer])
