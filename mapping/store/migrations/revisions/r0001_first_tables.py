"""Make the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first store."""
    op.create_table(
        "version",
        sa.Column("number", sa.Integer, autoincrement=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("restored_from", sa.Integer),
        sa.Column("content_version", sa.Text, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("accepted", sa.JSON, nullable=False),
        sa.Column("wave", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_version"),
        sa.ForeignKeyConstraint(["restored_from"], ["version.number"], name="fk_version_restored_from"),
        sa.UniqueConstraint("wave", name="uq_version_wave"),
    )
    op.create_table(
        "content",
        sa.Column("sha256", sa.Text),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_content"),
    )
    op.create_table(
        "version_file",
        sa.Column("version", sa.Integer),
        sa.Column("name", sa.Text),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer),
        sa.PrimaryKeyConstraint("version", "name", name="pk_version_file"),
        sa.ForeignKeyConstraint(["version"], ["version.number"], name="fk_version_file_version"),
        sa.ForeignKeyConstraint(["sha256"], ["content.sha256"], name="fk_version_file_sha256"),
    )
    op.create_table(
        "source",
        sa.Column("version", sa.Integer),
        sa.Column("place", sa.Integer, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("version", "place", name="pk_source"),
        sa.ForeignKeyConstraint(["version"], ["version.number"], name="fk_source_version"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "column_mapping",
        sa.Column("fingerprint", sa.Text),
        sa.Column("mapping", sa.JSON, nullable=False),
        sa.Column("account", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_column_mapping"),
    )
