"""Write reports on the command line: `stodkartan report` and `stodkartan action-plan`."""

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from mapping import vocabulary
from mapping.current import earlier
from mapping.dataset import load
from mapping.errors import ReportError
from mapping.reports.basis import Basis
from mapping.schema import folded
from mapping.settings import Settings
from mapping.strategy import read
from mapping.wording import either
from mapping.worlds import Wave

DONE: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2
COUNTY: Final = "lan"
"""The word that stands for the whole county, beside the municipalities."""


def add_to(commands: Any) -> None:
    """Add both commands to a parser.

    Parameters
    ----------
    commands
        What `argparse.ArgumentParser.add_subparsers` gives. A chosen command leaves `run` in the arguments:
        a function of the arguments, the settings, today's date and where to write that gives an exit code.
    """
    report = commands.add_parser("report", help="skriv ett kommunblad, eller länets presentation")
    report.add_argument("kommun", metavar="KOMMUN", type=_place, help="namn eller kommunkod, eller län")
    _add_choices(report, ("pdf", "docx", "pptx"))
    report.set_defaults(run=run_report)
    plan = commands.add_parser("action-plan", help="skriv ett utkast till lokal handlingsplan")
    plan.add_argument("kommun", metavar="KOMMUN", type=_municipality, help="namn eller kommunkod")
    _add_choices(plan, ("docx", "xlsx"))
    plan.set_defaults(run=run_plan)


def _add_choices(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, required=True, help="filens format")
    parser.add_argument("--output", type=Path, metavar="FIL", required=True, help="filen som skrivs")
    parser.add_argument("--data", type=Path, metavar="MAPP", help="datamängden; annars den som är inställd")
    parser.add_argument("--previous", type=Path, metavar="MAPP", help="förra mätomgångens datamängd")
    parser.add_argument("--date", type=_day, metavar="ÅÅÅÅ-MM-DD", help="bedömningens dag; annars i dag")
    parser.add_argument("--include-older", action="store_true", help="räkna även äldre uppgifter")


def _place(words: str) -> str:
    return COUNTY if folded(words) in {"lan", "lanet", "orebro_lan", "18"} else _municipality(words)


def _municipality(words: str) -> str:
    wanted = folded(words.strip())
    for code, name in vocabulary.MUNICIPALITIES.items():
        if wanted in {code, folded(name)}:
            return code
    names = either(vocabulary.MUNICIPALITIES.values())
    raise argparse.ArgumentTypeError(f"”{words}” är ingen kommun i länet. Skriv {names}.")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"”{text}” är inget datum. Skriv till exempel 2026-06-01."
        ) from error


def basis_of(chosen: argparse.Namespace, settings: Settings, today: datetime.date) -> Basis:
    """Open and judge the dataset that the arguments name.

    Raises
    ------
    StodkartanError
        If the data, the boundaries or the strategy cannot be used.
    """
    dataset = load(chosen.data or settings.data, boundaries=settings.boundaries, today=today)
    example_day = dataset.compiled_on if dataset.example else None
    day = chosen.date or example_day or today
    before = (
        load(chosen.previous, boundaries=settings.boundaries, today=today)
        if chosen.previous
        else earlier(dataset)
    )
    return Basis.judged(
        dataset,
        read(settings.strategy),
        day,
        previous=Wave.of(before, day) if before else None,
        include_older=chosen.include_older,
    )


def run_report(
    chosen: argparse.Namespace, settings: Settings, today: datetime.date, out: TextIO, errors: TextIO
) -> int:
    """Write a Kommunblad, or with the county's name the county presentation; give the exit code."""
    from mapping.reports import formats  # noqa: PLC0415 - the writers take long to load, and only these need them

    if chosen.kommun == COUNTY and chosen.format != formats.SLIDES:
        errors.write("Länets presentation finns bara som PowerPoint. Skriv --format pptx.\n")
        return WRONG_USE
    basis = basis_of(chosen, settings, today)
    try:
        if chosen.kommun == COUNTY:
            made = formats.county_file(basis)
        else:
            made = formats.sheet_file(basis, chosen.kommun, chosen.format)
    except ReportError as error:
        errors.write(f"{error}\n")
        return REFUSED
    return _save(chosen.output, made.data, out, errors)


def run_plan(
    chosen: argparse.Namespace, settings: Settings, today: datetime.date, out: TextIO, errors: TextIO
) -> int:
    """Write a Lokal handlingsplan; give the exit code."""
    from mapping.reports import formats  # noqa: PLC0415 - as above

    made = formats.plan_file(basis_of(chosen, settings, today), chosen.kommun, chosen.format)
    return _save(chosen.output, made.data, out, errors)


def _save(path: Path, data: bytes, out: TextIO, errors: TextIO) -> int:
    try:
        path.write_bytes(data)
    except OSError as error:
        errors.write(f"Filen {path} går inte att skriva: {error.strerror}. Ange en annan fil i --output.\n")
        return WRONG_USE
    out.write(f"{path}\n")
    return DONE
