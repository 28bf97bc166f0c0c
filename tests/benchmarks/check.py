"""Measure our check of a table beside `frictionless validate` with the Table Schema we export.

``uv run python -m tests.benchmarks.check`` prints rows per second of each, their ratio, which should be at
least 10, and how much memory our check takes above the file's size, which may be at most 300 MB. The file is
generated, seeded, plainly fictional, with some faults of each kind; each checks it in a process of its own.
"""

import argparse
import csv
import datetime
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mapping import vocabulary
from mapping.schema import ARENOR
from mapping.table_schema import table_schema

DAY = datetime.date(2026, 6, 1)
ROWS = 100_000
RATIO_GOAL = 10
MEMORY_GOAL_MB = 300
FAULTY_SHARE = 0.001
FAULTS = {
    "arenatyp": "lekplats",
    "kommunkod": "0330",
    "start_datum": "2024-02-30",
    "namn": "",
    "postnummer": "7133",
    "fc_bvc": "kanske",
    "betjanar_kommuner": "Nora | Solna",
}


def write_file(path: Path, count: int, *, seed: int = 1) -> None:
    """Write so many made-up arenas with every column that Table Schema has a rule for."""
    draw = random.Random(seed)
    codes = list(vocabulary.MUNICIPALITIES)
    types = list(vocabulary.ARENA_TYPE)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [column.name for column in ARENOR.columns], restval="")
        table.writeheader()
        for number in range(count):
            kind = draw.choice(types)
            row = {
                "arena_id": f"pahittad-{number:06d}",
                "namn": f"Påhittad arena {number:06d}",
                "arenatyp": kind,
                "status": draw.choice(["aktiv", "planerad", ""]),
                "kommunkod": draw.choice(codes),
                "betjanar_kommuner": draw.choice(["", " | ".join(draw.sample(codes, 2))]),
                "huvudman": draw.choice(["Påhittade kommunen | Påhittade regionen", "Föreningen Ett"]),
                "adress": f"Påhittade gatan {draw.randrange(1, 200)}",
                "postnummer": f"7{draw.randrange(1000, 9999)}",
                "ort": "Nora",
                "lat": f"{59 + draw.random():.5f}",
                "lon": f"{14.5 + draw.random():.5f}",
                "fc_bvc": draw.choice(["ja", "nej", ""]) if kind == "familjecentral" else "",
                "start_datum": draw.choice(
                    ["", "2018", f"20{draw.randrange(10, 25)}-0{draw.randrange(1, 9)}"]
                ),
                "webbplats": f"https://www.exempel.se/{number}",
                "belagg": draw.choice(list(vocabulary.EVIDENCE)),
                "kalla": draw.choice(
                    ["Påhittad uppgift för mätning", f"https://www.exempel.se/kalla/{number}"]
                ),
                "kontrollerad_datum": (DAY - datetime.timedelta(days=draw.randrange(900))).isoformat(),
            }
            if draw.random() < FAULTY_SHARE:
                column = draw.choice(list(FAULTS))
                row[column] = FAULTS[column]
            table.writerow(row)


def our_check(path: Path) -> int:
    """Check the file as an upload is checked; give the number of faults."""
    from mapping import reading

    reading.LARGEST_FILE_BYTES = max(reading.LARGEST_FILE_BYTES, path.stat().st_size)
    data = path.read_bytes()
    typed = reading.typed_table(reading.raw_table(data, ARENOR), today=DAY)
    return sum(finding.severity != "note" for finding in typed.findings)


def their_check(path: Path) -> int:
    """Check the file with frictionless and the exported schema; give the number of faults."""
    import frictionless
    from frictionless.resources import TableResource

    checked = TableResource(
        path=path.name,
        basepath=str(path.parent),
        encoding="utf-8",
        dialect=frictionless.Dialect.from_descriptor({"delimiter": ","}),
        schema=frictionless.Schema.from_descriptor(table_schema(ARENOR)),
    )
    report = checked.validate(limit_errors=1_000_000)
    return sum(len(task.errors) for task in report.tasks)


CHECKS: dict[str, Callable[[Path], int]] = {"ours": our_check, "theirs": their_check}


def measured(name: str, path: Path) -> dict[str, float]:
    """Run one check in a process of its own; give its seconds, faults and memory above the imports."""
    command = [sys.executable, "-m", "tests.benchmarks.check", "--one", name, "--file", str(path)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(result.stdout)


def run_one(name: str, path: Path) -> None:
    """Check a small file first, so that imports are not counted; then the file itself."""
    check = CHECKS[name]
    with tempfile.TemporaryDirectory() as directory:
        small = Path(directory) / "arenor.csv"
        write_file(small, 2_000, seed=2)
        check(small)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    faults = check(path)
    taken = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": taken, "faults": faults, "memory_mb": (after - before) / 1024}))


def main() -> None:
    """Measure in turn; print rows per second, ratio and memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--one", choices=CHECKS, help="only for the processes that this one starts")
    options.add_argument("--file", type=Path)
    asked = options.parse_args()
    if asked.one:
        run_one(asked.one, asked.file)
        return
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "arenor.csv"
        write_file(path, asked.rows)
        size_mb = path.stat().st_size / 1024**2
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in CHECKS}
        for _ in range(asked.rounds):
            for name in CHECKS:
                taken[name].append(measured(name, path))
    print(f"{asked.rows} rows of arenor, {len(ARENOR.columns)} columns, {size_mb:.1f} MB")
    speed = {}
    for name, runs in taken.items():
        seconds = statistics.median(run["seconds"] for run in runs)
        speed[name] = asked.rows / seconds
        spread = ", ".join(f"{run['seconds']:.2f}" for run in runs)
        print(
            f"{name:>7}: {speed[name]:>9.0f} rows/s, median of {spread} s; {runs[0]['faults']:.0f} faults; "
            f"{max(run['memory_mb'] for run in runs):.0f} MB more memory"
        )
    above = max(run["memory_mb"] for run in taken["ours"]) - size_mb
    print(f"ratio {speed['ours'] / speed['theirs']:.1f} (goal: at least {RATIO_GOAL})")
    print(f"memory above the file's size {above:.0f} MB (goal: at most {MEMORY_GOAL_MB})")


if __name__ == "__main__":
    main()
