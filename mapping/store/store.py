"""Publish, restore, mark and read versions: each is published whole or not at all, one at a time.

A version's contents are files by name, as bytes. They are kept by what they hold, compressed, and every
reading checks that they still are what was published.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa

from mapping.errors import (
    DamagedVersionError,
    EraseError,
    LastVersionError,
    NotPermittedError,
    StodkartanError,
    StoreUnavailableError,
    UnknownWaveError,
    WithdrawnVersionError,
)
from mapping.store import database, erasing
from mapping.store.checks import check_base, check_reason, check_words, loggable, plain, refuse_personal_data
from mapping.store.files import (
    Contents,
    check_contents,
    content_version,
    counted,
    file_of,
    keep,
)
from mapping.store.permission import Actor, Policy, decide
from mapping.store.records import (
    ABOUT,
    NEWEST,
    damaged_in,
    latest_in,
    shown_contents,
    version_in,
    versions_in,
)
from mapping.store.schema import AUDIT, COLUMN_MAPPING, SOURCE, VERSION, VERSION_FILE
from mapping.store.versions import WAVES, AuditEntry, DeliveredFile, Head, Kind, Version

_log = logging.getLogger("stodkartan")
SEED_COMMENT: Final = "Uppgifterna som följde med när servern startades första gången."


def _now() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC)


class Store:
    """The published versions in one database. Safe to use from many threads.

    Without a policy only the command line may change them. The clock gives the moment in UTC.
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
        engine = database.opened(url)
        try:
            erasing.scrub(engine)  # what an erasure that was cut off has left
        except StoreUnavailableError as error:
            _log.warning("%s", error)
        return cls(engine, policy, clock)

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
            latest = latest_in(connection)
            if latest is not None:
                return latest  # another server was first
            counts = counted(contents) if counts is None else counts
            row = self._row(actor, SEED_COMMENT, Kind.SEED, contents, counts=counts)
            return _write(connection, row, contents, ())

    def latest(self) -> Head | None:
        """Give the latest version that is not withdrawn, with one cheap query; None before the first."""
        with database.reading(self.engine, is_one_query=True) as connection:
            return latest_in(connection)

    def versions(self) -> tuple[Version, ...]:
        """Give every version, the latest first."""
        with database.reading(self.engine) as connection:
            return versions_in(connection)

    def version(self, number: int) -> Version:
        """Give one version.

        Raises
        ------
        VersionNotFoundError
            If there is none with that number.
        """
        with database.reading(self.engine) as connection:
            return version_in(connection, number)

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
        WithdrawnVersionError
            If it was withdrawn.
        """
        with database.reading(self.engine) as connection:
            return shown_contents(connection, number)

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

        `contents` are all its files, checked; `base` is the version that the change was made from, None if
        there was none; `accepted` are findings as JSON knows them; `counts` are a table's rows, counted in
        the CSV files if not given.

        Raises
        ------
        NotPermittedError, CommentMissingError
            If the actor may not, or says nothing of why.
        PersonalDataError
            If there is personal data in the comment, a file's name, an accepted finding or the contents.
        OutdatedVersionError
            If `base` is not the latest version.
        """
        detail: dict[str, Any] = {"base": base, "comment": loggable(comment)}
        detail["sources"] = [loggable(source.name) for source in sources]

        def check() -> None:
            check_words(comment, actor, sources, accepted)
            check_contents(contents)

        with self._attempt(kind.value, actor, detail, check) as connection:
            check_base(connection, base)
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
        detail: dict[str, Any] = {"restored_from": number, "base": base, "comment": loggable(comment)}
        with self._attempt(
            Kind.RESTORE.value, actor, detail, lambda: check_words(comment, actor)
        ) as connection:
            if base is not None:
                check_base(connection, base)
            earlier = version_in(connection, number)
            contents = shown_contents(connection, number)
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
            version = version_in(connection, number)
            if version.withdrawn is not None:
                raise WithdrawnVersionError(version=number, reason=version.withdrawn)
            taken = None
            if year is not None:
                taken = connection.scalar(sa.select(VERSION.c.number).where(VERSION.c.wave == year))
                connection.execute(sa.update(VERSION).where(VERSION.c.wave == year).values(wave=None))
            connection.execute(sa.update(VERSION).where(VERSION.c.number == number).values(wave=year))
            detail["taken_from"] = taken = None if taken == number else taken
            return taken

    def withdraw(self, number: int, *, actor: Actor, reason: str) -> Head:
        """Let a version show nothing to anyone any more; it stays in the list. Give what is shown then.

        It is no longer a wave. What it protects stays protected in earlier versions.

        Raises
        ------
        NotPermittedError, CommentMissingError, PersonalDataError, VersionNotFoundError
            As `restore` does.
        WithdrawnVersionError
            If it already was.
        LastVersionError
            If there is no other to show.
        """
        detail: dict[str, Any] = {"version": number}
        with self._attempt("withdraw", actor, detail, lambda: check_reason(reason)) as connection:
            version = version_in(connection, number)
            if version.withdrawn is not None:
                raise WithdrawnVersionError(version=number, reason=version.withdrawn)
            its = sa.update(VERSION).where(VERSION.c.number == number)
            connection.execute(its.values(withdrawn=plain(reason), wave=None))
            latest = latest_in(connection)
            if latest is None:
                raise LastVersionError(version=number)
            detail["reason"] = plain(reason)
            return latest

    def planned(self, eraser: erasing.Eraser, *, actor: Actor) -> erasing.Plan:
        """Tell what an eraser would take out of every version, and change nothing.

        Raises
        ------
        NotPermittedError
            If the actor may not: whoever is told where something stands is told that it does.
        """
        decision = decide(actor, self.policy)
        if not decision.granted:
            raise NotPermittedError(reason=decision.reason)
        with database.reading(self.engine) as connection:
            return erasing.planned(connection, eraser)

    def files_of(self, plan: erasing.Plan, number: int) -> dict[str, bytes]:
        """Give a version's files as they would be when a plan is carried out."""
        with database.reading(self.engine) as connection:
            return plan.contents(connection, number)

    def erase(
        self,
        plan: erasing.Plan,
        texts: Iterable[str] = (),
        *,
        actor: Actor,
        reason: str,
        what: Mapping[str, str],
    ) -> int:
        """Take something out of every version, in one transaction, and out of the database's own files.

        Give how many records of versions, attempts and columns told of it too. The versions that change have
        other names and hashes afterwards.

        `plan` is from `planned`; `texts` are to be covered, too, in what is remembered beside the files;
        `what` says what is erased in words that do not tell it, for the log.

        Raises
        ------
        NotPermittedError, CommentMissingError, PersonalDataError
            As `restore` does.
        EraseError
            If the reason tells what is to be erased, or it stands nowhere.
        OutdatedVersionError
            If anything was published since it was planned.
        """
        sought = {*plan.texts, *texts}
        detail: dict[str, Any] = {**what, "versions": sorted(plan.versions)}

        def check() -> None:
            if any(erasing.pattern(text).search(reason) for text in sought):
                raise EraseError(reason="Skälet innehåller det som ska tas bort. Skriv det med andra ord.")
            check_reason(reason)

        with self._attempt("erase", actor, detail, check) as connection:
            records = erasing.carried_out(connection, plan, sought)
            if not plan.versions and not records and not plan.damaged:
                raise EraseError(reason="Det finns inte i någon version. Kontrollera hur det är skrivet.")
            detail["reason"] = plain(reason)
        erasing.scrub(self.engine)
        return records

    def waves(self) -> dict[int, int]:
        """Give the version of each wave that has one: year → version, in order of years."""
        marked = sa.select(VERSION.c.wave, VERSION.c.number).where(VERSION.c.wave.is_not(None))
        with database.reading(self.engine) as connection:
            return dict(sorted((row.wave, row.number) for row in connection.execute(marked)))

    def remember_columns(self, fingerprint: str, columns: Mapping[str, str], *, actor: Actor) -> None:
        """Remember what the columns of a kind of file are.

        `fingerprint` names the kind of file by its header row; `columns` is written header → contract
        column, or nothing for a column to leave out.

        Raises
        ------
        NotPermittedError, PersonalDataError
            If the actor may not, or there is personal data in a header.
        """
        detail = {"fingerprint": fingerprint}
        with self._attempt(
            "columns", actor, detail, lambda: refuse_personal_data("kolumnernas namn", columns)
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
            "role": plain(actor.role),
            "comment": plain(comment),
            "kind": kind.value,
            "content_version": content_version(contents),
            "counts": dict(counts),
            "accepted": [dict(finding) for finding in accepted],
        }


def _write(
    connection: sa.Connection, row: Mapping[str, Any], contents: Contents, sources: Iterable[DeliveredFile]
) -> Head:
    """Write a version after the latest; the connection keeps other writers out."""
    number = (connection.scalar(sa.select(NEWEST)) or 0) + 1
    connection.execute(sa.insert(VERSION).values(number=number, **row))
    keep(connection, number, contents, row["counts"])
    delivered = [
        {"version": number, "place": place, "name": plain(s.name), "sha256": s.sha256, "size": s.size_bytes}
        for place, s in enumerate(sources)
    ]
    if delivered:
        connection.execute(sa.insert(SOURCE), delivered)
    return Head(number, row["content_version"])
