"""Hand in files and publish them, as an analyst does in a browser."""

from playwright.sync_api import expect

from tests.deliveries import NEW_ARENA, arenas_in, written

COMMENT = "Öppna förskolan Ängen har öppnat"
MENDED = [*arenas_in("1884"), NEW_ARENA]
FAULTY = [*arenas_in("1884"), {**NEW_ARENA, "arenatyp": "lekplats", "postnummer": "713"}]


def in_swedish_excel(rows):
    return written(rows, delimiter=";", encoding="cp1252")


def drop(page, name, content):
    """Drop a file where files are handed in, as from the desktop."""
    handle = page.evaluate_handle(
        "([name, bytes]) => { const carried = new DataTransfer();"
        " carried.items.add(new File([new Uint8Array(bytes)], name, { type: 'text/csv' })); return carried }",
        [name, list(content)],
    )
    page.dispatch_event("[data-testid=stFileUploaderDropzone]", "drop", {"dataTransfer": handle})


def hand_in(visitor, rows=MENDED, name="nora.csv"):
    """Drop a file of rows as Swedish Excel saves them, and wait until what it changes is told."""
    drop(visitor.page, name, in_swedish_excel(rows))
    expect(visitor.page.get_by_role("heading", name="Det här ändras")).to_be_visible()
    visitor.settle()


def publish(visitor, comment=COMMENT, told="Version 2 är publicerad och syns för alla."):
    """Fill in the form, press the button and wait for what the page says then."""
    page = visitor.page
    page.get_by_label("Kommentar: vad är nytt").fill(comment)
    page.get_by_label("Din funktion").fill("Folkhälsostrateg, Region Örebro län")
    page.get_by_label("Din funktion").press("Tab")
    visitor.settle()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text(told, exact=False).first).to_be_visible()


def arenas_on_map(page):
    return int(page.locator("[data-painted]").get_attribute("data-visible"))
