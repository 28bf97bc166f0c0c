"""Choose which answers to the questions of `kommunlage` hold on a day.

Of several answers of one kommunkod to one question the newest is chosen first, coarse dates by their last
day; then it is asked whether it is fresh (rules G2 and G12). Several answers on the same day are all kept:
whoever judges takes the lowest of them in the floor and the highest in the ceiling.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from mapping.dataset.dataset import Dataset
from mapping.verdicts.known import INCOMPLETE_LIST, Ages, days, values
from mapping.verdicts.row_status import Freshness

TRAINING: Final = "kompetensinsats"
"""The question whose answers add up (1.3)."""

Asked = tuple[str, str]
"""kommunkod and question."""


class Answer(NamedTuple):
    """One answer as it was given.

    Parameters
    ----------
    parties
        Those named, without `ofullstandig`.
    has_all_parties
        Whether no other party may be meant: parties are named, and not marked as incomplete.
    ages
        First and last year; None where not stated.
    has_evidence
        Whether there is a `fritext`.
    date
        As it is written; `first_day` is the first day that it may be.
    """

    kommunkod: str
    question: str
    answer: str
    parties: frozenset[str]
    has_all_parties: bool
    ages: Ages
    has_evidence: bool
    date: str
    first_day: dt.date

    @property
    def identity(self) -> str:
        """Name the answer: kommunkod, question and date."""
        return f"{self.kommunkod}:{self.question}:{self.date}"


class Training(NamedTuple):
    """What one kommunkod has answered about training for professions (1.3).

    Attributes
    ----------
    offers
        The `ja` that hold, newest first.
    denials
        The `nej` that holds, if it is the last word.
    """

    offers: tuple[Answer, ...] = ()
    denials: tuple[Answer, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether there is any answer that holds."""
        return bool(self.offers or self.denials)


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers that hold on a day.

    Attributes
    ----------
    newest
        For each kommunkod and question: the answers of the newest day, fresh ones only.
    training
        For each kommunkod: what holds about `kompetensinsats` in the lowest and in the highest reading of
        answers that contradict each other on one day.
    """

    newest: Mapping[str, Mapping[str, tuple[Answer, ...]]]
    training: Mapping[str, tuple[Training, Training]]


class Given(NamedTuple):
    """An answer with the day that orders it: its last day, but no later than the day of judging."""

    day: dt.date
    answer: Answer


def given(dataset: Dataset, day: dt.date) -> Mapping[Asked, Sequence[Given]]:
    """Gather what each kommunkod had answered to each question by a day, newest first.

    Parameters
    ----------
    dataset
        Any dataset. Rows without an answer are history and left out.
    day
        A coarse date that began by then counts, but as no later than it.
    """
    frame = dataset.kommunlage
    answered = frame[frame["svar"].notna() & frame["fraga"].notna() & frame["kommunkod"].notna()]
    names = ("kommunkod", "fraga", "svar", "parter", "alder_fran", "alder_till", "fritext", "datum")
    columns = zip(
        *(values(answered[name]) for name in names),
        days(answered["datum_first_day"]),
        days(answered["datum_last_day"]),
        strict=True,
    )
    found: dict[Asked, list[Given]] = {}
    for code, question, answer, parties, first, last, text, date, begins, ends in columns:
        if begins is None or ends is None or begins > day:
            continue
        known = frozenset(parties) - {INCOMPLETE_LIST}
        has_all = bool(known) and INCOMPLETE_LIST not in parties
        row = Answer(code, question, answer, known, has_all, (first, last), text is not None, date, begins)
        found.setdefault((code, question), []).append(Given(min(ends, day), row))
    for rows in found.values():
        rows.sort(key=lambda row: row.day, reverse=True)
    return found


def holding(rows: Mapping[Asked, Sequence[Given]], freshness: Freshness) -> Answers:
    """Choose the answers that hold; stale ones are no answers.

    Parameters
    ----------
    rows
        As `given` gives them.
    """
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
    last = max(denied, default=None)
    holds = list(_fresh(history, oldest))
    offers = tuple(
        row.answer for row in holds if row.answer.answer == "ja" and (last is None or row.day > last)
    )
    denials = (
        () if offers else tuple(row.answer for row in holds if row.answer.answer == "nej" and row.day == last)
    )
    return Training(offers, denials)


def _fresh(history: Sequence[Given], oldest: dt.date) -> Iterator[Given]:
    return (row for row in history if row.answer.first_day >= oldest)
