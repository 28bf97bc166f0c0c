"""Serve one frame – a choice and a count – with one kind of map in it, or none.

Started as ``python -m tests.benchmarks.apps.frame KIND``; the dataset is STODKARTAN_DATA.
"""

import sys

import streamlit as st
from starlette.applications import Starlette

from mapping.server import map_files
from mapping.server.routes import own_routes
from mapping.settings import PROJECT
from pages.ui.frame import server


def map_answers():
    return Starlette(routes=map_files.routes(server.datasets(), server.calendar_day))


app = st.App(
    PROJECT / "tests" / "benchmarks" / "apps" / "frame_page.py",
    routes=own_routes(map_answers),
    secrets={"kind": sys.argv[1]},
)

if __name__ == "__main__":
    app.run()
