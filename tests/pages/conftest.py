"""Open a page as a visitor does, through the router."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROUTER = Path(__file__).parent.parent.parent / "pages" / "router.py"


@pytest.fixture
def visit(monkeypatch):
    """Open a page as a visitor does, with parameters in its address."""

    def open_page(page, *, data=None, **query):
        if data:
            monkeypatch.setenv("STODKARTAN_DATA", str(data))
        at = AppTest.from_file(str(ROUTER), default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if page != "oversikt.py":
            at.switch_page(page)
            for name, value in query.items():
                at.query_params[name] = value
            at.run()
        assert not at.exception
        return at

    return open_page


@pytest.fixture
def words():
    """Give all text that our own markup shows on a page."""
    return lambda at: " ".join(block.proto.body for block in at.get("html"))
