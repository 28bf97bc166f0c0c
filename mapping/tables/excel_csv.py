"""Write rows as the CSV that Swedish Excel opens, where no cell can be run as a formula."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

import pandas as pd

from mapping.contract.schema import TABLES, Kind, Table

_BOM: Final = "\ufeff"
FORMULA_SIGNS: Final = "=+-@＝＋－＠"
"""Spreadsheets take the full-width signs for the plain ones."""
_FORMULA_START: Final = re.compile(rf"[{re.escape(FORMULA_SIGNS)}\x00-\x1f]")


def write_csv(rows: pd.DataFrame) -> bytes:
    r"""Write rows as Swedish Excel opens them: UTF-8 with BOM, `;`, decimal comma, CRLF.

    A cell that a spreadsheet would run as a formula gets a leading apostrophe, as OWASP advises against CSV
    injection. Missing values become empty cells.

    Examples
    --------
    >>> write_csv(pd.DataFrame({"Namn": ["=1+1"], "Latitud": [59.5]})).decode()
    "\ufeffNamn;Latitud\r\n'=1+1;59,5\r\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(guarded(str(name)) for name in rows.columns)
    columns = [_cells(rows[name]) for name in rows.columns]
    writer.writerows(zip(*columns, strict=True))
    return (_BOM + text.getvalue()).encode("utf-8")


def _cells(column: "pd.Series[Any]") -> list[str]:
    if pd.api.types.is_float_dtype(column.dtype):
        return ["" if pd.isna(number) else f"{number:.10g}".replace(".", ",") for number in column]
    return ["" if pd.isna(value) else guarded(str(value)) for value in column]


def files_for_excel(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Write the tables of a stored version as Swedish Excel opens them; other files stay as they are."""
    return {
        name: _for_excel(data, TABLES[PurePath(name).stem]) if PurePath(name).stem in TABLES else data
        for name, data in contents.items()
    }


def _for_excel(data: bytes, table: Table) -> bytes:
    # a stored cell may be longer than what is read from a file that is handed in
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    names, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    frame = pd.DataFrame(rows, columns=pd.Index(names), dtype="str")
    for name in names:
        if name in table and table[name].kind is Kind.DECIMAL:
            frame[name] = frame[name].str.replace(r"^(-?\d+)\.(\d+)$", r"\1,\2", regex=True)
    return write_csv(frame)


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula; our own reader takes it away.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Eken")
    ("'=1+1", 'Eken')
    """
    return f"'{text}" if _FORMULA_START.match(text) else text
