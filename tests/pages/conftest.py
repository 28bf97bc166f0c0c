"""Open a page as a visitor does, through the router."""

import pytest
import streamlit as st

from mapping.errors import StoreUnavailableError
from mapping.settings import settings
from mapping.store.store import Store
from pages.ui.frame import server, start_link
from tests import visiting
from tests.conftest import DAY


@pytest.fixture
def visit(monkeypatch):
    """Open a page as a visitor does, with parameters in its address."""

    def open_page(page, *, data=None, **query):
        if data:
            monkeypatch.setenv("STODKARTAN_DATA", str(data))
            settings.cache_clear()
        return visiting.opened(page, **query)

    return open_page


@pytest.fixture
def store(monkeypatch, tmp_path, county_directory):
    """Keep the small county's versions in a database of its own, on the day of the tests."""
    monkeypatch.setenv("STODKARTAN_DATA", str(county_directory))
    monkeypatch.setenv("STODKARTAN_DATABASE_URL", f"sqlite:///{tmp_path / 'versions.sqlite'}")
    monkeypatch.setattr(server, "calendar_day", lambda: DAY)
    return server.datasets().store


@pytest.fixture
def at_own_computer(monkeypatch):
    """Let the visitor have opened the link that the server printed: without sign-in they may publish."""
    monkeypatch.setattr(start_link, "is_opened", lambda: True)


@pytest.fixture
def downloads(monkeypatch):
    """Keep what each download button holds that a page draws: the file's name → its data."""
    kept, draw = {}, st.download_button

    def keep(label, *, data, file_name, **drawn):
        kept[file_name] = data
        return draw(label, data=data, file_name=file_name, **drawn)

    monkeypatch.setattr(st, "download_button", keep)
    return kept


@pytest.fixture
def lose_database(monkeypatch):
    """Let the database go away, in the middle of a test."""

    def gone(*_, **__):
        raise StoreUnavailableError(reason="Servern svarar inte.")

    def lose():
        for name in ("latest", "versions", "version", "contents", "columns", "waves"):
            monkeypatch.setattr(Store, name, gone)
        for name in ("publish", "restore", "audit_log"):
            monkeypatch.setattr(Store, name, gone)

    return lose
