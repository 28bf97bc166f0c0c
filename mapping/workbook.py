"""Read an Excel workbook as grids of text, without trusting it."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mapping.findings import Finding
from mapping.grid import LARGEST_FILE_BYTES, LONGEST_CELL, MOST_ROWS, Grid, too_long, too_many_rows

LARGEST_UNPACKED_BYTES = 200 * 1024**2
MOST_PARTS = 1_000
MOST_CELLS = 6_000_000
"""Cells in the smallest rectangle around everything in a sheet: so much memory its reading may take."""
ERRORS_LISTED = 1_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK_BYTES = 1 << 16
_NUMBER = "0123456789"


class _RefusedError(Exception):
    """Stop looking at a workbook, because of one finding."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding)


def is_workbook(data: bytes) -> bool:
    """Tell whether a file is a workbook of any age, or something packed like one."""
    return data.startswith((_ZIP, _OLE))


def grids(data: bytes, table: str) -> tuple[tuple[Grid, ...], tuple[Grid, ...]]:
    """Read every sheet of a workbook.

    Cells become text as the user sees it, but for what a display format hides: whole numbers without a
    decimal point, other numbers with at most 15 digits and a point, dates as the contract writes them, true
    and false as ja and nej. A cell merged over several rows stands on each of them.

    Nothing is unpacked before its size is known, and no sheet is read whose cells are spread so that they
    would not fit in memory.

    Parameters
    ----------
    data
        The whole file.
    table
        What findings say that they are about.

    Returns
    -------
    visible, hidden
        One grid a sheet. A workbook that cannot be read at all is one visible grid with the reason.
    """
    try:
        spread = _checked(data, table)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible: list[Grid] = []
        hidden: list[Grid] = []
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                grid = _grid(book, sheet.name, spread.get(sheet.name, _Spread()), table)
                (visible if sheet.visible is SheetVisibleEnum.Visible else hidden).append(grid)
        if not visible and not hidden:
            return (Grid(None, (Finding("damaged-workbook", table),)),), ()
    except _RefusedError as refusal:
        return (Grid(None, (refusal.finding,)),), ()
    except (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, OSError):
        return (Grid(None, (Finding("damaged-workbook", table),)),), ()
    return tuple(visible), tuple(hidden)


@dataclass
class _Spread:
    """How far the filled cells of a sheet reach, and which of them hold no value that can be read."""

    last_row: int = 0
    last_column: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    uncalculated: list[tuple[int, str]] = field(default_factory=list)


def _checked(data: bytes, table: str) -> dict[str, _Spread]:
    """Unpack every part once, within limits, and give how far each sheet reaches by its name."""
    if data.startswith(_OLE):
        raise _RefusedError(Finding("encrypted-workbook" if _ENCRYPTED in data else "old-workbook", table))
    if len(data) > LARGEST_FILE_BYTES:
        size = f"{len(data) / 1024**2:.1f} MB".replace(".", ",")
        details = {"limit": f"{LARGEST_FILE_BYTES // 1024**2} MB"}
        raise _RefusedError(Finding("file-too-large", table, value=size, details=details))
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    reason = _other_kind({part.filename for part in parts})
    if reason:
        raise _RefusedError(Finding("not-a-table", table, details={"reason": reason}))
    if any(part.flag_bits & 1 for part in parts):
        raise _RefusedError(Finding("encrypted-workbook", table))
    if len(parts) > MOST_PARTS:
        raise _RefusedError(_too_large(table))
    budget, spread, index = LARGEST_UNPACKED_BYTES, {}, _Index()
    for part in parts:
        parser, cells = _parser(part.filename, index, table)
        budget = _parsed(archive, part, parser, budget)
        if budget < 0:
            raise _RefusedError(_too_large(table))
        if cells is not None:
            cells.finish()
            spread[part.filename] = cells.spread
    return {name: spread[path] for name, path in index.sheets() if path in spread}


def _parsed(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, parser: expat.XMLParserType | None, budget: int
) -> int:
    """Unpack and parse a part of the archive, and give what is left of the budget; less than 0: too large."""
    # the size that the archive states may be a lie; what is really unpacked is counted
    part.file_size = 2 * LARGEST_UNPACKED_BYTES
    with archive.open(part) as stream:
        while budget >= 0 and (chunk := stream.read(_CHUNK_BYTES)):
            budget -= len(chunk)
            if parser is not None:
                parser.Parse(chunk, False)  # noqa: FBT003
    if parser is not None and budget >= 0:
        parser.Parse(b"", True)  # noqa: FBT003
    return budget


