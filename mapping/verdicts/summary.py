"""Count the verdicts on each objective by status, for the county's stacked bars: no score, no ranking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapping.swedish import either
from mapping.verdicts.judge import STATUS, Verdict
from mapping.verdicts.strategy import Strategy


@dataclass(frozen=True)
class ObjectiveBar:
    """One objective: status → how many municipalities (or 1, the county), in the order of `STATUS`."""

    code: str
    name: str
    area: int
    counts: Mapping[str, int]
    is_regional: bool

    @property
    def total(self) -> int:
        """How many verdicts there are."""
        return sum(self.counts.values())

    @property
    def sentence(self) -> str:
        """Say the bar, for those who do not see it."""
        parts = [f"{STATUS[code].lower()} {many}" for code, many in self.counts.items() if many]
        return (
            f"{self.code} {self.name}: {either(parts, last='och')}{'' if self.is_regional else ' kommuner'}."
        )


def objective_bars(verdicts: Sequence[Verdict], strategy: Strategy) -> tuple[ObjectiveBar, ...]:
    """Give a bar for each objective, in the strategy's order."""
    found: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.objective, Counter())[verdict.status] += 1
    return tuple(
        ObjectiveBar(
            one.code,
            one.name,
            one.area,
            {status: found[one.code][status] for status in STATUS},
            one.is_regional,
        )
        for one in strategy.objectives
        if one.code in found
    )
