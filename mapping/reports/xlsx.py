"""Write a report as an Excel workbook: each section a sheet with a header row, and answers to choose from."""

import datetime
import io
import re
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from mapping.figures import palette
from mapping.figures.lettering import wrapped
from mapping.figures.svg import legal
from mapping.reports import document as report
from mapping.verdicts.judge import UNKNOWN

FONT: Final = "Arial"
_SIZE: Final = 10
_SIGNS_PER_SHARE: Final = 11
_POINTS_PER_SIGN: Final = 5.4
_LINE_POINTS: Final = 13.5
_MOST_SIGNS: Final = 32_767
_TEXT_COLUMNS: Final = 4
_TALLEST_POINTS: Final = 400
_A3: Final = 8
_SPARE_ROWS: Final = 200
_EDGE: Final = Side(style="thin", color="B9C2C6")
_BORDER: Final = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def write(document: report.Document) -> bytes:
    """Write a report as .xlsx.

    Sections become sheets; figures are left out, charts become tables; a last sheet says where it comes from.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = legal(document.title), "Stödkartan"
    book.properties.subject = legal(document.subtitle)
    book.properties.language = "sv-SE"
    noon = datetime.datetime.combine(document.provenance.day, datetime.time(12))
    book.properties.created = book.properties.modified = noon
    if book.active is not None:
        book.remove(book.active)
    for number, section in enumerate(document.sections, 1):
        name = re.sub(r"[\[\]:*?/\\]", " ", section.title)[:31]
        _sheet(book.create_sheet(name), document, section, number)
    _provenance(book.create_sheet("Om underlaget"), document)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(sheet: Worksheet, document: report.Document, section: report.Section, number: int) -> None:
    row = _line(sheet, 1, document.title, size=16, is_bold=True)
    row = _line(sheet, row, f"{section.title}. {document.provenance.line}", colour=palette.SOFT_INK)
    tables = 0
    for block in report.in_line(section.blocks):
        made = block.as_table if isinstance(block, report.Chart) else block
        if isinstance(made, report.Table):
            tables += 1
            row = _table(sheet, row, made, f"Tabell{number}_{tables}", is_first=tables == 1)
        else:
            row = _words(sheet, row, made)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = legal(document.provenance.line).replace("&", "&&")
    sheet.oddFooter.right.text = "Sida &P av &N"
    sheet.sheet_view.showGridLines = False


def _words(sheet: Worksheet, row: int, block: report.SimpleBlock) -> int:
    if isinstance(block, report.Items):
        for item in block.items:
            row = _line(sheet, row, f"• {item}")
        return row
    if isinstance(block, report.Heading):
        return _line(sheet, row, block.text, size=12, is_bold=True)
    if isinstance(block, report.Figure):
        return _line(sheet, row, block.caption)
    if isinstance(block, report.Table | report.Chart):
        raise TypeError(type(block))
    return _line(sheet, row, block.text, columns=_TEXT_COLUMNS)


def _line(  # noqa: PLR0913
    sheet: Worksheet,
    row: int,
    words: str,
    *,
    size: float = _SIZE,
    is_bold: bool = False,
    colour: str = palette.INK,
    columns: int = 1,
) -> int:
    cell = _put(sheet, row, 1, words)
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        lines = len(wrapped(words, size, columns * 2 * _SIGNS_PER_SHARE * _POINTS_PER_SIGN))
        sheet.row_dimensions[row].height = lines * _LINE_POINTS + 4
    cell.font = Font(name=FONT, size=size, bold=is_bold, color=colour.removeprefix("#"))
    return row + 1


def _put(sheet: Worksheet, row: int, column: int, words: str) -> Any:
    """Write text, never a formula: a cell that begins with = is text that begins with =."""
    cell = sheet.cell(row, column)
    cell.value = legal(words)[:_MOST_SIGNS]
    cell.data_type = "s"
    if words.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell


def _table(sheet: Worksheet, row: int, block: report.Table, name: str, *, is_first: bool) -> int:
    for number, column in enumerate(block.columns, 1):
        cell = _put(sheet, row, number, column.heading)
        cell.font = Font(name=FONT, size=_SIZE, bold=True, color=palette.INK.removeprefix("#"))
        cell.fill = PatternFill("solid", fgColor="E6EBEE")
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="center"), _BORDER
        letter = get_column_letter(number)
        widest = max(
            sheet.column_dimensions[letter].width if not is_first else 0, column.share * _SIGNS_PER_SHARE
        )
        sheet.column_dimensions[letter].width = widest
    sheet.row_dimensions[row].height = 34
    for number, given in enumerate(block.rows, row + 1):
        for place, one in enumerate(given, 1):
            _fill(_put(sheet, number, place, one.text), one, is_date=block.columns[place - 1].is_date)
        sheet.row_dimensions[number].height = _height(given, block)
    last = row + max(len(block.rows), 1)
    made = ExcelTable(displayName=name, ref=f"A{row}:{get_column_letter(len(block.columns))}{last}")
    made.tableStyleInfo = TableStyleInfo(name=None, showRowStripes=False, showFirstColumn=True)
    sheet.add_table(made)
    if is_first:
        sheet.freeze_panes = sheet.cell(row + 1, 3 if len(block.columns) > 6 else 1)
        sheet.print_title_rows = f"{row}:{row}"
    _choices(sheet, block, row + 1, last + _SPARE_ROWS)
    return last + 2


def _height(given: tuple[report.Cell, ...], block: report.Table) -> float:
    lines = max(
        sum(
            len(wrapped(part, _SIZE, column.share * _SIGNS_PER_SHARE * _POINTS_PER_SIGN)) or 1
            for part in cell.text.split("\n")
        )
        for cell, column in zip(given, block.columns, strict=True)
    )
    return min(lines * _LINE_POINTS + 5, _TALLEST_POINTS)


def _fill(cell: ExcelCell, given: report.Cell, *, is_date: bool) -> None:
    status = palette.TONE.get(given.tone)
    colour = status.text if status else palette.SOFT_INK if given.tone == report.MISSING else palette.INK
    cell.font = Font(
        name=FONT,
        size=_SIZE,
        bold=given.tone == report.STRONG or status is not None,
        italic=given.tone == report.MISSING,
        color=colour.removeprefix("#"),
    )
    edge = (
        Side(style="mediumDashed", color=status.edge.removeprefix("#"))
        if status and status.is_dashed
        else _EDGE
    )
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if given.tone == report.TO_FILL_IN:
        cell.value = None
        cell.number_format = "yyyy-mm-dd" if is_date else "General"
    if status and given.tone == UNKNOWN:
        cell.fill = PatternFill("lightUp", fgColor="C3C9CC", bgColor="F3F5F6")
    elif status:
        cell.fill = PatternFill("solid", fgColor=status.fill.removeprefix("#").upper())


def _choices(sheet: Worksheet, block: report.Table, first: int, last: int) -> None:
    for number, column in enumerate(block.columns, 1):
        letter = get_column_letter(number)
        if column.choices:
            asked = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            asked.error = f"Skriv {' eller '.join(column.choices)}, eller lämna tomt."
        elif column.is_date:
            asked = DataValidation(type="date", operator="greaterThan", formula1="36526", allow_blank=True)
            asked.error = "Skriv ett datum, till exempel 2026-09-01."
        else:
            continue
        asked.errorTitle, asked.showErrorMessage = column.heading[:32], True
        asked.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(asked)


def _provenance(sheet: Worksheet, document: report.Document) -> None:
    row = _line(sheet, 1, f"Om underlaget: {document.title}", size=16, is_bold=True)
    for block in report.in_line(document.lead):
        row = _words(sheet, row, block)
    rows = (*document.provenance.rows, *(("Källa", source) for source in document.provenance.sources))
    for label, words in rows:
        cell = _put(sheet, row, 1, f"{label}: {words}")
        cell.font = Font(name=FONT, size=_SIZE)
        row += 1
    sheet.column_dimensions["A"].width = 110
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.sheet_view.showGridLines = False
