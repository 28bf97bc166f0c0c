"""Read an Excel workbook as grids of text, without trusting it.

The library that reads a sheet holds its whole rectangle in memory, and ends the server where that does not
fit; it also knows nothing of formulas. So every part is looked through first, as a stream and within limits.
"""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, Final
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import range_boundaries
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mapping.contract.findings import Finding
from mapping.tables.csv_file import (
    LARGEST_FILE_BYTES,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Score,
    header_row,
    too_large,
    too_long,
    too_many_rows,
)

LARGEST_UNPACKED_BYTES: Final = 200 * 1024**2
MOST_PARTS: Final = 1_000
MOST_CELLS: Final = 6_000_000
"""Cells in the smallest rectangle around everything in a sheet: so much memory its reading may take."""
MOST_CELLS_TOGETHER: Final = 2 * MOST_CELLS
"""The same for all the sheets of a workbook."""
LARGEST_TAG_BYTES: Final = 1024**2
"""A tag is held in memory until it ends, and looked through anew whenever more of it is unpacked."""
ERRORS_LISTED: Final = 1_000
HIDDEN_LISTED: Final = 10

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK_BYTES = 1 << 16
_NUMBER = "0123456789"
_LONGEST_NUMBER = 20
"""Digits of the number of a shared text."""
_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
_FIRST = {_BOOK: 0, _RELATIONS: 1, _STRINGS: 2}
"""What has to be known before a sheet is looked at; names of parts are compared in lower case."""
_OTHER_KINDS = {
    "xl/workbook.bin": "den är en binär Excelfil (.xlsb)",
    "content.xml": "den är ett OpenDocument-dokument",
    "word/document.xml": "den är ett Worddokument",
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, OSError)


class _RefusedError(Exception):
    """Stop looking at a workbook, because of one finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding)


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a workbook of any age, or something packed like one."""
    return data.startswith((_ZIP, _OLE))


def grids(
    data: bytes, table: str, score: Score = len, *, head: int = 1
) -> tuple[tuple[Grid, ...], tuple[Grid, ...]]:
    """Read every sheet of a workbook, as one grid each: the visible ones, and the hidden ones.

    Cells become text as the user sees it, but for what a display format hides: whole numbers without a
    decimal point, other numbers with at most 15 digits and a point, dates as the contract writes them, true
    and false as ja and nej. A cell merged over several rows stands on each of them. A workbook that cannot be
    read at all is one visible grid with the reason. See `mapping.tables.csv_file.text_grid` for the rest.
    """
    try:
        parts = _Parts(data, table)
        paths = parts.paths_of_sheets()
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible: list[Grid] = []
        hidden: list[Grid] = []
        cells = 0
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                # a sheet that was not looked through is refused by the KeyError
                looked_through = parts.sheets[paths[sheet.name]]
                cells += looked_through.cells
                if looked_through.cells > MOST_CELLS or cells > MOST_CELLS_TOGETHER:
                    grid = _too_spread(sheet.name, looked_through, table)
                else:
                    grid = _grid(book, sheet.name, looked_through, table)
                    if grid.rows:
                        grid = replace(grid, header_row=header_row(grid.rows, score, head))
                (visible if sheet.visible is SheetVisibleEnum.Visible else hidden).append(grid)
        if not visible and not hidden:
            return (Grid(None, (_damaged(table),)),), ()
    except _RefusedError as refusal:
        return (Grid(None, (refusal.finding,)),), ()
    except (CalamineError, *_DAMAGED):
        return (Grid(None, (_damaged(table),)),), ()
    return tuple(visible), tuple(hidden)


def may_be_opened_whole(data: bytes) -> bool:
    """Tell whether a workbook, hidden sheets too, can be opened by what holds all of it in memory."""
    try:
        sheets = _Parts(data, "").sheets.values()
    except (_RefusedError, *_DAMAGED):
        return False
    return sum(sheet.cells for sheet in sheets) <= MOST_CELLS_TOGETHER


