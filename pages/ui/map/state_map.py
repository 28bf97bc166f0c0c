"""Show the municipalities on the map by the state they are in, without arenas."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from mapping.dataset.dataset import Dataset
from mapping.map.shading import Shading
from pages.ui import address, data
from pages.ui.map.arena_map import arena_map

_KEY = "state_map"


def state_map(dataset: Dataset, shading: Shading, *, highlighted: Sequence[str] = ()) -> None:
    """Draw the map; a click on a municipality chooses it, a click on the chosen one lets it go."""
    settings = data.settings()
    arena_map(
        key=_KEY,
        points_url=f"./map/{dataset.version}/points.json",
        boundaries_url=f"./map/{dataset.version}/municipalities.json",
        leaflet_url="./leaflet",
        visible=[],
        arenas=False,
        highlighted=highlighted,
        shading=shading.as_dict(),
        tiles=settings.tiles.as_dict() if settings.tiles else None,
        presentation=address.presenting(),
        height=640,
        on_kommun=_clicked_municipality,
    )


def _clicked_municipality() -> None:
    code = st.session_state[_KEY].get("kommun")
    if code:
        filters, _ = address.filters()
        chosen = () if filters.kommun == (str(code),) else (str(code),)
        address.write_filters(replace(filters, kommun=chosen, lansdel=()))
