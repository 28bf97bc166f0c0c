"""Judge whether professions are offered training, by municipality and county together (`kompetens`)."""

from collections.abc import Iterator

from mapping.contract import vocabulary
from mapping.verdicts import missing
from mapping.verdicts.answers import TRAINING, Answer
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import STATE_OF, Figures, Places, parties, party_words
from mapping.verdicts.objectives.rule import Rule
from mapping.verdicts.strength import up_to
from mapping.verdicts.words import labels, parties_in_words


class TrainingForProfessions(Rule):
    """Open to every party, the municipality's own offers and the county's together."""

    thresholds = {"parter": vocabulary.PARTY}
    questions = (TRAINING,)

    def text(self) -> str:
        return (
            "Uppfyllt: kompetensinsatser, kommunens och länets tillsammans, är öppna för "
            f"{labels(self.limits['parter'], vocabulary.PARTY)}. Delvis: minst ett ja. Gap: nej."
        )

    def rank(self, bound: Bound) -> int:
        offers = [answer for training in bound.training for answer in training.offers]
        is_open = any(not training.is_answered for training in bound.training)
        if bound.is_highest and (is_open or any(not answer.has_all_parties for answer in offers)):
            return MET
        parties = frozenset[str]().union(*(answer.parties for answer in offers))
        if offers and self.limits["parter"] <= parties:
            return MET
        return PARTLY if offers else GAP

    def figures(self, places: Places, basis: str) -> Figures:
        given: dict[str, str] = {}
        for strength in reversed(up_to(basis)):
            for training in places[strength].lowest.training:
                for answer in training.offers:
                    given |= dict.fromkeys(answer.parties, STATE_OF[strength])
        every = places[basis].lowest.training
        is_complete = all(one.is_answered and all(a.has_all_parties for a in one.offers) for one in every)
        row = parties(given, self.limits["parter"], is_complete=is_complete)
        if given:
            return Figures((row,), f"Kompetensinsatser erbjuds {party_words(row)}.")
        said = (
            "Varken kommunen eller länet erbjuder kompetensinsatser."
            if is_complete
            else ("Om kompetensinsatser för professioner vet vi inget.")
        )
        return Figures((row,), said)

    def known(self, place: Place) -> str:
        parts = []
        for name, training in zip((place.kommun, self.strategy.county), place.lowest.training, strict=True):
            if training.offers:
                parties = frozenset[str]().union(*(answer.parties for answer in training.offers))
                parts.append(f"{name} erbjuder kompetensinsatser för {parties_in_words(parties)}")
            elif training.denials:
                parts.append(f"{name} svarar nej")
            else:
                parts.append(f"{name} har inget gällande svar")
        return f"{'; '.join(parts)}."

    def answers(self, bound: Bound) -> Iterator[Answer]:
        for training in bound.training:
            yield from (*training.offers, *training.denials)

    def missing(self, place: Place) -> Iterator[Missing]:
        who = ((place.kommunkod, place.kommun), (vocabulary.COUNTY_CODE, self.strategy.county))
        for (code, name), training in zip(who, place.highest.training, strict=True):
            if not training.is_answered:
                yield missing.unanswered(place, TRAINING, code, name)
            yield from missing.parties(place, training.offers, "vilka professioner som erbjuds")
        if place.lowest.training != place.highest.training:
            yield Missing.of(
                place.kommunkod,
                f"svar:{TRAINING}",
                "Vilket svar om kompetenshöjande insatser som gäller: svar från samma dag säger olika saker.",
            )
