"""Judge the regional agreement on familjecentraler, once for the county (`overenskommelse`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.objectives.rule import Figures, Rule

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

    def figures(self, place: Place) -> AgreementFigures:
        answers = place.answers.get(AGREEMENT, ())
        parties = frozenset[str]().union(*(answer.parties for answer in answers))
        is_complete = bool(answers) and all(answer.has_all_parties for answer in answers)
        return AgreementFigures(
            {
                code: "part" if code in parties else "ej part" if is_complete else "okänt"
                for code in place.judging.names
            }
        )
