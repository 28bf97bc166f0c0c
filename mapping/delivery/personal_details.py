"""Find personal data that does not stand in one cell of a table.

In what is not kept – titles, remarks, left out sheets and columns – in names of files and sheets, in comments
to cells, and in numbers that are split over two columns.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import pandas as pd
from openpyxl.utils import get_column_letter

from mapping.contract import personal_data
from mapping.contract.findings import Finding
from mapping.contract.schema import EMPTY, TABLES, Kind
from mapping.tables.typed_table import kinds_of_personal_data

_DATE, _LAST, _NUMBER = r"\s*(?:\d\d)?\d{6}\s*", r"\s*[-+]?\s*(?:\d{4}|[Tt]\d{3})\s*", r"[\s\d.,-]+"
_is_number = re.compile(_NUMBER).fullmatch


def in_rows(rows: Mapping[int, Sequence[str]], table: str, columns: Sequence[str] = ()) -> Iterator[Finding]:
    """Look through cells that do not become part of a table: row number → cells, whole rows if not named."""
    for row, cells in rows.items():
        for place, cell in enumerate(cells):
            for kind in kinds_of_personal_data(cell):
                name = columns[place] if columns else None
                where = {} if columns else {"where": f"Cellen {get_column_letter(place + 1)}{row}"}
                yield Finding("personal-data", table, row, name, cell, {"kind": kind, **where})


def in_names(names: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Look through texts beside the tables: what each is, in Swedish and definite form, and the text."""
    for what, name in names:
        for kind in kinds_of_personal_data(name):
            yield Finding("personal-data", EMPTY, value=name, details={"kind": kind, "where": what})


def in_neighbours(frame: pd.DataFrame, table: str) -> Iterator[Finding]:
    """Find a date of birth in one column and the last four signs in the next.

    One pair in ten fits by chance. A column of dates of birth has only dates, and most of its pairs fit. The
    columns stand as in the file, by their names in the contract where they have one.
    """
    contract = TABLES[table]
    names = [str(name) for name in frame]
    for name, following in pairwise(names):
        if following in contract and contract[following].kind in {Kind.AREA, Kind.AREAS}:
            continue
        # each different text once: most columns have few
        different = [text for text in frame[name].unique().tolist() if _is_number(text)]
        if not different or not all(re.fullmatch(_DATE, text) for text in different):
            continue
        numbers = frame[name][frame[name].str.fullmatch(_NUMBER)]
        last = frame.loc[numbers.index, following]
        last = last[last.str.fullmatch(_LAST)]
        found = [
            (row, text.strip())
            for row, text in numbers[last.index].items()
            if any(kinds_of_personal_data(f"{text.strip()}-{last[row].strip(' -+')}"))
        ]
        for row, text in found if 2 * len(found) > len(last) else ():
            details = {"kind": "personnummer", "where": "Cellen och den till höger"}
            covered = f"{text[:2]}{personal_data.MASK}"
            yield Finding("personal-data", table, int(str(row)), name, covered, details)
