"""Answer on the command line, as `stodkartan`.

Exit code 0: done. 1: stopped or refused, and everything that stops it is told. 2: wrong use.
"""

import argparse
import datetime
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final, NoReturn, TextIO

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

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "gaps": ("gaps", "bedöm strategins målsättningar för varje kommun"),
    "check": ("deliveries", "kontrollera filer mot det som är publicerat"),
    "publish": ("deliveries", "publicera filer som en ny version"),
    "diff": ("deliveries", "visa vad som skiljer två versioner"),
    "versions": ("versions", "lista alla publicerade versioner, den senaste först"),
    "restore": ("versions", "publicera en tidigare version igen, som en ny"),
    "withdraw": ("versions", "återkalla en version: den är kvar i listan men visas inte"),
    "erase": ("versions", "ta bort en text, en rad eller en cell ur alla versioner, för gott"),
    "wave": ("versions", "märk en version som en mätomgång"),
    "report": ("reports", "skriv ett kommunblad, eller länets presentation"),
    "action-plan": ("reports", "skriv ett utkast till lokal handlingsplan"),
    "export": (
        "open_data",
        "skriv öppna data: CSV, GeoJSON, GeoPackage, HSDS och DCAT-AP-SE; eller en version som den var",
    ),
    "migrate": ("upkeep", "ge databasen de tabeller som programmet behöver"),
    "backup": ("upkeep", "skriv en säkerhetskopia av databasen, medan den används"),
    "copy": ("upkeep", "kopiera alla versioner till en annan databas"),
}
"""Command → the module that answers it, whose `ADD` gives its parser its arguments; what it does."""

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

    The arguments are without the command's own name. `today` is the day of judging if no other is named, and
    the last possible day in the data.
    """
    try:
        chosen = _parser(arguments).parse_args(arguments)
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


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Give the parser of every command, with the arguments of the one that was asked for."""
    whole = _Parser(prog="stodkartan", description="Stödkartan på kommandoraden.")
    commands = whole.add_subparsers(required=True, metavar="kommando")
    for name, (module, what) in COMMANDS.items():
        parser = commands.add_parser(name, help=what)
        if arguments and name == arguments[0]:
            # only the module that answers: pandas and the writers of reports take seconds to import
            import_module(f"mapping.commands.{module}").ADD[name](parser)
    return whole
