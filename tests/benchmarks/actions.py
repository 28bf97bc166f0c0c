"""Time everything that a visitor may do; `--only actions` lists it all, the slowest first."""

import asyncio
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from mapping.settings import PROJECT, SHIPPED_DATA
from tests import own_link
from tests.benchmarks.goals import Figure, Outcome
from tests.benchmarks.servers import server
from tests.benchmarks.visitors import visit

PAGES = dict.fromkeys(("", "karta", "tackning", "mal", "organisation"), "")
PAGES |= {"kommun": "kommun=1883", "rapporter": "kommun=1883", "uppdatera": "", "versioner": "", "om": ""}
MOVES = (
    ("karta", "", "Kommun", (["Nora"], ["Kumla"])),
    ("karta", "", "Sök i texten", ("familje", "barn")),
    ("karta", "", "Barnets ålder, hela år", ([0.0, 6.0], [7.0, 12.0])),
    ("karta", "", "Färglägg kommunerna efter", ("Arenor per 1 000 barn", "Antal arenor")),
    ("mal", "", "Visa det som är", ("belagt", "aldre")),
    ("tackning", "", "Visa det som är", ("belagt", "aldre")),
    ("kommun", "kommun=1883", "Visa det som är", ("belagt", "aldre")),
    ("rapporter", "", "Gör 12 kommunblad (PDF)", (True,)),
)
UNSEEN = "dag=2026-06-03"
"""What has been made is kept: files are asked for on a day that nobody has asked for."""
FILES = (("karta", "kommun=1883"), ("rapporter", f"kommun=1883&{UNSEEN}"), ("om", ""))
API = ("arenas.csv", "arenas.geojson", "gaps.json?datum=2026-06-02", "dataset.zip", "dcat.rdf")


def measure(*, rounds=3):
    found = {}
    for _ in range(rounds):
        with serving(SHIPPED_DATA) as started:
            for name, spent in asyncio.run(_all(started)):
                found.setdefault(name, []).append(spent)
    slowest = sorted(((best(spent), name) for name, spent in found.items()), reverse=True)
    figures = (Figure(name, f"{waited:.3f} s, worked {worked:.3f} s") for (waited, worked), name in slowest)
    return Outcome("User actions", (), tuple(figures))


async def _all(started):
    return [found async for found in actions(started, SHIPPED_DATA)]


def best(spent):
    """Give the least: what a shared machine adds is never less than nothing."""
    waited, worked = map(min, zip(*spent, strict=True))
    return waited, worked


@contextmanager
def serving(data, checkout=PROJECT):
    """Serve a dataset from a store of its own, as a checkout does, until the block ends."""
    with tempfile.TemporaryDirectory() as directory:
        settings = {
            "STODKARTAN_DATABASE_URL": f"sqlite:///{Path(directory) / 'stodkartan.sqlite'}",
            "STODKARTAN_REQUESTS_PER_MINUTE": "0",
        }
        with server(data=data, checkout=checkout, **settings) as started:
            yield started


async def actions(started, data):
    """Do everything on a server that nobody has visited; tell of each action as it is done."""
    address = started.address

    async def spent(action):
        """Give the seconds that the visitor waited, and that the server's processes worked."""
        before, began = started.processor_s(), time.perf_counter()
        await action
        return time.perf_counter() - began, started.processor_s() - before

    for page, query in PAGES.items():
        yield f"/{page}, the first visit", await spent(_opened(address, page, query))
        yield f"/{page}, a later visit", best([await spent(_opened(address, page, query)) for _ in range(3)])
    for page, query, label, values in MOVES:
        async with visit(address, page, query) as visitor:
            yield f"/{page}: {label}", best([await spent(visitor.move(label, one)) for one in values * 2])
    for page, query in FILES:
        async with visit(address, page, query) as visitor:
            for label in visitor.files():
                yield f"/{page}: {label}", await spent(visitor.download(label))
    async with visit(address, "om") as visitor:
        for path in API:
            yield f"/api/{path}", await spent(visitor.fetch(f"/api/{path}"))
    written = (data / "arenor.csv").read_text(encoding="utf-8")
    mended = written.replace(",aktiv,", ",planerad,", 20).encode()
    cookies = own_link.opened(started.printed)
    async with visit(address, "uppdatera", cookies=cookies) as visitor:
        yield "/uppdatera: hand in arenor.csv", await spent(visitor.hand_in({"arenor.csv": mended}))
        await visitor.move("Kommentar: vad är nytt, och varför?", "Mätning")
        await visitor.move(
            "Din funktion, inte ditt namn (frivilligt, visas i listan över versioner)", "Analytiker"
        )
        for box in visitor.elements("checkbox"):
            if "vill publicera" in box.checkbox.label:
                await visitor.move(box.checkbox.label, value=True)
        yield "/uppdatera: Publicera", await spent(visitor.move("Publicera", value=True))
    # the first visit compares the two latest
    yield "/versioner: compare two versions", await spent(_opened(address, "versioner", ""))
    async with visit(address, "versioner", cookies=cookies) as visitor:
        await visitor.move("Kommentar: varför?", "Mätning")
        await visitor.move("Din funktion, inte ditt namn (frivilligt)", "Analytiker")
        yield "/versioner: Återställ", await spent(visitor.move("Återställ", value=True))


async def _opened(address, page, query):
    async with visit(address, page, query):
        pass
