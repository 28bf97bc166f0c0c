"""Judge a dataset on the command line: `stodkartan gaps` prints every verdict."""

import argparse
import datetime
from collections.abc import Sequence
from typing import Final

from mapping.commands.datasets import add_choices, previous_wave, shown
from mapping.commands.terminal import DONE, Terminal
from mapping.dataset.dataset import Dataset
from mapping.verdicts.judge import UNKNOWN, Verdict, judge
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strategy_file import read
from mapping.verdicts.strength import COUNTED, MANDATE, OLDER_ROWS, PROVED, STRENGTHS


def _add_gaps(gaps: argparse.ArgumentParser) -> None:
    add_choices(gaps, basis=PROVED)
    gaps.add_argument("--json", action="store_true", help="skriv som JSON")
    gaps.set_defaults(run=_gaps)


def _gaps(chosen: argparse.Namespace, terminal: Terminal) -> int:
    strategy = read(terminal.settings.strategy)
    judged_on = chosen.date or terminal.today
    dataset = shown(chosen.data, terminal)
    basis = OLDER_ROWS if chosen.include_older else chosen.basis
    previous = previous_wave(chosen.previous, dataset, judged_on, terminal)
    verdicts = judge(dataset, strategy, judged_on, previous=previous, basis=basis)
    if chosen.json:
        terminal.say_json([verdict.row() for verdict in verdicts])
    else:
        terminal.say(*lines(verdicts, dataset, strategy, judged_on, basis=basis))
    return DONE


def lines(
    verdicts: Sequence[Verdict],
    dataset: Dataset,
    strategy: Strategy,
    judged_on: datetime.date,
    *,
    basis: str,
) -> list[str]:
    """Write verdicts as text: each objective in its own words, each verdict with its reason in one line."""
    written = [f"{dataset.title}, bedömd {judged_on.isoformat()}. {COUNTED[basis]}"]
    if dataset.example:
        written.append("EXEMPELDATA – påhittade uppgifter")
    for objective in strategy.objectives:
        written += ["", f"{objective.code} {strategy.preamble.removesuffix(' …')} {objective.text}"]
        written += [_line(verdict) for verdict in verdicts if verdict.objective == objective.code]
    return written


def _line(verdict: Verdict) -> str:
    older = ""
    if not verdict.is_changed_by_older and verdict.older.year is not None:
        words = ("minst " if verdict.older.at_least else "") + verdict.older.status.replace("_", " ")
        older = f" [äldre: {words} {verdict.older.year}]"
    changed = " [äldre uppgifter räknade]" if verdict.is_changed_by_older else ""
    if verdict.strength == MANDATE and verdict.status != UNKNOWN:
        changed = f" [{STRENGTHS[MANDATE].lower()}]"
    known = f" {verdict.figures.sentence}" if verdict.basis in STRENGTHS and verdict.status == UNKNOWN else ""
    return f"  {verdict.kommun}: {verdict.reason}{known}{older}{changed}"


ADD: Final = {"gaps": _add_gaps}
