"""Offer pictures for somebody else's slides, made when they are asked for."""

from collections.abc import Callable, Mapping

import streamlit as st

from mapping.arenas import rows
from mapping.figures.picture import Picture
from mapping.reports import formats
from pages.ui.download import download_button
from pages.ui.reports.making import judged_of, one_at_a_time, request


def choice(
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
    shown = request()

    def made() -> bytes:
        with one_at_a_time:
            return formats.picture_file(judged_of(shown), draw(), selection, suffix).data

    download_button(label, made, rows.file_name(shown.dataset, name, suffix), key=f"picture_{name}_{suffix}")
