"""Let a visitor choose whose years, and which insatser, Uppväxten shows; the choices live in the address."""

import datetime
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from mapping.childhood import choice as choosing
from mapping.childhood import coverage
from mapping.childhood.choice import Choice
from mapping.childhood.coverage import Coverage
from mapping.childhood.services import Phase, phases
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.verdicts.strategy import Strategy
from pages.ui import address, choices, data, markup
from pages.ui.verdicts import judged

_FIELDS: Mapping[str, str] = {"lansdel": "Länsdel", "kunskapsbas": "Kunskapsbas", "tema": "Tema"}
_DRAWN = "coverage_drawn"


def choice() -> Choice:
    """Draw the choices in the sidebar, where there is one, and return what they say.

    The address decides: when it changed since the last run the widgets are set from it; otherwise a widget
    that was moved changes the address.
    """
    filters, rejected = address.filters()
    asked, faults = choosing.choice_of(
        filters.lansdel, {name: address.choices(name) for name in (address.KNOWLEDGE, address.THEME)}
    )
    faults += tuple(fault.message for fault in rejected if fault.parameter == "lansdel")
    for fault in faults:
        markup.paragraph(f"Adressen kunde inte läsas helt. {fault}", kind="notice")
    if address.presenting():
        return asked
    if st.session_state.get(_DRAWN) != asked or any(_key(name) not in st.session_state for name in _FIELDS):
        for name in _FIELDS:
            st.session_state[_key(name)] = list(getattr(asked, name))
    known = choosing.themes(data.dataset())
    themes = {name: name for name in (*known, *(name for name in asked.tema if name not in known))}
    options = {"lansdel": vocabulary.COUNTY_PART, "kunskapsbas": vocabulary.KNOWLEDGE_BASE, "tema": themes}
    with st.sidebar:
        st.header("Välj vad som visas", anchor=False)
        for name, label in _FIELDS.items():
            choices.several(_key(name), label, options[name])
    chosen = Choice(*(choices.in_order(_key(name), options[name]) for name in _FIELDS))
    for name in _FIELDS:
        if getattr(chosen, name) != getattr(asked, name):
            address.choose_several(name, getattr(chosen, name))
    st.session_state[_DRAWN] = chosen
    return chosen


def shown(chosen: Choice) -> Coverage:
    """Give every municipality's strips for the choice, on the day and with the toggle of the address."""
    return _coverage(data.dataset(), judged.strategy(), judged.day(), chosen, judged.basis())


def of_all() -> Coverage:
    """Give every municipality's strips, all support counted."""
    return shown(choosing.EVERYTHING)


def supporting(kommunkod: str, chosen: Choice) -> tuple[Phase, ...]:
    """Give the insatser of each phase in one municipality."""
    return phases(
        data.dataset(),
        judged.strategy(),
        judged.day(),
        kommunkod,
        chosen,
        basis=judged.basis(),
    )


def _key(name: str) -> str:
    return f"coverage_{name}"


@lru_cache(maxsize=16)
def _coverage(
    dataset: Dataset,
    strategy: Strategy,
    day: datetime.date,
    chosen: Choice,
    basis: str,
) -> Coverage:
    return coverage.coverage(dataset, strategy, day, chosen, basis=basis)
