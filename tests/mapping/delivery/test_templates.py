"""A template that is filled in as it says is read without any remark."""

import csv
import io

import openpyxl
import pytest

from mapping.contract.cells import read_cell
from mapping.contract.schema import ARENOR, INSATSER, TABLES, Kind
from mapping.dataset.dataset import load
from mapping.delivery import templates
from mapping.delivery.delivery import SourceFile, deliver
from mapping.tables import raw_table, typed_table
from tests.conftest import DAY

FLAT_HEADERS = {"arenor": {}, "insatser": {"namn": "insats"}}


def sheet_of(data, title):
    return openpyxl.load_workbook(io.BytesIO(data))[title]


def as_csv(sheet):
    text = io.StringIO(newline="")
    rows = sheet.iter_rows(values_only=True)
    csv.writer(text).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode()


def read(data, name):
    return typed_table.typed_table(raw_table.raw_table(data, TABLES[name]), today=DAY)


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_template_is_read_as_a_table_without_rows(name):
    found = read(templates.csv_template(name), name).findings
    assert [finding.code for finding in found] == ["delimiter-recognised", "no-rows"]
    workbook = as_csv(sheet_of(templates.workbook_template(name), name))
    assert [finding.code for finding in read(workbook, name).findings] == ["no-rows"]


@pytest.mark.parametrize("name", templates.NAMES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_template_that_comes_back_under_its_own_name_is_the_table_it_was_made_for(name, filled, suffix):
    make = {"csv": templates.csv_template, "xlsx": templates.workbook_template}[suffix]
    found = deliver([SourceFile(templates.file_name(name, suffix), make(name, filled=filled))])
    tables = [*FLAT_HEADERS] if name == templates.FLAT else [name]
    assert {name: len(table.frame) for name, table in found.tables.items()} == dict.fromkeys(tables, filled)
    told = {finding.code for finding in found.findings}
    empty = {"no-rows", *(["no-arenas"] if "arenor" in tables else [])}
    flat = {"flat-split"} if name == templates.FLAT else set()
    assert told - {"delimiter-recognised"} == (flat if filled else flat | empty)


def test_filled_templates_are_a_dataset_without_remarks(tmp_path):
    for name in TABLES:
        sheet = sheet_of(templates.workbook_template(name, filled=True), name)
        (tmp_path / f"{name}.csv").write_bytes(as_csv(sheet))
    dataset = load(tmp_path, today=DAY)
    assert dataset.findings == ()
    assert len(dataset.arenor) == len(dataset.insatser) == 1
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_bytes(templates.csv_template(name, filled=True))
    assert {finding.code for finding in load(tmp_path, today=DAY).findings} == {"delimiter-recognised"}


def test_every_template_has_its_words_and_the_flat_one_every_column_once():
    headers = [field.header for field in templates.fields(templates.FLAT)]
    assert len(headers) == len(set(headers))
    both = {column.name for table in (ARENOR, INSATSER) for column in table.columns}
    assert set(headers) == both | {templates.FLAT_OFFER}
    names = {templates.file_name(name, "csv") for name in templates.NAMES}
    assert names >= {"mall-arenor.csv", "mall-arenor-och-insatser.csv"}
    assert all(templates.title(name) and templates.meaning(name).endswith(".") for name in templates.NAMES)


@pytest.mark.parametrize("name", ["arenor", "insatser"])
def test_the_flat_example_holds_a_row_of_each_table(name):
    row = templates.example(templates.FLAT)
    headers = FLAT_HEADERS[name]
    cells = {one.name: row[headers.get(one.name, one.name)] for one in TABLES[name].columns}
    text = io.StringIO()
    csv.writer(text).writerows([cells, cells.values()])
    assert read(text.getvalue().encode(), name).findings == ()


@pytest.mark.parametrize("name", templates.NAMES)
def test_csv_templates_open_right_in_swedish_excel(name):
    text = templates.csv_template(name, filled=True).decode()
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") == 2
    assert ";".join(templates.example(name)) in text


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_workbook_template_offers_every_code_in_a_list(name):
    book = openpyxl.load_workbook(io.BytesIO(templates.workbook_template(name)))
    sheet, lists = book[name], book[templates.LISTS_SHEET]
    assert lists.sheet_state == "hidden"
    offered = {}
    for check in sheet.data_validations.dataValidation:
        if check.type == "list":
            letter, cells = str(check.sqref).split("2:")[0], check.formula1.split("!")[1].replace("$", "")
            offered[sheet[f"{letter}1"].value] = [row[0].value for row in lists[cells]]
    fields = {field.header: field for field in templates.fields(name)}
    assert set(offered) == {header for header, field in fields.items() if field.guidance.allowed}
    for header, words in offered.items():
        assert None not in words
        assert len(words) == len(set(words))
        assert all(read_cell(word, fields[header].column) for word in words)


@pytest.mark.parametrize("name", templates.NAMES)
def test_a_workbook_template_keeps_text_as_text_and_its_guide_explains_every_column(name):
    sheet = sheet_of(templates.workbook_template(name), name)
    assert sheet.freeze_panes == "A2"
    for cell, field in zip(sheet[1], templates.fields(name), strict=True):
        expected = "General" if field.column.kind in {Kind.AGE, Kind.WHOLE, Kind.DECIMAL} else "@"
        assert sheet.column_dimensions[cell.column_letter].number_format == expected, cell.value
        assert f"Exempel: {field.guidance.example}" in cell.comment.text
    sheet = sheet_of(templates.workbook_template(name), templates.GUIDE_SHEET)
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(rows) if row[0] == "Kolumn")
    assert any("Tom cell betyder att uppgiften inte är känd" in row[0] for row in rows[:start])
    explained = {row[0]: row for row in rows[start + 1 :]}
    assert list(explained) == [field.header for field in templates.fields(name)]
    assert all(row[1] and row[2] and row[4] and row[5] for row in explained.values())


def test_the_guide_tells_labels_and_which_answers_fit_a_question():
    guide = sheet_of(templates.workbook_template("kommunlage"), templates.GUIDE_SHEET)
    allowed = {row[0]: row[6] for row in guide.iter_rows(values_only=True) if row[0]}
    assert "kartlaggning – ej_paborjad, pagar eller klar" in allowed["svar"].splitlines()
    assert "region – Region" in allowed["parter"].splitlines()
