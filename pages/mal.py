"""Målmatris: judge fifteen objectives for twelve municipalities, each cell open to inspection."""

import streamlit as st

from mapping.figures.verdict_matrix import matrix_picture
from mapping.tables.excel_csv import write_csv
from mapping.verdicts import matrix
from pages.ui import address, data, markup
from pages.ui.download import download_button
from pages.ui.reports import pictures
from pages.ui.verdicts import judged
from pages.ui.verdicts.verdict_choices import choice_form
from pages.ui.verdicts.verdict_detail import verdict_detail
from pages.ui.verdicts.verdict_matrix import verdict_matrix

dataset, strategy, verdicts = data.dataset(), judged.strategy(), judged.verdicts()

st.title("Målmatris", anchor=False)
choice, by_part = choice_form(strategy)
shown = tuple(verdict for verdict in verdicts if choice.allows(verdict, strategy))
markup.paragraph(
    "Varje ruta visar allt som är känt, ritat efter hur säkert det är. Där uppgifter saknas säger vi det, "
    "aldrig att stödet saknas.",
    kind="lead",
)
markup.paragraph(f"{matrix.settled_sentence(shown)} {choice.sentence} {judged.rests_on()}", kind="count")
judged.basis_control()

arranged = judged.matrix(choice, by_part=by_part)
verdict_matrix(arranged)

key = address.choice(address.CELL)
if key:
    verdict_detail(strategy, matrix.find(verdicts, key), key, judged.said())

if not address.presenting():
    st.header("Samma bedömningar som lista", anchor=False)
    if st.toggle(f"Visa listan, {len(shown)} rader", key="verdict_list"):
        markup.show("verdicts/verdict_list", rows=matrix.listed(shown, strategy))
    download_button(
        "Ladda ned för Excel",
        lambda: write_csv(
            matrix.listed(shown, strategy).assign(
                Urval=choice.sentence,
                Underlag=judged.rests_on(),
                Exempeldata="ja" if dataset.example else "nej",
            )
        ),
        f"stodkartan-mal-{judged.day()}-{dataset.version}.csv",
    )
    pictures.choice({"malmatris": ("Målmatrisen", lambda: matrix_picture(arranged))}, choice.sentence)
