"""Describe the tables that keep every published version."""

import datetime
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

_Reader = Callable[[Any], Any]


class _Lenient(sa.types.TypeDecorator[Any]):
    """A value that is None where it is damaged, so that one damaged row does not hide all the others."""

    def result_processor(self, dialect: sa.Dialect, coltype: Any) -> _Reader:
        """Read what can be read."""
        read: _Reader | None = super().result_processor(dialect, coltype)

        def read_or_none(value: Any) -> Any:
            try:
                return value if read is None else read(value)
            except (ValueError, TypeError):
                return None

        return read_or_none


class Instant(_Lenient):
    """A moment in UTC, also where the database keeps no time zones; None if it is damaged."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime.datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> datetime.datetime | None:
        """Turn a moment into UTC before it is written."""
        return None if value is None else value.astimezone(datetime.UTC)

    def process_result_value(
        self,
        value: datetime.datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> datetime.datetime | None:
        """Say that what was read is UTC."""
        if value is None:
            return None
        return value.astimezone(datetime.UTC) if value.tzinfo else value.replace(tzinfo=datetime.UTC)


class Json(_Lenient):
    """A value as JSON knows it; None if it is damaged."""

    impl = sa.JSON
    cache_ok = True


METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

VERSION = sa.Table(
    "version",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("account", sa.Text),
    sa.Column("via", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("restored_from", sa.ForeignKey("version.number")),
    sa.Column("content_version", sa.Text, nullable=False),
    sa.Column("counts", Json, nullable=False),
    sa.Column("accepted", Json, nullable=False),
    sa.Column("wave", sa.Integer, unique=True),
    sa.Column("withdrawn", sa.Text),
)
"""A published version. Everything but `wave` and `withdrawn`, why it shows nothing, is written once."""

CONTENT = sa.Table(
    "content",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)
"""What a file held, compressed, under the SHA-256 of what it held: equal files are kept once."""

VERSION_FILE = sa.Table(
    "version_file",
    METADATA,
    sa.Column("version", sa.ForeignKey("version.number"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("sha256", sa.ForeignKey("content.sha256"), nullable=False),
    sa.Column("rows", sa.Integer),
)
"""Which files a version is made of."""

SOURCE = sa.Table(
    "source",
    METADATA,
    sa.Column("version", sa.ForeignKey("version.number"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
)
"""The files that a version was delivered in. They are not kept, only named."""

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("account", sa.Text),
    sa.Column("via", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("granted", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", Json, nullable=False),
)
"""Every attempt to change something, granted or not."""

UNSCRUBBED = sa.Table(
    "unscrubbed",
    METADATA,
    sa.Column("erasure", sa.Integer, primary_key=True, autoincrement=False),
)
"""A row if something was erased whose old bytes may still lie in the database's own files."""

COLUMN_MAPPING = sa.Table(
    "column_mapping",
    METADATA,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("mapping", Json, nullable=False),
    sa.Column("account", sa.Text),
    sa.Column("at", Instant, nullable=False),
)
"""What somebody said that the columns of a kind of file are."""
