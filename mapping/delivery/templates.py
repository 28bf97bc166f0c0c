"""Make empty files for the person who collects data: CSV and Excel, one for each table and one flat."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mapping.contract.guidance import (
    EXAMPLE_ROW,
    TABLE_MEANING,
    TABLE_TITLE,
    UNKNOWN_RULE,
    Guidance,
    answers,
    guidance,
)
from mapping.contract.schema import ARENOR, INSATSER, LISTS, TABLES, Column, Kind, Table
from mapping.tables import excel_writer
from mapping.tables.csv_file import MOST_ROWS
from mapping.tables.excel_csv import write_csv

FLAT: Final = "arenor_och_insatser"
"""The template with one row an insats, where the arena's columns are repeated."""

FLAT_OFFER: Final = "insats"
"""What the insats' name is called where `namn` is the arena's."""

NAMES: Final = (*TABLES, FLAT)

GUIDE_SHEET: Final = "Så fyller du i"
"""The sheet that explains the columns; it is not read as data."""

LISTS_SHEET: Final = "listor"
"""The hidden sheet that the drop-down lists take their words from."""

_NUMBERS = {Kind.WHOLE, Kind.AGE, Kind.DECIMAL}
_REQUIRED_FILL = PatternFill("solid", fgColor="FFF2CC")
_GUIDE_WIDTHS = (22, 26, 50, 44, 22, 30, 60)
_NARROWEST, _WIDEST = 12, 40
_NOTE_WIDTH, _NOTE_HEIGHT = 320, 160


@dataclass(frozen=True)
class Field:
    """One column of a template: what stands on the first row, and the column of the contract it becomes."""

    header: str
    table: Table
    column: Column

    @property
    def guidance(self) -> Guidance:
        """How it is filled in."""
        return guidance(self.table, self.column)


def fields(name: str) -> tuple[Field, ...]:
    """Give the columns of a template, one of `NAMES`, in order."""
    if name != FLAT:
        table = TABLES[name]
        return tuple(Field(column.name, table, column) for column in table.columns)
    arenas = [Field(column.name, ARENOR, column) for column in ARENOR.columns]
    shared = [
        field for field in arenas if field.header in INSATSER and field.header not in {"arena_id", "namn"}
    ]
    offers = [
        Field(FLAT_OFFER if column.name == "namn" else column.name, INSATSER, column)
        for column in INSATSER.columns
        if column.name == "namn" or column.name not in ARENOR
    ]
    return (*(field for field in arenas if field not in shared), *offers, *shared)


def example(name: str) -> dict[str, str]:
    """Give a template's made-up row: header → cell."""
    return {field.header: EXAMPLE_ROW[field.table.name].get(field.column.name, "") for field in fields(name)}


def title(name: str) -> str:
    """Give what a template is called in headings."""
    return "Arenor och insatser i samma tabell" if name == FLAT else TABLE_TITLE[name]


def meaning(name: str) -> str:
    """Tell what one row of a template is."""
    if name == FLAT:
        return "En rad för varje insats. Arenans uppgifter upprepas på varje rad som hör till arenan."
    return TABLE_MEANING[name]


def file_name(name: str, suffix: str) -> str:
    """Name a template that is saved, such as `mall-arenor.xlsx`."""
    return f"mall-{name.replace('_', '-')}.{suffix}"


def csv_template(name: str, *, filled: bool = False) -> bytes:
    """Make a template as a CSV file that Swedish Excel opens right; `filled` with a made-up row or empty."""
    headers = [field.header for field in fields(name)]
    rows = [list(example(name).values())] if filled else []
    return write_csv(pd.DataFrame(rows, columns=headers, dtype="str"))


def workbook_template(name: str, *, filled: bool = False) -> bytes:
    """Make a template as an Excel workbook.

    The first sheet is filled in: the header stays in view, each header has a note, codes have drop-down
    lists, and columns whose zeros and dashes matter are text. The second explains every column.
    """
    workbook = excel_writer.new_workbook()
    sheet = workbook.create_sheet(name)
    _write_guide(workbook.create_sheet(GUIDE_SHEET), name)
    lists = _Lists(workbook)
    given = example(name)
    for place, field in enumerate(fields(name), start=1):
        _write_column(sheet, place, field)
        _restrict(sheet, place, field, lists)
        if filled:
            _write_example(sheet, place, field, given[field.header])
    sheet.freeze_panes = "A2"
    return excel_writer.saved(workbook)


