"""Offer empty files to fill in: one for each table, and one flat."""

import streamlit as st

from mapping.delivery import templates
from pages.ui import markup
from pages.ui.download import download_button


def offered() -> None:
    """Draw a choice of template, and what to download."""
    st.header("Mallar", anchor=False)
    markup.paragraph(
        "Mallen för Excel har listor att välja ur och ett blad som förklarar varje kolumn. Kolumnerna "
        "behöver inte heta precis så: vanliga namn känns igen, och resten kan du peka ut när filen är "
        "lämnad."
    )
    name = st.selectbox(
        "Mall", templates.NAMES, index=len(templates.NAMES) - 1, format_func=templates.title, key="template"
    )
    markup.paragraph(templates.meaning(name), kind="caption")
    with st.container(horizontal=True):
        download_button(
            "Ladda ned mall för Excel",
            lambda: templates.workbook_template(name),
            templates.file_name(name, "xlsx"),
        )
        download_button(
            "Ladda ned mall som CSV", lambda: templates.csv_template(name), templates.file_name(name, "csv")
        )
