"""Name the insatser that cover each phase of childhood in one municipality, and those that may."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mapping.childhood import coverage
from mapping.childhood.choice import EVERYTHING, Choice
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, span, swedish_order
from mapping.verdicts.bounds import Mandate, Place, judgings
from mapping.verdicts.counted import SHARED, marks_of
from mapping.verdicts.known import UNSURE, Arena, Insats
from mapping.verdicts.row_status import CLOSED_NOW, PLANNED_NOW, PROVEN, WEAK, InsatsOnDay
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strength import PROVED


@dataclass(frozen=True)
class Service:
    """One insats in one phase, or an arena of which no insats is known (`name` is None)."""

    arena_id: str
    arena: str
    shared_with: str | None
    """Where a shared arena lies; None if it is the municipality's own."""
    confirmed: str | None
    evidence: str
    """In words: finns, enligt uppdrag, kan täcka: saknar …, or planerad."""
    name: str | None = None
    ages: str | None = None
    levels: tuple[str, ...] = ()
    is_proven: bool = False
    is_planned: bool = False


@dataclass(frozen=True)
class Phase:
    """The insatser of one phase: those that cover some of its years, those that may, those planned."""

    ages: tuple[int, int]
    every: tuple[Service, ...]

    @property
    def heading(self) -> str:
        """Its ages in words."""
        return f"{span(*self.ages)} år"

    @cached_property
    def proven(self) -> tuple[Service, ...]:
        """Those that cover years, and planned ones."""
        return tuple(one for one in self.every if one.is_proven or one.is_planned)

    @cached_property
    def possible(self) -> tuple[Service, ...]:
        """Those that may cover years, if what is missing turns out so."""
        return tuple(one for one in self.every if not one.is_proven and not one.is_planned)

    @property
    def possible_sentence(self) -> str:
        """Say how many may cover years."""
        described = sum(one.name is not None for one in self.possible)
        silent = len(self.possible) - described
        shared = sum(one.shared_with is not None for one in self.possible)
        parts = [f"{described} {'insats' if described == 1 else 'insatser'}"] if described else []
        parts += [f"{silent} {'arena' if silent == 1 else 'arenor'} utan känd insats"] if silent else []
        together = f", {shared} av dem delas med andra kommuner" if shared else ""
        return f"{' och '.join(parts)} till kan täcka {self.heading}, men uppgifter saknas{together}"


def phases(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    kommunkod: str,
    choice: Choice = EVERYTHING,
    *,
    basis: str = PROVED,
) -> tuple[Phase, ...]:
    """Name what covers each phase in one municipality, its own arenas and shared ones."""
    names = {kommunkod: vocabulary.AREAS.get(kommunkod, kommunkod)}
    place = judgings(dataset, strategy, day, municipalities=names)._asdict()[basis].place(kommunkod)
    support = coverage.Support(choice, strategy)
    return tuple(Phase(ages, _services(place, support, ages)) for ages in strategy.phases)


def _services(place: Place, support: coverage.Support, ages: tuple[int, int]) -> tuple[Service, ...]:
    """Name what covers some years of a phase, what is planned to, and what may; best known first."""
    years = set(range(ages[0], ages[1] + 1))

    def is_within(insats: Insats, *, possible: bool) -> bool:
        return any(year in years for _, year in support.offers(insats, possible=possible))

    found = [
        _insats(place, row, support.choice, is_stated=is_within(row.insats, possible=False))
        for row in place.insatser(shared=True)
        if row.status != CLOSED_NOW and is_within(row.insats, possible=True)
    ]
    found += [_undescribed(place, row.arena) for row in place.arenas(shared=True) if row.is_undescribed]
    found += [_mandate(place, one) for one in place.mandates if is_within(one.insats, possible=False)]

    def order(one: Service) -> tuple[bool, bool, str, str]:
        return not one.is_proven, not one.is_planned, swedish_order(one.name or "\uffff"), one.arena

    return tuple(sorted(found, key=order))


def _insats(place: Place, row: InsatsOnDay, choice: Choice, *, is_stated: bool) -> Service:
    insats = row.insats
    is_proven, is_planned = row.status == PROVEN and is_stated, row.status == PLANNED_NOW
    lacks = either(_lacks(place, insats, choice), last="och")
    marks = [mark for mark in marks_of(place, insats) if mark != SHARED]
    proof = f"finns ({'; '.join(marks)})" if marks else "finns"
    return Service(
        name=insats.name,
        arena_id=insats.arena.arena_id,
        arena=insats.arena.name,
        ages=_ages(insats),
        levels=insats.levels,
        evidence=proof if is_proven else "planerad" if is_planned else f"kan täcka: saknar {lacks}",
        is_proven=is_proven,
        is_planned=is_planned,
        shared_with=_shared_with(place, insats.arena),
        confirmed=insats.confirmed,
    )


def _undescribed(place: Place, arena: Arena) -> Service:
    return Service(
        arena_id=arena.arena_id,
        arena=arena.name,
        evidence="kan täcka: saknar uppgift om insatser",
        shared_with=_shared_with(place, arena),
        confirmed=arena.confirmed,
    )


def _mandate(place: Place, one: Mandate) -> Service:
    """Name what must be offered by law or programme: at an arena of the type, or by the municipality."""
    arena = one.insats.arena if one.arena is None else one.arena.arena
    when = arena.confirmed if one.arena else one.insats.confirmed
    is_old = one.day is not None and one.day < place.judging.oldest_strict
    return Service(
        name=one.insats.name,
        arena_id=arena.arena_id,
        arena=arena.name,
        ages=_ages(one.insats),
        levels=one.insats.levels,
        evidence="planerad"
        if not one.is_proven
        else f"§ enligt uppdrag{', äldre uppgift' if is_old else ''}",
        is_proven=one.is_proven,
        is_planned=not one.is_proven,
        shared_with=None if one.is_own(place.kommunkod) else _shared_with(place, arena),
        confirmed=when,
    )


def _shared_with(place: Place, arena: Arena) -> str | None:
    is_own = arena.kommunkod == place.kommunkod
    return None if is_own else vocabulary.AREAS.get(arena.kommunkod, arena.kommunkod)


def _lacks(place: Place, insats: Insats, choice: Choice) -> Iterator[str]:
    """Name the facts whose lack keeps an insats from covering the phase."""
    freshness = place.judging.freshness
    if UNSURE in {insats.status, insats.arena.status}:
        yield "status"
    if not (freshness.holds(insats.day) and freshness.holds(insats.arena.day)):
        if insats.day is None or insats.arena.day is None:
            yield "datum"
        else:
            yield f"aktuell uppgift (senast {min(insats.day, insats.arena.day).year})"
    if WEAK in {insats.evidence, insats.arena.evidence}:
        yield "säkrare källa"
    if not insats.levels:
        yield "nivå"
    if None in insats.ages:
        yield "ålder"
    if choice.kunskapsbas and insats.knowledge_base is None:
        yield "kunskapsbas"
    if choice.tema and not insats.themes:
        yield "tema"


def _ages(insats: Insats) -> str | None:
    first, last = insats.ages
    if first is not None and last is not None:
        words = f"{span(first, last)} år"
    elif first is not None:
        words = f"från {first} år"
    else:
        words = "" if last is None else f"till {last} år"
    expectant = "blivande föräldrar" if insats.expectant else ""
    return ", ".join(filter(None, (words, expectant))) or None
