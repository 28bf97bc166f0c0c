"""Measure what visitors do beside another checkout: ``python -m tests.benchmarks.beside PATH``.

PATH is a checkout with its own environment (`uv sync --group test`). Both start a server on the same data,
and each action is done at one and then at the other; neither is asked for anything but what a browser or a
command line can ask for, so that the code inside may differ. Each round has new servers, and the best of the
rounds counts. The ratios are of processor time, which a shared machine hardly touches; what a browser does is
known only by how long it took.
"""

import argparse
import asyncio
import resource
import subprocess
import tempfile
import time
from contextlib import aclosing
from pathlib import Path

from mapping.settings import PROJECT, SHIPPED_DATA
from tests.benchmarks import map_filter, results
from tests.benchmarks.actions import actions, best, serving
from tests.benchmarks.generate import write_dataset
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.benchmarks.servers import APP, chromium, new_page, program

HAND_IN = "/uppdatera: hand in arenor.csv"
PAGES = ("", "karta", "tackning", "mal", "organisation", "kommun?kommun=1883", "rapporter")
COMMANDS = (
    ("gaps", "--date", "2026-06-01", "--json"),
    ("report", "1883", "--format", "pdf", "--output", "{out}/kommunblad.pdf"),
    ("export", "{out}/open_data.zip"),
    ("check", "{data}/arenor.csv"),
)


def measure(there, *, rounds=3):
    goals, figures = [], []
    with tempfile.TemporaryDirectory() as folder:
        many = write_dataset(Path(folder) / "data", map_filter.SIZES[1])
        for size, data in zip(map_filter.SIZES, (SHIPPED_DATA, many), strict=True):
            found = _best(there.resolve(), data, rounds)
            ratios = {name: here[1] / before[1] for name, (before, here) in found.items()}
            slowest = max(ratios, key=ratios.__getitem__)
            name = f"{size} arenas, what has slowed most ({slowest}): here / there"
            goals.append(Goal(name, ratios[slowest], at_most=1.5))
            name = f"{size} arenas, {HAND_IN}: there / here"
            goals.append(Goal(name, 1 / ratios[HAND_IN], at_least=1.5))
            for name, (before, here) in sorted(found.items(), key=lambda one: -ratios[one[0]]):
                waited = f"waited {before[0]:.3f} s there, {here[0]:.3f} s here"
                worked = f"worked {before[1]:.3f} s there, {here[1]:.3f} s here"
                figures.append(Figure(f"{size}: {name}", f"{ratios[name]:.2f} ({worked}; {waited})"))
    return Outcome("Beside another checkout", tuple(goals), tuple(figures))


def _best(there, data, rounds):
    runs = {}
    for _ in range(rounds):
        with serving(data, there) as before, serving(data) as here:
            found = [*asyncio.run(_in_turn(before, here, data)), *_in_browser(before, here)]
        found += [
            (f"stodkartan {words[0]}", [_command(words, data, one) for one in (there, PROJECT)])
            for words in COMMANDS
        ]
        for name, spent in found:
            runs.setdefault(name, []).append(spent)
    found = {name: [best(side) for side in zip(*pairs, strict=True)] for name, pairs in runs.items()}
    return found | dict(_clicks(there, data, 3 * rounds))


async def _in_turn(before, here, data):
    found = []
    async with aclosing(actions(before, data)) as theirs, aclosing(actions(here, data)) as ours:
        async for name, spent in theirs:
            same, as_much = await anext(ours)
            assert same == name
            found.append((name, (spent, as_much)))
    return found


def _in_browser(before, here):
    """Open pages in a browser that has seen them once."""
    with chromium() as browser:
        pages = [(new_page(browser), server.address) for server in (before, here)]
        for path in PAGES:
            for turn in range(3):
                spent = [_opened(page, f"{address}/{path}") for page, address in pages]
                if turn:
                    yield f"/{path} in a browser", spent


def _opened(page, address):
    page.bring_to_front()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator("h1").first.wait_for()
    page.wait_for_function("document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'")
    if "karta" in address:
        page.wait_for_function(map_filter.FIND_MAP)
    return (time.perf_counter() - began,) * 2


def _clicks(there, data, rounds):
    """Click until the paint has settled, at both in turn."""
    search = map_filter.search("h" if data == SHIPPED_DATA else "5")
    for path, kind, click in (("/karta", "ours", search), ("/mal", "none", map_filter.count_older)):
        both = {one: map_filter.Variant(path, APP, data, kind, path, click, one) for one in (there, PROJECT)}
        with chromium() as browser:
            map_filter.measure_clicks(browser, both, rounds, ready="h1")
        yield f"{path}: click → settled, in a browser", [(one.median,) * 2 for one in both.values()]


def _command(words, data, checkout):
    with tempfile.TemporaryDirectory() as out:
        command = [program("stodkartan", checkout), *(word.format(out=out, data=data) for word in words)]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        settings = {"cwd": checkout, "env": {"STODKARTAN_DATA": str(data)}}
        subprocess.run(command, **settings, check=True, stdout=subprocess.DEVNULL)
        waited, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks.beside", description=__doc__)
    options.add_argument("path", type=Path, help="the other checkout")
    options.add_argument("--rounds", type=int, default=3, help="pairs of new servers at each size")
    asked = options.parse_args()
    print(results.keep("beside", lambda: measure(asked.path, rounds=asked.rounds)).text())


if __name__ == "__main__":
    main()