class _Parts:
    """The parts of a workbook's archive, each unpacked once and looked through; raises `_RefusedError`."""

    def __init__(self, data: bytes, table: str) -> None:
        self.sheets: dict[str, _Sheet] = {}
        """Every part that may be a sheet, by its path."""
        self._table, self._left = table, LARGEST_UNPACKED_BYTES
        self._names: list[tuple[str, list[str]]] = []
        self._targets: list[tuple[str, str]] = []
        self._lengths: list[int] = []
        if data.startswith(_OLE):
            is_encrypted = _ENCRYPTED in data
            raise _RefusedError(Finding("encrypted-workbook" if is_encrypted else "old-workbook", table))
        if len(data) > LARGEST_FILE_BYTES:
            raise _RefusedError(too_large(table, data))
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        parts = self._archive.infolist()
        names = {part.filename for part in parts}
        if _BOOK not in names:
            reason = next((kind for name, kind in _OTHER_KINDS.items() if name in names), "den är en zipfil")
            raise _RefusedError(Finding("not-a-table", table, details={"reason": reason}))
        if any(part.flag_bits & 1 for part in parts):
            raise _RefusedError(Finding("encrypted-workbook", table))
        if len(parts) > MOST_PARTS:
            raise _RefusedError(_unpacks_too_large(table))
        by_name = {part.filename.lower(): part for part in parts}
        if len(by_name) < len(parts):
            raise _RefusedError(_damaged(table))  # two of one name: which would be read?
        for name in sorted(by_name, key=lambda name: _FIRST.get(name, len(_FIRST))):
            self._unpack(by_name[name], self._parser(name))
        for sheet in self.sheets.values():
            sheet.end_cell()
        if sum(sheet.shared_characters for sheet in self.sheets.values()) > LARGEST_UNPACKED_BYTES:
            raise _RefusedError(_unpacks_too_large(table))

    def paths_of_sheets(self) -> dict[str, str]:
        """Give each sheet's path by its name; a workbook where they could be taken for others is refused."""
        paths = dict(self._targets)
        found = {name: paths.get(ids[0], "") for name, ids in self._names if len(ids) == 1}
        known = [path for path in found.values() if path]
        if len(found) < len(self._names) or len(paths) < len(self._targets) or len(set(known)) < len(known):
            raise _RefusedError(_damaged(self._table))
        return found

    def _unpack(self, part: zipfile.ZipInfo, parser: expat.XMLParserType | None) -> None:
        # the size that the archive states may be a lie; what is really unpacked is counted
        part.file_size = 2 * LARGEST_UNPACKED_BYTES
        unpacked = 0
        with self._archive.open(part) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                unpacked += len(chunk)
                self._left -= len(chunk)
                if self._left < 0:
                    raise _RefusedError(_unpacks_too_large(self._table))
                if parser is not None:
                    parser.Parse(chunk, False)  # noqa: FBT003  (the library takes it by position only)
                    if unpacked - parser.CurrentByteIndex > LARGEST_TAG_BYTES:
                        raise _RefusedError(_damaged(self._table))
        if parser is not None:
            parser.Parse(b"", True)  # noqa: FBT003  (as above)

    def _parser(self, path: str) -> expat.XMLParserType | None:
        """Give a parser for a part that is XML or may be read as a sheet, whatever it is called."""
        is_sheet = path.startswith("xl/worksheets/") or any(path == target for _, target in self._targets)
        if not path.endswith((".xml", ".rels")) and not is_sheet:
            return None
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        if path == _BOOK:
            parser.StartElementHandler = self._read_name
        elif path == _RELATIONS:
            parser.StartElementHandler = self._read_target
        elif path == _STRINGS:
            parser.buffer_text = True
            parser.StartElementHandler, parser.CharacterDataHandler = self._start_text, self._read_text
        elif is_sheet:
            self.sheets[path] = _Sheet(parser, self._lengths)
        return parser

    def _refuse_doctype(self, *_: Any) -> None:
        # entities may grow without end
        reason = "den innehåller en dokumenttyp (DTD), som inte hör hemma i en arbetsbok"
        raise _RefusedError(Finding("not-a-table", self._table, details={"reason": reason}))

    def _read_name(self, element: str, attributes: Mapping[str, str]) -> None:
        if _local(element) == "sheet":
            ids = [text for name, text in attributes.items() if _local(name) == "id"]
            self._names.append((attributes.get("name", ""), ids))

    def _read_target(self, element: str, attributes: Mapping[str, str]) -> None:
        if _local(element) == "Relationship":
            target = attributes.get("Target", "").lower()
            path = target.removeprefix("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            self._targets.append((attributes.get("Id", ""), path))

    def _start_text(self, element: str, _: Mapping[str, str]) -> None:
        if _local(element) == "si":
            self._lengths.append(0)

    def _read_text(self, text: str) -> None:
        if self._lengths:
            self._lengths[-1] += len(text)


class _Sheet:
    """Follow the cells of a sheet as they are parsed: how far they reach, which have no value to read."""

    def __init__(self, parser: expat.XMLParserType, lengths: list[int]) -> None:
        self.last_row = self.last_column = 0
        self.ranges = 0
        """How many cells merged ranges and links cover, filled or not."""
        self.shared_characters = 0
        """Of the texts that sheets share, each as often as it stands here: each time a copy in memory."""
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        """The first and the last of each range, filled or not."""
        self.errors: list[tuple[int, str]] = []
        self.uncalculated: list[tuple[int, str]] = []
        self._parser, self._lengths = parser, lengths
        self._row = self._column = self._at_row = 0
        self._row_name = self._kind = self._name = self._value = ""
        self._has_formula = False
        self._columns: dict[str, int] = {}
        parser.StartElementHandler = self._start

    @property
    def cells(self) -> int:
        """Count the cells in the rectangle that holds them all, or that ranges cover."""
        return max(self.last_row * self.last_column, self.ranges)

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        element = _local(element)
        if element == "c":
            self.end_cell()
            self._kind, self._name = attributes.get("t", ""), attributes.get("r", "")
            letters = self._name.rstrip(_NUMBER)
            if letters not in self._columns:
                self._columns[letters] = column_index_from_string(letters) if letters else 0
            self._column = self._columns[letters] or self._column + 1
            own = self._name[len(letters) :]
            # a cell stands where its own name says, whatever row it is written in
            self._at_row = self._row if not own or own == self._row_name else int(own)
        elif element in {"v", "is"}:
            self.last_row = max(self.last_row, self._at_row)
            self.last_column = max(self.last_column, self._column)
            if self._kind == "e" and len(self.errors) < ERRORS_LISTED:
                self.errors.append((self._at_row, self._name))
            if self._kind == "s" or self._has_formula:
                self._count_shared()
                self._parser.CharacterDataHandler = self._take
        elif element == "row":
            self.end_cell()
            self._row_name = attributes.get("r", "")
            self._row, self._column = int(self._row_name or self._row + 1), 0
            self._hide(self.hidden_rows, self._row, attributes)
        elif element == "col":
            self._hide(self.hidden_columns, (int(attributes["min"]), int(attributes["max"])), attributes)
        elif element == "f":
            self._has_formula = True
        elif element in {"mergeCell", "hyperlink"}:
            self.ranges += _area(attributes.get("ref", ""))

    def _hide(self, hidden: list[Any], place: Any, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"} and len(hidden) <= MOST_ROWS:
            hidden.append(place)

    def _take(self, text: str) -> None:
        # enough to tell what it is; a value of many lines comes in as many pieces
        if len(self._value) <= _LONGEST_NUMBER:
            self._value += text.strip()

    def _count_shared(self) -> None:
        if self._kind == "s" and self._value:
            if len(self._value) > _LONGEST_NUMBER:
                raise ValueError(self._value)
            number = int(self._value)
            self.shared_characters += self._lengths[number] if 0 <= number < len(self._lengths) else 0
            self._value = ""

    def end_cell(self) -> None:
        """End the cell that was begun, if any was."""
        is_uncalculated = self._has_formula and not self._value and self._kind != "str"
        if is_uncalculated and len(self.uncalculated) < ERRORS_LISTED:
            self.uncalculated.append((self._at_row, self._name))
        self._count_shared()
        self._has_formula, self._value, self._parser.CharacterDataHandler = False, "", None


def _damaged(table: str) -> Finding:
    return Finding("damaged-workbook", table)


def _unpacks_too_large(table: str) -> Finding:
    return Finding("workbook-too-large", table, details={"limit": f"{LARGEST_UNPACKED_BYTES // 1024**2} MB"})


def _local(element: str) -> str:
    return element.rpartition(":")[2] if ":" in element else element


def _area(reference: str) -> int:
    """Count the cells of a range such as `A1:C3`."""
    bounds = range_boundaries(reference)
    if None in bounds:
        raise ValueError(reference)
    left, top, right, bottom = map(int, bounds)
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _too_spread(name: str, sheet: _Sheet, table: str) -> Grid:
    if sheet.ranges > MOST_CELLS:  # ranges that overlap, or there could not be so many cells
        return Grid(None, (_damaged(table),), name)
    details = {"columns": str(sheet.last_column)}
    finding = Finding("sheet-too-large", table, value=str(sheet.last_row), details=details)
    return Grid(None, (finding,), name)


def _grid(book: CalamineWorkbook, name: str, looked_through: _Sheet, table: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    texts = {row: [_text(cell) for cell in cells] for row, cells in enumerate(sheet.iter_rows(), start=1)}
    start = sheet.start or (0, 0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        column, first = left - start[1], top + 1
        if left == right and 0 <= column < sheet.width and first in texts:
            for row in takewhile(texts.__contains__, range(first + 1, bottom + 2)):
                texts[row][column] = texts[first][column]
    rows = {row: cells for row, cells in texts.items() if any(cell.strip() for cell in cells)}
    if len(rows) > MOST_ROWS + 1:
        return Grid(None, (too_many_rows(table),), name)
    long = next((row for row, cells in rows.items() if any(len(c) > LONGEST_CELL for c in cells)), None)
    if long is not None:
        return Grid(None, (too_long(table, long),), name)
    faults = [Finding("cell-error", table, row, value=cell) for row, cell in looked_through.errors]
    faults += [
        Finding("formula-not-calculated", table, row, value=cell) for row, cell in looked_through.uncalculated
    ]
    return Grid(rows, (*faults, *_hidden(rows, looked_through, start[1], table)), name)


def _hidden(
    rows: Mapping[int, Sequence[str]], looked_through: _Sheet, left: int, table: str
) -> Iterator[Finding]:
    """Tell which rows and columns are read although nobody who looks at the sheet sees them."""
    hidden, ranges = set(looked_through.hidden_rows), looked_through.hidden_columns[:MOST_COLUMNS]
    width = max(map(len, rows.values()), default=0)
    columns = [
        place
        for place in range(left + 1, left + width + 1)
        if any(first <= place <= last for first, last in ranges)
        and any(cells[place - left - 1].strip() for cells in rows.values() if len(cells) >= place - left)
    ]
    for one, many, names in (
        ("dold rad", "dolda rader", [str(row) for row in rows if row in hidden]),
        ("dold kolumn", "dolda kolumner", [get_column_letter(place) for place in columns]),
    ):
        if names:
            listed = ", ".join([*names[:HIDDEN_LISTED], *(["…"] if len(names) > HIDDEN_LISTED else [])])
            which = f"{len(names)} {one if len(names) == 1 else many} ({listed})"
            yield Finding("hidden-rows-read", table, details={"which": which})


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)
