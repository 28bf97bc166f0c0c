"""Judge every objective for every municipality, with what is known, what may be, and what is missing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import swedish_order
from mapping.tables.garbage import collection_paused
from mapping.verdicts import missing
from mapping.verdicts.bounds import GAP, MET, PARTLY, Judging, Place, Wave, judgings
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives import rules
from mapping.verdicts.objectives.rule import READING, Figures, Rule
from mapping.verdicts.older import oldest_year
from mapping.verdicts.strategy import Strategy

UNKNOWN: Final = "underlag_saknas"
RANKS: Final = ("gap", "delvis", "uppfyllt")
"""A rule's rank as a word."""

STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {"uppfyllt": "Uppfyllt", "delvis": "Delvis", "gap": "Gap", UNKNOWN: "Underlag saknas"}
)
"""The four statuses, with their labels."""


class Older(NamedTuple):
    """What a verdict would be if older rows counted."""

    status: str
    at_least: bool
    year: int | None
    """Of the oldest row or answer that counts only because older ones do; None if there is none."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """One objective in one municipality (or, with kommunkod 18, in the county).

    Reasons are worked out when somebody asks, by the rule that judged it and the place that it rests on.
    """

    objective: str
    kommunkod: str
    kommun: str
    status: str
    """The floor if it is the ceiling too; `underlag_saknas` if the floor is a gap; otherwise `delvis`."""
    at_least: bool
    """Whether it is "minst delvis": the facts may show more."""
    floor: str
    ceiling: str
    """The worst and the best that the known facts allow."""
    planned: bool
    """Whether something planned would bear on the objective; it never raises the status."""
    older: Older
    is_changed_by_older: bool
    """Whether older rows are counted here and change the status."""
    needs_reconciling: bool
    """"Stäm av": an answer and the facts about arenas say opposite ends. The status is `underlag_saknas`."""
    is_baseline: bool
    """"Baslinje": the objective speaks of development, and there is no earlier follow-up."""
    rule_of: Rule = field(repr=False)
    place: Place = field(repr=False)

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The rows counted: `insats_id`, `arena_id`, and answers as kommunkod:question:date."""
        return (
            *(row.insats.insats_id for row in self.rule_of.insatser(self.place)),
            *(row.arena.arena_id for row in self.rule_of.arenas(self.place)),
            *(answer.identity for answer in self.rule_of.answers(self.place.lowest)),
        )

    @cached_property
    def facts_missing(self) -> tuple[Missing, ...]:
        """The facts that would bring floor and ceiling together."""
        if self.needs_reconciling:
            return (missing.reconciliation(self.place, self.rule_of.questions[0]),)
        if self.floor == self.ceiling:
            return ()
        return tuple(dict.fromkeys(self.rule_of.missing(self.place)))

    @property
    def missing(self) -> tuple[str, ...]:
        """The same facts, as Swedish sentences."""
        return tuple(fact.sentence for fact in self.facts_missing)

    @cached_property
    def rule(self) -> str:
        """The rule in Swedish, with its thresholds; our readings are marked "tolkning"."""
        limits = self.rule_of.objective.thresholds.values()
        is_reading = self.rule_of.is_reading or any(limit.is_reading for limit in limits)
        return self.rule_of.text() + (READING if is_reading else "")

    @cached_property
    def known(self) -> str:
        """What is proven, in one Swedish clause with a full stop."""
        return self.rule_of.known(self.place)

    @cached_property
    def reason(self) -> str:
        """Why the status is what it is, in one Swedish line."""
        words = "Minst delvis" if self.at_least else STATUS[self.status]
        planned = ", planerad" if self.planned else ""
        parts = [f"{words}{planned}: {self.known}"]
        if self.is_baseline:
            parts.append("Baslinje: det finns ingen tidigare mätomgång att jämföra med.")
        parts += [f"Saknas: {sentence}" for sentence in self.missing[:1]]
        if len(self.missing) > 1:
            more = len(self.missing) - 1
            parts.append(f"({more} {'uppgift' if more == 1 else 'uppgifter'} till saknas.)")
        return " ".join(parts)

    @cached_property
    def figures(self) -> Figures:
        """The figures that a page shows beside the verdict."""
        return self.rule_of.figures(self.place)

    def row(self) -> dict[str, Any]:
        """Give the verdict as open data."""
        return {
            "objective": self.objective,
            "kommunkod": self.kommunkod,
            "kommun": self.kommun,
            "status": self.status,
            "at_least": self.at_least,
            "floor": self.floor,
            "ceiling": self.ceiling,
            "planned": self.planned,
            "missing": list(self.missing),
            "counted": list(self.counted),
            "older": self.older._asdict(),
        }


