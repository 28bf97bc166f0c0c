"""Write rows as the files that people hand in or as read tables, and find the rows of one municipality."""

import csv
import io

import pandas as pd
from openpyxl import Workbook

from mapping.contract.schema import TABLES
from mapping.tables import raw_table, typed_table
from tests.conftest import ARENAS, DAY


def written(rows, *, delimiter=",", encoding="utf-8", line_end="\r\n"):
    """Write rows as CSV; `delimiter=";"` and `encoding="cp1252"` as an older Swedish Excel does."""
    rows = list(rows)
    text = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(sheets, change=None):
    """Make a workbook of sheets by name, each a list of rows; `change` may hide what it likes."""
    book, data = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(book)
    book.save(data)
    return data.getvalue()


def raw(name, rows):
    """Give rows as a table of the contract that was read from a file with a header."""
    if not rows:
        return raw_table.empty(TABLES[name])
    index = pd.Index(range(2, len(rows) + 2), dtype="int64", name=raw_table.ROW)
    return raw_table.RawTable(TABLES[name], pd.DataFrame(rows, index=index).fillna("").astype("str"))


def typed(name, rows):
    """Give rows as a table of the contract whose cells are understood."""
    return typed_table.typed_table(raw(name, rows), today=DAY).frame


def arenas_in(code):
    """Give the small county's arenas in one municipality, to change as a test likes."""
    return [dict(row) for row in ARENAS if row["kommunkod"] == code]


def edited(rows, key, **cells):
    """Give rows of arenor or insatser, with other cells in those of one identity."""
    return [{**row, **cells} if key in (row["arena_id"], row.get("insats_id")) else row for row in rows]


NEW_ARENA = {
    "arena_id": "nora-angen", "namn": "Öppna förskolan Ängen", "arenatyp": "oppen_forskola",
    "status": "aktiv", "kommunkod": "1884", "huvudman": "Nora kommun", "lat": "59.52", "lon": "15.04",
    "kalla": "Kommunen", "kontrollerad_datum": "2026-11-02",
}  # fmt: skip
