"""Draw the strips of Uppväxten: all municipalities side by side, or one with the insatser behind it."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from mapping.childhood.coverage import Coverage, rows
from mapping.childhood.services import Phase
from mapping.childhood.strips import Municipality
from mapping.childhood.year_states import STATES
from pages.ui import address, links, markup

_PAGE = "tackning.py"
_STYLE = Path(__file__).with_name("coverage.css")


def legend(shown: Coverage) -> None:
    """Draw what the signs mean that the strips use."""
    st.html(_STYLE)
    strips = [strip for one in shown.listed for strip in one.strips]
    used = {state: words for state, words in STATES.items() if any(state in one.states for one in strips)}
    markup.show("coverage/legend", states=used, has_plan=any(any(one.is_planned) for one in strips))


def county(shown: Coverage) -> None:
    """Draw the listed municipalities together: in how many something is known of each year."""
    markup.show_kept("coverage/county", shown=shown)


def municipalities(shown: Coverage) -> None:
    """Draw every listed municipality, each with a link to its details."""
    markup.show_kept("coverage/cards", shown=shown, link=links.to("tackning", **{address.PLACE: ""}))


def municipality(shown: Coverage, one: Municipality, phases: tuple[Phase, ...]) -> None:
    """Draw one municipality large, with the insatser of each phase under it."""
    st.page_link(
        _PAGE,
        label="Visa alla kommuner",
        icon=":material/arrow_back:",
        query_params=address.carried(**{address.PLACE: None}),
    )
    markup.show("coverage/large", municipality=one, phases=shown.phases)
    markup.show("coverage/phases", municipality=one, phases=phases, link=_map_link)


def table(shown: Coverage) -> None:
    """Draw the strips' twin: the same in words."""
    markup.show_kept("coverage/table", shown=shown, rows=rows)


def _map_link(arena_id: str) -> str:
    return "./karta?" + urlencode(
        address.carried(**{address.ARENA: arena_id, address.PLACE: None}), doseq=True
    )
