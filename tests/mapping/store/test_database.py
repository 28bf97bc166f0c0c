"""Whatever goes wrong in the database is told in Swedish, and nothing is lost."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from mapping.errors import SettingError, StoreUnavailableError
from mapping.store import database
from mapping.store.backup import backup
from mapping.store.permission import Actor
from mapping.store.store import Store
from tests.conftest import fill
from tests.mapping.stores import FIRST, SECOND, publish

LARGE = {"arenor.csv": b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(4000))}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "stodkartan.sqlite"


@pytest.fixture
def seeded(path):
    store = Store.open(f"sqlite:///{path}")
    store.ensure_seeded(FIRST)
    yield store
    store.close()


def told(attempt):
    with pytest.raises(StoreUnavailableError) as error:
        attempt()
    return str(error.value)


def put_second(store):
    return publish(store, SECOND, actor=Actor.command())


@pytest.mark.parametrize(
    "address",
    [
        "stodkartan.sqlite", "sqlite://", "sqlite:///:memory:", "sqlite://host/x",
        "mysql://konto:hemligt@x/y", "postgresql+asyncpg://konto:hemligt@x/y", "http://[", "",
    ],
)  # fmt: skip
def test_an_address_that_is_no_database_of_ours_is_a_setting_to_mend(address):
    with pytest.raises(SettingError, match="STODKARTAN_DATABASE_URL") as refused:
        database.opened(address)
    assert "hemligt" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_has_several_names_and_one_driver(scheme):
    assert database.parsed(f"{scheme}://a@b/c").drivername == "postgresql+psycopg"


def test_a_missing_file_is_made_with_its_directory(tmp_path):
    Store.open(f"sqlite:///{tmp_path}/a/b/stodkartan.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "a" / "b" / "stodkartan.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_is_no_database_or_somebody_elses_is_left_alone(path):
    path.write_bytes(b"arena_id;namn\n" * 1000)
    assert "ingen SQLite-databas" in told(lambda: Store.open(f"sqlite:///{path}"))
    assert path.read_bytes() == b"arena_id;namn\n" * 1000
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kunder (namn)")
    assert "andra tabeller" in told(lambda: Store.open(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("kunder",)]


def test_a_directory_in_place_of_the_file_and_a_file_in_place_of_the_directory_are_told(tmp_path, path):
    path.touch()
    for place in (tmp_path, path / "x.sqlite"):
        assert "går inte att öppna" in told(lambda place=place: Store.open(f"sqlite:///{place}"))


def test_a_file_that_disappears_is_not_replaced_by_an_empty_one(seeded, path):
    for part in path.parent.glob("stodkartan*"):
        part.unlink()
    assert "går inte att öppna" in told(seeded.latest)
    assert "går inte att öppna" in told(lambda: put_second(seeded))
    assert not path.exists()


def test_a_backup_put_in_the_files_place_is_seen_at_once(seeded, path, tmp_path):
    put_second(seeded)
    other = Store.open(f"sqlite:///{tmp_path}/other.sqlite")
    other.ensure_seeded(SECOND)
    other.close()
    for part in path.parent.glob("stodkartan*"):
        part.unlink()
    shutil.move(tmp_path / "other.sqlite", path)
    assert (seeded.latest().number, seeded.contents(1)) == (1, SECOND)


def test_a_writer_that_waits_too_long_is_told_to_try_again(seeded, path, monkeypatch, opened):
    monkeypatch.setattr(database, "PATIENCE_S", 0.1)
    impatient = opened(f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "Någon annan skriver" in told(lambda: put_second(impatient))
        assert impatient.latest().number == 1
    assert put_second(impatient).number == 2


def test_a_new_file_that_somebody_else_holds_is_waited_for_but_not_for_ever(path, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE_S", 0.2)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE x (y)")
        other.execute("DROP TABLE x")
        other.execute("BEGIN IMMEDIATE")
        assert "Någon annan skriver" in told(lambda: Store.open(f"sqlite:///{path}"))
        monkeypatch.undo()
        release = threading.Timer(0.3, other.rollback)
        release.start()
        Store.open(f"sqlite:///{path}").close()
        release.join()


def test_a_full_disk_is_told_and_publishes_nothing(seeded):
    @event.listens_for(seeded.engine, "connect")
    def limit(connection, _):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    seeded.close()
    assert "Disken är full" in told(lambda: publish(seeded, LARGE, actor=Actor.command()))
    assert (seeded.latest().number, seeded.contents(1)) == (1, FIRST)


def test_a_disk_that_is_really_full_is_told_and_what_was_published_is_still_served(small_disk, opened):
    """Nothing is kept in part, not even in the log, and with room again all goes on as before."""
    address = f"sqlite:///{small_disk}/stodkartan.sqlite"
    store, other = opened(address), opened(address)
    store.ensure_seeded(FIRST)
    filler = fill(small_disk)
    for attempt in (
        lambda: publish(store, LARGE, actor=Actor.command()),
        lambda: put_second(store),
        lambda: store.restore(1, actor=Actor.command(), comment="Tillbaka"),
        lambda: store.mark_wave(1, 2024, actor=Actor.command()),
        lambda: backup(store, small_disk / "kopia.sqlite"),
        lambda: Store.open(f"sqlite:///{small_disk}/ny.sqlite"),
    ):
        assert "Disken är full. Gör plats på den" in told(attempt)
        for reader in (store, other):
            assert (reader.latest().number, reader.contents(1)) == (1, FIRST)
            assert (reader.damaged(), reader.waves(), reader.audit_log()) == ({}, {}, ())
    assert not (small_disk / "kopia.sqlite").exists()
    filler.unlink()
    assert (publish(store, LARGE, actor=Actor.command()).number, other.contents(2)) == (2, LARGE)
    store.close()


def test_a_postgresql_whose_disk_is_full_is_told_and_publishes_nothing(postgresql, small_disk):
    with postgresql.schema_on(small_disk) as address:
        store = Store.open(address)
        store.ensure_seeded(FIRST)
        filler = fill(small_disk)
        assert "Disken är full. Gör plats på den" in told(
            lambda: publish(store, LARGE, actor=Actor.command())
        )
        assert (store.latest().number, store.contents(1)) == (1, FIRST)
        filler.unlink()
        assert publish(store, LARGE, actor=Actor.command()).number == 2
        store.close()


DAMAGE = {
    "noise": lambda data: data[:4096] + b"\xff" * (len(data) - 4096),
    "noise from the start": lambda data: b"\xff" * len(data),
    "no header": lambda data: bytes(100) + data[100:],
    "half": lambda data: data[: len(data) // 2],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_is_damaged_while_it_is_used_is_never_written_over_and_a_backup_mends_it(
    seeded, path, tmp_path, damage
):
    publish(seeded, LARGE, actor=Actor.command())
    backup(seeded, tmp_path / "kopia.sqlite")
    seeded.close()  # so that all of it is in the file
    broken = DAMAGE[damage](path.read_bytes())
    path.write_bytes(broken)
    for attempt in (
        seeded.versions,
        lambda: seeded.contents(2),
        seeded.damaged,
        lambda: put_second(seeded),
        lambda: seeded.restore(1, actor=Actor.command(), comment="Tillbaka"),
        lambda: backup(seeded, tmp_path / "en till.sqlite"),
        lambda: Store.open(f"sqlite:///{path}"),
    ):
        sentence = told(attempt)
        assert "skadad" in sentence
        assert "säkerhetskopia (från stodkartan backup)" in sentence
        assert path.read_bytes() == broken
    assert not (tmp_path / "en till.sqlite").exists()
    for part in path.parent.glob("stodkartan*"):
        part.unlink()
    shutil.move(tmp_path / "kopia.sqlite", path)
    assert (seeded.contents(2), put_second(seeded).number) == (LARGE, 3)


def test_a_file_that_was_emptied_is_not_taken_for_a_new_store(seeded, path, opened):
    seeded.close()
    for part in path.parent.glob("stodkartan*"):
        part.unlink()
    path.write_bytes(b"")
    assert "Filen är tom, 0 byte" in told(lambda: Store.open(f"sqlite:///{path}"))
    assert path.read_bytes() == b""
    path.unlink()
    store = opened(f"sqlite:///{path}")
    assert store.latest() is None


def test_a_file_that_another_server_is_just_making_is_waited_for(path, tmp_path):
    made = tmp_path / "gjord.sqlite"
    Store.open(f"sqlite:///{made}").close()
    path.write_bytes(b"")
    making = threading.Timer(0.5, lambda: path.write_bytes(made.read_bytes()))
    making.start()
    store = Store.open(f"sqlite:///{path}")
    assert store.latest() is None
    store.close()
    making.join()


def test_tables_that_are_gone_are_told(postgresql, seeded, path, opened):
    seeded.close()
    path.write_bytes(b"")
    assert "saknar Stödkartans tabeller" in told(seeded.latest)
    assert "saknar Stödkartans tabeller" in told(lambda: put_second(seeded))
    store = opened(postgresql.new_schema())
    with store.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE version_file, source, version CASCADE"))
    assert "saknar Stödkartans tabeller" in told(store.latest)


def test_a_postgresql_that_stops_and_starts_is_told_and_then_used_again(postgresql, opened):
    store = opened(postgresql.new_schema())
    store.ensure_seeded(FIRST)
    with postgresql.stopped():
        for attempt in (store.latest, store.versions, lambda: store.contents(1), lambda: put_second(store)):
            assert "Den svarar inte" in told(attempt)
    assert (store.contents(1), put_second(store).number) == (FIRST, 2)


def test_a_file_that_may_only_be_read_is_told(seeded):
    @event.listens_for(seeded.engine, "connect")
    def only_read(connection, _):
        connection.execute("PRAGMA query_only = ON")

    seeded.close()
    assert "bara att läsa" in told(lambda: put_second(seeded))
    assert seeded.contents(1) == FIRST


def test_a_server_a_database_or_an_account_that_does_not_answer_is_told(postgresql):
    assert "svarar inte" in told(lambda: database.opened("postgresql+psycopg://x:hemligt@127.0.0.1:1/x"))
    for wrong in (postgresql.address("finns_inte"), postgresql.address("postgres", account="okand")):
        assert "värd, databas, konto och lösenord" in told(lambda wrong=wrong: database.opened(wrong))
    address = postgresql.new_database()
    Store.open(address).close()
    stranger = f"lasare_{sa.make_url(address).database}"
    postgresql.execute(f"CREATE ROLE {stranger} LOGIN")
    assert "Ge kontot den rätten" in told(lambda: Store.open(address.replace("stodkartan@", f"{stranger}@")))


def test_connections_that_postgresql_ended_are_made_anew(postgresql, opened):
    store = opened(postgresql.new_schema())
    store.ensure_seeded(FIRST)
    postgresql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'store_%'")
    assert (store.latest().number, put_second(store).number) == (1, 2)


def test_a_postgresql_writer_that_waits_too_long_is_told_to_try_again(postgresql, monkeypatch, opened):
    monkeypatch.setattr(database, "PATIENCE_S", 1)
    address = postgresql.new_schema()
    slow, impatient = opened(address), opened(address)
    slow.ensure_seeded(FIRST)
    with database.writing(slow.engine):
        assert "Någon annan skriver" in told(lambda: put_second(impatient))
    assert put_second(impatient).number == 2
    slow.close()


def test_a_store_on_a_disk_that_can_only_be_read_is_read(small_disk, tmp_path):
    def remount(how):
        subprocess.run([shutil.which("mount"), "-o", f"remount,{how}", str(small_disk)], check=True)

    address = f"sqlite:///{small_disk}/s.sqlite"
    store = Store.open(address)
    store.ensure_seeded(FIRST)
    store.close()
    remount("ro")
    read = Store.open(address)
    assert read.contents(1) == FIRST
    assert read.latest().number == read.versions()[0].number == 1
    assert "bara att läsa" in told(lambda: put_second(read))
    backup(read, tmp_path / "kopia.sqlite")
    remount("rw")  # somebody else may write: a reader that takes the file for unchanging sees it
    writer = Store.open(address)
    put_second(writer)
    writer.close()
    assert read.contents(read.latest().number) == SECOND
    read.close()


@pytest.fixture
def open_directory():
    """Give a directory that every account may look into; pytest's own are for their owner alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_store_that_an_account_may_only_read_is_read(open_directory):
    if os.geteuid() != 0:
        pytest.skip("only root may become somebody else")
    directory = open_directory
    address = f"sqlite:///{directory}/s.sqlite"
    store = Store.open(address)
    store.ensure_seeded(FIRST)
    store.close()
    (directory / "s.sqlite").chmod(0o444)
    child = os.fork()
    if child == 0:
        os.setuid(65534)
        try:
            is_read = Store.open(address).contents(1) == FIRST
            os._exit(0 if is_read else 3)
        finally:
            os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_postgresql_account_that_may_only_read_reads(postgresql):
    address = postgresql.new_schema()
    store = Store.open(address)
    store.ensure_seeded(FIRST)
    store.close()
    schema = address.rpartition("%3D")[2]
    postgresql.execute(f"CREATE ROLE reader_{schema} LOGIN")
    postgresql.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader_{schema}")
    postgresql.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}")
    read = Store.open(address.replace("stodkartan@", f"reader_{schema}@"))
    assert read.contents(1) == FIRST
    assert "inte läsa och skriva" in told(lambda: put_second(read))
    read.close()
