"""Every journey by keyboard alone: the focus is seen, never caught, and not lost when something changes."""

import re
from pathlib import Path

from playwright.sync_api import expect

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from tests.browser.handing_in import COMMENT, FAULTY, MENDED, in_swedish_excel
from tests.browser.keyboard import ACTIVE, has_focus, shows_focus, tab_to


def test_from_a_filter_by_the_map_to_a_panel_and_back_and_on_to_the_tables(server, visit, shipped):
    visitor = visit()
    page = visitor.open(f"{server.address}/karta?kommun=1883")
    kinds = page.get_by_role("combobox", name="Typ av arena")
    tab_to(page, kinds)
    page.keyboard.type("Familjec")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    selection = select(shipped, Filters(kommun=("1883",), arenatyp=("familjecentral",)))
    expect(page.get_by_text(selection.sentence)).to_be_visible()
    visitor.settle()
    assert has_focus(kinds)

    tab_to(page, page.locator(".sk-map"))
    page.keyboard.press("PageDown")
    expect(page.locator(".sk-spoken[aria-live]")).to_contain_text("Tryck Enter för att öppna")
    page.keyboard.press("Enter")
    panel = page.get_by_role("heading", name="Familjecentralen i Karlskoga")
    expect(panel).to_be_focused()
    visitor.settle()
    tab_to(page, page.get_by_role("button", name="Stäng"))
    page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    page.wait_for_function(f"({ACTIVE})()?.className.includes('sk-map')")

    arenas = page.get_by_role("region", name="Tabell över arenor")
    order = arenas.get_by_role("button", name="Status")
    tab_to(page, order)
    page.keyboard.press("Enter")
    expect(arenas.get_by_role("columnheader", name="Status")).to_have_attribute("aria-sort", "ascending")
    visitor.settle()
    assert has_focus(order)
    with page.expect_download() as downloading:
        tab_to(page, page.get_by_role("button", name="Ladda ned för Excel"))
        page.keyboard.press("Enter")
    assert Path(downloading.value.path()).stat().st_size > 0
    tab_to(page, page.get_by_role("button", name="Visa Karlskoga", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Karlskoga")).to_be_focused()
    visitor.settle()
    tab_to(page, page.get_by_role("button", name="Stäng"))
    page.keyboard.press("Space")
    page.wait_for_function(f"({ACTIVE})()?.dataset.id === '1883'")
    assert visitor.errors == []


def test_through_the_matrix_into_an_account_and_back_to_the_cell(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/mal?data=demo")
    tab_to(page, page.get_by_role("button", name=re.compile("^1.1, Askersund")))
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    assert has_focus(page.get_by_role("button", name=re.compile("^1.3, Degerfors")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(r"^Så räknade vi: 1\.3"))).to_be_focused()
    visitor.settle()
    tab_to(page, page.get_by_role("button", name="Stäng"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(r"^Så räknade vi"))).to_have_count(0)
    page.wait_for_function(f"({ACTIVE})()?.getAttribute('aria-label')?.startsWith('1.3, Degerfors')")


def test_a_file_is_handed_in_mended_and_published(editing, visit):
    visitor = visit(publishing_at=editing)
    page = visitor.open(f"{editing.address}/uppdatera")
    choose = page.get_by_role("button", name="Välj filer")

    chosen = []
    page.on("filechooser", lambda chooser: chooser.set_files(chosen.pop()))

    def hand_in(rows):
        chosen.append({"name": "nora.csv", "mimeType": "text/csv", "buffer": in_swedish_excel(rows)})
        tab_to(page, choose)
        page.keyboard.press("Enter")

    hand_in(FAULTY)
    expect(page.get_by_text("1 fel måste rättas innan uppgifterna kan publiceras.")).to_be_visible()
    visitor.settle()
    tab_to(page, page.locator("summary").filter(has_text="Kolumnerna i"))
    page.keyboard.press("Enter")
    expect(page.locator("details[open] > summary").filter(has_text="Kolumnerna i")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Ta bort nora.csv"), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mallar")).to_be_visible()
    visitor.settle()
    hand_in(MENDED)
    expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
    visitor.settle()
    tab_to(page, page.get_by_label("Kommentar: vad är nytt"))
    page.keyboard.type(COMMENT)
    role = page.get_by_label("Din funktion")
    tab_to(page, role, limit=2)
    visitor.settle()
    assert has_focus(role)
    page.keyboard.type("Folkhälsostrateg")
    tab_to(page, page.get_by_role("button", name="Publicera"), limit=2)
    visitor.settle()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Version 2 är publicerad och syns för alla.")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Se den på kartan"))
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-painted]")


def test_what_opens_over_a_page_is_entered_used_and_left(server, visit):
    page = visit().open(f"{server.address}/kommun?kommun=1883")
    opener = page.get_by_test_id("stPopover").get_by_role("button")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="Kommunblad (HTML)")
    expect(choice).to_be_visible()
    tab_to(page, choice, limit=8)
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    assert downloading.value.suggested_filename.endswith(".html")
    page.keyboard.press("Escape")
    expect(choice).to_have_count(0)
    assert has_focus(opener)


def test_the_presentation_turns_its_pages_by_link_as_by_arrow(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/mal?data=demo&presentation=ja")
    tab_to(page, page.get_by_role("link", name="Nästa: Stödjande organisation"), limit=220)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Stödjande organisation")).to_be_visible()
    visitor.settle()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1, name="Målmatris")).to_be_visible()


def test_whatever_takes_the_focus_shows_it(server, visit):
    page = visit().open(f"{server.address}/karta?kommun=1860&farglagg=antal")
    unseen, stops = [], 0
    for _ in range(45):
        page.keyboard.press("Tab")
        name = page.evaluate(
            f"() => {{ const one = ({ACTIVE})();"
            " return one.getAttribute('aria-label') || one.tagName + one.innerText }"
        )
        if name.startswith(("MAIN", "BODY")):
            continue
        stops += 1
        if not shows_focus(page):
            unseen.append(name)
    assert unseen == []
    assert stops > 35
