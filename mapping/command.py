"""Answer on the command line: `stodkartan gaps` prints every verdict of a dataset.

Exit code 0: judged. 1: the dataset is refused, and everything that stops it is listed. 2: wrong use.
"""

import argparse
import datetime
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn, TextIO

from mapping.dataset import Dataset, load
from mapping.errors import (
    BoundariesError,
    DatasetNotFoundError,
    DatasetRefusedError,
    SettingError,
    StrategyError,
)
from mapping.findings import Severity
from mapping.reports import command as reports
from mapping.settings import Settings
from mapping.strategy import Strategy, read
from mapping.verdicts import Verdict, judge
from mapping.worlds import Wave

DONE: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2


class _Parser(argparse.ArgumentParser):
    """Tell of wrong use in Swedish."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"Kommandot går inte att förstå: {message}\n{self.format_usage()}")


def main() -> NoReturn:
    """Run the command with the arguments, environment and clock of the machine, and exit with its code."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    sys.exit(run(sys.argv[1:], environment=os.environ, today=today, out=sys.stdout, errors=sys.stderr))


def run(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    today: datetime.date,
    out: TextIO,
    errors: TextIO,
) -> int:
    """Run the command; give its exit code.

    Parameters
    ----------
    arguments
        Without the command's own name.
    environment
        The settings, see `mapping.settings`.
    today
        The day of judging if no other is named, and the last possible day in the data.
    out, errors
        Where the verdicts are written, and everything else.
    """
    try:
        chosen = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        settings = Settings.from_environment(environment)
        if "run" in chosen:
            return int(chosen.run(chosen, settings, today, out, errors))
        strategy = read(settings.strategy)
        day = chosen.date or today
        dataset = _opened(chosen.data or settings.data, settings, today, errors)
        previous = _previous(chosen.previous, settings, day, today, errors)
    except DatasetRefusedError as error:
        errors.write(f"{error}\n")
        return REFUSED
    except (DatasetNotFoundError, SettingError, BoundariesError, StrategyError, _WrongUseError) as error:
        errors.write(f"{error}\n")
        return WRONG_USE
    verdicts = judge(dataset, strategy, day, previous=previous, include_older=chosen.include_older)
    if chosen.json:
        rows = [verdict.row() for verdict in verdicts]
        out.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        out.write(
            "\n".join(lines(verdicts, dataset, strategy, day, include_older=chosen.include_older)) + "\n"
        )
    return DONE


def lines(
    verdicts: Sequence[Verdict],
    dataset: Dataset,
    strategy: Strategy,
    day: datetime.date,
    *,
    include_older: bool,
) -> list[str]:
    """Write verdicts as text: each objective in its own words, and each verdict with its reason in one line.

    Parameters
    ----------
    verdicts
        As `mapping.verdicts.judge` gives them.
    dataset, strategy, day
        What was judged.
    include_older
        Whether older rows were counted.
    """
    older = "äldre uppgifter räknas" if include_older else "äldre uppgifter räknas inte"
    written = [f"{dataset.title}, bedömd {day.isoformat()}, {older}."]
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
    return f"  {verdict.kommun}: {verdict.reason}{older}{changed}"


class _WrongUseError(Exception):
    """The command was given something that cannot be."""


def _parser() -> _Parser:
    parser = _Parser(prog="stodkartan", description="Stödkartan på kommandoraden.")
    commands = parser.add_subparsers(required=True, metavar="kommando")
    gaps = commands.add_parser("gaps", help="bedöm strategins målsättningar för varje kommun")
    gaps.add_argument("--data", type=Path, metavar="MAPP", help="datamängden; annars den som är inställd")
    gaps.add_argument("--previous", type=Path, metavar="MAPP", help="förra mätomgångens datamängd")
    gaps.add_argument(
        "--date", type=_day, metavar="ÅÅÅÅ-MM-DD", help="dagen som bedömningen gäller; annars i dag"
    )
    gaps.add_argument("--include-older", action="store_true", help="räkna även äldre uppgifter")
    gaps.add_argument("--json", action="store_true", help="skriv som JSON")
    reports.add_to(commands)
    return parser


def _day(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"”{text}” är inget datum. Skriv till exempel 2026-06-01."
        ) from error


def _opened(directory: Path, settings: Settings, today: datetime.date, errors: TextIO) -> Dataset:
    """Open a dataset, and tell of tables without rows."""
    dataset = load(directory, boundaries=settings.boundaries, today=today)
    for finding in dataset.findings:
        if finding.code == "no-rows" and finding.severity is Severity.NOTE:
            errors.write(f"{finding.place}: {finding.message}\n")
    return dataset


def _previous(
    directory: Path | None, settings: Settings, day: datetime.date, today: datetime.date, errors: TextIO
) -> Wave | None:
    if directory is None:
        return None
    wave = Wave.of(_opened(directory, settings, today, errors), day)
    if wave is None:
        raise _WrongUseError(
            f"Datamängden i {directory} är ingen tidigare mätomgång: den har inget datum före "
            f"{day.isoformat()}. "
            "Ange en äldre datamängd i --previous, eller en senare dag i --date."
        )
    return wave
