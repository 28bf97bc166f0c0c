"""Judge every objective for every municipality, with what is known, what may be, and what is missing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import swedish_order
from mapping.verdicts import explanations
from mapping.verdicts.answers import given
from mapping.verdicts.bounds import GAP, MET, PARTLY, Evidence, Plans, Wave
from mapping.verdicts.counted import Case, answers_counted, counted, oldest_years
from mapping.verdicts.missing import Missing, missing_facts, to_reconcile
from mapping.verdicts.row_status import day_number
from mapping.verdicts.rules import RULES, TWO_WAVES, disagrees, is_planned
from mapping.verdicts.strategy import REGIONAL_RULES, Strategy

UNKNOWN: Final = "underlag_saknas"
RANKS: Final = ("gap", "delvis", "uppfyllt")
"""A rule's rank as a word."""

STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {"uppfyllt": "Uppfyllt", "delvis": "Delvis", "gap": "Gap", UNKNOWN: "Underlag saknas"}
)
"""The four statuses, with their labels."""


class Older(NamedTuple):
    """What a verdict would be if older rows counted.

    Parameters
    ----------
    status, at_least
        As of a verdict.
    year
        Of the oldest row or answer that counts only because older ones do; None if there is none.
    """

    status: str
    at_least: bool
    year: int | None


@dataclass(frozen=True, eq=False)
class Verdict:
    """One objective in one municipality (or, with kommunkod 18, in the county).

    Parameters
    ----------
    objective
        Its code.
    kommunkod, kommun
        Where.
    status
        A code of `STATUS`: the floor if it is the ceiling too; `underlag_saknas` if the floor is a gap;
        otherwise `delvis`.
    at_least
        Whether it is "minst delvis": the facts may show more.
    floor, ceiling
        The worst and the best that the known facts allow.
    planned
        Whether something planned would bear on the objective; it never raises the status.
    older
        What it would be if older rows counted.
    is_changed_by_older
        Whether older rows are counted here and change the status.
    needs_reconciling
        "Stäm av": an answer and the facts about arenas say opposite ends. The status is `underlag_saknas`.
    is_baseline
        "Baslinje": the objective speaks of development, and there is no earlier follow-up.
    case
        What the explanations are worked out from, when somebody asks.
    """

    objective: str
    kommunkod: str
    kommun: str
    status: str
    at_least: bool
    floor: str
    ceiling: str
    planned: bool
    older: Older
    is_changed_by_older: bool
    needs_reconciling: bool
    is_baseline: bool
    case: Case = field(repr=False)

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The rows counted: `insats_id`, `arena_id`, and answers as kommunkod:question:date."""
        return counted(self.case)

    @cached_property
    def facts_missing(self) -> tuple[Missing, ...]:
        """The facts that would bring floor and ceiling together."""
        if self.needs_reconciling:
            return (to_reconcile(self.case),)
        return missing_facts(self.case) if self.floor != self.ceiling else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The same facts, as Swedish sentences."""
        return tuple(fact.sentence for fact in self.facts_missing)

    @cached_property
    def rule(self) -> str:
        """The rule in Swedish, with its thresholds."""
        return explanations.rule(self.objective, self.case.evidence.strategy)

    @cached_property
    def reason(self) -> str:
        """Why the status is what it is, in one Swedish line."""
        words = "Minst delvis" if self.at_least else STATUS[self.status]
        planned = ", planerad" if self.planned else ""
        parts = [f"{words}{planned}: {explanations.known(self.case)}"]
        if self.is_baseline:
            parts.append("Baslinje: det finns ingen tidigare mätomgång att jämföra med.")
        parts += [f"Saknas: {sentence}" for sentence in self.missing[:1]]
        if len(self.missing) > 1:
            more = len(self.missing) - 1
            parts.append(f"({more} {'uppgift' if more == 1 else 'uppgifter'} till saknas.)")
        return " ".join(parts)

    @cached_property
    def evidence(self) -> Mapping[str, Any]:
        """The figures that a page shows beside the verdict; see `mapping.verdicts.explanations`."""
        return explanations.figures(self.case)

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
            "older": {
                "status": self.older.status,
                "at_least": self.older.at_least,
                "year": self.older.year,
            },
        }


class _Judged(NamedTuple):
    """One objective in one place, strictly or with older rows."""

    floor: int
    ceiling: int
    needs_reconciling: bool

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


