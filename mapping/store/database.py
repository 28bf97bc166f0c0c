"""Open the database that keeps the versions: a SQLite file, or PostgreSQL that several servers share.

Whatever goes wrong in it comes out as `StoreUnavailableError`, in words for the person who runs the server.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event, exc

from mapping.errors import SettingError, StoreUnavailableError
from mapping.store import migrations
from mapping.store.schema import METADATA

PATIENCE_S: Final = 15
"""How long a writer waits for another to finish."""
_CONNECT_S: Final = 5
_ONLY_READABLE: Final = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""What SQLite answers where nothing may be written."""
_FIRST_PAGE_S: Final = 2
"""How long another server may take from making a file until something stands in it."""
_WRITERS: Final = 0x53746F64
"""The PostgreSQL lock that one writer at a time holds; any number that nobody else uses."""
_one_migration = threading.Lock()  # Alembic's operations are global to the process


def opened(address: str | sa.URL) -> sa.Engine:
    """Open a database with its tables in their present shape; a SQLite file that is missing is made.

    The address is `sqlite:///<path>` or `postgresql+psycopg://…`.

    Raises
    ------
    SettingError
        If the address cannot be understood.
    StoreUnavailableError
        If the database cannot be reached or used, or was made by a newer Stödkartan.
    """
    url = parsed(address)
    with explained():
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
        try:
            with engine.connect() as connection:
                step = migrations.reached(connection)
            if step != migrations.HEAD:
                _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def parsed(address: str | sa.URL) -> sa.URL:
    """Understand a database's address, with our driver for it.

    Raises
    ------
    SettingError
        If it is neither a SQLite file nor PostgreSQL.
    """
    advice = "Skriv sqlite:///sökväg/till/fil.sqlite eller postgresql+psycopg://konto:lösenord@värd/databas."
    try:
        url = sa.make_url(address)
    except (exc.ArgumentError, ValueError):  # the latter for a port that is no number
        raise SettingError(
            variable="STODKARTAN_DATABASE_URL", advice=advice
        ) from None  # it may hold a password
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database and url.database != ":memory:" and not url.host:
        return url
    raise SettingError(variable="STODKARTAN_DATABASE_URL", advice=advice)


