"""Write a made-up dataset of any size in the contract's form, for measurements."""

import csv
import datetime
import random
import shutil

import shapely

from mapping.contract import vocabulary
from mapping.contract.vocabulary import ARENA_TYPE, MUNICIPALITIES
from mapping.dataset import geography
from mapping.settings import SHIPPED_DATA

SOURCE = "Påhittad uppgift för mätning"
DAY = "2026-01-15"
STATUSES = ["aktiv"] * 8 + ["planerad", "okand", "stangd"]
PARTS = ("fc_bmm", "fc_bvc", "fc_oppen_forskola", "fc_socialtjanst")


def write_dataset(directory, count, *, seed=1):
    """Write a dataset with so many arenas, all fictional and named so.

    About 70 % have coordinates of their own, the rest only a locality or a municipality; a quarter are
    planned, of unknown status or closed. There are three insatser to an arena, unevenly spread.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("orter.csv", "befolkning.csv", "uppdrag.csv", "dialog.csv"):
        shutil.copy(SHIPPED_DATA / name, directory / name)
    (directory / "dataset.toml").write_text(
        f'title = "Påhittade arenor, {count} stycken"\ncompiled_on = 2026-01-15\nexample = true\n',
        encoding="utf-8",
    )
    chance = random.Random(seed)
    rows = arenor(count, chance)
    write(directory / "arenor.csv", rows)
    write(directory / "insatser.csv", insatser(rows, 3 * count, chance))
    write(directory / "kommunlage.csv", kommunlage(chance))
    return directory


def checked(chance):
    return (datetime.date.fromisoformat(DAY) - datetime.timedelta(days=chance.randrange(1000))).isoformat()


def arenor(count, chance):
    rows, polygons, localities = [], geography.municipalities(), _localities()
    types = [code for code in ARENA_TYPE if code != "digital"]
    seen, codes = {code: [] for code in MUNICIPALITIES}, list(MUNICIPALITIES)
    weights = [10 if code == "1880" else 2 for code in codes]
    for number in range(count):
        code = chance.choices(codes, weights)[0]
        arenatyp = chance.choice(types)
        row = {
            "arena_id": f"pahittad-{number:05d}", "arenatyp": arenatyp,
            "namn": f"Påhittad arena {number:05d} ({ARENA_TYPE[arenatyp].lower()})",
            "status": chance.choice(STATUSES), "kommunkod": code,
            "huvudman": chance.choice(("Påhittade kommunen", "Påhittade regionen", "")),
            "ort": chance.choice(localities[code]) if localities[code] else "",
            "lat": "", "lon": "", "belagg": chance.choices(("direkt", "harledd"), (3, 1))[0],
            "kalla": SOURCE, "kontrollerad_datum": checked(chance),
            **{part: chance.choice(("ja", "ja", "nej", "")) for part in PARTS},
        }  # fmt: skip
        if chance.random() < 0.7:
            lon, lat = _place(polygons[code], seen[code], chance)
            row |= {"lat": f"{lat:.5f}", "lon": f"{lon:.5f}"}
        elif chance.random() < 0.3:
            row["ort"] = ""
        rows.append(row)
    return rows


def _localities():
    found = {code: [] for code in MUNICIPALITIES}
    with (SHIPPED_DATA / "orter.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["palitlig"] == "ja":
                found[row["kommunkod"]].append(row["ort"])
    return found


def _place(polygon, seen, chance):
    if seen and chance.random() < 0.25:  # many stand where another does
        return chance.choice(seen)
    west, south, east, north = polygon.bounds
    while True:
        point = (chance.uniform(west, east), chance.uniform(south, north))
        if polygon.contains(shapely.Point(point)):
            seen.append(point)
            return point


def insatser(arenas, count, chance):
    """Make so many insatser, spread unevenly on the arenas; a fifth of each fact is not known."""

    def some(words):
        return "" if chance.random() < 0.2 else " | ".join(chance.sample(words, chance.randint(1, 2)))

    rows = []
    for number in range(count):
        youngest = chance.randrange(16)
        rows.append(
            {
                "insats_id": f"pahittad-{number:06d}--insats",
                "arena_id": chance.choice(arenas)["arena_id"], "namn": f"Påhittad insats {number:06d}",
                "preventionsniva": some(list(vocabulary.PREVENTION_LEVEL)), "alder_fran": str(youngest),
                "alder_till": str(min(18, youngest + chance.randrange(8))),
                "malgrupp": some(("alla_foraldrar", "Nyanlända", "Anhöriga")),
                "kunskapsbas": chance.choice(("evidens", "beprovad", "")),
                "barnratt": chance.choice(("ja", "nej", "")), "form": some(list(vocabulary.FORM)),
                "sprak": some(("sv", "ar", "so")),
                "parter": some(("kommun", "region", "civilsamhalle", "skola", "socialtjanst")),
                "status": chance.choice(STATUSES), "kalla": SOURCE, "kontrollerad_datum": checked(chance),
            }
        )  # fmt: skip
    return rows


def kommunlage(chance):
    return [
        {"kommunkod": code, "fraga": question, "svar": chance.choice(answers), "kalla": SOURCE, "datum": DAY}
        for code in vocabulary.MUNICIPALITIES
        for question, answers in vocabulary.ANSWERS.items()
        if question not in vocabulary.COUNTY_ONLY_QUESTIONS
    ]


def write(path, rows, columns=()):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns or list(rows[0]), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
