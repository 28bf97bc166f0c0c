"""What was published and is protected now is in no output of any version, however one asks for it."""

import io
import json
import struct
import zipfile
from contextlib import nullcontext

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.changes.on_map import change_features
from mapping.changes.rows import changes, listed
from mapping.errors import (
    LastVersionError,
    NotPermittedError,
    PersonalDataError,
    ReasonMissingError,
    VersionNotFoundError,
    WithdrawnVersionError,
)
from mapping.map.one_file import one_file_map
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.reports.worker import ReportRequest, Worker
from mapping.server.datasets import Datasets
from mapping.settings import SHIPPED_STRATEGY, Settings
from mapping.store.permission import Actor
from mapping.store.schema import VERSION_FILE
from mapping.verdicts.strategy_file import read
from tests.conftest import ARENAS, DAY, OFFERS, write_table
from tests.deliveries import edited, written
from tests.mapping.stores import stodkartan
from tests.showing import routes

TEXT = "Vi håller till på Storgatan 1 i Nora"
SECRETS = ("storgatan", "71331", "713 31", "59.5191", "59,5191", "15.0396", "15,0396")
BYTES = [*(secret.encode() for secret in SECRETS), *(struct.pack("<d", at) for at in (59.5191, 15.0396))]
MENTIONING = [dict(row) for row in OFFERS]
MENTIONING[0]["anmarkning"] = TEXT
HIDDEN = edited(ARENAS, "nora-fc", adress_visning="ort")
GONE = [row for row in ARENAS if row["arena_id"] != "nora-fc"]
EMPTIED = edited(HIDDEN, "nora-fc", adress="", postnummer="", lat="", lon="")
AGAIN = ARENAS[::-1]
NORA = ("--table", "arenor", "--row", "nora-fc")
RENUMBERED = [{**row, "arena_id": "eken-ny"} if row["arena_id"] == "nora-fc" else row for row in HIDDEN]


@pytest.fixture
def datasets(tmp_path, county_directory):
    """Give a store whose first version tells where everything is, one text too."""
    write_table(county_directory / "insatser.csv", MENTIONING)
    return Datasets(Settings(data=county_directory, database=f"sqlite:///{tmp_path}/store.sqlite"))


def publish(datasets, rows):
    """Publish other arenas, and what they offer; give the version's number."""
    store, head = datasets.store, datasets.latest(DAY)
    present = {row["arena_id"] for row in rows}
    offers = [row for row in MENTIONING if row["arena_id"] in present]
    contents = store.contents(head.number) | {"arenor.csv": written(rows), "insatser.csv": written(offers)}
    return store.publish(contents, base=head.number, actor=Actor.command(), comment="ny").number


def outputs(datasets, number, latest):
    """Give everything that anyone may ask for of a version: name → bytes."""
    client = TestClient(Starlette(routes=routes(datasets)))
    shown = datasets.by_number(number, DAY)
    kinds = ("arenas.csv", "arenas.geojson", "gaps.json", "dcat.rdf")
    asked = [f"/api/{name}?version={number}" for name in kinds]
    asked += [f"/map/{name}/points.json" for name in (shown.view, shown.version)]
    asked += [f"/api/arenas.csv?version={number}&sok={word}" for word in ("storgatan", "71331")]
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.content.replace(b"sok=storgatan", b"")
    packed = client.get(f"/api/dataset.zip?version={number}").content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)
    newest = datasets.by_number(latest, DAY)
    for before, after in ((shown, newest), (newest, shown)):
        found = changes(before, after)
        yield "changes.json", json.dumps(found.as_json(), ensure_ascii=False).encode()
        yield "changes.csv", listed(found).to_csv().encode()
        yield "change map", json.dumps(change_features(found, before, after), ensure_ascii=False).encode()
    yield "one-file map", one_file_map(shown, select(shown, Filters()))
    judged = Judged.of(shown, read(SHIPPED_STRATEGY), DAY)
    packed = formats.report_file(judged, formats.SHEET_NAME, "1884", formats.WORD).data
    with zipfile.ZipFile(io.BytesIO(packed)) as report:
        yield from ((name, report.read(name)) for name in report.namelist())
    yield "kommunblad.html", formats.report_file(judged, formats.SHEET_NAME, "1884", formats.PAGE).data
    yield "findings", repr(shown.findings).encode()


