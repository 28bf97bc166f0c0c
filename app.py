"""Serve Stödkartan: the pages, the open data, the map's files, the headers that keep it all on this host."""

import datetime
import os
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config
from streamlit.web import cli

from mapping import api
from mapping.current import current
from mapping.dataset import Dataset
from mapping.errors import StodkartanError
from mapping.headers import ResponseHeaders, content_security_policy, script_hashes
from mapping.settings import PROJECT, Settings
from mapping.strategy import read
from pages.ui.mishap import api_mishap, show_mishap


def dataset() -> Dataset:
    """Give the dataset that this server shows."""
    return current(settings, datetime.datetime.now(tz=datetime.UTC).date())


def _base_path() -> str:
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


if __name__ == "__main__":
    # as `streamlit run app.py`: only that command reads STREAMLIT_SERVER_PORT and its like
    sys.argv[:] = ["streamlit", "run", __file__, *sys.argv[1:]]
    cli.main()


def _policy() -> str:
    shell = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    return content_security_policy(settings.tiles, script_hashes(shell))


try:
    settings = Settings.from_environment(os.environ)
    strategy = read(settings.strategy)
    dataset()
except StodkartanError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(1)

app = st.App(
    PROJECT / "pages" / "router.py",
    routes=api.routes(dataset, strategy=lambda: strategy, prefix=_base_path()),
    middleware=[Middleware(ResponseHeaders, policy=_policy())],
    on_script_error=show_mishap,
    exception_handlers={Exception: api_mishap},
)
