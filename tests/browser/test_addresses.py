"""What the server answers to each address that a visit asks for, at the root and below a base path."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.ui.frame.site import TITLES
from tests.browser.axe import BACKGROUND
from tests.browser.conftest import running

ENGLISH = re.compile(r"\b(the|page|not found|error|app|you)\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=["", "/stod"], ids=["root", "base"])
def placed(request, tmp_path_factory):
    base = {"STREAMLIT_SERVER_BASE_URL_PATH": request.param} if request.param else {}
    with running(tmp_path_factory.mktemp("placed") / "log.txt", **base) as started:
        yield started


@pytest.mark.parametrize(
    "address", ["finns-inte", "Karta", "mal/1.1", "finns-inte?presentation=ja&kommun=1884"]
)
def test_an_unknown_address_says_so_in_swedish_and_leads_to_the_pages(placed, visit, address):
    visitor = visit()
    page, (path, _, query) = visitor.page, address.partition("?")
    assert page.goto(f"{placed.address}/{address}").status == 404
    expect(page.get_by_role("heading", level=1, name="Sidan finns inte")).to_be_visible()
    expect(page.get_by_role("paragraph")).to_contain_text(
        f"har adressen {urlsplit(placed.address).path}/{path}."
    )
    assert page.get_by_role("link").all_inner_texts() == list(TITLES.values())
    assert not ENGLISH.search(page.locator("html").inner_text() + page.title())
    for theme, colour in BACKGROUND.items():
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_css("background-color", colour)
        assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Målmatris").click()
    expect(page.get_by_role("heading", level=1, name="Målmatris")).to_be_visible()
    assert page.url == f"{placed.address}/mal" + (f"?{query}" if query else "")
    assert (visitor.outside, visitor.errors) == ([], [])


@pytest.mark.parametrize("name", TITLES)
def test_a_visit_to_a_page_asks_for_nothing_that_fails(placed, visit, name):
    visitor, asked = visit(), []
    visitor.page.on("response", lambda answer: asked.append((answer.status, answer.url)))
    visitor.page.on("requestfailed", lambda request: asked.append((999, request.url)))
    visitor.open(f"{placed.address}/{name}")
    assert [url for status, url in asked if status >= 400] == []
    assert f"{placed.address}/_stcore/health" in [url for _, url in asked]


def test_the_menu_offers_no_recording_and_names_no_maker(placed, visit):
    page = visit().open(f"{placed.address}/om")
    page.get_by_role("button", name="Meny").press("Enter")
    menu = page.get_by_role("region", name="Meny")
    expect(menu.get_by_role("menuitem")).to_have_text(["Skriv ut"])
    words = [word for word in menu.inner_text().split() if "_" not in word and word != "contrast"]
    assert words == ["Som", "i", "datorn", "Ljust", "Mörkt", "Skriv", "ut"]
    page.keyboard.press("ArrowUp")
    expect(menu.get_by_role("menuitem", name="Skriv ut")).to_be_focused()
    page.keyboard.press("Tab")
    expect(menu).to_have_count(0)
