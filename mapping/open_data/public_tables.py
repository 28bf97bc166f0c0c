"""Write the contract's tables as anyone may see them, in the contract's own columns and codes."""

import json
from typing import Any, Final

import pandas as pd

from mapping.arenas import rows
from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, INSATSER, LIST_JOINER, TABLES, Kind, Table
from mapping.dataset.dataset import DESCRIPTION_FILE, Dataset
from mapping.tables.excel_csv import write_csv

EXAMPLE_COLUMN: Final = "exempeldata"
"""Stands first in every table of made-up data, so that a file that is taken out of its folder still tells."""


def public_files(dataset: Dataset) -> dict[str, bytes]:
    """Write every table that has rows, and `dataset.toml`; together they can be read as a dataset.

    Only the dataset's public view is used: what a protected place keeps secret is not there. Gives file name
    → bytes; CSV is as `mapping.tables.excel_csv.write_csv` writes it.
    """
    files = {
        f"{table.name}.csv": table_csv(dataset, table)
        for table in TABLES.values()
        if table is ARENOR or len(_frame(dataset, table))
    }
    # the title, the day and whether it is made up stay with the tables; a JSON string is a TOML string too
    lines = [f"title = {json.dumps(dataset.title, ensure_ascii=False)}"]
    if dataset.day:
        lines.append(f"compiled_on = {dataset.day.isoformat()}")
    lines += [f"example = {str(dataset.example).lower()}", ""]
    return {**files, DESCRIPTION_FILE: "\n".join(lines).encode("utf-8")}


def table_csv(dataset: Dataset, table: Table) -> bytes:
    """Write one table's public view as CSV."""
    frame = _frame(dataset, table)
    columns = [column for column in table.columns if column.name in frame]
    cells: dict[str, Any] = {}
    if dataset.example:
        cells[EXAMPLE_COLUMN] = [vocabulary.EXAMPLE_MARK] * len(frame)
    for column in columns:
        own = frame[column.name].tolist()
        cells[column.name] = own if column.kind is Kind.DECIMAL else list(map(cell_text, own))
    return write_csv(pd.DataFrame(cells))


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
