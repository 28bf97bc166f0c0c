"""Keep what the benchmarks found, and write it for people: RESULTS.md."""

import datetime
import json
import platform
import time
from dataclasses import asdict
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from tests.benchmarks.goals import Goal

FOLDER = Path(__file__).parent
KEPT, WRITTEN = FOLDER / "results.json", FOLDER / "RESULTS.md"
SHORTFALLS = FOLDER / "shortfalls.md"
"""Why goals are missed, written by hand after a profile; look at it again when a figure changes."""
_COMMAND = "uv run --group test python -m tests.benchmarks"


def machine():
    """Describe the machine, without its name."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    models = [line.partition(":")[2].strip() for line in cpu if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
    packages = ("streamlit", "pandas", "numpy", "folium", "frictionless", "typst", "playwright")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    cores = f"{len(models) or 1} cores ({models[0] if models else platform.machine()})"
    system = f"{int(memory) / 1024**2:.0f} GB memory, {platform.system()}"
    return f"{cores}, {system}, Python {platform.python_version()}, {versions}"


def read():
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def keep(name, measure, *, quick=False):
    """Measure, and keep what is found; the others stay as they are."""
    when, began = datetime.datetime.now(datetime.UTC), time.perf_counter()
    outcome = measure()
    found = {"when": when.isoformat(" ", "minutes"), "quick": quick, "lasted_s": time.perf_counter() - began}
    kept = read() | {name: found | {"machine": machine(), "outcome": asdict(outcome)}}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    WRITTEN.write_text(text(kept), encoding="utf-8")
    return outcome


def text(kept):
    head = f"""# What the benchmarks found

Written by `{_COMMAND}`; `--only NAME …` runs some, which leaves the others as they are here.
Machines differ and are shared: the ratios count, each taken within one run beside its peer.
The sizes are those that exist: 110 arenas (as shipped), 2 000 (a county that is fully mapped) and
30 000 in 290 municipalities (the whole country).

| benchmark | goal | found | should be | |
| --- | --- | ---: | --- | --- |"""
    rows = [
        f"| {name} | {goal.name} | {goal.written} | {goal.limit} | {goal.verdict} |"
        for name, one in kept.items()
        for goal in (Goal(**goal) for goal in one["outcome"]["goals"])
    ]
    reasons = ["", SHORTFALLS.read_text(encoding="utf-8").rstrip()]
    sections = chain.from_iterable(_section(*item) for item in kept.items())
    return "\n".join([head, *rows, *reasons, *sections, ""])


def _section(name, one):
    few_rounds = ", few rounds (`--quick`)" if one["quick"] else ""
    command = f"{_COMMAND}.beside PATH" if name == "beside" else f"{_COMMAND} --only {name}"
    return [
        "",
        f"## {one['outcome']['title']}",
        "",
        f"`{command}`, {one['when']}, {one['lasted_s']:.0f} s{few_rounds}. {one['machine']}.",
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {figure['name']} | {figure['text']} |" for figure in one["outcome"]["figures"]),
    ]
