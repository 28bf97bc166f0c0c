"""Put the map on a page: the browser's part in `mapping.map.browser` as a frameless Streamlit component."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from mapping.map import browser

LEAFLET_FILES: Final = ("leaflet-src.esm.js", "leaflet.css")

_component = st.components.v2.component("stodkartan_map", js=browser.script(), css=browser.style())


def arena_map(  # noqa: PLR0913 - one keyword a thing that the map shows
    *,
    key: str,
    version: str,
    visible: str | Sequence[str] | None = None,
    hits: Mapping[str, Any] | None = None,
    points_url: str | None = None,
    points: Mapping[str, Any] | None = None,
    arenas: bool = True,
    selected_arena: str | None = None,
    selected_kommun: str | None = None,
    highlighted: Sequence[str] = (),
    shading: Mapping[str, Any] | None = None,
    tiles: Mapping[str, str] | None = None,
    presentation: bool = False,
    height: int = 720,
    start: str = "lan",
    on_arena: Callable[[], None] | None = None,
    on_kommun: Callable[[], None] | None = None,
) -> None:
    """Draw the map, or show another choice on the one that is drawn.

    Parameters
    ----------
    key
        Streamlit's key; pan and zoom are kept for it. A click leaves ``arena`` (an id) or ``kommun``
        (a code) in ``st.session_state[key]`` for the run that the callback belongs to.
    version
        `Dataset.view`; it stands in the addresses of the points and the boundaries, so that each is fetched
        once.
    visible
        What `mapping.map.points.visible_bits` returns, or ids; None = all.
    hits
        `mapping.map.symbols.hit_marks` of those of `visible` that are not proved.
    points_url, points
        Other points than the version's: what they are, and a name for them in place of an address.
    arenas
        Whether the map is about arenas; otherwise it is about the municipalities, and its words say so.
    selected_arena, selected_kommun
        What the panel shows.
    highlighted
        The municipalities that the choice names; the others step back.
    shading
        `mapping.map.shading.Shading.as_dict`.
    tiles
        ``url`` and ``attribution`` of a background layer; None = nothing is asked of another host.
    height
        Pixels, at widths where the legend stands beside the map.
    start
        ``lan``, ``urval`` or ``kommun`` (those highlighted): what the first picture shows.
    on_arena, on_kommun
        Called at a click, before the page runs.
    """
    _component(
        key=key,
        data=[
            {
                "mapKey": key,
                "pointsUrl": points_url or f"./map/{version}/points.json",
                "points": dict(points) if points else None,
                "boundariesUrl": f"./map/{version}/municipalities.json",
                "leafletUrl": f"./leaflet/{LEAFLET_FILES[0]}",
                "leafletCssUrl": f"./leaflet/{LEAFLET_FILES[1]}",
                "visible": visible if visible is None or isinstance(visible, str) else list(visible),
                "arenas": arenas,
                "hits": dict(hits or {}),
                "selected": {"arena": selected_arena, "kommun": selected_kommun},
                "highlighted": list(highlighted),
                "shading": dict(shading) if shading else None,
                "tiles": dict(tiles) if tiles else None,
                "presentation": presentation,
                "height": height,
                "start": start,
            }
        ],
        on_arena_change=on_arena or (lambda: None),  # without a callback Streamlit keeps no result
        on_kommun_change=on_kommun or (lambda: None),
    )
