"""Read a file of text as a grid of cells, whatever program saved it."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from mapping.contract.findings import Finding

LARGEST_FILE_BYTES: Final = 10 * 1024**2
MOST_ROWS: Final = 200_000
FILES_IN_A_TABLE: Final = 5
"""How many files of the largest size a table may be put together from."""
MOST_COLUMNS: Final = 200
WIDEST_ROW: Final = 16_384
"""Cells in a row, filled or not: as many as Excel can hold."""
LONGEST_CELL: Final = 32_767
"""Characters in a cell: as many as Excel can hold."""

HEAD_CHARACTERS: Final = 1_000_000
"""Characters at the beginning of a file that the delimiter is recognised by."""

DELIMITERS: Final = {",": "kommatecken", ";": "semikolon", "\t": "tabb", "|": "lodstreck"}
"""What may separate cells, with its Swedish name; the first is the plain case that needs no note."""

_FOREIGN_FILES: Final = {
    b"PK\x03\x04": "den är en Excel- eller zipfil",
    b"\xd0\xcf\x11\xe0": "den är en äldre Excelfil",
    b"%PDF": "den är en PDF-fil",
    b"\x89PNG": "den är en bild",
    b"\xff\xd8\xff": "den är en bild",
    b"{\\rtf": "den är ett textdokument",
    b"SQLite format 3": "den är en databas eller en GeoPackage-fil",
    b"\x1f\x8b": "den är packad (gzip)",
    b"PAR1": "den är en Parquet-fil",
}
_FOREIGN_TEXTS: Final = {
    r'[\[{](?=\s*["{\[]).*"type"\s*:\s*"(?:Feature|\w*(?:Point|Polygon|String))': "den är en GeoJSON-fil",
    r'[\[{]\s*["{\[]|\{\s*\}\s*$': "den är en JSON-fil",
    r'(?:charset|axis-version|codepage|language|creation-date|matrix)\s*=\s*"': "den är en PX-fil (PC-Axis)",
    r"(?:<\?xml.*?)?(?:<!--.*?-->\s*)?<(?:!doctype\s+)?(?:html|table|body)\b": "den är en webbsida (HTML)",
    r"<\?xml.*<(?:\w+:)?kml\b|<kml\b": "den är en KML-fil",
    r"<\?xml.*urn:schemas-microsoft-com:office:spreadsheet": "den är ett kalkylblad som är sparat som XML",
    r"<\?xml|<!doctype|<\w[\w:.-]*(?:\s[^<>]*)?>\s*<": "den är en XML-fil",
}
"""How a text begins that is no table, and what it is; the first that fits."""
_BEGINNING: Final = 5_000
_NOT_TEXT: Final = (*map(chr, range(9)), *map(chr, range(0x0E, 0x1B)), *map(chr, range(0x1C, 0x20)))

# a guessing library takes Swedish cp1252 for cp1250 and turns å into ĺ, so the order is fixed
_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (b"", "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (b"", "cp1252", "Windows-1252"),
)
"""The mark that a file begins with, how it is decoded then, and what people call that; the first that can."""

Score = Callable[[Sequence[str]], int]
"""How many of a row's cells are known as names of columns."""


@dataclass(frozen=True)
class TextForm:
    """How a file of text was saved: enough to save it so again."""

    encoding: str
    mark: bytes
    """The bytes before the first character."""
    line_end: str
    delimiter: str
    states_delimiter: bool
    """Whether the first line is Excel's `sep=;`, which is no row."""


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one sheet, as text."""

    rows: Mapping[int, Sequence[str]] | None
    """Row number, counted as a spreadsheet does, → cells. Rows without any text are left out. None if there
    is nothing that can be read, and `findings` say why."""
    findings: tuple[Finding, ...] = ()
    """How the file was understood, or what stopped it. Their table is the one given."""
    sheet: str | None = None
    """The sheet's name in a workbook."""
    form: TextForm | None = None
    """How the file was saved, if it is text."""
    header_row: int = 1
    """The row whose cells most look like names of columns."""


class _Decoded(NamedTuple):
    """A file's text; the codec it was read with, the bytes before it, and what people call the encoding."""

    text: str
    encoding: str
    mark: bytes
    name: str


def text_grid(data: bytes, table: str, score: Score, *, head: int = 1, files: int = 1) -> Grid:
    r"""Read the bytes of a CSV file.

    Encodings, strictly in this order: UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252. Delimiters
    `;` `,` tab `|`, the one with which a row is known best; a first line `sep=;` decides, and is not counted.
    Every kind of line end.

    Parameters
    ----------
    table
        What findings say that they are about.
    head
        Among how many filled rows the header may be.
    files
        How many files of the largest size it may be as large as.

    Examples
    --------
    >>> text_grid("Ort;Län\r\nÖrebro;T\r\n".encode("cp1252"), "orter", len).rows
    {1: ['Ort', 'Län'], 2: ['Örebro', 'T']}
    """
    if len(data) > files * LARGEST_FILE_BYTES:
        return Grid(None, (too_large(table, data),))
    reason = next((reason for start, reason in _FOREIGN_FILES.items() if data.startswith(start)), None)
    if reason is not None:
        return _no_table(table, reason)
    decoded = _decoded(data)
    if decoded is None:
        return Grid(None, (Finding("unreadable-file", table),))
    if any(sign in decoded.text for sign in _NOT_TEXT):
        return _no_table(table, "den innehåller annat än text")
    start = decoded.text[:_BEGINNING].lstrip()
    for pattern, kind in _FOREIGN_TEXTS.items():
        if re.match(pattern, start, re.IGNORECASE | re.DOTALL):
            return _no_table(table, kind)
    return _grid_of_text(decoded, table, score, head, files)


