"""Draw the frame that every page stands in, then the page: the script that Streamlit runs."""

from pathlib import Path

import streamlit as st

from pages.ui.frame import frame, site

st.set_page_config(
    page_title="Stödkartan", layout="wide", page_icon=Path(__file__).parent / "ui" / "favicon.svg"
)
frame.draw(
    [
        st.Page(
            f"{name}.py", title=title, icon=f":material/{icon}:", url_path=name, default=name == site.FIRST
        )
        for name, (title, icon) in site.PAGES.items()
    ]
)
