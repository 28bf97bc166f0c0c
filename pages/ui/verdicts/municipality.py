"""Let a visitor choose one municipality, and gather its sheet once for what the address says."""

import datetime
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from mapping.arenas.filters import from_query
from mapping.dataset.dataset import Dataset
from mapping.map import points
from mapping.municipality.kommunblad import Sheet, municipality_sheet
from mapping.verdicts.strategy import Strategy
from pages.ui import address, choices, data, markup
from pages.ui.map.arena_map import arena_map
from pages.ui.verdicts import judged

MAP_HEIGHT_PX = 380
_CHOICE = "sheet_kommun"


def chosen() -> str | None:
    """Give the first municipality in the address, and tell what could not be read."""
    _, rejected = address.filters()
    for fault in rejected:
        markup.paragraph(f"Adressen kunde inte läsas helt. {fault.message}", kind="notice")
    # the filters put codes in order; the first one that was written is the one to show
    read = (from_query({"kommun": [written]})[0].kommun for written in st.query_params.get_all("kommun"))
    return next((codes[0] for codes in read if codes), None)


def chooser(code: str | None) -> None:
    """Draw the choice of one municipality where there is room for it; the address keeps it."""
    if address.presenting():
        return
    st.session_state[_CHOICE] = code
    choices.municipality(_CHOICE, "Välj kommun", _choose)


def _choose() -> None:
    code = st.session_state[_CHOICE]
    filters, _ = address.filters()
    address.write_filters(replace(filters, kommun=(code,) if code else (), lansdel=()))


def sheet(code: str) -> Sheet | None:
    """Give the sheet of a municipality for the day and the toggle in the address."""
    key = (data.dataset(), data.earlier(), judged.strategy(), code, judged.day(), judged.basis())
    return _gathered(*key)


@lru_cache(maxsize=32)
def _gathered(  # noqa: PLR0913, PLR0917 - together they are the key
    dataset: Dataset,
    before: Dataset | None,  # noqa: ARG001 - part of the key
    strategy: Strategy,
    code: str,
    day: datetime.date,
    basis: str,
) -> Sheet | None:
    return municipality_sheet(
        dataset,
        strategy,
        code,
        day,
        verdicts=judged.verdicts_on(day, basis),
    )


def mini_map(shown: Sheet) -> None:
    """Draw the municipality's own arenas, with the municipality fitted."""
    dataset, settings = data.dataset(), data.settings()
    arena_map(
        key=f"sheet_map_{shown.card.code}",
        version=dataset.view,
        visible=points.visible_bits(dataset.arenor, shown.arenas.index),
        highlighted=[shown.card.code],
        tiles=settings.tiles.as_dict() if settings.tiles else None,
        presentation=address.presenting(),
        height=MAP_HEIGHT_PX,
        start="kommun",
    )
