"""Take something out of every version, and out of all that is remembered of them, as if it never was there.

The versions stay readable: their files, hashes and names are made anew, in one transaction.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from mapping.errors import DamagedVersionError, OutdatedVersionError, StoreUnavailableError
from mapping.store import database
from mapping.store.files import content_name, counted, file_of, keep_once
from mapping.store.schema import (
    AUDIT,
    COLUMN_MAPPING,
    CONTENT,
    METADATA,
    SOURCE,
    UNSCRUBBED,
    VERSION,
    VERSION_FILE,
    Json,
)

ERASED: Final = "[borttaget]"
"""What stands in the place of a text that was taken out of another."""
SHORTEST: Final = 3
"""Signs of a text that can be looked for: a shorter one is in every other word."""
_NAMES: Final = frozenset({"action", "via", "kind", "content_version", "sha256"})
"""Columns of the store's own words, which nobody wrote."""
_LEFT: Final = (
    "Det är borttaget ur alla versioner, men kan ligga kvar i databasens filer tills servern startas om "
    "eller stodkartan migrate körs."
)
_NOT_OWNER: Final = "Kontot äger inte tabellerna. Kör stodkartan migrate som det konto som gör det."


@dataclass(frozen=True)
class Rewritten:
    """One file without what was to be erased: how many places it stood in, and the texts that stood there."""

    data: bytes
    places: int
    texts: frozenset[str]


Eraser = Callable[[str, bytes], Rewritten | None]
"""Takes something out of a file, by its name and contents; None if it is not there."""


@dataclass(frozen=True)
class Plan:
    """What an erasure would do, worked out before any writer has to wait for it."""

    files: Mapping[tuple[int, str], str]
    """Version and file name → SHA-256, of every version as it was."""
    rewritten: Mapping[tuple[str, str], Rewritten]
    """File name and SHA-256 → the file anew, of those that held it."""
    damaged: frozenset[str]
    """SHA-256 of the files that cannot be read: they are emptied, for nobody knows what they hold."""
    left: Mapping[str, int] = field(default_factory=dict)
    """File name → how many texts that were erased also stand elsewhere in it, and stay."""
    texts: frozenset[str] = frozenset()
    """What was erased and stands nowhere else; not to be told."""

    @property
    def versions(self) -> dict[int, int]:
        """Number of each version that changes → places in it."""
        found: dict[int, int] = {}
        for (number, name), sha256 in sorted(self.files.items()):
            if rewritten := self.rewritten.get((name, sha256)):
                found[number] = found.get(number, 0) + rewritten.places
        return found

    @property
    def damaged_versions(self) -> list[int]:
        """The versions with a file that cannot be read."""
        return sorted({number for (number, _), sha256 in self.files.items() if sha256 in self.damaged})

    def contents(self, connection: sa.Connection, number: int) -> dict[str, bytes]:
        """Give a version's files as they would be."""
        return {
            name: self.rewritten[name, sha256].data
            if (name, sha256) in self.rewritten
            else file_of(connection, sha256)
            for (of, name), sha256 in self.files.items()
            if of == number
        }


def pattern(text: str) -> re.Pattern[str]:
    """Find a text in any case and with any spaces, as words of its own but with any ending."""
    words = r"\s+".join(map(re.escape, text.split()))
    end = r"(?!\d)" if text[-1:].isdigit() else ""
    return re.compile(rf"(?<!\w){words}{end}", re.IGNORECASE)


def planned(connection: sa.Connection, eraser: Eraser) -> Plan:
    """Work out what an eraser takes out of the files of every version, each file once."""
    files, damaged, rewritten = _files(connection), set[str](), dict[tuple[str, str], Rewritten]()
    kept = list(dict.fromkeys((name, sha256) for (_, name), sha256 in files.items()))
    for name, sha256 in kept:
        try:
            if found := eraser(name, file_of(connection, sha256)):
                rewritten[name, sha256] = found
        except DamagedVersionError:
            damaged.add(sha256)
    texts = {_plain(text): text for one in rewritten.values() for text in one.texts}
    longest_first = sorted(texts, key=len, reverse=True)
    sought = re.compile("|".join(pattern(text).pattern for text in longest_first), re.IGNORECASE)
    left, elsewhere = dict[str, int](), set[str]()
    for name, sha256 in kept:
        if texts and sha256 not in damaged:
            one = rewritten.get((name, sha256))
            data = one.data if one else file_of(connection, sha256)
            hits = {_plain(hit) for hit in sought.findall(data.decode("utf-8", errors="replace"))}
            if hits:
                left[name] = max(left.get(name, 0), len(hits))
            elsewhere |= hits
    unique = {text for plain, text in texts.items() if plain not in elsewhere}
    return Plan(files, rewritten, frozenset(damaged), left, frozenset(unique))


