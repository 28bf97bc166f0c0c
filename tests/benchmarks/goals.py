"""What a benchmark has found, as values: the goals with their ratios, and the figures behind them."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A figure, nearly always a ratio within one run, beside what it should be.

    Without `at_most` and `at_least` it is there for comparison only.
    """

    name: str
    value: float
    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""

    @property
    def limit(self):
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    @property
    def verdict(self):
        if not self.limit:
            return ""
        is_met = self.value <= self.at_most if self.at_most is not None else self.value >= self.at_least
        return "met" if is_met else "MISSED"

    @property
    def written(self):
        digits = 2 if abs(self.value) < 100 else 0
        return f"{self.value:.{digits}f}{f' {self.unit}' if self.unit else ''}"


@dataclass(frozen=True)
class Figure:
    name: str
    text: str


@dataclass(frozen=True)
class Outcome:
    title: str
    goals: tuple[Goal, ...]
    figures: tuple[Figure, ...]

    def text(self):
        wide = max(len(row.name) for row in (*self.goals, *self.figures))
        figures = [f"{figure.name:<{wide}}  {figure.text}" for figure in self.figures]
        verdicts = [f"{goal.written:>10}  {goal.limit:<7} {goal.verdict}".rstrip() for goal in self.goals]
        goals = [f"{goal.name:<{wide}}  {told}" for goal, told in zip(self.goals, verdicts, strict=True)]
        return "\n".join([self.title, *figures, *goals])


def spread(seconds):
    """Write how long something took: the median, and between what."""
    shortest, longest = min(seconds), max(seconds)
    return f"median {statistics.median(seconds):.3f} s of {len(seconds)}, {shortest:.3f}–{longest:.3f} s"
