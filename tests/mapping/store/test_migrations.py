"""The tables that the steps make are the tables that the store uses."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mapping.errors import StoreUnavailableError
from mapping.store import database, migrations
from mapping.store.files import content_version, keep
from mapping.store.schema import METADATA, VERSION
from mapping.store.store import Store
from tests.mapping.stores import FIRST, Clock


def test_the_newest_step_is_the_one_that_is_named():
    assert migrations.known()[0] == migrations.HEAD


def test_the_steps_lead_to_the_tables_that_are_used(address):
    engine = database.opened(address)
    options = {"version_table": migrations.REVISION_TABLE, "compare_type": True}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        assert migrations.reached(connection) == migrations.HEAD
    engine.dispose()


def test_a_database_that_many_servers_open_first_at_once_is_made_once(address):
    together = threading.Barrier(5)

    def start(_):
        together.wait()
        engine = database.opened(address)
        with engine.connect() as connection:
            step = migrations.reached(connection)
        engine.dispose()
        return step

    with ThreadPoolExecutor(5) as servers:
        assert set(servers.map(start, range(5))) == {migrations.HEAD}


def test_a_step_that_fails_leaves_the_database_as_it_was(address, monkeypatch):
    upgrade = migrations.upgrade

    def fail_late(connection):
        upgrade(connection)
        raise StoreUnavailableError(reason="Strömmen gick.")

    monkeypatch.setattr(migrations, "upgrade", fail_late)
    with pytest.raises(StoreUnavailableError, match="Strömmen"):
        database.opened(address)
    monkeypatch.undo()
    engine = database.opened(address)
    assert set(METADATA.tables) < set(sa.inspect(engine).get_table_names())
    engine.dispose()


def test_a_database_that_is_up_to_date_is_opened_without_alembic(address):
    database.opened(address).dispose()
    code = "import sys; from mapping.store.store import Store\n"
    code += "Store.open(sys.argv[1]); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, address], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"UPDATE {migrations.REVISION_TABLE} SET version_num = '9999'", "nyare version av Stödkartan"),  # noqa: S608
        (f"DROP TABLE {migrations.REVISION_TABLE}", "andra tabeller"),
    ],
)
def test_a_database_of_a_newer_stodkartan_and_somebody_elses_tables_are_left_alone(address, statement, told):
    engine = database.opened(address)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    with pytest.raises(StoreUnavailableError, match=told):
        database.opened(address)


def test_an_older_store_is_opened_with_every_version(address, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(migrations, "HEAD", "0001")
        engine = database.opened(address)
    row = {"created_at": Clock()(), "via": "command", "role": "", "comment": "x", "kind": "seed"}
    with engine.begin() as connection:
        made = {**row, "number": 1, "content_version": content_version(FIRST), "counts": {}, "accepted": []}
        connection.execute(sa.insert(VERSION).values(made))
        keep(connection, 1, FIRST, {})
    engine.dispose()
    store = Store.open(address)
    assert store.contents(1) == FIRST
    assert [(one.number, one.withdrawn) for one in store.versions()] == [(1, None)]
    store.close()
