"""Let versions be withdrawn, and remember erasures whose old bytes may still lie in the database's files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add why a version was withdrawn, and the table of what is left to scrub."""
    op.add_column("version", sa.Column("withdrawn", sa.Text))
    op.create_table(
        "unscrubbed",
        sa.Column("erasure", sa.Integer, autoincrement=False),
        sa.PrimaryKeyConstraint("erasure", name="pk_unscrubbed"),
    )
