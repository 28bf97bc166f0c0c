"""The local action plan: every objective with its verdict, what is missing, and room to fill in."""

import io

import docx as python_docx
import pytest
from openpyxl import load_workbook

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.reports import docx, xlsx
from mapping.reports.action_plan import FIELDS, MEASURES, action_plan, action_plan_sheets
from mapping.reports.document import Cell, table
from mapping.reports.judged import Judged
from mapping.verdicts.display import verdict_label
from tests.gap_county import DAY, NORA, STRATEGY, arena, dataset_of, insats
from tests.report_texts import docx_text, xlsx_rows

RESOURCES = ("Personella resurser", "Lokaler", "Kompetensutveckling", "Metodkostnader")


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_word_gives_each_objective_in_its_own_words_with_verdict_and_what_is_missing(judged, code):
    text = docx_text(docx.write(action_plan(judged, code)))
    for verdict in judged.verdicts_of(code):
        assert STRATEGY[verdict.objective].text in text
        assert f"Bedömning: {verdict_label(verdict).signed}" in text
        assert all(sentence in text for sentence in verdict.missing)


def test_word_has_an_empty_form_under_each_objective_with_the_strategys_resources(shipped_judged):
    word = python_docx.Document(io.BytesIO(docx.write(action_plan(shipped_judged, NORA))))
    forms = [table for table in word.tables if table.rows[0].cells[0].text == "Fyll i"][:15]
    assert len(forms) == 15
    for form in forms:
        assert [row.cells[0].text for row in form.rows][1:] == [field.heading for field in FIELDS]
        assert not any(cell.text for row in form.rows[1:] for cell in row.cells[1:])
    assert set(RESOURCES) <= {field.heading for field in FIELDS}


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_excel_has_rows_for_each_objective_with_its_verdict(judged, code):
    rows = xlsx_rows(xlsx.write(action_plan_sheets(judged, code)))["Handlingsplan"]
    start = next(number for number, row in enumerate(rows) if row[0] == "Mål")
    filled = [(row[0], row[3].split("\n")[0]) for row in rows[start + 1 :]]
    words = [(one.objective, verdict_label(one).signed) for one in judged.verdicts_of(code)]
    assert filled == [word for word in words for _ in range(MEASURES)]
    assert all(value is None for row in rows[start + 1 :] for value in row[6:])


def test_excel_asks_for_choices_and_dates_and_there_is_no_plan_outside_the_county(shipped_judged):
    sheet = load_workbook(io.BytesIO(xlsx.write(action_plan_sheets(shipped_judged, NORA))))["Handlingsplan"]
    kinds = [asked.type for asked in sheet.data_validations.dataValidation]
    assert (kinds.count("list"), kinds.count("date")) == (1, 2)
    assert sheet.freeze_panes
    assert sheet.tables
    assert action_plan(shipped_judged, "18") is None
    assert action_plan_sheets(shipped_judged, "0180") is None


def test_excel_says_where_it_comes_from(judged):
    rows = xlsx_rows(xlsx.write(action_plan_sheets(judged, NORA)))["Om underlaget"]
    text = "\n".join(str(row[0]) for row in rows)
    assert judged.dataset.version in text
    assert judged.day.isoformat() in text
    assert ("EXEMPELDATA" in text) == judged.dataset.example


def test_a_cell_that_begins_like_a_formula_is_text():
    judged = Judged.of(
        dataset_of([arena("a", namn="=1+1")], [insats("i", "a", namn="=cmd()")]), STRATEGY, DAY
    )
    document = action_plan_sheets(judged, NORA)
    odd = table("Prov", ("En", "Två"), [(Cell("=1+1"), "@x")], name="Prov")
    sections = (document.sections[0].__class__("Prov", (odd,)),)
    data = xlsx.write(document.__class__("t", "u", (), sections, document.provenance))
    cell = load_workbook(io.BytesIO(data))["Prov"]["A4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
