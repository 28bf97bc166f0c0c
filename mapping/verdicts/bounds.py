"""See each municipality in two bounds: the lowest and the highest that the known facts allow.

In the lowest only what is proven holds, and what nobody has listed may hurt; in the highest, everything that
may be holds, and what nobody has listed helps. Both are the same kind of value, so that one rule judges both:
the floor and the ceiling of a verdict.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol

from mapping.contract import vocabulary
from mapping.contract.schema import EVERY_MUNICIPALITY
from mapping.dataset.dataset import Dataset
from mapping.verdicts.answers import Answer, Answers, Asked, Given, Training, given, holding
from mapping.verdicts.known import Arena, Insats, Known, known
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, ArenaOnDay, Freshness, InsatsOnDay
from mapping.verdicts.strategy import Strategy

GAP, PARTLY, MET = range(3)
"""How well an objective is met."""

MAPPING: Final = "kartlaggning"
"""The question whose answer `klar` says that nothing is unlisted."""

_SILENT: Final = (Training(), Training())


class Offers(Protocol):
    """What an objective, or a page, asks of insatser: each offers a set of things, and sets are joined."""

    @property
    def counts_mandates(self) -> bool:
        """Whether what must be offered by law or programme counts too, where the judging takes it in."""

    @property
    def everything(self) -> frozenset[Any]:
        """All that there may be to offer."""

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Any]:
        """Tell what an insats offers: as stated, or as may be."""

    def offers_undescribed(self, arena: Arena) -> frozenset[Any]:
        """Tell what an arena may offer of which nobody has said anything."""


@dataclass(frozen=True)
class Wave:
    """An earlier follow-up to compare with: a dataset, and the day it is judged on."""

    dataset: Dataset
    day: dt.date

    @classmethod
    def of(cls, dataset: Dataset, before: dt.date) -> "Wave | None":
        """Take a dataset as the previous wave, on its newest day; None if that is not before a day."""
        day = dataset.latest_date
        return None if day is None or day >= before else cls(dataset, day)


@dataclass(frozen=True, eq=False)
class Judging:
    """One dataset judged on one day, with older rows counted or not."""

    dataset: Dataset
    strategy: Strategy
    day: dt.date
    names: Mapping[str, str]
    include_older: bool
    """Whether dated rows count however old they are."""
    history: Mapping[Asked, Sequence[Given]]
    """All answers given by the day."""
    previous: "Judging | None" = None
    """That of the previous wave on its own day, with the same choice."""
    without_mandates: "Judging | None" = None
    """The same rows without what must be offered by law or programme; None if this is that."""
    stronger: "Judging | None" = None
    """The judging whose lowest bound this one keeps, because it is known more strongly."""
    _arenas: dict[str, ArenaOnDay] = field(default_factory=dict)
    _places: dict[str, "Place"] = field(default_factory=dict)

    @cached_property
    def known(self) -> Known:
        """What the dataset states."""
        return known(self.dataset, self.strategy)

    @cached_property
    def freshness(self) -> Freshness:
        """Which dates count."""
        return Freshness(self.day, None if self.include_older else self.strategy.counted_days)

    @property
    def oldest_strict(self) -> dt.date:
        """The first day that counts where older rows do not."""
        return Freshness(self.day, self.strategy.counted_days).oldest

    @cached_property
    def answers(self) -> Answers:
        """The answers that hold."""
        return holding(self.history, self.freshness)

    def on_day(self, arenas: Iterable[Arena]) -> list[ArenaOnDay]:
        """Tell how arenas and their insatser stand on the day."""
        found = []
        for arena in arenas:
            if arena.arena_id not in self._arenas:
                rows = self.known.insatser.get(arena.arena_id, [])
                self._arenas[arena.arena_id] = ArenaOnDay(arena, rows, self.freshness)
            found.append(self._arenas[arena.arena_id])
        return found

    def place(self, kommunkod: str) -> "Place":
        """Gather one municipality, or the county (only its answers), as it is known on the day."""
        if kommunkod not in self._places:
            base = self.without_mandates
            place = self._place(kommunkod) if base is None else replace(base.place(kommunkod), judging=self)
            self._places[kommunkod] = place
        return self._places[kommunkod]

    def _place(self, kommunkod: str) -> "Place":
        is_county = kommunkod == vocabulary.COUNTY_CODE
        answers, training, county = self.answers.newest, self.answers.training, vocabulary.COUNTY_CODE
        return Place(
            judging=self,
            kommunkod=kommunkod,
            kommun=self.strategy.county if is_county else self.names[kommunkod],
            own=[] if is_county else self.on_day(self.known.own.get(kommunkod, [])),
            shared=[] if is_county else self.on_day(self.known.shared(kommunkod)),
            answers=answers.get(kommunkod, {}),
            training=(training.get(kommunkod, _SILENT), training.get(county, _SILENT)),
        )


class Judgings(NamedTuple):
    """One dataset judged on one day in each strength of `mapping.verdicts.strength`, and by older rows."""

    belagt: Judging
    uppdrag: Judging
    aldre: Judging
    aldre_rader: Judging


def judgings(
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    *,
    previous: Wave | None = None,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> Judgings:
    """Judge a dataset on a day, in every strength."""
    before: Judgings | None = None
    if previous is not None:
        before = judgings(previous.dataset, strategy, previous.day, municipalities=municipalities)
    history = given(dataset, day)
    strict = Judging(
        dataset, strategy, day, municipalities, include_older=False, history=history,
        previous=before and before.belagt,
    )  # fmt: skip
    older = replace(
        strict, include_older=True, previous=before and before.aldre_rader, _arenas={}, _places={}
    )
    mandates = replace(strict, without_mandates=strict, _places={})
    best = replace(older, without_mandates=older, stronger=mandates, _places={})
    return Judgings(strict, mandates, best, older)


class Mandate(NamedTuple):
    """What must be offered in a place: the row that says so, and the arena that is of its type."""

    insats: Insats
    arena: ArenaOnDay | None
    """None where it is the municipality's own duty."""
    status: int

    @property
    def identity(self) -> str:
        """Name it: the row of `uppdrag`, and the arena if it is an arena's."""
        return (
            self.insats.insats_id
            if self.arena is None
            else f"{self.insats.insats_id}:{self.arena.arena.arena_id}"
        )

    @property
    def is_proven(self) -> bool:
        """Whether it counts: the arena is not only planned."""
        return self.status == PROVEN

    def is_own(self, kommunkod: str) -> bool:
        """Tell whether it is the municipality's own, or its arena's."""
        return self.arena is None or self.arena.arena.kommunkod == kommunkod

    @property
    def day(self) -> dt.date | None:
        """When it was confirmed: the arena, or the duty."""
        return self.insats.day if self.arena is None else self.arena.arena.day


