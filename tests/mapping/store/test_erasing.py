"""What is erased is in no version, no record and no byte of the database's own files."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from mapping.errors import (
    EraseError,
    NotPermittedError,
    OutdatedVersionError,
    ReasonMissingError,
    StoreUnavailableError,
)
from mapping.store import erasing
from mapping.store.backup import backup, copy_to
from mapping.store.files import content_version
from mapping.store.schema import CONTENT, METADATA, UNSCRUBBED, VERSION_FILE
from mapping.store.store import Store
from mapping.store.versions import DeliveredFile
from tests.mapping.stores import EDITOR, READER, SIGNED_OUT, publish

SECRET = "Hemliga gatan 7"  # noqa: S105 - an address
NOISE = "".join(f"{number * 7919 % 100_003:x} " + f"{SECRET} " * (number % 40 == 0) for number in range(3000))
"""Makes files larger than a page of the database, and other bytes of them all once the secret is gone."""
HELD = {
    "arenor.csv": f"arena_id,namn,adress\nhuset,Huset,{SECRET}\nstugan,Stugan {NOISE},\n".encode(),
    "dataset.toml": f'title = "Nära {SECRET}"\n'.encode(),
}


def eraser(_, data):
    """Take the secret out of any file."""
    anew, places = re.subn(SECRET, "", data.decode(), flags=re.IGNORECASE)
    return erasing.Rewritten(anew.encode(), places, frozenset()) if places else None


@pytest.fixture
def filled(store):
    """Give a store that tells a secret wherever anything can be told."""
    store.ensure_seeded(HELD)
    told = [{"code": "x", "message": f"Kontrollera {SECRET.upper()}", "details": {"n": [SECRET]}}]
    source = DeliveredFile(f"{SECRET}.csv", "ab" * 32, 9)
    anew = HELD | {"arenor.csv": HELD["arenor.csv"].replace(b"Huset", b"Huset vid sjon")}
    publish(store, anew, comment=f"Nytt: hemliga  gatan 7, {SECRET}1", accepted=told, sources=[source])
    store.restore(1, actor=EDITOR, comment="tillbaka")
    store.remember_columns("f", {SECRET: "adress"}, actor=EDITOR)
    publish(store, {"arenor.csv": b"arena_id,namn\nhuset,Huset\n"})
    return store


def erased(store, **changed):
    plan = store.planned(eraser, actor=EDITOR)
    words = {"actor": EDITOR, "reason": "Begäran 12/2026", "what": {"what": "text"}}
    return store.erase(plan, [SECRET], **{**words, **changed})


@pytest.fixture
def raw(request, filled):
    """Give what reads every byte of the database's own files, those of before and those of now."""
    is_file = filled.engine.dialect.name == "sqlite"
    postgresql = None if is_file else request.getfixturevalue("postgresql")
    of_schema = "relnamespace = current_schema()::regnamespace"
    tables = f"SELECT oid FROM pg_class WHERE {of_schema}"  # noqa: S608
    toasts = f"SELECT reltoastrelid FROM pg_class WHERE {of_schema}"  # noqa: S608
    query = f"SELECT pg_relation_filepath(oid) FROM ({tables} UNION {toasts}) AS own"  # noqa: S608
    seen = set()

    def read(store=filled):
        with store.engine.connect() as connection:
            if is_file:
                file = connection.exec_driver_sql("PRAGMA database_list").first()[2]
                return b"".join(part.read_bytes() for part in Path(file).parent.iterdir())
            seen.update(filter(None, connection.exec_driver_sql(query).scalars()))
        postgresql.execute("CHECKPOINT")
        paths = [postgresql.directory / "data" / name for name in sorted(seen)]
        return b"".join(path.read_bytes() for path in paths if path.exists())

    return read


def traces(store, raw):
    """Give pieces of what the database's files hold of the secret, packed as it is."""
    with store.engine.connect() as connection:
        packed = [row.packed for row in connection.execute(sa.select(CONTENT.c.packed))]
    secret, whole = [one for one in packed if SECRET.encode() in gzip.decompress(one)], raw()
    anew = b"".join(gzip.compress(eraser("", gzip.decompress(one)).data, 6, mtime=0) for one in secret)
    pieces = [one[start : start + 48] for one in secret for start in range(32, len(one) - 48, 256)]
    found = [piece for piece in pieces if piece in whole and piece not in anew]
    assert len(found) > 8
    return found


def plainly(whole):
    """Find the secret as it is written in comments, names and the log; another address is none."""
    return re.findall(rb"(?i)hemliga +gatan 7(?!1)", whole)


def readable(store):
    """Give everything that can be read of a store, unpacked, as one text."""
    with store.engine.connect() as connection:
        rows = [row for table in METADATA.sorted_tables for row in connection.execute(sa.select(table))]
    cells = (cell for row in rows for cell in row)
    return "\n".join(gzip.decompress(c).decode() if isinstance(c, bytes) and c else str(c) for c in cells)


