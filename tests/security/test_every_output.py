"""What a protected place keeps secret is in no output at all, in whatever form it was written where."""

import io
import json
import struct
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.arenas.filters import Filters
from mapping.arenas.rows import excel_rows
from mapping.arenas.select import select
from mapping.changes.on_map import change_features
from mapping.changes.rows import changes, listed
from mapping.figures.verdict_matrix import matrix_picture
from mapping.map.one_file import one_file_map
from mapping.open_data.bundle import open_data
from mapping.open_data.dcat import Catalogue
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.server.datasets import Datasets
from mapping.settings import SHIPPED_STRATEGY, Settings
from mapping.store.permission import Actor, Policy
from mapping.tables.excel_csv import write_csv
from mapping.verdicts.matrix import MatrixChoice, matrix
from mapping.verdicts.strategy_file import read
from pages.ui.frame import server, visitor
from tests import visiting
from tests.conftest import ARENAS, DAY, OFFERS, write_county, write_table
from tests.deliveries import edited, written
from tests.pages.test_no_missing_words import READ
from tests.showing import routes

SECRET = {
    "adress": "Hemligstigen 19", "postnummer": "71331", "ort": "Gyttorp", "lat": "59,5195",
    "lon": "15,0437", "anmarkning": "Möts på Hemligst. 19, 713 31",
    "webbplats": "https://nora.se/karta?q=Hemligstigen%2019",
    "kalla": "Karta: 59.5195, 15.0437 | N 6597902 E 502472",
}  # fmt: skip
FORMS = ("hemligst", "hemlig stig", "71331", "713 31", "gyttorp", "59.5195", "59,5195", "15.0437", "15,0437")
FORMS += ("6597902", "502472")
BYTES = [*(form.encode() for form in FORMS), *(struct.pack("<d", at) for at in (59.5195, 15.0437))]
ARENOR = edited(ARENAS, "nora-fc", **SECRET)
INSATSER = edited(OFFERS, OFFERS[0]["insats_id"], anmarkning="Ring i Gyttorp", namn="Samtal på Hemlig stig")
ANSWERS = [
    {
        "kommunkod": "1884",
        "fraga": "kartlaggning",
        "svar": "pagar",
        "datum": "2026-05-01",
        "fritext": "Besökte Hemligstigen 19",
    }
]
DIALOGUE = [
    {
        "kommun": "Nora",
        "datum": "2026-05-01",
        "typ": "behov",
        "text": "Familjecentralen Eken på Hemligst. 19 är för liten",
        "tolkning": "klassad",
    }
]
PAGES = ("oversikt", "karta", "kommun", "organisation", "mal")
PAGES += ("tackning", "rapporter", "versioner", "om", "uppdatera")
READER = Actor(account="l@kommun.example", via="oidc")


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    """Publish the place as it is, then protected: both versions are shown."""
    place = tmp_path_factory.mktemp("hidden")
    directory = write_county(place / "county")
    tables = {"arenor": ARENOR, "insatser": INSATSER, "kommunlage": ANSWERS, "dialog": DIALOGUE}
    for name, rows in tables.items():
        write_table(directory / f"{name}.csv", rows)
    shown = Datasets(Settings(data=directory, database=f"sqlite:///{place / 'store.sqlite'}"))
    head = shown.latest(DAY)
    contents = shown.store.contents(head.number)
    hidden = {"arenor.csv": written(edited(ARENOR, "nora-fc", adress_visning="dold"))}
    shown.store.publish(contents | hidden, base=head.number, actor=Actor.command(), comment="Skyddad")
    return shown


def answers(datasets):
    """Give all that the server answers without a page."""
    client = TestClient(Starlette(routes=routes(datasets)))
    names = ("arenas.csv", "arenas.geojson", "gaps.json", "dcat.rdf", "dataset.zip", "health")
    for number in (1, 2):
        shown = datasets.by_number(number, DAY)
        asked = [f"/api/{name}?version={number}" for name in names]
        asked += [f"/map/{name}/points.json" for name in (shown.view, shown.version)]
        words = ("hemligstigen", "hemligst", "71331", "gyttorp", "59.5195")
        asked += [f"/api/arenas.geojson?version={number}&sok={word}" for word in words]
        for address in asked:
            answer = client.get(address)
            assert answer.status_code == 200, address
            if "sok=" in address:
                assert answer.json()["features"] == [], address
            elif address.startswith("/api/dataset.zip"):
                with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
                    yield from ((f"{address} {name}", packed.read(name)) for name in packed.namelist())
            else:
                yield address, answer.content