def _grid_of_text(read: _Decoded, table: str, score: Score, head: int, files: int) -> Grid:
    text, encoding, mark, encoding_name = read
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\r\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated = re.match(r'"?sep=([;,\t|])"?\n', text, re.IGNORECASE)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _likeliest_delimiter(text, score, head)
    if delimiter is None and in_one_cell(_first_rows(text, ",", head), score):
        return Grid(None, (Finding("columns-in-one-cell", table),))
    if delimiter is None:
        return _no_table(table, "den har inga kolumner som känns igen")
    findings = []
    if encoding_name != "UTF-8":
        findings.append(Finding("encoding-recognised", table, value=encoding_name))
    if delimiter != next(iter(DELIMITERS)):
        findings.append(Finding("delimiter-recognised", table, value=DELIMITERS[delimiter]))
    form = TextForm(encoding, mark, line_end, delimiter, states_delimiter=stated is not None)
    rows, fault = _rows(text, delimiter, table, files * MOST_ROWS)
    if rows is None:
        return Grid(None, (*findings, *fault), form=form)
    if not rows:
        return _no_table(table, "den är tom")
    return Grid(rows, tuple(findings), form=form, header_row=header_row(rows, score, head))


def header_row(rows: Mapping[int, Sequence[str]], score: Score, head: int) -> int:
    """Find the row with the columns' names: the best known one, else the first that is filled as a table is.

    It is looked for among the first `head` of the rows (number → cells), which must not be empty.
    """
    first = list(islice(rows, head))
    filled = {row: sum(1 for cell in rows[row] if cell.strip()) for row in first}
    known = {row: score(rows[row]) for row in first}
    best = max(first, key=lambda row: known[row])
    # a title may hold a word that is also a column's name
    is_title = filled[best] == 1 and max(filled.values()) > 2
    if known[best] and not is_title:
        return best
    return next(row for row in first if filled[row] >= 0.6 * max(filled.values()))


def in_one_cell(rows: Iterable[Sequence[str]], score: Score) -> bool:
    """Tell whether one of some rows has the names of several columns in its only cell."""
    alone = (filled[0] for cells in rows if len(filled := [cell for cell in cells if cell.strip()]) == 1)
    return any(score(text.split(delimiter)) > 1 for text in alone for delimiter in DELIMITERS)


def _no_table(table: str, reason: str) -> Grid:
    return Grid(None, (Finding("not-a-table", table, details={"reason": reason}),))


def _decoded(data: bytes) -> _Decoded | None:
    for mark, encoding, name in _ENCODINGS:
        if data.startswith(mark):
            try:
                return _Decoded(data[len(mark) :].decode(encoding), encoding, mark, name)
            except UnicodeDecodeError:
                continue
    return None


def _likeliest_delimiter(text: str, score: Score, head: int) -> str | None:
    best, best_score = None, (0, 1)
    for delimiter in DELIMITERS:
        found = max(((score(row), len(row)) for row in _first_rows(text, delimiter, head)), default=(0, 0))
        if found > best_score:
            best, best_score = delimiter, found
    return best


def _first_rows(text: str, delimiter: str, head: int) -> list[list[str]]:
    rows: list[list[str]] = []
    # a cell that is too long raises; whoever reads the whole text tells so
    with suppress(csv.Error):
        for row in csv.reader(io.StringIO(text[:HEAD_CHARACTERS]), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) == head:
                break
    return rows


def _rows(
    text: str, delimiter: str, table: str, most: int
) -> tuple[dict[int, list[str]] | None, tuple[Finding, ...]]:
    """Give the rows that are not blank, by row number; None if there are too many or they are broken."""
    rows: dict[int, list[str]] = {}
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            if len(cells) > WIDEST_ROW:
                width, details = str(len(cells)), {"limit": str(MOST_COLUMNS)}
                return None, (Finding("too-many-columns", table, row, value=width, details=details),)
            joined = "".join(cells)
            if len(joined) > LONGEST_CELL and len(max(cells, key=len)) > LONGEST_CELL:
                return None, (too_long(table, row),)
            if joined and not joined.isspace():
                rows[row] = cells
                if len(rows) > most + 1:
                    return None, (too_many_rows(table),)
    except csv.Error as error:
        is_long = "field larger" in str(error)
        return None, (too_long(table, row + 1) if is_long else Finding("broken-quotes", table, row + 1),)
    return rows, ()


def too_large(table: str, data: bytes) -> Finding:
    """Say that a file is larger than what is read."""
    size = f"{len(data) / 1024**2:.1f} MB".replace(".", ",")
    details = {"limit": f"{LARGEST_FILE_BYTES // 1024**2} MB"}
    return Finding("file-too-large", table, value=size, details=details)


def too_many_rows(table: str) -> Finding:
    """Say that a table has more rows than are read."""
    return Finding("too-many-rows", table, details={"limit": f"{MOST_ROWS:_}".replace("_", " ")})


def too_long(table: str, row: int) -> Finding:
    """Say that a row has a cell with more text than is read."""
    return Finding("cell-too-long", table, row, details={"limit": f"{LONGEST_CELL:_}".replace("_", " ")})
