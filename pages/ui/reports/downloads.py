"""Offer what people take home: reports and slides, made when somebody asks for them."""

from collections.abc import Sequence

import streamlit as st

from mapping.arenas import rows
from mapping.contract import vocabulary
from mapping.errors import StodkartanError
from mapping.reports import formats
from mapping.reports.formats import PAGE, PDF, SHEETS, SLIDES, WORD
from pages.ui import markup
from pages.ui.download import download_button
from pages.ui.reports.making import made, prepare, request

FORMAT_WORD = {PDF: "PDF", WORD: "Word", SLIDES: "PowerPoint", SHEETS: "Excel", PAGE: "HTML"}
_ZIP = "reports_zip"


def sheet_buttons(kommunkod: str) -> None:
    """Draw the Kommunblad in each format, and the local action plan."""
    name = vocabulary.MUNICIPALITIES[kommunkod]
    with st.popover("Ladda ned", icon=":material/download:"):
        markup.paragraph(f"Kommunblad för {name}")
        _sheets(kommunkod)
        markup.paragraph(f"Utkast till lokal handlingsplan för {name}")
        _plans(kommunkod)


def rows_of_buttons(kommunkod: str) -> None:
    """Draw the Kommunblad in each format side by side, and under them the local action plan."""
    with st.container(horizontal=True):
        _sheets(kommunkod)
    with st.container(horizontal=True):
        _plans(kommunkod)


def _sheets(kommunkod: str) -> None:
    for suffix in formats.SHEET:
        _report("Kommunblad", formats.SHEET_NAME, kommunkod, suffix)


def _plans(kommunkod: str) -> None:
    for suffix in formats.PLAN:
        _report("Handlingsplan", formats.PLAN_NAME, kommunkod, suffix)


def county_button() -> None:
    """Draw the county's presentation."""
    shown = request()
    prepare()
    download_button(
        "Ladda ned presentationen (PowerPoint)",
        lambda: made(formats.COUNTY_NAME, shown, vocabulary.COUNTY_CODE, SLIDES).data,
        rows.file_name(shown.dataset, formats.COUNTY_NAME, SLIDES),
        key="county_slides",
    )


def all_sheets(kommunkoder: Sequence[str], suffix: str) -> None:
    """Draw the making of several Kommunblad as a zip, with its progress, then what to download."""
    shown = request()
    wanted = (tuple(kommunkoder), suffix, shown)
    if st.button(f"Gör {len(kommunkoder)} kommunblad ({FORMAT_WORD[suffix]})", key="make_sheets"):
        progress = st.progress(0.0, text="Börjar …")
        files = []
        try:
            for number, code in enumerate(kommunkoder):
                name = vocabulary.MUNICIPALITIES[code]
                progress.progress(number / len(kommunkoder), text=f"Gör bladet för {name} …")
                files.append(made(formats.SHEET_NAME, shown, code, suffix))
        except StodkartanError as error:
            progress.empty()
            markup.paragraph(str(error), kind="notice")
            return
        progress.empty()
        st.session_state[_ZIP] = (wanted, formats.zipped(files))
    packed = st.session_state.get(_ZIP)
    if packed and packed[0] == wanted:
        download_button(
            f"Ladda ned {len(kommunkoder)} kommunblad som zip",
            packed[1],
            formats.zip_name(shown.dataset, suffix),
            is_primary=True,
        )


def _report(label: str, what: str, kommunkod: str, suffix: str) -> None:
    shown = request()
    prepare()
    download_button(
        f"{label} ({FORMAT_WORD[suffix]})",
        lambda: made(what, shown, kommunkod, suffix).data,
        formats.file_name(shown.dataset, what, kommunkod, suffix),
        key=f"{what}_{suffix}",
    )
