"""Measure filter click → settled paint, and cold start → first map, side by side in a real browser.

``uv run python -m tests.benchmarks.map_filter`` prints seconds (medians) and the ratios that are our
goals. The variants are clicked in turn, round after round, so that they share whatever else the machine
does. Arenas are generated and plainly fictional.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from mapping.settings import SHIPPED_DATA
from tests.benchmarks.generate import write_dataset
from tests.benchmarks.goals import Figure, Goal, Outcome, spread
from tests.benchmarks.servers import chromium, free_port, new_page, server, streamlit_run

MANY = 5_000
SHIPPED_SIZE = 108
WATCH = Path(__file__).with_name("settled.js").read_text(encoding="utf-8")
FIND_MAP = """() => [...document.querySelectorAll("*")].some(
    (element) => element.shadowRoot?.querySelector(".sk-map[data-painted]")
)"""


def choose(page: Page, turn: int) -> None:
    page.get_by_text("utan bibliotek" if turn % 2 == 0 else "alla", exact=True).click()


@dataclass
class Variant:
    """One page to click on: what it is called, how it is started, how one clicks."""

    name: str
    arguments: Callable[[int], Sequence[str]]
    data: Path
    kind: str
    path: str = "/"
    click: Callable[[Page, int], None] = choose
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure(*, rounds: int = 9) -> Outcome:
    """Measure the clicks, on pages with and without our map, and on Folium's."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        small = write_dataset(Path(folder) / "small", SHIPPED_SIZE)
        large = write_dataset(Path(folder) / "large", MANY)
        variants = _variants(small, large)
        measure_clicks(browser, variants, rounds)
    median = {key: variant.median for key, variant in variants.items()}

    def ratio(one: str, other: str) -> float:
        return median[one] / median[other]

    return Outcome(
        "Map filter: click → settled paint",
        (
            Goal("our map / empty rerun, shipped size", ratio("ours small", "empty small"), at_most=1.25),
            Goal("our map / empty rerun, 5 000 arenas", ratio("ours large", "empty large"), at_most=2),
            Goal("/karta / the page without map, shipped", ratio("karta", "karta empty"), at_most=1.25),
            Goal(
                "/karta / the page without map, 5 000 arenas",
                ratio("karta large", "karta empty large"),
                at_most=2,
            ),
            Goal("CircleMarkers / our map, 5 000 arenas", ratio("markers", "ours large"), at_least=10),
            Goal("our map / empty rerun with our settings, shipped size", ratio("ours small", "tuned small")),
            Goal("our map / empty rerun with our settings, 5 000", ratio("ours large", "tuned large")),
            Goal("folium.GeoJson / our map, 5 000 arenas", ratio("geojson", "ours large")),
        ),
        tuple(Figure(variant.name, spread(variant.seconds)) for variant in variants.values()),
    )


def measure_starts(*, times: int = 5) -> Outcome:
    """Measure how long a server that has just been started lets its first visitor wait."""
    with chromium() as browser:
        starts = _measure_starts(browser, times)
    ratio = statistics.median(starts["karta"]) / statistics.median(starts["blank"])
    return Outcome(
        "Cold start: process start → first paint",
        (Goal("/karta with its map / an empty Streamlit page", ratio, at_most=1.5),),
        (
            Figure("an empty Streamlit page", spread(starts["blank"])),
            Figure("/karta, first map", spread(starts["karta"])),
        ),
    )


