"""Judge cooperation between the municipality, the region and civil society (`samverkan`)."""

from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import capital, either
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import Insats
from mapping.verdicts.objectives.figure import (
    KNOWN,
    UNKNOWN,
    Box,
    Figures,
    Places,
    Row,
    how,
    scale,
    states,
)
from mapping.verdicts.objectives.rule import SCALE, ArenaRule, assessed, settled_level
from mapping.verdicts.words import said

COOPERATION: Final = "samverkan"
WITH_REGION: Final = "kommun och region"
WITH_CIVIL_SOCIETY: Final = "civilsamhället och någon annan"
"""Who share an insats."""
_BOTH: Final = frozenset({WITH_REGION, WITH_CIVIL_SOCIETY})


class Cooperation(ArenaRule):
    """The self-assessment, and what is shared with the region and with civil society; own arenas only."""

    thresholds = {
        **SCALE,
        "kommunens_parter": vocabulary.PARTY,
        "regionens_parter": vocabulary.PARTY,
        "civilsamhallets_parter": vocabulary.PARTY,
    }
    questions = (COOPERATION,)
    cells = ("parter",)

    @property
    def everything(self) -> frozenset[str]:
        return _BOTH

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[str]:
        if possible and not insats.has_all_parties:
            return _BOTH
        parties, county = insats.parties, vocabulary.COUNTY_CODE
        municipalities = {party for party in parties if party.isdigit() and party != county}
        municipal = municipalities | (parties & self.limits["kommunens_parter"])
        regional = parties & (self.limits["regionens_parter"] | {county})
        civil = parties & self.limits["civilsamhallets_parter"]
        found = {WITH_REGION} if municipal and regional else set()
        return frozenset(found | {WITH_CIVIL_SOCIETY} if civil and parties - civil else found)

    def text(self) -> str:
        return (
            f"Uppfyllt: självskattningen är minst {self.limits['uppfyllt_fran']} och beskriven i fritext, "
            "minst en insats delas av kommun och region, och minst en av civilsamhället och någon annan. "
            f"Delvis: något av det, eller självskattningen är minst {self.limits['delvis_fran']}. Gap: 0 och "
            "inget av det."
        )

    def rank(self, bound: Bound) -> int:
        level = bound.rank(COOPERATION, assessed(self.limits, needs_evidence=True))
        shared = bound.offered(self, shared=False)
        if level == MET and shared == _BOTH:
            return MET
        return PARTLY if level > GAP or shared else GAP

    def figures(self, places: Places, basis: str) -> Figures:
        row, words = scale(places, basis, COOPERATION)
        found = states(self, places, basis, shared=False)
        cells = tuple(Box(who.capitalize(), found[who]) for who in (WITH_REGION, WITH_CIVIL_SOCIETY))
        known = either((c.label.lower() + how(c.state) for c in cells if c.state in KNOWN), last="och")
        blank = either((cell.label.lower() for cell in cells if cell.state == UNKNOWN), last="och")
        parts = [capital(words)]
        parts += [f"insatser delas av {known}"] if known else []
        parts += [f"om insatser delas av {blank} vet vi inte"] if blank else []
        return Figures((row, Row("Delade insatser", cells)), f"{'; '.join(parts)}.")

    def known(self, place: Place) -> str:
        there = self.lowest(place)
        shared = either((who for who in (WITH_REGION, WITH_CIVIL_SOCIETY) if who in there), last="och")
        level = said(place.answers.get(COOPERATION, ()))
        return f"självskattning: {level}; insatser delas av {shared or 'inga parter'}."

    def contradicts(self, place: Place) -> bool:
        level = settled_level(place, COOPERATION)
        if level == 0:
            return self.lowest(place) == _BOTH
        is_top = level is not None and level >= self.limits["uppfyllt_fran"]
        return is_top and not place.highest.offered(self, shared=False)
