"""Kommunblad: show everything about one municipality on one sheet, the thing that is fed back to it."""

from pathlib import Path

import streamlit as st

from mapping.completeness import MEASURED
from mapping.dialogue import HEADING
from mapping.municipality_sheet import Sheet
from pages.ui import address, data, judged, markup, municipality


def draw(sheet: Sheet) -> None:
    """Draw the sheet, from the verdicts to how much is known."""
    markup.paragraph(sheet.summary, kind="lead")
    markup.paragraph(judged.basis(), kind="caption")

    verdicts, place = st.columns([5, 3], gap="medium")
    with verdicts:
        st.header("Mål för mål", anchor=False)
        markup.show("sheet_verdicts", sheet=sheet, link=address.link)
    with place:
        st.header("Arenorna i kommunen", anchor=False)
        municipality.mini_map(sheet)
        markup.show("sheet_arenas", sheet=sheet, link=address.link)

    st.header("Ta reda på härnäst", anchor=False)
    markup.show("sheet_steps", sheet=sheet)

    st.header("Uppväxten, år för år", anchor=False)
    markup.show("sheet_strips", sheet=sheet)

    st.header("Familjecentral", anchor=False)
    markup.show("sheet_family_centres", found=sheet.family_centres)

    st.header("Vem som leder arbetet", anchor=False)
    rows, today = (sheet.leadership,), data.today()
    markup.show("organisation_changes", rows=rows, before=sheet.before, after=sheet.after, today=today)
    markup.paragraph(f"Parterna i gruppen, {sheet.after.sentence}. ”Ej angiven” är inte detsamma som nej.")
    markup.show("organisation_parties", rows=rows, after=sheet.after)

    st.header("Vad som sades i dialogen", anchor=False)
    if sheet.dialogue:
        markup.show("dialogue", places=(sheet.dialogue,), headings=HEADING)
    else:
        markup.paragraph("Ingen uppgift om vad som har sagts i dialoger.", kind="unknown")

    st.header("Så komplett är kartläggningen", anchor=False)
    markup.paragraph(
        "Andelen av arenorna där uppgiften är känd. Den säger något om underlaget, inte om stödet."
    )
    markup.show("completeness", table=sheet.completeness, measured=MEASURED)


st.html(Path(__file__).parent / "ui" / "sheet.css")
code = municipality.chosen()
sheet = municipality.sheet(code) if code else None

st.title(f"Kommunblad: {sheet.card.name}" if sheet else "Kommunblad", anchor=False)
choice, switch = st.columns([2, 3], vertical_alignment="bottom", gap="medium")
with choice:
    municipality.chooser(code)
if sheet:
    with switch:
        judged.older_switch()
    draw(sheet)
else:
    markup.paragraph(
        "Ett blad om en kommun: hur den står i förhållande till strategins mål, vad som är känt och vad som "
        "är värt att ta reda på härnäst. Välj en kommun för att läsa dess blad.",
        kind="lead",
    )
