"""Karta: tell where there is what, for whom."""

import streamlit as st

from mapping.arenas import rows
from mapping.arenas.select import select
from mapping.figures.arena_map import arena_map
from mapping.tables.excel_csv import write_csv
from pages.ui import address, data, markup
from pages.ui.download import download_button
from pages.ui.map import filter_form, map_as_file, panel
from pages.ui.map.arena_table import arena_table
from pages.ui.map.county_map import county_map, municipality_table
from pages.ui.reports import pictures

dataset = data.dataset()
filters = address.filters()[0] if address.presenting() else filter_form.filter_form(dataset)
selection = select(dataset, filters)

st.title("Karta", anchor=False)
markup.paragraph(filters.sentence, kind="lead")
counted, switch = st.columns([1, 1], vertical_alignment="center")
with counted:
    markup.paragraph(selection.sentence, kind="count")
if not address.presenting():
    with switch:
        filter_form.unknown_toggle(selection)

wide, beside = st.columns([5, 3], gap="medium")
with wide:
    county_map(dataset, selection)
with beside:
    panel.draw(dataset, selection)

st.header("Samma arenor som tabell", anchor=False)
listed = arena_table(dataset, selection)
downloads = st.container(horizontal=True)
with downloads:
    download_button(
        "Ladda ned för Excel",
        lambda: write_csv(rows.excel_rows(dataset, listed, sentence=filters.sentence, hits=selection.hits)),
        rows.file_name(dataset, "arenor", "csv"),
    )
    map_as_file.one_file_map_button(dataset, selection)
pictures.choice(
    {"karta": ("Kartan", lambda: arena_map(dataset, selection.shown))},
    filters.sentence,
    label="Kartan som bild",
)

st.header("Kommunerna som tabell", anchor=False)
municipality_table(dataset, selection)