def judge(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    *,
    previous: Wave | None = None,
    include_older: bool = False,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> tuple[Verdict, ...]:
    """Judge every objective: municipal ones for each municipality, regional ones once.

    Parameters
    ----------
    dataset
        What is known.
    strategy
        What is wanted, and by which thresholds.
    day
        The day of judging.
    previous
        The previous wave, if there is one.
    include_older
        Whether dated rows count however old they are.
    municipalities
        kommunkod → name of those to judge.

    Returns
    -------
    tuple of Verdict
        In the order of the strategy, and within an objective of the alphabet (å, ä, ö last). Always one for
        each municipal objective and municipality, and one for each regional objective.
    """
    codes = tuple(municipalities)
    pair = evidences(dataset, strategy, day, previous=previous, kommunkoder=codes)
    order = sorted(range(len(codes)), key=lambda place: swedish_order(municipalities[codes[place]]))
    places = [(place, codes[place], municipalities[codes[place]]) for place in order]
    county = [(-1, vocabulary.COUNTY_CODE, strategy.county)]
    years = oldest_years(*pair)
    return tuple(
        verdict
        for objective in strategy.objectives
        for verdict in _verdicts(
            pair,
            objective.code,
            county if objective.is_regional else places,
            years,
            include_older=include_older,
        )
    )


def _verdicts(
    pair: tuple[Evidence, Evidence],
    code: str,
    places: Sequence[tuple[int, str, str]],
    years: Mapping[str, Sequence[int | None]],
    *,
    include_older: bool,
) -> Iterator[Verdict]:
    evidence = pair[include_older]
    is_regional = code in REGIONAL_RULES
    strict, older = (_ranks(side, code, is_regional=is_regional) for side in pair)
    worlds = ([evidence.county[0]], [evidence.county[1]]) if is_regional else evidence.worlds
    is_baseline = code in TWO_WAVES and evidence.previous is None
    for place, kommunkod, kommun in places:
        judged, old = strict[place], older[place]
        chosen = old if include_older else judged
        worst, best = worlds[0][place], worlds[1][place]
        plans = Plans() if is_regional else evidence.plans[place]
        status, at_least = chosen.status, chosen.at_least
        is_changed = include_older and (judged.status, judged.at_least) != (status, at_least)
        yield Verdict(
            objective=code,
            kommunkod=kommunkod,
            kommun=kommun,
            status=status,
            at_least=at_least,
            floor=RANKS[chosen.floor],
            ceiling=RANKS[chosen.ceiling],
            planned=is_planned(code, plans, best),
            older=Older(old.status, old.at_least, _year(pair, code, place, years)),
            is_changed_by_older=is_changed,
            needs_reconciling=chosen.needs_reconciling,
            is_baseline=is_baseline,
            case=Case(evidence, code, kommunkod, kommun, place, worst, best, chosen.floor, chosen.ceiling),
        )


def _ranks(evidence: Evidence, code: str, *, is_regional: bool) -> list[_Judged]:
    """Ask the rule of one objective in every municipality's two worlds, or in the county's."""
    rule, strategy = RULES[code], evidence.strategy
    worlds = [evidence.county] if is_regional else zip(*evidence.worlds, strict=True)
    return [
        _Judged(rule(worst, strategy), rule(best, strategy), disagrees(code, worst, best, strategy))
        for worst, best in worlds
    ]


def _year(
    pair: tuple[Evidence, Evidence], code: str, place: int, years: Mapping[str, Sequence[int | None]]
) -> int | None:
    """Give the year of the oldest row or answer that counts only because older ones do."""
    strict, older = pair
    oldest = day_number(strict.day) - strict.strategy.counted_days
    worst = older.worlds[0][place] if place >= 0 else older.county[0]
    is_mapped = place >= 0 and older.is_mapped[place]
    found = [
        answer.year
        for answer in answers_counted(code, worst, is_mapped=is_mapped)
        if answer.first_day < oldest
    ]
    row = years[code][place] if code in years and place >= 0 else None
    return min([*found, *([] if row is None else [row])], default=None)


def evidences(
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    *,
    previous: Wave | None = None,
    kommunkoder: tuple[str, ...] = tuple(vocabulary.MUNICIPALITIES),
) -> tuple[Evidence, Evidence]:
    """See a dataset on a day without older rows and with them.

    Parameters
    ----------
    dataset, strategy, day, previous
        As for `judge`.
    kommunkoder
        The municipalities.
    """
    before: list[Evidence | None] = [None, None]
    if previous is not None:
        before = list(evidences(previous.dataset, strategy, previous.day, kommunkoder=kommunkoder))
    rows = given(dataset, day_number(day))
    strict, older = (
        Evidence(dataset, strategy, day, kommunkoder, bool(side), before[side], rows) for side in (0, 1)
    )
    return strict, older


@dataclass(frozen=True)
class NextFact:
    """A missing fact, with what finding it out may give.

    Parameters
    ----------
    fact
        What to find out; `fact.kommunkod` can.
    settles
        (objective, kommunkod) of the open verdicts that lack nothing else.
    bears_on
        The same of all open verdicts that lack it, those it settles included.
    worth
        How many verdicts it settles, where a verdict that lacks n facts is settled by 1/n by each of them.
    """

    fact: Missing
    settles: tuple[tuple[str, str], ...]
    bears_on: tuple[tuple[str, str], ...]
    worth: float


def next_facts(verdicts: Iterable[Verdict]) -> tuple[NextFact, ...]:
    """Tell what to find out next: the missing facts that would settle most verdicts, most valuable first.

    Parameters
    ----------
    verdicts
        Those to settle, of one municipality or of the whole county. Settled ones ask for nothing.

    Returns
    -------
    tuple of NextFact
        Ordered by worth, then by how many verdicts each settles alone, then as they came.
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
