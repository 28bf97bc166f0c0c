"""Keep what the benchmarks found, and write it for people: RESULTS.md with its plot."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import altair as alt
import pandas as pd

from tests.benchmarks.goals import Figure, Goal, Outcome, Point

FOLDER = Path(__file__).parent
KEPT, WRITTEN, PLOT = (FOLDER / name for name in ("results.json", "RESULTS.md", "growth.svg"))
SHORTFALLS = FOLDER / "shortfalls.md"
"""Why goals are missed, written by hand after a profile; look at it again when a figure changes."""
_PACKAGES = ("streamlit", "pandas", "numpy", "folium", "frictionless", "typst", "playwright")
_COMMAND = "uv run python -m tests.benchmarks"


@dataclass(frozen=True)
class Measured:
    """What a benchmark found, when, and on what machine."""

    when: str
    quick: bool
    lasted_s: float
    machine: str
    outcome: Outcome


def machine() -> str:
    """Describe the machine, without its name."""
    cpu = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    models = [line.partition(":")[2].strip() for line in cpu if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text(encoding="ascii").split()[1]
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    model = models[0] if models else platform.machine()
    return (
        f"{len(models) or 1} cores ({model}), {int(memory) / 1024**2:.0f} GB memory, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def read() -> dict[str, Measured]:
    """Give what was found before."""
    if not KEPT.exists():
        return {}
    return {name: _measured(found) for name, found in json.loads(KEPT.read_text(encoding="utf-8")).items()}


def _measured(found: Mapping[str, object]) -> Measured:
    outcome = found["outcome"]
    return Measured(
        **{
            **found,
            "outcome": Outcome(
                outcome["title"],
                tuple(Goal(**one) for one in outcome["goals"]),
                tuple(Figure(**one) for one in outcome["figures"]),
                tuple(Point(**one) for one in outcome["points"]),
            ),
        }
    )


def write(measured: Mapping[str, Measured]) -> None:
    """Keep what was found, and write it for people."""
    kept = {name: asdict(one) for name, one in measured.items()}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    points = list(chain.from_iterable(one.outcome.points for one in measured.values()))
    if points:
        plot(points).save(PLOT)
    WRITTEN.write_text(text(measured), encoding="utf-8")


def text(measured: Mapping[str, Measured]) -> str:
    """Write RESULTS.md."""
    head = [
        "# What the benchmarks found",
        "",
        f"Written by `{_COMMAND}`; `--only NAME …` runs some, which leaves the others as they are here.",
        "Machines differ and are shared: the ratios count, each taken within one run beside its peer.",
        "",
        "| benchmark | goal | found | should be | |",
        "| --- | --- | ---: | --- | --- |",
    ]
    rows = [
        f"| {name} | {goal.name} | {goal.written} | {goal.limit} | {goal.verdict} |"
        for name, one in measured.items()
        for goal in one.outcome.goals
    ]
    reasons = ["", SHORTFALLS.read_text(encoding="utf-8").rstrip()]
    sections = chain.from_iterable(_section(*item) for item in measured.items())
    return "\n".join([*head, *rows, *reasons, *sections, ""])


def _section(name: str, one: Measured) -> list[str]:
    drawn = ["", f"![How the time grows with the size]({PLOT.name})"] if one.outcome.points else []
    few_rounds = ", few rounds (`--quick`)" if one.quick else ""
    return [
        "",
        f"## {one.outcome.title}",
        "",
        f"`{_COMMAND} --only {name}`, {one.when}, {one.lasted_s:.0f} s{few_rounds}. {one.machine}.",
        *drawn,
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {figure.name} | {figure.text} |" for figure in one.outcome.figures),
    ]


def plot(points: list[Point]) -> alt.Chart:
    """Draw time against size, both logarithmic: what is linear rises by one decade a decade."""
    frame = pd.DataFrame([asdict(point) | {"milliseconds": point.seconds * 1000} for point in points])
    alt.data_transformers.disable_max_rows()
    return (
        alt.Chart(frame)
        .mark_line(point=True)
        .encode(
            x=alt.X("size:Q", title="arenas (or municipalities)")
            .scale(type="log", nice=False)
            .axis(values=[12, 50, 200, 1_000, 5_000, 50_000]),
            y=alt.Y("milliseconds:Q", title="milliseconds").scale(type="log"),
            color=alt.Color("what:N", title="what is timed").legend(labelLimit=320),
            shape=alt.Shape("what:N", title="what is timed").legend(labelLimit=320),
        )
        .properties(width=520, height=340)
        .configure(background="white")
    )
