"""What axe, a keyboard, a narrow window and a screen reader meet."""

from pathlib import Path

import pytest

from tests.browser.axe import faults, open_everything, show
from tests.browser.conftest import seeing

PAGES = (
    "/", "/karta", "/tackning", "/mal", "/organisation", "/kommun?kommun=1880", "/rapporter?kommun=1883",
    "/om",
)  # fmt: skip
OPENED = (
    "/karta?arena=karlskoga-familjecentral&farglagg=antal",
    "/karta?visa_kommun=1880&alder=13-18&farglagg=per_1000", "/mal?data=demo&ruta=2.6-1883",
    "/tackning?visa_kommun=1883&aldre=ja", "/organisation?kommun=1814&typ=nasta_steg",
    "/kommun", "/karta?kommun=Narnia&version=9&data=demon",
)  # fmt: skip
PRESENTED = (
    "/?presentation=ja", "/karta?presentation=ja", "/tackning?aldre=ja&presentation=ja",
    "/mal?data=demo&ruta=2.6-1883&presentation=ja", "/organisation?presentation=ja&datum=2020-09",
    "/kommun?kommun=1883&aldre=ja&presentation=ja", "/om?presentation=ja",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(chromium):
    """Keep one visitor's browser, with its cache, for all that only looks."""
    with seeing(chromium) as visitor:
        yield visitor


def test_axe_finds_nothing_that_we_cause_in_what_opens_over_a_page(server, reader):
    page = reader.open(f"{server.address}/kommun?kommun=1883")
    show(page, "light")
    page.get_by_test_id("stPopover").get_by_role("button").click()
    page.get_by_role("button", name="Kommunblad (HTML)").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("menuitem").first.wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("combobox").first.click()
    page.get_by_role("listbox").wait_for()
    assert faults(page) == []
    page.keyboard.press("Escape")


LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
NARROW = (320, 640, 700)
"""320 pixels; a window of 1280 pixels at 200 %; and one where the sidebar stands beside the page."""
STILL = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


def layout(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(STILL)
    return page.evaluate(LAYOUT)


def losses(visitor):
    """Give what a page loses in narrow windows, beside the same page in a wide one."""
    page = visitor.page
    seen = {width: layout(page, width) for width in NARROW}
    opener = page.get_by_role("button", name="Visa sidopanelen")
    aside = {"headings": [], "controls": []}
    if opener.count():
        layout(page, NARROW[0])
        opener.click()
        page.wait_for_function(
            "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().x >= 0"
        )
        seen["sidebar"] = aside = page.evaluate(LAYOUT)
    wide = layout(page, 1400)
    kinds = ("sideways", "out", "cut")
    faults = [(width, kind, at[kind]) for width, at in seen.items() for kind in kinds if at[kind]]
    gone = [
        (width, name)
        for width in NARROW
        for kind in ("headings", "controls")
        for name in set(wide[kind]) - set(seen[width][kind]) - set(aside[kind])
    ]
    return faults + gone


@pytest.mark.parametrize("view", [*PAGES, *OPENED, *PRESENTED])
def test_nothing_is_lost_in_narrow_windows_and_axe_finds_nothing_in_light_or_dark(server, reader, view):
    page = reader.page
    page.set_viewport_size({"width": NARROW[0], "height": 800})
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")  # whether the sidebar was open
    reader.open(server.address + view)
    show(page, "light")
    open_everything(reader)
    assert losses(reader) == []
    layout(page, 1400)
    assert faults(page) == []
