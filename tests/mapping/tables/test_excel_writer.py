"""Cells of a workbook are text, whatever they hold."""

import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from mapping.tables import excel_writer


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_text_is_text_in_the_workbook_and_read_back_without_control_characters(text):
    workbook = excel_writer.new_workbook()
    excel_writer.write_rows(workbook.create_sheet("A"), [["rubrik"], [text]], widths=[10])
    sheet = openpyxl.load_workbook(io.BytesIO(excel_writer.saved(workbook)))["A"]
    kept = "".join(sign for sign in text if sign >= " " or sign in "\t\n\r").replace("\r\n", "\n")
    assert (sheet["A2"].value or "") == kept.replace("\r", "\n")
    assert sheet["A2"].data_type != "f"


def test_lone_surrogates_and_endless_text_can_be_saved():
    workbook = excel_writer.new_workbook()
    excel_writer.write_text(workbook.create_sheet("A")["A1"], "\ud800" + "x" * 100_000)
    kept = openpyxl.load_workbook(io.BytesIO(excel_writer.saved(workbook)))["A"]["A1"].value
    assert kept == "\N{REPLACEMENT CHARACTER}" + "x" * (excel_writer.LONGEST_CELL - 1)
