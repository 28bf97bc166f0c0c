"""Write a table as a stored version has it: in one canonical form, so that equal tables are equal bytes."""

import csv
import io

import pandas as pd

from mapping.contract.schema import Table
from mapping.tables.typed_table import RawTable, clean_cells


def written(raw: RawTable) -> bytes:
    r"""Write a table in UTF-8 without BOM, with comma, LF, and quotes only where they are needed.

    The contract's columns come first, in its order, then unknown columns as they came. Cells are clean text.
    Reading the bytes back gives the frame of `canonical`, for every table that has a column of the contract.

    Parameters
    ----------
    raw
        A readable table.

    Examples
    --------
    >>> from mapping.contract import schema
    >>> from mapping.tables.typed_table import raw_table
    >>> written(raw_table("lon;ort;lat\r\n15,0; Nora ;59,5\r\n".encode(), schema.ORTER)).decode()
    'ort,lat,lon\nNora,"59,5","15,0"\n'
    """
    frame = canonical(raw)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(zip(*(frame[name].tolist() for name in frame), strict=True))
    return text.getvalue().encode("utf-8")


def canonical(raw: RawTable) -> pd.DataFrame:
    """Give the frame that a stored version holds: clean text, the contract's columns first, rows from 2.

    Rows without any text are left out, since nothing can be told from them. The other rows are numbered
    anew, as a spreadsheet will number them.

    Parameters
    ----------
    raw
        A readable table.
    """
    order = [*_contract_columns(raw.frame, raw.table), *_other_columns(raw.frame, raw.table)]
    frame = raw.frame[order].apply(clean_cells)
    frame = frame[(frame != "").any(axis="columns")]
    return frame.set_axis(pd.RangeIndex(2, 2 + len(frame), name=raw.frame.index.name), axis="index")


def _contract_columns(frame: pd.DataFrame, table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name in frame]


def _other_columns(frame: pd.DataFrame, table: Table) -> list[str]:
    return [str(name) for name in frame if name not in table]
