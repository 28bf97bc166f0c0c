"""What was published and is protected now is in no output of any version, however one asks for it."""

import io
import json
import struct
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.changes.on_map import change_features
from mapping.changes.rows import changes, listed
from mapping.map.one_file import one_file_map
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.server.datasets import Datasets
from mapping.settings import SHIPPED_STRATEGY, Settings
from mapping.store.permission import Actor
from mapping.store.schema import VERSION_FILE
from mapping.verdicts.strategy_file import read
from tests.conftest import ARENAS, DAY, OFFERS, write_table
from tests.deliveries import edited, written
from tests.showing import routes

TEXT = "Vi håller till på Storgatan 1 i Nora"
SECRETS = ("storgatan", "71331", "713 31", "59.5191", "59,5191", "15.0396", "15,0396")
BYTES = [*(secret.encode() for secret in SECRETS), *(struct.pack("<d", at) for at in (59.5191, 15.0396))]
MENTIONING = [dict(row) for row in OFFERS]
MENTIONING[0]["anmarkning"] = TEXT
HIDDEN = edited(ARENAS, "nora-fc", adress_visning="ort")
GONE = [row for row in ARENAS if row["arena_id"] != "nora-fc"]
EMPTIED = edited(HIDDEN, "nora-fc", adress="", postnummer="", lat="", lon="")
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
    asked = [
        f"/api/{name}?version={number}" for name in ("arenas.csv", "arenas.geojson", "gaps.json", "dcat.rdf")
    ]
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
    basis = Judged.of(shown, read(SHIPPED_STRATEGY), DAY)
    for what in (formats.SHEET_NAME, formats.PLAN_NAME):
        with zipfile.ZipFile(
            io.BytesIO(formats.report_file(basis, what, "1884", formats.WORD).data)
        ) as report:
            yield from ((f"{what} {name}", report.read(name)) for name in report.namelist())
    yield "kommunblad.html", formats.report_file(basis, formats.SHEET_NAME, "1884", formats.PAGE).data
    yield "findings", repr(shown.findings).encode()


def told(datasets, number, latest):
    """Name the outputs of a version that tell where the arena is."""
    return [
        name
        for name, data in outputs(datasets, number, latest)
        if any(secret in data.lower() or secret in data for secret in BYTES)
    ]


def test_what_is_open_is_told_so_that_these_tests_can_fail(datasets):
    assert publish(datasets, [*ARENAS[1:], ARENAS[0]]) == 2
    for name in ("arenor.csv", "arenor.gpkg", "hsds/addresses.csv", "one-file map"):
        assert name in " ".join(told(datasets, 1, 2)), name


@pytest.mark.parametrize(
    "later",
    [[HIDDEN], [EMPTIED], [HIDDEN, GONE], [EMPTIED, GONE, GONE], [RENUMBERED], [HIDDEN, ARENAS]],
    ids=["hidden", "emptied", "gone", "long gone", "another id", "shown again"],
)
@pytest.mark.parametrize("display", ["ort", "dold"])
def test_what_is_hidden_now_is_hidden_in_every_earlier_version(datasets, later, display):
    before = datasets.by_number(datasets.latest(DAY).number, DAY)
    assert before.arenor.loc["nora-fc", "adress"] == "Storgatan 1"
    for rows in later:
        protected = [row.get("adress_visning") == "ort" for row in rows]
        shown = [
            {**row, "adress_visning": display} if is_protected else row
            for row, is_protected in zip(rows, protected, strict=True)
        ]
        latest = publish(datasets, shown)
    for number in range(1, latest + (later[-1] is not ARENAS)):
        # what was read before it was hidden is not shown either
        earlier = datasets.by_number(number, DAY)
        if "nora-fc" in earlier.arenor.index:
            row = earlier.arenor.loc["nora-fc"]
            assert row["adress_visning"] == display
            assert row[["adress", "postnummer"]].isna().all()
            assert row["ort"] == "Nora" or display == "dold"
            assert row["lage"] in {"ort", "kommun", "ingen"}
    compared_with = 2 if later[-1] is ARENAS else latest
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