def _other_kind(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return ""
    if "xl/workbook.bin" in names:
        return "den är en binär Excelfil (.xlsb)"
    if "content.xml" in names:
        return "den är ett OpenDocument-dokument"
    if "word/document.xml" in names:
        return "den är ett Worddokument"
    return "den är en zipfil"


def _too_large(table: str) -> Finding:
    return Finding("workbook-too-large", table, details={"limit": f"{LARGEST_UNPACKED_BYTES // 1024**2} MB"})


class _Index:
    """Which part of the archive each sheet's name stands for."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._paths: dict[str, str] = {}

    def read_name(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take a sheet's name out of the workbook's own part."""
        if _local(element) == "sheet":
            identity = next((text for name, text in attributes.items() if name.endswith(":id")), "")
            self._ids[attributes.get("name", "")] = identity

    def read_path(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take a sheet's path out of the workbook's relations."""
        if _local(element) == "Relationship":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self._paths[attributes.get("Id", "")] = path

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Give each sheet's name and path."""
        for name, identity in self._ids.items():
            yield name, self._paths.get(identity, "")


class _Cells:
    """Follow the cells of a sheet as they are parsed."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.spread = _Spread()
        self._parser = parser
        self._row = self._column = 0
        self._kind = self._name = ""
        self._formula: str | None = None
        self._columns: dict[str, int] = {}

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take in one element."""
        element = _local(element)
        if element == "c":
            self.finish()
            self._kind, self._name = attributes.get("t", ""), attributes.get("r", "")
            letters = self._name.rstrip(_NUMBER)
            if letters not in self._columns:
                self._columns[letters] = _column_number(letters) if letters else 0
            self._column = self._columns[letters] or self._column + 1
        elif element in {"v", "is"}:
            self._fill()
        elif element == "row":
            self.finish()
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif element == "f":
            self._formula = ""

    def finish(self) -> None:
        """End the cell before."""
        if self._formula == "" and self._kind != "str":
            _keep(self.spread.uncalculated, self._row, self._name)
        if self._formula is not None:
            self._formula = None
            self._parser.CharacterDataHandler = None

    def _fill(self) -> None:
        spread = self.spread
        spread.last_row = max(spread.last_row, self._row)
        spread.last_column = max(spread.last_column, self._column)
        if self._kind == "e":
            _keep(spread.errors, self._row, self._name)
        if self._formula is not None:
            self._parser.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        self._formula = (self._formula or "") + text


def _keep(places: list[tuple[int, str]], row: int, name: str) -> None:
    if len(places) < ERRORS_LISTED:
        places.append((row, name))


def _parser(path: str, index: _Index, table: str) -> tuple[expat.XMLParserType | None, _Cells | None]:
    """Give a parser for a part of the archive that is XML, and what follows its cells if it is a sheet."""
    if not path.endswith((".xml", ".rels")):
        return None, None
    parser = expat.ParserCreate()

    def refuse_doctype(*_: Any) -> None:
        reason = "den innehåller en dokumenttyp (DTD), som inte hör hemma i en arbetsbok"
        raise _RefusedError(Finding("not-a-table", table, details={"reason": reason}))

    parser.StartDoctypeDeclHandler = refuse_doctype
    if path == "xl/workbook.xml":
        parser.StartElementHandler = index.read_name
    elif path == "xl/_rels/workbook.xml.rels":
        parser.StartElementHandler = index.read_path
    elif path.startswith("xl/worksheets/") and path.endswith(".xml"):
        cells = _Cells(parser)
        parser.StartElementHandler = cells.start
        return parser, cells
    return parser, None


def _local(element: str) -> str:
    return element.rpartition(":")[2] if ":" in element else element


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _grid(book: CalamineWorkbook, name: str, spread: _Spread, table: str) -> Grid:
    if spread.last_row * spread.last_column > MOST_CELLS:
        details = {"columns": str(spread.last_column)}
        finding = Finding("sheet-too-large", table, value=str(spread.last_row), details=details)
        return Grid(None, (finding,), name)
    sheet = book.get_sheet_by_name(name)
    texts = {row: [_text(cell) for cell in cells] for row, cells in enumerate(sheet.iter_rows(), start=1)}
    start = sheet.start or (0, 0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and start[1] <= left < start[1] + sheet.width:
            _fill_down(texts, range(top + 1, bottom + 2), left - start[1])
    rows = {row: cells for row, cells in texts.items() if any(cell.strip() for cell in cells)}
    if len(rows) > MOST_ROWS + 1:
        return Grid(None, (too_many_rows(table),), name)
    long = next((row for row, cells in rows.items() if any(len(c) > LONGEST_CELL for c in cells)), None)
    if long is not None:
        return Grid(None, (too_long(table, long),), name)
    faults = [Finding("cell-error", table, row, value=cell) for row, cell in spread.errors]
    faults += [Finding("formula-not-calculated", table, row, value=cell) for row, cell in spread.uncalculated]
    return Grid(rows, tuple(faults), name)


def _fill_down(texts: dict[int, list[str]], rows: range, column: int) -> None:
    if rows[0] not in texts:
        return
    for row in rows[1:]:
        if row not in texts:
            break
        texts[row][column] = texts[rows[0]][column]


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
