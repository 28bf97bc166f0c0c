"""Draw what surrounds every page: the links, the data version, what is special about the data."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from mapping.contract import vocabulary
from pages.ui import address, data, links, markup, scripts
from pages.ui.frame import presentation, server, sign_in, visitor

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_STYLE = Path(__file__).with_name("style.css")
_PRESENTATION_STYLE = Path(__file__).with_name("presentation.css")

_mend = st.components.v2.component("stodkartan_mend", js=scripts.text("frame/swedish_ui.js"))


def draw(pages: "Sequence[StreamlitPage]") -> None:
    """Run the page that the address names, with its frame around it."""
    page = st.navigation(list(pages), position="hidden")
    st.html(_STYLE)
    _mend(key="mend")
    if sign_in.is_required() and not sign_in.is_signed_in():
        sign_in.gate()
        return
    data.look()
    if address.presenting():
        st.html(_PRESENTATION_STYLE)
        _example_banner()
        _earlier_version_banner()
        page.run()
        presentation.bar(pages, page, data_version())
    else:
        with st.sidebar:
            _links(pages, page)
        _example_banner()
        _earlier_version_banner()
        page.run()
        with st.sidebar:
            markup.paragraph(data_version(), kind="caption")
            visitor.sign_in_buttons()


def data_version() -> str:
    """Say which data is shown, for captions."""
    dataset = data.dataset()
    example = f"{vocabulary.EXAMPLE_MARK}. " if dataset.example else ""
    return f"{example}Dataversion {dataset.label}{dataset.dated}."


def _example_banner() -> None:
    """Tell that what is shown is made up, with the way back to what is not."""
    asked, rejected = address.example()
    for fault in rejected:
        markup.show("frame/top_notice", text=f"Adressen kunde inte läsas helt. {fault.message}")
    dataset = data.dataset()
    if not dataset.example:
        return
    can_leave = asked and not address.presenting() and not server.dataset().example
    markup.show(
        "frame/example",
        mark=vocabulary.EXAMPLE_MARK,
        day=data.today(),
        way_back=links.written(links.carried_to(example=False)) if can_leave else None,
    )


def _earlier_version_banner() -> None:
    """Tell that an earlier version is shown, with the way out, or why it is not what was asked for."""
    if fault := data.version_fault():
        markup.show("frame/top_notice", text=fault)
        return
    shown, latest = data.dataset(), data.latest()
    if latest and shown.number and shown.number != latest.number:
        markup.show(
            "frame/earlier_version",
            shown=shown.number,
            latest=latest.number,
            way_back=None if address.presenting() else links.written(address.carried(version=None)),
        )


def _links(pages: "Sequence[StreamlitPage]", current: "StreamlitPage") -> None:
    st.markdown("**Stödkartan**  \nFöräldraskapsstöd i Örebro län")
    with st.container(key="navigation", gap=None):
        for page in pages:
            st.page_link(page, query_params=address.carried(), width="stretch")
    st.page_link(
        current,
        label="Visa som presentation",
        icon=":material/slideshow:",
        query_params=address.carried(presentation="ja"),
    )
