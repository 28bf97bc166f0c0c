"""Write sheets of an Excel workbook whose cells are text, never formulas."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mapping.tables.csv_file import LONGEST_CELL

TEXT_FORMAT: Final = "@"
"""Excel's number format for text: what is typed stays as it is typed."""

WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
BOLD: Final = Font(bold=True)

_SURROGATES = re.compile("[\ud800-\udfff]")


def new_workbook() -> Workbook:
    """Give a workbook without sheets."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def write_text(cell: Cell, text: str) -> None:
    """Put text in a cell: never as a formula, without characters that a workbook cannot hold.

    Examples
    --------
    >>> sheet = new_workbook().create_sheet()
    >>> write_text(sheet["A1"], "=1+1")
    >>> sheet["A1"].value, sheet["A1"].data_type
    ('=1+1', 's')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.value = text[:LONGEST_CELL] or None
    if cell.value is None:
        return
    cell.data_type = "s"
    # the apostrophe that a spreadsheet hides: somebody who edits the cell does not make it a formula
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[str]], *, widths: Sequence[int]) -> None:
    """Put rows of text, the header first, in an empty sheet, under a bold header that stays in view.

    The widths are those of the columns, in characters.
    """
    for row, texts in enumerate(rows, start=1):
        for place, text in enumerate(texts, start=1):
            cell = sheet.cell(row, place)
            write_text(cell, text)
            cell.alignment = WRAPPED
            if row == 1:
                cell.font = BOLD
    set_widths(sheet, widths)
    sheet.freeze_panes = "A2"


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set the width of the first columns, in characters."""
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def saved(workbook: Workbook) -> bytes:
    """Give the workbook as a file."""
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
