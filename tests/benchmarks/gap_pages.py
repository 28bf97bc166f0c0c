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
from tests.benchmarks.goals import Figure, Goal, Outcome, spread
from tests.benchmarks.map_filter import SHIPPED_SIZE, Variant, choose, measure_clicks
from tests.benchmarks.servers import chromium, streamlit_run

PAGES = ("mal", "tackning", "kommun?kommun=1883")
AT_MOST = 1.5


def measure(*, rounds: int = 9) -> Outcome:
    """Measure every page in turn."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        small = write_dataset(Path(folder) / "small", SHIPPED_SIZE)
        variants = {
            "empty": Variant("an empty rerun", _peer, small, "none", click=choose),
            "tuned": Variant("an empty rerun with our settings", _empty, small, "none", click=choose),
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
        measure_clicks(browser, variants, rounds, ready="h1, [data-testid=stText]")
    base, tuned, *ours = variants.values()
    return Outcome(
        "Gap pages: click → settled page",
        (
            *(Goal(f"{one.name} / {base.name}", one.median / base.median, at_most=AT_MOST) for one in ours),
            *(Goal(f"{one.name} / {tuned.name}", one.median / tuned.median) for one in ours),
        ),
        tuple(Figure(variant.name, spread(variant.seconds)) for variant in variants.values()),
    )


def _empty(port: int) -> list[str]:
    return ["-m", "tests.benchmarks.apps.frame", "empty", str(port)]


def _peer(port: int) -> list[str]:
    return [*_empty(port), "as-it-comes"]


def _switch() -> Callable[[Page, int], None]:
    return lambda page, _: page.get_by_text("Räkna även äldre uppgifter", exact=True).click()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=9, help="clicks on each page")
    print(measure(rounds=options.parse_args().rounds).text())


if __name__ == "__main__":
    main()
