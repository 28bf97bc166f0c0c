"""Say how old a confirmation is, and when it should be reviewed."""

import datetime
from typing import Final

import pandas as pd

REVIEW_AFTER_DAYS: Final = 365
STALE_AFTER_DAYS: Final = 730
"""Ages of a confirmation, in days, past which it should be reviewed, and past which it counts as old (G2)."""


def freshness(confirmed: pd.Timestamp, day: datetime.date) -> str:
    """Say in Swedish how old a confirmation is; a date after `day` is unknown to it.

    Examples
    --------
    >>> freshness(pd.Timestamp("2021-03-17"), datetime.date(2026, 6, 1))
    'äldre än två år, räknas som gammal'
    """
    age_days = (pd.Timestamp(day) - confirmed).days if pd.notna(confirmed) else -1
    if age_days < 0:
        return "datum saknas"
    if age_days <= REVIEW_AFTER_DAYS:
        return "bekräftad det senaste året"
    if age_days <= STALE_AFTER_DAYS:
        return "äldre än ett år, bör ses över"
    return "äldre än två år, räknas som gammal"
