"""Take README's picture from the app: `uv run python -m tests.browser.pictures`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ROOT, running
from tests.chromium import launch

ADDRESS = "/karta?farglagg=antal&arena=karlskoga-familjecentral"


def main() -> None:
    """Write `docs/karta.png`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "log.txt") as server,
        sync_playwright() as p,
    ):
        browser = launch(p)
        page = browser.new_page(viewport={"width": 1440, "height": 960}, locale="sv-SE")
        page.goto(server.address + ADDRESS)
        page.wait_for_selector("[data-painted]")
        page.get_by_role("heading", name="Familjecentralen i Karlskoga").wait_for()
        page.wait_for_timeout(1500)
        (ROOT / "docs").mkdir(exist_ok=True)
        page.screenshot(path=ROOT / "docs" / "karta.png")
        browser.close()


if __name__ == "__main__":
    main()
