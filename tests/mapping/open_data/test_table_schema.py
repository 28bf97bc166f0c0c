"""An independent reader finds the faults that our own checker finds, wherever the schema speaks of them."""

import csv
import datetime as dt
import io

import frictionless
import pytest
from frictionless.resources import TableResource
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.contract.guidance import EXAMPLE_ROW
from mapping.contract.schema import TABLES, Kind
from mapping.open_data.table_schema import NUMBERS, table_schema
from mapping.tables import raw_table, typed_table

TODAY = dt.date(2026, 11, 21)
FIT = "does not fit"

SAID = {
    "required-cell-empty": "empty",
    "duplicate-id": "duplicate",
    "missing-column": "missing-column",
    "too-many-cells": "extra-cell",
    "invalid-answer": FIT,
    **{column.fault_code: FIT for table in TABLES.values() for column in table.columns if column.fault_code},
}
"""Our code of every fault that the schema can state → the kind of fault that it is."""

FAULTY = {
    Kind.CODE: ["kanske", "ja nej", "1899"], Kind.CODES: ["?", "ja | ?", "kanske"],
    Kind.AREA: ["Solna", "0330", "1899"], Kind.AREAS: ["Nora | Solna", "Mora"],
    Kind.LANGUAGES: ["xx", "sv | klingon"], Kind.WHOLE: ["många", "-1", "999999999999"],
    Kind.AGE: ["sex", "-1", "121", "6-7"],
}  # fmt: skip
"""Cells that do not fit, of the kinds that the schema limits."""


def written(columns, rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue().encode()


def validated(data, table):
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
    return {kind_of(error) for task in resource.validate(limit_errors=100_000).tasks for error in task.errors}


def kind_of(error):
    row, column = getattr(error, "row_number", 1), getattr(error, "field_name", None)
    if error.type == "constraint-error":
        return row, column, "empty" if '"required"' in error.note else FIT
    kinds = {"unique-error": "duplicate", "missing-label": "missing-column"}
    kinds |= {"extra-cell": "extra-cell", "type-error": FIT}
    return row, column if error.type != "extra-cell" else None, kinds[error.type]


def checked(data, table):
    found = typed_table.typed_table(raw_table.raw_table(data, table), today=TODAY).findings
    # either kommunkod or kommun must be there, and a column whose cells may be empty: rules of our own
    ours = {(code, "kommunkod") for code in ("required-cell-empty", "missing-column") if table.places}
    ours.add(("missing-column", "svar"))
    return {
        (finding.row, finding.column, SAID[finding.code])
        for finding in found
        if finding.code in SAID and (finding.code, finding.column) not in ours
    }


def bad_cells(column):
    options = [st.just("")]
    if column.kind in FAULTY:
        options.append(st.sampled_from(FAULTY[column.kind]))
    if column.kind in NUMBERS:
        options.append(st.integers(-200, 10**9).map(str))
    return st.one_of(options)


@st.composite
def files(draw, table):
    """Draw a file of the table: sound rows, a column left out now and then, and faults planted in them."""
    absent = draw(st.sets(st.sampled_from([column.name for column in table.columns]), max_size=2))
    columns = [column for column in table.columns if column.name not in absent - {table.key}]
    order = draw(st.permutations(columns))
    rows = []
    for number in range(draw(st.integers(1, 5))):
        cells = {column.name: EXAMPLE_ROW[table.name].get(column.name, "") for column in order}
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
def test_frictionless_and_we_find_the_same_faults_in_the_same_cells(name, data):
    table = TABLES[name]
    file = data.draw(files(table))
    found, theirs = checked(file, table), validated(file, table)
    if table.name == "kommunlage":  # which answers there are depends on the question of the row
        found, theirs = ({fault for fault in faults if fault[1] != "svar"} for faults in (found, theirs))
    assert found == theirs, file.decode()


@pytest.mark.parametrize("text", ["inget svar alls", "5", "klart"])
def test_an_answer_to_no_question_is_found_by_both(text):
    row = {**EXAMPLE_ROW["kommunlage"], "svar": text}
    file = written(list(row), [list(row.values())])
    assert checked(file, TABLES["kommunlage"]) == validated(file, TABLES["kommunlage"]) == {(2, "svar", FIT)}


@pytest.mark.parametrize("name", TABLES)
def test_the_schema_has_every_column_with_swedish_words_and_a_sound_example(name):
    described = table_schema(TABLES[name])
    assert [each["name"] for each in described["fields"]] == [column.name for column in TABLES[name].columns]
    assert all(each["title"] and each["description"].endswith(".") for each in described["fields"])
    schema = frictionless.Schema.from_descriptor(described)
    row = EXAMPLE_ROW[name]
    _, notes = schema.read_cells([row.get(each["name"], each["example"]) for each in described["fields"]])
    assert not any(notes), [note for note in notes if note]


def test_every_code_of_the_vocabulary_may_be_written():
    for table in TABLES.values():
        schema = frictionless.Schema.from_descriptor(table_schema(table))
        for column in table.columns:
            for code in column.vocabulary or {}:
                _, notes = schema.get_field(column.name).read_cell(code)
                assert not notes, (column.name, code)