@contextmanager
def reading(engine: sa.Engine, *, is_one_query: bool = False) -> Iterator[sa.Connection]:
    """Read from one moment, whatever is written meanwhile."""
    # one query sees one moment by itself: without the round trips that begin and end a transaction
    isolation = "AUTOCOMMIT" if is_one_query else "REPEATABLE READ"
    with explained():
        if engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level=isolation)
        with engine.connect() as connection:
            yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Write everything or nothing, with every other writer waiting."""
    with explained(), engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_S}s'")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
        yield connection


def _migrate(engine: sa.Engine) -> None:
    with _one_migration, writing(engine) as connection:
        step = migrations.reached(connection)
        if step == migrations.HEAD:
            return  # somebody else did it while this server waited
        if step is None:
            present = set(sa.inspect(connection).get_table_names())
            if present & set(METADATA.tables) or (present and engine.dialect.name == "sqlite"):
                raise StoreUnavailableError(
                    reason="Den innehåller redan andra tabeller än Stödkartans. Ange en databas som är tom."
                )
        elif step not in migrations.known():
            raise StoreUnavailableError(
                reason="Den är gjord av en nyare version av Stödkartan. "
                "Uppdatera programmet på den här servern."
            )
        migrations.upgrade(connection)


def _sqlite(url: sa.URL) -> sa.Engine:
    path = Path(str(url.database)).resolve()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif _stays_empty(path):
        raise StoreUnavailableError(reason=_EMPTIED)
    may_write = True
    try:
        _make_concurrent(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _ONLY_READABLE or not path.is_file():
            raise
        may_write = False
    engine = sa.create_engine(
        "sqlite://",
        creator=partial(_connect, path, "rw") if may_write else partial(_connect_reading, path),
        poolclass=sa.QueuePool,
        pool_timeout=PATIENCE_S,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def remember_file(_: Any, record: Any) -> None:
        record.info["file"] = _which(path, may_write=may_write)

    @event.listens_for(engine, "checkout")
    def check_file(_: Any, record: Any, __: Any) -> None:
        # lets go of a file that has been moved away, such as when a backup is put in its place
        if not path.exists() or _which(path, may_write=may_write) != record.info["file"]:
            raise exc.DisconnectionError

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # takes the writers' lock at once: a reader that begins to write would fail if others wrote meanwhile
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _stays_empty(path: Path) -> bool:
    """Tell whether a file has nothing in it, and is not one that another server is making just now."""
    until = time.monotonic() + _FIRST_PAGE_S
    while path.exists() and path.stat().st_size == 0:
        if time.monotonic() > until:
            return True
        time.sleep(0.01)
    return False


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Connect without making a file that is missing: an empty database would pass for an empty store."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=PATIENCE_S,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    return connection


def _connect_reading(path: Path) -> sqlite3.Connection:
    """Connect to a file on a disk, or in a directory, where nothing may be written."""
    try:
        return _connect(path, "ro")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise  # what was written last stands there, and cannot be read without writing
        # the files that WAL has beside it cannot be made; `_which` sees if somebody else writes after all
        return _connect(path, "ro&immutable=1")


def _which(path: Path, *, may_write: bool) -> tuple[int, int]:
    """Tell a file from another in its place; one that is taken for unchanging, also from its earlier self."""
    found = path.stat()
    return found.st_ino, 0 if may_write else found.st_mtime_ns


def _make_concurrent(path: Path) -> None:
    """Let readers read while somebody writes (WAL); SQLite does not wait for its turn to begin that."""
    until = time.monotonic() + PATIENCE_S
    while True:
        connection = _connect(path, "rwc")
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
                return
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
        finally:
            connection.close()


def _postgresql(url: sa.URL) -> sa.Engine:
    # prepare_threshold: a pooler such as PgBouncer gives each transaction another connection
    connecting: dict[str, Any] = {"connect_timeout": _CONNECT_S, "prepare_threshold": None}
    return sa.create_engine(
        url,
        connect_args={name: value for name, value in connecting.items() if name not in url.query},
        pool_pre_ping=True,
        pool_timeout=PATIENCE_S,
        hide_parameters=True,
    )


@contextmanager
def explained() -> Iterator[None]:
    """Say in Swedish what went wrong in the database, in place of whatever the driver raised."""
    try:
        yield
    except exc.DBAPIError as error:
        raise StoreUnavailableError(reason=_reason(error.orig)) from error
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailableError(reason=_reason(error)) from error
    except exc.TimeoutError as error:
        raise StoreUnavailableError(reason=BUSY) from error


BUSY: Final = "Någon annan skriver i den just nu. Försök igen om en stund."
_FULL: Final = "Disken är full. Gör plats på den och försök igen. Ingenting har publicerats."
_UNREACHABLE: Final = (
    "Den svarar inte, eller släpper inte in oss. Kontrollera att den är igång, "
    "och att värd, databas, konto och lösenord stämmer i STODKARTAN_DATABASE_URL."
)
_UNOPENABLE: Final = (
    "Filen går inte att öppna. Kontrollera att den finns och att servern får läsa och skriva den."
)
_BRING_BACK: Final = (
    "Flytta undan den, och filerna bredvid med samma namn och -wal eller -shm efter, och lägg en "
    "säkerhetskopia (från stodkartan backup) i dess ställe."
)
_EMPTIED: Final = (
    "Filen är tom, 0 byte. Har den varit Stödkartans databas har innehållet gått förlorat: lägg en "
    "säkerhetskopia (från stodkartan backup) i dess ställe. Annars ta bort filen, så görs en ny."
)
_TABLES_GONE: Final = (
    "Den saknar Stödkartans tabeller. Återställ den från en säkerhetskopia (från stodkartan backup)."
)
_UNWRITABLE: Final = "Den går bara att läsa. Ge servern rätt att skriva i den."

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "Disken svarar med fel. Kontrollera disken och försök igen.",
    sqlite3.SQLITE_CANTOPEN: _UNOPENABLE,
    sqlite3.SQLITE_PERM: _UNOPENABLE,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_NOTADB: (
        f"Filen är ingen SQLite-databas. Ange en annan fil, eller en som inte finns. Har den varit "
        f"Stödkartans databas är den skadad. {_BRING_BACK}"
    ),
    sqlite3.SQLITE_CORRUPT: f"Filen är skadad. {_BRING_BACK}",
}
_SQLSTATE: Final = {
    "42501": "Kontot får inte läsa och skriva i den. Ge kontot den rätten.",
    "25006": _UNWRITABLE,
    "42P01": _TABLES_GONE,
    "42703": _TABLES_GONE,
    "53100": _FULL,
    "53": "Den har för mycket att göra just nu. Försök igen om en stund.",
    "55P03": BUSY,
    "57": _UNREACHABLE,
    "08": _UNREACHABLE,
}
"""What PostgreSQL's error codes, or classes of them, mean."""


def _reason(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column")):
            return _TABLES_GONE
        return _SQLITE.get(code & 0xFF, f"SQLite svarar: {error}.")
    if isinstance(error, OSError):
        return _UNOPENABLE
    state = getattr(error, "sqlstate", None)
    if state is None:
        return _UNREACHABLE  # libpq gives no code while connecting, only words in the server's language
    return _SQLSTATE.get(state, _SQLSTATE.get(state[:2], f"PostgreSQL svarar med felkoden {state}."))
