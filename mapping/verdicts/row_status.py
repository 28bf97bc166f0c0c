"""Tell how an arena or insats stands on a day: closed, planned, perhaps active, or proven active.

Rules G1, G2 and G10, with the fine print: an insats proves something only when it *and* its arena are active,
fresh and not weakly sourced; otherwise it may be active. What is closed stays closed however old the row
is. A plan that is no longer fresh may have come true.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mapping.verdicts.known import ACTIVE, CLOSED, PLANNED, UNSURE, Arena, Insats

CLOSED_NOW: Final = 0
PLANNED_NOW: Final = 1
MAYBE: Final = 2
PROVEN: Final = 3
"""How a row stands; of an insats and its arena, the lesser decides."""

WEAK: Final = "svag"


@dataclass(frozen=True)
class Freshness:
    """Which dates are recent enough on a day: a row confirmed after it is undated to it.

    `counted_days` is None where dated rows count however old they are.
    """

    day: dt.date
    counted_days: int | None

    @cached_property
    def oldest(self) -> dt.date:
        """The first day that counts."""
        return dt.date.min if self.counted_days is None else self.day - dt.timedelta(self.counted_days)

    def holds(self, date: dt.date | None) -> bool:
        """Tell whether something confirmed then counts."""
        return date is not None and self.oldest <= date <= self.day


def row_status(status: str, evidence: str, *, holds: bool) -> int:
    """Tell how a row stands by itself; `holds` tells whether it is confirmed recently enough."""
    if status == CLOSED:
        return CLOSED_NOW
    if status == PLANNED and holds:
        return PLANNED_NOW
    return PROVEN if status == ACTIVE and holds and evidence != WEAK else MAYBE


class InsatsOnDay:
    """An insats as it stands on a day: by its own row (`own_status`), and together with its arena."""

    __slots__ = ("insats", "own_status", "status")

    def __init__(self, insats: Insats, arena_status: int, freshness: Freshness) -> None:
        self.insats = insats
        self.own_status = row_status(insats.status, insats.evidence, holds=freshness.holds(insats.day))
        self.status = min(self.own_status, arena_status)

    @property
    def confirmed(self) -> dt.date:
        """The older of its own confirmation and its arena's; the last day there is where neither is."""
        return min(self.insats.day or dt.date.max, self.insats.arena.day or dt.date.max)


class ArenaOnDay:
    """An arena as it stands on a day, with its insatser."""

    __slots__ = ("arena", "holds", "insatser", "status")

    def __init__(self, arena: Arena, insatser: Iterable[Insats], freshness: Freshness) -> None:
        self.arena = arena
        self.holds = freshness.holds(arena.day)
        self.status = row_status(arena.status, arena.evidence, holds=self.holds)
        self.insatser = [InsatsOnDay(insats, self.status, freshness) for insats in insatser]

    @property
    def is_undescribed(self) -> bool:
        """Whether it may be active and has no insats row at all: what it offers is unknown (G11)."""
        return self.status >= MAYBE and not self.insatser

    @property
    def is_trusted(self) -> bool:
        """Whether what its row says holds, its status aside."""
        return self.status == PROVEN or (
            self.arena.status == UNSURE and self.holds and self.arena.evidence != WEAK
        )