def files(datasets):
    """Give every file that is written about a version, as what it says."""
    for number in (1, 2):
        shown = datasets.by_number(number, DAY)
        everything = select(shown, Filters())
        yield f"one-file map {number}", one_file_map(shown, everything)
        yield f"Excel {number}", write_csv(excel_rows(shown, shown.arenor.index, sentence="allt"))
        for name, data in open_data(shown, catalogue=Catalogue("https://x.se")).items():
            yield f"{name} {number}", data
        judged = Judged.of(shown, read(SHIPPED_STRATEGY), DAY)
        for what, suffixes in ((formats.SHEET_NAME, READ), (formats.PLAN_NAME, ("docx", "xlsx"))):
            for suffix in suffixes:
                if (what, suffix) == (formats.SHEET_NAME, "xlsx"):
                    continue
                data = formats.report_file(judged, what, "1884", suffix).data
                yield f"{what}.{suffix} {number}", READ[suffix](data).encode()
        data = formats.report_file(judged, formats.COUNTY_NAME, "", formats.SLIDES).data
        yield f"county {number}", READ["pptx"](data).encode()
        picture = matrix_picture(matrix(judged.verdicts, read(SHIPPED_STRATEGY), MatrixChoice()))
        yield f"picture {number}", formats.picture_file(judged, picture, "allt", "svg").data
        yield f"findings {number}", repr(shown.findings).encode()
    first, second = (datasets.by_number(number, DAY) for number in (1, 2))
    for before, after in ((first, second), (second, first)):
        found = changes(before, after)
        yield "changes", json.dumps(found.as_json(), ensure_ascii=False).encode()
        yield "changes for Excel", listed(found).to_csv().encode()
        drawn = change_features(found, before, after)
        yield "change map", json.dumps(drawn, ensure_ascii=False).encode()


def telling(outputs):
    """Name the outputs that hold a secret, and what they hold."""
    tried = ((name, data, secret) for name, data in outputs for secret in BYTES)
    return {f"{name}: {one!r}" for name, data, one in tried if one in data or one in data.lower()}


def test_no_answer_of_the_server_and_no_file_tells_where_a_protected_place_is(datasets):
    assert telling(answers(datasets)) == set()
    assert telling(files(datasets)) == set()


@pytest.fixture
def page_of(monkeypatch):
    """Open a page of some datasets as somebody; give all that it shows."""

    def opened(datasets, who, page, **query):
        monkeypatch.setattr(server, "datasets", lambda: datasets)
        monkeypatch.setattr(server, "calendar_day", lambda: DAY)
        monkeypatch.setattr(visitor, "actor", lambda *_: who)
        monkeypatch.setattr(visitor, "policy", lambda: Policy(has_sign_in=True, editors=frozenset({"annan"})))
        at = visiting.opened(f"{page}.py", **query)
        return f"{page} {query}", str(at.main).encode() + visiting.words(at).encode()

    return opened


@pytest.mark.parametrize("who", [Actor(), READER], ids=["nobody", "reader"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_tells_where_a_protected_place_is(datasets, page_of, page, who):
    for query in ({}, {"kommun": "1884", "arena": "nora-fc"}, {"version": "1"}, {"fran": "1", "till": "2"}):
        assert telling([page_of(datasets, who, page, **query)]) == set()


def test_an_open_place_is_told_so_that_these_tests_can_fail(datasets, page_of):
    first = datasets.store.contents(1)
    opened = Datasets(Settings(data=datasets.settings.data, database=None))
    shown = opened.latest(DAY)
    assert b"hemligst" in first["arenor.csv"].lower()
    data = one_file_map(shown, select(shown, Filters()))
    assert telling([page_of(opened, READER, "organisation", arena="nora-fc")])
    assert telling([page_of(opened, READER, "karta", arena="nora-fc")])
    table = open_data(shown, catalogue=Catalogue("https://x.se"))["arenor.csv"]
    assert telling([("map", data), ("api", table)])
