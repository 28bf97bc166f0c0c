"""Versions are kept whole, traced and guarded: the same on SQLite and on PostgreSQL."""

import datetime
import gzip
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping import errors
from mapping.store.files import content_version
from mapping.store.permission import Actor, Policy
from mapping.store.schema import CONTENT, METADATA, VERSION, VERSION_FILE
from mapping.store.store import Store
from mapping.store.versions import DeliveredFile, Head, Kind
from tests.mapping.stores import (
    ARENAS,
    EDITOR,
    FIRST,
    PERSONAL,
    READER,
    SECOND,
    SIGNED_OUT,
    STARTED_IT,
    publish,
)


@pytest.fixture
def seeded(store):
    store.ensure_seeded(FIRST)
    return store


def change(store, statement, **values):
    with store.engine.begin() as connection:
        connection.execute(statement, values)


def everything(store):
    """Give every cell of every table as one text; contents unpacked."""
    with store.engine.connect() as connection:
        rows = [row for table in METADATA.sorted_tables for row in connection.execute(sa.select(table))]
    cells = [gzip.decompress(c).decode() if isinstance(c, bytes) else str(c) for row in rows for c in row]
    return "\n".join(cells)


def test_an_empty_store_has_no_version(store):
    assert store.latest() is None
    assert (store.versions(), store.waves(), store.audit_log()) == ((), {}, ())
    with pytest.raises(errors.VersionNotFoundError):
        store.contents(1)


def test_the_first_version_is_made_once(store):
    head = store.ensure_seeded(FIRST)
    assert head == Head(1, content_version(FIRST)) == store.ensure_seeded(SECOND) == store.latest()
    (only,) = store.versions()
    assert only.kind is Kind.SEED
    assert only.counts == {"arenor": 1, "insatser": 0}
    rows = {file.name: file.rows for file in only.files}
    assert rows == {"arenor.csv": 1, "dataset.toml": None, "insatser.csv": 0}
    assert store.contents(1) == FIRST


def test_servers_that_start_at_once_make_one_first_version(address):
    together = threading.Barrier(6)

    def start(number):
        together.wait()
        store = Store.open(address)
        try:
            return store.ensure_seeded({"arenor.csv": b"namn\n%d\n" % number})
        finally:
            store.close()

    with ThreadPoolExecutor(6) as servers:
        heads = set(servers.map(start, range(6)))
    assert len(heads) == 1


def test_a_version_keeps_who_when_why_and_of_what(seeded):
    source = DeliveredFile("Arenor 2026 (slutlig).xlsx", hashlib.sha256(b"x").hexdigest(), 1)
    accepted = [{"code": "row-drop", "severity": "warn", "message": "Tabellen har färre rader.", "row": None}]
    told = {"sources": [source, source], "accepted": accepted, "counts": {"arenor": 2}}
    head = publish(seeded, SECOND, **told, comment=" Nytt \n")
    found = seeded.version(2)
    assert head == Head(2, content_version(SECOND)) == seeded.latest()
    assert (found.account, found.via, found.role) == ("redaktor@exempel.se", "oidc", "Folkhälsostrateg")
    assert (found.comment, found.kind, found.restored_from, found.wave) == ("Nytt", Kind.PUBLISH, None, None)
    assert (found.created_at.isoformat(), found.sources) == ("2026-11-21T09:02:00+00:00", (source, source))
    assert (list(found.accepted), found.counts) == (accepted, {"arenor": 2})
    assert {file.name: file.sha256 for file in found.files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in SECOND.items()
    }
    assert seeded.versions() == (found, seeded.version(1))
    assert json.loads(json.dumps(found.as_json()))["sources"][1]["name"] == source.name


