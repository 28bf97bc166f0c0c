"""Read a file of text as a grid of cells, whatever program saved it."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from mapping.contract.findings import Finding

LARGEST_FILE_BYTES = 10 * 1024**2
MOST_ROWS = 200_000
MOST_COLUMNS = 200
WIDEST_ROW = 16_384
"""Cells in a row, filled or not: as many as Excel can hold."""
LONGEST_CELL = 32_767
"""Characters in a cell: as many as Excel can hold."""

HEAD_CHARACTERS = 1_000_000
"""Characters at the beginning of a file that the delimiter is recognised by."""

DELIMITERS = {",": "kommatecken", ";": "semikolon", "\t": "tabb", "|": "lodstreck"}
"""What may separate cells, with its Swedish name; the first is the plain case that needs no note."""

_FOREIGN_FILES = {
    b"PK\x03\x04": "den är en Excel- eller zipfil",
    b"\xd0\xcf\x11\xe0": "den är en äldre Excelfil",
    b"%PDF": "den är en PDF-fil",
    b"\x89PNG": "den är en bild",
    b"\xff\xd8\xff": "den är en bild",
    b"{\\rtf": "den är ett textdokument",
}
_NOT_TEXT = (*map(chr, range(9)), *map(chr, range(0x0E, 0x1B)), *map(chr, range(0x1C, 0x20)))

Score = Callable[[Sequence[str]], int]
"""How many of a row's cells are known as names of columns."""


