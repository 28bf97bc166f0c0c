"""Look after the database on the command line: bring it up to date, back it up, move it."""

import argparse
from pathlib import Path
from typing import Final

from mapping.commands.terminal import DONE, REFUSED, Terminal, WrongUseError
from mapping.errors import SettingError
from mapping.store import database
from mapping.store.backup import backup, copy_to


def _add_migrate(migrate: argparse.ArgumentParser) -> None:
    migrate.set_defaults(run=_migrate)


def _add_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FIL", help="en SQLite-fil som inte finns")
    command.set_defaults(run=_backup)


def _add_copy(copy: argparse.ArgumentParser) -> None:
    copy.add_argument(
        "--to", required=True, metavar="URL", help="en tom databas: sqlite:///… eller postgresql://…"
    )
    copy.set_defaults(run=_copy)


def _migrate(_: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store():
        terminal.say("Databasen har de tabeller som programmet behöver.")
    return DONE


def _backup(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        damaged = backup(store, chosen.file)
    terminal.say(f"Säkerhetskopian är skriven till {chosen.file}.")
    terminal.warn(*map(str, damaged))
    return REFUSED if damaged else DONE


def _copy(chosen: argparse.Namespace, terminal: Terminal) -> int:
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


ADD: Final = {"migrate": _add_migrate, "backup": _add_backup, "copy": _add_copy}