@settings(max_examples=25)
@given(
    data=st.lists(
        st.dictionaries(
            st.from_regex(r"[a-z]{1,8}\.(csv|toml)", fullmatch=True),
            st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()),
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_comes_out_is_what_went_in(data, tmp_path_factory):
    _in_and_out(Store.open(f"sqlite:///{tmp_path_factory.mktemp('property')}/x.sqlite"), data)


def test_what_comes_out_is_what_went_in_on_each_database(store):
    _in_and_out(store, [{}, FIRST, SECOND, {"arenor.csv": bytes(range(256)) * 4000}, {"x.csv": b""}])


def _in_and_out(store, versions):
    for contents in versions:
        publish(store, contents, actor=Actor.command())
    for number, contents in enumerate(versions, start=1):
        assert store.contents(number) == contents
        assert store.version(number).content_version == content_version(contents)
    store.close()


def test_equal_files_are_kept_once(seeded):
    publish(seeded, SECOND)
    publish(seeded, FIRST | {"orter.csv": ARENAS})
    with seeded.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(CONTENT)) == len(FIRST) + 1


def test_only_a_change_from_the_latest_version_is_published(seeded):
    publish(seeded, SECOND)
    for base in (1, None, 3):
        with pytest.raises(errors.OutdatedVersionError, match="Version 2") as refused:
            publish(seeded, FIRST, base=base)
        assert (refused.value.base, refused.value.latest) == (base, 2)
    assert [version.number for version in seeded.versions()] == [2, 1]
    assert [entry.granted for entry in seeded.audit_log()] == [False, False, False, True]


@pytest.mark.parametrize("comment", ["", " \n\t", "\0", "\ud800"])
def test_a_version_without_a_comment_is_refused(seeded, comment):
    with pytest.raises(errors.CommentMissingError):
        publish(seeded, SECOND, comment=comment)
    with pytest.raises(errors.CommentMissingError):
        seeded.restore(1, actor=EDITOR, comment=comment)
    assert seeded.latest().number == 1


def test_characters_that_a_database_cannot_keep_are_left_out(seeded):
    publish(seeded, SECOND, comment="Ny\0 \ud800arena", sources=[DeliveredFile("a\0\udfff.csv", "x", 1)])
    assert (seeded.version(2).comment, seeded.version(2).sources[0].name) == ("Ny arena", "a.csv")


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        ("kommentaren", {"comment": f"Ring {PERSONAL}"}),
        ("funktionen", {"actor": Actor("redaktor@exempel.se", via="oidc", role=f"Chef {PERSONAL}")}),
        ("filernas namn", {"sources": [DeliveredFile(f"{PERSONAL}.csv", "x", 1)]}),
        ("de godkända anmärkningarna", {"accepted": [{"value": ["x", {"y": f"({PERSONAL})"}]}]}),
        ("filen insatser.csv", {"contents": FIRST | {"insatser.csv": f'a,b\n"x, {PERSONAL}",\n'.encode()}}),
        ("filen dataset.toml", {"contents": FIRST | {"dataset.toml": f'title = "{PERSONAL}"'.encode()}}),
    ],
)
def test_personal_data_never_enters(seeded, place, changed):
    with pytest.raises(errors.PersonalDataError, match=place) as refused:
        publish(seeded, **({"contents": SECOND} | changed))
    assert PERSONAL not in str(refused.value)
    assert seeded.latest().number == 1
    assert not seeded.audit_log()[0].granted
    assert PERSONAL not in everything(seeded)
    assert PERSONAL[:6] not in everything(seeded)


@pytest.mark.parametrize("actor", [READER, SIGNED_OUT, Actor("redaktor@exempel.se", via="local")])
def test_who_may_not_changes_nothing_and_the_attempt_is_logged(seeded, actor):
    attempts = {
        "publish": lambda: publish(seeded, SECOND, actor=actor),
        "confirm": lambda: publish(seeded, SECOND, actor=actor, kind=Kind.CONFIRM),
        "restore": lambda: seeded.restore(1, actor=actor, comment="Tillbaka"),
        "wave": lambda: seeded.mark_wave(1, 2026, actor=actor),
        "columns": lambda: seeded.remember_columns("f", {"Verksamhet": "namn"}, actor=actor),
    }
    for action, attempt in attempts.items():
        with pytest.raises(errors.NotPermittedError) as refused:
            attempt()
        newest = seeded.audit_log(1)[0]
        assert (newest.action, newest.account, newest.via) == (action, actor.account, actor.via)
        assert (newest.granted, newest.reason) == (False, str(refused.value))
    assert (len(seeded.versions()), (seeded.waves(), seeded.columns())) == (1, ({}, {}))


