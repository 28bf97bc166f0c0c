"""Read what is known of the versions in a database, also of those that are damaged or withdrawn."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from mapping.errors import DamagedVersionError, VersionNotFoundError, WithdrawnVersionError
from mapping.store.files import contents_of, damaged_files
from mapping.store.schema import SOURCE, VERSION, VERSION_FILE
from mapping.store.versions import DeliveredFile, Head, Kind, StoredFile, Version

ABOUT: Final = "det som står om versionen"
"""What is damaged where a version's files are not."""
NEWEST: Final = sa.select(sa.func.max(VERSION.c.number)).scalar_subquery()
"""The newest version's number, also if it was withdrawn."""
_LATEST: Final = (
    sa.select(VERSION.c.number, VERSION.c.content_version, NEWEST.label("newest"))
    .where(VERSION.c.withdrawn.is_(None))
    .order_by(VERSION.c.number.desc())
    .limit(1)
)


def damaged_in(connection: sa.Connection) -> dict[int, DamagedVersionError]:
    """Look every version in a database through; tell what is wrong with those that are damaged."""
    found = {error.version: error for error in damaged_files(connection)}
    for version in reversed(versions_in(connection)):
        if version.is_damaged:
            found.setdefault(version.number, DamagedVersionError(version=version.number, part=ABOUT))
    return found


def latest_in(connection: sa.Connection) -> Head | None:
    """Give the latest version that is not withdrawn."""
    row = connection.execute(_LATEST).first()
    return None if row is None else Head(row.number, row.content_version, row.newest)


def shown_contents(connection: sa.Connection, number: int) -> dict[str, bytes]:
    """Read a version's files as `contents_of` does, if it was not withdrawn."""
    reason = connection.scalar(sa.select(VERSION.c.withdrawn).where(VERSION.c.number == number))
    if reason is not None:
        raise WithdrawnVersionError(version=number, reason=reason)
    return contents_of(connection, number)


def version_in(connection: sa.Connection, number: int) -> Version:
    """Give one version, or raise `VersionNotFoundError`."""
    found = versions_in(connection, VERSION.c.number == number)
    if not found:
        raise VersionNotFoundError(version=number)
    return found[0]


def versions_in(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> tuple[Version, ...]:
    """Give the chosen versions, the latest first; all, if none are chosen."""
    rows = connection.execute(sa.select(VERSION).where(*chosen).order_by(VERSION.c.number.desc())).mappings()
    files = _by_version(connection, VERSION_FILE, VERSION_FILE.c.name, chosen)
    sources = _by_version(connection, SOURCE, SOURCE.c.place, chosen)
    return tuple(
        Version(
            **_known(row),
            files=tuple(StoredFile(f.name, f.sha256, f.rows) for f in files.get(row["number"], ())),
            sources=tuple(DeliveredFile(s.name, s.sha256, s.size) for s in sources.get(row["number"], ())),
        )
        for row in rows
    )


def _known(row: sa.RowMapping) -> dict[str, Any]:
    """Give what is known of a version; what is damaged is missing, and that it is damaged is told."""
    texts = {name: row[name] for name in ("via", "role", "comment")}
    known: dict[str, Any] = {name: value if isinstance(value, str) else "" for name, value in texts.items()}
    known["kind"] = Kind(row["kind"]) if row["kind"] in set(Kind) else None
    known["counts"] = row["counts"] if isinstance(row["counts"], dict) else {}
    is_list = isinstance(row["accepted"], list) and all(isinstance(one, dict) for one in row["accepted"])
    known["accepted"] = tuple(row["accepted"]) if is_list else ()
    stated = {**texts, "kind": row["kind"], "counts": row["counts"]}
    is_whole = is_list and row["created_at"] is not None and stated == {name: known[name] for name in stated}
    return {**dict(row), **known, "is_damaged": not is_whole}


def _by_version(
    connection: sa.Connection,
    table: sa.Table,
    order: sa.ColumnElement[Any],
    chosen: Iterable[sa.ColumnElement[bool]],
) -> dict[int, list[Any]]:
    joined = sa.select(table).join(VERSION, VERSION.c.number == table.c.version).where(*chosen)
    rows = connection.execute(joined.order_by(table.c.version, order))
    return {number: list(group) for number, group in groupby(rows, key=lambda row: row.version)}
