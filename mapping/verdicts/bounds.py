"""See each municipality in two worlds: the worst and the best that the known facts allow.

In the worst world only what is proven holds, and what nobody has listed may hurt; in the best, everything
that may be holds, and what nobody has listed helps. Both are the same kind of record, so that one rule judges
both.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.verdicts.answers import Answer, Answers, Asked, Given, Training, holding
from mapping.verdicts.co_location import TYPES as PREMISES
from mapping.verdicts.co_location import Nearness, nearness, of_types
from mapping.verdicts.known import NO_DAY, Facts, Flags, Layout, Words, facts, place_slot
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, Standing, States, day_number
from mapping.verdicts.strategy import Strategy

GAP, PARTLY, MET = range(3)
"""How well an objective is met."""

MAPPING: Final = "kartlaggning"
REACHING: Final = "ej_nadda_grupper"
"""The questions whose answers decide more than their own objective's rank."""


@dataclass(frozen=True)
class Wave:
    """An earlier follow-up to compare with: a dataset, and the day it is judged on."""

    dataset: Dataset
    day: dt.date

    @classmethod
    def of(cls, dataset: Dataset, before: dt.date) -> "Wave | None":
        """Take a dataset as the previous wave, on the newest day it states; None if that is not before a day.

        Parameters
        ----------
        dataset
            The earlier dataset.
        before
            The day of judging.
        """
        day = dataset.latest_date
        return None if day is None or day >= before else cls(dataset, day)


class Baseline(NamedTuple):
    """What was known of methods (level × phase) in the previous wave: proven missing, proven there."""

    missing: int
    covered: int


class World(NamedTuple):
    """One municipality in one world; sets of years, phases and cells are bit masks (see `known`).

    Attributes
    ----------
    is_best
        Whether what is unknown counts as favourable.
    answers, county_answers
        By question: those of the newest day; none if it is not answered.
    training
        The municipality's own and the county's.
    cells, universal, adapted, rights
        Own and shared: knowledge-based level × year; universal years; phases with something adapted, and with
        something on the child's rights.
    methods, joint
        Own: knowledge-based level × phase; those with enough parties.
    types, outreach, regional, civil
        Own: arena types of 2.4 that offer something; whether something reaches out, is shared with the
        region, with civil society.
    any_outreach
        Own or shared.
    is_renewed
        Whether an own arena is new or developed since the previous wave.
    described
        Own active arenas that are described completely, and all of them; the latter is 0 if no arena is known
        to be active.
    centre, is_together
        2.6 (a) as a rank, and whether (b) leaves nothing to wish.
    baseline
        None without a previous wave.
    """

    is_best: bool
    answers: Mapping[str, tuple[Answer, ...]]
    county_answers: Mapping[str, tuple[Answer, ...]]
    training: tuple[Training, Training]
    cells: int = 0
    universal: int = 0
    adapted: int = 0
    rights: int = 0
    methods: int = 0
    joint: int = 0
    types: int = 0
    outreach: bool = False
    regional: bool = False
    civil: bool = False
    any_outreach: bool = False
    is_renewed: bool = False
    described: tuple[int, int] = (0, 0)
    centre: int = GAP
    is_together: bool = True
    baseline: Baseline | None = None

    @property
    def unknown(self) -> int:
        """What a verdict is where nothing is known: the worst or the best."""
        return MET if self.is_best else GAP

    def pick(self, ranks: Iterable[int]) -> int:
        """Choose between ranks that contradict each other; with none, nothing is known."""
        return (max if self.is_best else min)(ranks, default=self.unknown)

    @property
    def counts_shared_outreach(self) -> bool:
        """Whether the municipality itself has begun to reach the unreached: then shared outreach counts."""
        levels = (int(answer.answer) for answer in self.answers.get(REACHING, ()))
        return self.pick(min(level, MET) for level in levels) > GAP

    def rank(self, question: str, judge: Callable[[Answer], int], *, county: bool = False) -> int:
        """Judge the answer to a question."""
        answers = self.county_answers if county else self.answers
        return self.pick(judge(answer) for answer in answers.get(question, ()))


class Plans(NamedTuple):
    """What is planned in one municipality and would bear on an objective, as in `World`."""

    cells: int = 0
    universal: int = 0
    adapted: int = 0
    rights: int = 0
    methods: int = 0
    types: int = 0
    outreach: bool = False
    any_outreach: bool = False
    shared: bool = False
    arenas: bool = False
    premises: bool = False


