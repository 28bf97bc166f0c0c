"""Show a selection of arenas on the map of the county, with the shading that was chosen, and its table."""

import streamlit as st

from mapping.arenas.measures import MIRRORS_MAPPING, family_centre_sentence
from mapping.arenas.select import Selection
from mapping.contract.vocabulary import COUNTY_CODE
from mapping.dataset.dataset import Dataset
from mapping.map import points
from mapping.map.shading import family_centre_shading, municipality_rows, municipality_shading
from mapping.map.symbols import hit_marks
from pages.ui import address, data, markup
from pages.ui.map import clicks
from pages.ui.map.arena_map import arena_map
from pages.ui.row_table import row_table

_SHADINGS = {
    "": "Ingen färg",
    "antal": "Antal arenor",
    "per_1000": "Arenor per 1 000 barn",
    "familjecentral": "Familjecentral",
}
_CHOICE = "shading"


def county_map(dataset: Dataset, selection: Selection) -> None:
    """Draw the map; what a click does stands in `pages.ui.map.clicks`."""
    shading = _shading_choice()
    shaded = None
    if shading == "familjecentral":
        shaded = family_centre_shading(dataset)
        markup.paragraph(family_centre_sentence(dataset.arenor))
    elif shading:
        shaded = municipality_shading(selection, dataset, per_1000_children=shading == "per_1000")
        if shading == "per_1000":
            markup.paragraph(MIRRORS_MAPPING)
    settings = data.settings()
    arena_map(
        key=clicks.COUNTY_MAP,
        version=dataset.view,
        visible=points.visible_bits(dataset.arenor, selection.shown),
        hits=hit_marks(
            {code: points.visible_bits(dataset.arenor, ids) for code, ids in selection.unproved.items()}
        ),
        selected_arena=address.choice(address.ARENA),
        selected_kommun=address.choice(address.PLACE),
        highlighted=selection.filters.places,
        shading=shaded.as_dict() if shaded else None,
        tiles=settings.tiles.as_dict() if settings.tiles else None,
        presentation=address.presenting(),
        on_arena=clicks.on_county_map_arena,
        on_kommun=clicks.on_county_map_municipality,
    )


def _shading_choice() -> str:
    """Draw the choice of shading where there is room for it; the address keeps it."""
    asked = address.choice(address.SHADING) or ""
    asked = asked if asked in _SHADINGS else ""
    if address.presenting():
        return asked
    if _CHOICE not in st.session_state or st.session_state.get("shading_drawn") != asked:
        st.session_state[_CHOICE] = asked
    st.radio(
        "Färglägg kommunerna efter",
        list(_SHADINGS),
        key=_CHOICE,
        format_func=lambda code: _SHADINGS[code],
        horizontal=True,
    )
    chosen = st.session_state[_CHOICE] or ""
    address.choose(address.SHADING, chosen or None)
    st.session_state["shading_drawn"] = chosen
    return chosen


def municipality_table(dataset: Dataset, selection: Selection) -> None:
    """Draw what the colours tell as a table; without a mouse, this is how a municipality is opened."""
    shading = address.choice(address.SHADING)
    rows = municipality_rows(
        selection,
        dataset,
        per_1000_children=shading == "per_1000",
        family_centres=shading == "familjecentral",
    )
    whole_county = int((dataset.arenor.loc[selection.matched, "kommunkod"] == COUNTY_CODE).sum())
    apart = f". {whole_county} i hela länet räknas inte i någon kommun" if whole_county else ""
    row_table(
        key="municipality_table",
        label="Tabell över kommuner",
        caption=f"Arenor som ligger i kommunen och stämmer med urvalet{apart}",
        columns=list(rows.columns),
        rows=[[str(code), *texts] for code, texts in zip(rows.index, rows.to_numpy().tolist(), strict=True)],
        selected=address.choice(address.PLACE),
        on_open=clicks.open_municipality,
    )
