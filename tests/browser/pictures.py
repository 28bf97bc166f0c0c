"""Take README's pictures from the app: `python -m tests.browser.pictures`."""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ROOT, running, seeing
from tests.chromium import launch

PICTURES = {
    "oversikt": "/?dag=2026-11-30",
    "uppvaxten": "/tackning?data=demo",
    "karta": "/karta?farglagg=antal&arena=karlskoga-familjecentral",
    "malmatris": "/mal?data=demo",
    "kommunblad": "/kommun?data=demo&kommun=1880",
}
COLOURS = 256
"""Flat colours need no more, and the files stay small."""


def main():
    """Write `docs/*.png`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for name, address in PICTURES.items():
            path = ROOT / "docs" / f"{name}.png"
            with seeing(browser, width=1440, height=960) as visitor:
                visitor.open(server.address + address)
                visitor.page.wait_for_timeout(1500)  # the map's last repainting
                visitor.page.screenshot(path=path)
            Image.open(path).quantize(COLOURS).save(path, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
