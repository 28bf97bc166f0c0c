"""Draw the frame that every page stands in, then the page: the script that Streamlit runs."""

from pathlib import Path

import streamlit as st

from pages.ui.frame import frame

st.set_page_config(
    page_title="Stödkartan", layout="wide", page_icon=Path(__file__).parent / "ui" / "favicon.svg"
)
frame.draw(
    [
        st.Page("oversikt.py", title="Översikt", icon=":material/home:", default=True),
        st.Page("karta.py", title="Karta", icon=":material/map:", url_path="karta"),
        st.Page("tackning.py", title="Uppväxten", icon=":material/child_care:", url_path="tackning"),
        st.Page("mal.py", title="Målmatris", icon=":material/grid_on:", url_path="mal"),
        st.Page(
            "organisation.py",
            title="Stödjande organisation",
            icon=":material/groups:",
            url_path="organisation",
        ),
        st.Page("kommun.py", title="Kommunblad", icon=":material/description:", url_path="kommun"),
        st.Page("rapporter.py", title="Rapporter", icon=":material/print:", url_path="rapporter"),
        st.Page("uppdatera.py", title="Uppdatera", icon=":material/upload_file:", url_path="uppdatera"),
        st.Page("versioner.py", title="Versioner", icon=":material/history:", url_path="versioner"),
        st.Page("om.py", title="Om", icon=":material/info:", url_path="om"),
    ]
)
