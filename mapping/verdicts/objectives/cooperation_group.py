"""Judge the group that leads or coordinates the work in the municipality (`samverkansgrupp`)."""

from typing import Final

from mapping.contract import vocabulary
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.objectives.figure import (
    Figures,
    Places,
    answered,
    how,
    parties,
    party_words,
    year_of,
)
from mapping.verdicts.objectives.rule import Rule
from mapping.verdicts.words import labels

GROUP: Final = "samverkansgrupp"
PLAN: Final = "samverkansgrupp_plan"


class CooperationGroup(Rule):
    """A group, with every party in it; a missing party never makes a gap."""

    thresholds = {"parter": vocabulary.PARTY}
    questions = (GROUP,)
    asks_parties = "vilka parter som ingår i gruppen"

    def text(self) -> str:
        return (
            f"Uppfyllt: en grupp finns, med {labels(self.limits['parter'], vocabulary.PARTY)}. "
            "Delvis: färre parter. Gap: ingen grupp."
        )

    def figures(self, places: Places, basis: str) -> Figures:
        answers, state = answered(places, basis, GROUP)
        there = [answer for answer in answers if answer.answer == "ja"]
        given = {party: state for answer in there for party in answer.parties}
        is_complete = bool(answers) and all(answer.has_all_parties for answer in there)
        row = parties(given, self.limits["parter"], is_complete=is_complete)
        since = how(state, year_of(answers))
        if there:
            return Figures((row,), f"En grupp finns{since}, {party_words(row)}.")
        if not answers:
            return Figures((row,), "Om det finns en lednings- eller samverkansgrupp vet vi inget.")
        plan = any(answer.answer == "planerad" for answer in answers)
        return Figures((row,), f"{'En grupp planeras' if plan else 'Ingen grupp finns'}{since}.")

    def rank(self, bound: Bound) -> int:
        def judge(answer: Answer) -> int:
            if answer.answer != "ja":
                return GAP
            is_open = bound.is_highest and not answer.has_all_parties
            return MET if is_open or self.limits["parter"] <= answer.parties else PARTLY

        return bound.rank(GROUP, judge)

    def is_planned(self, place: Place) -> bool:
        """Tell whether a group is planned, or a wider one."""
        group, wider = place.answers.get(GROUP, ()), place.answers.get(PLAN, ())
        return any(one.answer == "planerad" for one in group) or any(one.answer == "ja" for one in wider)
