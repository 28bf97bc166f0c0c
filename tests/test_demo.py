"""The made-up county: what it is made of, and that nobody can take it for the county's own data."""

import csv
import datetime
import io
import re
from pathlib import Path

import pandas as pd
import pytest

from data.demo import make, rows
from data.demo.personas import PERSONAS
from mapping.arenas.filters import Filters
from mapping.arenas.rows import excel_rows, file_name
from mapping.arenas.select import select
from mapping.contract import vocabulary
from mapping.contract.findings import Severity
from mapping.dataset.dataset import load
from mapping.server.datasets import example
from mapping.settings import DEMO_DATA, DEMO_DAY, DEMO_PREVIOUS, PROJECT, SHIPPED_DATA, Settings
from tests.showing import asking
from tests.visiting import FIRST_PAGE, opened, words

PAGES = sorted(path.name for path in (PROJECT / "pages").glob("[a-z]*.py") if path.name != "router.py")
WAVES = {2024: DEMO_PREVIOUS, 2026: DEMO_DATA}
MARK = vocabulary.EXAMPLE_MARK


@pytest.fixture(scope="module")
def demo():
    return load(DEMO_DATA, today=DEMO_DAY)


@pytest.fixture
def client(county):
    return asking(county)


def _words(at):
    return " ".join([words(at), *(text.value for text in at.markdown)])


