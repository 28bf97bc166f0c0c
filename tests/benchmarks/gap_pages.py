"""Measure a click on the gap pages, after the first, beside an empty rerun, in a real browser.

``uv run python -m tests.benchmarks.gap_pages`` prints medians and ratios. The click is the switch that counts
older rows; both positions have been seen before, so that what is measured is opening them again.
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from mapping.settings import SHIPPED_DATA
from tests.benchmarks.generate import write_dataset
from tests.benchmarks.map_filter import SHIPPED_SIZE, Variant, _choose, _measure_clicks
from tests.benchmarks.servers import chromium, streamlit_run

PAGES = ("mal", "tackning", "kommun?kommun=1883")
AT_MOST = 1.5


def main() -> None:
    """Measure every page and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="clicks on each page")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        small = write_dataset(Path(folder) / "small", SHIPPED_SIZE)
        variants = {
            "empty": Variant(
                "an empty rerun",
                lambda port: ["-m", "tests.benchmarks.apps.frame", "empty", str(port)],
                small,
                "none",
                click=_choose,
            ),
            **{
                page: Variant(
                    f"/{page}",
                    lambda port: streamlit_run("app.py", port),
                    SHIPPED_DATA,
                    "none",
                    path=f"/{page}",
                    click=_switch(),
                )
                for page in PAGES
            },
        }
        _measure_clicks(browser, variants, asked.rounds, ready="h1, [data-testid=stText]")
    base = variants["empty"].median
    print(f"{'click → settled page':<28}{'median s':>9}{'ratio':>8}  goal ≤ {AT_MOST}")
    for variant in variants.values():
        ratio = variant.median / base
        verdict = "" if variant.name == "an empty rerun" else "met" if ratio <= AT_MOST else "MISSED"
        print(f"{variant.name:<28}{variant.median:>9.3f}{ratio:>8.2f}  {verdict}")


def _switch() -> Callable[[Page, int], None]:
    return lambda page, _: page.get_by_text("Räkna även äldre uppgifter", exact=True).click()


if __name__ == "__main__":
    main()
