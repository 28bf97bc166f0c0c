"""Put the first map of a fresh server beside a plain streamlit-folium page with the same points.

``python -m tests.benchmarks.plain_page`` prints the seconds from the start of the process to the
painted map, and the memory (RSS) that the server then takes. The two are started in turn, with the same
settings of Streamlit's. The process that makes reports is not counted: it starts with the first button.
"""

import argparse
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

FIND_FOLIUM = """count => document.querySelector("iframe")?.contentDocument
    ?.querySelectorAll("path.leaflet-interactive").length === count"""
APPS = "tests/benchmarks/apps"
SETTLED_S = 4.0
"""How long after the map has been painted memory is read: ours reads on in the background."""


@dataclass
class Started:
    """One of the two: its script, its page, what was measured of it."""

    name: str
    script: str
    path: str
    painted: str
    seconds: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)

    def start(self, browser, points_file, count):
        """Start the server, look at its map, end it."""
        page = new_page(browser)
        began = time.perf_counter()
        with server(*APP[:-1], self.script, POINTS=str(points_file)) as started:
            page.goto(started.address + self.path, wait_until="commit")
            page.wait_for_function(self.painted, arg=count, timeout=60_000)
            self.seconds.append(time.perf_counter() - began)
            time.sleep(SETTLED_S)
            self.memory_mb.append(started.memory_mb())
        page.context.close()


def measure(*, times=5):
    """Start both in turn, and compare."""
    ours = Started("/karta, first map", "app.py", "/karta", FIND_MAP)
    plain = Started("a plain streamlit-folium page", f"{APPS}/plain_server.py", "/", FIND_FOLIUM)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        arenas = points.placed(load(SHIPPED_DATA, today=datetime.date(2026, 12, 1)).arenor)
        file = Path(folder) / "points.csv"
        arenas[["namn", "lat", "lon"]].to_csv(file, index=False)
        for turn in range(times + 1):
            for one in (ours, plain):
                one.start(browser, file, len(arenas))
                if not turn:  # the first fills the disk cache
                    one.seconds.clear()
                    one.memory_mb.clear()
    seconds = statistics.median(ours.seconds) / statistics.median(plain.seconds)
    memory = statistics.median(ours.memory_mb) / statistics.median(plain.memory_mb)
    return Outcome(
        "A fresh server beside a plain streamlit-folium page",
        (
            Goal("process start → first map, ours / plain", seconds, at_most=1.1),
            Goal("memory after the first map (RSS), ours / plain", memory, at_most=1.3),
        ),
        tuple(
            Figure(f"{one.name}, {what}", text)
            for one in (ours, plain)
            for what, text in (
                ("seconds", spread(one.seconds)),
                ("memory", f"{statistics.median(one.memory_mb):.0f} MB"),
            )
        ),
    )


def main():
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=5, help="starts of each")
    print(measure(times=options.parse_args().times).text())


if __name__ == "__main__":
    main()
