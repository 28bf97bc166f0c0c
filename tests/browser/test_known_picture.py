"""What is known, in a real browser: three steps of how strongly, and a question that is copied to be sent."""

import csv

from playwright.sync_api import expect

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.settings import SHIPPED_DATA


def _clinics():
    """Municipalities with a child health centre that is active and confirmed in 2026, as the file says."""
    with (SHIPPED_DATA / "arenor.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["arenatyp"] == "bvc" and row["status"] == "aktiv"]
    return {row["kommunkod"] for row in rows if row["kontrollerad_datum"].startswith("2026")}


def test_the_county_is_the_first_picture_and_each_step_counts_less_until_nothing_is_proven(server, visit):
    visitor = visit()
    page = visitor.open(f"{server.address}/?dag=2026-11-30")
    county = page.get_by_role("region", name="12 kommuner tillsammans")
    universal = county.get_by_role("img").first
    told = universal.get_attribute("aria-label")
    assert told.startswith("Universell nivå: 0–5 år: känt i 12 av 12 kommuner")
    page.get_by_role("radio", name="Även enligt uppdrag").click()
    many = len(_clinics() & {*MUNICIPALITIES})
    expect(universal).to_have_attribute(
        "aria-label", f"Universell nivå: 0–5 år: känt i {many} av 12 kommuner; 6–18 år: inget är känt."
    )
    page.get_by_role("radio", name="Bara belagt").click()
    expect(universal).to_have_attribute("aria-label", "Universell nivå: 0–18 år: inget är känt.")
    assert "underlag=belagt" in page.url
    page.get_by_role("link", name="Målmatris").first.click()
    expect(page.get_by_role("radio", name="Bara belagt")).to_be_checked()
    assert (visitor.outside, visitor.errors) == ([], [])


def test_a_missing_answer_is_a_task_whose_question_can_be_copied_and_sent(server, visit):
    visitor = visit()
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open(f"{server.address}/?dag=2026-11-30")
    task = page.get_by_role("listitem").filter(has_text="om kartläggningen av arenor").first
    expect(task).to_contain_text("12 av 12 kommuner")
    expect(task).to_contain_text("det rör 9 mål")
    task.get_by_role("button", name="Kopiera frågan").click()
    expect(task.get_by_role("button")).to_have_text("Frågan är kopierad")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Till: Askersund, Degerfors")
    assert "Svara inte påbörjad, pågår eller klar." in copied
    assert visitor.errors == []