def test_what_was_done_is_logged_with_what_it_was_about(seeded):
    publish(seeded, SECOND)
    publish(seeded, FIRST, kind=Kind.CONFIRM)
    seeded.restore(1, actor=EDITOR, comment="Tillbaka")
    seeded.mark_wave(1, 2026, actor=EDITOR)
    log = seeded.audit_log()
    assert [entry.action for entry in log] == ["wave", "restore", "confirm", "publish"]
    assert all(entry.granted and entry.account == EDITOR.account for entry in log)
    assert [entry.detail["version"] for entry in log] == [1, 4, 3, 2]
    assert log[1].detail == {"restored_from": 1, "base": None, "comment": "Tillbaka", "version": 4}
    assert [entry.at for entry in log] == sorted((entry.at for entry in log), reverse=True)
    assert seeded.audit_log(limit=2) == log[:2]


def test_the_log_covers_personal_data(seeded):
    told = {"comment": f" Ring {PERSONAL}\0 \ud800", "sources": [DeliveredFile(PERSONAL, "x", 1)]}
    with pytest.raises(errors.NotPermittedError):
        publish(seeded, SECOND, actor=READER, **told)
    assert seeded.audit_log()[0].detail["comment"] == "Ring 81•••"
    assert PERSONAL not in everything(seeded)


def test_a_restored_version_is_a_new_one(seeded):
    publish(seeded, SECOND, counts={"arenor": 2})
    assert seeded.restore(1, actor=EDITOR, comment="Fel fil", base=2) == Head(3, content_version(FIRST))
    found = seeded.version(3)
    assert (found.kind, found.restored_from, found.comment) == (Kind.RESTORE, 1, "Fel fil")
    assert (found.counts, seeded.contents(3), seeded.contents(2)) == (seeded.version(1).counts, FIRST, SECOND)


def test_versions_and_waves_that_do_not_exist_are_refused(seeded):
    publish(seeded, SECOND)
    with pytest.raises(errors.VersionNotFoundError, match="7"):
        seeded.restore(7, actor=EDITOR, comment="x")
    with pytest.raises(errors.OutdatedVersionError):
        seeded.restore(1, actor=EDITOR, comment="x", base=1)
    assert seeded.latest().number == 2
    with pytest.raises(errors.UnknownWaveError, match="2024, 2026, 2028, 2030"):
        seeded.mark_wave(1, 2025, actor=EDITOR)
    with pytest.raises(errors.VersionNotFoundError):
        seeded.mark_wave(3, 2026, actor=EDITOR)
    assert seeded.waves() == {}


def test_a_wave_is_one_version_and_a_version_one_wave(seeded):
    publish(seeded, SECOND)
    assert seeded.mark_wave(1, 2026, actor=EDITOR) is None
    assert seeded.mark_wave(1, 2024, actor=EDITOR) is None
    assert seeded.waves() == {2024: 1}
    assert seeded.mark_wave(2, 2026, actor=EDITOR) is None
    assert list(seeded.waves().items()) == [(2024, 1), (2026, 2)]
    assert seeded.mark_wave(1, 2026, actor=EDITOR) == 2
    assert seeded.mark_wave(1, 2026, actor=EDITOR) is None
    assert (seeded.waves(), (seeded.version(1).wave, seeded.version(2).wave)) == ({2026: 1}, (2026, None))
    assert seeded.mark_wave(1, None, actor=EDITOR) is None
    assert seeded.waves() == {}


def test_columns_are_remembered_for_each_kind_of_file(seeded):
    seeded.remember_columns("a1", {"Verksamhet": "namn", "Löpnr": ""}, actor=EDITOR)
    seeded.remember_columns("b2", {"Var": "kommun"}, actor=EDITOR)
    seeded.remember_columns("a1", {"Verksamhet": "huvudman"}, actor=EDITOR)
    assert seeded.columns() == {"a1": {"Verksamhet": "huvudman"}, "b2": {"Var": "kommun"}}
    with pytest.raises(errors.PersonalDataError):
        seeded.remember_columns("c3", {"anna.berg@nora.se": "namn"}, actor=EDITOR)