class _Lists:
    """Words for drop-down lists on a hidden sheet, each list once."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.create_sheet(LISTS_SHEET)
        self._sheet.sheet_state = Worksheet.SHEETSTATE_HIDDEN
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, words: tuple[str, ...]) -> str:
        """Give the cells that hold the words, as a formula names them."""
        if words not in self._ranges:
            letter = get_column_letter(len(self._ranges) + 1)
            for row, word in enumerate(words, start=1):
                excel_writer.write_text(self._sheet[f"{letter}{row}"], word)
            self._ranges[words] = f"{quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${len(words)}"
        return self._ranges[words]


def _write_column(sheet: Worksheet, place: int, field: Field) -> None:
    cell = sheet.cell(1, place)
    words = field.guidance
    excel_writer.write_text(cell, field.header)
    cell.font = excel_writer.BOLD
    if field.column.required:
        cell.fill = _REQUIRED_FILL
    note = [
        words.title,
        words.meaning,
        words.form,
        f"Måste fyllas i: {words.required}.",
        f"Exempel: {words.example}",
    ]
    cell.comment = Comment(
        "\n".join(line for line in note if line), "Stödkartan", height=_NOTE_HEIGHT, width=_NOTE_WIDTH
    )
    dimension = sheet.column_dimensions[get_column_letter(place)]
    dimension.width = min(max(len(field.header) + 4, len(words.example) + 2, _NARROWEST), _WIDEST)
    if field.column.kind not in _NUMBERS:
        # Excel would make a number of 0330, and a day of 2024-03
        dimension.number_format = excel_writer.TEXT_FORMAT


def _restrict(sheet: Worksheet, place: int, field: Field, lists: _Lists) -> None:
    column, words = field.column, field.guidance
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        check = DataValidation(
            "whole", operator="between", formula1=str(column.lowest), formula2=str(column.highest)
        )
    elif words.allowed:
        # names of municipalities where names are asked for, else codes
        takes_names = column.kind in {Kind.AREA, Kind.AREAS} and field.header != "kommunkod"
        choices = words.allowed.values() if takes_names else words.allowed
        check = DataValidation("list", formula1=lists.range_of(tuple(dict.fromkeys(choices))))
    else:
        return
    check.allow_blank = True
    # a warning may be overridden: labels are understood as well as codes, and lists take several values
    check.errorStyle = "warning"
    check.showErrorMessage = column.kind not in LISTS
    check.errorTitle, check.error = field.header, f"{words.form} Vill du behålla det du skrev?"
    letter = get_column_letter(place)
    check.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(check)


def _write_example(sheet: Worksheet, place: int, field: Field, text: str) -> None:
    cell = sheet.cell(2, place)
    if field.column.kind in _NUMBERS and text:
        cell.value = float(text.replace(",", ".")) if field.column.kind is Kind.DECIMAL else int(text)
        return
    excel_writer.write_text(cell, text)
    cell.number_format = excel_writer.TEXT_FORMAT


def _write_guide(sheet: Worksheet, name: str) -> None:
    lines = [
        title(name),
        meaning(name),
        UNKNOWN_RULE,
        "Kolumner med gul rubrik måste fyllas i på varje rad. Ändra inte rubrikerna.",
        "Skriv aldrig personuppgifter: inga namn, personnummer, mobilnummer eller personliga e-postadresser.",
    ]
    for row, line in enumerate(lines, start=1):
        excel_writer.write_text(sheet.cell(row, 1), line)
    sheet["A1"].font = excel_writer.BOLD
    start = len(lines) + 2
    for row, texts in enumerate(_guide_rows(name), start=start):
        for place, text in enumerate(texts, start=1):
            cell = sheet.cell(row, place)
            excel_writer.write_text(cell, text)
            cell.alignment = excel_writer.WRAPPED
            if row == start:
                cell.font = excel_writer.BOLD
    excel_writer.set_widths(sheet, _GUIDE_WIDTHS)


def _guide_rows(name: str) -> Iterator[tuple[str, ...]]:
    yield ("Kolumn", "Namn", "Vad det är", "Hur du skriver", "Måste fyllas i", "Exempel", "Tillåtna värden")
    for field in fields(name):
        words = field.guidance
        allowed = answers() if field.header == "svar" else words.allowed
        yield (
            field.header,
            words.title,
            words.meaning,
            words.form,
            words.required,
            words.example,
            "\n".join(code if code == label else f"{code} – {label}" for code, label in allowed.items()),
        )
