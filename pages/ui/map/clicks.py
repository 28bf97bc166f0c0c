"""Answer a click on a map: on the map page it opens a panel, on a map of states it chooses a municipality."""

from dataclasses import replace

import streamlit as st

from pages.ui import address

COUNTY_MAP, STATE_MAP = "county_map", "state_map"
"""Streamlit's keys of the maps; what was clicked stands in the session under them until the page has run."""


def on_county_map_arena() -> None:
    """Open the panel of the arena that was clicked on the map page."""
    if arena_id := st.session_state[COUNTY_MAP].get("arena"):
        open_arena(str(arena_id))


def on_county_map_municipality() -> None:
    """Open the panel of the municipality that was clicked on the map page."""
    if code := st.session_state[COUNTY_MAP].get("kommun"):
        open_municipality(str(code))


def on_state_map_municipality() -> None:
    """Choose the municipality that was clicked; a click on the chosen one lets it go."""
    if code := st.session_state[STATE_MAP].get("kommun"):
        filters, _ = address.filters()
        chosen = () if filters.kommun == (str(code),) else (str(code),)
        address.write_filters(replace(filters, kommun=chosen, lansdel=()))


def open_arena(arena_id: str) -> None:
    """Open an arena's panel in place of any other; the table's rows do so too."""
    address.choose(address.PLACE, None)
    address.choose(address.ARENA, arena_id)


def open_municipality(code: str) -> None:
    """Open a municipality's panel in place of any other; the table's rows do so too."""
    address.choose(address.ARENA, None)
    address.choose(address.PLACE, code)


def close_panel() -> None:
    """Close whichever panel is open."""
    address.choose(address.ARENA, None)
    address.choose(address.PLACE, None)
