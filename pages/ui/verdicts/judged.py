"""Give the pages the verdicts for the day and the toggle that the address names, worked out once."""

import datetime
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from mapping.arenas.filters import whole_day
from mapping.dataset.dataset import Dataset
from mapping.municipality.dialogue import Voice, of_objectives
from mapping.verdicts import matrix as matrices
from mapping.verdicts import strength
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import Verdict, judge
from mapping.verdicts.matrix import Matrix, MatrixChoice
from mapping.verdicts.strategy import Strategy
from pages.ui import address, data, markup
from pages.ui.frame import server
from pages.ui.toggle import is_on

_KEPT = "underlag_kept"


def strategy() -> Strategy:
    """Give the strategy that the verdicts are judged by."""
    return server.strategy()


def basis() -> str:
    """Give how weakly something may be known: `?underlag=`, or `?aldre=ja` of earlier links."""
    asked = address.choice(address.BASIS) or ""
    return strength.basis_of(asked, older=is_on(address.OLDER))[0]


def day() -> datetime.date:
    """Give the day of judging: the address's `dag` if it is a date, otherwise today."""
    return whole_day(address.choice(address.JUDGED_ON) or "") or data.today()


def verdicts() -> tuple[Verdict, ...]:
    """Give every verdict, in the order of the strategy and, within an objective, of the alphabet."""
    return verdicts_on(day(), basis())


def verdicts_on(on: datetime.date, weakest: str) -> tuple[Verdict, ...]:
    """Give every verdict on a day, known at least so strongly."""
    return _judged(data.dataset(), data.earlier(), strategy(), on, weakest)


def matrix(choice: MatrixChoice, *, by_part: bool) -> Matrix:
    """Give the verdicts that a choice allows, arranged."""
    return matrices.matrix(verdicts(), strategy(), choice, by_part=by_part, said=said())


def said() -> Mapping[str, tuple[Voice, ...]]:
    """Give what each municipality itself has said of objectives, by their cells."""
    return _said(data.dataset())


def basis_control() -> None:
    """Draw the three steps of how weakly something may be known, where there is room for them."""
    asked = address.choice(address.BASIS) or ""
    _, fault = strength.basis_of(asked)
    if fault:
        markup.paragraph(f"Adressen kunde inte läsas helt. {fault}", kind="notice")
    if address.presenting():
        return
    # a new control where something else than it changed the address: see `pages.ui.toggle`
    now = basis()
    number, at_first = st.session_state.get(_KEPT, (0, now))
    if st.session_state.get(_key(number)) != now:
        number, at_first = number + 1, now
        st.session_state[_KEPT] = (number, at_first)
    st.segmented_control(
        "Visa det som är",
        list(strength.BASIS),
        default=at_first,
        required=True,
        format_func=strength.BASIS.__getitem__,
        key=_key(number),
        on_change=_choose,
        args=(_key(number),),
    )


def _choose(key: str) -> None:
    chosen = st.session_state[key]
    address.choose(address.OLDER, None)
    address.choose(address.BASIS, None if chosen == strength.BEST_KNOWN else chosen)


def _key(number: int) -> str:
    return f"underlag_{number}"


def rests_on() -> str:
    """Say what the verdicts rest on: day, choice, data version."""
    return f"Bedömt {day()}. {strength.COUNTED[basis()]} Dataversion {data.dataset().label}."


@lru_cache(maxsize=8)
def _said(dataset: Dataset) -> Mapping[str, tuple[Voice, ...]]:
    return of_objectives(dataset.dialog)


@lru_cache(maxsize=8)
def _judged(
    dataset: Dataset,
    before: Dataset | None,
    wanted: Strategy,
    on: datetime.date,
    weakest: str,
) -> tuple[Verdict, ...]:
    previous = Wave.of(before, on) if before else None
    return judge(dataset, wanted, on, previous=previous, basis=weakest)
