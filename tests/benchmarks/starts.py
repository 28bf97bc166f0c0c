"""Measure how long a server that has just been started lets its first visitor wait, and what memory it takes.

The pages are started in turn, with the same settings of Streamlit's. Memory (RSS) is read after the map has
been painted. The process that makes reports is not counted: it starts with the first button.
"""

import datetime
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from mapping.dataset.dataset import load
from mapping.map import points
from mapping.settings import SHIPPED_DATA
from tests.benchmarks.goals import Figure, Goal, Outcome, spread
from tests.benchmarks.map_filter import FIND_MAP
from tests.benchmarks.servers import APP, chromium, new_page, server

APPS = "tests/benchmarks/apps"
FIND_TEXT = "() => document.querySelector('[data-testid=stText]')?.textContent === 'Tom sida'"
FIND_FOLIUM = """count => document.querySelector("iframe")?.contentDocument
    ?.querySelectorAll("path.leaflet-interactive").length === count"""
SETTLED_S = 4.0
"""How long after the map has been painted memory is read: ours reads on in the background."""


@dataclass
class Started:
    """One of the pages: its script, its path, how it is known to be painted, what was measured of it."""

    name: str
    script: str
    path: str
    painted: str
    seconds: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)

    def start(self, browser, *, points_file="", count=0, settled_s=0.0):
        page = new_page(browser)
        began = time.perf_counter()
        with server(*APP[:-1], self.script, POINTS=str(points_file)) as started:
            page.goto(started.address + self.path, wait_until="commit")
            page.wait_for_function(self.painted, arg=count, timeout=60_000)
            self.seconds.append(time.perf_counter() - began)
            time.sleep(settled_s)
            self.memory_mb.append(started.memory_mb())
        page.context.close()


def start_in_turn(pages, times, **wishes):
    with chromium() as browser:
        for turn in range(times + 1):
            for one in pages:
                one.start(browser, **wishes)
                if not turn:  # the first fills the disk cache
                    one.seconds.clear()
                    one.memory_mb.clear()


def ratio(one, other):
    return statistics.median(one) / statistics.median(other)


def measure_cold(*, times=5):
    """Measure beside an empty Streamlit page."""
    blank = Started("an empty Streamlit page", f"{APPS}/blank.py", "/", FIND_TEXT)
    ours = Started("/karta, first map", "app.py", "/karta", FIND_MAP)
    start_in_turn((blank, ours), times)
    found = ratio(ours.seconds, blank.seconds)
    goal = Goal("/karta with its map / an empty Streamlit page", found, at_most=1.5)
    figures = tuple(Figure(one.name, spread(one.seconds)) for one in (blank, ours))
    return Outcome("Cold start: process start → first paint", (goal,), figures)


def measure_plain(*, times=5):
    """Measure beside a plain streamlit-folium page with the same points."""
    ours = Started("/karta, first map", "app.py", "/karta", FIND_MAP)
    plain = Started("a plain streamlit-folium page", f"{APPS}/plain_server.py", "/", FIND_FOLIUM)
    with tempfile.TemporaryDirectory() as folder:
        arenas = points.placed(load(SHIPPED_DATA, today=datetime.date(2026, 12, 1)).arenor)
        file = Path(folder) / "points.csv"
        arenas[["namn", "lat", "lon"]].to_csv(file, index=False)
        start_in_turn((ours, plain), times, points_file=file, count=len(arenas), settled_s=SETTLED_S)
    seconds, memory = ratio(ours.seconds, plain.seconds), ratio(ours.memory_mb, plain.memory_mb)
    goals = (
        Goal("process start → first map, ours / plain", seconds, at_most=1.1),
        Goal("memory after the first map (RSS), ours / plain", memory, at_most=1.3),
    )
    figures = []
    for one in (ours, plain):
        figures.append(Figure(f"{one.name}, seconds", spread(one.seconds)))
        figures.append(Figure(f"{one.name}, memory", f"{statistics.median(one.memory_mb):.0f} MB"))
    return Outcome("A fresh server beside a plain streamlit-folium page", goals, tuple(figures))
