"""The map in one file, opened from disk in a real Chromium without any network."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.dataset.dataset import load
from mapping.map.one_file import one_file_map
from mapping.settings import DEMO_DATA
from tests.browser.conftest import PATIENCE_MS
from tests.conftest import ARENAS, DAY

EVIL = ("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>")
ROWS = "#arenor tbody tr:visible"


class Opened:
    """The file in a browser: what it asked for, and what went wrong."""

    def __init__(self, page, address):
        self.page, self.requests, self.errors = page, [], []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append(dialog.message), dialog.dismiss()))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in {"error", "warning"} else None
            ),
        )
        page.goto(address)
        page.wait_for_selector("[data-painted]")
        self.address = address

    @property
    def shown(self):
        return self.page.locator(".sk-map").get_attribute("data-visible")

    def point_at(self, arena_id):
        """Give where an arena is drawn, in pixels of the page."""
        spot = self.page.locator(".sk-map").evaluate("(map, id) => map.arenaPixel(id)", arena_id)
        box = self.page.locator(".sk-map").bounding_box()
        return box["x"] + spot["x"], box["y"] + spot["y"]


@pytest.fixture
def opened(chromium, tmp_path):
    contexts = []

    def start(dataset, filters=None, *, width=1400, dark=False, **other):
        path = tmp_path / "karta med å.html"
        path.write_bytes(one_file_map(dataset, select(dataset, filters or Filters()), saved_on=DAY))
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            offline=True,
            **other,
        )
        contexts.append(context)
        return Opened(context.new_page(), path.as_uri())

    yield start
    for context in contexts:
        context.close()


def test_points_tooltips_panel_and_table_work_without_any_request(opened, shipped):
    found = opened(shipped)
    page = found.page
    number = len(select(shipped, Filters()).shown)
    expect(page.get_by_role("status")).to_have_text(f"Visar alla {number} arenor.")
    assert found.shown == str(shipped.arenor["lat"].notna().sum())
    page.mouse.move(*found.point_at("laxa-bmm-laxa"))
    tip = page.locator(".sk-tip")
    expect(tip).to_contain_text("Barnmorskemottagning, Laxå vårdcentral")
    expect(tip).to_contain_text("Läge: egen adress")
    page.mouse.click(*found.point_at("laxa-bmm-laxa"))
    panel = page.get_by_role("region", name="Barnmorskemottagning, Laxå vårdcentral")
    expect(panel).to_contain_text("Gamla Tivägen, Laxå")
    expect(panel.get_by_role("link").first).to_have_attribute("rel", "noopener noreferrer")
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(page.locator("tr.chosen")).to_have_attribute("data-id", "laxa-bmm-laxa")
    page.get_by_role("button", name="Biblioteket i Laxå").click()
    expect(page.get_by_role("region", name="Biblioteket i Laxå")).to_be_visible()
    page.get_by_role("button", name="Stäng").click()
    expect(page.get_by_role("button", name="Biblioteket i Laxå")).to_be_focused()
    assert (found.requests, found.errors) == ([found.address], [])


def test_type_and_level_are_filtered_in_map_legend_and_table_alike(opened, shipped):
    found = opened(shipped)
    page = found.page
    number = len(select(shipped, Filters()).shown)
    page.get_by_label("Familjecentral (19)").check()
    expect(page.get_by_role("status")).to_have_text(f"Visar 19 av {number} arenor.")
    expect(page.locator(ROWS)).to_have_count(19)
    assert found.shown == "19"
    expect(page.locator(".sk-legend")).not_to_contain_text("Barnavårdscentral")
    page.get_by_label("Familjecentral (19)").uncheck()
    page.get_by_label("Indikerad").check()
    selection = select(shipped, Filters(preventionsniva=("indikerad",)))
    expect(page.get_by_role("status")).to_have_text(
        f"Visar {len(selection.matched)} av {number} arenor. {len(selection.likely)} till är troliga. "
        f"{len(selection.unknown)} till saknar uppgift om nivå."
    )
    expect(page.locator(ROWS)).to_have_count(len(selection.matched))
    page.get_by_role("button", name="Ta bort kryssen").click()
    expect(page.locator(ROWS)).to_have_count(number)
    assert found.errors == []


def test_what_is_filtered_away_is_not_in_the_panel(opened, shipped):
    page = opened(shipped).page
    page.get_by_role("button", name="Biblioteket i Laxå").click()
    page.get_by_label("Familjecentral (19)").check()
    expect(page.get_by_role("heading", name="Vald arena")).to_be_visible()
    page.get_by_label("Indikerad").check()
    expect(page.get_by_text("Ingen arena att visa.")).to_be_visible()
    expect(page.locator("#arenor")).to_be_hidden()


def test_the_keyboard_reaches_an_arena_and_the_theme_may_change_meanwhile(opened, county):
    page = opened(county).page
    page.locator(".sk-map").focus()
    page.keyboard.press("PageDown")
    expect(page.locator(".sk-spoken[aria-live]")).to_contain_text("Familjecentralen Eken")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Familjecentralen Eken")).to_be_focused()
    page.get_by_role("button", name="Stäng").press("Enter")
    expect(page.locator(".sk-map")).to_be_focused()
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".sk-root.sk-dark")).to_have_count(1)


def test_names_that_are_markup_are_shown_as_text(opened, changed_county):
    arenas = [dict(arena) for arena in ARENAS]
    for number, evil in enumerate(EVIL):
        arenas[number] |= {"namn": evil, "huvudman": evil, "anmarkning": evil, "kalla": evil}
    found = opened(changed_county(arenor=arenas))
    page = found.page
    for arena, evil in zip(("nora-fc", "nora-hus"), EVIL, strict=True):
        page.mouse.move(*found.point_at(arena))
        expect(page.locator(".sk-tip strong")).to_have_text(evil)
        page.get_by_role("button", name=evil).click()
        expect(page.locator("#panel-rubrik")).to_have_text(evil)
        expect(page.locator("#panel-fakta")).to_contain_text(evil)
    assert (page.locator("img").count(), found.requests, found.errors) == (0, [found.address], [])


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (1400, True), (400, False), (400, True)])
def test_it_fits_every_width_follows_the_theme_and_axe_finds_nothing(opened, width, dark):
    page = opened(load(DEMO_DATA, today=datetime.date(2026, 6, 1)), width=width, dark=dark).page
    page.get_by_role("button", name="(påhittad)").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(16, 25, 29)" if dark else "rgb(255, 255, 255)")
    assert page.locator(".sk-root.sk-dark").count() == int(dark)
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in violations] == []


def test_without_scripts_the_table_is_there(opened, county, chromium, tmp_path):
    path = tmp_path / "karta.html"
    path.write_bytes(one_file_map(county, select(county, Filters())))
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_role("cell", name="Föreningen Eken")).to_be_visible()
    expect(page.get_by_text("behöver JavaScript")).to_be_visible()
    expect(page.locator("#filter")).to_be_hidden()
    context.close()


def test_an_empty_selection_says_so(opened, county):
    found = opened(county, Filters(kommun=("1860",), arenatyp=("skola",)))
    expect(found.page.get_by_role("status")).to_have_text("Ingen arena stämmer.")
    expect(found.page.get_by_text("Filtrera på typ")).to_have_count(0)
    assert found.errors == []
