"""What keeps the mapping alive, in a real browser: hand in, read, mend, preview, publish, go back."""

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.handing_in import COMMENT, FAULTY, arenas_on_map, drop, hand_in, in_swedish_excel, publish


def test_a_faulty_file_is_mended_previewed_published_seen_on_the_map_and_taken_back(editing, visit):
    editor, reader = visit(publishing_at=editing), visit()
    open_page = reader.open(f"{editing.address}/karta")
    assert arenas_on_map(open_page) == 4

    page = editor.open(f"{editing.address}/uppdatera")
    expect(page.get_by_role("button", name="Välj filer")).to_be_visible()
    drop(page, "nora.csv", in_swedish_excel(FAULTY))
    expect(page.get_by_text("1 fel måste rättas innan uppgifterna kan publiceras.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="”lekplats” är ingen känd arenatyp.")
    expect(row).to_contain_text("nora.csv, arenor, rad 4, kolumn arenatyp")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Ladda ned nora.csv med kolumnen Att rätta").click()
    marked = downloading.value.path().read_bytes().decode("cp1252")
    assert "Att rätta" in marked.splitlines()[0]
    assert "lekplats" in marked.splitlines()[3]
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)

    page.get_by_role("button", name="Ta bort nora.csv").click()
    expect(page.get_by_role("heading", name="Mallar")).to_be_visible()
    hand_in(editor)
    expect(
        page.get_by_text("Leveransen lägger till 1 arena och uppdaterar 2 arenor som redan finns.")
    ).to_be_visible()
    expect(page.get_by_text("Arenor: 1 ny.").first).to_be_visible()
    expect(page.locator("[data-painted]")).to_have_attribute("data-visible", "1")
    publish(editor)
    page.get_by_role("link", name="Se den på kartan").click()
    page.wait_for_selector("[data-painted]")
    expect(page.locator("[data-painted]")).to_have_attribute("data-visible", "5")
    expect(page.get_by_role("row").filter(has_text="Öppna förskolan Ängen")).to_have_count(1)

    open_page.get_by_role("textbox", name="Sök").fill("Ängen")
    open_page.get_by_role("textbox", name="Sök").press("Enter")
    expect(open_page.locator("[data-painted]")).to_have_attribute("data-visible", "1")
    expect(open_page.get_by_text("Dataversion 2")).to_be_visible()

    page.get_by_role("link", name="Versioner").click()
    page.get_by_text("Återställ en tidigare version").click()
    page.get_by_label("Kommentar: varför?").fill("Ängen öppnar först i vår")
    page.get_by_label("Kommentar: varför?").press("Tab")
    editor.settle()
    page.get_by_role("button", name="Återställ", exact=True).click()
    expect(page.get_by_text("Version 1 är återställd som version 3 och syns för alla.")).to_be_visible()
    expect(page.get_by_text(COMMENT)).to_be_visible()
    assert arenas_on_map(editor.open(f"{editing.address}/karta")) == 4
    assert arenas_on_map(editor.open(f"{editing.address}/karta?version=2")) == 5
    expect(page.get_by_text("Du ser version 2 av uppgifterna. Den senaste är version 3.")).to_be_visible()
    assert (editor.outside, editor.errors, reader.outside, reader.errors) == ([], [], [], [])


def test_a_file_that_is_no_table_or_too_large_is_told_in_swedish(unchanging, visit):
    page = visit().open(f"{unchanging.address}/uppdatera")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 \x00"},
            {"name": "stor.csv", "mimeType": "text/csv", "buffer": b"namn;typ\n" * 1_300_000},
        ]
    )
    expect(page.get_by_text("den är en PDF-fil", exact=False).first).to_be_visible()
    expect(page.get_by_text("men får vara högst 10 MB", exact=False).first).to_be_visible()


