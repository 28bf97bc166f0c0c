"""Give the pages the verdicts for the day and the toggle that the address names, worked out once."""

import datetime
from functools import lru_cache

from mapping.arenas.filters import whole_day
from mapping.dataset.dataset import Dataset
from mapping.verdicts import matrix as matrices
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import Verdict, judge
from mapping.verdicts.matrix import Matrix, MatrixChoice
from mapping.verdicts.strategy import Strategy
from pages.ui import address, data
from pages.ui.frame import server
from pages.ui.toggle import is_on, toggle


def strategy() -> Strategy:
    """Give the strategy that the verdicts are judged by."""
    return server.strategy()


def counts_older() -> bool:
    """Tell whether older rows count: `?aldre=ja`."""
    return is_on(address.OLDER)


def day() -> datetime.date:
    """Give the day of judging: the address's `dag` if it is a date, otherwise today."""
    return whole_day(address.choice(address.JUDGED_ON) or "") or data.today()


def verdicts() -> tuple[Verdict, ...]:
    """Give every verdict, in the order of the strategy and, within an objective, of the alphabet."""
    return verdicts_on(day(), include_older=counts_older())


def verdicts_on(on: datetime.date, *, include_older: bool) -> tuple[Verdict, ...]:
    """Give every verdict on a day, strictly or with older rows counted."""
    return _judged(data.dataset(), data.earlier(), strategy(), on, include_older)


def matrix(choice: MatrixChoice, *, by_part: bool) -> Matrix:
    """Give the verdicts that a choice allows, arranged."""
    return matrices.matrix(verdicts(), strategy(), choice, by_part=by_part)


def older_toggle() -> None:
    """Draw the toggle that lets older rows count, where there is room for it; the address keeps it."""
    if address.presenting():
        return
    toggle(address.OLDER, "Räkna även äldre uppgifter")


def basis() -> str:
    """Say what the verdicts rest on: day, toggle, data version."""
    older = "Äldre uppgifter räknas med. " if counts_older() else ""
    return f"Bedömt {day()}. {older}Dataversion {data.dataset().label}."


@lru_cache(maxsize=8)
def _judged(
    dataset: Dataset,
    before: Dataset | None,
    wanted: Strategy,
    on: datetime.date,
    include_older: bool,  # noqa: FBT001
) -> tuple[Verdict, ...]:
    previous = Wave.of(before, on) if before else None
    return judge(dataset, wanted, on, previous=previous, include_older=include_older)