def _files(directory):
    return {str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*.*"))}


def test_the_committed_files_are_exactly_what_the_script_writes(tmp_path):
    make.write(tmp_path)
    written = _files(tmp_path)
    committed = _files(SHIPPED_DATA / "demo")
    assert written == {name: data for name, data in committed.items() if Path(name).parts[0].isdigit()}


@pytest.mark.parametrize("wave", WAVES)
def test_each_wave_is_an_example_of_its_day_with_nothing_to_stop_or_warn_about(wave):
    dataset = load(WAVES[wave], today=DEMO_DAY)
    assert [finding for finding in dataset.findings if finding.severity is not Severity.NOTE] == []
    assert {finding.code for finding in dataset.findings} <= {"no-part-stated"}
    assert dataset.example
    assert (dataset.title, dataset.compiled_on) == (make.TITLE, datetime.date(wave, 6, 1))
    assert dataset.latest_date == rows.WAVE_DAYS[wave]
    assert 150 <= len(dataset.arenor) <= 250
    assert 400 <= len(dataset.insatser) <= 600


def test_the_newest_wave_is_the_one_that_is_shown(demo):
    assert demo.compiled_on == DEMO_DAY
    waves = [int(path.name) for path in (SHIPPED_DATA / "demo").iterdir() if path.name.isdigit()]
    assert max(WAVES) == max(waves)


def test_it_has_the_variety_of_reality(demo):
    arenor, insatser = demo.arenor, demo.insatser
    assert set(arenor["arenatyp"]) == set(vocabulary.ARENA_TYPE)
    assert set(arenor["status"]) == set(vocabulary.STATUS)
    assert set(arenor["adress_visning"]) == set(vocabulary.ADDRESS_DISPLAY)
    assert set(arenor["lage"]) == set(vocabulary.POSITION_ACCURACY)
    assert set(arenor["belagg"]) == set(vocabulary.EVIDENCE)
    assert vocabulary.COUNTY_CODE in set(arenor["kommunkod"])
    assert any(arenor["betjanar_kommuner"])
    assert arenor["kontrollerad_datum"].isna().any()
    age_days = (pd.Timestamp(DEMO_DAY) - arenor["kontrollerad_datum_last_day"]).dt.days
    assert (age_days <= 365).any()
    assert age_days.between(366, 730).any()
    assert (age_days > 730).any()
    levels = {code for codes in insatser["preventionsniva"] for code in codes}
    assert levels == set(vocabulary.PREVENTION_LEVEL)
    assert set(insatser["kunskapsbas"].dropna()) == set(vocabulary.KNOWLEDGE_BASE)
    assert {code for codes in insatser["form"] for code in codes} == set(vocabulary.FORM)
    assert len({code for codes in insatser["sprak"] for code in codes}) >= 8
    assert {code for codes in insatser["parter"] for code in codes} >= {"skola", "region", "civilsamhalle"}
    assert insatser["alder_fran"].min() == 0
    assert insatser["alder_till"].max() > 18
    for column in ("preventionsniva", "malgrupp", "form", "sprak", "parter"):
        assert (insatser[column].map(len) == 0).any(), column
    for column in ("alder_fran", "alder_till", "kunskapsbas", "barnratt", "metod", "kontrollerad_datum"):
        assert insatser[column].isna().any(), column
    assert set(demo.kommunlage["fraga"]) == set(vocabulary.ANSWERS)
    assert set(demo.dialog["typ"]) == set(vocabulary.DIALOGUE_KIND)


def test_each_municipality_plays_one_part():
    assert [persona.kommunkod for persona in PERSONAS] == list(vocabulary.MUNICIPALITIES)
    assert all(set(persona.waves) == set(WAVES) for persona in PERSONAS)


@pytest.mark.parametrize("wave", WAVES)
def test_everything_that_has_a_name_says_that_it_is_made_up(wave):
    made = rows.tables(wave)
    for table in ("arenor", "insatser"):
        assert all("(påhitta" in row["namn"] for row in made[table])
    for table in made.values():
        assert all(part.startswith("Påhittad källa ") for row in table for part in row["kalla"].split(" | "))
    assert all("påhitta" in row["roll"] for row in made["kommunlage"])
    assert all("påhitta" in row["huvudman"] for row in made["arenor"])
    assert all(re.search("påhitta|exemplet", row["text"]) for row in made["dialog"])
    assert all(row.get("webbplats", "").rstrip("/").endswith((".example", "")) for row in made["arenor"])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("presentation", [{}, {"presentation": "ja"}], ids=["", "presentation"])
def test_every_page_says_that_the_data_is_made_up(page, presentation):
    told = _words(opened(page, data="demo", **presentation))
    assert f"<strong>{MARK}.</strong>" in told
    assert str(DEMO_DAY) in told


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_anything_made_up_unless_it_is_asked_for(page):
    told = _words(opened(page))
    assert MARK not in told
    assert "(påhittad)" not in told


def test_every_link_inside_carries_the_choice_of_data_on():
    for page in PAGES:
        links = opened(page, data="demo", kommun="1884").get("page_link")
        assert links
        assert all("data=demo" in link.proto.query_string for link in links)


def test_the_way_back_keeps_the_choices_that_mean_something_there():
    query = {"kommun": "1884", "arena": "nora-01", "huvudman": "Exempelregionen"}
    told = _words(opened("karta.py", data="demo", **query))
    assert '<a href="?kommun=1884">Tillbaka till länets uppgifter</a>' in told


def test_the_about_page_leads_to_the_example_and_its_open_data():
    real, example = opened("om.py"), opened("om.py", data="demo")
    assert '<a href="./?data=demo">Visa exempellänet</a>' in _words(real)
    assert "Visa exempellänet" not in _words(example)
    assert 'href="./api/arenas.csv"' in _words(real)
    assert 'href="./api/arenas.csv?data=demo"' in _words(example)


def test_the_first_page_leads_to_the_example_and_not_out_of_a_presentation():
    way_in = '<a href="./?kommun=1884&amp;data=demo">Öva på ett påhittat län</a>'
    assert way_in in _words(opened(FIRST_PAGE, kommun="1884", version="1"))
    for query in ({"data": "demo"}, {"presentation": "ja"}):
        assert "Öva på" not in _words(opened(FIRST_PAGE, **query))


def test_a_server_that_shows_nothing_but_the_example_has_no_way_back(monkeypatch):
    monkeypatch.setenv("STODKARTAN_DATA", "demo")
    for query in ({}, {"data": "demo"}):
        at = opened(FIRST_PAGE, **query)
        assert f"<strong>{MARK}.</strong>" in _words(at)
        assert "Tillbaka till länets uppgifter" not in _words(at)


@pytest.mark.parametrize("asked", ["2026", "../demo/2026", "data/demo/2026", str(DEMO_DATA)])
def test_an_address_can_name_no_data_but_the_example(asked, client, county):
    told = _words(opened(FIRST_PAGE, data=asked))
    assert MARK not in told
    assert "går inte att använda som data" in told
    for path in ("/api/health", "/api/arenas.csv", "/api/arenas.geojson"):
        answer = client.get(path, params={"data": asked})
        assert answer.status_code == 400
        assert [fault["parameter"] for fault in answer.json()["faults"]] == ["data"]


def test_the_word_demo_names_the_newest_wave_which_is_seen_on_its_own_day(county_directory):
    assert Settings.from_environment({"STODKARTAN_DATA": "demo"}).data == DEMO_DATA
    assert Settings.from_environment({"STODKARTAN_DATA": "./demo"}).data == Path("./demo")
    assert example(Settings(data=county_directory)).version == example().version


def test_every_answer_of_the_api_is_marked(client, demo):
    health = {"status": "ok", "version": demo.version, "exempeldata": True}
    assert client.get("/api/health?data=demo").json() == health
    answer = client.get("/api/arenas.geojson?data=demo&kommun=1884")
    collection = answer.json()
    assert collection["exempeldata"] is True
    assert collection["features"]
    assert all(feature["properties"]["exempeldata"] is True for feature in collection["features"])
    assert "EXEMPELDATA" in answer.headers["content-disposition"]
    answer = client.get("/api/arenas.csv?data=demo&kommun=1884")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [line["arena_id"] for line in lines] == list(select(demo, Filters(kommun=("1884",))).shown)
    assert {line["exempeldata"] for line in lines} == {MARK}
    assert "EXEMPELDATA" in answer.headers["content-disposition"]


def test_no_answer_of_the_api_is_marked_or_mixed_without_the_parameter_or_the_version(client, county, demo):
    for dataset in (county, demo):
        assert ("(påhittad)" in client.get(f"/map/{dataset.version}/points.json").text) == dataset.example
    for path in ("/api/health", "/api/arenas.csv", "/api/arenas.geojson"):
        answer = client.get(path)
        for text in (answer.text, answer.headers.get("content-disposition", "")):
            assert "påhittad" not in text
            assert "EXEMPEL" not in text
    assert client.get("/api/arenas.geojson").json()["exempeldata"] is False


def test_a_file_for_excel_is_marked_on_every_row_and_in_its_name(demo, county):
    rows_for_excel = excel_rows(demo, demo.arenor.index, sentence="Alla.")
    assert (rows_for_excel.columns[0], set(rows_for_excel["Exempeldata"])) == ("Exempeldata", {MARK})
    assert file_name(demo, "arenor", "csv") == f"stodkartan-EXEMPELDATA-arenor-{demo.version}.csv"
    assert "Exempeldata" not in excel_rows(county, county.arenor.index, sentence="Alla.")
    assert file_name(county, "arenor", "csv") == f"stodkartan-arenor-{county.version}.csv"
