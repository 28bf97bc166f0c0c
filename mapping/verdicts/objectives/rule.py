"""What every kind of rule can do: judge a bound, say why in words, name its rows, and tell what is missing.

A kind is a class in a module of its own in this package; `mapping.verdicts.objectives.KINDS` lists them. An
objective of the strategy is judged by one object of such a class, with its own thresholds.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

from mapping.swedish import span
from mapping.verdicts import missing
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MAPPING, MET, PARTLY, Bound, Mandate, Place
from mapping.verdicts.known import Arena, Insats
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import Figures, Places
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, ArenaOnDay, InsatsOnDay
from mapping.verdicts.strategy import Objective, Strategy
from mapping.verdicts.words import parties_in_words, said

SHARE: Final = "share"
NUMBER: Final = "number"
SCALE: Final = {"uppfyllt_fran": NUMBER, "delvis_fran": NUMBER}
"""The thresholds of a self-assessment from 0 to 3."""
READING: Final = " (Tolkning: strategin anger inga tal.)"

ThresholdForm = str | Mapping[str, str]
"""`SHARE`, `NUMBER`, or the codes that a list may hold."""


class Rule(ABC):
    """How objectives of one kind are judged."""

    thresholds: ClassVar[Mapping[str, ThresholdForm]] = {}
    """What the strategy must state for it."""
    questions: ClassVar[tuple[str, ...]] = ()
    """Those of `kommunlage` whose answers it asks for."""
    is_regional: ClassVar[bool] = False
    """Whether it is judged once, for the county."""
    is_reading: ClassVar[bool] = False
    """Whether the rule is our reading even where it has no threshold."""
    counts_mandates: ClassVar[bool] = False
    """Whether what must be offered by law or programme counts, in the strengths that take it in."""
    needs_two_waves: ClassVar[bool] = False
    """Whether it speaks of development, and needs an earlier follow-up to compare with (rule G7)."""
    asks_ages: ClassVar[bool] = False
    """Whether the ages of a `ja` matter."""
    asks_parties: ClassVar[str] = ""
    """What is missing where not all the parties of a `ja` are told, if they matter."""

    def __init__(self, objective: Objective, strategy: Strategy) -> None:
        self.objective, self.strategy, self.limits = objective, strategy, objective.limits

    @abstractmethod
    def text(self) -> str:
        """Say the rule in Swedish, with its thresholds."""

    @abstractmethod
    def rank(self, bound: Bound) -> int:
        """Judge a place in one of its bounds."""

    def known(self, place: Place) -> str:
        """Say in one Swedish clause what is proven, with a full stop: here what the answer is."""
        answers = place.answers.get(self.questions[0], ())
        detail = [said(answers)]
        if answers:
            answer, (first, last) = answers[0], answers[0].ages
            if answer.parties:
                detail.append(f"parter: {parties_in_words(answer.parties)}")
            if first is not None and last is not None:
                detail.append(f"{span(first, last)} år")
        return f"{'; '.join(detail)}."

    @abstractmethod
    def figures(self, places: Places, basis: str) -> Figures:
        """Show what is known, settled or not: `basis` is the weakest strength that counts."""

    def missing(self, place: Place) -> Iterator[Missing]:
        """Name the facts that would bring floor and ceiling together, answers first."""
        for question in self.questions:
            yield from missing.answers(place, question)
            answers = place.answers.get(question, ())
            if self.asks_ages:
                yield from missing.ages(place, answers)
            if self.asks_parties:
                yield from missing.parties(place, answers, self.asks_parties)

    def contradicts(self, place: Place) -> bool:  # noqa: ARG002 - most kinds cannot
        """Tell whether an answer and the settled facts about arenas say opposite ends (rule G6)."""
        return False

    def is_planned(self, place: Place) -> bool:  # noqa: ARG002 - most kinds cannot
        """Tell whether something planned – an arena, an insats, an answer – would bear on the objective."""
        return False

    def answers(self, bound: Bound) -> Iterator[Answer]:
        """Give the answers that count."""
        for question in self.questions:
            yield from bound.answers.get(question, ())

    def insatser(self, place: Place) -> list[InsatsOnDay]:  # noqa: ARG002 - only those that look at rows
        """Give the insatser that count: those that prove something it asks for."""
        return []

    def oldest_insats(self, place: Place) -> InsatsOnDay | None:  # noqa: ARG002 - likewise
        """Give the oldest of them, if it counts only because older rows do."""
        return None

    def mandates(self, place: Place) -> list[Mandate]:  # noqa: ARG002 - only those that look at rows
        """Give what must be offered there by law or programme, of what it asks for."""
        return []

    def arenas(self, place: Place) -> list[ArenaOnDay]:  # noqa: ARG002 - only those that look at rows
        """Give the arenas that count as such."""
        return []

    def serving(self, place: Place) -> list[ArenaOnDay]:  # noqa: ARG002 - only those that look at rows
        """Give the arenas that it looks at: the place's own, and shared ones where those count."""
        return []

    def bearing(self, place: Place) -> list[InsatsOnDay]:  # noqa: ARG002 - only those that look at rows
        """Give the insatser that bear on it, or may if more were known of them."""
        return []

    def asks(self) -> frozenset[str]:
        """Give every question whose answers bear on it."""
        return frozenset(self.questions)


