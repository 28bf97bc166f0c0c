"""The contract's tables as anyone may see them can be read back, and tell no secret."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest

from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, INSATSER
from mapping.dataset.dataset import from_contents
from mapping.open_data.public_tables import EXAMPLE_COLUMN, public_files, table_csv
from tests.conftest import DAY

TABLES = ("arenor", "insatser", "kommunlage", "dialog", "befolkning", "orter", "uppdrag")


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("table", TABLES)
def test_the_shipped_data_is_read_back_as_it_was(shipped, table):
    again = from_contents(public_files(shipped), today=DAY)
    before, after = getattr(shipped, table), getattr(again, table)
    ours = [name for name in before if name not in {"sweref_n", "sweref_e"}]
    pd.testing.assert_frame_equal(before[ours], after[ours])
    assert (again.title, again.compiled_on, again.example) == (shipped.title, shipped.compiled_on, False)


def test_reading_back_finds_nothing_that_was_not_found_before(shipped):
    again = from_contents(public_files(shipped), today=DAY)
    assert {f.code for f in again.findings} <= {f.code for f in shipped.findings} | {"delimiter-recognised"}


def test_a_hidden_place_keeps_its_secrets_and_a_formula_comes_back_as_it_was(told):
    for name, data in public_files(told()).items():
        text = data.decode("utf-8")
        assert "Hemliga" not in text, name
        assert "69230" not in text, name
        assert "59,1277" not in text, name
    county = told()
    files = public_files(county)
    assert rows(files["arenor.csv"])[0]["namn"] == '\'=HYPERLINK("http://fel.example")'
    assert from_contents(files, today=DAY).arenor["namn"].tolist() == county.arenor["namn"].tolist()


def test_neither_an_unknown_fact_nor_a_position_that_the_map_chose_is_told(shipped, county):
    written = {row["arena_id"]: row for row in rows(table_csv(shipped, ARENOR))}
    assert len(written) == len(shipped.arenor)
    for arena_id, accuracy in shipped.arenor["lage"].items():
        assert bool(written[arena_id]["lat"]) == (accuracy in {"exakt", "harlett"})
    written = {row["insats_id"]: row for row in rows(table_csv(county, INSATSER))}
    assert (written["eken-samtal"]["alder_fran"], written["eken-samtal"]["alder_till"]) == ("13", "")
    assert written["eken-samtal"]["preventionsniva"] == "selektiv | indikerad"


def test_every_row_of_made_up_data_says_so(county):
    made_up = replace(county, example=True, title='Län "X"\\\nY')
    files = public_files(made_up)
    for name, data in files.items():
        if name.endswith(".csv"):
            assert {row[EXAMPLE_COLUMN] for row in rows(data)} == {vocabulary.EXAMPLE_MARK}
    again = from_contents(files, today=DAY)
    assert (again.example, again.title) == (True, made_up.title)
    assert EXAMPLE_COLUMN not in rows(public_files(county)["arenor.csv"])[0]
