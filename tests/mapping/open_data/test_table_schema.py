"""The exported Table Schemas and our own checker agree, fault by fault, wherever both can speak."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import frictionless
import pytest
from frictionless.resources import TableResource
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mapping.contract import vocabulary
from mapping.contract.cells import read_cell
from mapping.contract.findings import CATALOGUE, Finding
from mapping.contract.guidance import EXAMPLE_ROW
from mapping.contract.schema import ARENOR, INSATSER, LISTS, TABLES, Column, Kind, Table
from mapping.dataset.dataset import load
from mapping.errors import DatasetRefusedError
from mapping.open_data.table_schema import UNSAID, data_package, table_schema
from mapping.settings import SHIPPED_DATA
from mapping.tables import typed_table
from mapping.tables.rules import rules_of

TODAY = dt.date(2026, 11, 21)
FIT = "does not fit"
Fault = tuple[int | None, str | None, str]

SAID: Mapping[str, str] = {
    "required-cell-empty": "empty",
    "duplicate-id": "duplicate",
    "missing-column": "missing-column",
    "too-many-cells": "extra-cell",
    "unknown-arena": "foreign-key",
    **{column.fault_code: FIT for table in TABLES.values() for column in table.columns if column.fault_code},
}
"""Our code of every fault that a Table Schema can state → the kind of fault that it is."""

NUMBERS = {Kind.WHOLE, Kind.AGE}
PATTERNS = {Kind.SLUG, Kind.DATE, Kind.DECIMAL, Kind.POSTCODE, Kind.URL}
FAULTY = {
    Kind.SLUG: ["Nora FC", "å", "a_b"],
    Kind.CODE: ["kanske", "ja nej"],
    Kind.CODES: ["?", "ja | ?", "kanske"],
    Kind.AREA: ["Solna", "0330", "1899"],
    Kind.AREAS: ["Nora | Solna", "Mora", "1884 || x"],
    Kind.LANGUAGES: ["xx", "sv | klingon"],
    Kind.DATE: ["2024-02-30", "i går", "24", "2023-02-29", "1899"],
    Kind.WHOLE: ["många", "-1", "999999999999"],
    Kind.AGE: ["sex", "-1", "121", "6-7"],
    Kind.DECIMAL: ["norr", "59.5.1", "1e5", "NaN"],
    Kind.URL: ["javascript:alert(1)", "www.nora.se", "https://", "http://a b.se"],
    Kind.POSTCODE: ["7133", "713 311", "SE 713 3a"],
}
ALPHABETS = {
    Kind.SLUG: "ab1-_ Å",
    Kind.DATE: "0123489-",
    Kind.DECIMAL: "-−059., e",
    Kind.POSTCODE: "SE0579- ",
    Kind.URL: "htps:/.aå?#@ <1",
}


def comparable(text: str, column: Column) -> bool:
    """Tell whether both can judge a cell: everything that Table Schema cannot say about cells stands here."""
    if typed_table.clean_text(text) != text:
        return False  # outer spaces, no-break spaces, invisible signs, the guard of a formula
    if column.kind in NUMBERS:
        return bool(re.fullmatch(r"-?[0-9]+|[^\W0-9_]+", text))  # thousands, 6,0, and Python's 1_0, +6 and ٣
    if column.kind in {Kind.CODE, Kind.CODES, Kind.AREA, Kind.AREAS, Kind.LANGUAGES}:
        return read_cell(text, column) is None or spelled(text, column)  # other letters of a known word
    return True


def spelled(text: str, column: Column) -> bool:
    constraints = field(column)["constraints"]
    if "enum" in constraints:
        return text in constraints["enum"]
    return re.fullmatch(constraints["pattern"], text) is not None


@cache
def field(column: Column) -> Mapping[str, Mapping[str, str]]:
    table = next(table for table in TABLES.values() if column in table.columns)
    return next(each for each in table_schema(table)["fields"] if each["name"] == column.name)


def written(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def validated(data: bytes, table: Table) -> set[Fault]:
    """Say what frictionless finds, in our words."""
    descriptor = table_schema(table)
    descriptor.pop("foreignKeys", None)
    resource = TableResource(
        data=data,
        format="csv",
        encoding="utf-8",
        dialect=frictionless.Dialect.from_descriptor({"delimiter": ",", "headerRows": [1]}),
        schema=frictionless.Schema.from_descriptor(descriptor),
    )
    report = resource.validate(limit_errors=100_000)
    return {kind_of(error) for task in report.tasks for error in task.errors}


def kind_of(error: frictionless.Error) -> Fault:
    row, column = getattr(error, "row_number", 1), getattr(error, "field_name", None)
    kinds = {
        "unique-error": "duplicate",
        "missing-label": "missing-column",
        "extra-cell": "extra-cell",
        "foreign-key": "foreign-key",
        "type-error": FIT,
    }
    if error.type == "constraint-error":
        return row, column, "empty" if '"required"' in error.note else FIT
    return row, column if error.type != "extra-cell" else None, kinds[error.type]


def checked(data: bytes, table: Table) -> set[Fault]:
    """Say what we find, as far as a Table Schema can say it."""
    found = typed_table.typed_table(typed_table.raw_table(data, table), today=TODAY).findings
    return {
        (finding.row, finding.column, SAID[finding.code])
        for finding in found
        if finding.code not in UNSAID and not is_of_two_columns(finding)
    }


def is_of_two_columns(finding: Finding) -> bool:
    """Tell whether a finding of a code that can be said is one of those that cannot."""
    # either kommunkod or kommun must be there, which is a rule on the row
    is_place = finding.column == "kommunkod" and finding.table in {"arenor", "kommunlage"}
    needs_answer = (finding.code, finding.column) == (
        "missing-column",
        "svar",
    )  # a column whose cells may be empty
    return needs_answer or (is_place and finding.code in {"required-cell-empty", "missing-column"})


def good_cells(table: Table, column: Column) -> st.SearchStrategy[str]:
    options = [st.just(EXAMPLE_ROW[table.name].get(column.name, ""))]
    enum = field(column)["constraints"].get("enum")
    if enum and column.name != "svar":
        options.append(st.sampled_from(enum))
    if column.vocabulary and column.kind in LISTS:
        words = st.sampled_from([*column.vocabulary, *column.vocabulary.values()])
        options.append(st.lists(words, min_size=1, max_size=3).map(" | ".join))
        options.append(st.lists(words, min_size=1, max_size=3).map("; ".join))
    if not column.required:
        options.append(st.just(""))
    return st.one_of(options)


def bad_cells(column: Column) -> st.SearchStrategy[str]:
    options = [st.just(""), st.sampled_from(FAULTY.get(column.kind, [""]))]
    if column.name == "svar":
        options.append(st.just("inget svar alls"))
    if column.kind in ALPHABETS:
        options.append(st.text(ALPHABETS[column.kind], max_size=12))
    return st.one_of(options).filter(lambda text: comparable(text, column))


@st.composite
def files(draw: st.DrawFn, table: Table) -> bytes:
    """Draw a file of the table: sound rows, a column left out now and then, and faults planted in them."""
    absent = draw(st.sets(st.sampled_from([column.name for column in table.columns]), max_size=2))
    columns = [column for column in table.columns if column.name not in absent - {table.key}]
    order = draw(st.permutations(columns))
    rows = []
    for number in range(draw(st.integers(1, 5))):
        cells = {column.name: draw(good_cells(table, column)) for column in order}
        if table.key:
            cells[table.key] = f"rad-{number}"
        for column in draw(st.lists(st.sampled_from(order), max_size=3, unique=True)):
            cells[column.name] = draw(bad_cells(column))
        if table.key and draw(st.integers(0, 5)) == 0:
            cells[table.key] = "rad-0"
        extra = draw(st.lists(st.sampled_from(["x", "y"]), max_size=2)) if draw(st.booleans()) else []
        if any(cells.values()):  # a blank row is left out by us, and a fault there
            rows.append([*cells.values(), *extra])
    return written([column.name for column in order], rows)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=60)
@given(data=st.data())
def test_frictionless_and_we_find_the_same_faults_in_the_same_cells(name: str, data: st.DataObject) -> None:
    table = TABLES[name]
    file = data.draw(files(table))
    found, theirs = checked(file, table), validated(file, table)
    if table.name == "kommunlage":
        found, theirs = without_answers(found), without_answers(theirs)
    assert found == theirs, file.decode()


def without_answers(faults: set[Fault]) -> set[Fault]:
    """Leave out answers, which depend on the question of their row."""
    return {fault for fault in faults if fault[1] != "svar"}


@pytest.mark.parametrize("text", ["inget svar alls", "5", "klart"])
def test_an_answer_to_no_question_is_found_by_both(text: str) -> None:
    row = {**EXAMPLE_ROW["kommunlage"], "svar": text}
    file = written(list(row), [list(row.values())])
    found = typed_table.typed_table(typed_table.raw_table(file, TABLES["kommunlage"]), today=TODAY).findings
    assert [(finding.row, finding.column, finding.code) for finding in found] == [
        (2, "svar", "invalid-answer")
    ]
    assert validated(file, TABLES["kommunlage"]) == {(2, "svar", FIT)}


@pytest.mark.parametrize("kind", sorted(PATTERNS))
@settings(max_examples=150)
@given(data=st.data())
def test_a_pattern_takes_exactly_the_cells_that_are_understood(kind: Kind, data: st.DataObject) -> None:
    column = next(each for table in TABLES.values() for each in table.columns if each.kind is kind)
    pattern = field(column)["constraints"]["pattern"]
    near = st.one_of(st.from_regex(pattern, fullmatch=True), st.text(ALPHABETS[kind], max_size=14))
    text = data.draw(
        near.filter(lambda text: text and comparable(text, column) and "[" not in text and text.isprintable())
    )
    assert (re.fullmatch(pattern, text) is not None) == (read_cell(text, column) is not None)


@given(st.dates(dt.date(1890, 1, 1), dt.date(2210, 12, 31)))
@example(dt.date(1900, 2, 28))
@example(dt.date(2000, 2, 29))
def test_the_pattern_of_dates_knows_the_calendar(day: dt.date) -> None:
    column = ARENOR["start_datum"]
    pattern = field(column)["constraints"]["pattern"]
    last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    after = f"{last:%Y-%m}-{last.day + 1:02}"
    for text in (day.isoformat(), last.isoformat(), after):
        assert (re.fullmatch(pattern, text) is not None) == (read_cell(text, column) is not None)


def test_an_arena_that_is_not_there_is_found_by_both(tmp_path: Path) -> None:
    arenas, offers = EXAMPLE_ROW["arenor"], EXAMPLE_ROW["insatser"]
    rows = [list({**offers, "insats_id": f"i{row}", "arena_id": arena}.values()) for row, arena in PLACES]
    files = {
        "arenor.csv": written(list(arenas), [list(arenas.values())]),
        "insatser.csv": written(list(offers), rows),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "datapackage.json").write_text(json.dumps(data_package(files, title="Test", version="1")))
    with pytest.raises(DatasetRefusedError) as refused:
        load(tmp_path, today=TODAY)
    found = {(finding.row, SAID[finding.code]) for finding in refused.value.findings}
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    theirs = {(error.row_number, kind_of(error)[2]) for task in report.tasks for error in task.errors}
    assert found == theirs == {(3, "foreign-key"), (5, "foreign-key")}


PLACES = [
    (2, "exempel-familjecentral"),
    (3, "finns-inte"),
    (4, "exempel-familjecentral"),
    (5, "inte-heller"),
]


def test_every_rule_is_either_said_or_known_not_to_be() -> None:
    judged = {rule.code for table in TABLES.values() for rule in rules_of(table)}
    assert judged <= set(SAID) | set(UNSAID) <= set(CATALOGUE)
    assert not set(SAID) & set(UNSAID)


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_has_every_column_with_swedish_words_and_a_sound_example(name: str) -> None:
    described = table_schema(TABLES[name])
    assert [each["name"] for each in described["fields"]] == [column.name for column in TABLES[name].columns]
    assert all(each["title"] and each["description"].endswith(".") for each in described["fields"])
    schema = frictionless.Schema.from_descriptor(described)
    row = EXAMPLE_ROW[name]
    _, notes = schema.read_cells([row.get(each["name"], each["example"]) for each in described["fields"]])
    assert not any(notes), [note for note in notes if note]


def test_the_shipped_data_with_its_descriptor_is_a_valid_data_package(tmp_path: Path) -> None:
    contents = {path.name: path.read_bytes() for path in SHIPPED_DATA.iterdir() if path.is_file()}
    described = data_package(contents, title="Örebro län", version="abc")
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert [resource["name"] for resource in described["resources"]] == list(TABLES)
    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []


def test_a_dataset_without_arenas_has_no_key_to_them() -> None:
    described = data_package({"insatser.csv": b""}, title="Test", version="1")
    assert "foreignKeys" not in described["resources"][0]["schema"]
    assert "foreignKeys" in table_schema(INSATSER)


def test_every_word_of_the_vocabulary_may_be_written() -> None:
    for table in TABLES.values():
        for column in table.columns:
            for code, label in (column.vocabulary or {}).items():
                assert spelled(code, column)
                assert spelled(label, column)
    assert all(spelled(f"{name} kommun", ARENOR["kommun"]) for name in vocabulary.AREAS.values())
