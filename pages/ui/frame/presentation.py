"""Draw the bar that leads a room through the pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from pages.ui import address, markup, scripts

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_NOT_PRESENTED = frozenset({"rapporter", "uppdatera", "versioner"})
"""Pages for those who keep the data; a presentation passes them over."""

_FILTERED = frozenset({"karta"})
"""Pages that show the arenas of the choice, so that a room must be told what is chosen."""

_arrow_keys = st.components.v2.component("stodkartan_arrow_keys", js=scripts.text("frame/arrow_keys.js"))


def bar(pages: "Sequence[StreamlitPage]", current: "StreamlitPage", data_version: str) -> None:
    """Draw where in the presentation this page stands, what data it shows, and the ways on."""
    shown = [page for page in pages if page.url_path not in _NOT_PRESENTED]
    here = next((i for i, page in enumerate(pages) if page.url_path == current.url_path), 0)
    before = next(page for page in (*reversed(pages[:here]), *reversed(pages)) if page in shown)
    after = next(page for page in (*pages[here + 1 :], *pages) if page in shown)
    place = f" Sida {shown.index(pages[here]) + 1} av {len(shown)}." if pages[here] in shown else ""
    choice = f"{address.filters()[0].sentence} " if current.url_path in _FILTERED else ""
    with st.container(key="presentation_bar"):
        _way("previous", before, f"Föregående: {before.title}", ":material/arrow_back:")
        markup.paragraph(f"{choice}{data_version}{place}", kind="caption")
        # an empty query would change nothing
        _way("end", current, "Avsluta", ":material/close:", presentation="nej")
        _way("next", after, f"Nästa: {after.title}", ":material/arrow_forward:")
    _arrow_keys(key="arrow_keys")


def _way(name: str, page: "StreamlitPage", label: str, icon: str, **changes: str) -> None:
    with st.container(key=f"presentation_{name}", width="content"):
        st.page_link(page, label=label, icon=icon, query_params=address.carried(**changes))
