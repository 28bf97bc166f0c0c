"""Look after the database on the command line: bring it up to date, back it up, move it."""

import argparse
from pathlib import Path

from mapping.commands.terminal import DONE, REFUSED, Commands, Terminal, WrongUseError
from mapping.errors import SettingError


def add(commands: Commands) -> None:
    """Add the commands."""
    migrate = commands.add_parser("migrate", help="ge databasen de tabeller som programmet behöver")
    migrate.set_defaults(run=_migrate)

    backup = commands.add_parser("backup", help="skriv en säkerhetskopia av databasen, medan den används")
    backup.add_argument("file", type=Path, metavar="FIL", help="en SQLite-fil som inte finns")
    backup.set_defaults(run=_backup)

    copy = commands.add_parser("copy", help="kopiera alla versioner till en annan databas")
    copy.add_argument(
        "--to", required=True, metavar="URL", help="en tom databas: sqlite:///… eller postgresql://…"
    )
    copy.set_defaults(run=_copy)


def _migrate(_: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store():
        terminal.say("Databasen har de tabeller som programmet behöver.")
    return DONE


def _backup(chosen: argparse.Namespace, terminal: Terminal) -> int:
    from mapping.store.backup import backup  # noqa: PLC0415 - slow to import

    with terminal.store() as store:
        damaged = backup(store, chosen.file)
    terminal.say(f"Säkerhetskopian är skriven till {chosen.file}.")
    terminal.warn(*map(str, damaged))
    return REFUSED if damaged else DONE


def _copy(chosen: argparse.Namespace, terminal: Terminal) -> int:
    from mapping.store import database  # noqa: PLC0415 - slow to import
    from mapping.store.backup import copy_to  # noqa: PLC0415

    try:
        database.parsed(chosen.to)
    except SettingError as error:
        raise WrongUseError(f"Adressen i --to går inte att använda. {error.advice}") from error
    with terminal.store() as store:
        number = copy_to(store, chosen.to)
    versions = "1 version är kopierad" if number == 1 else f"{number} versioner är kopierade"
    terminal.say(
        f"{versions}. Sätt STODKARTAN_DATABASE_URL till den nya adressen och starta om servern, "
        "så används den."
    )
    return DONE
