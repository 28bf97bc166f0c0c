"""Serve the real app with its map, or with the map left out of the page.

Started as ``python -m tests.benchmarks.apps.karta with|without PORT``; the dataset is STODKARTAN_DATA.
"""

import sys

from app import app
from pages.ui.map import county_map

if sys.argv[1] == "without":
    county_map.arena_map = lambda **_: None

if __name__ == "__main__":
    app.run(config={"server.port": int(sys.argv[2]), "server.headless": True})