def test_what_is_erased_is_in_no_version_no_record_and_no_byte(filled, raw):
    sought = traces(filled, raw)
    assert len(plainly(raw())) > 4
    names = [version.content_version for version in filled.versions()]
    assert erased(filled) == 4  # version 2, its source, its attempt, the columns
    text, after = readable(filled), raw()
    assert plainly(text.encode()) == plainly(after) == []
    assert f"{SECRET}1" in text
    assert [piece for piece in sought if piece in after] == []
    for version in filled.versions():
        assert content_version(filled.contents(version.number)) == version.content_version
    assert filled.damaged() == {}
    renamed = [version.content_version for version in filled.versions()]
    assert renamed[0] == names[0]
    assert not set(names[1:]) & set(renamed)
    assert [source.sha256 for source in filled.version(2).sources] == [""]
    entry = filled.audit_log()[0]
    assert (entry.action, entry.granted, entry.account) == ("erase", True, EDITOR.account)
    assert entry.detail == {"what": "text", "versions": [1, 2, 3], "reason": "Begäran 12/2026"}
    assert publish(filled, HELD | {"dataset.toml": b""}).number == 5


def test_a_copy_and_a_backup_made_afterwards_do_not_hold_it_either(filled, tmp_path, postgresql):
    erased(filled)
    backup(filled, tmp_path / "kopia.sqlite")
    copy_to(filled, f"sqlite:///{tmp_path / 'annan.sqlite'}")
    for name in ("kopia.sqlite", "annan.sqlite"):
        copied = Store.open(f"sqlite:///{tmp_path / name}")
        assert plainly(readable(copied).encode()) == []
        assert copied.damaged() == {}
        copied.close()


@pytest.mark.parametrize("actor", [READER, SIGNED_OUT])
def test_who_may_not_erases_nothing_and_is_not_told_where_it_stands(filled, actor):
    held = [filled.contents(number) for number in (1, 2, 3, 4)]
    with pytest.raises(NotPermittedError):
        filled.planned(eraser, actor=actor)
    with pytest.raises(NotPermittedError):
        erased(filled, actor=actor)
    assert [filled.contents(number) for number in (1, 2, 3, 4)] == held
    assert [entry.granted for entry in filled.audit_log(1)] == [False]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [({"reason": " "}, ReasonMissingError), ({"reason": f"bort med {SECRET}"}, EraseError)],
)
def test_without_a_reason_or_with_one_that_tells_it_nothing_is_erased(filled, changed, refused):
    held = [filled.contents(number) for number in (1, 2, 3, 4)]
    with pytest.raises(refused) as told:
        erased(filled, **changed)
    assert SECRET not in str(told.value)
    assert [filled.contents(number) for number in (1, 2, 3, 4)] == held
    assert SECRET not in str(filled.audit_log(1))


def test_what_was_published_meanwhile_is_not_missed(filled):
    plan = filled.planned(eraser, actor=EDITOR)
    publish(filled, HELD)
    with pytest.raises(OutdatedVersionError):
        filled.erase(plan, [SECRET], actor=EDITOR, reason="x", what={})
    assert filled.contents(1) == HELD
    nothing = replace(filled.planned(eraser, actor=EDITOR), rewritten={})
    with pytest.raises(EraseError):
        filled.erase(nothing, ["Finns inte"], actor=EDITOR, reason="x", what={})


def test_a_file_that_nobody_can_read_is_emptied_and_its_version_stays_damaged(filled):
    with filled.engine.begin() as connection:
        its = (VERSION_FILE.c.version == 2, VERSION_FILE.c.name == "arenor.csv")
        sha256 = connection.scalar(sa.select(VERSION_FILE.c.sha256).where(*its))
        noise = sa.update(CONTENT).values(packed=SECRET.encode())
        connection.execute(noise.where(CONTENT.c.sha256 == sha256))
    plan = filled.planned(eraser, actor=EDITOR)
    assert plan.damaged_versions == [2]
    erased(filled)
    assert plainly(readable(filled).encode()) == []
    assert list(filled.damaged()) == [2]


def test_an_erasure_cut_off_before_the_files_were_scrubbed_is_finished_at_the_next_start(
    filled, address, monkeypatch, raw
):
    sought = traces(filled, raw)
    with monkeypatch.context() as cut:
        cut.setattr(erasing, "scrub", lambda _: None)
        erased(filled)
    assert [piece for piece in sought if piece in raw()]
    Store.open(address).close()
    with filled.engine.connect() as connection:
        assert connection.scalar(sa.select(UNSCRUBBED.c.erasure)) is None
    assert [piece for piece in sought if piece in raw()] == []


def test_a_start_is_not_stopped_by_somebody_who_reads(filled, address, monkeypatch, caplog):
    if filled.engine.dialect.name != "sqlite":
        pytest.skip("a reader keeps SQLite from emptying its log")
    monkeypatch.setattr("mapping.store.database.PATIENCE_S", 0.1)
    with monkeypatch.context() as cut:
        cut.setattr(erasing, "scrub", lambda _: None)
        erased(filled)
    with filled.engine.begin() as reader:
        reader.execute(sa.select(sa.func.count()).select_from(CONTENT)).scalar()
        Store.open(address).close()
        late, actor = Store.open(address), EDITOR.command()
        plan = late.planned(eraser, actor=actor)
        with pytest.raises(StoreUnavailableError, match="borttaget ur alla versioner, men kan ligga kvar"):
            late.erase(plan, ["tillbaka"], actor=actor, reason="x", what={})
        late.close()
    assert filled.version(3).comment == erasing.ERASED
    assert "kan ligga kvar" in caplog.text
    Store.open(address).close()
    with filled.engine.connect() as connection:
        assert connection.scalar(sa.select(UNSCRUBBED.c.erasure)) is None
