"""Judge whether parents can learn of the rights of the child (`rattigheter`)."""

from functools import cached_property
from typing import Final

from mapping.swedish import capital, either, span
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import Insats
from mapping.verdicts.objectives.figure import (
    KNOWN,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    answered,
    how,
    states,
    year_of,
)
from mapping.verdicts.objectives.rule import ArenaRule, covers_childhood
from mapping.verdicts.words import every_phase, percent, phases_in_words, said

INFORMATION: Final = "barnratt_information"


class ChildrensRights(ArenaRule):
    """All phases by insatser, or the whole childhood by information; they do not add up."""

    questions = (INFORMATION,)
    asks_ages = True
    is_reading = True
    is_shared = True
    counts_mandates = True
    cells = ("alder", "barnratt")

    @cached_property
    def everything(self) -> frozenset[int]:
        return frozenset(range(len(self.strategy.phases)))

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[int]:
        if insats.rights == "ja" or (possible and insats.rights is None):
            return insats.reach(possible=possible).phases
        return frozenset()

    def text(self) -> str:
        strategy = self.strategy
        return (
            f"Uppfyllt: insatser om barnets rättigheter täcker alla faser ({every_phase(strategy)}; en fas "
            f"är täckt av en insats med minst {percent(strategy.phase_share)} av fasens år), eller "
            f"information om barnets rättigheter ges för {span(*strategy.childhood)} år. "
            "Delvis: minst en fas, eller information. Gap: inget av det."
        )

    def rank(self, bound: Bound) -> int:
        def informs(answer: Answer) -> int:
            if answer.answer != "ja":
                return GAP
            return MET if covers_childhood(answer, bound, self.strategy) else PARTLY

        phases = bound.offered(self, shared=True)
        offered = MET if phases == self.everything else PARTLY if phases else GAP
        return max(offered, bound.rank(INFORMATION, informs))

    def figures(self, places: Places, basis: str) -> Figures:
        found = states(self, places, basis)
        phases = [span(*ages) for ages in self.strategy.phases]
        cells = tuple(Box(f"{ages} år", found[number]) for number, ages in enumerate(phases))
        known = [f"{cell.label}{how(cell.state)}" for cell in cells if cell.state in KNOWN]
        blank = either((cell.label for cell in cells if cell.state == UNKNOWN), last="och")
        parts = [f"insatser om barnets rättigheter är kända för {either(known, last='och')}"] if known else []
        if blank:
            about = f"om {blank}" if known else "om insatser om barnets rättigheter"
            parts.append(f"{about} vet vi inget")
        answers, state = answered(places, basis, INFORMATION)
        if answers:
            gives = "får" if answers[0].answer == "ja" else "får inte"
            parts.append(f"föräldrar {gives} information om dem{how(state, year_of(answers))}")
        text = "; ".join(parts) or "insatser om barnets rättigheter finns inte"
        return Figures((Row("Barnets rättigheter", cells),), f"{capital(text)}.")

    def known(self, place: Place) -> str:
        named = phases_in_words(self.lowest(place), self.strategy) or "ingen fas"
        answers = place.answers.get(INFORMATION, ())
        informs = f" Information om barnets rättigheter: {said(answers)}." if answers else ""
        return f"insatser om barnets rättigheter är kända för {named}.{informs}"
