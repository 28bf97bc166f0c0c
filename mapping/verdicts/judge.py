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
from mapping.verdicts.bounds import GAP, MET, PARTLY, Judgings, Place, Wave, judgings
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives import rules
from mapping.verdicts.objectives.figure import Figures
from mapping.verdicts.objectives.rule import READING, Rule
from mapping.verdicts.older import oldest_year
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strength import MANDATE, OLDER, OLDER_ROWS, PROVED, STRENGTHS, up_to

UNKNOWN: Final = "underlag_saknas"
RANKS: Final = ("gap", "delvis", "uppfyllt")
"""A rule's rank as a word."""

STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {"uppfyllt": "Uppfyllt", "delvis": "Delvis", "gap": "Gap", UNKNOWN: "Underlag saknas"}
)
"""The four statuses, with their labels."""


class Standing(NamedTuple):
    """What a verdict is in one strength."""

    status: str
    """The floor if it is the ceiling too; `underlag_saknas` if the floor is a gap; otherwise `delvis`."""
    at_least: bool
    """Whether it is "minst delvis": the facts may show more."""
    floor: str
    ceiling: str
    """The worst and the best that the facts of the strength allow."""
    year: int | None
    """Of the oldest row or answer that counts only because older ones do; None if there is none."""
    needs_reconciling: bool


