"""Tell how each arena and insats stands on a day: closed, planned, perhaps active, or proven active.

Rules G1, G2 and G10, with the fine print: an insats proves something only when it *and* its arena are active,
fresh and not weakly sourced; otherwise it may be active. What is closed stays closed however old the row
is. A plan that is no longer fresh may have come true.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from mapping.verdicts.known import ACTIVE, CLOSED, NO_DAY, PLANNED, UNSURE, Days, Facts, Flags

CLOSED_NOW: Final = 0
PLANNED_NOW: Final = 1
MAYBE: Final = 2
PROVEN: Final = 3
"""How a row stands; of an insats and its arena, the lesser decides."""

States = npt.NDArray[np.int8]


def day_number(day: dt.date) -> int:
    """Give a date as a day number.

    Examples
    --------
    >>> day_number(dt.date(1970, 1, 2))
    1
    """
    return (day - dt.date(1970, 1, 1)).days


@dataclass(frozen=True, eq=False)
class Standing:
    """How the rows of a dataset stand on a day.

    Parameters
    ----------
    facts
        The dataset, packed.
    day
        Day number of the day of judging. A row confirmed after it is undated to it.
    counted_days
        Days for which a confirmation holds; None: however old (dated rows only).
    """

    facts: Facts
    day: int
    counted_days: int | None

    @cached_property
    def arenas(self) -> States:
        """How each arena stands."""
        facts = self.facts
        return self._states(facts.arena_status, facts.arena_is_weak, self.arena_holds)

    @cached_property
    def arena_holds(self) -> Flags:
        """Whether each arena is confirmed recently enough."""
        return self._holds(self.facts.arena_day)

    @cached_property
    def own(self) -> States:
        """How each insats stands by its own row."""
        facts = self.facts
        return self._states(facts.status, facts.is_weak, self.holds)

    @cached_property
    def holds(self) -> Flags:
        """Whether each insats is confirmed recently enough."""
        return self._holds(self.facts.day)

    @cached_property
    def insatser(self) -> States:
        """How each insats stands together with its arena."""
        return np.minimum(self.own, self.arenas[self.facts.arena_of])

    @cached_property
    def sure_if_active(self) -> Flags:
        """Whether an arena's status is unknown but everything else its row says holds."""
        facts = self.facts
        return np.asarray((facts.arena_status == UNSURE) & self.arena_holds & ~facts.arena_is_weak)

    def _holds(self, days: Days) -> Flags:
        known = (days != NO_DAY) & (days <= self.day)
        if self.counted_days is None:
            return np.asarray(known)
        return np.asarray(known & (days >= self.day - self.counted_days))

    @staticmethod
    def _states(status: npt.NDArray[np.int8], is_weak: Flags, holds: Flags) -> States:
        return np.asarray(_STATE[status, is_weak.view(np.int8), holds.view(np.int8)])


def _state(status: int, *, is_weak: bool, holds: bool) -> int:
    if status == CLOSED:
        return CLOSED_NOW
    if status == PLANNED and holds:
        return PLANNED_NOW
    return PROVEN if status == ACTIVE and holds and not is_weak else MAYBE


_STATE: Final = np.array(
    [
        [[_state(status, is_weak=weak, holds=holds) for holds in (False, True)] for weak in (False, True)]
        for status in (CLOSED, PLANNED, UNSURE, ACTIVE)
    ],
    dtype=np.int8,
)
"""How a row stands, by status, whether its source is weak, and whether it is confirmed recently enough."""
