"""A personal detail stops a delivery, in whatever column it stands, and is not repeated in full."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from mapping.contract.findings import Severity
from mapping.contract.schema import TABLES
from mapping.delivery.check import check
from mapping.delivery.corrections import list_as_csv
from mapping.delivery.delivery import SourceFile, deliver
from tests.conftest import ARENAS, DAY, OFFERS, POPULATION
from tests.deliveries import written

DETAILS = (
    "19811218-9876", "8112189876", "701063-2391", "anna.berg@nora.se", "kalle77@gmail.com", "070-123 45 67",
    "+46701234567",
)  # fmt: skip
BEFORE = ("", "Ring ", "se: (", "mailto:", "https://nora.se/?p=")
AFTER = ("", ", tack", ")", " | Nora kommun")
VALID = {
    "arenor": ARENAS[0],
    "insatser": OFFERS[0],
    "befolkning": POPULATION[0],
    "kommunlage": {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-05-01"},
    "dialog": {
        "kommun": "Nora", "datum": "2026-05-01", "typ": "behov", "text": "Mer stöd", "tolkning": "klassad",
    },
    "orter": {"ort": "Nora", "kommunkod": "1884", "lat": "59.5", "lon": "15.0", "palitlig": "ja"},
    "uppdrag": {"galler": "bvc", "alder_fran": "0", "alder_till": "5"},
}  # fmt: skip


def test_every_table_is_tried():
    assert set(VALID) == set(TABLES)


def column_names(table):
    return [column.name for column in TABLES[table].columns]


def handed_in(table, rows):
    return check(deliver([SourceFile(f"{table}.csv", written(rows, delimiter=";"))]), today=DAY)


def assert_stopped_and_covered(checked, details):
    found = [one for one in checked.places if one.code == "personal-data"]
    assert {one.severity for one in found} == {Severity.STOP}
    assert checked.contents is None
    said = repr(checked.places) + "".join(f"{one.place} {one.message}" for one in checked.findings)
    said += list_as_csv(checked.findings).decode()
    assert [detail for detail in details if detail in said] == []
    return {(one.row, one.column) for one in found}


@pytest.mark.parametrize("table", TABLES)
def test_no_column_takes_a_personal_detail(table):
    tried = [(column, detail) for column in [*column_names(table), "okänd kolumn"] for detail in DETAILS]
    rows = [
        VALID[table] | {column: f"{BEFORE[n % 5]}{d}{AFTER[n % 4]}"} for n, (column, d) in enumerate(tried)
    ]
    found = assert_stopped_and_covered(handed_in(table, rows), DETAILS)
    assert {(row, column) for row, (column, _) in enumerate(tried, start=2)} - found == set()


@settings(max_examples=15)
@given(
    column=st.sampled_from(column_names("arenor")),
    detail=st.sampled_from(DETAILS),
    before=st.text("abcåäö ,;|\"'=\t", max_size=8).map(lambda text: f"{text} "),
    after=st.text("abcåäö ,;|\"'\t", max_size=8).map(lambda text: f" {text}"),
)
def test_a_detail_is_found_whatever_stands_around_it(column, detail, before, after):
    checked = handed_in("arenor", [VALID["arenor"] | {column: f"{before}{detail}{after}"}])
    assert assert_stopped_and_covered(checked, [detail]) == {(2, column)}


def workbook(name="Blad", comment="", *, is_hidden=False):
    book = Workbook()
    for row in (["namn", "arenatyp", "kommun"], ["Eken", "bvc", "Nora"]):
        book.active.append(row)
    other = book.create_sheet(name)
    other["A1"] = "x"
    other.sheet_state = "hidden" if is_hidden else "visible"
    if comment:
        (other if is_hidden else book.active)["B2"].comment = Comment(comment, "Kommunen")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize(
    ("place", "file"),
    [
        ("Filens namn", lambda detail: SourceFile(f"arenor {detail}.csv", written([VALID["arenor"]]))),
        ("Filens namn", lambda detail: SourceFile(f"{detail}.xlsx", workbook())),
        ("Bladets namn", lambda detail: SourceFile("a.xlsx", workbook(f"se {detail}"))),
        ("Bladets namn", lambda detail: SourceFile("a.xlsx", workbook(detail, is_hidden=True))),
        ("Kommentaren till cellen B2", lambda d: SourceFile("a.xlsx", workbook(comment=f"Anna: {d}"))),
        (
            "Kommentaren till cellen B2",
            lambda d: SourceFile("a.xlsx", workbook(comment=f"({d})", is_hidden=True)),
        ),
    ],
)
def test_a_detail_is_found_beside_the_cells(detail, place, file):
    checked = check(deliver([file(detail)]), today=DAY)
    assert_stopped_and_covered(checked, [detail])
    assert any(one.message.startswith(f"{place} innehåller") for one in checked.findings)


@pytest.mark.parametrize(
    ("pairs", "rows"),
    [
        ([("811218", "9876")], {2}), ([("19811218", "-9876")], {2}), ([("811218 ", "T123")], {2}),
        ([("", ""), ("811218", "9876"), ("701063", "2391"), ("811218", "9875")], {3, 4}),
        ([("811218", "9875")], set()), ([("811218", "9876"), ("511399", "1880")], set()),
        ([("811218", "9876"), ("811218", "9875"), ("811219", "9876")], set()), ([("811218", "987")], set()),
    ],
)  # fmt: skip
def test_a_number_split_over_two_columns_is_found(pairs, rows):
    table = [VALID["arenor"] | {"född": date, "siffror": last} for date, last in pairs]
    table = [row | {"arena_id": f"a-{number}"} for number, row in enumerate(table)]
    found = [one for one in handed_in("arenor", table).places if one.code == "personal-data"]
    assert {one.row for one in found} == rows
    assert all("81•••" in one.message or "70•••" in one.message or "19•••" in one.message for one in found)
