"""Serve one frame – a choice and a count – with one kind of map in it, or none.

Started as ``python -m tests.benchmarks.apps.frame KIND PORT``; the dataset is STODKARTAN_DATA.
"""

import sys

import streamlit as st

from mapping.server import open_data
from mapping.settings import PROJECT
from pages.ui.frame import server

app = st.App(
    PROJECT / "tests" / "benchmarks" / "apps" / "frame_page.py",
    routes=open_data.routes(server.dataset),
    secrets={"kind": sys.argv[1]},
)

if __name__ == "__main__":
    app.run(config={"server.port": int(sys.argv[2]), "server.headless": True})
