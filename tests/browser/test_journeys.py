"""What people do, in a real browser, with every other host blocked."""

import csv
import io
import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from tests import hostile
from tests.browser.handing_in import arenas_on_map, drop, publish
from tests.conftest import write_table
from tests.deliveries import written


def _map(page):
    return page.locator("[data-painted]")


def _click_arena(page, arena_id):
    _map(page).scroll_into_view_if_needed()
    spot = page.wait_for_function(
        "id => { const map = (function find(root) { for (const node of root.querySelectorAll('*')) {"
        " if (node.hasAttribute('data-painted')) return node;"
        " const inner = node.shadowRoot && find(node.shadowRoot); if (inner) return inner } })(document);"
        " const pixel = map?.arenaPixel?.(id); if (!pixel) return null;"
        " const box = map.getBoundingClientRect(); return { x: box.x + pixel.x, y: box.y + pixel.y } }",
        arg=arena_id,
    ).json_value()
    page.mouse.click(spot["x"], spot["y"])


def test_a_first_visit_by_deep_link_on_a_fresh_server_restores_the_view(serve, visit, shipped):
    server, visitor = serve(), visit()
    filters = Filters(kommun=("1880",), arenatyp=("familjecentral",), alder=(0, 6))
    page = visitor.open(
        f"{server.address}/karta?kommun=1880&arenatyp=familjecentral&alder=0-6&arena=orebro-familjecentral-vivalla"
    )
    expect(_map(page)).to_have_count(1)
    expect(page.get_by_text(filters.sentence)).to_be_visible()
    expect(page.get_by_text(select(shipped, filters).sentence)).to_be_visible()
    expect(page.get_by_role("heading", name="Vivalla familjecentral")).to_contain_text("Vivalla")
    expect(page.get_by_role("link", name="Översikt")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.title() == "Karta" or "Stödkartan" in page.title()
    assert (visitor.outside, visitor.errors) == ([], [])


def test_a_filter_changes_map_table_count_and_address(server, visit, shipped):
    visitor = visit()
    page = visitor.open(f"{server.address}/karta")
    everything = arenas_on_map(page)
    page.get_by_role("combobox", name="Typ av arena").click()
    page.get_by_role("option", name="Öppen förskola").click()
    page.keyboard.press("Escape")
    selection = select(shipped, Filters(arenatyp=("oppen_forskola",)))
    expect(page.get_by_text(selection.sentence)).to_be_visible()
    expect(page).to_have_url(re.compile(r"arenatyp=oppen_forskola"))
    expect(_map(page)).to_have_attribute("data-visible", str(len(selection.shown)))
    assert everything > len(selection.shown)
    table = page.get_by_role("region", name="Tabell över arenor")
    expect(table.get_by_role("row")).to_have_count(len(selection.shown) + 1)
    page.go_back()
    expect(page.get_by_text(select(shipped, Filters()).sentence)).to_be_visible()
    assert (visitor.outside, visitor.errors) == ([], [])


def test_an_arena_opens_by_a_click_on_the_map_and_by_keyboard_from_the_table(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/karta?kommun=1883")
    _click_arena(page, "karlskoga-familjecentral")
    expect(page.get_by_role("heading", name="Familjecentralen i Karlskoga")).to_be_visible()
    expect(page).to_have_url(re.compile("arena=karlskoga-familjecentral"))
    page.get_by_role("button", name="Stäng").click()
    expect(page.get_by_role("heading", name="Familjecentralen i Karlskoga")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("arena="))
    button = page.get_by_role("button", name="Visa Familjecentralen i Karlskoga")
    page.get_by_role("region", name="Tabell över arenor").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("node => node.getRootNode().activeElement === node"):
            break
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Familjecentralen i Karlskoga")
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()
    for part in ("Mödrahälsovård", "Barnhälsovård", "Öppen förskola", "Förebyggande socialtjänst"):
        expect(page.get_by_text(f"{part}: finns")).to_be_visible()
    assert visitor.errors == []


def test_the_download_opens_with_the_right_columns_and_rows(server, visit, shipped):
    page = visit().open(f"{server.address}/karta?kommun=1884")
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ned för Excel").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert list(rows[0])[:10] == [
        "Namn", "Typ", "Kommun", "Nivå", "Ålder", "Huvudman", "Status", "Läge", "Underlag",
        "Senast bekräftad",
    ]  # fmt: skip
    assert [row["Id"] for row in rows] == list(select(shipped, Filters(kommun=("1884",))).shown)


def test_choices_follow_along_to_other_pages_and_back(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/karta?kommun=1884&alder=0-6")
    page.get_by_role("link", name="Om", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Om Stödkartan")).to_be_visible()
    page.get_by_role("link", name="Karta", exact=True).click()
    sentence = "Arenor som betjänar Nora, med insatser för barn 0–6 år, utom stängda."
    expect(page.get_by_text(sentence)).to_be_visible()
    assert visitor.outside == []


def test_a_step_of_the_pyramid_leads_to_its_arenas(server, visit):
    page = visit().open(f"{server.address}/")
    page.get_by_role("link", name=re.compile("^Universell")).click()
    expect(page.get_by_role("heading", level=1, name="Karta")).to_be_visible()
    expect(page.get_by_text("Arenor med insatser på universell nivå, utom stängda.")).to_be_visible()


def test_a_presentation_has_no_chrome_and_turns_pages_with_the_arrow_keys(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/?presentation=ja&kommun=1884")
    expect(page.locator("[data-testid=stSidebar]")).not_to_be_visible()
    expect(page.locator("[data-testid=stToolbar]")).not_to_be_visible()
    bar = page.locator(".st-key-presentation_bar")
    expect(bar).to_contain_text("Dataversion")
    for title in (
        "Karta", "Uppväxten", "Målmatris", "Stödjande organisation", "Kommunblad: Nora", "Om Stödkartan",
        "Universellt stöd är känt för 0–5 år i 12 av 12 kommuner – för 6–18 år i högst 2",
    ):  # fmt: skip
        page.wait_for_selector("html[data-arrow-keys=on]", state="attached")
        visitor.settle()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        assert "presentation=ja" in page.url
        assert "kommun=1884" in page.url
        # only the map shows the arenas of the choice
        expect(bar).to_contain_text("Dataversion")
        assert ("Arenor som betjänar Nora, utom stängda." in bar.inner_text()) == (title == "Karta")
    assert visitor.outside == []


IMAGE = "![x](https://fel.example/x.png)"
UNLINKED = IMAGE.replace(":", ":\N{WORD JOINER}")
MADE_OF_TEXTS = """() => {
    const found = []
    const address = node => node.getAttribute('href') || node.getAttribute('src') || ''
    const isStrange = node => node.getAttributeNames().some(name => name.startsWith('on'))
        || /^\\s*javascript:|fel\\.example|^x$/i.test(address(node))
        || node.nodeName === 'SCRIPT' && node.textContent.includes('alert(')
    const look = root => { for (const node of root.querySelectorAll('*')) {
        if (isStrange(node)) found.push(node.outerHTML.slice(0, 200))
        if (node.shadowRoot) look(node.shadowRoot) } }
    look(document)
    return found
}"""
"""Lists the elements that no page of ours holds, and that a text makes when it becomes more than text."""


@pytest.fixture
def hostile_visit(serve, visit, tmp_path):
    """Serve a county whose every text tries to be more than text; give a visit and the address."""
    server = serve(
        STODKARTAN_DATA=str(hostile.write(tmp_path / "hostile")),
        STODKARTAN_DATABASE_URL=f"sqlite:///{tmp_path / 'versions.sqlite'}",
    )
    return visit(publishing_at=server), server.address


def test_texts_that_look_like_markup_are_shown_as_texts_on_every_page(hostile_visit):
    visitor, address = hostile_visit
    page = visitor.open(f"{address}/karta?kommun=1884")
    for place, evil in enumerate(hostile.TEXTS[:2]):
        _click_arena(page, f"ond-{place}")
        expect(page.get_by_role("heading", name=evil, exact=True)).to_be_visible()
        expect(page.get_by_role("button", name=f"Visa {evil}", exact=True)).to_be_visible()
        assert page.evaluate(MADE_OF_TEXTS) == []
    evil = quote(hostile.TEXTS[1])
    for view in (
        f"karta?sok={evil}&huvudman={evil}&kommun={evil}", "tackning?kommun=1884", "mal?kommun=1884",
        "kommun?kommun=1884", "organisation?kommun=1884", f"versioner?version={evil}",
    ):  # fmt: skip
        page = visitor.open(f"{address}/{view}")
        assert page.evaluate(MADE_OF_TEXTS) == [], view

    changed = [{**row, "namn": f"{row['namn']} {hostile.TEXTS[3]}", IMAGE: "1"} for row in hostile.ARENAS]
    page = visitor.open(f"{address}/uppdatera")
    drop(page, f"{IMAGE.replace('/', '~')} <img src=x onerror=alert(9)>.csv", written(changed))
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
    visitor.settle()
    expect(page.get_by_text(f"Kolumnen ”{UNLINKED}” är").first).to_be_attached()
    page.get_by_text("Arenor: 16 ändrade", exact=True).click()
    expect(page.get_by_text(f"{hostile.TEXTS[1]} {hostile.TEXTS[3]}").first).to_be_visible()
    assert page.evaluate(MADE_OF_TEXTS) == []
    page.get_by_text("Jag har sett varningen").click()
    publish(visitor, comment=" ".join(hostile.TEXTS))
    page.get_by_role("link", name="Versioner", exact=True).click()
    expect(page.get_by_text(hostile.TEXTS[1]).first).to_be_visible()
    visitor.settle()
    assert (page.evaluate(MADE_OF_TEXTS), visitor.outside, visitor.errors) == ([], [], [])


@pytest.mark.parametrize(
    "path",
    [
        "/", "/karta", "/om", "/finns-inte", "/api/health", "/api/nej", "/api/arenas.geojson",
        "/leaflet/leaflet.css", "/_stcore/health",
    ],
)  # fmt: skip
def test_every_answer_of_the_server_names_no_other_host_and_carries_the_security_headers(server, path):
    try:
        with urllib.request.urlopen(server.address + path, timeout=20) as answer:
            headers = answer.headers
    except urllib.error.HTTPError as refused:
        headers = refused.headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; script-src 'self'")
    assert not re.search(r"https?|//|\*|\w\.\w", policy)
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "frame-ancestors 'self'" in policy
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "SAMEORIGIN")
    assert headers["referrer-policy"] == "same-origin"


def test_an_unexpected_error_shows_a_number_that_stands_in_the_log(serve, visit, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    row = {"arena_id": "a", "namn": "A", "arenatyp": "annan", "kommunkod": "1884"}
    write_table(data / "arenor.csv", [row])
    (data / "kallor.toml").write_text("detta är inte toml", encoding="utf-8")
    server, visitor = serve(STODKARTAN_DATA=str(data)), visit()
    visitor.page.goto(f"{server.address}/om")
    alert = visitor.page.get_by_role("alert")
    expect(alert).to_contain_text("ange felnummer")
    number = re.search(r"felnummer (\w+)", alert.inner_text()).group(1)
    assert f"Fel {number}" in server.log.read_text(encoding="utf-8")
    assert "Traceback" not in visitor.page.content()
    assert "toml" not in alert.inner_text().lower()


def test_tiles_are_asked_for_only_when_configured_and_only_from_their_host(serve, visit):
    tiles = {"STODKARTAN_TILES_URL": "https://tiles.example/{z}/{x}/{y}.png"}
    server, visitor = serve(**tiles, STODKARTAN_TILES_ATTRIBUTION="© Exempelkartan"), visit()
    expect(visitor.open(f"{server.address}/karta").get_by_text("© Exempelkartan")).to_be_visible()
    assert visitor.outside
    assert {address.split("/")[2] for address in visitor.outside} == {"tiles.example"}


def test_the_api_answers_beside_the_pages(server, shipped):
    with urllib.request.urlopen(f"{server.address}/api/health") as response:
        assert json.load(response) == {"status": "ok", "version": shipped.version}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server.address}/api/arenas.csv?kommun=Narnia")
    assert "Narnia" in refused.value.read().decode("utf-8")
    refused.value.close()


def test_who_leads_the_work_is_followed_from_the_map_to_the_words_and_back(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/karta?alder=0-6")
    page.get_by_role("link", name="Stödjande organisation", exact=True).click()
    expect(page.get_by_role("heading", name="Läget i april 2021")).to_be_visible()
    chart = page.get_by_label("Karta över kommunerna", exact=False).first
    expect(chart).to_be_visible()
    expect(chart).to_contain_text("◐ planerad")
    expect(page.get_by_text("Ingen arena i urvalet")).to_be_hidden()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Lekeberg")).first
    expect(row).to_contain_text("från finns inte till planerad")
    words = page.get_by_text("Försiktig start med 0-6 år.")
    expect(words).to_be_hidden()
    page.get_by_text("Lekeberg: svaren ord för ord").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    page.get_by_role("combobox", name="Visa läget").click()
    page.get_by_role("option", name="september 2020").click()
    expect(page.get_by_role("heading", name="Läget i september 2020")).to_be_visible()
    expect(page).to_have_url(re.compile("datum=2020-09"))
    expect(chart).to_contain_text("○ finns inte")
    page.get_by_role("link", name="Karta", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Karta")).to_be_visible()
    page.get_by_role("link", name="Stödjande organisation", exact=True).click()
    expect(page.get_by_role("heading", name="Läget i september 2020")).to_be_visible()
    expect(page).to_have_url(re.compile("alder=0-6"))
    assert (visitor.outside, visitor.errors) == ([], [])


def test_a_municipality_clicked_on_the_map_of_states_is_the_one_that_is_read(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/organisation")
    box = _map(page).locator(".sk-label", has_text="Nora").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("kommun=1884"))
    expect(page.get_by_role("heading", level=3, name="Nora")).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="Laxå")).to_have_count(0)
    assert visitor.errors == []


def test_from_the_overview_to_a_cell_its_rows_and_back_with_the_choices_kept(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/?data=demo&lansdel=vaster&aldre=ja")
    page.get_by_role("link", name="Öppna målmatrisen").click()
    expect(page.get_by_role("heading", level=1, name="Målmatris")).to_be_visible()
    matrix = page.get_by_role("region", name="Ett mål på varje rad")
    expect(matrix.get_by_role("columnheader")).to_have_count(3)
    page.get_by_role("button", name=re.compile(r"^2\.6, Karlskoga")).focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=re.compile(r"^Så räknade vi: 2\.6"))
    expect(heading).to_be_focused()
    expect(page.get_by_role("heading", name=re.compile(r"^Rader som räknas"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"ruta=2\.6-1883"))
    page.get_by_role("button", name="Stäng").click()
    expect(heading).to_have_count(0)
    page.get_by_role("link", name="Översikt", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Universellt stöd är känt")).to_be_visible()
    for part in ("data=demo", "lansdel=vaster", "aldre=ja"):
        assert part in page.url
    assert (visitor.outside, visitor.errors) == ([], [])