def test_axe_finds_nothing_that_we_cause_in_findings_preview_or_versions(editing, visit):
    visitor = visit(publishing_at=editing)
    page = visitor.open(f"{editing.address}/uppdatera")
    assert faults(page) == []
    drop(page, "nora.csv", in_swedish_excel(FAULTY))
    expect(page.get_by_role("heading", name="Kontroll")).to_be_visible()
    visitor.settle()
    for label in ("Kolumnerna i", "Bör ses över", "Bra att veta"):
        page.locator("summary").filter(has_text=label).click()
        visitor.settle()
    assert faults(page) == []
    page.get_by_role("button", name="Ta bort nora.csv").click()
    expect(page.get_by_role("heading", name="Mallar")).to_be_visible()
    hand_in(visitor)
    page.wait_for_selector("[data-painted]")
    page.locator("summary").filter(has_text="Arenor: 1 ny").click()
    visitor.settle()
    assert faults(page) == []
    publish(visitor)
    visitor.open(f"{editing.address}/versioner")
    page.wait_for_selector("[data-painted]")
    for label in (
        "Återställ en tidigare", "Märk en version", "Ladda ned en version", "Bekräfta rader", "Logg över",
    ):  # fmt: skip
        page.locator("summary").filter(has_text=label).click()
        visitor.settle()
    assert faults(page) == []
    page.get_by_role("button", name="Välj datum").first.click()
    page.get_by_test_id("stDateInputCalendar").wait_for()
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/uppdatera", "/versioner"])
@pytest.mark.parametrize("width", [320, 700])
def test_a_narrow_window_scrolls_in_one_direction_only(unchanging, visit, path, width):
    page = visit(width=width, height=800).open(unchanging.address + path)
    overflow = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth - main.clientWidth }"
    )
    assert overflow <= 0


def test_a_presentation_passes_over_the_pages_for_those_who_keep_the_data(server, visit):
    page = visit().open(f"{server.address}/kommun?kommun=1884&presentation=ja")
    expect(page.get_by_role("link", name="Nästa: Om")).to_be_visible()
    page.get_by_role("link", name="Nästa: Om").click()
    expect(page.get_by_role("link", name="Föregående: Kommunblad")).to_be_visible()
    expect(page.get_by_text("Sida 7 av 7.", exact=False)).to_be_visible()


def test_two_servers_share_one_postgresql(serve, visit, county_directory, postgresql):
    shared = {"STODKARTAN_DATA": str(county_directory), "STODKARTAN_DATABASE_URL": postgresql.new_database()}
    first, second = serve(**shared), serve(**shared)
    reader, editor = visit(), visit(publishing_at=first)
    seen = reader.open(f"{second.address}/karta")
    expect(seen.get_by_text("Dataversion 1")).to_be_visible()
    editor.open(f"{first.address}/uppdatera")
    hand_in(editor)
    publish(editor)

    seen.get_by_role("textbox", name="Sök").fill("Ängen")
    seen.get_by_role("textbox", name="Sök").press("Enter")
    expect(seen.locator("[data-painted]")).to_have_attribute("data-visible", "1")
    expect(seen.get_by_text("Dataversion 2")).to_be_visible()
    for server in (first, second):
        with urllib.request.urlopen(f"{server.address}/api/arenas.csv", timeout=20) as answer:
            assert "Öppna förskolan Ängen" in answer.read().decode("utf-8")


def test_a_shared_database_that_is_gone_leaves_the_pages_and_tells_the_editor(
    serve, visit, county_directory, postgresql
):
    address = postgresql.new_database()
    server = serve(STODKARTAN_DATA=str(county_directory), STODKARTAN_DATABASE_URL=address)
    editor = visit(publishing_at=server)
    page = editor.open(f"{server.address}/uppdatera")
    hand_in(editor)
    name = address.split("@/")[1].split("?")[0]
    postgresql.execute(f"DROP DATABASE {name} WITH (FORCE)")
    publish(editor, told="Databasen går inte att använda.")
    page.get_by_role("link", name="Karta").click()
    page.wait_for_selector("[data-painted]")
    expect(page.locator("[data-painted]")).to_have_attribute("data-visible", "4")