@dataclass(frozen=True, eq=False)
class _Offers:
    """The joined words of each municipality: what is its own, and what is its own or shared."""

    cells: Words
    all: Words
    own: Words

    def column(self, layout: Layout, name: str, *, own: bool) -> list[int]:
        field_ = layout.fields[name]
        words = self.own if own else self.all
        mask = np.uint64((1 << field_.width) - 1)
        values: list[int] = ((words >> np.uint64(field_.shift)) & mask).tolist()
        return values


@dataclass(frozen=True, eq=False)
class _Bare:
    """Arenas that nobody has described: their slots, what they may offer, which others they serve."""

    slots: npt.NDArray[np.int32]
    words: tuple[Words, Words]
    shared_places: npt.NDArray[np.int32]
    shared_words: tuple[Words, Words]


def _is_proven(states: States) -> Flags:
    return np.asarray(states == PROVEN)


def _is_planned(states: States) -> Flags:
    return np.asarray(states == PLANNED_NOW)


def _may_be(states: States) -> Flags:
    return np.asarray(states >= MAYBE)


@dataclass(frozen=True, eq=False)
class Evidence:
    """One dataset judged on one day, with older rows counted or not.

    Parameters
    ----------
    dataset, strategy, day
        What is judged, by what, when.
    kommunkoder
        The municipalities.
    include_older
        Whether dated rows count however old they are.
    previous
        The evidence of the previous wave on its own day, with the same choice.
    history
        All answers given by the day, as `mapping.verdicts.answers.given` tells.
    """

    dataset: Dataset
    strategy: Strategy
    day: dt.date
    kommunkoder: tuple[str, ...]
    include_older: bool
    previous: "Evidence | None" = None
    history: Mapping[Asked, Sequence[Given]] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Facts:
        """The dataset, packed."""
        return facts(self.dataset, self.strategy, self.kommunkoder)

    @cached_property
    def standing(self) -> Standing:
        """How its rows stand."""
        days = None if self.include_older else self.strategy.counted_days
        return Standing(self.facts, day_number(self.day), days)

    @cached_property
    def answers(self) -> Answers:
        """The answers that hold."""
        today = day_number(self.day)
        oldest = NO_DAY if self.include_older else today - self.strategy.counted_days
        return holding(self.history, oldest)

    @cached_property
    def is_mapped(self) -> list[bool]:
        """For each municipality: whether its mapping is surely complete (kartlaggning = klar)."""
        newest = self.answers.newest
        said = (newest.get((code, MAPPING), ()) for code in self.kommunkoder)
        return [bool(answers) and all(answer.answer == "klar" for answer in answers) for answers in said]

    @cached_property
    def nearness(self) -> Nearness:
        """What 2.6 rests on."""
        return nearness(self.standing)

    @cached_property
    def worlds(self) -> tuple[list[World], list[World]]:
        """Each municipality in the worst world and in the best, in the order of `kommunkoder`."""
        return self._worlds(is_best=False), self._worlds(is_best=True)

    @cached_property
    def county(self) -> tuple[World, World]:
        """The county in the worst world and in the best: only its answers."""
        answers, training = self._by_code
        own = answers.get(vocabulary.COUNTY_CODE, {})
        pairs = training.get(vocabulary.COUNTY_CODE, _SILENT)
        worst, best = (World(side == 1, own, own, (pairs[side], pairs[side])) for side in (0, 1))
        return worst, best

    @cached_property
    def baselines(self) -> list[Baseline]:
        """For each municipality: which methods were proven missing, and proven there."""
        layout = self.facts.layout
        proven = self._offers(_is_proven, best=False)
        pairs = zip(
            self._best_offers.column(layout, "methods", own=True),
            proven.column(layout, "methods", own=True),
            strict=True,
        )
        return [Baseline(layout.every_method & ~possible, known) for possible, known in pairs]

    @cached_property
    def _by_code(self) -> tuple[dict[str, dict[str, tuple[Answer, ...]]], Mapping[str, Any]]:
        answers: dict[str, dict[str, tuple[Answer, ...]]] = {}
        for (code, question), rows in self.answers.newest.items():
            answers.setdefault(code, {})[question] = rows
        return answers, self.answers.training

    def _worlds(self, *, is_best: bool) -> list[World]:
        side = int(is_best)
        layout = self.facts.layout
        offers = self._best_offers if is_best else self._offers(_is_proven, best=False)
        own = {
            name: offers.column(layout, name, own=True)
            for name in ("methods", "joint", "types", "outreach", "regional", "civil")
        }
        shared = {
            name: offers.column(layout, name, own=False)
            for name in ("universal", "adapted", "rights", "outreach")
        }
        cells = offers.cells.tolist()
        renewed = self._renewed(is_best=is_best)
        described = self._described(is_best=is_best)
        centre, together = self._premises(is_best=is_best)
        answers, training = self._by_code
        county = answers.get(vocabulary.COUNTY_CODE, {})
        county_training = training.get(vocabulary.COUNTY_CODE, _SILENT)[side]
        baselines = self.previous.baselines if self.previous is not None else [None] * len(self.kommunkoder)
        return [
            World(
                is_best=is_best,
                answers=answers.get(code, {}),
                county_answers=county,
                training=(training.get(code, _SILENT)[side], county_training),
                cells=cells[k],
                universal=shared["universal"][k],
                adapted=shared["adapted"][k],
                rights=shared["rights"][k],
                methods=own["methods"][k],
                joint=own["joint"][k],
                types=own["types"][k],
                outreach=bool(own["outreach"][k]),
                regional=bool(own["regional"][k]),
                civil=bool(own["civil"][k]),
                any_outreach=bool(shared["outreach"][k]),
                is_renewed=renewed[k],
                described=described[k],
                centre=centre[k],
                is_together=together[k],
                baseline=baselines[k],
            )
            for k, code in enumerate(self.kommunkoder)
        ]

    @cached_property
    def plans(self) -> list[Plans]:
        """What is planned in each municipality."""
        layout, states = self.facts.layout, self.standing.arenas
        offers = self._offers(_is_planned, best=True)
        own = {
            name: offers.column(layout, name, own=True)
            for name in ("methods", "types", "outreach", "regional", "civil")
        }
        shared = {
            name: offers.column(layout, name, own=False)
            for name in ("universal", "adapted", "rights", "outreach")
        }
        cells = offers.cells.tolist()
        arenas = self._any(states == PLANNED_NOW)
        premises = self._any((states == PLANNED_NOW) & of_types(self.facts, PREMISES))
        return [
            Plans(
                cells=cells[k],
                universal=shared["universal"][k],
                adapted=shared["adapted"][k],
                rights=shared["rights"][k],
                methods=own["methods"][k],
                types=own["types"][k],
                outreach=bool(own["outreach"][k]),
                any_outreach=bool(shared["outreach"][k]),
                shared=bool(own["regional"][k] or own["civil"][k]),
                arenas=arenas[k],
                premises=premises[k],
            )
            for k in range(len(self.kommunkoder))
        ]

    @cached_property
    def _best_offers(self) -> _Offers:
        """What rows that may be active, arenas nobody has described, and unlisted ones may offer."""
        layout = self.facts.layout
        offers = self._offers(_may_be, best=True, bare=True)
        unmapped = ~np.array(self.is_mapped, dtype=bool)
        offers.cells[unmapped] = np.uint64(layout.every_cell)
        anything = np.uint64(layout.anything | layout.fields["types"].ones)
        offers.all[unmapped] |= anything
        offers.own[unmapped] |= anything
        return offers

    def _offers(self, states: Callable[[States], Flags], *, best: bool, bare: bool = False) -> _Offers:
        """Join the words of insatser in some states, at best or as stated, for each municipality.

        With `bare`, arenas that may be active and have no insats row at all may offer anything.
        """
        shelves = self.facts.shelves
        chosen = states(self._shelved_states)
        own, every = [], []
        extra = self._bare if bare else None
        for side, words in enumerate(shelves.possible if best else shelves.stated):
            joined = shelves.joined(words, chosen, len(self.kommunkoder) + 2)
            if extra is not None:
                np.bitwise_or.at(joined, extra.slots, extra.words[side])
            own.append(joined[:-2])
            every.append(joined[:-2] | joined[-1])
        rows, place = self.facts.shared_rows
        counts = states(self.standing.insatser[rows])
        shared = rows[counts], place[counts]
        for side, words in enumerate(self.facts.possible if best else self.facts.stated):
            np.bitwise_or.at(every[side], shared[1], words[shared[0]])
            if extra is not None:
                np.bitwise_or.at(every[side], extra.shared_places, extra.shared_words[side])
        return _Offers(every[0], every[1], own[1])

    @cached_property
    def _shelved_states(self) -> States:
        return np.asarray(self.standing.insatser[self.facts.shelves.order])

    @cached_property
    def _bare(self) -> "_Bare":
        facts_ = self.facts
        empty = (self.standing.arenas >= MAYBE) & ~facts_.has_rows
        arenas = np.flatnonzero(empty)
        cells = np.full(len(empty), facts_.layout.every_cell, dtype=np.uint64)
        words = facts_.arena_type_bits | np.uint64(facts_.layout.anything)
        pairs = np.flatnonzero(empty[facts_.serves_arena])
        served = facts_.serves_arena[pairs]
        return _Bare(
            slots=place_slot(facts_.place, len(self.kommunkoder))[arenas],
            words=(cells[arenas], words[arenas]),
            shared_places=facts_.serves_place[pairs],
            shared_words=(cells[served], words[served]),
        )

    def _count(self, arenas: Flags) -> npt.NDArray[np.int64]:
        inside, place = self.facts.inside
        return np.bincount(place[arenas[inside]], minlength=len(self.kommunkoder))

    def _any(self, arenas: Flags) -> list[bool]:
        return [count > 0 for count in self._count(arenas).tolist()]

    def renewal(self, *, is_best: bool) -> Flags:
        """Tell which arenas are new or developed since the previous wave, or may be."""
        facts_, states = self.facts, self.standing.arenas
        if self.previous is None:
            return (states >= MAYBE) if is_best else np.zeros(len(states), dtype=bool)
        wave, today = day_number(self.previous.day), day_number(self.day)
        renewed, unknown = np.zeros(len(states), dtype=bool), np.zeros(len(states), dtype=bool)
        for first, last in (facts_.started, facts_.developed):
            # a date after the day of judging is unknown to it
            known = (first != NO_DAY) & (first <= today)
            renewed |= known & (np.minimum(last, today) > wave)
            unknown |= ~known
        return (states >= MAYBE) & (renewed | unknown) if is_best else (states == PROVEN) & renewed

    def _renewed(self, *, is_best: bool) -> list[bool]:
        found = self._any(self.renewal(is_best=is_best))
        if not is_best:
            return found
        return [known or not mapped for known, mapped in zip(found, self.is_mapped, strict=True)]

    @cached_property
    def complete(self) -> tuple[Flags, Flags, Flags]:
        """Which arenas have a complete insats: surely, perhaps, and surely if they are active."""
        states = self.standing.insatser
        flag = np.uint64(self.facts.layout.fields["complete"].ones)
        is_complete = (self.facts.stated[1] & flag) > 0
        size = len(self.facts.arena_status)

        def arenas(rows: Flags) -> Flags:
            found = np.zeros(size, dtype=bool)
            found[self.facts.arena_of[rows & is_complete]] = True
            return found

        return arenas(states == PROVEN), arenas(states >= MAYBE), arenas(self.standing.own == PROVEN)

    def _described(self, *, is_best: bool) -> list[tuple[int, int]]:
        """Count complete arenas of all active ones, as the world would have it.

        In the worst world an arena that may be active is, and lacks something – unless its status is all that
        is unknown and an insats of its own is complete. In the best it is active only if that helps.
        """
        tally = self._described_tally[int(is_best)]
        return [(some, whole if proven else 0) for some, whole, proven in tally]

    @cached_property
    def _described_tally(self) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """Count complete, active and proven arenas of each municipality in the worst world and the best."""
        states = self.standing.arenas
        surely, perhaps, if_active = self.complete
        proven, maybe = states == PROVEN, states == MAYBE
        harmless = self.standing.sure_if_active & if_active
        flags = (proven, proven & surely, maybe & ~harmless, proven & perhaps, maybe & perhaps)
        inside, place = self.facts.inside
        code = np.zeros(len(states), dtype=np.int64)
        for bit, flag in enumerate(flags):
            code += flag.astype(np.int64) << bit
        kinds = 1 << len(flags)
        table = np.bincount(place * kinds + code[inside], minlength=len(self.kommunkoder) * kinds)
        has = np.arange(kinds)[:, None] >> np.arange(len(flags)) & 1
        counts = (table.reshape(-1, kinds) @ has).tolist()
        worst = [(complete, known + harmful, known) for known, complete, harmful, _, _ in counts]
        best = [(some + extra, known + extra, known) for known, _, _, some, extra in counts]
        return worst, best

    def _premises(self, *, is_best: bool) -> tuple[list[int], list[bool]]:
        """Rank (a) of 2.6 and tell whether (b) is met, counting what nobody has listed."""
        near = self.nearness
        fewest = self.strategy["2.6"].limits["minst_familjecentraler"]
        full = near.may_be_full if is_best else near.full
        partial = near.may_be_partial if is_best else near.partial
        centre = np.where(full >= fewest, MET, np.where(partial >= fewest, PARTLY, GAP))
        together = near.may_all_be_together if is_best else near.all_together
        mapped = np.array(self.is_mapped, dtype=bool)
        if is_best:
            return np.where(mapped, centre, MET).tolist(), (together | ~mapped).tolist()
        return centre.tolist(), (together & mapped).tolist()


_SILENT: Final = (Training(), Training())
