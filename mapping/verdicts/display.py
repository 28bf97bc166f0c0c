"""Show a verdict as symbol, word and remarks, so that colour is never alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.verdicts.judge import STATUS, UNKNOWN, Verdict

SYMBOL: Final[Mapping[str, str]] = MappingProxyType(
    {"uppfyllt": "●", "delvis": "◐", "gap": "○", UNKNOWN: "▨"}
)
"""One sign for each status, readable without colour."""


@dataclass(frozen=True)
class Face:
    """How a verdict looks: the code of its status, a sign, the word, and what must be said beside it."""

    status: str
    symbol: str
    word: str
    remarks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The word with its remarks, for a screen reader."""
        return "; ".join((self.word, *self.remarks))


def face(verdict: Verdict) -> Face:
    """Give the face of a verdict.

    An older verdict is never the verdict: it stands as a remark with its year, where the strict one is
    unknown.
    """
    return Face(
        verdict.status, SYMBOL[verdict.status], _word(verdict.status, verdict.at_least), _remarks(verdict)
    )


def _word(status: str, at_least: bool) -> str:  # noqa: FBT001 - the two halves of one status
    return "Minst delvis" if at_least else STATUS[status]


def _remarks(verdict: Verdict) -> tuple[str, ...]:
    older = verdict.older
    remarks = []
    if verdict.planned:
        remarks.append("planerad")
    if verdict.needs_reconciling:
        remarks.append("stäm av")
    if verdict.is_baseline:
        remarks.append("baslinje")
    if verdict.is_changed_by_older:
        remarks.append(f"med uppgifter från {older.year}" if older.year else "med äldre uppgifter")
    elif verdict.status == UNKNOWN and older.status != UNKNOWN:
        word = _word(older.status, older.at_least).lower()
        remarks.append(f"äldre: {word} {older.year or ''}".strip())
    return tuple(remarks)