def _variants(small: Path, large: Path) -> dict[str, Variant]:
    def frame(kind: str, *settings: str) -> Callable[[int], Sequence[str]]:
        return lambda port: ["-m", "tests.benchmarks.apps.frame", kind, str(port), *settings]

    def karta(kind: str) -> Callable[[int], Sequence[str]]:
        return lambda port: ["-m", "tests.benchmarks.apps.karta", kind, str(port)]

    shipped = {"path": "/karta", "click": _search("h")}
    many = {"path": "/karta", "click": _search("r s")}
    peer = "as-it-comes"
    return {
        "empty small": Variant(f"frame, no map, {SHIPPED_SIZE}", frame("empty", peer), small, "none"),
        "tuned small": Variant(f"the same, our settings, {SHIPPED_SIZE}", frame("empty"), small, "none"),
        "ours small": Variant(f"frame, our map, {SHIPPED_SIZE}", frame("ours"), small, "ours"),
        "empty large": Variant(f"frame, no map, {MANY}", frame("empty", peer), large, "none"),
        "tuned large": Variant(f"the same, our settings, {MANY}", frame("empty"), large, "none"),
        "ours large": Variant(f"frame, our map, {MANY}", frame("ours"), large, "ours"),
        "geojson": Variant(f"frame, folium.GeoJson, {MANY}", frame("geojson", peer), large, "folium"),
        "markers": Variant(f"frame, folium.CircleMarker, {MANY}", frame("markers", peer), large, "folium"),
        "karta empty": Variant(
            "/karta without map, shipped", karta("without"), SHIPPED_DATA, "none", **shipped
        ),
        "karta": Variant("/karta, shipped", karta("with"), SHIPPED_DATA, "ours", **shipped),
        "karta empty large": Variant(f"/karta without map, {MANY}", karta("without"), large, "none", **many),
        "karta large": Variant(f"/karta, {MANY}", karta("with"), large, "ours", **many),
    }


def _search(word: str) -> Callable[[Page, int], None]:
    """Search for a word that nearly all arenas have, so that the map stays full but changes."""

    def search(page: Page, turn: int) -> None:
        box = page.get_by_label("Sök i texten")
        box.fill(word if turn % 2 == 0 else "")
        box.press("Enter")

    return search


def measure_clicks(
    browser: Browser, variants: dict[str, Variant], rounds: int, ready: str = "text=stämmer"
) -> None:
    with ExitStack() as stack:
        pages: dict[str, Page] = {}
        for key, variant in variants.items():
            port = free_port()
            started = stack.enter_context(server(*variant.arguments(port), port=port, data=variant.data))
            pages[key] = _opened(browser, started.address + variant.path, variant.kind, ready)
        for turn in range(rounds + 2):
            for key, variant in variants.items():
                seconds = _one_click(pages[key], variant, turn)
                if turn >= 2:
                    variant.seconds.append(seconds)


def _opened(browser: Browser, address: str, kind: str, ready: str) -> Page:
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


def _one_click(page: Page, variant: Variant, turn: int) -> float:
    page.bring_to_front()
    page.evaluate("(kind) => { window.settled = window.watchSettled(kind) }", variant.kind)
    variant.click(page, turn)
    milliseconds = page.evaluate("() => window.settled")
    return float(milliseconds) / 1000


def _measure_starts(browser: Browser, times: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {"blank": [], "karta": []}
    for turn in range(times + 1):
        for key, taken in seconds.items():
            one = _cold_start(browser, key)
            if turn:  # the first fills the disk cache
                taken.append(one)
    return seconds


def _cold_start(browser: Browser, key: str) -> float:
    script, path = ("tests/benchmarks/apps/blank.py", "/") if key == "blank" else ("app.py", "/karta")
    port = free_port()
    page = new_page(browser)
    began = time.perf_counter()
    with server(*streamlit_run(script, port), port=port, data=SHIPPED_DATA) as started:
        page.goto(started.address + path, wait_until="commit")
        if key == "blank":
            page.get_by_text("Tom sida", exact=True).wait_for(timeout=60_000)
        else:
            page.wait_for_function(FIND_MAP, timeout=60_000)
        taken = time.perf_counter() - began
    page.context.close()
    return taken


def main() -> None:
    """Measure everything and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="clicks on each page")
    options.add_argument("--starts", type=int, default=5, help="cold starts of each server")
    asked = options.parse_args()
    print(measure(rounds=asked.rounds).text())
    print(measure_starts(times=asked.starts).text())


if __name__ == "__main__":
    main()
