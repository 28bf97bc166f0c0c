"""Measure filter click → settled paint, side by side in a real browser.

The variants are clicked in turn, round after round, so that they share whatever else the machine does. All
have our settings: Streamlit as it comes walks every object of the process after each run, and would flatter
us. Arenas are generated and plainly fictional.
"""

import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from mapping.settings import PROJECT, SHIPPED_DATA
from tests.benchmarks.generate import write_dataset
from tests.benchmarks.goals import Figure, Goal, Outcome, spread
from tests.benchmarks.servers import APP, chromium, new_page, server

SIZES = (110, 2_000)
FRAMES = (("empty", "no map", "none"), ("ours", "our map", "ours"))
FRAMES += (("geojson", "folium.GeoJson", "folium"), ("markers", "folium.CircleMarker", "folium"))
FRAME = ("-m", "tests.benchmarks.apps.frame")
GAP_PAGES = ("mal", "tackning", "kommun?kommun=1883")
WATCH = Path(__file__).with_name("settled.js").read_text(encoding="utf-8")
FIND_MAP = """() => [...document.querySelectorAll("*")].some(
    (element) => element.shadowRoot?.querySelector(".sk-map[data-painted]")
)"""
FIND = {"ours": FIND_MAP, "folium": "document.querySelector('iframe')?.contentWindow?.map"}


def choose(page, turn):
    page.get_by_text("utan bibliotek" if turn % 2 == 0 else "alla", exact=True).click()


def count_older(page, turn):
    page.get_by_text("Bara belagt" if turn % 2 == 0 else "Bästa kända bild", exact=True).click()


def search(word):
    """Search for what most arenas have, so that the map stays full but changes."""

    def click(page, turn):
        box = page.get_by_label("Sök i texten")
        box.fill(word if turn % 2 == 0 else "")
        box.press("Enter")

    return click


@dataclass
class Variant:
    """One page to click on: what it is called, how it is started, how one clicks."""

    name: str
    arguments: Sequence[str]
    data: Path
    kind: str
    path: str = "/"
    click: Callable[[Page, int], None] = choose
    checkout: Path = PROJECT
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self):
        return statistics.median(self.seconds)


def measure(*, rounds=9):
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        data = {size: write_dataset(Path(folder) / str(size), size) for size in SIZES}
        variants = {
            (kind, size): Variant(f"frame, {name}, {size}", (*FRAME, kind), data[size], shown)
            for size in SIZES
            for kind, name, shown in FRAMES
        }
        measure_clicks(browser, variants, rounds)
    ratios = [
        ("our map / an empty rerun", "ours", "empty", {"at_most": 3}),
        ("folium.GeoJson / our map", "geojson", "ours", {"at_least": 1.5}),
        ("folium.CircleMarker / our map", "markers", "ours", {"at_least": 1.5}),
    ]
    goals = (
        Goal(f"{name}, {size} arenas", variants[one, size].median / variants[other, size].median, **limit)
        for name, one, other, limit in ratios
        for size in SIZES
    )
    figures = (Figure(variant.name, spread(variant.seconds)) for variant in variants.values())
    return Outcome("Map filter: click → settled paint", tuple(goals), tuple(figures))


def measure_gap_pages(*, rounds=9):
    """Measure the switch that counts older rows, once both its positions have been seen."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        small = write_dataset(Path(folder) / "small", SIZES[0])
        empty = Variant("an empty rerun", (*FRAME, "empty"), small, "none")
        ours = [Variant(f"/{page}", APP, SHIPPED_DATA, "none", f"/{page}", count_older) for page in GAP_PAGES]
        measure_clicks(browser, dict(enumerate([empty, *ours])), rounds, ready="h1, [data-testid=stText]")
    goals = (Goal(f"{one.name} / {empty.name}", one.median / empty.median, at_most=6) for one in ours)
    figures = (Figure(variant.name, spread(variant.seconds)) for variant in (empty, *ours))
    return Outcome("Gap pages: click → settled page", tuple(goals), tuple(figures))


def measure_clicks(browser, variants, rounds, ready="text=stämmer"):
    with ExitStack() as stack:
        pages = {}
        for key, variant in variants.items():
            asked = server(*variant.arguments, data=variant.data, checkout=variant.checkout)
            pages[key] = _opened(browser, stack.enter_context(asked).address, variant, ready)
        for turn in range(rounds + 2):
            for key, variant in variants.items():
                seconds = _one_click(pages[key], variant, turn)
                if turn >= 2:
                    variant.seconds.append(seconds)


def _opened(browser, address, variant, ready):
    page = new_page(browser)
    page.goto(address + variant.path)
    page.locator(ready).first.wait_for(timeout=60_000)
    if found := FIND.get(variant.kind):
        page.wait_for_function(found, timeout=60_000)
    page.wait_for_timeout(3000)
    page.evaluate(WATCH)
    return page


def _one_click(page, variant, turn):
    page.bring_to_front()
    page.evaluate("(kind) => { window.settled = window.watchSettled(kind) }", variant.kind)
    variant.click(page, turn)
    return float(page.evaluate("() => window.settled")) / 1000
