"""Hold the strategy as data: its objectives in its own words, and what they are judged by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Threshold:
    """A number or list that an objective is judged by.

    Parameters
    ----------
    value
        A share (0–1), a whole number, or codes.
    is_reading
        Whether it is our reading ("tolkning"), because the strategy gives no number.
    """

    value: float | int | tuple[str, ...]
    is_reading: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the strategy's order; none of a number."""
        return self.value if isinstance(self.value, tuple) else ()


@dataclass(frozen=True, eq=False)
class Objective:
    """One objective of the strategy.

    Parameters
    ----------
    code
        The strategy's own number of it.
    kind
        The word of the rule that judges it: a key of `mapping.verdicts.objectives.KINDS`.
    area
        Number of the målområde.
    name
        A few words of ours, for headings.
    text
        The strategy's own words, after its "Målsättningen är att det ska …".
    is_regional
        Whether it is judged once, for the county.
    thresholds
        By name.
    page
        Page in the strategy, if known.
    """

    code: str
    kind: str
    area: int
    name: str
    text: str
    is_regional: bool
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
    """The strategy as data.

    Parameters
    ----------
    title, county, years
        Its name, whose it is, its first and last year.
    national_aim, preamble
        What stands above the objectives, and the words that begin each.
    chapter, page_remark
        Where the texts stand, and what is known of pages.
    waves
        Years of follow-up.
    serves, serves_area
        The aims, and the area, of the regional development strategy that it serves.
    childhood, phases
        First and last year of age, both included: of all, and of each phase.
    phase_share
        Share of a phase's years that one insats must cover to cover the phase.
    fresh_days, counted_days
        Days after which a fact ought to be looked over, and after which it no longer counts.
    general_words
        Words of `malgrupp` that mean all parents, folded as codes are.
    areas
        Number → name of each målområde.
    objectives
        In the strategy's order.
    """

    title: str
    county: str
    years: tuple[int, int]
    national_aim: str
    preamble: str
    chapter: int
    page_remark: str
    waves: tuple[int, ...]
    serves: tuple[str, ...]
    serves_area: str
    childhood: tuple[int, int]
    phases: tuple[tuple[int, int], ...]
    phase_share: float
    fresh_days: int
    counted_days: int
    general_words: frozenset[str]
    areas: Mapping[int, str]
    objectives: tuple[Objective, ...]

    def __getitem__(self, code: str) -> Objective:
        """Give the objective of that code."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Objective]:
        return {objective.code: objective for objective in self.objectives}

    def of_kind(self, kind: str) -> tuple[Objective, ...]:
        """Give the objectives that are judged by a rule, in the strategy's order."""
        return tuple(objective for objective in self.objectives if objective.kind == kind)

    @cached_property
    def childhood_ages(self) -> range:
        """Every whole year of age that childhood has, both ends included."""
        first, last = self.childhood
        return range(first, last + 1)

    def source(self, code: str) -> str:
        """Say in Swedish where the text of an objective stands."""
        page = self[code].page
        where = f"kapitel {self.chapter}" + (f", sidan {page}" if page else "")
        return f"{self.title}, {where}"
