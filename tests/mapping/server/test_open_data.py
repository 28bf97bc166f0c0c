"""What other programs are answered."""

import csv
import datetime
import io
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.server import open_data
from mapping.server.routes import base_path, own_routes
from mapping.server.security_headers import content_security_policy
from mapping.settings import SHIPPED_STRATEGY, Publisher, Settings, Tiles
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy_file import read
from tests.showing import Showing, routes


@pytest.fixture
def client(county):
    return TestClient(Starlette(routes=own_routes(lambda: Starlette(routes=routes(Showing(county))))))


def under(prefix, datasets):
    """Give a client of a server whose pages and data lie under a base path."""
    base = base_path(prefix)
    pages = Route("/{rest:path}", lambda _: PlainTextResponse("sida"))
    own = own_routes(lambda: Starlette(routes=routes(datasets, base)), base)
    return TestClient(Starlette(routes=[*own, pages]))


def test_health_names_the_version_and_the_empty_filter_leaves_out_only_what_is_closed(client, county):
    assert client.get("/api/health").json() == {"status": "ok", "version": county.version}
    answer = client.get("/api/arenas.geojson").json()
    assert len(answer["features"]) == len(select(county, Filters()).matched) == 6


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kommun=1884",
        "kommun=Nora&alder=13-18",
        "preventionsniva=okand",
        "alder=13-18&visa_okanda=ja",
        "alder=13-18&traff=okand",
    ],
)
def test_geojson_and_csv_give_the_arenas_that_the_map_shows(client, county, query):
    filters, _ = open_data.from_query(
        {name: [value] for name, _, value in (p.partition("=") for p in query.split("&")) if name}
    )
    expected = list(select(county, filters).shown)
    collection = client.get(f"/api/arenas.geojson?{query}").json()
    assert [feature["id"] for feature in collection["features"]] == expected
    assert collection["urval"] == filters.sentence
    text = client.get(f"/api/arenas.csv?{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["arena_id"] for row in rows] == expected
    hits = list(select(county, filters).hits)
    assert [row["traff"] for row in rows] == hits
    assert [feature["properties"]["traff"] for feature in collection["features"]] == hits


def test_geojson_follows_rfc_7946(client):
    response = client.get("/api/arenas.geojson")
    assert response.headers["content-type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert 10 < lon < 25
            assert 55 < lat < 70
    by_id = {feature["id"]: feature for feature in collection["features"]}
    assert by_id["nora-fc"]["geometry"] == {"type": "Point", "coordinates": [15.0396, 59.5191]}
    assert by_id["kumla-bvc"]["geometry"] is None
    assert by_id["nora-fc"]["properties"]["fc_socialtjanst"] is None
    assert by_id["degerfors-tom"]["properties"]["preventionsniva"] is None


def test_a_hidden_address_is_in_no_answer(client, county):
    for path in ("/api/arenas.geojson", "/api/arenas.csv", f"/map/{county.version}/points.json"):
        text = client.get(path).text
        for part in ("Hemliga", "69230", "59.1277", "59,1277"):
            assert part not in text, part


def test_a_wrong_parameter_or_an_unknown_address_is_told_in_swedish(client):
    response = client.get("/api/arenas.csv?kommun=Narnia&alder=gammal")
    assert response.status_code == 400
    assert [(fault["parameter"], fault["value"]) for fault in response.json()["faults"]] == [
        ("kommun", "Narnia"),
        ("alder", "gammal"),
    ]
    assert client.get("/api/ingenting").status_code == 404
    assert client.get("/map/annan-version/points.json").status_code == 404


def test_the_maps_files_may_be_kept_for_their_version_and_leaflet_comes_alone(client, county):
    for name in ("points", "municipalities"):
        response = client.get(f"/map/{county.version}/{name}.json")
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    assert "Leaflet" in client.get("/leaflet/leaflet-src.esm.js").text
    assert client.get("/leaflet/../__init__.py").status_code == 404
    assert client.get("/leaflet/%2e%2e/__init__.py").status_code == 404


def test_the_policy_names_no_other_host_unless_tiles_are_configured():
    assert "http" not in content_security_policy()
    assert "." not in content_security_policy()
    policy = content_security_policy(Tiles("https://{s}.tiles.example/{z}/{x}/{y}.png", "© Exempel"))
    told = [part for part in policy.split("; ") if "example" in part]
    assert told == ["img-src 'self' data: blob: https://*.tiles.example"]


def test_everything_is_served_under_a_base_path_with_any_letters(county):
    client = under("karta-lan/", Showing(county))
    assert client.get("/karta-lan/api/health").json()["status"] == "ok"
    assert "Leaflet" in client.get("/karta-lan/leaflet/leaflet-src.esm.js").text
    assert (client.get("/karta-lan/karta").text, client.get("/api/health").text) == ("sida", "sida")
    answer = under("/stöd kartan", Showing(county)).get("/st%C3%B6d%20kartan/api/dcat.rdf")
    assert "http://testserver/st%C3%B6d%20kartan/api/arenas.csv" in answer.text


def test_gaps_gives_every_verdict_with_the_data_version_and_older_facts_on_demand(client, county):
    answer = client.get("/api/gaps.json?datum=2026-11-21").json()
    assert (answer["dataversion"], answer["datum"], answer["aldre"]) == (county.version, "2026-11-21", False)
    assert len(answer["verdicts"]) == 13 * 12 + 2
    judged = judge(county, read(SHIPPED_STRATEGY), datetime.date(2026, 11, 21))
    assert answer["verdicts"] == [verdict.row() for verdict in judged]
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    assert client.get("/api/gaps.json").json()["datum"] == today
    assert client.get("/api/gaps.json?datum=2026-11-21&aldre=ja").json()["aldre"] is True
    assert client.get("/api/gaps.json?aldre=nej").json()["aldre"] is False
    best = client.get("/api/gaps.json?underlag=aldre").json()
    assert (best["underlag"], answer["underlag"]) == ("aldre", "belagt")
    assert set(best["verdicts"][0]["strengths"]) == {"belagt", "uppdrag", "aldre"}


@pytest.mark.parametrize("day", ["i+dag", "0001-01-01", "9999-12-31", "9" * 5000])
def test_gaps_tells_of_parameters_it_cannot_read(client, day):
    response = client.get(f"/api/gaps.json?datum={day}&aldre=kanske&underlag=allt")
    assert response.status_code == 400
    assert [fault["parameter"] for fault in response.json()["faults"]] == ["datum", "aldre", "underlag"]


def test_the_whole_dataset_is_one_zip_file_and_that_of_the_made_up_county_says_so(client, county):
    answer = client.get("/api/dataset.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert f"stodkartan-data-{county.version}.zip" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert "http://testserver/api/dataset.zip" in archive.read("dcat.rdf").decode("utf-8")
        names = archive.namelist()
    assert {"arenor.csv", "arenor.gpkg", "datapackage.json", "hsds/services.csv"} <= set(names)
    answer = client.get("/api/dataset.zip?data=demo")
    assert "EXEMPELDATA" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.read("LAS-MIG.txt").decode("utf-8").startswith("EXEMPELDATA")
        assert "api/dataset.zip?data=demo" in archive.read("dcat.rdf").decode("utf-8")


def test_a_published_version_has_its_own_zip_file(county, shipped):
    client = TestClient(Starlette(routes=routes(Showing(county, {3: shipped}))))
    assert shipped.version in client.get("/api/dataset.zip?version=3").headers["content-disposition"]
    assert client.get("/api/dataset.zip?version=4").status_code == 400


def test_the_catalogue_names_the_address_it_was_asked_at_and_who_publishes(county):
    settings = Settings(publisher=Publisher("Region Exempel"), contact="fel@region.example")
    answer = under("/karta-lan/", Showing(county, settings=settings)).get("/karta-lan/api/dcat.rdf")
    assert answer.headers["content-type"] == "application/rdf+xml"
    assert 'rdf:resource="http://testserver/karta-lan/api/arenas.csv"' in answer.text
    assert "Region Exempel" in answer.text
    assert "mailto:fel@region.example" in answer.text


@pytest.mark.parametrize("host", ['a"><b', "a.example/?x", "å.example"])
def test_a_host_that_is_none_is_not_repeated(client, host):
    text = client.get("/api/dcat.rdf", headers={"host": host.encode()}).text
    assert "http://testserver/api/arenas.csv" in text
    assert host not in text
