"""The questions that a working group asks, answered in a sentence within three clicks from the start page."""

import csv

from playwright.sync_api import expect

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.settings import SHIPPED_DATA

NORTH = {"1863", "1864", "1884", "1885"}


class Clicks:
    """Click on what a visitor sees, and count."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.number = 0

    def on(self, role, name):
        self.visitor.page.get_by_role(role, name=name, exact=True).click()
        self.visitor.settle()
        self.number += 1


def _rows(name):
    with (SHIPPED_DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _parts(text):
    return {part.strip() for part in text.split("|")}


def _support_in_the_north():
    """Count the arenas that serve the north by what is known of 13–18 years."""
    counted = {"belagda": 0, "troliga": 0, "okanda": 0, "andra": 0}
    for arena in _rows("arenor"):
        if arena["status"] == "stangd":
            continue
        if not (_parts(arena["betjanar_kommuner"]) | {arena["kommunkod"]}) & {*NORTH, "18"}:
            continue
        kinds = {arena["arenatyp"]}
        kinds |= {name[3:] for name in arena if name.startswith("fc_") and arena[name] == "ja"}
        best = ["andra"]
        offers = [one for one in _rows("insatser") if one["arena_id"] == arena["arena_id"]]
        for offer in offers or [{"alder_fran": "", "alder_till": "", "malgrupp": "", "tema": ""}]:
            if offer["alder_fran"] and offer["alder_till"]:
                best.append("belagda" if _meets(offer) else "andra")
            elif {"tonår", "Tonåringar", "Barn och unga"} & (
                _parts(offer["malgrupp"]) | _parts(offer["tema"])
            ):
                best.append("troliga")
            else:
                mandates = [row for row in _rows("uppdrag") if row["galler"] in kinds]
                if any(row["alder_fran"] and _meets(row) for row in mandates):
                    best.append("troliga")
                elif not mandates or not all(row["alder_fran"] for row in mandates):
                    best.append("okanda")
        counted[next(name for name in counted if name in best)] += 1
    return counted


def _meets(row):
    return int(row["alder_fran"]) <= 18 and int(row["alder_till"]) >= 13


def test_what_support_is_there_for_parents_of_13_18_year_olds_in_the_north(server, visit):
    visitor = visit()
    page = visitor.open(server.address)
    clicks = Clicks(visitor)
    clicks.on("link", "Karta")
    clicks.on("button", "Norr")
    clicks.on("button", "13–18 år")
    counted = _support_in_the_north()
    assert sum(counted.values()) > counted["andra"] > 0
    expect(
        page.get_by_text(
            f"Norr, 13–18 år: {counted['belagda']} belagda, {counted['troliga']} troliga, "
            f"{counted['okanda']} saknar uppgift; {counted['andra']} vänder sig till andra åldrar."
        )
    ).to_be_visible()
    assert clicks.number <= 3
    assert visitor.errors == []


def test_which_municipalities_lack_a_familjecentral(server, visit):
    visitor = visit()
    page = visitor.open(server.address)
    clicks = Clicks(visitor)
    clicks.on("link", "Karta")
    page.get_by_role("radiogroup", name="Färglägg kommunerna efter").get_by_text("Familjecentral").click()
    clicks.number += 1
    centres = [row for row in _rows("arenor") if row["arenatyp"] == "familjecentral"]
    there = {row["kommunkod"] for row in centres if row["status"] != "stangd"}
    lacking = sorted(name for code, name in MUNICIPALITIES.items() if code not in there)
    active = {row["kommunkod"] for row in centres if row["status"] == "aktiv"}
    planned = {row["kommunkod"] for row in centres if row["status"] == "planerad"} - active
    said = page.get_by_text(f"Ingen familjecentral är känd i {' och '.join(lacking)}.")
    expect(said).to_be_visible()
    for code in planned:
        expect(said).to_contain_text(MUNICIPALITIES[code])
    assert clicks.number <= 3
    assert visitor.errors == []