@dataclass(frozen=True, eq=False)
class Verdict:
    """One objective in one municipality (or, with kommunkod 18, in the county).

    Reasons are worked out when somebody asks, by the rule that judged it and the place that it rests on.
    """

    objective: str
    kommunkod: str
    kommun: str
    basis: str
    """What was chosen, of `mapping.verdicts.strength`."""
    strength: str
    """Which strength the verdict stands on: the strongest of those chosen that says anything."""
    standings: Mapping[str, Standing]
    """What it is in each strength, and by dated older rows only (`older`), whatever was chosen."""
    planned: bool
    """Whether something planned would bear on the objective; it never raises the status."""
    is_baseline: bool
    """"Baslinje": the objective speaks of development, and there is no earlier follow-up."""
    rule_of: Rule = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    """The municipality as it is known in each strength."""

    @property
    def _shown(self) -> Standing:
        return self.standings[self.strength]

    @property
    def status(self) -> str:
        """The status in the strength it stands on; `underlag_saknas` where none says anything."""
        return self._shown.status

    @property
    def at_least(self) -> bool:
        """Whether it is "minst delvis": the facts may show more."""
        return self._shown.at_least

    @property
    def floor(self) -> str:
        """The worst that the facts it stands on allow."""
        return self._shown.floor

    @property
    def ceiling(self) -> str:
        """The best."""
        return self._shown.ceiling

    @property
    def needs_reconciling(self) -> bool:
        """Whether an answer and the facts about arenas say opposite ends ("stäm av"): `underlag_saknas`."""
        return self._shown.needs_reconciling

    @property
    def older(self) -> Standing:
        """What it would be if dated rows counted however old they are."""
        return self.standings[OLDER_ROWS]

    @property
    def is_changed_by_older(self) -> bool:
        """Whether it stands on older rows, which change the status."""
        strict = self.standings[PROVED]
        is_older = self.strength in {OLDER, OLDER_ROWS}
        return is_older and (strict.status, strict.at_least) != (self.status, self.at_least)

    @property
    def year(self) -> int | None:
        """Of the oldest row or answer that it stands on only because older ones count."""
        return self._shown.year if self.strength in {OLDER, OLDER_ROWS} else None

    @property
    def place(self) -> Place:
        """The municipality as it is known in the strength that the verdict stands on."""
        return self.places[self.strength]

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The rows counted: `insats_id`, `arena_id`, and answers as kommunkod:question:date."""
        return (
            *(row.insats.insats_id for row in self.rule_of.insatser(self.place)),
            *(mandate.identity for mandate in self.rule_of.mandates(self.place) if mandate.is_proven),
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
        """What is known, settled or not, as strongly as was chosen: a small figure and a sentence."""
        return self.rule_of.figures(self.places, OLDER if self.basis == OLDER_ROWS else self.basis)

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
            "older": {name: getattr(self.older, name) for name in ("status", "at_least", "year")},
            "strengths": {
                name: {
                    one: getattr(self.standings[name], one)
                    for one in ("status", "at_least", "floor", "ceiling")
                }
                for name in STRENGTHS
            },
            "known": {
                "rows": [row.as_json() for row in self.figures.rows],
                "sentence": self.figures.sentence,
            },
        }


@collection_paused()
def judge(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    *,
    previous: Wave | None = None,
    basis: str = PROVED,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> tuple[Verdict, ...]:
    """Judge every objective: municipal ones for each municipality (kommunkod → name), regional ones once.

    The verdicts, however little is known, come in the order of the strategy, and within an objective of the
    alphabet (å, ä, ö last). `basis` is what they may stand on, of `mapping.verdicts.strength`.
    """
    every = judgings(dataset, strategy, day, previous=previous, municipalities=municipalities)
    order = sorted(municipalities, key=lambda code: swedish_order(municipalities[code]))
    return tuple(
        _verdict(rule, every, code, basis)
        for rule in rules(strategy).values()
        for code in ([vocabulary.COUNTY_CODE] if rule.is_regional else order)
    )


def _verdict(rule: Rule, every: Judgings, kommunkod: str, basis: str) -> Verdict:
    rows = {PROVED: every.belagt.place(kommunkod), OLDER_ROWS: every.aldre_rader.place(kommunkod)}
    if rule.counts_mandates:
        places = {
            **rows, MANDATE: every.uppdrag.place(kommunkod), OLDER: every.aldre.place(kommunkod)
        }  # fmt: skip
    else:  # mandates add no rows to what it looks at
        places = {**rows, MANDATE: rows[PROVED], OLDER: rows[OLDER_ROWS]}
    standings = {PROVED: _standing(rule, places[PROVED])}
    for name, same_as in ((OLDER_ROWS, PROVED), (MANDATE, PROVED), (OLDER, OLDER_ROWS)):
        if places[name] is places[same_as]:
            standings[name] = standings[same_as]
            continue
        found, strict = _standing(rule, places[name]), standings[PROVED]
        differs = (found.status, found.at_least) != (strict.status, strict.at_least)
        year = oldest_year(rule, places[PROVED], places[name], differs=differs)
        standings[name] = found._replace(year=year)
    wanted = (OLDER_ROWS,) if basis == OLDER_ROWS else up_to(basis)
    strength = next((name for name in wanted if standings[name].status != UNKNOWN), wanted[-1])
    return Verdict(
        objective=rule.objective.code,
        kommunkod=kommunkod,
        kommun=places[PROVED].kommun,
        basis=basis,
        strength=strength,
        standings=standings,
        planned=rule.is_planned(places[strength]),
        is_baseline=rule.needs_two_waves and places[strength].previous is None,
        rule_of=rule,
        places=places,
    )


def _standing(rule: Rule, place: Place) -> Standing:
    floor, ceiling = rule.rank(place.lowest), rule.rank(place.highest)
    contradicts = rule.contradicts(place)
    status = UNKNOWN if contradicts or GAP == floor < ceiling else RANKS[floor]
    at_least = not contradicts and PARTLY == floor < ceiling == MET
    return Standing(status, at_least, RANKS[floor], RANKS[ceiling], None, contradicts)


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

    What nobody can find out today is left out.

    They are ordered by worth, then by how many verdicts each settles alone, then as they came. Settled
    verdicts ask for nothing.
    """
    facts: dict[str, Missing] = {}
    settles: dict[str, list[tuple[str, str]]] = {}
    bears_on: dict[str, list[tuple[str, str]]] = {}
    worth: dict[str, float] = {}
    for verdict in verdicts:
        missing = {fact.key: fact for fact in verdict.facts_missing if fact.can_be_found_out}
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