class ArenaRule(Rule):
    """A rule that looks at arenas or their insatser, so that a complete mapping matters to it.

    What an insats offers is a set of things – level and year, a phase, a word – and what a place offers is
    the union of them.
    """

    is_shared: ClassVar[bool] = False
    """Whether what serves the municipality from elsewhere counts as its own (rule G4)."""
    cells: ClassVar[tuple[str, ...]] = ()
    """The cells of an insats that it asks for, as `mapping.verdicts.missing.insatser` names them."""

    @property
    def everything(self) -> frozenset[Any]:
        """All that there may be to offer."""
        return frozenset()

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Any]:  # noqa: ARG002 - some count arenas
        """Tell what an insats offers of what the objective asks for: as stated, or as may be."""
        return frozenset()

    def offers_undescribed(self, arena: Arena) -> frozenset[Any]:  # noqa: ARG002 - 2.4 asks what type it is
        """Tell what an arena may offer of which nobody has said anything."""
        return self.everything

    def counts_shared(self, bound: Bound) -> bool:  # noqa: ARG002 - 2.2 asks what the municipality does
        """Tell whether shared rows count in a bound."""
        return self.is_shared

    def lowest(self, place: Place) -> frozenset[Any]:
        """Give what is proven to be offered."""
        return place.lowest.offered(self, shared=self.is_shared)

    def serving(self, place: Place) -> list[ArenaOnDay]:
        return place.arenas(shared=self.counts_shared(place.lowest))

    def _rows(self, place: Place) -> list[InsatsOnDay]:
        return place.insatser(shared=self.counts_shared(place.lowest))

    def insatser(self, place: Place) -> list[InsatsOnDay]:
        return [
            row
            for row in self._rows(place)
            if row.status == PROVEN and self.offers(row.insats, possible=False)
        ]

    def oldest_insats(self, place: Place) -> InsatsOnDay | None:
        rows = place.too_old(shared=self.counts_shared(place.lowest))
        return next((row for row in rows if self.offers(row.insats, possible=False)), None)

    def bearing(self, place: Place) -> list[InsatsOnDay]:
        return [row for row in self._rows(place) if self.offers(row.insats, possible=True)]

    def answers(self, bound: Bound) -> Iterator[Answer]:
        yield from super().answers(bound)
        if bound.place.is_mapped and MAPPING not in self.questions:
            yield from bound.answers.get(MAPPING, ())

    def asks(self) -> frozenset[str]:
        return super().asks() | {MAPPING}

    def is_planned(self, place: Place) -> bool:
        return any(self.offers(row, possible=True) for row in place.planned(shared=self.is_shared)) or any(
            one.status == PLANNED_NOW for one in self.mandates(place)
        )

    def mandates(self, place: Place) -> list[Mandate]:
        if not self.counts_mandates:
            return []
        return [one for one in place.mandates if self.offers(one.insats, possible=False)]

    def missing(self, place: Place) -> Iterator[Missing]:
        yield from super().missing(place)
        yield from missing.mapping(place)
        yield from missing.insatser(place, self.may_add(place), self.cells)
        yield from missing.undescribed(place, self.serving(place))

    def may_add(self, place: Place) -> list[InsatsOnDay]:
        """Give the insatser that may add something that is not proven already."""
        there = self.lowest(place)
        return [
            row
            for row in self._rows(place)
            if row.status >= MAYBE and not self.offers(row.insats, possible=True) <= there
        ]


def assessed(limits: Mapping[str, Any], *, needs_evidence: bool) -> Callable[[Answer], int]:
    """Give how a self-assessment is ranked by its thresholds, with evidence at the top if needed."""

    def judge(answer: Answer) -> int:
        level = int(answer.answer)
        if level >= limits["uppfyllt_fran"] and (answer.has_evidence or not needs_evidence):
            return MET
        return PARTLY if level >= limits["delvis_fran"] else GAP

    return judge


def covers_childhood(answer: Answer, bound: Bound, strategy: Strategy) -> bool:
    """Tell whether an answer is about the whole of childhood; ages that are not stated may be any."""
    first, last = answer.ages
    if first is None or last is None:
        return bound.is_highest
    return first <= strategy.childhood[0] and last >= strategy.childhood[1]


def settled_level(place: Place, question: str) -> int | None:
    """Give the level of a self-assessment; None if it is not answered, or in two ways."""
    levels = {int(answer.answer) for answer in place.answers.get(question, ())}
    return levels.pop() if len(levels) == 1 else None
