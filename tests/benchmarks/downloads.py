"""Measure a filter click while twenty people download reports, beside the same click when it is quiet.

``uv run python -m tests.benchmarks.downloads`` prints both medians and their ratio, which should be at most
2. Each of the twenty sits on Rapporter with a municipality chosen and asks for three files at once. What has
been made is kept, so each round asks for another day of judging.
"""

import argparse
import datetime
import statistics
import time

from playwright.sync_api import Page

from mapping.settings import SHIPPED_DATA
from mapping.vocabulary import MUNICIPALITIES
from tests.benchmarks.map_filter import Variant, _one_click, _opened, _search
from tests.benchmarks.servers import chromium, free_port, new_page, server, streamlit_run

PEOPLE = 20
AT_MOST = 2.0
LABELS = ("Kommunblad (PDF)", "Kommunblad (Word)", "Handlingsplan (Excel)")
_ASK = """(labels) => {
  const buttons = [...document.querySelectorAll("[data-testid=stDownloadButton] button")];
  for (const label of labels) buttons.find((one) => one.textContent.includes(label))?.click();
}"""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7, help="clicks in each state")
    asked = options.parse_args()
    port = free_port()
    with (
        chromium() as browser,
        server(*streamlit_run("app.py", port), port=port, data=SHIPPED_DATA) as address,
    ):
        variant = Variant("/karta", list, SHIPPED_DATA, "ours", path="/karta", click=_search("h"))
        visitor = _opened(browser, f"{address}/karta", "ours", "text=stämmer")
        quiet = [_one_click(visitor, variant, turn) for turn in range(asked.rounds + 2)][2:]
        people = [new_page(browser) for _ in range(PEOPLE)]
        day = datetime.date(2026, 11, 21)
        _open(people, address, day)
        got: list[float] = []
        for page in people:
            page.on("download", lambda _: got.append(time.perf_counter()))
        busy: list[float] = []
        for turn in range(asked.rounds + 2, 2 * asked.rounds + 2):
            for page in people:
                page.evaluate(_ASK, list(LABELS))
            busy.append(_one_click(visitor, variant, turn))
            day -= datetime.timedelta(days=1)
            _open(people, address, day)
        _report(quiet, busy, len(got))


def _open(people: list[Page], address: str, day: datetime.date) -> None:
    codes = sorted(MUNICIPALITIES)
    for number, page in enumerate(people):
        page.goto(f"{address}/rapporter?kommun={codes[number % len(codes)]}&dag={day}", wait_until="commit")
    for page in people:
        page.get_by_role("button", name=LABELS[0], exact=True).wait_for(timeout=60_000)


def _report(quiet: list[float], busy: list[float], files: int) -> None:
    ratio = statistics.median(busy) / statistics.median(quiet)
    print(f"{'filter click → settled paint':<44}{'median s':>9}{'max':>8}")
    print(f"{'quiet':<44}{statistics.median(quiet):>9.3f}{max(quiet):>8.3f}")
    print(f"{f'while {PEOPLE} people download':<44}{statistics.median(busy):>9.3f}{max(busy):>8.3f}")
    verdict = "met" if ratio <= AT_MOST else "MISSED"
    print(f"ratio {ratio:.2f}  ≤ {AT_MOST:g}  {verdict}; {files} files were downloaded meanwhile")


if __name__ == "__main__":
    main()
