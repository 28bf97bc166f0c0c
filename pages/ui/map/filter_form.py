"""Let a visitor choose arenas; the choices live in the address."""

from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from mapping.arenas.filters import LEVELS, SEARCH_LIMIT, WHOLE_CHILDHOOD, Filters
from mapping.arenas.select import Selection
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import span
from pages.ui import address, choices, markup
from pages.ui.verdicts import judged

_DRAWN = "filters_drawn"
_NAMES = tuple(field.name for field in fields(Filters))


def filter_form(dataset: Dataset) -> Filters:
    """Draw the filters in the sidebar, and return what they say.

    The address decides: when it changed since the last run (a link, the browser's back button) the widgets
    are set from it; otherwise a widget that was moved changes the address.
    """
    asked, rejected = address.filters()
    for fault in rejected:
        markup.paragraph(f"Adressen kunde inte läsas helt. {fault.message}", kind="notice")
    if st.session_state.get(_DRAWN) != asked or any(_key(name) not in st.session_state for name in _NAMES):
        for name in _NAMES:
            value = getattr(asked, name)
            st.session_state[_key(name)] = list(value) if isinstance(value, tuple) else value
        st.session_state[_key("alder")] = asked.alder
    with st.sidebar:
        _widgets(dataset, asked)
    chosen = _chosen(asked)
    if chosen != asked:
        address.write_filters(chosen)
    st.session_state[_DRAWN] = chosen
    return chosen


def unknown_toggle(selection: Selection) -> None:
    """Draw the toggle that shows arenas which are likely or lack a fact, where there are any."""
    label = "Visa även troliga och de som saknar uppgift"
    st.toggle(label, key=_key("visa_okanda"), disabled=not len(selection.likely) + len(selection.unknown))


def _widgets(dataset: Dataset, asked: Filters) -> None:
    st.header("Välj arenor", anchor=False)
    choices.several(_key("kommun"), "Kommun", choices.alphabetical(vocabulary.MUNICIPALITIES))
    st.pills(
        "Länsdel",
        list(vocabulary.COUNTY_PART),
        key=_key("lansdel"),
        format_func=vocabulary.COUNTY_PART.__getitem__,
        selection_mode="multi",
    )
    choices.several(_key("arenatyp"), "Typ av arena", vocabulary.ARENA_TYPE)
    choices.several(_key("preventionsniva"), "Preventionsnivå", LEVELS)
    st.slider("Barnets ålder, hela år", *WHOLE_CHILDHOOD, key=_key("alder"))
    with st.container(horizontal=True, gap="xsmall"):
        for ages in judged.strategy().phases:
            st.button(
                f"{span(*ages)} år",
                key=f"ages_{ages[0]}",
                on_click=_choose_ages,
                args=(ages,),
            )
    operators = {name for names in dataset.arenor["huvudman"] for name in names} | set(asked.huvudman)
    choices.several(_key("huvudman"), "Huvudman", choices.alphabetical({name: name for name in operators}))
    spoken = {code for codes in dataset.insatser["sprak"] for code in codes} | set(asked.sprak)
    extra = {code: code for code in sorted(spoken - set(vocabulary.LANGUAGE))}
    choices.several(_key("sprak"), "Språk", choices.alphabetical(vocabulary.LANGUAGE) | extra)
    choices.several(_key("status"), "Status", vocabulary.STATUS)
    st.text_input("Sök i texten", key=_key("sok"), max_chars=SEARCH_LIMIT, placeholder="Namn, ort, metod …")
    st.button("Rensa alla val", key="clear_filters", on_click=address.write_filters, args=(Filters(),))


def _choose_ages(ages: tuple[int, int]) -> None:
    # the slider and not the address, which what was clicked just before may not have reached
    st.session_state[_key("alder")] = ages


def _chosen(asked: Filters) -> Filters:
    state = st.session_state
    ages: Sequence[int] = state[_key("alder")]
    return Filters(
        kommun=choices.in_order(_key("kommun"), vocabulary.MUNICIPALITIES),
        lansdel=choices.in_order(_key("lansdel"), vocabulary.COUNTY_PART),
        arenatyp=choices.in_order(_key("arenatyp"), vocabulary.ARENA_TYPE),
        preventionsniva=choices.in_order(_key("preventionsniva"), LEVELS),
        alder=(ages[0], ages[1]),
        huvudman=tuple(state[_key("huvudman")]),
        sprak=choices.in_order(_key("sprak"), vocabulary.LANGUAGE),
        status=choices.in_order(_key("status"), vocabulary.STATUS) or Filters().status,
        sok=" ".join(state[_key("sok")].split()),
        visa_okanda=bool(state[_key("visa_okanda")]),
        # it has no widget: it stands until the toggle is moved
        traff=asked.traff if state[_key("visa_okanda")] == asked.visa_okanda else (),
    )


def _key(name: str) -> str:
    return f"filter_{name}"
