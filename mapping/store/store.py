"""Publish, restore, mark and read versions: each is published whole or not at all, one at a time.

A version's contents are files by name, as bytes. They are kept by what they hold, compressed, and every
reading checks that they still are what was published.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa

from mapping.contract import personal_data
from mapping.errors import (
    CommentMissingError,
    DamagedVersionError,
    NotPermittedError,
    OutdatedVersionError,
    PersonalDataError,
    StodkartanError,
    StoreUnavailableError,
    UnknownWaveError,
    VersionNotFoundError,
)
from mapping.store import database
from mapping.store.files import (
    Contents,
    check_contents,
    content_version,
    contents_of,
    counted,
    damaged_files,
    file_of,
    keep,
)
from mapping.store.permission import Actor, Policy, decide
from mapping.store.schema import AUDIT, COLUMN_MAPPING, SOURCE, VERSION, VERSION_FILE
from mapping.store.versions import WAVES, AuditEntry, DeliveredFile, Head, Kind, StoredFile, Version

SEED_COMMENT: Final = "Uppgifterna som följde med när servern startades första gången."
ABOUT: Final = "det som står om versionen"
"""What is damaged where a version's files are not."""
_LATEST: Final = (
    sa.select(VERSION.c.number, VERSION.c.content_version).order_by(VERSION.c.number.desc()).limit(1)
)


def _now() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC)


