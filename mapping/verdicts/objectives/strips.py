"""Tell in which state each year of childhood is, where an objective counts levels and years."""

from collections.abc import Mapping
from dataclasses import dataclass

from mapping.verdicts.objectives.figure import Box, Figures, Places, Row, states
from mapping.verdicts.objectives.rule import ArenaRule


@dataclass(frozen=True)
class StripFigures(Figures):
    """Level → the state of each year of childhood."""

    strips: Mapping[str, tuple[str, ...]]


def strip(rule: ArenaRule, places: Places, basis: str, level: str) -> tuple[str, ...]:
    """Give the state of each year of childhood on one level; the rule must offer (level, year)."""
    found = states(rule, places, basis)
    return tuple(found[level, year] for year in rule.strategy.childhood_ages)


def lane(rule: ArenaRule, label: str, years: tuple[str, ...]) -> Row:
    """Draw a strip as a row."""
    ages = zip(rule.strategy.childhood_ages, years, strict=True)
    return Row(label, tuple(Box(str(age), state) for age, state in ages))
