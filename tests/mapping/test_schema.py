"""The contract as data: how cells are read, and that pandera and our own check judge alike."""

import datetime as dt
import re

import numpy as np
import pandas as pd
import pandera.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping import schema, vocabulary
from mapping.findings import CATALOGUE
from mapping.reading import clean_text
from mapping.schema import ARENOR, INSATSER, KOMMUNLAGE, TABLES, read_cell
from mapping.texts import Texts


def framed(*rows: dict[str, str], columns: list[str] | None = None) -> pd.DataFrame:
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in names] for row in rows]
    return pd.DataFrame(cells, columns=names, index=range(2, len(rows) + 2), dtype="str")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
        ("2024-03-05", dt.date(2024, 3, 5), dt.date(2024, 3, 5)),
    ],
)
def test_a_coarse_date_spans_its_days(text: str, first: dt.date, last: dt.date) -> None:
    reading = read_cell(text, ARENOR["start_datum"])
    assert reading is not None
    assert reading.value == schema.Span(first, last)


@pytest.mark.parametrize("text", ["2024-13", "2023-02-29", "24", "5/3 2024", "20240305", "1024", "2024-3-5"])
def test_an_impossible_date_is_not_read(text: str) -> None:
    assert read_cell(text, ARENOR["start_datum"]) is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    reading = read_cell(day.isoformat(), ARENOR["start_datum"])
    assert reading is not None
    assert reading.value == schema.Span(day, day)


@pytest.mark.parametrize(("code", "name"), vocabulary.AREAS.items())
def test_a_municipality_is_known_by_code_and_by_name(code: str, name: str) -> None:
    for text in (code, name, name.upper(), f"{name} kommun", f"{name}s kommun"):
        reading = read_cell(text, ARENOR["kommun"])
        assert reading is not None
        assert reading.value == code


@pytest.mark.parametrize(
    "column", [column for table in TABLES.values() for column in table.columns if column.vocabulary]
)
def test_every_code_is_read_as_itself_and_every_label_as_a_code(column: schema.Column) -> None:
    for code, label in (column.vocabulary or {}).items():
        reading = read_cell(code, column)
        assert reading is not None
        assert reading.canonical == code
        assert not reading.is_guess
        assert read_cell(label, column) is not None


@pytest.mark.parametrize(("alias", "code"), vocabulary.ARENA_TYPE_ALIASES.items())
def test_an_alias_is_read_as_a_guess(alias: str, code: str) -> None:
    reading = read_cell(alias.upper(), ARENOR["arenatyp"])
    assert reading is not None
    assert (reading.value, reading.is_guess) == (code, True)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "www.nora.se", "https://", "http://a b.se", "//nora.se", "https://[x"]
)
def test_only_web_addresses_become_links(text: str) -> None:
    assert read_cell(text, ARENOR["webbplats"]) is None


def test_language_codes_are_iso_639_1_or_labelled() -> None:
    assert len(vocabulary.ISO_639_1) == 183
    for text, value in (("sv", "sv"), ("Arabiska", "ar"), ("is", "is"), ("rom", "rom")):
        reading = read_cell(text, INSATSER["sprak"])
        assert reading is not None
        assert reading.value == (value,)
    assert read_cell("xx", INSATSER["sprak"]) is None


def test_every_fault_of_the_schema_has_a_sentence() -> None:
    assert {rule.code for table in TABLES.values() for rule in schema.rules(table)} <= set(CATALOGUE)


def test_the_name_of_every_pandera_check_is_the_code_of_a_finding() -> None:
    for table in TABLES.values():
        built = schema.pandera_schema(table)
        checks = [check for column in built.columns.values() for check in column.checks]
        names = [check.name for check in [*checks, *built.checks]]
        assert sorted(names) == sorted(rule.code for rule in schema.rules(table))