def carried_out(connection: sa.Connection, plan: Plan, texts: Iterable[str]) -> int:
    """Write what was planned; give how many records of versions, attempts and columns told of it too.

    The connection is in a transaction that keeps all other writers out.

    Raises
    ------
    OutdatedVersionError
        If anything was published since it was planned.
    """
    if _files(connection) != plan.files:
        latest = connection.scalar(sa.select(sa.func.max(VERSION.c.number)))
        raise OutdatedVersionError(base=None, latest=latest)
    for number in plan.versions:
        own = {name: sha256 for (of, name), sha256 in plan.files.items() if of == number}
        anew = {}
        stated = connection.scalar(sa.select(VERSION.c.counts).where(VERSION.c.number == number))
        counts = dict(stated) if isinstance(stated, dict) else {}
        for name, sha256 in own.items():
            rewritten = plan.rewritten.get((name, sha256))
            anew[name] = keep_once(connection, rewritten.data) if rewritten else sha256
            if rewritten:
                counts |= counted({name: rewritten.data})
                its = (VERSION_FILE.c.version == number, VERSION_FILE.c.name == name)
                row = {"sha256": anew[name], "rows": counts.get(Path(name).stem)}
                connection.execute(sa.update(VERSION_FILE).where(*its).values(**row))
        own_name = VERSION.c.content_version == content_name(own)  # or its list is damaged, and stays so
        its_own = sa.update(VERSION).where(VERSION.c.number == number)
        connection.execute(its_own.values(counts=counts))
        connection.execute(its_own.where(own_name).values(content_version=content_name(anew)))
        # whoever has the rest of a file that was handed in could guess what was erased from its hash
        connection.execute(sa.update(SOURCE).where(SOURCE.c.version == number).values(sha256=""))
    used = sa.select(VERSION_FILE.c.sha256)
    connection.execute(sa.delete(CONTENT).where(CONTENT.c.sha256.not_in(used)))
    emptied = CONTENT.c.sha256.in_(plan.damaged)
    connection.execute(sa.update(CONTENT).where(emptied).values(packed=b"", size=0))
    sought = [pattern(text) for text in sorted({*plan.texts, *texts}, key=len, reverse=True)]
    records = sum(_covered(connection, table, sought) for table in (VERSION, SOURCE, AUDIT, COLUMN_MAPPING))
    connection.execute(sa.insert(UNSCRUBBED).values(erasure=secrets.randbits(31)))
    return records


def scrub(engine: sa.Engine) -> None:
    """Let the database forget, in its own files, what was erased from its tables; if anything was.

    SQLite: the file is written anew and its log emptied. PostgreSQL: the tables are written anew, but its log
    (`pg_wal`) keeps what was written before for as long as the server is set to.

    Raises
    ------
    StoreUnavailableError
        If somebody reads or writes all the time, or the account may not; the next start tries again.
    """
    with database.reading(engine, is_one_query=True) as connection:
        pending = connection.scalars(sa.select(UNSCRUBBED.c.erasure)).all()
    if not pending:
        return
    try:
        _scrub(engine)
    except StoreUnavailableError as error:
        raise StoreUnavailableError(reason=f"{_LEFT} {error.reason}") from error
    with database.writing(engine) as connection:
        # not what somebody else has erased meanwhile
        connection.execute(sa.delete(UNSCRUBBED).where(UNSCRUBBED.c.erasure.in_(pending)))


def _scrub(engine: sa.Engine) -> None:
    with database.explained():
        if engine.dialect.name == "sqlite":
            with closing(engine.raw_connection()) as pooled:
                driver: Any = pooled.driver_connection
                driver.execute("VACUUM")
                is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                raise StoreUnavailableError(reason=database.BUSY)
        else:
            tables = ", ".join(table.name for table in METADATA.sorted_tables)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                owner = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'content'::regclass"
                if not connection.exec_driver_sql(owner).scalar():  # or VACUUM does nothing, and only warns
                    raise StoreUnavailableError(reason=_NOT_OWNER)
                connection.exec_driver_sql(f"SET lock_timeout = '{database.PATIENCE_S}s'")
                connection.exec_driver_sql(f"VACUUM FULL {tables}")
                connection.exec_driver_sql("RESET lock_timeout")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _files(connection: sa.Connection) -> dict[tuple[int, str], str]:
    ordered = sa.select(VERSION_FILE).order_by(VERSION_FILE.c.version, VERSION_FILE.c.name)
    return {(row.version, row.name): row.sha256 for row in connection.execute(ordered)}


def _covered(connection: sa.Connection, table: sa.Table, sought: Iterable[re.Pattern[str]]) -> int:
    """Cover texts in what is remembered beside the files; give in how many rows."""
    keys, covered = table.primary_key.columns, 0
    columns = [
        column
        for column in table.columns
        if isinstance(column.type, sa.Text | Json) and column.name not in {*keys.keys(), *_NAMES}
    ]
    for row in connection.execute(sa.select(table)).mappings().all():
        anew = {column.name: _without(row[column.name], sought) for column in columns}
        if any(anew[name] != row[name] for name in anew):
            its = [column == row[column.name] for column in keys]
            connection.execute(sa.update(table).where(*its).values(**anew))
            covered += 1
    return covered


def _without(value: Any, sought: Iterable[re.Pattern[str]]) -> Any:
    if isinstance(value, dict):
        return {_without(name, sought): _without(held, sought) for name, held in value.items()}
    if isinstance(value, list):
        return [_without(held, sought) for held in value]
    if isinstance(value, str):
        for each in sought:
            value = each.sub(ERASED, value)
    return value
