"""Answer on the command line, as `stodkartan`; each family of commands is a module in `mapping/commands/`.

Exit code 0: done. 1: stopped or refused, and everything that stops it is told. 2: wrong use.
"""

import argparse
import datetime
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, TextIO

from mapping.commands import deliveries, gaps, open_data, reports, upkeep, versions
from mapping.commands.terminal import DONE, REFUSED, WRONG_USE, Terminal, WrongUseError
from mapping.errors import (
    BoundariesError,
    CommentMissingError,
    DatasetNotFoundError,
    SettingError,
    StodkartanError,
    StrategyError,
    UnknownWaveError,
    VersionNotFoundError,
)

FAMILIES: Final = (gaps, deliveries, versions, reports, open_data, upkeep)

_WRONG: Final = (
    BoundariesError,
    CommentMissingError,
    DatasetNotFoundError,
    SettingError,
    StrategyError,
    UnknownWaveError,
    VersionNotFoundError,
    WrongUseError,
)
"""What comes of what was written on the command line or in the settings; anything else was refused."""


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
        Where the answer is written, and everything else.
    """
    try:
        chosen = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        done: int = chosen.run(chosen, Terminal(environment, today, out, errors))
    except _WRONG as error:
        errors.write(f"{error}\n")
        return WRONG_USE
    except StodkartanError as error:
        errors.write(f"{error}\n")
        return REFUSED
    return done


def parser() -> argparse.ArgumentParser:
    """Give the parser of every command."""
    whole = _Parser(prog="stodkartan", description="Stödkartan på kommandoraden.")
    commands = whole.add_subparsers(required=True, metavar="kommando")
    for family in FAMILIES:
        family.add(commands)
    return whole
