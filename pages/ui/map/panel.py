"""Show one arena, or one municipality, beside the map."""

import streamlit as st

from mapping.arenas.cards import arena_card, municipality_card
from mapping.arenas.select import Selection
from mapping.dataset.dataset import Dataset
from pages.ui import address, data, markup
from pages.ui.map import clicks

_MAY_MATCH = {
    "trolig": "Troligt. Ingen källa säger det, men arenatypens uppdrag, eller en åldersgrupp som en insats "
    "nämner, talar för det.",
    "okand": "Det vet vi inte: uppgift saknas.",
}


def draw(dataset: Dataset, selection: Selection) -> None:
    """Draw the panel that the address names, or how to open one."""
    arena_id, code = address.choice(address.ARENA), address.choice(address.PLACE)
    arena = arena_card(dataset, arena_id, data.today()) if arena_id else None
    municipality = municipality_card(dataset, code) if code else None
    with st.container(key="panel"):
        if arena:
            if arena_id in selection.likely or arena_id in selection.unknown:
                hit = "trolig" if arena_id in selection.likely else "okand"
                markup.paragraph(f"Stämmer den med valen? {_MAY_MATCH[hit]}", kind="notice")
            markup.show("map/arena", card=arena)
        elif municipality:
            markup.show("map/municipality", card=municipality)
        elif arena_id:
            markup.paragraph(
                f"Arenan ”{arena_id}” finns inte i den här versionen av uppgifterna.", kind="notice"
            )
        elif code:
            markup.paragraph(f"Kommunen ”{code}” finns inte i länet. Skriv en kommunkod.", kind="notice")
        else:
            markup.paragraph(
                "Välj en arena på kartan eller i tabellen, eller en kommun på kartan, för att läsa mer.",
                kind="hint",
            )
            return
        st.button("Stäng", key="close_panel", icon=":material/close:", on_click=clicks.close_panel)