class _Judged(NamedTuple):
    """One objective in one place, strictly or with older rows."""

    floor: int
    ceiling: int
    needs_reconciling: bool

    @classmethod
    def by(cls, rule: Rule, place: Place) -> "_Judged":
        return cls(rule.rank(place.lowest), rule.rank(place.highest), rule.contradicts(place))

    @property
    def status(self) -> str:
        if self.needs_reconciling:
            return UNKNOWN
        if self.floor == self.ceiling:
            return RANKS[self.floor]
        return UNKNOWN if self.floor == GAP else RANKS[PARTLY]

    @property
    def at_least(self) -> bool:
        return not self.needs_reconciling and PARTLY == self.floor < self.ceiling == MET


@collection_paused()
def judge(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    *,
    previous: Wave | None = None,
    include_older: bool = False,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> tuple[Verdict, ...]:
    """Judge every objective: municipal ones for each municipality (kommunkod → name), regional ones once.

    The verdicts, however little is known, come in the order of the strategy, and within an objective of the
    alphabet (å, ä, ö last). With `include_older` dated rows count however old they are.
    """
    pair = judgings(dataset, strategy, day, previous=previous, municipalities=municipalities)
    order = sorted(municipalities, key=lambda code: swedish_order(municipalities[code]))
    return tuple(
        _verdict(rule, pair, code, include_older=include_older)
        for rule in rules(strategy).values()
        for code in ([vocabulary.COUNTY_CODE] if rule.is_regional else order)
    )


def _verdict(rule: Rule, pair: tuple[Judging, Judging], kommunkod: str, *, include_older: bool) -> Verdict:
    places = [judging.place(kommunkod) for judging in pair]
    strict, old = (_Judged.by(rule, place) for place in places)
    place, chosen = (places[1], old) if include_older else (places[0], strict)
    differs = (strict.status, strict.at_least) != (old.status, old.at_least)
    return Verdict(
        objective=rule.objective.code,
        kommunkod=kommunkod,
        kommun=place.kommun,
        status=chosen.status,
        at_least=chosen.at_least,
        floor=RANKS[chosen.floor],
        ceiling=RANKS[chosen.ceiling],
        planned=rule.is_planned(place),
        older=Older(old.status, old.at_least, oldest_year(rule, *places, differs=differs)),
        is_changed_by_older=include_older and differs,
        needs_reconciling=chosen.needs_reconciling,
        is_baseline=rule.needs_two_waves and place.previous is None,
        rule_of=rule,
        place=place,
    )


@dataclass(frozen=True)
class NextFact:
    """A missing fact, with what finding it out may give."""

    fact: Missing
    settles: tuple[tuple[str, str], ...]
    """(objective, kommunkod) of the open verdicts that lack nothing else."""
    bears_on: tuple[tuple[str, str], ...]
    """The same of all open verdicts that lack it, those it settles included."""
    worth: float
    """How many verdicts it settles, where a verdict that lacks n facts is settled by 1/n by each of them."""


def next_facts(verdicts: Iterable[Verdict]) -> tuple[NextFact, ...]:
    """Tell what to find out next: the missing facts that would settle most verdicts, most valuable first.

    They are ordered by worth, then by how many verdicts each settles alone, then as they came. Settled
    verdicts ask for nothing.
    """
    facts: dict[str, Missing] = {}
    settles: dict[str, list[tuple[str, str]]] = {}
    bears_on: dict[str, list[tuple[str, str]]] = {}
    worth: dict[str, float] = {}
    for verdict in verdicts:
        missing = {fact.key: fact for fact in verdict.facts_missing}
        where = (verdict.objective, verdict.kommunkod)
        for key, fact in missing.items():
            facts.setdefault(key, fact)
            bears_on.setdefault(key, []).append(where)
            worth[key] = worth.get(key, 0.0) + 1 / len(missing)
            if len(missing) == 1:
                settles.setdefault(key, []).append(where)
    found = (
        NextFact(fact, tuple(settles.get(key, ())), tuple(bears_on[key]), worth[key])
        for key, fact in facts.items()
    )
    return tuple(sorted(found, key=lambda fact: (-fact.worth, -len(fact.settles))))
