"""Cells are understood as the contract says."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.contract import schema, vocabulary
from mapping.contract.cells import DateSpan, read_cell
from mapping.contract.schema import ARENOR, INSATSER, TABLES


def value(text, column):
    reading = read_cell(text, column)
    return reading and reading.value


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-12", dt.date(2024, 12, 1), dt.date(2024, 12, 31)),
        ("2024-03-05", dt.date(2024, 3, 5), dt.date(2024, 3, 5)),
    ],
)
def test_a_coarse_date_spans_its_days(text, first, last):
    assert value(text, ARENOR["start_datum"]) == DateSpan(first, last)


@pytest.mark.parametrize(
    "text",
    ["2024-13", "2023-02-29", "24", "5/3 2024", "20241305", "1024", "2024/25", "45720", "majoritet 2024"],
)
def test_an_impossible_date_is_not_read(text):
    assert read_cell(text, ARENOR["start_datum"]) is None


@pytest.mark.parametrize("text", ["-1", "-25", "26", "5,5"])
def test_a_number_that_is_no_age_is_not_read_as_one(text):
    assert {read_cell(text, INSATSER[name]) for name in ("alder_fran", "alder_till")} == {None}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back(day):
    assert value(day.isoformat(), ARENOR["start_datum"]) == DateSpan(day, day)


@pytest.mark.parametrize(("code", "name"), vocabulary.AREAS.items())
def test_a_municipality_is_known_by_code_and_by_name(code, name):
    for text in (code, name, name.upper(), f"{name} kommun", f"{name}s kommun"):
        assert value(text, ARENOR["kommun"]) == code


@pytest.mark.parametrize(
    "column", [column for table in TABLES.values() for column in table.columns if column.vocabulary]
)
def test_every_code_is_read_as_itself_and_every_label_as_a_code(column):
    for code, label in (column.vocabulary or {}).items():
        reading = read_cell(code, column)
        assert reading.canonical == code
        assert not reading.is_guess
        assert read_cell(label, column) is not None


@pytest.mark.parametrize(
    ("column", "texts", "canonical"),
    [
        (ARENOR["kommun"], ["1884", "Nora", "nora kommun"], "1884"),
        (
            ARENOR["kommun"],
            ["1880", "1880.0", "1880 Örebro", "Örebro (1880)", "1880 - Örebro kommun"],
            "1880",
        ),
        (ARENOR["kommunkod"], ["18", "18.0", "18 Örebro län", "Örebro län"], "18"),
        (ARENOR["lat"], ["59,5", "59.50", "59,500", "59°30'", "59° 30′ 0″ N", "N 59,5", "59.5°"], "59,5"),
        (
            ARENOR["start_datum"],
            [
                "2025-03-04",
                "2025-3-4",
                "20250304",
                "2025-03-04 00:00:00",
                "2025-03-04T14:33:00Z",
                "2025/03/04",
                "2025.3.4",
                "4 mars 2025",
                "den 4:e mars 2025",
            ],
            "2025-03-04",
        ),
        (ARENOR["start_datum"], ["2024-12-31", "31/12 2024", "31.12.2024", "12/31/2024"], "2024-12-31"),
        (ARENOR["start_datum"], ["2025-03", "2025-3", "mars 2025", "Mar. 2025"], "2025-03"),
        (ARENOR["start_datum"], ["2019", "2019.0", "2019,00"], "2019"),
        (INSATSER["alder_fran"], ["13", "13 år", "fr.o.m. 13", "13+", "åk 7"], "13"),
        (INSATSER["alder_till"], ["5", "5 år", "under 6 år", "t.o.m. 5", "5,0"], "5"),
        (
            INSATSER["preventionsniva"],
            [
                "universell | selektiv",
                "universell, selektiv",
                "universell och selektiv",
                "Universell\nSelektiv",
                "universell/selektiv",
                "universell; selektiv",
                "universell, selektiv,",
            ],
            "universell | selektiv",
        ),
        (
            INSATSER["parter"],
            ["halso_och_sjukvard | skola", "Hälso- och sjukvård och skola", "Hälso- och sjukvård, Skola"],
            "halso_och_sjukvard | skola",
        ),
        (INSATSER["sprak"], ["sv | ar", "svenska, arabiska", "sv/ar", "Svenska och arabiska"], "sv | ar"),
        (ARENOR["status"], ["Aktiv", "aktiv"], "aktiv"),
        (ARENOR["postnummer"], ["71331", "713 31", "SE-713 31", "71331.0", "713 31,0"], "71331"),
        (INSATSER["alder_fran"], ["6", "6,0"], "6"),
        (INSATSER["form"], ["grupp; digital", "Grupp | digital|grupp"], "grupp | digital"),
        (
            ARENOR["betjanar_kommuner"],
            ["Nora | 1885", "1884;Lindesberg", "Nora, 1885.0", "Nora och Lindesberg"],
            "1884 | 1885",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, schema.Column) else "",
)
def test_cells_that_say_the_same_have_the_same_canonical_text(column, texts, canonical):
    readings = [read_cell(text, column) for text in texts]
    assert [reading and reading.canonical for reading in readings] == [canonical] * len(texts)


@pytest.mark.parametrize(("alias", "code"), vocabulary.ARENA_TYPE_ALIASES.items())
def test_an_alias_is_read_as_a_guess(alias, code):
    reading = read_cell(alias.upper(), ARENOR["arenatyp"])
    assert (reading.value, reading.is_guess) == (code, True)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "www.nora.se", "https://", "http://a b.se", "//nora.se", "https://[x"]
)
def test_only_web_addresses_become_links(text):
    assert read_cell(text, ARENOR["webbplats"]) is None


def test_language_codes_are_iso_639_1_or_labelled():
    assert len(vocabulary.ISO_639_1) == 183
    for text, code in (("sv", "sv"), ("Arabiska", "ar"), ("is", "is"), ("rom", "rom")):
        assert value(text, INSATSER["sprak"]) == (code,)
    assert read_cell("xx", INSATSER["sprak"]) is None