def told(datasets, number, latest):
    """Name the outputs of a version that tell where the arena is."""
    made = outputs(datasets, number, latest)
    return [name for name, data in made if any(one in data.lower() or one in data for one in BYTES)]


def test_what_is_open_is_told_so_that_these_tests_can_fail(datasets):
    assert publish(datasets, [*ARENAS[1:], ARENAS[0]]) == 2
    for name in ("arenor.csv", "insatser.csv", "arenor.gpkg", "hsds/addresses.csv", "one-file map"):
        assert name in " ".join(told(datasets, 1, 2)), name


@pytest.mark.parametrize(
    ("display", "later"),
    [
        ("ort", [HIDDEN]), ("dold", [EMPTIED]), ("dold", [HIDDEN, GONE, GONE]), ("ort", [RENUMBERED]),
        ("dold", [HIDDEN, AGAIN]),
    ],
    ids=["hidden", "emptied", "gone", "another id", "shown again"],
)  # fmt: skip
def test_what_is_hidden_now_is_hidden_in_every_earlier_version(datasets, display, later):
    before = datasets.by_number(datasets.latest(DAY).number, DAY)
    assert before.arenor.loc["nora-fc", "adress"] == "Storgatan 1"
    for rows in later:
        hiding = {"adress_visning": display}
        shown = [row | hiding if row.get("adress_visning") == "ort" else row for row in rows]
        latest = publish(datasets, shown)
    for number in range(1, latest + (later[-1] is not AGAIN)):
        # what was read before it was hidden is not shown either
        earlier = datasets.by_number(number, DAY)
        if "nora-fc" in earlier.arenor.index:
            row = earlier.arenor.loc["nora-fc"]
            assert row["adress_visning"] == display
            assert row[["adress", "postnummer"]].isna().all()
            assert row["ort"] == "Nora" or display == "dold"
            assert row["lage"] in {"ort", "kommun", "ingen"}
    compared_with = 2 if later[-1] is AGAIN else latest
    assert told(datasets, 1, compared_with) == []


def test_another_server_and_the_wave_before_are_as_careful(datasets):
    datasets.latest(DAY)
    datasets.store.mark_wave(1, 2024, actor=Actor.command())
    publish(datasets, HIDDEN)
    for server in (datasets, Datasets(datasets.settings)):
        before = server.wave_before(server.latest(DAY))
        assert before.number == 1
        assert before.arenor.loc["nora-fc", "adress"] is not ARENAS[0]["adress"]
        assert before.view != before.version == datasets.store.version(1).content_version
        assert server.by_version(before.version, DAY) is before


def test_what_concerns_nobody_hidden_keeps_what_was_read(datasets):
    publish(datasets, HIDDEN)
    earlier = datasets.by_number(1, DAY)
    publish(datasets, edited(HIDDEN, "nora-hus", namn="Ungdomens hus"))
    assert datasets.by_number(1, DAY) is earlier
    others = earlier.arenor.drop(index="nora-fc")
    assert set(others["adress_visning"]) == {"full", "dold"}


def test_where_nobody_can_read_what_the_newest_version_hides_every_address_is_hidden(datasets):
    number = publish(datasets, HIDDEN)
    with datasets.store.engine.begin() as connection:
        gone = (VERSION_FILE.c.version == number) & (VERSION_FILE.c.name == "arenor.csv")
        connection.execute(VERSION_FILE.delete().where(gone))
    shown = Datasets(datasets.settings).latest(DAY)
    assert shown.number == 1
    assert set(shown.arenor["adress_visning"]) == {"ort", "dold"}
    assert shown.arenor["adress"].isna().all()


def test_what_is_erased_is_told_by_no_running_server_and_no_kept_report(datasets):
    worker = Worker()
    strategy = read(SHIPPED_STRATEGY)

    def report():
        request = ReportRequest(datasets.by_number(1, DAY), None, strategy, DAY, basis="belagt")
        return worker.made(request, formats.SHEET_NAME, "1884", formats.PAGE).data

    publish(datasets, [*ARENAS[1:], ARENAS[0]])
    names = [datasets.by_number(number, DAY).version for number in (1, 2)]
    assert told(datasets, 1, 2)
    assert b"Familjecentralen Eken" in report()
    address = {"STODKARTAN_DATABASE_URL": datasets.settings.database}
    erase = ("erase", *NORA)
    code, out, _ = stodkartan(*erase, "--dry-run", **address)
    assert (code, "Ingenting är borttaget än." in out) == (0, True)
    assert told(datasets, 1, 2)
    code, out, _ = stodkartan(*erase, "--reason", "Begäran", **address)
    assert (code, "Säkerhetskopior" in out, "PostgreSQL" in out) == (0, True, True)
    assert told(datasets, 1, 2) == told(datasets, 2, 1) == []
    assert b"Familjecentralen Eken" not in report()
    client = TestClient(Starlette(routes=routes(datasets)))
    assert [client.get(f"/map/{name}/points.json").status_code for name in names] == [404, 404]
    worker.close()


