"""Choose which answers to the questions of `kommunlage` hold on a day.

Of several answers of one kommunkod to one question the newest is chosen first, coarse dates by their last
day; then it is asked whether it is fresh (rules G2 and G12). Several answers on the same day are all kept:
whoever judges takes the lowest of them in the floor and the highest in the ceiling.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from mapping.dataset.dataset import Dataset
from mapping.swedish import date_words, span
from mapping.verdicts.known import INCOMPLETE_LIST, Ages, rows_of
from mapping.verdicts.row_status import Freshness

TRAINING: Final = "kompetensinsats"
"""The question whose answers add up (1.3)."""

Asked = tuple[str, str]
"""kommunkod and question."""


class Answer(NamedTuple):
    """One row of `kommunlage`, as it was given."""

    kommunkod: str
    question: str
    answer: str
    """Empty where the question was asked and not answered."""
    named: tuple[str, ...]
    """The parties in the order of the row, `ofullstandig` among them."""
    ages: Ages
    text: str | None
    sources: tuple[str, ...]
    role: str | None
    date: str
    """As it is written; it may be any day from `first_day` to `last_day`."""
    first_day: dt.date
    last_day: dt.date

    @property
    def parties(self) -> frozenset[str]:
        """Those named, without `ofullstandig`."""
        return frozenset(self.named) - {INCOMPLETE_LIST}

    @property
    def has_all_parties(self) -> bool:
        """Whether no other party may be meant: parties are named, and not marked as incomplete."""
        return bool(self.named) and INCOMPLETE_LIST not in self.named

    @property
    def has_evidence(self) -> bool:
        """Whether there is a `fritext`."""
        return self.text is not None

    @property
    def identity(self) -> str:
        """Name the answer: kommunkod, question and date."""
        return f"{self.kommunkod}:{self.question}:{self.date}"

    @property
    def dated(self) -> str:
        """The date in words."""
        return date_words(self.date)

    @property
    def ages_words(self) -> str | None:
        """The ages in words, as they were stated; None where no age was."""
        first, last = self.ages
        if first is not None and last is not None:
            return f"{span(first, last)} år"
        if first is not None:
            return f"från {first} år"
        return None if last is None else f"till och med {last} år"


class Training(NamedTuple):
    """What one kommunkod has answered about training for professions (1.3)."""

    offers: tuple[Answer, ...] = ()
    """The `ja` that hold, newest first."""
    denials: tuple[Answer, ...] = ()
    """The `nej` that holds, if it is the last word."""

    @property
    def is_answered(self) -> bool:
        """Whether there is any answer that holds."""
        return bool(self.offers or self.denials)


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers that hold on a day."""

    newest: Mapping[str, Mapping[str, tuple[Answer, ...]]]
    """For each kommunkod and question: the answers of the newest day, fresh ones only."""
    training: Mapping[str, tuple[Training, Training]]
    """For each kommunkod: what holds in the lowest and highest reading of answers of one day that differ."""


class Given(NamedTuple):
    """An answer with the day that orders it: its last day, but no later than the day of judging."""

    day: dt.date
    answer: Answer


def read(kommunlage: pd.DataFrame) -> list[Answer]:
    """Read every row, in the table's order; those that lack question, place or date are left out."""
    names = ("kommunkod", "fraga", "svar", "parter", "alder_fran", "alder_till", "fritext", "kalla", "roll")
    return [
        Answer(
            kommunkod=row.kommunkod,
            question=row.fraga,
            answer=row.svar or "",
            named=row.parter,
            ages=(row.alder_fran, row.alder_till),
            text=row.fritext,
            sources=row.kalla,
            role=row.roll,
            date=row.datum,
            first_day=row.datum_first_day,
            last_day=row.datum_last_day,
        )
        for row in rows_of(kommunlage, *names, "datum", "datum_first_day", "datum_last_day")
        if None not in {row.kommunkod, row.fraga, row.datum_first_day, row.datum_last_day}
    ]


def given(dataset: Dataset, day: dt.date) -> Mapping[Asked, Sequence[Given]]:
    """Gather what each kommunkod had answered to each question by a day, newest first.

    A coarse date that began by then counts, but as no later than it.
    """
    found: dict[Asked, list[Given]] = {}
    for row in read(dataset.kommunlage):
        if row.answer and row.first_day <= day:
            found.setdefault((row.kommunkod, row.question), []).append(Given(min(row.last_day, day), row))
    for rows in found.values():
        rows.sort(key=lambda row: row.day, reverse=True)
    return found


def holding(rows: Mapping[Asked, Sequence[Given]], freshness: Freshness) -> Answers:
    """Choose the answers that hold, of those that `given` gives; stale ones are no answers."""
    oldest = freshness.oldest
    newest: dict[str, dict[str, tuple[Answer, ...]]] = {}
    training = {}
    for (code, question), history in rows.items():
        if question == TRAINING:
            training[code] = _training(history, oldest)
            continue
        top = history[0].day
        fresh = tuple(row.answer for row in history if row.day == top and row.answer.first_day >= oldest)
        if fresh:
            newest.setdefault(code, {})[question] = fresh
    return Answers(newest, training)


def _training(history: Sequence[Given], oldest: dt.date) -> tuple[Training, Training]:
    """Add up the offers since the last denial; one on the day of an offer ends it in the lowest reading."""
    denied = {row.day for row in history if row.answer.answer == "nej"}
    offered = {row.day for row in _fresh(history, oldest) if row.answer.answer == "ja"}
    return _since(history, denied, oldest), _since(history, denied - offered, oldest)


def _since(history: Sequence[Given], denied: set[dt.date], oldest: dt.date) -> Training:
    last = max(denied, default=dt.date.min)
    holds = list(_fresh(history, oldest))
    offers = tuple(row.answer for row in holds if row.answer.answer == "ja" and row.day > last)
    denials = tuple(row.answer for row in holds if row.answer.answer == "nej" and row.day == last)
    return Training(offers, () if offers else denials)


def _fresh(history: Sequence[Given], oldest: dt.date) -> Iterator[Given]:
    return (row for row in history if row.answer.first_day >= oldest)
