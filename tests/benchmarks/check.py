"""Measure our check of a table beside `frictionless validate` with the Table Schema we export.

The file is as large as one may hand in, generated, seeded, plainly fictional, with some faults of each kind;
each checks it in a process of its own. Ours should take half the time, and 300 MB above the file's size.
"""

import datetime
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import frictionless
from frictionless.resources import TableResource

from mapping.contract.schema import ARENOR
from mapping.delivery import delivery
from mapping.delivery.check import check
from mapping.open_data.table_schema import table_schema
from mapping.tables import raw_table, typed_table
from tests.benchmarks import generate
from tests.benchmarks.goals import Figure, Goal, Outcome

DAY = datetime.date(2026, 6, 1)
FAULTS = {"arenatyp": "lekplats", "kommunkod": "0330", "start_datum": "2024-02-30", "namn": ""}
FAULTS |= {"status": "kanske", "fc_bvc": "kanske", "lat": "norr"}
COLUMNS = tuple(column.name for column in ARENOR.columns)


def write_file(path, count, *, seed=1):
    """Write so many made-up arenas, with all the contract's columns as in the template, and some faults."""
    chance = random.Random(seed)
    rows = generate.arenor(count, chance)
    for row in rows:
        if chance.random() < 0.001:
            column = chance.choice(list(FAULTS))
            row[column] = FAULTS[column]
    generate.write(path, rows, COLUMNS)


def faults_in(findings):
    return sum(finding.count for finding in findings if finding.severity != "note")


def table_check(path):
    """Check the table by itself, which is what a Table Schema can do."""
    raw = raw_table.raw_table(path.read_bytes(), ARENOR)
    return faults_in(typed_table.typed_table(raw, today=DAY).findings)


def whole_check(path):
    """Check the file as an upload is checked, rows against each other and the map too."""
    delivered = delivery.deliver([delivery.SourceFile(path.name, path.read_bytes())])
    return faults_in(check(delivered, today=DAY).findings)


def their_check(path):
    """Check the file with frictionless and the exported schema."""
    checked = TableResource(
        path=path.name,
        basepath=str(path.parent),
        encoding="utf-8",
        dialect=frictionless.Dialect.from_descriptor({"delimiter": ","}),
        schema=frictionless.Schema.from_descriptor(table_schema(ARENOR)),
    )
    return sum(len(task.errors) for task in checked.validate(limit_errors=1_000_000).tasks)


CHECKS = {"table": table_check, "whole": whole_check, "frictionless": their_check}


def measured(name, path):
    """Run one check in a process of its own; give its seconds, faults and memory above the imports."""
    command = [sys.executable, "-m", "tests.benchmarks.check", name, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak_kb():
    # `ru_maxrss` would count the parent's too
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))[1])


def run_one(name, path):
    """Check a small file first, so that imports are not counted; then the file itself."""
    check = CHECKS[name]
    with tempfile.TemporaryDirectory() as directory:
        small = Path(directory) / "arenor.csv"
        write_file(small, 2_000, seed=2)
        check(small)
    before = peak_kb()
    start = time.process_time()  # a shared machine lets others in between
    found = {"faults": check(path), "seconds": time.process_time() - start}
    print(json.dumps(found | {"memory_mb": (peak_kb() - before) / 1024}))


def measure(*, rows=50_000, rounds=5):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "arenor.csv"
        write_file(path, rows)
        size_mb = path.stat().st_size / 1024**2
        taken = {name: [] for name in CHECKS}
        for _ in range(rounds):
            for name in CHECKS:
                taken[name].append(measured(name, path))
    best = {name: min(run["seconds"] for run in runs) for name, runs in taken.items()}
    most_mb = {name: max(run["memory_mb"] for run in runs) for name, runs in taken.items()}
    goals = []
    for name in ("table", "whole"):
        faster, more_mb = best["frictionless"] / best[name], most_mb[name] - size_mb
        goals.append(Goal(f"frictionless / our check, {name}", faster, at_least=2))
        goals.append(Goal(f"memory above the file, {name}", more_mb, at_most=300, unit="MB"))
    figures = [Figure("file", f"{rows} rows of arenor, {len(COLUMNS)} columns, {size_mb:.1f} MB")]
    for name, runs in taken.items():
        seconds = ", ".join(f"{run['seconds']:.2f}" for run in runs)
        found = f"{runs[0]['faults']:.0f} faults; {most_mb[name]:.0f} MB more memory"
        figures.append(Figure(name, f"{rows / best[name]:.0f} rows/s, best of {seconds} s; {found}"))
    return Outcome("Check of a file", tuple(goals), tuple(figures))


if __name__ == "__main__":
    run_one(sys.argv[1], Path(sys.argv[2]))
