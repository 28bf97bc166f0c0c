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
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import frictionless
from frictionless.resources import TableResource

from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR
from mapping.dataset import geography
from mapping.delivery import delivery
from mapping.delivery.check import check
from mapping.open_data.table_schema import table_schema
from mapping.tables import raw_table, typed_table
from tests.benchmarks.goals import Figure, Goal, Outcome

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
    "status": "kanske",
    "fc_bvc": "kanske",
    "lat": "norr",
}
COLUMNS = tuple(column.name for column in ARENOR.columns)
"""All of the contract's, as in the template; many are empty, because 100 000 rows may be at most 10 MB."""


def write_file(path: Path, count: int, *, seed: int = 1) -> None:
    """Write so many made-up arenas near the middle of their municipalities, in some 100 bytes each."""
    draw = random.Random(seed)
    middles = {code: polygon.representative_point() for code, polygon in geography.municipalities().items()}
    codes, types = list(middles), list(vocabulary.ARENA_TYPE)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        for number in range(count):
            code = draw.choice(codes)
            row = {
                "arena_id": f"a-{number:06d}",
                "namn": f"Ö {number:06d}",
                "arenatyp": draw.choice(types),
                "status": draw.choice(["aktiv", "planerad", ""]),
                "kommunkod": code,
                "lat": f"{middles[code].y + draw.uniform(-0.02, 0.02):.5f}",
                "lon": f"{middles[code].x + draw.uniform(-0.02, 0.02):.5f}",
                "fc_bvc": draw.choice(["ja", "nej", ""]),
                "start_datum": draw.choice(
                    ["", "2018", f"20{draw.randrange(10, 25)}-0{draw.randrange(1, 9)}"]
                ),
                "belagg": draw.choice(["direkt", "svag", ""]),
                "kontrollerad_datum": (DAY - datetime.timedelta(days=draw.randrange(900))).isoformat(),
            }
            if draw.random() < FAULTY_SHARE:
                column = draw.choice(list(FAULTS))
                row[column] = FAULTS[column]
            table.writerow(row)


def table_check(path: Path) -> int:
    """Check the table by itself, which is what a Table Schema can do; give the number of faults."""
    typed = typed_table.typed_table(raw_table.raw_table(path.read_bytes(), ARENOR), today=DAY)
    return sum(finding.count for finding in typed.findings if finding.severity != "note")


def whole_check(path: Path) -> int:
    """Check the file as an upload is checked, rows against each other and the map too; count faults."""
    delivered = delivery.deliver([delivery.SourceFile(path.name, path.read_bytes())])
    findings = check(delivered, today=DAY).findings
    return sum(finding.count for finding in findings if finding.severity != "note")


def their_check(path: Path) -> int:
    """Check the file with frictionless and the exported schema; give the number of faults."""
    checked = TableResource(
        path=path.name,
        basepath=str(path.parent),
        encoding="utf-8",
        dialect=frictionless.Dialect.from_descriptor({"delimiter": ","}),
        schema=frictionless.Schema.from_descriptor(table_schema(ARENOR)),
    )
    report = checked.validate(limit_errors=1_000_000)
    return sum(len(task.errors) for task in report.tasks)


CHECKS: dict[str, Callable[[Path], int]] = {
    "table": table_check,
    "whole": whole_check,
    "frictionless": their_check,
}


def measured(name: str, path: Path) -> dict[str, float]:
    """Run one check in a process of its own; give its seconds, faults and memory above the imports."""
    command = [sys.executable, "-m", "tests.benchmarks.check", "--one", name, "--file", str(path)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(result.stdout)


def peak_kb() -> int:
    """Give the most memory that this process has had; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


def run_one(name: str, path: Path) -> None:
    """Check a small file first, so that imports are not counted; then the file itself."""
    check = CHECKS[name]
    with tempfile.TemporaryDirectory() as directory:
        small = Path(directory) / "arenor.csv"
        write_file(small, 2_000, seed=2)
        check(small)
    before = peak_kb()
    start = time.perf_counter()
    faults = check(path)
    taken = time.perf_counter() - start
    after = peak_kb()
    print(json.dumps({"seconds": taken, "faults": faults, "memory_mb": (after - before) / 1024}))


def measure(*, rows: int = ROWS, rounds: int = 5) -> Outcome:
    """Measure each check in turn."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "arenor.csv"
        write_file(path, rows)
        size_mb = path.stat().st_size / 1024**2
        taken: dict[str, list[dict[str, float]]] = {name: [] for name in CHECKS}
        for _ in range(rounds):
            for name in CHECKS:
                taken[name].append(measured(name, path))
    best = {name: min(run["seconds"] for run in runs) for name, runs in taken.items()}
    most_mb = {name: max(run["memory_mb"] for run in runs) for name, runs in taken.items()}
    return Outcome(
        "Check of a file",
        (
            Goal(
                "frictionless / our check of a table",
                best["frictionless"] / best["table"],
                at_least=RATIO_GOAL,
            ),
            Goal("frictionless / our whole check", best["frictionless"] / best["whole"], at_least=RATIO_GOAL),
            *(
                Goal(
                    f"memory above the file's size, {name}",
                    most_mb[name] - size_mb,
                    at_most=MEMORY_GOAL_MB,
                    unit="MB",
                )
                for name in ("table", "whole")
            ),
        ),
        (
            Figure("file", f"{rows} rows of arenor, {len(COLUMNS)} columns, {size_mb:.1f} MB"),
            *(
                Figure(
                    name,
                    f"{rows / best[name]:.0f} rows/s, best of "
                    f"{_seconds(runs)} s; {runs[0]['faults']:.0f} faults; "
                    f"{most_mb[name]:.0f} MB more memory",
                )
                for name, runs in taken.items()
            ),
        ),
    )


def _seconds(runs: list[dict[str, float]]) -> str:
    return ", ".join(f"{run['seconds']:.2f}" for run in runs)


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
    print(measure(rows=asked.rows, rounds=asked.rounds).text())


if __name__ == "__main__":
    main()
