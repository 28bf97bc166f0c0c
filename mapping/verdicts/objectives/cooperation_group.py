"""Judge the group that leads or coordinates the work in the municipality (`samverkansgrupp`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mapping.contract import vocabulary
from mapping.verdicts import missing
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.rule import Figures, Rule, answered, party_states
from mapping.verdicts.words import labels

GROUP: Final = "samverkansgrupp"
PLAN: Final = "samverkansgrupp_plan"


@dataclass(frozen=True)
class GroupFigures(Figures):
    """Party → whether it is known to be in the group; None where not known."""

    parties: Mapping[str, bool | None]


class CooperationGroup(Rule):
    """A group, with every party in it; a missing party never makes a gap."""

    thresholds = {"parter": vocabulary.PARTY}
    questions = (GROUP,)

    def text(self) -> str:
        return (
            f"Uppfyllt: en grupp finns, med {labels(self.limits['parter'], vocabulary.PARTY)}. "
            "Delvis: färre parter. Gap: ingen grupp."
        )

    def rank(self, bound: Bound) -> int:
        def judge(answer: Answer) -> int:
            if answer.answer != "ja":
                return GAP
            is_open = bound.is_highest and not answer.has_all_parties
            return MET if is_open or self.limits["parter"] <= answer.parties else PARTLY

        return bound.rank(GROUP, judge)

    def known(self, place: Place) -> str:
        return answered(place, GROUP)

    def figures(self, place: Place) -> GroupFigures:
        groups = [answer for answer in place.answers.get(GROUP, ()) if answer.answer == "ja"]
        wanted = self.objective.thresholds["parter"].codes
        return GroupFigures(party_states(wanted, groups, is_complete=bool(groups)))

    def is_planned(self, place: Place) -> bool:
        """Tell whether a group is planned, or a wider one."""
        group, wider = place.answers.get(GROUP, ()), place.answers.get(PLAN, ())
        return any(one.answer == "planerad" for one in group) or any(one.answer == "ja" for one in wider)

    def open_answers(self, place: Place) -> Iterator[Missing]:
        yield from missing.parties(place, place.answers.get(GROUP, ()), "vilka parter som ingår i gruppen")
