"""Name the insatser that cover each phase of childhood in one municipality, and those that may."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.childhood.coverage import EVERYTHING, Choice, bare_arenas, words_of
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, span, swedish_order
from mapping.verdicts.answers import year_of
from mapping.verdicts.bounds import Evidence
from mapping.verdicts.counted import arenas_for
from mapping.verdicts.judge import evidences
from mapping.verdicts.known import LEVELS, NO_DAY, UNSURE
from mapping.verdicts.row_status import CLOSED_NOW, PLANNED_NOW, PROVEN
from mapping.verdicts.strategy import Strategy

_AGES: Final = ("alder_fran", "alder_till")
_ANY: Final = "1.1"
"""An objective that counts shared arenas as this page does (G4)."""


@dataclass(frozen=True)
class Support:
    """One insats (or an arena of which no insats is known) in one phase.

    Parameters
    ----------
    name
        None if nobody has named an insats.
    arena_id, arena
        Where.
    ages
        In words; None if not known.
    levels
        Codes; empty if not known.
    evidence
        "belagd", "kan täcka: saknar …" or "planerad", in words.
    is_proven, is_planned
        Which of the three.
    shared_with
        Where a shared arena lies; None if it is the municipality's own.
    confirmed
        The date as stated; None if not known.
    """

    name: str | None
    arena_id: str
    arena: str
    ages: str | None
    levels: tuple[str, ...]
    evidence: str
    is_proven: bool
    is_planned: bool
    shared_with: str | None
    confirmed: str | None


@dataclass(frozen=True)
class Phase:
    """The insatser of one phase: those that cover some of its years, those that may, those planned."""

    ages: tuple[int, int]
    every: tuple[Support, ...]

    @property
    def heading(self) -> str:
        """Its ages in words."""
        return f"{span(*self.ages)} år"

    @cached_property
    def proven(self) -> tuple[Support, ...]:
        """Those that cover years, and planned ones."""
        return tuple(one for one in self.every if one.is_proven or one.is_planned)

    @cached_property
    def possible(self) -> tuple[Support, ...]:
        """Those that may cover years, if what is missing turns out so."""
        return tuple(one for one in self.every if not one.is_proven and not one.is_planned)

    @property
    def possible_sentence(self) -> str:
        """Say how many may cover years."""
        many = len(self.possible)
        word = "insats" if many == 1 else "insatser"
        return f"{many} {word} till kan täcka {self.heading}, men uppgifter saknas"


def phases(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    kommunkod: str,
    choice: Choice = EVERYTHING,
    *,
    include_older: bool = False,
) -> tuple[Phase, ...]:
    """Name what covers each phase in one municipality, its own arenas and shared ones.

    Parameters
    ----------
    dataset, strategy, day, choice, include_older
        As for `mapping.childhood.coverage.coverage`.
    kommunkod
        The municipality.
    """
    evidence = evidences(dataset, strategy, day, kommunkoder=(kommunkod,))[include_older]
    rows = _Rows(evidence, choice, words_of(evidence.facts, choice, strategy), kommunkod)
    return tuple(rows.phase(ages) for ages in strategy.phases)


@dataclass(frozen=True, eq=False)
class _Rows:
    evidence: Evidence
    choice: Choice
    words: "tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], ...]"
    kommunkod: str

    def phase(self, ages: tuple[int, int]) -> Phase:
        layout, youngest = self.evidence.facts.layout, self.evidence.strategy.childhood[0]
        years = sum(1 << (year - youngest) for year in range(ages[0], ages[1] + 1))
        cells = np.uint64(sum(years << (layout.years * k) for k in range(len(LEVELS))))
        found = [*self._insatser(cells), *self._bare()]
        rank = {True: 0, False: 1}
        found.sort(
            key=lambda one: (
                rank[one.is_proven],
                rank[one.is_planned],
                swedish_order(one.name or "\uffff"),
                one.arena,
            )
        )
        return Phase(ages, tuple(found))

    @cached_property
    def _serving(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return arenas_for(self.evidence, _ANY, 0)

    def _insatser(self, cells: np.uint64) -> Iterator[Support]:
        facts, states = self.evidence.facts, self.evidence.standing.insatser
        stated, possible = ((words & cells) > 0 for words in self.words)
        for row in np.flatnonzero(possible & (states != CLOSED_NOW) & self._serving[facts.arena_of]).tolist():
            insats = facts.dataset.insatser.iloc[row]
            arena = int(facts.arena_of[row])
            is_proven, is_planned = states[row] == PROVEN and stated[row], states[row] == PLANNED_NOW
            confirmed = insats["kontrollerad_datum"]
            if pd.isna(confirmed):
                confirmed = facts.dataset.arenor["kontrollerad_datum"].iloc[arena]
            yield self._support(
                arena,
                name=insats["namn"],
                ages=_ages(insats),
                levels=insats["preventionsniva"],
                evidence=(
                    self._proof(row)
                    if is_proven
                    else "planerad"
                    if is_planned
                    else f"kan täcka: saknar {either(self._lacks(row), last='och')}"
                ),
                is_proven=bool(is_proven),
                is_planned=bool(is_planned),
                confirmed=None if pd.isna(confirmed) else str(confirmed),
            )

    def _bare(self) -> Iterator[Support]:
        for arena in np.flatnonzero(bare_arenas(self.evidence) & self._serving).tolist():
            confirmed = self.evidence.facts.dataset.arenor["kontrollerad_datum"].iloc[arena]
            yield self._support(
                arena,
                name=None,
                ages=None,
                levels=(),
                evidence="kan täcka: saknar uppgift om insatser",
                is_proven=False,
                is_planned=False,
                confirmed=None if pd.isna(confirmed) else str(confirmed),
            )

    def _support(self, arena: int, **rest: object) -> Support:
        facts = self.evidence.facts
        row = facts.dataset.arenor.iloc[arena]
        own = row["kommunkod"] == self.kommunkod
        return Support(
            arena_id=str(facts.dataset.arenor.index[arena]),
            arena=row["namn"],
            shared_with=None if own else vocabulary.AREAS.get(row["kommunkod"], row["kommunkod"]),
            **rest,  # type: ignore[arg-type]
        )

    def _proof(self, row: int) -> str:
        facts = self.evidence.facts
        arena = facts.arena_of[row]
        derived = "harledd" in {
            facts.dataset.insatser["belagg"].iloc[row],
            facts.dataset.arenor["belagg"].iloc[arena],
        }
        first = int(min(facts.day[row], facts.arena_day[arena]))
        strategy, age_days = self.evidence.strategy, self.evidence.standing.day - first
        marks = ["härledd"] * derived
        if age_days > strategy.fresh_days:
            marks.append("äldre uppgift" if age_days > strategy.counted_days else "bör ses över")
        return f"belagd ({'; '.join(marks)})" if marks else "belagd"

    def _lacks(self, row: int) -> Iterator[str]:
        """Name the facts whose lack keeps an insats from covering the phase."""
        facts, standing = self.evidence.facts, self.evidence.standing
        insats, arena = facts.dataset.insatser.iloc[row], facts.arena_of[row]
        if UNSURE in (facts.status[row], facts.arena_status[arena]):
            yield "status"
        if not (standing.holds[row] and standing.arena_holds[arena]):
            day = int(min(facts.day[row], facts.arena_day[arena]))
            yield "datum" if day == NO_DAY else f"aktuell uppgift (senast {year_of(day)})"
        if facts.is_weak[row] or facts.arena_is_weak[arena]:
            yield "säkrare källa"
        if not insats["preventionsniva"]:
            yield "nivå"
        if pd.isna(insats["alder_fran"]) or pd.isna(insats["alder_till"]):
            yield "ålder"
        if self.choice.kunskapsbas and pd.isna(insats["kunskapsbas"]):
            yield "kunskapsbas"
        if self.choice.tema and not insats["tema"]:
            yield "tema"


def _ages(insats: "pd.Series[Any]") -> str | None:
    first, last = (None if pd.isna(insats[name]) else int(insats[name]) for name in _AGES)
    if first is None and last is None:
        words = ""
    elif first is None or last is None:
        words = f"från {first} år" if last is None else f"till {last} år"
    else:
        words = f"{span(first, last)} år"
    expectant = "blivande föräldrar" if insats["blivande_foraldrar"] == "ja" else ""
    return ", ".join(filter(None, (words, expectant))) or None
