"""Copy a whole store: to a file as a backup, or to another database, with every version intact."""

import os
import secrets
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from mapping.errors import DamagedVersionError, StoreUnavailableError, TargetInUseError
from mapping.store import database
from mapping.store.records import damaged_in
from mapping.store.schema import AUDIT, METADATA, VERSION
from mapping.store.store import Store

_SECRET_PARAMETERS: Final = ("password", "sslpassword")
"""What may stand in the end of an address for PostgreSQL, and in no message."""
_AT_ONCE: Final = 50
"""Rows that are held in memory; a row may be a whole file."""


def backup(store: Store, path: Path) -> tuple[DamagedVersionError, ...]:
    """Copy a store to a SQLite file, while it may be read and written; tell which versions are damaged.

    The copy is whole, or it is not there: it is written beside and then moved into place, in a directory that
    is made. It can be opened as a store itself, and `copy_to` brings it back to PostgreSQL.

    Raises
    ------
    TargetInUseError
        If the file exists.
    StoreUnavailableError
        If the store cannot be read or the file cannot be written.
    """
    if path.exists():
        raise TargetInUseError(target=path)
    with database.explained():
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        if store.engine.dialect.name == "sqlite":
            _copy_file(store.engine, draft)
        else:
            _copy_rows(store, sa.URL.create("sqlite", database=str(draft)))
        with database.explained():
            _settle(draft)
            with closing(_read_only(draft)) as copy:
                damaged = tuple(damaged_in(copy).values())
            draft.rename(path)
    finally:
        for part in draft.parent.glob(f"{draft.name}*"):
            part.unlink(missing_ok=True)
    return damaged


def copy_to(store: Store, url: str) -> int:
    """Copy a store to another database, of the same kind or the other; give the number of versions.

    Raises
    ------
    TargetInUseError
        If anything is kept there already.
    DamagedVersionError
        If a version is not what was published; nothing is copied then.
    SettingError, StoreUnavailableError
        As `mapping.store.database.opened` does, for either database.
    """
    return _copy_rows(store, database.parsed(url), is_checked=True)


def _copy_rows(store: Store, url: sa.URL, *, is_checked: bool = False) -> int:
    engine = database.opened(url)
    try:
        with database.reading(store.engine) as source, database.writing(engine) as target:
            if any(target.execute(sa.select(table).limit(1)).first() for table in METADATA.sorted_tables):
                shown = url.difference_update_query(_SECRET_PARAMETERS)
                raise TargetInUseError(target=shown.render_as_string(hide_password=True))
            for damaged in damaged_in(source).values() if is_checked else ():
                raise damaged
            for table in METADATA.sorted_tables:
                _copy_table(source, target, table)
            for damaged in damaged_in(target).values() if is_checked else ():
                raise damaged
            return target.scalar(sa.select(sa.func.count()).select_from(VERSION)) or 0
    finally:
        engine.dispose()


def _copy_table(source: sa.Connection, target: sa.Connection, table: sa.Table) -> None:
    # the log's numbers are each database's own, or a sequence would begin again at numbers that are taken
    columns = [column for column in table.columns if column is not AUDIT.c.id]
    ordered = sa.select(*columns).order_by(*table.primary_key.columns)
    # a version may repeat an earlier one, never a later: in order, each finds what it names
    rows = source.execution_options(yield_per=_AT_ONCE).execute(ordered).mappings()
    for some in rows.partitions():
        target.execute(sa.insert(table), [dict(row) for row in some])


def _copy_file(engine: sa.Engine, path: Path) -> None:
    """Copy a SQLite file as of one moment, with SQLite's own online backup."""
    with database.explained(), engine.connect() as connection:
        original: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(path)) as copy:
            original.backup(copy)


def _settle(path: Path) -> None:
    """Make the copy one plain file, that needs no others beside it, safely on disk."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise StoreUnavailableError(
                reason="Filen är skadad. Återställ den från en tidigare säkerhetskopia."
            )
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _read_only(path: Path) -> sa.Connection:
    connect = partial(sqlite3.connect, f"{path.resolve().as_uri()}?mode=ro", uri=True)
    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool, hide_parameters=True)
    return engine.connect()
