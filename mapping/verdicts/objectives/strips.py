"""Tell in which state each year of childhood is, where an objective counts levels and years."""

from collections.abc import Mapping
from dataclasses import dataclass

from mapping.verdicts.bounds import Place
from mapping.verdicts.objectives.rule import ArenaRule, Figures

COVERED, SHARED, UNKNOWN, EMPTY = "belagd", "delad", "okand", "tom"
"""A year has something of the municipality's own, something shared, perhaps something, or nothing."""


@dataclass(frozen=True)
class StripFigures(Figures):
    """Level → the state of each year of childhood; the years not covered, in words."""

    strips: Mapping[str, tuple[str, ...]]
    empty: Mapping[str, str]


def strip(rule: ArenaRule, place: Place, level: str) -> tuple[str, ...]:
    """Give the state of each year of childhood on one level; the rule must offer (level, year)."""
    own = place.lowest.offered(rule, shared=False)
    proven, possible = (bound.offered(rule, shared=True) for bound in (place.lowest, place.highest))
    return tuple(
        COVERED
        if (level, year) in own
        else SHARED
        if (level, year) in proven
        else UNKNOWN
        if (level, year) in possible
        else EMPTY
        for year in rule.strategy.childhood_ages
    )
