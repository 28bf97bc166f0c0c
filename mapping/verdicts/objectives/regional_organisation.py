"""Judge the regional organisation that supports the work, once for the county (`stodorganisation`)."""

from typing import Final

from mapping.swedish import span
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound
from mapping.verdicts.known import surely_covered
from mapping.verdicts.objectives.figure import (
    EMPTY,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    answered,
    how,
    year_of,
)
from mapping.verdicts.objectives.rule import Rule, covers_childhood
from mapping.verdicts.words import years_in_words

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

    def figures(self, places: Places, basis: str) -> Figures:
        answers, state = answered(places, basis, ORGANISATION)
        there = [answer for answer in answers if answer.answer != "nej"]
        ages = self.strategy.childhood_ages
        covered = {age for one in there for age in surely_covered(one.ages, self.strategy)}
        rest = EMPTY if answers and not there else UNKNOWN
        cells = tuple(Box(str(age), state if age in covered else rest) for age in ages)
        if not answers:
            return Figures((Row("Ålder", cells),), "Om det finns en regional organisation vet vi inget.")
        if not there:
            return Figures((Row("Ålder", cells),), f"Ingen regional organisation finns{how(state)}.")
        which = f"för {years_in_words(covered)}" if covered else "; för vilka åldrar vet vi inte"
        lacks = "" if any(one.answer == "ja" for one in there) else ", utan uppdrag"
        sentence = f"En regional organisation finns{lacks} {which}{how(state, year_of(answers))}."
        return Figures((Row("Ålder", cells),), sentence.replace(" ;", ";"))

    def rank(self, bound: Bound) -> int:
        def judge(answer: Answer) -> int:
            if answer.answer == "nej":
                return GAP
            is_whole = answer.answer == "ja" and covers_childhood(answer, bound, self.strategy)
            return MET if is_whole else PARTLY

        return bound.rank(ORGANISATION, judge)
