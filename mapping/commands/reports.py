"""Write reports on the command line: the Kommunblad, the county's presentation, the local action plan."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from mapping.commands.datasets import add_choices, previous_wave, shown
from mapping.commands.terminal import DONE, Terminal, WrongUseError
from mapping.contract import vocabulary
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.swedish import either, folded, municipality_names
from mapping.verdicts.strategy_file import read
from mapping.verdicts.strength import BEST_KNOWN, OLDER_ROWS

COUNTY: Final = "lan"
"""The word that stands for the whole county, beside the municipalities."""


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("kommun", metavar="KOMMUN", type=_place, help="namn eller kommunkod, eller län")
    _add_output(report, ("pdf", "docx", "pptx", "html"))
    report.set_defaults(run=_report)


def _add_plan(plan: argparse.ArgumentParser) -> None:
    plan.add_argument("kommun", metavar="KOMMUN", type=_municipality, help="namn eller kommunkod")
    _add_output(plan, ("docx", "xlsx"))
    plan.set_defaults(run=_plan)


def _add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, required=True, help="filens format")
    parser.add_argument("--output", type=Path, metavar="FIL", required=True, help="filen som skrivs")
    add_choices(parser, basis=BEST_KNOWN)


_NAMES = municipality_names(vocabulary.MUNICIPALITIES)


def _place(words: str) -> str:
    return COUNTY if folded(words) in {"lan", "lanet", "orebro_lan", "18"} else _municipality(words)


def _municipality(words: str) -> str:
    wanted = words.strip()
    code = wanted if wanted in vocabulary.MUNICIPALITIES else _NAMES.find(wanted)
    if code is not None:
        return code
    names = either(vocabulary.MUNICIPALITIES.values())
    raise argparse.ArgumentTypeError(f"”{words}” är ingen kommun i länet. Skriv {names}.")


def _report(chosen: argparse.Namespace, terminal: Terminal) -> int:
    if chosen.kommun == COUNTY and chosen.format != formats.SLIDES:
        raise WrongUseError("Länets presentation finns bara som PowerPoint. Skriv --format pptx.")
    return _write(chosen, formats.COUNTY_NAME if chosen.kommun == COUNTY else formats.SHEET_NAME, terminal)


def _plan(chosen: argparse.Namespace, terminal: Terminal) -> int:
    return _write(chosen, formats.PLAN_NAME, terminal)


def _write(chosen: argparse.Namespace, what: str, terminal: Terminal) -> int:
    dataset = shown(chosen.data, terminal)
    example_day = dataset.compiled_on if dataset.example else None
    judged_on = chosen.date or example_day or terminal.today
    previous = previous_wave(chosen.previous, dataset, judged_on, terminal)
    strategy = read(terminal.settings.strategy)
    basis = OLDER_ROWS if chosen.include_older else chosen.basis
    judged = Judged.of(dataset, strategy, judged_on, previous=previous, basis=basis)
    made = formats.report_file(judged, what, chosen.kommun, chosen.format)
    try:
        chosen.output.write_bytes(made.data)
    except OSError as error:
        reason = f"Filen {chosen.output} går inte att skriva: {error.strerror}. Ange en annan fil i --output."
        raise WrongUseError(reason) from error
    terminal.say(str(chosen.output))
    return DONE


ADD: Final = {"report": _add_report, "action-plan": _add_plan}
