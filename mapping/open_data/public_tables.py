"""Write the contract's tables as anyone may see them, in the contract's own columns and codes."""

import csv
import io
import json
from typing import Any, Final

import pandas as pd

from mapping.arenas import rows
from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, INSATSER, LIST_JOINER, TABLES, Kind, Table
from mapping.dataset.dataset import DESCRIPTION_FILE, Dataset
from mapping.tables.excel_csv import guarded

EXAMPLE_COLUMN: Final = "exempeldata"
"""Stands first in every table of made-up data, so that a file that is taken out of its folder still tells."""

_FREE_TEXT: Final = frozenset({Kind.TEXT, Kind.TEXTS})


def public_files(dataset: Dataset) -> dict[str, bytes]:
    """Write every table that has rows, and `dataset.toml`; together they can be read as a dataset.

    Only the dataset's public view is used: what a protected place keeps secret is not there. Gives file name
    → bytes; CSV is UTF-8 without BOM, comma, LF, decimal point. A text that a spreadsheet would run as a
    formula has an apostrophe before it, which the reader of this project takes away.
    """
    files = {
        f"{table.name}.csv": table_csv(dataset, table)
        for table in TABLES.values()
        if table is ARENOR or len(_frame(dataset, table))
    }
    # the title, the day and whether it is made up stay with the tables; a JSON string is a TOML string too
    lines = [f"title = {json.dumps(dataset.title, ensure_ascii=False)}"]
    if dataset.compiled_on:
        lines.append(f"compiled_on = {dataset.compiled_on.isoformat()}")
    lines += [f"example = {str(dataset.example).lower()}", ""]
    return {**files, DESCRIPTION_FILE: "\n".join(lines).encode("utf-8")}


def table_csv(dataset: Dataset, table: Table) -> bytes:
    """Write one table's public view as CSV."""
    frame = _frame(dataset, table)
    columns = [column for column in table.columns if column.name in frame]
    cells = [list(map(cell_text, frame[column.name].tolist())) for column in columns]
    for place, column in enumerate(columns):
        if column.kind in _FREE_TEXT:
            cells[place] = list(map(guarded, cells[place]))
    names = [column.name for column in columns]
    if dataset.example:
        names.insert(0, EXAMPLE_COLUMN)
        cells.insert(0, [vocabulary.EXAMPLE_MARK] * len(frame))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*cells, strict=True))
    return text.getvalue().encode("utf-8")


def _frame(dataset: Dataset, table: Table) -> pd.DataFrame:
    if table is ARENOR:
        # positions that only the map chose are nobody's facts, and stay out
        return rows.contract_rows(dataset, dataset.arenor.index)
    if table is INSATSER:
        return dataset.insatser.reset_index()
    frame: pd.DataFrame = getattr(dataset, table.name)
    return frame


def cell_text(value: Any) -> str:
    """Write a value as the contract does; nothing where it is not known."""
    if isinstance(value, tuple | list):
        return LIST_JOINER.join(value)
    if pd.isna(value):
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
