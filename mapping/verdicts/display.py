"""Show a verdict as sign, word and remarks, so that colour is never alone: the one way everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.verdicts.bounds import MET
from mapping.verdicts.judge import RANKS, STATUS, UNKNOWN, Verdict
from mapping.verdicts.strength import MANDATE, OLDER, PROVED, STRENGTHS

SYMBOL: Final[Mapping[str, str]] = MappingProxyType(
    {"uppfyllt": "●", "delvis": "◐", "gap": "○", UNKNOWN: "▨"}
)
"""One sign for each status, readable without colour."""

PLANNED: Final = "ska finnas"
"""What is said of a plan: never that it is there."""


@dataclass(frozen=True)
class VerdictLabel:
    """How a verdict is shown."""

    status: str
    symbol: str
    word: str
    remarks: tuple[str, ...] = ()
    """What must be said beside it; last what older facts say."""
    strength: str = PROVED
    """How strongly the verdict is known, which is how it is drawn."""
    mark: str = ""
    """The strength in a sign: "§", or the year; "" where the verdict is proven or unsettled."""
    older: "VerdictLabel | None" = None
    """What older facts say, where they say more than the verdict; it is never the verdict itself."""

    @property
    def signed(self) -> str:
        """The sign and the word."""
        return f"{self.symbol} {self.word}"

    @property
    def sentence(self) -> str:
        """The word with its remarks, for a screen reader."""
        return "; ".join((self.word, *self.remarks))


def verdict_label(verdict: Verdict) -> VerdictLabel:
    """Tell how a verdict is shown."""
    remarks = []
    if verdict.planned and verdict.status != RANKS[MET]:  # what is met lacks nothing that shall come
        remarks.append(PLANNED)
    if verdict.needs_reconciling:
        remarks.append("stäm av")
    if verdict.is_baseline:
        remarks.append("baslinje")
    older, known, strength, mark = None, verdict.older, PROVED, ""
    if verdict.is_changed_by_older:
        strength, mark = OLDER, str(verdict.year or "äldre")
        # rows without a date, or a plan that may have come true, have no year to name
        remarks.append(f"med uppgifter från {verdict.year}" if verdict.year else "med äldre uppgifter")
    elif verdict.strength == MANDATE and verdict.status != UNKNOWN:
        strength, mark = MANDATE, "§"
        remarks.append(STRENGTHS[MANDATE].lower())
    elif verdict.status == UNKNOWN and known.status != UNKNOWN:
        word = _word(known.status, at_least=known.at_least).lower()
        older = VerdictLabel(known.status, SYMBOL[known.status], f"äldre: {word} {known.year or ''}".strip())
        remarks.append(older.word)
    word = _word(verdict.status, at_least=verdict.at_least)
    return VerdictLabel(verdict.status, SYMBOL[verdict.status], word, tuple(remarks), strength, mark, older)


def _word(status: str, *, at_least: bool) -> str:
    return "Minst delvis" if at_least else STATUS[status]
