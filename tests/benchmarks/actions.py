"""Time everything that a visitor may do, so that the slowest is known.

``uv run python -m tests.benchmarks.actions`` lists the actions, the slowest first. Pages are opened
before they are timed; a file is made once, since what has been made is kept.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path

from mapping.settings import SHIPPED_DATA
from tests.benchmarks.goals import Figure, Outcome
from tests.benchmarks.servers import free_port, server, streamlit_run
from tests.benchmarks.visitors import visit

PAGES = (
    ("", ""),
    ("karta", ""),
    ("tackning", ""),
    ("mal", ""),
    ("organisation", ""),
    ("kommun", "kommun=1883"),
    ("rapporter", "kommun=1883"),
    ("uppdatera", ""),
    ("versioner", ""),
    ("om", ""),
)
MOVES = (
    ("karta", "", "Kommun", ["Nora"]),
    ("karta", "", "Sök i texten", "familje"),
    ("karta", "", "Barnets ålder, hela år", [0.0, 6.0]),
    ("karta", "", "Färglägg kommunerna efter", "Arenor per 1 000 barn"),
    ("mal", "", "Räkna även äldre uppgifter", True),
    ("tackning", "", "Räkna även äldre uppgifter", True),
    ("kommun", "kommun=1883", "Räkna även äldre uppgifter", True),
    ("rapporter", "", "Gör 12 kommunblad (PDF)", True),
)
FILES = (("karta", ""), ("rapporter", "kommun=1883"), ("om", ""))
API = ("/api/arenas.csv", "/api/arenas.geojson", "/api/gaps.json", "/api/dataset.zip", "/api/dcat.rdf")


def measure(*, rounds: int = 3) -> Outcome:
    """Do everything on a server of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory() as directory:
        store = f"sqlite:///{Path(directory) / 'stodkartan.sqlite'}"
        with server(
            *streamlit_run("app.py", port), port=port, data=SHIPPED_DATA, STODKARTAN_DATABASE_URL=store
        ) as started:
            taken = asyncio.run(_all(started.address, rounds))
    slowest = sorted(taken.items(), key=lambda item: -item[1])
    return Outcome("User actions", (), tuple(Figure(what, f"{took:.3f} s") for what, took in slowest))


async def _all(address: str, rounds: int) -> dict[str, float]:
    taken: dict[str, float] = {}
    for page, query in PAGES:
        opened = []
        for _ in range(rounds + 1):
            async with visit(address, page, query) as visitor:
                opened.append(await visitor.run())
        taken[f"/{page}, drawn anew"] = statistics.median(opened[1:])
    for page, query, label, value in MOVES:
        async with visit(address, page, query) as visitor:
            taken[f"/{page}: {label}"] = await visitor.move(label, value)
    for page, query in FILES:
        async with visit(address, page, query) as visitor:
            for label in visitor.files():
                taken[f"/{page}: {label}"] = await _timed(visitor.download(label))
    async with visit(address, "om") as visitor:
        for path in API:
            taken[path] = await _timed(visitor.fetch(path))
    return taken | await _published(address)


async def _published(address: str) -> dict[str, float]:
    """Publish a mended file as an analyst does, compare the two versions, and go back to the first."""
    written = (SHIPPED_DATA / "arenor.csv").read_text(encoding="utf-8")
    mended = written.replace("aktiv", "planerad", 20).encode()
    taken = {}
    async with visit(address, "uppdatera") as visitor:
        taken["/uppdatera: hand in arenor.csv"] = await visitor.hand_in({"arenor.csv": mended})
        await visitor.move("Kommentar: vad är nytt, och varför?", "Mätning")
        await visitor.move("Din funktion, inte ditt namn (visas i listan över versioner)", "Analytiker")
        for box in visitor.elements("checkbox"):
            if "vill publicera" in box.checkbox.label:
                await visitor.move(box.checkbox.label, value=True)
        taken["/uppdatera: Publicera"] = await visitor.move("Publicera", value=True)
    began = time.perf_counter()
    async with visit(address, "versioner") as visitor:  # the first run compares the two latest
        taken["/versioner: compare two versions"] = time.perf_counter() - began
        await visitor.move("Kommentar: varför?", "Mätning")
        await visitor.move("Din funktion, inte ditt namn", "Analytiker")
        taken["/versioner: Återställ"] = await visitor.move("Återställ", value=True)
    return taken


async def _timed(action: Awaitable[object]) -> float:
    began = time.perf_counter()
    await action
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3, help="times that each page is drawn")
    print(measure(rounds=options.parse_args().rounds).text())


if __name__ == "__main__":
    main()