@dataclass(frozen=True, eq=False)
class Place:
    """One municipality (or the county) as it is known on the day: its rows and answers."""

    judging: Judging
    kommunkod: str
    kommun: str
    own: Sequence[ArenaOnDay]
    shared: Sequence[ArenaOnDay]
    """Arenas elsewhere that serve it (rule G4)."""
    answers: Mapping[str, tuple[Answer, ...]]
    """By question: those of the newest day; none if it is not answered."""
    training: tuple[tuple[Training, Training], tuple[Training, Training]]
    """Its own answers about training, and the county's, each in the lowest reading and the highest."""

    @cached_property
    def lowest(self) -> "Bound":
        """The least that the facts allow."""
        return Bound(self, is_highest=False)

    @cached_property
    def highest(self) -> "Bound":
        """The most that the facts allow."""
        return Bound(self, is_highest=True)

    @cached_property
    def is_mapped(self) -> bool:
        """Whether its mapping is surely complete (kartlaggning = klar): nothing is unlisted."""
        answers = self.answers.get(MAPPING, ())
        return bool(answers) and all(answer.answer == "klar" for answer in answers)

    @property
    def previous(self) -> "Place | None":
        """The same municipality in the previous wave."""
        before = self.judging.previous
        return None if before is None else before.place(self.kommunkod)

    def arenas(self, *, shared: bool) -> list[ArenaOnDay]:
        """Give its own arenas, perhaps with those it shares, in the table's order."""
        return self._arenas[shared]

    def insatser(self, *, shared: bool) -> list[InsatsOnDay]:
        """Give the insatser of the same arenas, in the table's order."""
        return self._insatser[shared]

    @cached_property
    def _arenas(self) -> tuple[list[ArenaOnDay], list[ArenaOnDay]]:
        return list(self.own), sorted([*self.own, *self.shared], key=lambda row: row.arena.number)

    @cached_property
    def _insatser(self) -> tuple[list[InsatsOnDay], list[InsatsOnDay]]:
        own, every = (
            sorted((row for arena in found for row in arena.insatser), key=lambda row: row.insats.number)
            for found in self._arenas
        )
        return own, every

    @cached_property
    def mandates(self) -> tuple[Mandate, ...]:
        """What must be offered here by law or programme; nothing in judgings that leave mandates out."""
        judging = self.judging
        if judging.without_mandates is None or self.kommunkod == vocabulary.COUNTY_CODE:
            return ()
        every = judging.known.mandates
        duties = every.get(EVERY_MUNICIPALITY, ())
        found = [Mandate(row, None, PROVEN) for row in duties if judging.freshness.holds(row.day)]
        if not every.keys() - {EVERY_MUNICIPALITY}:
            return tuple(found)
        for arena in self.arenas(shared=True):
            if arena.status in {PROVEN, PLANNED_NOW}:
                kinds = judging.known.kinds(arena.arena)
                found += [Mandate(row, arena, arena.status) for kind in kinds for row in every.get(kind, ())]
        return tuple(found)

    def too_old(self, *, shared: bool) -> list[InsatsOnDay]:
        """Give the proven insatser that only count because older rows do, the oldest first."""
        return self._too_old[shared]

    @cached_property
    def _too_old(self) -> tuple[list[InsatsOnDay], list[InsatsOnDay]]:
        oldest = self.judging.oldest_strict
        own, every = (
            sorted(
                (
                    row
                    for arena in found
                    if arena.status == PROVEN
                    for row in arena.insatser
                    if row.status == PROVEN and row.confirmed < oldest
                ),
                key=lambda row: row.confirmed,
            )
            for found in self._arenas
        )
        return own, every

    def planned(self, *, shared: bool) -> Iterator[Insats]:
        """Give the insatser that are planned."""
        for arena in [*self.own, *self.shared] if shared else self.own:
            for row in arena.insatser:
                if row.status == PLANNED_NOW:
                    yield row.insats


