"""The commands `migrate`, `backup` and `copy`."""

import pytest
import sqlalchemy as sa

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from mapping.store.schema import CONTENT
from mapping.store.store import Store
from tests.mapping.stores import FIRST, SECOND, publish, stodkartan


@pytest.fixture
def run(store, address):
    store.ensure_seeded(FIRST)
    publish(store, SECOND)
    return lambda *arguments: stodkartan(*arguments, STODKARTAN_DATABASE_URL=address)


def test_a_new_database_gets_its_tables(address):
    code, out, errors = stodkartan("migrate", STODKARTAN_DATABASE_URL=address)
    assert (code, errors) == (DONE, "")
    assert "tabeller" in out
    assert stodkartan("migrate", STODKARTAN_DATABASE_URL=address)[0] == DONE


def test_a_backup_is_a_store(run, store, tmp_path):
    code, out, errors = run("backup", str(tmp_path / "kopia.sqlite"))
    assert (code, errors) == (DONE, "")
    assert "kopia.sqlite" in out
    copy = Store.open(f"sqlite:///{tmp_path}/kopia.sqlite")
    assert copy.versions() == store.versions()
    copy.close()
    code, _, errors = run("backup", str(tmp_path / "kopia.sqlite"))
    assert code == REFUSED
    assert "skrivs inte över" in errors


def test_a_backup_of_a_damaged_version_is_taken_and_told_of(run, store, tmp_path):
    with store.engine.begin() as connection:
        connection.execute(sa.update(CONTENT).values(packed=b""))
    code, _, errors = run("backup", str(tmp_path / "kopia.sqlite"))
    assert code == REFUSED
    assert [line.split(" är skadad")[0] for line in errors.splitlines()] == ["Version 1", "Version 2"]
    assert (tmp_path / "kopia.sqlite").exists()


def test_every_version_is_copied_to_another_database(run, store, tmp_path):
    there = f"sqlite:///{tmp_path}/ny.sqlite"
    code, out, _ = run("copy", "--to", there)
    assert code == DONE
    assert out.startswith("2 versioner är kopierade.")
    copy = Store.open(there)
    assert copy.versions() == store.versions()
    copy.close()
    assert run("copy", "--to", there)[0] == REFUSED


def test_a_database_that_cannot_be_understood_or_used_is_refused_without_its_password(run, tmp_path):
    code, _, errors = run("copy", "--to", "mysql://konto:hemligt@x/y")
    assert code == WRONG_USE
    assert "--to" in errors
    assert "hemligt" not in errors
    (tmp_path / "x.sqlite").write_bytes(b"arena_id;namn\n" * 1000)
    code, _, errors = stodkartan("versions", STODKARTAN_DATABASE_URL=f"sqlite:///{tmp_path}/x.sqlite")
    assert code == REFUSED
    assert "ingen SQLite-databas" in errors


@pytest.mark.parametrize(
    "arguments", [("migrate",), ("backup", "x.sqlite"), ("copy", "--to", "sqlite:///x"), ("versions",)]
)
def test_without_a_database_every_command_says_which_setting_to_mend(arguments, tmp_path):
    code, _, errors = stodkartan(*arguments, STODKARTAN_DATA=str(tmp_path))
    assert code == WRONG_USE
    assert "STODKARTAN_DATABASE_URL" in errors
