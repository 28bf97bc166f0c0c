"""Judge the regional organisation that supports the work, once for the county (`stodorganisation`)."""

from collections.abc import Iterator
from typing import Final

from mapping.swedish import span
from mapping.verdicts import missing
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.rule import Rule, answered, covers_childhood

ORGANISATION: Final = "regional_stodorganisation"


class RegionalOrganisation(Rule):
    """The county's answer, for the whole of childhood."""

    questions = (ORGANISATION,)
    is_regional = True

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

    def known(self, place: Place) -> str:
        return answered(place, ORGANISATION)

    def open_answers(self, place: Place) -> Iterator[Missing]:
        yield from missing.ages(place, place.answers.get(ORGANISATION, ()))
