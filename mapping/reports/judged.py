"""Gather what a report is made from: a dataset, judged on a day, strictly or with older facts counted."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.municipality.kommunblad import Sheet, municipality_sheet
from mapping.reports.document import Provenance
from mapping.swedish import span
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import Verdict, judge
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strength import BEST_KNOWN, COUNTED, OLDER, OLDER_ROWS

_SHEETS_KEPT: Final = 32


@dataclass(frozen=True, eq=False)
class Judged:
    """What was judged, and how: the verdicts to show, of the whole county.

    `basis` is the weakest strength that they may stand on (`mapping.verdicts.strength`). `previous` is the
    day of the follow-up that is compared with, if there is one.
    """

    dataset: Dataset
    strategy: Strategy
    day: datetime.date
    verdicts: tuple[Verdict, ...]
    basis: str = BEST_KNOWN
    previous: datetime.date | None = None

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        strategy: Strategy,
        day: datetime.date,
        *,
        previous: Wave | None = None,
        basis: str = BEST_KNOWN,
    ) -> "Judged":
        """Judge a dataset as `mapping.verdicts.judge.judge` does."""
        verdicts = judge(dataset, strategy, day, previous=previous, basis=basis)
        return cls(dataset, strategy, day, verdicts, basis, previous.day if previous else None)

    @property
    def best_basis(self) -> str:
        """The choice as strengths know it: older rows by themselves are shown among all older facts."""
        return OLDER if self.basis == OLDER_ROWS else self.basis

    def verdicts_of(self, kommunkod: str) -> tuple[Verdict, ...]:
        """Give a municipality's own verdicts and the county's, in the strategy's order."""
        return tuple(one for one in self.verdicts if one.kommunkod in {kommunkod, vocabulary.COUNTY_CODE})

    def sheet(self, kommunkod: str) -> Sheet | None:
        """Give the sheet of a municipality, gathered once; None if the county has no such municipality."""
        return _sheet(self, kommunkod)

    def provenance(self, selection: str, kommunkoder: Collection[str] | None = None) -> Provenance:
        """Say where a report comes from: what was chosen, as a sentence, and whose sources (None: all)."""
        compared = (
            f"Jämfört med mätomgången som bedömdes {self.previous}."
            if self.previous
            else "Det finns ingen tidigare mätomgång att jämföra med."
        )
        return Provenance(
            dataset=self.dataset.title,
            version=self.dataset.version,
            dated=self.dataset.dated,
            day=self.day,
            strategy=self.strategy.title,
            selection=selection,
            switches=(COUNTED[self.basis], compared),
            sources=sources(self.dataset, kommunkoder),
            example=self.dataset.example,
        )


@lru_cache(maxsize=_SHEETS_KEPT)
def _sheet(judged: Judged, kommunkod: str) -> Sheet | None:
    return municipality_sheet(
        judged.dataset,
        judged.strategy,
        kommunkod,
        judged.day,
        verdicts=judged.verdicts,
    )


def sources(dataset: Dataset, kommunkoder: Collection[str] | None = None) -> tuple[str, ...]:
    """Name every source of some municipalities' rows, most used first, with how many rows and which years.

    None means all municipalities. Arenas elsewhere that serve them count as theirs.
    """
    used: dict[str, list[str]] = defaultdict(list)
    arenor, insatser, answers = dataset.arenor, dataset.insatser, dataset.kommunlage
    if kommunkoder is not None:
        wanted = set(kommunkoder)
        serves = arenor["betjanar_kommuner"].map(lambda codes: bool(wanted & set(codes)))
        arenor = arenor[arenor["kommunkod"].isin([*wanted, vocabulary.COUNTY_CODE]) | serves]
        insatser = insatser[insatser["arena_id"].isin(arenor.index)]
        answers = answers[answers["kommunkod"].isin([*wanted, vocabulary.COUNTY_CODE])]
    for frame, dated in (
        (arenor, "kontrollerad_datum"),
        (insatser, "kontrollerad_datum"),
        (answers, "datum"),
    ):
        for named, date in zip(frame["kalla"], frame[dated], strict=True):
            for source in named:
                used[str(source)].append("" if pd.isna(date) else str(date)[:4])
    ordered = sorted(used.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    sentences = []
    for source, years in ordered:
        stated = sorted(int(year) for year in years if year)
        count = f"{len(years)} {'uppgift' if len(years) == 1 else 'uppgifter'}"
        when = span(stated[0], stated[-1]) if stated else "odaterat"
        # an address as people write it: without the scheme and a closing slash
        readable = source.removeprefix("https://").removeprefix("http://").removesuffix("/")
        sentences.append(f"{readable} ({count}, {when})")
    return tuple(sentences)