class ColumnRows(Mapping[int, Sequence[str]]):
    """Rows that are held column by column, numbered from 1; as a mapping it is like any other.

    Parameters
    ----------
    columns
        Text, all of the same length, the header's row included.
    """

    def __init__(self, columns: Sequence[pa.ChunkedArray]) -> None:
        """Keep the columns."""
        self.columns = tuple(columns)

    def __getitem__(self, row: int) -> list[str]:
        """Give the cells of a row."""
        if not 1 <= row <= len(self):
            raise KeyError(row)
        return [column[row - 1].as_py() for column in self.columns]

    def __iter__(self) -> Iterator[int]:
        """Give the row numbers."""
        return iter(range(1, len(self) + 1))

    def __reversed__(self) -> Iterator[int]:
        """Give the row numbers, the last first."""
        return reversed(range(1, len(self) + 1))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns[0])

    def listed(self) -> dict[int, list[str]]:
        """Give the rows one by one, as those of any other grid."""
        cells = zip(*(column.to_pylist() for column in self.columns), strict=True)
        return {row: list(texts) for row, texts in enumerate(cells, start=1)}


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of one sheet, as text.

    Parameters
    ----------
    rows
        Row number, counted as a spreadsheet does, → cells. Rows without any text are left out. None if there
        is nothing that can be read, and `findings` say why.
    findings
        How the file was understood, or what stopped it. Their table is the one given.
    sheet
        The sheet's name in a workbook.
    """

    rows: Mapping[int, Sequence[str]] | None
    findings: tuple[Finding, ...] = ()
    sheet: str | None = None


def text_grid(data: bytes, table: str, score: Score, *, head: int = 1) -> Grid:
    r"""Read the bytes of a CSV file.

    Encodings, strictly in this order: UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252. Delimiters
    `;` `,` tab `|`, the one with which a row is known best; a first line `sep=;` decides, and is not counted.
    Every kind of line end.

    Parameters
    ----------
    data
        The whole file.
    table
        What findings say that they are about.
    score
        See `Score`.
    head
        Among how many rows the header may be.

    Examples
    --------
    >>> dict(text_grid("Ort;Län\r\nÖrebro;T\r\n".encode("cp1252"), "orter", len).rows)
    {1: ['Ort', 'Län'], 2: ['Örebro', 'T']}
    """
    if len(data) > LARGEST_FILE_BYTES:
        details = {"limit": f"{LARGEST_FILE_BYTES // 1024**2} MB"}
        size = f"{len(data) / 1024**2:.1f} MB".replace(".", ",")
        return _unreadable(Finding("file-too-large", table, value=size, details=details))
    reason = next((reason for start, reason in _FOREIGN_FILES.items() if data.startswith(start)), None)
    if reason is not None:
        return _unreadable(Finding("not-a-table", table, details={"reason": reason}))
    decoded = _decoded(data)
    if decoded is None:
        return _unreadable(Finding("unreadable-file", table))
    text, encoding = decoded
    if any(sign in text for sign in _NOT_TEXT):
        details = {"reason": "den innehåller annat än text"}
        return _unreadable(Finding("not-a-table", table, details=details))
    is_as_sent = encoding == "UTF-8" and not data.startswith(codecs.BOM_UTF8)
    return _grid_of_text(_Text(text, encoding, data if is_as_sent else None), table, score, head)


def _unreadable(finding: Finding) -> Grid:
    return Grid(None, (finding,))


def _decoded(data: bytes) -> tuple[str, str] | None:
    has_utf_16_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    # a guessing library takes Swedish cp1252 for cp1250 and turns å into ĺ, so the order is fixed
    for encoding, name in (("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")):
        if encoding == "utf-16" and not has_utf_16_mark:
            continue
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    return None


@dataclass(frozen=True)
class _Text:
    """What a file says, the encoding it was sent in, and the very same in UTF-8 if that is at hand."""

    text: str
    encoding: str
    encoded: bytes | None


def _grid_of_text(read: _Text, table: str, score: Score, head: int) -> Grid:
    text, encoded = read.text, read.encoded
    if "\r" in text:
        text, encoded = text.replace("\r\n", "\n").replace("\r", "\n"), None
    stated = re.match(r'"?sep=([;,\t|])"?\n', text, re.IGNORECASE)
    if stated:
        text, encoded = text[stated.end() :], None
    delimiter = stated[1] if stated else _likeliest_delimiter(text, score, head)
    if delimiter is None:
        details = {"reason": "den har inga kolumner som känns igen"}
        return _unreadable(Finding("not-a-table", table, details=details))
    findings = []
    if read.encoding != "UTF-8":
        findings.append(Finding("encoding-recognised", table, value=read.encoding))
    if delimiter != next(iter(DELIMITERS)):
        findings.append(Finding("delimiter-recognised", table, value=DELIMITERS[delimiter]))
    plain = _plain_rows(text, delimiter, encoded)
    if plain is not None:
        return Grid(plain, tuple(findings))
    rows, fault = _rows(text, delimiter, table)
    if rows == {}:
        return _unreadable(Finding("not-a-table", table, details={"reason": "den är tom"}))
    return Grid(rows, (*findings, *fault))


def _likeliest_delimiter(text: str, score: Score, head: int) -> str | None:
    best, best_score = None, (0, 1)
    for delimiter in DELIMITERS:
        found = max(((score(row), len(row)) for row in _first_rows(text, delimiter, head)), default=(0, 0))
        if found > best_score:
            best, best_score = delimiter, found
    return best


def _first_rows(text: str, delimiter: str, head: int) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(_lines(text, HEAD_CHARACTERS), delimiter=delimiter)
    try:
        for row in reader:
            if any(row):
                rows.append(row)
            if len(rows) == head:
                break
    except csv.Error:
        # a cell that is too long; whoever reads the whole text tells so
        return rows
    return rows


def _lines(text: str, most: int) -> Iterator[str]:
    """Give the lines at the beginning of a text, one by one, in so many characters."""
    start, last = 0, min(most, len(text))
    while start < last:
        end = text.find("\n", start, last) + 1 or last
        yield text[start:end]
        start = end


def _plain_rows(text: str, delimiter: str, encoded: bytes | None) -> ColumnRows | None:
    """Read text without quotes, blank rows and rows of different widths; None if it is not so plain.

    Large files are plain as a rule, and Arrow reads them ten times as fast as rows can be made one by one.
    `encoded` is the same text in UTF-8, if that is at hand.
    """
    width = next(_lines(text, len(text)), "").count(delimiter) + 1
    if '"' in text or width == 1 or width > MOST_COLUMNS:
        return None
    names = [str(place) for place in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(text.encode() if encoded is None else encoded),
            pyarrow.csv.ReadOptions(column_names=names),
            pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=False,
                check_utf8=False,  # it has been decoded
            ),
        )
    except (pa.ArrowInvalid, UnicodeEncodeError):
        # a blank row has fewer cells than the others
        return None
    columns = table.columns
    # in bytes, of which there are as many as characters or more; in doubt the rows are read one by one
    is_long = any((pc.max(pc.binary_length(column)).as_py() or 0) > LONGEST_CELL for column in columns)
    # one column without a blank cell is enough to know that there is no blank row
    has_no_blank = any(not pc.any(pc.equal(pc.utf8_trim_whitespace(each), "")).as_py() for each in columns)
    if is_long or not has_no_blank or table.num_rows > MOST_ROWS + 1:
        return None
    return ColumnRows(columns)


def _rows(text: str, delimiter: str, table: str) -> tuple[dict[int, list[str]] | None, tuple[Finding, ...]]:
    """Give the rows that are not blank, by row number; None if there are too many or they are broken."""
    rows: dict[int, list[str]] = {}
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            if len(cells) > WIDEST_ROW:
                details = {"limit": str(MOST_COLUMNS)}
                return None, (
                    Finding("too-many-columns", table, row, value=str(len(cells)), details=details),
                )
            joined = "".join(cells)
            if len(joined) > LONGEST_CELL and len(max(cells, key=len)) > LONGEST_CELL:
                return None, (too_long(table, row),)
            if joined and not joined.isspace():
                rows[row] = cells
                if len(rows) > MOST_ROWS + 1:
                    return None, (too_many_rows(table),)
    except csv.Error as error:
        is_long = "field larger" in str(error)
        return None, (too_long(table, row + 1) if is_long else Finding("broken-quotes", table, row + 1),)
    return rows, ()


def too_many_rows(table: str) -> Finding:
    """Say that a table has more rows than are read."""
    return Finding("too-many-rows", table, details={"limit": f"{MOST_ROWS:_}".replace("_", " ")})


def too_long(table: str, row: int) -> Finding:
    """Say that a row has a cell with more text than is read."""
    return Finding("cell-too-long", table, row, details={"limit": f"{LONGEST_CELL:_}".replace("_", " ")})