CELLS = {
    "arenor": ["", "x", "X y", "bvc", "1884", "Nora", "Kumla", "2024", "59,5", "ja", "https://a.se", "12345"],
    "insatser": ["", "x", "6", "2", "30", "6,5", "ja", "grupp", "grupp|?", "sv", "2024-02-31"],
    "kommunlage": [
        "",
        "1884",
        "18",
        "Nora",
        "samverkansgrupp",
        "regional_stodorganisation",
        "ja",
        "2020",
        "5",
        "1",
    ],
}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_our_check_and_pandera_find_the_same_breaches(data: st.DataObject) -> None:
    table = TABLES[data.draw(st.sampled_from(list(CELLS)))]
    names = data.draw(st.lists(st.sampled_from([c.name for c in table.columns]), min_size=1, unique=True))
    cells = st.lists(st.sampled_from(CELLS[table.name]), min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(cells, max_size=4))
    frame = framed(*(dict(zip(names, row, strict=True)) for row in rows), columns=names)
    found = {(f.row, f.column, f.code) for f in schema.violations(frame, table)}
    if table.places and not {"kommunkod", "kommun"} & set(names):
        # said once of the column, not of every row
        found.remove((1, "kommunkod", "missing-column"))
        found |= {(row, "kommunkod", "required-cell-empty") for row in frame.index}
    assert found == breaches(frame, table)


def breaches(frame: pd.DataFrame, table: schema.Table) -> set[tuple[int, str, str]]:
    try:
        schema.pandera_schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as failure:
        return {
            place
            for error in failure.schema_errors
            for place in (
                [(1, str(error.failure_cases), "missing-column")]
                if error.reason_code.name == "COLUMN_NOT_IN_DATAFRAME"
                else [(row, error.check.title, error.check.name) for row in error.failure_cases["index"]]
            )
        }
    return set()


PLAIN = {
    "arenor": ["arena_id", "namn", "huvudman", "kalla", "lat", "postnummer", "webbplats"],
    "insatser": ["alder_fran"],
    "befolkning": ["ar", "antal"],
}
NEAR = "a-z09 ,.;|/:-5713htps"


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table, names in PLAIN.items() for name in names]
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_plain_texts_are_read_together_as_they_are_one_by_one(
    table: str, name: str, data: st.DataObject
) -> None:
    column = TABLES[table][name]
    plain = {
        "lat": r"-?\d{1,9}([.,]\d*)?",
        "postnummer": r"\d{5}",
        "webbplats": r"https?://[a-z0-9-]+\.se(/[ -~]*)?",
        "ar": "20[0-9]{2}",
    }.get(name, r"\d{1,9}" if table != "arenor" else r"[a-z0-9-]+")
    texts = st.one_of(st.from_regex(re.compile(plain, re.ASCII), fullmatch=True), st.text(NEAR, max_size=6))
    different = data.draw(st.lists(texts.map(clean_text), unique=True, max_size=5))
    read = schema.readings(Texts(different, np.arange(len(different))), column)
    alone = [schema.read_cell(text, column) if text else None for text in different]
    values = read.values  # noqa: PD011  (no data frame)
    assert values == [None if reading is None else reading.value for reading in alone]
    assert read.unfit == tuple(
        place
        for place, (text, reading) in enumerate(zip(different, alone, strict=True))
        if reading is None and text != ""
    )
    assert read.canonical == {
        text: reading.canonical
        for text, reading in zip(different, alone, strict=True)
        if reading is not None and reading.canonical != text
    }


def test_missing_columns_are_named_once_each() -> None:
    found = schema.violations(framed({"anmarkning": "x"}), ARENOR)
    assert sorted((f.row, f.column, f.code) for f in found) == [
        (1, "arenatyp", "missing-column"),
        (1, "kommunkod", "missing-column"),
        (1, "namn", "missing-column"),
    ]


def test_either_way_of_naming_the_municipality_is_enough() -> None:
    row = {"arena_id": "a", "namn": "A", "arenatyp": "bvc"}
    assert schema.violations(framed({**row, "kommun": "Nora"}), ARENOR) == ()
    assert schema.violations(framed({**row, "kommunkod": "1884"}), ARENOR) == ()


def test_answers_are_judged_by_their_question() -> None:
    rows = [
        {"kommunkod": "1884", "fraga": "kartlaggning", "svar": svar, "datum": "2024"}
        for svar in ("Pågår", "ja")
    ]
    found = schema.violations(framed(*rows), KOMMUNLAGE)
    assert [(f.row, f.column, f.code) for f in found] == [(3, "svar", "invalid-answer")]