@pytest.mark.parametrize(
    ("arguments", "code", "left"),
    [
        (("--text", "storgatan  1"), 0, b"Storgatan"), ((*NORA, "--column", "lat"), 0, b"59.5191"),
        ((*NORA, "--column", "postnummer"), 0, b"71331"),
        (("--table", "arenor", "--row", "kumla-bvc"), 0, b"kumla-bvc"),
        ((*NORA, "--column", "adress_visning"), 1, b""), ((*NORA, "--column", "namn"), 1, b""),
        (("--table", "arenor", "--column", "namn"), 1, b""), (("--text", "no"), 1, b""),
        (("--text", "nora-fc"), 1, b""), (("--text", "finns inte"), 1, b""),
    ],
)  # fmt: skip
def test_every_version_can_be_read_without_what_was_erased(datasets, arguments, code, left):
    publish(datasets, HIDDEN)
    before = [datasets.store.contents(number) for number in (1, 2)]
    address = {"STODKARTAN_DATABASE_URL": datasets.settings.database}
    found, _, errors = stodkartan("erase", *arguments, "--reason", "Begäran", **address)
    assert found == code, errors
    after = [datasets.store.contents(number) for number in (1, 2)]
    if code:
        assert after == before
    assert datasets.store.damaged() == {}
    for number, contents in zip((1, 2), after, strict=True):
        assert not left or left not in b"".join(contents.values())
        shown = datasets.by_number(number, DAY)
        assert shown.arenor.index.is_unique
        assert set(shown.insatser["arena_id"]) <= set(shown.arenor.index)


def test_a_withdrawn_version_shows_nothing_to_anyone_and_says_why(datasets):
    client = TestClient(Starlette(routes=routes(datasets)))
    publish(datasets, HIDDEN)
    name = datasets.by_number(2, DAY).version
    for number, refused in ((2, None), (2, WithdrawnVersionError), (1, LastVersionError)):
        with pytest.raises(refused) if refused else nullcontext():
            datasets.store.withdraw(number, actor=Actor.command(), reason="Fel län")
    for path in ("arenas.csv", "arenas.geojson", "gaps.json", "dataset.zip", "dcat.rdf", "health"):
        answer = client.get(f"/api/{path}?version=2")
        assert answer.status_code == 410
        assert answer.json()["message"] == "Version 2 är återkallad och visas inte. Skälet: Fel län"
    assert client.get(f"/map/{name}/points.json").status_code == 404
    for refused in (
        lambda: datasets.store.contents(2),
        lambda: datasets.store.restore(2, actor=Actor.command(), comment="x"),
        lambda: datasets.store.mark_wave(2, 2026, actor=Actor.command()),
    ):
        with pytest.raises(WithdrawnVersionError):
            refused()
    # the one before is shown, with what the withdrawn one protects; the next is made from it
    assert datasets.latest(DAY).number == 1
    assert told(datasets, 1, 1) == []
    assert publish(datasets, GONE) == 3
    assert [version.withdrawn for version in datasets.store.versions()] == [None, "Fel län", None]


@pytest.mark.parametrize(("number", "reason"), [(1, " "), (1, "811218-9876"), (9, "Fel")])
def test_a_version_is_not_withdrawn_without_a_reason_or_where_there_is_none(datasets, number, reason):
    publish(datasets, HIDDEN)
    refused = (ReasonMissingError, PersonalDataError, VersionNotFoundError)
    with pytest.raises(refused):
        datasets.store.withdraw(number, actor=Actor.command(), reason=reason)
    with pytest.raises(NotPermittedError):
        datasets.store.withdraw(1, actor=Actor(), reason="Fel")
    assert {version.withdrawn for version in datasets.store.versions()} == {None}
