"""Hold what a command is run with: the settings, the day, and where it writes."""

import argparse
import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TextIO

from mapping.settings import Settings

if TYPE_CHECKING:  # slow to import, and a question for help does without it
    from mapping.store.store import Store

DONE: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2


def day(text: str) -> datetime.date:
    """Read a day that was written as an argument."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"”{text}” är inget datum. Skriv till exempel 2026-06-01."
        ) from error


class WrongUseError(Exception):
    """The command was given something that cannot be, said in Swedish."""


@dataclass(frozen=True)
class Terminal:
    """What a command is run with.

    Answers are written to `out`, everything else to `errors`.
    """

    environment: Mapping[str, str]
    today: datetime.date
    out: TextIO
    errors: TextIO

    @cached_property
    def settings(self) -> Settings:
        """What the operator decided."""
        return Settings.from_environment(self.environment)

    def say(self, *lines: str) -> None:
        """Write lines as the answer."""
        self.out.writelines(f"{line}\n" for line in lines)

    def say_json(self, value: object) -> None:
        """Write plain values as the answer."""
        self.say(json.dumps(value, ensure_ascii=False, indent=2))

    def warn(self, *lines: str) -> None:
        """Write lines beside the answer."""
        self.errors.writelines(f"{line}\n" for line in lines)

    @property
    def database(self) -> str:
        """The address of the database that keeps the versions."""
        if self.settings.database is None:
            raise WrongUseError(
                "Det finns ingen databas att använda: STODKARTAN_DATA är satt, och då visas den mappen "
                "som den är. Sätt även STODKARTAN_DATABASE_URL, eller ta bort STODKARTAN_DATA."
            )
        return self.settings.database

    @contextmanager
    def store(self) -> "Iterator[Store]":
        """Open the store for as long as a block lasts."""
        from mapping.store.store import Store  # noqa: PLC0415 - slow to import

        store = Store.open(self.database)
        try:
            yield store
        finally:
            store.close()
