"""Judge the regional organisation that supports the work, once for the county (`stodorganisation`)."""

from typing import Final

from mapping.swedish import span
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound
from mapping.verdicts.objectives.rule import Rule, covers_childhood

ORGANISATION: Final = "regional_stodorganisation"


class RegionalOrganisation(Rule):
    """The county's answer, for the whole of childhood."""

    questions = (ORGANISATION,)
    is_regional = True
    asks_ages = True

    def text(self) -> str:
        return (
            f"Uppfyllt: organisationen finns och omfattar {span(*self.strategy.childhood)} år. Delvis: utan "
            "uppdrag eller snävare åldrar. Gap: den finns inte."
        )

    def rank(self, bound: Bound) -> int:
        def judge(answer: Answer) -> int:
            if answer.answer == "nej":
                return GAP
            is_whole = answer.answer == "ja" and covers_childhood(answer, bound, self.strategy)
            return MET if is_whole else PARTLY

        return bound.rank(ORGANISATION, judge)
