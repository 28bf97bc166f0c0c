"""Bring a database's tables from any earlier shape to the present one, with Alembic.

Each module in `revisions/` is one step. A new step is a new module there, and its name in `HEAD`.
"""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

HEAD: Final = "0002"
"""The newest step; Alembic, slow to import, is not asked when the database is already there."""

REVISION_TABLE: Final = "store_revision"
"""The table that says which step a database has reached."""

_REVISIONS = Path(__file__).parent / "revisions"


def reached(connection: sa.Connection) -> str | None:
    """Tell which step a database has reached, inside its transaction; None if it has none of our tables."""
    if not sa.inspect(connection).has_table(REVISION_TABLE):
        return None
    return connection.scalar(sa.select(sa.column("version_num")).select_from(sa.table(REVISION_TABLE)))


def known() -> list[str]:
    """List every step, the newest first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import

    script = ScriptDirectory(str(_REVISIONS.parent), version_locations=[str(_REVISIONS)])
    return [step.revision for step in script.walk_revisions()]


def upgrade(connection: sa.Connection) -> None:
    """Take every step that is left, inside the connection's transaction; it keeps all other writers out."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - slow to import
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(_REVISIONS.parent), version_locations=[str(_REVISIONS)])
    context = MigrationContext.configure(
        connection,
        opts={
            "version_table": REVISION_TABLE,
            "fn": lambda revision, _: script._upgrade_revs(HEAD, revision),  # noqa: SLF001 - as its own commands
        },
    )
    with Operations.context(context):
        context.run_migrations()
