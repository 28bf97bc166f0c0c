"""Measure filter click → settled paint, and cold start → first map, side by side in a real browser.

The variants are clicked in turn, round after round, so that they share whatever else the machine does. All
have our settings: Streamlit as it comes walks every object of the process after each run, and would flatter
us. Arenas are generated and plainly fictional.
"""

import statistics
import tempfile
import time
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
GAP_PAGES = ("mal", "tackning", "kommun?kommun=1883")
WATCH = Path(__file__).with_name("settled.js").read_text(encoding="utf-8")
FIND_MAP = """() => [...document.querySelectorAll("*")].some(
    (element) => element.shadowRoot?.querySelector(".sk-map[data-painted]")
)"""


def choose(page, turn):
    page.get_by_text("utan bibliotek" if turn % 2 == 0 else "alla", exact=True).click()


def count_older(page, turn):
    page.get_by_text("Räkna även äldre uppgifter", exact=True).click()


def search(word):
    """Search for what most arenas have, so that the map stays full but changes."""

    def click(page, turn):
        box = page.get_by_label("Sök i texten")
        box.fill(word if turn % 2 == 0 else "")
        box.press("Enter")

    return click


IN_SHIPPED, IN_GENERATED = "h", "5"
"""Words to search for."""


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
    """Measure the clicks, on pages with and without our map, and on Folium's."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        data = {size: write_dataset(Path(folder) / str(size), size) for size in SIZES}
        variants = {
            (kind, size): Variant(f"frame, {name}, {size}", _frame(kind), data[size], shown)
            for size in SIZES
            for kind, name, shown in FRAMES
        }
        measure_clicks(browser, variants, rounds)
    ratios = [
        ("our map / an empty rerun", "ours", "empty", {"at_most": 3}),
        ("folium.GeoJson / our map", "geojson", "ours", {"at_least": 1.5}),
        ("folium.CircleMarker / our map", "markers", "ours", {"at_least": 1.5}),
    ]
    return Outcome(
        "Map filter: click → settled paint",
        tuple(
            Goal(f"{name}, {size} arenas", variants[one, size].median / variants[other, size].median, **limit)
            for name, one, other, limit in ratios
            for size in SIZES
        ),
        tuple(Figure(variant.name, spread(variant.seconds)) for variant in variants.values()),
    )


def measure_gap_pages(*, rounds=9):
    """Measure the switch that counts older rows, once both its positions have been seen."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        small = write_dataset(Path(folder) / "small", SIZES[0])
        empty = Variant("an empty rerun", _frame("empty"), small, "none")
        ours = [Variant(f"/{page}", APP, SHIPPED_DATA, "none", f"/{page}", count_older) for page in GAP_PAGES]
        measure_clicks(browser, dict(enumerate([empty, *ours])), rounds, ready="h1, [data-testid=stText]")
    return Outcome(
        "Gap pages: click → settled page",
        tuple(Goal(f"{one.name} / {empty.name}", one.median / empty.median, at_most=6) for one in ours),
        tuple(Figure(variant.name, spread(variant.seconds)) for variant in (empty, *ours)),
    )


def measure_starts(*, times=5):
    """Measure how long a server that has just been started lets its first visitor wait."""
    with chromium() as browser:
        starts = _measure_starts(browser, times)
    ratio = statistics.median(starts["karta"]) / statistics.median(starts["blank"])
    goal = Goal("/karta with its map / an empty Streamlit page", ratio, at_most=1.5)
    names = {"blank": "an empty Streamlit page", "karta": "/karta, first map"}
    figures = tuple(Figure(name, spread(starts[key])) for key, name in names.items())
    return Outcome("Cold start: process start → first paint", (goal,), figures)


def _frame(kind):
    return ("-m", "tests.benchmarks.apps.frame", kind)


def measure_clicks(browser, variants, rounds, ready="text=stämmer"):
    with ExitStack() as stack:
        pages = {}
        for key, variant in variants.items():
            asked = server(*variant.arguments, data=variant.data, checkout=variant.checkout)
            started = stack.enter_context(asked)
            pages[key] = _opened(browser, started.address + variant.path, variant.kind, ready)
        for turn in range(rounds + 2):
            for key, variant in variants.items():
                seconds = _one_click(pages[key], variant, turn)
                if turn >= 2:
                    variant.seconds.append(seconds)


def _opened(browser, address, kind, ready):
    page = new_page(browser)
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=60_000)
    if kind == "ours":
        page.wait_for_function(FIND_MAP, timeout=60_000)
    if kind == "folium":
        page.wait_for_function("document.querySelector('iframe')?.contentWindow?.map", timeout=60_000)
    page.wait_for_timeout(3000)
    page.evaluate(WATCH)
    return page


def _one_click(page, variant, turn):
    page.bring_to_front()
    page.evaluate("(kind) => { window.settled = window.watchSettled(kind) }", variant.kind)
    variant.click(page, turn)
    return float(page.evaluate("() => window.settled")) / 1000


def _measure_starts(browser, times):
    seconds = {"blank": [], "karta": []}
    for turn in range(times + 1):
        for key, taken in seconds.items():
            one = _cold_start(browser, key)
            if turn:  # the first fills the disk cache
                taken.append(one)
    return seconds


def _cold_start(browser, key):
    script, path = ("tests/benchmarks/apps/blank.py", "/") if key == "blank" else ("app.py", "/karta")
    page = new_page(browser)
    began = time.perf_counter()
    with server(*APP[:-1], script) as started:
        page.goto(started.address + path, wait_until="commit")
        if key == "blank":
            page.get_by_text("Tom sida", exact=True).wait_for(timeout=60_000)
        else:
            page.wait_for_function(FIND_MAP, timeout=60_000)
        taken = time.perf_counter() - began
    page.context.close()
    return taken