class Store:
    """The published versions in one database. Safe to use from many threads.

    Parameters
    ----------
    engine
        As `mapping.store.database.opened` gives it.
    policy
        Who may publish, restore and mark. Without one, only the command line.
    clock
        Gives the moment in UTC.
    """

    def __init__(
        self, engine: sa.Engine, policy: Policy | None = None, clock: Callable[[], datetime.datetime] = _now
    ) -> None:
        """Keep the engine."""
        self.engine = engine
        self.policy = policy or Policy()
        self._clock = clock

    @classmethod
    def open(
        cls, url: str, *, policy: Policy | None = None, clock: Callable[[], datetime.datetime] = _now
    ) -> "Store":
        """Open the store at an address, with its tables made or brought up to date.

        Raises
        ------
        SettingError
            If the address cannot be understood.
        StoreUnavailableError
            If the database cannot be reached or used; so does every method below.
        """
        return cls(database.opened(url), policy, clock)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def with_policy(self, policy: Policy) -> "Store":
        """Give the same store under another policy, such as one that depends on how a visitor came."""
        return Store(self.engine, policy, self._clock)

    def ensure_seeded(self, contents: Contents, counts: Mapping[str, int] | None = None) -> Head:
        """Make the first version of some files, unless there already is a version; give the latest."""
        latest = self.latest()
        if latest is not None:
            return latest
        actor = Actor.command()
        with database.writing(self.engine) as connection:
            latest = _latest(connection)
            if latest is not None:
                return latest  # another server was first
            counts = counted(contents) if counts is None else counts
            row = self._row(actor, SEED_COMMENT, Kind.SEED, contents, counts=counts)
            return _write(connection, row, contents, ())

    def latest(self) -> Head | None:
        """Give the latest version, with one cheap query; None before the first."""
        with database.reading(self.engine, is_one_query=True) as connection:
            return _latest(connection)

    def versions(self) -> tuple[Version, ...]:
        """Give every version, the latest first."""
        with database.reading(self.engine) as connection:
            return _versions(connection)

    def version(self, number: int) -> Version:
        """Give one version.

        Raises
        ------
        VersionNotFoundError
            If there is none with that number.
        """
        with database.reading(self.engine) as connection:
            return _version(connection, number)

    def damaged(self) -> dict[int, DamagedVersionError]:
        """Look every version through; tell what is wrong with those that are damaged, by their numbers."""
        with database.reading(self.engine) as connection:
            return damaged_in(connection)

    def contents(self, number: int) -> dict[str, bytes]:
        """Give a version's files as they were published: name → bytes.

        Raises
        ------
        VersionNotFoundError
            If there is none with that number.
        DamagedVersionError
            If any file is not what it was.
        """
        with database.reading(self.engine) as connection:
            return contents_of(connection, number)

    def digests(self, name: str, *, after: int) -> dict[int, str]:
        """Give the SHA-256 of a file in each version after one, of those that have it, by their numbers."""
        its = (VERSION_FILE.c.name == name, VERSION_FILE.c.version > after)
        with database.reading(self.engine, is_one_query=True) as connection:
            found = sa.select(VERSION_FILE.c.version, VERSION_FILE.c.sha256).where(*its)
            return {row.version: row.sha256 for row in connection.execute(found)}

    def file(self, sha256: str) -> bytes:
        """Give what a file of that SHA-256 holds; if it is damaged, `DamagedVersionError` is raised."""
        with database.reading(self.engine, is_one_query=True) as connection:
            return file_of(connection, sha256)

    def publish(  # noqa: PLR0913 - each is part of what is kept
        self,
        contents: Contents,
        *,
        base: int | None,
        actor: Actor,
        comment: str,
        sources: Sequence[DeliveredFile] = (),
        accepted: Sequence[Mapping[str, Any]] = (),
        counts: Mapping[str, int] | None = None,
        kind: Kind = Kind.PUBLISH,
    ) -> Head:
        """Publish a new version, whole or not at all.

        Parameters
        ----------
        contents
            All the files of the new version, checked: name → bytes.
        base
            The version that the change was made from; None if there was none.
        accepted
            Findings that were seen and accepted, as JSON knows them.
        counts
            Table → rows; counted in the CSV files if not given.
        kind
            `Kind.PUBLISH` or `Kind.CONFIRM`.

        Raises
        ------
        NotPermittedError
            If the actor may not.
        CommentMissingError
            If the comment is empty.
        PersonalDataError
            If there is personal data in the comment, a file's name, an accepted finding or the contents.
        OutdatedVersionError
            If `base` is not the latest version.
        """
        detail: dict[str, Any] = {"base": base, "comment": _loggable(comment)}
        detail["sources"] = [_loggable(source.name) for source in sources]

        def check() -> None:
            _check_words(comment, actor, sources, accepted)
            check_contents(contents)

        with self._attempt(kind.value, actor, detail, check) as connection:
            _check_base(connection, base)
            counts = counted(contents) if counts is None else counts
            row = self._row(actor, comment, kind, contents, counts=counts, accepted=accepted)
            head = _write(connection, row, contents, sources)
            detail["version"] = head.number
            return head

    def restore(self, number: int, *, actor: Actor, comment: str, base: int | None = None) -> Head:
        """Publish an earlier version again, as a new one.

        `base` is the version that was the latest when the actor decided; it is not checked if None.

        Raises
        ------
        NotPermittedError, CommentMissingError, PersonalDataError, OutdatedVersionError
            As `publish` does.
        VersionNotFoundError, DamagedVersionError
            As `contents` does.
        """
        detail: dict[str, Any] = {"restored_from": number, "base": base, "comment": _loggable(comment)}
        with self._attempt(
            Kind.RESTORE.value, actor, detail, lambda: _check_words(comment, actor)
        ) as connection:
            if base is not None:
                _check_base(connection, base)
            earlier = _version(connection, number)
            contents = contents_of(connection, number)
            if earlier.is_damaged:
                raise DamagedVersionError(version=number, part=ABOUT)
            row = self._row(
                actor, comment, Kind.RESTORE, contents, counts=earlier.counts, accepted=earlier.accepted
            )
            head = _write(connection, row | {"restored_from": number}, contents, earlier.sources)
            detail["version"] = head.number
            return head

    def mark_wave(self, number: int, year: int | None, *, actor: Actor) -> int | None:
        """Mark a version as the strategy's wave of a year, or as none; give the version that loses the mark.

        A year, one of `WAVES`, belongs to one version, and a version to one year: earlier marks give way.

        Raises
        ------
        NotPermittedError
            If the actor may not.
        UnknownWaveError
            If there is no wave in that year.
        VersionNotFoundError
            If there is no such version.
        """
        detail: dict[str, Any] = {"version": number, "year": year}
        with self._attempt("wave", actor, detail) as connection:
            if year is not None and year not in WAVES:
                raise UnknownWaveError(year=year, years=WAVES)
            _version(connection, number)
            taken = None
            if year is not None:
                taken = connection.scalar(sa.select(VERSION.c.number).where(VERSION.c.wave == year))
                connection.execute(sa.update(VERSION).where(VERSION.c.wave == year).values(wave=None))
            connection.execute(sa.update(VERSION).where(VERSION.c.number == number).values(wave=year))
            detail["taken_from"] = taken = None if taken == number else taken
            return taken

    def waves(self) -> dict[int, int]:
        """Give the version of each wave that has one: year → version, in order of years."""
        marked = sa.select(VERSION.c.wave, VERSION.c.number).where(VERSION.c.wave.is_not(None))
        with database.reading(self.engine) as connection:
            return dict(sorted((row.wave, row.number) for row in connection.execute(marked)))

    def remember_columns(self, fingerprint: str, columns: Mapping[str, str], *, actor: Actor) -> None:
        """Remember what the columns of a kind of file are.

        Parameters
        ----------
        fingerprint
            Names the kind of file: made from its header row.
        columns
            Written header → contract column, or nothing for a column to leave out.

        Raises
        ------
        NotPermittedError
            If the actor may not.
        PersonalDataError
            If there is personal data in a header.
        """
        detail = {"fingerprint": fingerprint}
        with self._attempt(
            "columns", actor, detail, lambda: _refuse_personal_data("kolumnernas namn", columns)
        ) as connection:
            row: dict[str, Any] = {"mapping": dict(columns), "account": actor.account, "at": self._clock()}
            same = COLUMN_MAPPING.c.fingerprint == fingerprint
            connection.execute(sa.delete(COLUMN_MAPPING).where(same))
            connection.execute(sa.insert(COLUMN_MAPPING).values(fingerprint=fingerprint, **row))

    def columns(self) -> dict[str, dict[str, str]]:
        """Give everything that is remembered of columns: fingerprint → written header → contract column."""
        remembered = sa.select(COLUMN_MAPPING.c.fingerprint, COLUMN_MAPPING.c.mapping)
        with database.reading(self.engine) as connection:
            rows = connection.execute(remembered)
            return {row.fingerprint: dict(row.mapping) for row in rows if isinstance(row.mapping, dict)}

    def audit_log(self, limit: int = 200) -> tuple[AuditEntry, ...]:
        """Give the newest attempts to change something, the newest first."""
        newest = sa.select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
        with database.reading(self.engine) as connection:
            rows = connection.execute(newest).mappings()
            return tuple(
                AuditEntry(**{k: v for k, v in row.items() if k != "id"} | {"detail": row["detail"] or {}})
                for row in rows
            )

    @contextmanager
    def _attempt(
        self, action: str, actor: Actor, detail: Mapping[str, Any], check: Callable[[], None] = lambda: None
    ) -> Iterator[sa.Connection]:
        """Decide, check, let the block write, and put it in the audit log, whatever becomes of it.

        The check may take its time: only then are other writers kept waiting. What was done is logged in its
        own transaction, so that neither is there without the other.
        """
        decision = decide(actor, self.policy)
        try:
            if not decision.granted:
                raise NotPermittedError(reason=decision.reason)
            check()
            with database.writing(self.engine) as connection:
                yield connection
                self._log(connection, action, actor, detail, granted=True, reason=decision.reason)
        except StoreUnavailableError:
            raise  # what cannot be written cannot be logged there either
        except StodkartanError as error:
            with database.writing(self.engine) as connection:
                self._log(connection, action, actor, detail, granted=False, reason=str(error))
            raise

    def _log(  # noqa: PLR0913 - one for each column
        self,
        connection: sa.Connection,
        action: str,
        actor: Actor,
        detail: Mapping[str, Any],
        *,
        granted: bool,
        reason: str,
    ) -> None:
        entry = {"at": self._clock(), "account": actor.account, "via": actor.via, "action": action}
        outcome = {"granted": granted, "reason": reason, "detail": dict(detail)}
        connection.execute(sa.insert(AUDIT).values(**entry, **outcome))

    def _row(  # noqa: PLR0913 - one for each column
        self,
        actor: Actor,
        comment: str,
        kind: Kind,
        contents: Contents,
        *,
        counts: Mapping[str, int],
        accepted: Sequence[Mapping[str, Any]] = (),
    ) -> dict[str, Any]:
        return {
            "created_at": self._clock(),
            "account": actor.account,
            "via": actor.via,
            "role": _plain(actor.role),
            "comment": _plain(comment),
            "kind": kind.value,
            "content_version": content_version(contents),
            "counts": dict(counts),
            "accepted": [dict(finding) for finding in accepted],
        }


