"""A copy of a store is the whole store, in a file or in another kind of database."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa

from mapping.errors import DamagedVersionError, StoreUnavailableError, TargetInUseError
from mapping.store.backup import backup, copy_to
from mapping.store.permission import Actor
from mapping.store.schema import CONTENT, METADATA
from mapping.store.store import Store
from mapping.store.versions import DeliveredFile
from tests.mapping.stores import EDITOR, FIRST, SECOND, publish


@pytest.fixture
def filled(store):
    store.ensure_seeded(FIRST)
    source = DeliveredFile("Årets arenor.xlsx", "x", 1)
    publish(store, SECOND, sources=[source], accepted=[{"code": "row-drop"}])
    store.restore(1, actor=EDITOR, comment="Fel fil")
    store.mark_wave(2, 2026, actor=EDITOR)
    store.remember_columns("a1", {"Verksamhet": "namn"}, actor=EDITOR)
    return store


def everything(store):
    contents = [store.contents(version.number) for version in store.versions()]
    return store.latest(), store.versions(), contents, store.waves(), store.columns(), store.audit_log()


def other_kinds(store, tmp_path, postgresql):
    if store.engine.dialect.name == "sqlite":
        return postgresql.new_schema()
    return f"sqlite:///{tmp_path}/other.sqlite"


def test_a_backup_is_one_file_with_everything_in_it(filled, tmp_path, opened):
    path = tmp_path / "kopia ?100%.sqlite"
    assert (backup(filled, path), list(tmp_path.iterdir())) == ((), [path])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    path.rename(tmp_path / "kopia.sqlite")
    copy = opened(f"sqlite:///{tmp_path}/kopia.sqlite")
    assert everything(copy) == everything(filled)


def test_a_backup_never_replaces_a_file(filled, tmp_path):
    path = tmp_path / "kopia.sqlite"
    path.write_text("viktigt", encoding="utf-8")
    with pytest.raises(TargetInUseError, match=r"kopia\.sqlite"):
        backup(filled, path)
    assert path.read_text(encoding="utf-8") == "viktigt"


def test_a_backup_that_fails_leaves_nothing(filled, tmp_path, monkeypatch):
    def stop(*_):
        raise OSError

    monkeypatch.setattr("pathlib.Path.rename", stop)
    with pytest.raises(StoreUnavailableError):
        backup(filled, tmp_path / "mapp" / "kopia.sqlite")
    assert list((tmp_path / "mapp").iterdir()) == []


def test_a_backup_taken_while_somebody_publishes_is_whole(filled, address, tmp_path):
    busy, done = Store.open(address), threading.Event()

    def go_on():
        while not done.is_set():
            number = busy.latest().number
            contents = {"arenor.csv": b"nummer\n%d\n" % (number + 1)}
            busy.publish(contents, base=number, actor=Actor.command(), comment="Ny")

    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(go_on)
        try:
            for turn in range(3):
                assert backup(filled, tmp_path / f"{turn}.sqlite") == ()
        finally:
            done.set()
        going.result()
    busy.close()
    for turn in range(3):
        copy = Store.open(f"sqlite:///{tmp_path}/{turn}.sqlite")
        for version in copy.versions()[:-3]:
            assert copy.contents(version.number) == {"arenor.csv": b"nummer\n%d\n" % version.number}
        copy.close()


def test_a_store_moves_to_the_other_kind_and_back_with_versions_intact(filled, tmp_path, postgresql):
    there = other_kinds(filled, tmp_path, postgresql)
    assert copy_to(filled, there) == 3
    moved = Store.open(there)
    assert (everything(moved), copy_to(moved, f"sqlite:///{tmp_path}/back.sqlite")) == (everything(filled), 3)
    back = Store.open(f"sqlite:///{tmp_path}/back.sqlite")
    assert everything(back) == everything(filled)
    for opened in (moved, back):
        publish(opened, SECOND, actor=Actor.command())
        assert [version.number for version in opened.versions()] == [4, 3, 2, 1]
        assert opened.audit_log(1)[0].detail["version"] == 4
        opened.close()


def test_a_copy_is_never_added_to_what_is_there_or_to_the_store_itself(
    filled, tmp_path, postgresql, opened, address
):
    there = other_kinds(filled, tmp_path, postgresql)
    other = opened(there)
    other.ensure_seeded(SECOND)
    before = everything(other)
    with pytest.raises(TargetInUseError):
        copy_to(filled, there)
    assert everything(other) == before
    with pytest.raises(TargetInUseError):
        copy_to(filled, address)
    assert len(filled.versions()) == 3


def test_the_password_of_a_target_is_not_repeated(filled, tmp_path, postgresql):
    there = postgresql.new_schema().replace("stodkartan@", "stodkartan:hemligt@")
    other = Store.open(there)
    other.ensure_seeded(FIRST)
    other.close()
    with pytest.raises(TargetInUseError) as refused:
        copy_to(filled, there)
    assert "hemligt" not in str(refused.value)


def test_a_damaged_version_is_told_of_by_a_backup_and_stops_a_move(filled, tmp_path, postgresql, opened):
    with filled.engine.begin() as connection:
        second = sa.update(CONTENT).where(CONTENT.c.size == len(SECOND["arenor.csv"]))
        connection.execute(second.values(packed=b"x"))
    (damaged,) = backup(filled, tmp_path / "kopia.sqlite")
    assert (damaged.version, damaged.part) == (2, "filen arenor.csv")
    there = other_kinds(filled, tmp_path, postgresql)
    with pytest.raises(DamagedVersionError):
        copy_to(filled, there)
    empty = opened(there)
    with empty.engine.connect() as connection:
        assert not any(connection.execute(sa.select(table)).first() for table in METADATA.sorted_tables)
