"""Judge the regional agreement on familjecentraler, once for the county (`overenskommelse`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mapping.swedish import either
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound
from mapping.verdicts.objectives.figure import Figures, Places, how, steps, year_of
from mapping.verdicts.objectives.rule import Rule

AGREEMENT: Final = "regional_overenskommelse"
_ORDER: Final = {"saknas": GAP, "utkast": PARTLY, "beslutad": MET}


@dataclass(frozen=True)
class AgreementFigures(Figures):
    """kommunkod → part, ej part or okänt."""

    parties: Mapping[str, str]


class RegionalAgreement(Rule):
    """The county's answer."""

    questions = (AGREEMENT,)
    is_regional = True

    def text(self) -> str:
        return "Uppfyllt: överenskommelsen är beslutad. Delvis: det finns ett utkast. Gap: den saknas."

    def rank(self, bound: Bound) -> int:
        return bound.rank(AGREEMENT, lambda answer: _ORDER[answer.answer])

    def figures(self, places: Places, basis: str) -> AgreementFigures:
        words = {"saknas": "Saknas", "utkast": "Utkast", "beslutad": "Beslutad"}
        row, answers, state = steps(places, basis, AGREEMENT, words)
        given = either((words[answer.answer].lower() for answer in answers), last="och")
        sentence = (
            f"Överenskommelsen: {given}{how(state, year_of(answers))}."
            if given
            else ("Om det finns en regional överenskommelse vet vi inget.")
        )
        parties = frozenset[str]().union(*(answer.parties for answer in answers))
        is_complete = bool(answers) and all(answer.has_all_parties for answer in answers)
        return AgreementFigures(
            (row,),
            sentence,
            {
                code: "part" if code in parties else "ej part" if is_complete else "okänt"
                for code in places[basis].judging.names
            },
        )