@dataclass(frozen=True, eq=False)
class Bound:
    """One place in one bound."""

    place: Place
    is_highest: bool
    """Whether what is unknown counts as favourable."""
    _offered: dict[tuple[Offers, bool], frozenset[Any]] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """What a verdict is where nothing is known: the lowest or the highest."""
        return MET if self.is_highest else GAP

    @property
    def answers(self) -> Mapping[str, tuple[Answer, ...]]:
        """By question: the answers that hold."""
        return self.place.answers

    @property
    def training(self) -> tuple[Training, Training]:
        """The answers about training for professions: the place's own, and the county's."""
        own, county = self.place.training
        return own[self.is_highest], county[self.is_highest]

    @cached_property
    def insatser(self) -> tuple[list[Insats], list[Insats]]:
        """The insatser that count, in any order: its own, and its own with those it shares."""
        least = MAYBE if self.is_highest else PROVEN
        own, shared = (
            [row.insats for arena in arenas for row in arena.insatser if row.status >= least]
            for arenas in (self.place.own, self.place.shared)
        )
        return own, [*own, *shared]

    def pick(self, ranks: Iterable[int]) -> int:
        """Choose between ranks that contradict each other; with none, nothing is known."""
        return (max if self.is_highest else min)(ranks, default=self.unknown)

    def rank(self, question: str, judge: Callable[[Answer], int]) -> int:
        """Judge the answer to a question."""
        return self.pick(judge(answer) for answer in self.answers.get(question, ()))

    def offered(self, asked: Offers, *, shared: bool) -> frozenset[Any]:
        """Join what insatser offer: the place's own, perhaps with those it shares.

        In the highest bound an arena that nobody has described may offer anything, and so may what nobody
        has listed.
        """
        key = (asked, shared)
        if key not in self._offered:
            self._offered[key] = self._joined(asked, shared=shared)
        return self._offered[key]

    def _joined(self, asked: Offers, *, shared: bool) -> frozenset[Any]:
        everything, place = asked.everything, self.place
        if self.is_highest and not place.is_mapped:
            return everything
        offered: set[Any] = set()
        for insats in self.insatser[shared]:
            offered |= asked.offers(insats, possible=self.is_highest)
            if offered == everything:  # the rest cannot add to it: half of the time of 300 insatser
                return everything
        if self.is_highest:
            for row in self.place.arenas(shared=shared):
                if row.is_undescribed:
                    offered |= asked.offers_undescribed(row.arena)
        if asked.counts_mandates and place.judging.without_mandates is not None:
            if not self.is_highest:
                # a complete mapping that lists nothing there knows more than what law and programme oblige
                must = {
                    id(one.insats): one.insats
                    for one in place.mandates
                    if one.status == PROVEN and (shared or one.is_own(place.kommunkod))
                }
                obliged = {thing for row in must.values() for thing in asked.offers(row, possible=False)}
                offered |= obliged & place.highest.offered(asked, shared=shared)
            if place.judging.stronger is not None:
                stronger = place.judging.stronger.place(place.kommunkod)
                offered |= stronger.lowest.offered(asked, shared=shared)
        return frozenset(offered)
