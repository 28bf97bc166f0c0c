"""Hold the strategy as data: its objectives in its own words, and what they are judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Threshold:
    """A number or list that an objective is judged by."""

    value: float | int | tuple[str, ...]
    """A share (0–1), a whole number, or codes."""
    is_reading: bool
    """Whether it is our reading ("tolkning"), because the strategy gives no number."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the strategy's order; none of a number."""
        return self.value if isinstance(self.value, tuple) else ()


@dataclass(frozen=True, eq=False)
class Objective:
    """One objective of the strategy; `code` is the strategy's own number of it."""

    code: str
    kind: str
    """The word of the rule that judges it: a key of `mapping.verdicts.objectives.KINDS`."""
    area: int
    name: str
    """A few words of ours, for headings."""
    text: str
    """The strategy's own words, after its "Målsättningen är att det ska …"."""
    is_regional: bool
    """Whether it is judged once, for the county."""
    thresholds: Mapping[str, Threshold]
    page: int | None = None

    @cached_property
    def limits(self) -> Mapping[str, Any]:
        """The thresholds' values by name; lists of codes as frozensets."""
        return {
            name: frozenset(limit.codes) if isinstance(limit.value, tuple) else limit.value
            for name, limit in self.thresholds.items()
        }


@dataclass(frozen=True, eq=False)
class Strategy:
    """The strategy as data; spans of years and ages are their first and last, both included."""

    title: str
    county: str
    years: tuple[int, int]
    national_aim: str
    preamble: str
    """The words that begin each objective."""
    chapter: int
    page_remark: str
    waves: tuple[int, ...]
    """Years of follow-up."""
    serves: tuple[str, ...]
    """Aims of the regional development strategy, of its `serves_area`."""
    serves_area: str
    childhood: tuple[int, int]
    phases: tuple[tuple[int, int], ...]
    phase_share: float
    """Share of a phase's years that one insats must cover to cover the phase."""
    fresh_days: int
    """Days after which a fact ought to be looked over; after `counted_days` it no longer counts."""
    counted_days: int
    general_words: frozenset[str]
    """Words of `malgrupp` that mean all parents, folded as codes are."""
    areas: Mapping[int, str]
    """Number → name of each målområde."""
    objectives: tuple[Objective, ...]

    def __getitem__(self, code: str) -> Objective:
        """Give the objective of that code."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Objective]:
        return {objective.code: objective for objective in self.objectives}

    def of_kind(self, kind: str) -> tuple[Objective, ...]:
        """Give the objectives that a kind of rule judges."""
        return tuple(objective for objective in self.objectives if objective.kind == kind)

    @cached_property
    def childhood_ages(self) -> range:
        """Every whole year of age that childhood has, both ends included."""
        first, last = self.childhood
        return range(first, last + 1)

    @property
    def phase_years(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The years of each phase, each with its place among those of childhood."""
        youngest = self.childhood[0]
        return tuple(
            tuple((year - youngest, year) for year in range(first, last + 1)) for first, last in self.phases
        )

    def source(self, code: str) -> str:
        """Say in Swedish where the text of an objective stands."""
        page = self[code].page
        where = f"kapitel {self.chapter}" + (f", sidan {page}" if page else "")
        return f"{self.title}, {where}"
