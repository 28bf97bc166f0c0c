"""Rapporter: gather everything that can be taken home."""

import streamlit as st

from mapping.arenas.filters import Filters
from mapping.arenas.key_figures import pyramid
from mapping.figures.prevention_pyramid import pyramid_picture
from pages.ui import data, links, markup
from pages.ui.reports import downloads, pictures, report_choices
from pages.ui.verdicts import judged, municipality

st.title("Rapporter", anchor=False)
markup.paragraph(
    "Ta med uppgifterna dit appen inte är igång. Varje fil säger vilken dag och dataversion den gäller, vad "
    "som är valt och varifrån uppgifterna kommer.",
    kind="lead",
)
markup.paragraph(judged.rests_on(), kind="caption")
judged.basis_control()

st.header("En kommun", anchor=False)
markup.paragraph(
    "Kommunbladet samlar läget på två sidor. Handlingsplanen är ett utkast att fylla i: varje mål med dess "
    "bedömning, och rader för åtgärd, ansvar, resurser och uppföljning."
)
code = municipality.chosen()
municipality.chooser(code)
if code:
    downloads.rows_of_buttons(code)
else:
    markup.paragraph("Välj en kommun, så går det att ladda ned dess blad och handlingsplan.", kind="unknown")

st.header("Flera kommuner", anchor=False)
downloads.all_sheets(report_choices.municipalities(), report_choices.suffix())

st.header("Hela länet", anchor=False)
markup.paragraph(
    "En presentation för PowerPoint med översikt, pyramid, målmatris, uppväxten, stödjande organisation "
    "och en bild för varje kommun. Diagram och tabeller går att redigera; källorna står i anteckningarna."
)
downloads.county_button()
pictures.choice(
    {"preventionspyramid": ("Preventionspyramiden", lambda: pyramid_picture(pyramid(data.dataset())))},
    Filters().sentence,
    label="Preventionspyramiden som bild",
)

st.header("Öppna data", anchor=False)
markup.show("reports/open_data_file", query=links.of_data())