DAMAGE = {
    "changed": sa.update(CONTENT).values(packed=gzip.compress(b"annat")),
    "cut": sa.update(CONTENT).values(packed=gzip.compress(ARENAS)[:-9]),
    "noise": sa.update(CONTENT).values(packed=b"\x00\x01"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_named_and_never_shown(seeded, damage):
    publish(seeded, SECOND)
    change(seeded, DAMAGE[damage].where(CONTENT.c.sha256 == hashlib.sha256(ARENAS).hexdigest()))
    for attempt in (lambda: seeded.contents(1), lambda: seeded.restore(1, actor=EDITOR, comment="Tillbaka")):
        with pytest.raises(errors.DamagedVersionError) as told:
            attempt()
        assert (told.value.version, told.value.part) == (1, "filen arenor.csv")
    assert (seeded.latest().number, seeded.contents(2)) == (2, SECOND)


def test_publishing_a_damaged_file_again_mends_it(seeded):
    change(seeded, DAMAGE["noise"])
    publish(seeded, FIRST)
    assert seeded.contents(1) == seeded.contents(2) == FIRST


def test_a_missing_or_renamed_file_damages_the_version(seeded):
    publish(seeded, SECOND)
    version, name = VERSION_FILE.c.version, VERSION_FILE.c.name
    change(seeded, sa.delete(VERSION_FILE).where(version == 1, name == "arenor.csv"))
    renamed = sa.update(VERSION_FILE).where(version == 2, name == "insatser.csv")
    change(seeded, renamed.values(name="dialog.csv"))
    for number in (1, 2):
        with pytest.raises(errors.DamagedVersionError) as told:
            seeded.contents(number)
        assert told.value.part == "listan över filer"


def test_a_publish_that_breaks_off_leaves_nothing(seeded, monkeypatch):
    compress, kept = gzip.compress, []

    def compress_two(data, **options):
        if len(kept) == 2:
            raise RuntimeError
        kept.append(data)
        return compress(data, **options)

    monkeypatch.setattr(gzip, "compress", compress_two)
    before = everything(seeded)
    with pytest.raises(RuntimeError):
        publish(seeded, {"arenor.csv": b"1", "insatser.csv": b"2", "orter.csv": b"3"})
    assert (len(kept), everything(seeded)) == (2, before)


def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told(seeded, address):
    rivals = [Store.open(address), Store.open(address)]
    for round_ in range(1, 21):
        together = threading.Barrier(2)

        def go(rival, round_=round_, together=together):
            contents = {"arenor.csv": b"round,rival\n%d,%d\n" % (round_, rival)}
            together.wait()
            try:
                return rivals[rival].publish(contents, base=round_, actor=Actor.command(), comment="Ny")
            except errors.OutdatedVersionError as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(go, range(2)))
        (winner,) = [rival for rival, outcome in enumerate(outcomes) if isinstance(outcome, Head)]
        told = outcomes[1 - winner]
        assert (told.base, told.latest) == (round_, round_ + 1)
        assert seeded.contents(round_ + 1) == {"arenor.csv": b"round,rival\n%d,%d\n" % (round_, winner)}
    assert [entry.granted for entry in seeded.audit_log()].count(False) == 20
    for rival in rivals:
        rival.close()


def test_what_one_server_publishes_another_sees_at_once(seeded, address, opened):
    other = opened(address)
    assert other.latest() == seeded.latest()
    head = publish(seeded, SECOND)
    assert other.latest() == head
    assert other.contents(2) == SECOND


def test_a_policy_can_depend_on_how_a_visitor_came(seeded):
    without_sign_in = seeded.with_policy(Policy(has_link=True))
    assert publish(without_sign_in, SECOND, actor=STARTED_IT).number == 2
    with pytest.raises(errors.NotPermittedError, match="Öppna länken"):
        publish(without_sign_in, FIRST, actor=SIGNED_OUT)


def test_a_version_in_a_database_names_versions_that_exist(seeded):
    """Foreign keys hold on SQLite too, where they must be asked for."""
    with pytest.raises(sa.exc.IntegrityError):
        change(seeded, sa.update(VERSION).values(restored_from=99))


def test_versions_are_in_order_of_their_numbers_whatever_the_clock_says(store):
    years = (2026, 2026, 2031, 2031, 1970, 1970, 2026, 2026)
    moments = (datetime.datetime(year, 11, 21, 9, tzinfo=datetime.UTC) for year in years)
    store = Store(store.engine, Policy(), clock=lambda: next(moments))
    for number in range(1, 5):
        publish(store, FIRST | {"arenor.csv": b"namn\n%d\n" % number}, actor=STARTED_IT)
    assert [version.created_at.year for version in store.versions()] == [2026, 1970, 2031, 2026]
    assert ([version.number for version in store.versions()], store.latest().number) == ([4, 3, 2, 1], 4)
    assert [entry.detail["version"] for entry in store.audit_log()] == [4, 3, 2, 1]


def test_a_damaged_row_is_told_and_hides_no_other(seeded, address):
    publish(seeded, SECOND, accepted=[{"code": "x"}])
    publish(seeded, FIRST)
    damage = {"counts": "'[1]'", "accepted": "'{}'", "kind": "'magi'"}
    if address.startswith("sqlite"):  # PostgreSQL keeps nothing else in such a column
        damage |= {"counts": "'{'", "accepted": "x'00ff'", "created_at": "'i går'", "comment": "x'ff'"}
    for column, value in damage.items():
        before = seeded.version(2)
        with seeded.engine.begin() as connection:
            kept = connection.execute(sa.text(f"SELECT {column} FROM version WHERE number = 2")).scalar()  # noqa: S608
            connection.execute(sa.text(f"UPDATE version SET {column} = {value} WHERE number = 2"))  # noqa: S608
        listed = seeded.versions()
        assert [(one.number, one.is_damaged) for one in listed] == [(3, False), (2, True), (1, False)], column
        assert seeded.damaged().keys() == {2}
        assert "Version 2 är skadad i databasen: det som står om versionen är" in str(seeded.damaged()[2])
        assert json.dumps(listed[1].as_json())
        assert listed[1].kind_label
        with pytest.raises(errors.DamagedVersionError, match="Version 2 är skadad"):
            seeded.restore(2, actor=EDITOR, comment="Tillbaka")
        assert seeded.contents(2) == SECOND
        kept = json.dumps(kept) if isinstance(kept, dict | list) else kept
        mended = sa.text(f"UPDATE version SET {column} = :kept WHERE number = 2")  # noqa: S608
        change(seeded, mended, kept=kept)
        assert seeded.version(2) == before
    assert (seeded.damaged(), seeded.latest().number) == ({}, 3)


def test_all_that_is_damaged_is_told_with_its_file(seeded):
    publish(seeded, SECOND)
    publish(seeded, SECOND | {"orter.csv": b"ort\n"})
    change(seeded, DAMAGE["cut"].where(CONTENT.c.sha256 == hashlib.sha256(ARENAS).hexdigest()))
    lost = (VERSION_FILE.c.version == 3, VERSION_FILE.c.name == "orter.csv")
    change(seeded, sa.delete(VERSION_FILE).where(*lost))
    told = {number: error.part for number, error in seeded.damaged().items()}
    assert told == {1: "filen arenor.csv", 3: "listan över filer"}
    publish(seeded, FIRST)
    assert seeded.damaged().keys() == {3}


def test_what_is_remembered_of_columns_and_the_log_are_read_beside_damaged_rows(seeded, address):
    seeded.remember_columns("a1", {"Verksamhet": "namn"}, actor=EDITOR)
    seeded.remember_columns("b2", {"Var": "kommun"}, actor=EDITOR)
    broken = "'{'" if address.startswith("sqlite") else "'[]'"
    change(seeded, sa.text(f"UPDATE column_mapping SET mapping = {broken} WHERE fingerprint = 'a1'"))  # noqa: S608
    change(seeded, sa.text(f"UPDATE audit SET detail = {broken}"))  # noqa: S608
    assert seeded.columns() == {"b2": {"Var": "kommun"}}
    assert [dict(entry.detail) for entry in seeded.audit_log()] == [{}, {}]
