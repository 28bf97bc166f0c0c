"""Offer what people take home: reports, slides and pictures, made when somebody asks for them."""

import datetime
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import streamlit as st

from mapping import tables, vocabulary
from mapping.dataset import Dataset
from mapping.errors import StodkartanError
from mapping.figures.picture import Picture
from mapping.filters import Selection
from mapping.one_file_map import one_file_map
from mapping.reports import formats
from mapping.reports.basis import Basis
from mapping.reports.formats import MEDIA_TYPE, PAGE, PDF, SHEETS, SLIDES, WORD, File
from mapping.sources import compiled_sources
from mapping.strategy import Strategy
from mapping.worlds import Wave
from pages.ui import data, judged, markup, server

FORMAT_WORD = {PDF: "PDF", WORD: "Word", SLIDES: "PowerPoint", SHEETS: "Excel", PAGE: "HTML"}
_ZIP = "reports_zip"
_one_at_a_time = threading.Lock()
"""Making a report keeps the interpreter busy; one at a time leaves room for those who look at pages."""


_Seen = tuple[Dataset, Dataset | None, Strategy, datetime.date, bool]


def _seen() -> _Seen:
    """Give what this visitor sees, as on screen; it is judged only when a report is made of it."""
    return data.dataset(), data.earlier(), judged.strategy(), judged.day(), judged.counts_older()


def sheet_buttons(kommunkod: str) -> None:
    """Draw the Kommunblad in each format, and the local action plan."""
    name = vocabulary.MUNICIPALITIES[kommunkod]
    with st.popover("Ladda ned", icon=":material/download:"):
        markup.paragraph(f"Kommunblad för {name}")
        for suffix in formats.SHEET:
            _report("Kommunblad", formats.SHEET_NAME, kommunkod, suffix)
        markup.paragraph(f"Utkast till lokal handlingsplan för {name}")
        for suffix in formats.PLAN:
            _report("Handlingsplan", formats.PLAN_NAME, kommunkod, suffix)


def plan_buttons(kommunkod: str) -> None:
    """Draw the local action plan in each format."""
    with st.container(horizontal=True):
        for suffix in formats.PLAN:
            _report("Handlingsplan", formats.PLAN_NAME, kommunkod, suffix)


def one_sheet_buttons(kommunkod: str) -> None:
    """Draw the Kommunblad in each format, side by side."""
    with st.container(horizontal=True):
        for suffix in formats.SHEET:
            _report("Kommunblad", formats.SHEET_NAME, kommunkod, suffix)


def county_button() -> None:
    """Draw the county's presentation."""
    seen = _seen()
    st.download_button(
        "Ladda ned presentationen (PowerPoint)",
        data=lambda: _made(formats.COUNTY_NAME, seen, vocabulary.COUNTY_CODE, SLIDES).data,
        file_name=tables.file_name(seen[0], formats.COUNTY_NAME, SLIDES),
        mime=MEDIA_TYPE[SLIDES],
        icon=":material/download:",
        on_click="ignore",
        key="county_slides",
    )


def all_sheets(kommunkoder: Sequence[str], suffix: str) -> None:
    """Draw the making of several Kommunblad as a zip, with its progress, then what to download."""
    seen = _seen()
    wanted = (tuple(kommunkoder), suffix, seen)
    if st.button(f"Gör {len(kommunkoder)} kommunblad ({FORMAT_WORD[suffix]})", key="make_sheets"):
        progress = st.progress(0.0, text="Börjar …")
        files = []
        try:
            for number, code in enumerate(kommunkoder):
                name = vocabulary.MUNICIPALITIES[code]
                progress.progress(number / len(kommunkoder), text=f"Gör bladet för {name} …")
                files.append(_made(formats.SHEET_NAME, seen, code, suffix))
        except StodkartanError as error:
            progress.empty()
            markup.paragraph(str(error), kind="notice")
            return
        progress.empty()
        st.session_state[_ZIP] = (wanted, formats.zipped(files))
    made = st.session_state.get(_ZIP)
    if made and made[0] == wanted:
        st.download_button(
            f"Ladda ned {len(kommunkoder)} kommunblad som zip",
            data=made[1],
            file_name=formats.zip_name(seen[0], suffix),
            mime=MEDIA_TYPE["zip"],
            icon=":material/download:",
            on_click="ignore",
            type="primary",
        )


def one_file_map_button(dataset: Dataset, selection: Selection) -> None:
    """Draw the map as one file that opens without network."""
    sources = () if dataset.example else compiled_sources(server.settings().data)
    today = data.today()

    def made() -> bytes:
        with _one_at_a_time:
            return one_file_map(dataset, selection, sources=sources, saved_on=today)

    st.download_button(
        "Kartan som en fil (HTML)",
        data=made,
        file_name=tables.file_name(dataset, "karta", PAGE),
        mime=MEDIA_TYPE[PAGE],
        icon=":material/map:",
        on_click="ignore",
        key="one_file_map",
    )


def pictures(
    drawn: Mapping[str, tuple[str, Callable[[], Picture]]],
    selection: str,
    *,
    label: str = "Ladda ned som bild",
) -> None:
    """Draw a choice of pictures as SVG or PNG, with legend, caption and source inside, when it is opened.

    Parameters
    ----------
    drawn
        The picture's own name, for the file → what it is called here, and what draws it when it is asked for.
    selection
        What was chosen, as a sentence.
    label
        What the whole choice is called.
    """
    with st.expander(label, icon=":material/image:", key="pictures", on_change="rerun") as opened:
        if not opened.open:
            return
        for name, (title, draw) in drawn.items():
            with st.container(horizontal=True):
                for suffix in ("png", "svg"):
                    _picture(name, f"{title} ({suffix.upper()})", draw, selection, suffix)


def _picture(name: str, label: str, draw: Callable[[], Picture], selection: str, suffix: str) -> None:
    seen = _seen()

    def made() -> bytes:
        with _one_at_a_time:
            return formats.picture_file(_basis(*seen), draw(), selection, suffix).data

    st.download_button(
        label,
        data=made,
        file_name=tables.file_name(seen[0], name, suffix),
        mime=MEDIA_TYPE[suffix],
        icon=":material/download:",
        on_click="ignore",
        key=f"picture_{name}_{suffix}",
    )


def _report(label: str, what: str, kommunkod: str, suffix: str) -> None:
    seen = _seen()
    st.download_button(
        f"{label} ({FORMAT_WORD[suffix]})",
        data=lambda: _made(what, seen, kommunkod, suffix).data,
        file_name=formats.file_name(seen[0], what, kommunkod, suffix),
        mime=MEDIA_TYPE[suffix],
        icon=":material/download:",
        on_click="ignore",
        key=f"{what}_{suffix}",
    )


def _made(what: str, seen: _Seen, kommunkod: str, suffix: str) -> File:
    with _one_at_a_time:
        return _kept(what, _basis(*seen), kommunkod, suffix)


@lru_cache(maxsize=64)
def _kept(what: str, shown: Basis, kommunkod: str, suffix: str) -> File:
    if what == formats.SHEET_NAME:
        return formats.sheet_file(shown, kommunkod, suffix)
    if what == formats.PLAN_NAME:
        return formats.plan_file(shown, kommunkod, suffix)
    return formats.county_file(shown)


@lru_cache(maxsize=8)
def _basis(
    dataset: Dataset,
    before: Dataset | None,
    strategy: Strategy,
    on: datetime.date,
    include_older: bool,  # noqa: FBT001 - part of the key
) -> Basis:
    previous = Wave.of(before, on) if before else None
    return Basis.judged(dataset, strategy, on, previous=previous, include_older=include_older)
