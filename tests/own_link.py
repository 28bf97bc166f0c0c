"""Open the link that a server prints when it starts, as the person who started it."""

import re
from pathlib import Path

import httpx2


def link(printed: Path) -> str | None:
    """Find the link in what a server printed; None if it made none."""
    found = re.search(r"http\S+/lank\?token=\S+", printed.read_text(encoding="utf-8"))
    return found and found.group()


def opened(printed: Path) -> dict[str, str]:
    """Open the link, which can be done once; give the cookie, by its name."""
    address = link(printed)
    return dict(httpx2.get(address).cookies) if address else {}
