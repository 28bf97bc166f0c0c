"""Kommunblad: show everything about one municipality on one sheet, the thing that is fed back to it."""

from pathlib import Path

import streamlit as st

from mapping.municipality.kommunblad import Sheet
from pages.ui import address, data, links, markup
from pages.ui.reports import downloads
from pages.ui.verdicts import judged, municipality


def draw(sheet: Sheet) -> None:
    """Draw the sheet, from the verdicts to how much is known."""
    markup.paragraph(sheet.summary, kind="lead")
    markup.paragraph(judged.rests_on(), kind="caption")

    verdicts, place = st.columns([5, 3], gap="medium")
    with verdicts:
        markup.show_kept("kommunblad/verdicts", sheet=sheet, link=links.carrying())
    with place:
        markup.show("heading", text="Arenorna i kommunen")
        municipality.mini_map(sheet)
        markup.show_kept("kommunblad/arenas", sheet=sheet, link=links.carrying())
    markup.show_kept("kommunblad/below", sheet=sheet, today=data.today())


for style in ("coverage", "kommunblad"):
    st.html(Path(__file__).parent / "ui" / "verdicts" / f"{style}.css")
code = municipality.chosen()
sheet = municipality.sheet(code) if code else None

st.title(f"Kommunblad: {sheet.card.name}" if sheet else "Kommunblad", anchor=False)
choice, switch = st.columns([2, 3], vertical_alignment="bottom", gap="medium")
with choice:
    municipality.chooser(code)
if sheet:
    with switch, st.container(horizontal=True, vertical_alignment="center"):
        judged.basis_control()
        if not address.presenting():
            downloads.sheet_buttons(sheet.card.code)
    draw(sheet)
else:
    markup.paragraph(
        "Ett blad om en kommun: hur den står i förhållande till strategins mål, vad som är känt och vad som "
        "är värt att ta reda på härnäst. Välj en kommun för att läsa dess blad.",
        kind="lead",
    )
