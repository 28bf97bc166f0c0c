"""Keep files by the hash of what they hold: equal ones once, each checked before it is kept and when read."""

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from mapping.contract import personal_data
from mapping.errors import DamagedVersionError, PersonalDataError, VersionNotFoundError
from mapping.store.schema import CONTENT, VERSION, VERSION_FILE

_AT_ONCE: Final = 50
"""Files that are held in memory."""
_LIST: Final = "listan över filer"
"""What is damaged where no single file is."""

Contents = Mapping[str, bytes]
"""The files of a version: name → bytes."""
FILE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*\.[a-z]+")
"""What a file of a version may be called: no name leads out of the directory that it is written to."""


def content_version(contents: Contents) -> str:
    """Name what some files hold: the first 12 hexadecimal digits of a SHA-256 of them and their names.

    Examples
    --------
    >>> content_version({"arenor.csv": b"namn"})
    '8f641771f96e'
    """
    return content_name({name: _sha256(data) for name, data in contents.items()})


def packed(contents: Contents) -> bytes:
    """Pack files as a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return held.getvalue()


def contents_of(connection: sa.Connection, number: int) -> dict[str, bytes]:
    """Read a version's files as they were published: name → bytes.

    Raises
    ------
    VersionNotFoundError
        If there is none with that number.
    DamagedVersionError
        If any file is not what it was, or cannot have been called so.
    """
    stated = connection.scalar(sa.select(VERSION.c.content_version).where(VERSION.c.number == number))
    if stated is None:
        raise VersionNotFoundError(version=number)
    files = (
        sa.select(VERSION_FILE.c.name, VERSION_FILE.c.sha256, CONTENT.c.packed)
        .outerjoin(CONTENT, VERSION_FILE.c.sha256 == CONTENT.c.sha256)
        .where(VERSION_FILE.c.version == number)
        .order_by(VERSION_FILE.c.name)
    )
    rows = connection.execute(files).all()
    contents = {row.name: _unpacked(row.packed, row.sha256, number, row.name) for row in rows}
    is_called_so = all(FILE_NAME.fullmatch(name) for name in contents)
    if not is_called_so or content_name({row.name: row.sha256 for row in rows}) != stated:
        raise DamagedVersionError(version=number, part=_LIST)
    return contents


def file_of(connection: sa.Connection, sha256: str) -> bytes:
    """Read what is kept under a SHA-256; if it is damaged or gone, `DamagedVersionError` is raised."""
    packed = connection.scalar(sa.select(CONTENT.c.packed).where(CONTENT.c.sha256 == sha256))
    return _unpacked(packed, sha256, 0, "")


def damaged_files(connection: sa.Connection) -> Iterator[DamagedVersionError]:
    """Read everything that is kept, each file once; give the versions that are not what was published."""
    sound = set()
    kept = sa.select(CONTENT.c.sha256, CONTENT.c.packed)
    for sha256, packed in connection.execute(kept, execution_options={"yield_per": _AT_ONCE}):
        with suppress(DamagedVersionError):
            _unpacked(packed, sha256, 0, "")
            sound.add(sha256)
    named = sa.select(VERSION_FILE.c.version, VERSION_FILE.c.name, VERSION_FILE.c.sha256)
    files: dict[int, dict[str, str]] = {}
    for row in connection.execute(named.order_by(VERSION_FILE.c.version, VERSION_FILE.c.name)):
        files.setdefault(row.version, {})[row.name] = row.sha256
    stated = sa.select(VERSION.c.number, VERSION.c.content_version).order_by(VERSION.c.number)
    for number, content_version_ in connection.execute(stated).all():
        own = files.get(number, {})
        broken = next((name for name, sha256 in own.items() if sha256 not in sound), None)
        if broken is not None or content_name(own) != content_version_:
            yield DamagedVersionError(version=number, part=_LIST if broken is None else f"filen {broken}")


def keep(connection: sa.Connection, number: int, contents: Contents, counts: Mapping[str, int]) -> None:
    """Keep the files of a version that is already there, with how many rows each table has.

    The connection is in a transaction that keeps all other writers out.
    """
    digests = {name: _sha256(data) for name, data in contents.items()}
    for data in set(contents.values()):
        keep_once(connection, data)
    files = [
        {"version": number, "name": name, "sha256": sha256, "rows": counts.get(Path(name).stem)}
        for name, sha256 in digests.items()
    ]
    if files:
        connection.execute(sa.insert(VERSION_FILE), files)


def check_contents(contents: Contents) -> None:
    """Refuse personal data in any cell of any file, CSV files being in their canonical form.

    Raises
    ------
    PersonalDataError
        If there is any.
    ValueError
        If a file's name is not that of a file of a dataset.
    """
    for name, data in contents.items():
        if not FILE_NAME.fullmatch(name):
            raise ValueError(name)
        text = data.decode("utf-8", errors="replace")
        if name.endswith(".csv"):
            # joined so that no detail can be seen to begin in one cell and end in the next
            text = "\x1f".join(cell for row in _rows(text) for cell in row)
        if personal_data.is_in(text):
            raise PersonalDataError(place=f"filen {name}")


def counted(contents: Contents) -> dict[str, int]:
    r"""Count the rows of CSV files, without their headers and without empty ones: table → rows.

    Examples
    --------
    >>> counted({"arenor.csv": b"namn\nHuset\n", "dataset.toml": b""})
    {'arenor': 1}
    """
    return {
        Path(name).stem: max(
            0, sum(1 for row in _rows(data.decode("utf-8", errors="replace")) if any(row)) - 1
        )
        for name, data in contents.items()
        if name.endswith(".csv")
    }


def _rows(text: str) -> Iterator[list[str]]:
    """Give the rows of a CSV file in its canonical form, however long its cells are."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    return csv.reader(io.StringIO(text, newline=""))


def keep_once(connection: sa.Connection, data: bytes) -> str:
    """Keep what a file holds, once; what is there but damaged is mended. Give its SHA-256."""
    sha256 = _sha256(data)
    same = CONTENT.c.sha256 == sha256
    packed = gzip.compress(data, compresslevel=6, mtime=0)
    present = connection.scalar(sa.select(CONTENT.c.packed).where(same))
    if present is None:
        connection.execute(sa.insert(CONTENT).values(sha256=sha256, size=len(data), packed=packed))
    elif present != packed:
        connection.execute(sa.update(CONTENT).where(same).values(packed=packed, size=len(data)))
    return sha256


def content_name(digests: Mapping[str, str]) -> str:
    """Name what some files hold, as `content_version` does, from their names and SHA-256."""
    together = "".join(f"{name}\0{digests[name]}\n" for name in sorted(digests))
    return _sha256(together.encode())[:12]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unpacked(packed: bytes | None, sha256: str, number: int, name: str) -> bytes:
    try:
        data = gzip.decompress(packed or b"")
    except (OSError, EOFError, zlib.error):
        raise DamagedVersionError(version=number, part=f"filen {name}") from None
    if _sha256(data) != sha256:
        raise DamagedVersionError(version=number, part=f"filen {name}")
    return data
