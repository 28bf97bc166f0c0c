"""Hold what is known of a published version, as values: who, when, why, of which files."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

UNKNOWN: Final = "okänt"
"""What is said of something that is damaged in the database."""

WAVES: Final = (2024, 2026, 2028, 2030)
"""The years in which the strategy's waves fall."""

SWEDEN: Final = ZoneInfo("Europe/Stockholm")


class Kind(StrEnum):
    """How a version came about."""

    SEED = "seed"
    """The data that the app was started with the first time."""
    PUBLISH = "publish"
    """Somebody delivered files."""
    CONFIRM = "confirm"
    """Somebody confirmed rows unchanged."""
    RESTORE = "restore"
    """Somebody went back to an earlier version."""


KIND_LABELS: Final[Mapping[Kind, str]] = {
    Kind.SEED: "Första innehållet",
    Kind.PUBLISH: "Publicerad",
    Kind.CONFIRM: "Bekräftad oförändrad",
    Kind.RESTORE: "Återställd",
}


@dataclass(frozen=True)
class Head:
    """The latest version: its number, 1 for the first, and a name for what it contains."""

    number: int
    content_version: str
    """The first 12 hexadecimal digits of a SHA-256 of the files and their names."""
    newest: int = field(default=0, compare=False)
    """The newest version's number, as far as whoever asked knew."""


@dataclass(frozen=True)
class DeliveredFile:
    """A file that somebody delivered. It is not kept, only named."""

    name: str
    sha256: str
    size_bytes: int
    tables: tuple[str, ...] = ()
    """What it was read as, by the contract's names; not remembered once it is published."""


@dataclass(frozen=True)
class StoredFile:
    """One file of a version; `rows` is None where they were not counted."""

    name: str
    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Version:
    """A published version. What is damaged in the database is missing here, and `is_damaged` says so."""

    number: int
    created_at: datetime.datetime | None
    """In UTC; None if it is damaged."""
    account: str | None
    """The e-mail address of who made it, not for everyone's eyes; None if nobody was signed in."""
    via: str
    """`oidc`, `local` or `command`, see `mapping.store.permission.Actor`."""
    role: str
    """The function that the account acted in; may be empty."""
    comment: str
    kind: Kind | None
    restored_from: int | None
    content_version: str
    wave: int | None = None
    """The year of the strategy's wave that it stands for."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Table → rows."""
    accepted: Sequence[Mapping[str, Any]] = ()
    """The findings that were seen and accepted, as JSON knows them."""
    files: tuple[StoredFile, ...] = ()
    sources: tuple[DeliveredFile, ...] = ()
    withdrawn: str | None = None
    """Why it was withdrawn, and shows nothing; None if it was not."""
    is_damaged: bool = False
    """Whether what is known of it is; whether its files are is found by reading them."""

    @property
    def published_on(self) -> datetime.date | None:
        """The day in Sweden when somebody published it; None for what the app was started with."""
        is_published = self.created_at and self.kind is not Kind.SEED
        return self.created_at.astimezone(SWEDEN).date() if self.created_at and is_published else None

    @property
    def kind_label(self) -> str:
        """Say how it came about."""
        return UNKNOWN if self.kind is None else KIND_LABELS[self.kind]

    @property
    def made_by(self) -> str:
        """Say who made it in words that anyone may read: a function, never an e-mail address."""
        if self.role:
            return self.role
        if self.kind is Kind.SEED:
            return "servern vid första starten"
        return {"oidc": "en redaktör", "command": "den som driver servern"}.get(self.via, "den egna datorn")

    def as_json(self) -> dict[str, Any]:
        """Give everything as JSON knows it, for who runs the server."""
        return {
            "version": self.number,
            "created_at": self.created_at and self.created_at.isoformat(),
            "account": self.account,
            "via": self.via,
            "role": self.role,
            "comment": self.comment,
            "kind": self.kind and self.kind.value,
            "restored_from": self.restored_from,
            "content_version": self.content_version,
            "wave": self.wave,
            "withdrawn": self.withdrawn,
            "counts": dict(self.counts),
            "accepted": [dict(finding) for finding in self.accepted],
            "files": [{"name": f.name, "sha256": f.sha256, "rows": f.rows} for f in self.files],
            "sources": [{"name": s.name, "sha256": s.sha256, "size": s.size_bytes} for s in self.sources],
        }


@dataclass(frozen=True)
class AuditEntry:
    """One attempt to change something, granted or not."""

    at: datetime.datetime | None
    """In UTC."""
    account: str | None
    via: str
    action: str
    """`publish`, `confirm`, `restore`, `wave`, `withdraw`, `erase` or `columns`."""
    granted: bool
    reason: str
    """A Swedish sentence: why, or why not."""
    detail: Mapping[str, Any]
    """What it was about: the version, the comment with personal data covered."""
