"""Open a page as a visitor does, through the router, without a browser."""

from streamlit.testing.v1 import AppTest

from mapping.settings import PROJECT

ROUTER = PROJECT / "pages" / "router.py"
FIRST_PAGE = "oversikt.py"
NO_COMMENT = "Kommentaren saknas. Skriv vad som är nytt och varför, så att andra kan följa ändringen."


def opened(page, **query):
    """Open a page with parameters in its address; it must not break."""
    at = AppTest.from_file(str(ROUTER), default_timeout=60)
    if page != FIRST_PAGE:
        at.switch_page(page)
    at.query_params.update(query)
    at.run()
    assert not at.exception
    return at


def hand_in(at, *files):
    """Hand in files, each with its name, on Uppdatera; the page must not break."""
    at.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files]).run()
    assert not at.exception
    return at


def told(at):
    """Give what the page says went wrong, and what went well."""
    return [message.value for message in [*at.error, *at.success]]


def press(at, key):
    """Press a button; the page must not break."""
    at.button(key=key).click().run()
    assert not at.exception
    return at


def words(at):
    """Give all text that our own markup shows on a page."""
    return " ".join(block.proto.body for block in at.get("html"))
