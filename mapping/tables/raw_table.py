"""Hold one table of the contract as it was written: rows of cells under a header, all of them text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from mapping import swedish
from mapping.contract import schema, vocabulary
from mapping.contract.cells import Reading, read_answer, read_cell, says_nothing
from mapping.contract.findings import CORRECTIONS_COLUMN, Finding
from mapping.contract.schema import EMPTY, TABLES, Kind, Table
from mapping.tables.csv_file import MOST_COLUMNS, text_grid
from mapping.tables.excel_csv import FORMULA_SIGNS
from mapping.tables.garbage import collection_paused

ROW: Final = "rad"
"""Name of the index of raw and typed tables: the row's number in a spreadsheet, where the header is 1."""

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff"
    "\u202a-\u202e\u2066-\u2069]"  # these turn the text around them, on pages and in reports
)


_LONGEST_NOTHING: Final = 20
"""Characters of a cell that may only say that nothing is known."""

_APART: Final = "¦"
"""A sign that joins texts to look through them all at once; no personal detail can hold it."""


class Cells(NamedTuple):
    """The cells of one column, each different text once: what it means is worked out once, not per row."""

    codes: np.ndarray[Any, np.dtype[np.intp]]
    """For each row, which of the texts it has."""
    written: list[str]
    texts: list[str]
    """Each of them clean, see `clean_text`: the very same list if all were, else two may be alike."""

    def rows(self, of_texts: Sequence[Any]) -> list[Any]:
        """Give each row what is given for its text."""
        return [of_texts[code] for code in self.codes.tolist()]

    def holds(self, of_texts: Sequence[bool]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Tell for each row what is told for its text."""
        return np.take(np.array(of_texts, dtype="bool"), self.codes)

    def places(self, of_texts: Sequence[bool]) -> list[int]:
        """Give the rows whose text it holds for, counted from 0."""
        return np.flatnonzero(self.holds(of_texts)).tolist() if any(of_texts) else []

    def joined(self) -> str:
        """Give all the texts as one, to search in at once: 25 ms, 95 for each of 50 000 names by itself."""
        return _APART.join(self.texts)


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as it was written, cell by cell. What cells say is worked out once, when it is asked for."""

    table: Table
    """The table it should be."""
    frame: pd.DataFrame
    """Every cell as text. Columns by their names in the contract where they are recognised. The index is the
    row's number in a spreadsheet."""
    findings: tuple[Finding, ...] = ()
    """What was found while reading the file."""
    is_readable: bool = True
    """Whether there is a table at all. If not, `frame` has no columns."""
    origins: pd.DataFrame | None = None
    """On the same index, `sheet` and `row`: where in a delivery each row was read; `absent`: the columns that
    are not there. None: `frame` is as the one file has it."""

    def __getstate__(self) -> dict[str, Any]:
        """Send only what was given to another process, not what has been worked out."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def cells(self) -> Mapping[str, Cells]:
        """Each column that is there."""
        found = {}
        for name in self.frame:
            codes, distinct = pd.factorize(self.frame[name])
            written = distinct.tolist()
            clean = [clean_text(text) for text in written]
            found[str(name)] = Cells(codes, written, written if clean == written else clean)
        return found

    def column(self, name: str) -> Cells:
        """Give a column that may not be there: empty on every row if so."""
        return self.cells.get(name) or Cells(np.zeros(len(self.frame), "intp"), [EMPTY], [EMPTY])

    @cached_property
    def texts(self) -> Mapping[str, list[str]]:
        """Column → the clean text of each row, see `clean_text`."""
        return {name: cells.rows(cells.texts) for name, cells in self.cells.items()}

    def filled(self, name: str) -> list[str]:
        """Give the clean texts of a column that may not be there: empty on every row if so."""
        return self.texts.get(name) or [EMPTY] * len(self.frame)

    @cached_property
    def readings(self) -> Mapping[str, list[Reading | None]]:
        """Column of the contract → how each of its different texts is understood; None if it is not.

        Columns of free text are left out: every text there means itself.
        """
        return {
            name: [read_cell(text, self.table[name]) if text else None for text in cells.texts]
            for name, cells in self.cells.items()
            if name in self.table and self.table[name].kind is not Kind.TEXT
        }

    def values(self, name: str) -> list[Any]:
        """Give what each different text of a column holds; None where it is empty or does not fit."""
        if self.table[name].kind is Kind.TEXT:
            return [text or None for text in self.column(name).texts]
        return [reading and reading.value for reading in self.readings.get(name, [None])]

    def row_values(self, name: str) -> list[Any]:
        """Give what the cell of each row holds; None where it is empty, does not fit or is not there."""
        return self.column(name).rows(self.values(name))

    @cached_property
    def canonical(self) -> pd.DataFrame:
        r"""Each cell as the contract writes it, so that two spellings of the same fact are equal.

        Texts on the same index; empty: not known. The contract's columns in its order, as far as the table
        has them, then the rest. Ids are made where their column is missing. Where a row may say its
        municipality by code and by name there is only `kommunkod`. Municipalities are codes. A cell that
        cannot be understood stays as it is written.

        Examples
        --------
        >>> raw = raw_table("ort;kommunkod;lat;lon\nNora;Nora kommun;59,50;15\n".encode(), schema.ORTER)
        >>> raw.canonical.to_dict("records")
        [{'ort': 'Nora', 'kommunkod': '1884', 'lat': '59,5', 'lon': '15'}]
        """
        raw = with_keys(self)
        found = {}
        for name, cells in raw.cells.items():
            both = zip(cells.texts, raw.readings.get(name, [None] * len(cells.texts)), strict=True)
            found[name] = cells.rows([reading.canonical if reading else text for text, reading in both])
        if self.table.places:
            names = found.pop("kommun", [EMPTY] * len(self.frame))
            codes = found.get("kommunkod", [EMPTY] * len(self.frame))
            found["kommunkod"] = [code or name for code, name in zip(codes, names, strict=True)]
        if self.table is schema.KOMMUNLAGE and {"fraga", "svar"} <= set(found):
            pairs = zip(found["svar"], found["fraga"], strict=True)
            found["svar"] = [read_answer(text, question) or text for text, question in pairs]
        known = [column.name for column in self.table.columns if column.name in found]
        order = [*known, *(name for name in found if name not in self.table)]
        return pd.DataFrame({name: found[name] for name in order}, index=self.frame.index, dtype="str")


@collection_paused()
def raw_table(data: bytes, table: Table, *, files: int = 1) -> RawTable:
    r"""Read the bytes of a CSV file as text, cell by cell; see `mapping.tables.csv_file.text_grid`.

    The header is the first filled row. Blank rows and blank columns are left out, but rows keep their
    numbers. Nothing raises for a bad file: whatever is wrong is a finding.

    Examples
    --------
    >>> raw = raw_table("ort;kommunkod;lat;lon\r\nNora;1884;59,5;15,0\r\n".encode("cp1252"), schema.ORTER)
    >>> raw.frame.to_dict("index")
    {2: {'ort': 'Nora', 'kommunkod': '1884', 'lat': '59,5', 'lon': '15,0'}}
    """
    known = {name: column.name for column in table.columns for name in (column.former, column.name) if name}

    def known_names(cells: Sequence[str]) -> int:
        return sum(swedish.folded(clean_text(cell)) in known for cell in cells)

    grid = text_grid(data, table.name, known_names, files=files)
    if grid.rows is None:
        return RawTable(table, pd.DataFrame(), grid.findings, is_readable=False)
    written = [clean_text(cell) for cell in grid.rows[grid.header_row]]
    names = [known.get(swedish.folded(name), name) for name in written]
    if len(set(names)) < len(names):  # a former name beside the present one is just another column
        names = [folded if (folded := swedish.folded(name)) in table else name for name in written]
    notes = [
        Finding("values-normalised", table.name, grid.header_row, name, old, {"meaning": name})
        for name, old in zip(names, written, strict=True)
        if name != old
    ]
    frame, faults = framed(grid.rows, grid.header_row, names, table.name)
    findings = (*grid.findings, *notes, *faults)
    return RawTable(table, frame, findings, is_readable=len(frame.columns) > 0)


def framed(
    records: Mapping[int, Sequence[str]], header_row: int, names: Sequence[str], table: str
) -> tuple[pd.DataFrame, list[Finding]]:
    """Put the rows below a header (row number → cells) into a frame of texts, indexed by row number.

    It has no nameless blank columns (`names` are empty for those), nor our own corrections, and of a repeated
    name only the first; none at all if there are too many. Findings: too many columns or cells, repeated
    columns, no rows.
    """
    width = max((place + 1 for place, name in enumerate(names) if name), default=0)
    if width > MOST_COLUMNS:
        details = {"limit": str(MOST_COLUMNS)}
        return pd.DataFrame(), [Finding("too-many-columns", table, value=str(width), details=details)]
    body = {row: record for row, record in records.items() if row > header_row}
    findings = []
    widths = set(map(len, body.values()))
    for row, record in body.items() if max(widths, default=0) > width else ():
        if len(record) > width and (surplus := [cell for cell in record[width:] if cell.strip()]):
            findings.append(Finding("too-many-cells", table, row, value=" | ".join(surplus)))
    if not body or not width:
        findings.append(Finding("no-rows", table))
    repeated = {name for name in names if name and names.count(name) > 1}
    findings += [Finding("duplicate-column", table, header_row, name) for name in sorted(repeated)]
    padded: Iterable[Sequence[str]] = body.values()
    if widths != {width}:
        padded = ([*record[:width], *[EMPTY] * (width - len(record))] for record in padded)
    columns = list(zip(*padded, strict=True)) or [()] * width
    index = pd.Index(list(body), dtype="int64", name=ROW)
    kept: dict[str, pd.Series[str]] = {}
    for place, (name, cells) in enumerate(zip(names, columns, strict=False), start=1):
        title = name or f"(utan rubrik, kolumn {place})"
        is_kept = title not in kept and not name.startswith(CORRECTIONS_COLUMN)
        if is_kept and (name or any(cell.strip() for cell in cells)):
            kept[title] = text_series(cells, index)
    return pd.DataFrame(kept, index=index, copy=False), findings


def emptied(frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, list[Finding]]:
    """Empty the cells of a frame of texts that only say that nothing is known; tell so."""
    # a flat sheet, called by its first table, has the other's columns too
    tables = [TABLES[table], schema.INSATSER] if table in TABLES else []
    blank: dict[str, pd.Series[str]] = {}
    words: dict[str, None] = {}
    count = 0
    for name in map(str, frame):
        column = next((one[name] for one in tables if name in one), None)
        short = (text for text in frame[name].unique().tolist() if len(text) < _LONGEST_NOTHING)
        if nothing := [text for text in short if says_nothing(text.strip(), column)]:
            is_nothing = frame[name].isin(nothing)
            blank[name] = frame[name].mask(is_nothing, EMPTY)
            words |= dict.fromkeys(text.strip() for text in nothing)
            count += int(is_nothing.sum())
    if not blank:
        return frame, []
    value = swedish.either((f"”{word}”" for word in words), last="och")
    details = {"meaning": swedish.either(blank, last="och")}
    return frame.assign(**blank), [Finding("nothing-written", table, None, None, value, details, count)]


def text_series(texts: Iterable[str | None], index: pd.Index | None = None) -> "pd.Series[str]":
    """Give texts as a column; None is missing."""
    # Arrow takes text faster than pandas, most where some is missing: 2 ms against 6 for 50 000
    return pd.Series(pa.array(texts, pa.large_string()), index=index, dtype="str")


def empty(table: Table) -> RawTable:
    """Give a raw table with all the contract's columns and no rows: what an absent file is read as."""
    names = [column.name for column in table.columns if column.name != "kommun" or not table.places]
    return RawTable(
        table, pd.DataFrame(columns=names, index=pd.Index([], dtype="int64", name=ROW), dtype="str")
    )


def with_keys(raw: RawTable) -> RawTable:
    r"""Make an id for each row if the whole column of them is missing, of what the row says, and tell so.

    A table with a key, or without what it is made of, comes back as it is.

    Examples
    --------
    >>> raw = raw_table("namn,arenatyp,kommun\nEken,bvc,Nora\n".encode(), schema.ARENOR)
    >>> with_keys(raw).frame["arena_id"].tolist()
    ['nora-eken']
    """
    table, names = raw.table, {str(name) for name in raw.frame}
    is_arenor = table is schema.ARENOR
    owner = {"kommun", "kommunkod"} if is_arenor else {"arena_id"}
    if table is schema.UPPDRAG and "galler" in names:
        owner, names = names, names | {"namn"}
    if not table.key or table.key in names or "namn" not in names or not owner & names:
        return raw
    keys = []
    if is_arenor:
        source, owners = "namn och kommun", dict[str, dict[tuple[str, str], int]]()
        places = zip(raw.filled("kommunkod"), raw.filled("kommun"), raw.texts["namn"], strict=True)
        for code, name, own in places:
            reading = read_cell(code or name, schema.ARENOR["kommun"])
            where = vocabulary.AREAS[reading.value] if reading else code or name
            # Åsen is not Asen, nor Håbo Habo, though their ids would be
            same = owners.setdefault(swedish.slug(where, own), {})
            number = same.setdefault((where, own.casefold()), len(same) + 1)
            keys.append(swedish.slug(where, own, str(number) if number > 1 else ""))
    elif table is schema.UPPDRAG:
        source = "vad det gäller, namn och åldrar"
        parts = [raw.filled(name) for name in ("galler", "namn", "alder_fran", "alder_till")]
        keys += [swedish.slug(*filter(None, row)) for row in zip(*parts, strict=True)]
    else:
        source = "arena, namn och åldrar"
        ages = [raw.texts[name] for name in ("alder_fran", "alder_till") if name in raw.texts]
        rows = zip(raw.texts["arena_id"], raw.texts["namn"], *ages, strict=True)
        keys += [f"{arena}--{swedish.slug(name, *years)}" for arena, name, *years in rows]
    notes = Finding("id-made", table.name, 1, table.key, source)
    # a series even without rows, so that the column is text
    column = pd.Series(keys, index=raw.frame.index, dtype="str")
    return replace(raw, frame=raw.frame.assign(**{table.key: column}), findings=(*raw.findings, notes))


def clean_text(text: str) -> str:
    """Give a cell's text without what nobody sees: outer spaces, invisible signs, the guard of a formula.

    Examples
    --------
    >>> clean_text("  Nora\u00a0kommun ")
    'Nora kommun'
    >>> clean_text("'=1+1")
    '=1+1'
    """
    is_inside = text[:1] not in {" ", "'"} and text[-1:] != " "
    if is_inside and text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {*FORMULA_SIGNS} else text
