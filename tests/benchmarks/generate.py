"""Write a made-up dataset of any size in the contract's form, for measurements."""

import argparse
import csv
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import shapely

from mapping.contract.vocabulary import ARENA_TYPE, MUNICIPALITIES
from mapping.dataset import geography
from mapping.settings import SHIPPED_DATA

KEPT_TABLES = ("orter.csv", "befolkning.csv", "typvarden.csv")
SOURCE = "Påhittad uppgift för mätning"
CHECKED = "2026-01-15"
SHARES_A_PLACE = 0.25
"""Share of the arenas with coordinates that stand at the same place as an earlier one."""

Row = dict[str, str]


def write_dataset(directory: Path, count: int, *, seed: int = 1) -> Path:
    """Write a dataset with so many arenas, all fictional and named so.

    About 70 % have coordinates of their own, the rest only a locality or a municipality; a sixth are
    planned, of unknown status or closed. Half have one insats.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name in KEPT_TABLES:
        shutil.copy(SHIPPED_DATA / name, directory / name)
    (directory / "dataset.toml").write_text(
        f'title = "Påhittade arenor, {count} stycken"\ncompiled_on = 2026-01-15\nexample = true\n',
        encoding="utf-8",
    )
    chance = random.Random(seed)
    arenor = list(_arenor(count, chance))
    _write(directory / "arenor.csv", arenor)
    _write(directory / "insatser.csv", [_insats(arena, chance) for arena in arenor if chance.random() < 0.5])
    return directory


def _arenor(count: int, chance: random.Random) -> Iterator[Row]:
    polygons = geography.municipalities()
    localities = _localities()
    types = [code for code in ARENA_TYPE if code != "digital"]
    seen: dict[str, list[tuple[float, float]]] = {code: [] for code in MUNICIPALITIES}
    codes = list(MUNICIPALITIES)
    weights = [10 if code == "1880" else 2 for code in codes]
    for number in range(count):
        code = chance.choices(codes, weights)[0]
        arenatyp = chance.choice(types)
        row = {
            "arena_id": f"pahittad-{number:05d}",
            "namn": f"Påhittad arena {number:05d}, {ARENA_TYPE[arenatyp].lower()}",
            "arenatyp": arenatyp,
            "status": chance.choices(("aktiv", "planerad", "okand", "stangd"), (84, 6, 6, 4))[0],
            "kommunkod": code,
            "huvudman": chance.choice(("Påhittade kommunen", "Påhittade regionen", "")),
            "ort": chance.choice(localities[code]) if localities[code] else "",
            "lat": "",
            "lon": "",
            "belagg": chance.choices(("direkt", "harledd"), (3, 1))[0],
            "kalla": SOURCE,
            "kontrollerad_datum": CHECKED,
        }
        if chance.random() < 0.7:
            lon, lat = _place(polygons[code], seen[code], chance)
            row |= {"lat": f"{lat:.5f}", "lon": f"{lon:.5f}"}
        elif chance.random() < 0.3:
            row["ort"] = ""
        yield row


def _localities() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {code: [] for code in MUNICIPALITIES}
    with (SHIPPED_DATA / "orter.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["palitlig"] == "ja":
                found[row["kommunkod"]].append(row["ort"])
    return found


def _place(
    polygon: shapely.Geometry, seen: list[tuple[float, float]], chance: random.Random
) -> tuple[float, float]:
    if seen and chance.random() < SHARES_A_PLACE:
        return chance.choice(seen)
    west, south, east, north = polygon.bounds
    while True:
        point = (chance.uniform(west, east), chance.uniform(south, north))
        if polygon.contains(shapely.Point(point)):
            seen.append(point)
            return point


def _insats(arena: Row, chance: random.Random) -> Row:
    youngest = chance.randrange(16)
    return {
        "insats_id": f"{arena['arena_id']}--insats",
        "arena_id": arena["arena_id"],
        "namn": "Påhittad insats",
        "preventionsniva": chance.choice(
            ("universell", "selektiv", "indikerad", "universell | selektiv", "")
        ),
        "alder_fran": str(youngest),
        "alder_till": str(min(18, youngest + chance.randrange(8))),
        "sprak": chance.choice(("", "sv", "sv | ar")),
        "status": "aktiv",
        "kalla": SOURCE,
        "kontrollerad_datum": CHECKED,
    }


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("directory", type=Path)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    print(write_dataset(asked.directory, asked.count, seed=asked.seed))
