"""Judge whether knowledge-based support covers every year of childhood on every level (`tackning`)."""

from collections.abc import Mapping
from functools import cached_property

from mapping.contract import vocabulary
from mapping.swedish import either, span
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import LEVELS, Cell, Insats
from mapping.verdicts.objectives.figure import Places, years
from mapping.verdicts.objectives.rule import SHARE, ArenaRule
from mapping.verdicts.objectives.strips import StripFigures, lane, strip
from mapping.verdicts.words import LEVEL_WORDS, labels, percent, years_in_words


class KnowledgeBasedSupport(ArenaRule):
    """Level × year covered by something knowledge-based; no level may be empty."""

    thresholds = {"delvis_fran": SHARE, "kunskapsbas": vocabulary.KNOWLEDGE_BASE}
    is_shared = True
    counts_mandates = True
    cells = ("preventionsniva", "alder", "kunskapsbas")

    @cached_property
    def everything(self) -> frozenset[Cell]:
        return frozenset((level, year) for level in LEVELS for year in self.strategy.childhood_ages)

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Cell]:
        base = insats.knowledge_base
        if base in self.limits["kunskapsbas"] or (possible and base is None):
            return insats.reach(possible=possible).cells
        return frozenset()

    def text(self) -> str:
        ages = self.strategy.childhood_ages
        return (
            f"Vi räknar {len(LEVELS) * len(ages)} rutor: {len(LEVELS)} nivåer × {len(ages)} år "
            f"({span(*self.strategy.childhood)} år). En ruta är täckt av en insats med kunskapsbas "
            f"{labels(self.limits['kunskapsbas'], vocabulary.KNOWLEDGE_BASE)}. Uppfyllt: alla rutor. Gap: "
            f"färre än {percent(self.limits['delvis_fran'])} eller en hel nivå tom. Annars delvis."
        )

    def rank(self, bound: Bound) -> int:
        covered = bound.offered(self, shared=True)
        total = len(LEVELS) * len(self.strategy.childhood_ages)
        if len(covered) == total:
            return MET
        has_empty_level = {level for level, _ in covered} != set(LEVELS)
        return GAP if has_empty_level or len(covered) / total < self.limits["delvis_fran"] else PARTLY

    def _empty(self, place: Place) -> Mapping[str, str]:
        covered = self.lowest(place)
        return {
            level: years_in_words(
                year for year in self.strategy.childhood_ages if (level, year) not in covered
            )
            for level in LEVELS
        }

    def known(self, place: Place) -> str:
        empty = [f"{LEVEL_WORDS[level]} {years}" for level, years in self._empty(place).items() if years]
        blank = f", inte {either(empty, last='och')}" if empty else ""
        total = len(LEVELS) * len(self.strategy.childhood_ages)
        return f"{len(self.lowest(place))} av {total} rutor är kända{blank}."

    def figures(self, places: Places, basis: str) -> StripFigures:
        strips = {level: strip(self, places, basis, level) for level in LEVELS}
        known = {level: years(states, self.strategy.childhood_ages)[0] for level, states in strips.items()}
        told = [f"på {LEVEL_WORDS[level]} nivå för {ages}" for level, ages in known.items() if ages]
        rest = either((LEVEL_WORDS[level] for level, ages in known.items() if not ages), last="och")
        sentence = f"Kunskapsbaserat stöd är känt {'; '.join(told)}" if told else ""
        if rest:
            sentence += f"; om {rest} nivå vet vi inget" if told else "Om kunskapsbaserat stöd vet vi inget"
        rows = tuple(
            lane(self, vocabulary.PREVENTION_LEVEL[level], states) for level, states in strips.items()
        )
        return StripFigures(rows, f"{sentence}.", strips)