def damaged_in(connection: sa.Connection) -> dict[int, DamagedVersionError]:
    """Look every version in a database through; tell what is wrong with those that are damaged."""
    found = {error.version: error for error in damaged_files(connection)}
    for version in reversed(_versions(connection)):
        if version.is_damaged:
            found.setdefault(version.number, DamagedVersionError(version=version.number, part=ABOUT))
    return found


def _latest(connection: sa.Connection) -> Head | None:
    row = connection.execute(_LATEST).first()
    return None if row is None else Head(row.number, row.content_version, row.number)


def _version(connection: sa.Connection, number: int) -> Version:
    found = _versions(connection, VERSION.c.number == number)
    if not found:
        raise VersionNotFoundError(version=number)
    return found[0]


def _versions(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> tuple[Version, ...]:
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


def _write(
    connection: sa.Connection, row: Mapping[str, Any], contents: Contents, sources: Iterable[DeliveredFile]
) -> Head:
    """Write a version after the latest; the connection keeps other writers out."""
    latest = _latest(connection)
    number = 1 if latest is None else latest.number + 1
    connection.execute(sa.insert(VERSION).values(number=number, **row))
    keep(connection, number, contents, row["counts"])
    delivered = [
        {"version": number, "place": place, "name": _plain(s.name), "sha256": s.sha256, "size": s.size_bytes}
        for place, s in enumerate(sources)
    ]
    if delivered:
        connection.execute(sa.insert(SOURCE), delivered)
    return Head(number, row["content_version"])


def _check_words(
    comment: str,
    actor: Actor,
    sources: Iterable[DeliveredFile] = (),
    accepted: Sequence[Mapping[str, Any]] = (),
) -> None:
    if not _plain(comment):
        raise CommentMissingError
    _refuse_personal_data("kommentaren", comment)
    _refuse_personal_data("funktionen", actor.role)
    _refuse_personal_data("filernas namn", [source.name for source in sources])
    _refuse_personal_data("de godkända anmärkningarna", accepted)


def _refuse_personal_data(place: str, value: Any) -> None:
    if personal_data.is_in(value):
        raise PersonalDataError(place=place)


def _loggable(text: str) -> str:
    return personal_data.masked(_plain(text))


def _plain(text: str) -> str:
    """Take away what a database cannot keep in a text: halves of characters, and NUL."""
    return text.encode("utf-8", errors="ignore").decode("utf-8").replace("\0", "").strip()


def _check_base(connection: sa.Connection, base: int | None) -> None:
    latest = _latest(connection)
    number = None if latest is None else latest.number
    if base != number:
        raise OutdatedVersionError(base=base, latest=number)
