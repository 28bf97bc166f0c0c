"""Read an Excel workbook as grids of text, without trusting it."""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mapping.contract.findings import Finding
from mapping.tables.csv_file import LARGEST_FILE_BYTES, LONGEST_CELL, MOST_ROWS, Grid, too_long, too_many_rows

LARGEST_UNPACKED_BYTES = 200 * 1024**2
MOST_PARTS = 1_000
MOST_CELLS = 6_000_000
"""Cells in the smallest rectangle around everything in a sheet: so much memory its reading may take."""
MOST_CELLS_TOGETHER = 2 * MOST_CELLS
"""The same for all the sheets of a workbook."""
LARGEST_TAG_BYTES = 1024**2
"""A tag is held in memory until it ends, and looked through anew whenever more of it is unpacked."""
ERRORS_LISTED = 1_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK_BYTES = 1 << 16
_NUMBER, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
_FIRST = {_BOOK: 0, _RELATIONS: 1, _STRINGS: 2}
"""What has to be known before a sheet is looked at; names of parts are compared in lower case."""


_DAMAGED = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, KeyError, OSError)


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

    Nothing is unpacked before its size is known, and no sheet is read whose cells are spread, or repeat long
    texts, so that they would not fit in memory: the library that reads them would end the whole server.

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
        cells = 0
        for sheet in book.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                reach = spread[sheet.name]  # a sheet that was not looked through is refused by the KeyError
                cells += reach.cells
                if reach.cells > MOST_CELLS or cells > MOST_CELLS_TOGETHER:
                    grid = _too_spread(sheet.name, reach, table)
                else:
                    grid = _grid(book, sheet.name, reach, table)
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
        spread = _looked_through(data, "")[0].values()
    except (_RefusedError, *_DAMAGED):
        return False
    return sum(one.cells for one in spread) <= MOST_CELLS_TOGETHER


@dataclass
class _Spread:
    """How far the filled cells of a sheet reach, and which of them hold no value that can be read."""

    last_row: int = 0
    last_column: int = 0
    shared: int = 0
    """How many cells have their text from the list that sheets share."""
    ranges: int = 0
    """How many cells merged ranges and links cover, filled or not."""
    errors: list[tuple[int, str]] = field(default_factory=list)
    uncalculated: list[tuple[int, str]] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """Count the cells in the rectangle that holds them all, or that ranges cover."""
        return max(self.last_row * self.last_column, self.ranges)


def _checked(data: bytes, table: str) -> dict[str, _Spread]:
    """Look a workbook through, and give how far each sheet reaches by its name."""
    spread, index = _looked_through(data, table)
    return {name: spread[path] for name, path in index.sheets(table).items() if path in spread}


def _looked_through(data: bytes, table: str) -> tuple[dict[str, _Spread], "_Index"]:
    """Unpack every part once, within limits, and give how far each sheet reaches by its path."""
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
    by_name = {part.filename.lower(): part for part in parts}
    if len(by_name) < len(parts):
        raise _RefusedError(_damaged(table))  # two of one name: which would be read?
    budget, index, lengths = LARGEST_UNPACKED_BYTES, _Index(), _Lengths()
    spread: dict[str, _Spread] = {}
    for name in sorted(by_name, key=lambda name: _FIRST.get(name, len(_FIRST))):
        parser, cells = _parser(name, index, lengths, table)
        budget = _parsed(archive, by_name[name], parser, budget, table)
        if cells is not None:
            cells.finish()
            spread[name] = cells.spread
    text = sum(_shared_text(archive, by_name[name], one, lengths, table) for name, one in spread.items())
    if text > LARGEST_UNPACKED_BYTES:
        raise _RefusedError(_too_large(table))
    return spread, index


def _parsed(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    parser: expat.XMLParserType | None,
    budget: int,
    table: str,
) -> int:
    """Unpack and parse a part of the archive within a budget of bytes, and give what is left of it."""
    # the size that the archive states may be a lie; what is really unpacked is counted
    part.file_size = 2 * LARGEST_UNPACKED_BYTES
    unpacked = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            unpacked += len(chunk)
            if unpacked > budget:
                raise _RefusedError(_too_large(table))
            if parser is not None:
                parser.Parse(chunk, False)  # noqa: FBT003
                if unpacked - parser.CurrentByteIndex > LARGEST_TAG_BYTES:
                    raise _RefusedError(_damaged(table))
    if parser is not None:
        parser.Parse(b"", True)  # noqa: FBT003
    return budget - unpacked


def _shared_text(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, spread: _Spread, lengths: "_Lengths", table: str
) -> int:
    """Count the characters of a sheet's shared texts, each as often as it stands there; at most, if few."""
    most = spread.shared * lengths.longest
    if most <= LARGEST_UNPACKED_BYTES:
        return most
    parser = expat.ParserCreate()
    shared = _SharedText(parser, lengths)
    _parsed(archive, part, parser, LARGEST_UNPACKED_BYTES, table)
    return shared.characters


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


def _damaged(table: str) -> Finding:
    return Finding("damaged-workbook", table)


def _too_large(table: str) -> Finding:
    return Finding("workbook-too-large", table, details={"limit": f"{LARGEST_UNPACKED_BYTES // 1024**2} MB"})


class _Index:
    """Which part of the archive each sheet's name stands for, as the library that reads it finds it."""

    def __init__(self) -> None:
        self._ids: list[tuple[str, tuple[str, ...]]] = []
        self._paths: list[tuple[str, str]] = []

    def read_name(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take a sheet's name out of the workbook's own part."""
        if _local(element) == "sheet":
            identities = tuple(text for name, text in attributes.items() if _local(name) == "id")
            self._ids.append((attributes.get("name", ""), identities))

    def read_path(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take a sheet's path out of the workbook's relations."""
        if _local(element) == "Relationship":
            target = attributes.get("Target", "").lower()
            path = target.removeprefix("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            self._paths.append((attributes.get("Id", ""), path))

    def is_sheet(self, path: str) -> bool:
        """Tell whether a part may be read as a sheet; the index has been read."""
        return path.startswith("xl/worksheets/") or any(path == each for _, each in self._paths)

    def sheets(self, table: str) -> dict[str, str]:
        """Give each sheet's path by its name; a workbook where they could be taken for others is refused."""
        paths = dict(self._paths)
        found = {name: paths.get(identities[0], "") for name, identities in self._ids if len(identities) == 1}
        known = [path for path in found.values() if path]
        if len(found) < len(self._ids) or len(paths) < len(self._paths) or len(set(known)) < len(known):
            raise _RefusedError(_damaged(table))
        return found


class _Lengths:
    """How long each of the texts is that sheets share, in characters."""

    def __init__(self) -> None:
        self.of: list[int] = []

    @cached_property
    def longest(self) -> int:
        """The longest of them; only when all have been read."""
        return max(self.of, default=0)

    def start(self, element: str, _: Mapping[str, str]) -> None:
        """Take in one element."""
        if _local(element) == "si":
            self.of.append(0)

    def take(self, text: str) -> None:
        """Take in some text."""
        if self.of:
            self.of[-1] += len(text)


class _SharedText:
    """Follow the cells of a sheet, and add up the texts that they share."""

    def __init__(self, parser: expat.XMLParserType, lengths: _Lengths) -> None:
        self.characters = 0
        self._lengths, self._parser = lengths.of, parser
        self._is_shared, self._number = False, ""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        element = _local(element)
        if element == "c":
            self._is_shared = attributes.get("t", "") == "s"
        elif element == "v" and self._is_shared:
            self._number = ""
            self._parser.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        self._number += text

    def _end(self, element: str) -> None:
        if _local(element) == "v" and self._is_shared:
            self._parser.CharacterDataHandler = None
            number = int(self._number or -1)
            self.characters += self._lengths[number] if 0 <= number < len(self._lengths) else 0


class _Cells:
    """Follow the cells of a sheet as they are parsed."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.spread = _Spread()
        self._parser = parser
        self._row = self._column = self._at_row = 0
        self._row_name = self._kind = self._name = ""
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
            own = self._name[len(letters) :]
            # a cell stands where its own name says, whatever row it is written in
            self._at_row = self._row if not own or own == self._row_name else int(own)
        elif element in {"v", "is"}:
            self._fill()
        elif element == "row":
            self.finish()
            self._row_name = attributes.get("r", "")
            self._row, self._column = int(self._row_name or self._row + 1), 0
        elif element == "f":
            self._formula = ""
        elif element in {"mergeCell", "hyperlink"}:
            self.spread.ranges += _area(attributes.get("ref", ""))

    def finish(self) -> None:
        """End the cell before."""
        if self._formula == "" and self._kind != "str":
            _keep(self.spread.uncalculated, self._at_row, self._name)
        if self._formula is not None:
            self._formula = None
            self._parser.CharacterDataHandler = None

    def _fill(self) -> None:
        spread = self.spread
        spread.last_row = max(spread.last_row, self._at_row)
        spread.last_column = max(spread.last_column, self._column)
        if self._kind == "s":
            spread.shared += 1
        elif self._kind == "e":
            _keep(spread.errors, self._at_row, self._name)
        if self._formula is not None:
            self._parser.CharacterDataHandler = self._take

    def _take(self, text: str) -> None:
        self._formula = (self._formula or "") + text


def _keep(places: list[tuple[int, str]], row: int, name: str) -> None:
    if len(places) < ERRORS_LISTED:
        places.append((row, name))


def _parser(
    path: str, index: _Index, lengths: _Lengths, table: str
) -> tuple[expat.XMLParserType | None, _Cells | None]:
    """Give a parser for a part of the archive that is XML, and what follows its cells if it is a sheet."""
    if not path.endswith((".xml", ".rels")) and not index.is_sheet(path):
        return None, None
    parser = expat.ParserCreate()

    def refuse_doctype(*_: Any) -> None:
        reason = "den innehåller en dokumenttyp (DTD), som inte hör hemma i en arbetsbok"
        raise _RefusedError(Finding("not-a-table", table, details={"reason": reason}))

    parser.StartDoctypeDeclHandler = refuse_doctype
    if path == _BOOK:
        parser.StartElementHandler = index.read_name
    elif path == _RELATIONS:
        parser.StartElementHandler = index.read_path
    elif path == _STRINGS:
        parser.buffer_text = True
        parser.StartElementHandler, parser.CharacterDataHandler = lengths.start, lengths.take
    elif index.is_sheet(path):
        cells = _Cells(parser)
        parser.StartElementHandler = cells.start
        return parser, cells
    return parser, None


def _local(element: str) -> str:
    return element.rpartition(":")[2] if ":" in element else element


def _area(reference: str) -> int:
    """Count the cells of a range such as `A1:C3`."""
    (left, top), (right, bottom) = (
        (_column_number(corner.rstrip(_NUMBER)), int("0" + corner.lstrip(_LETTERS)))
        for corner in (reference.partition(":")[::2] if ":" in reference else (reference, reference))
    )
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter.upper()) - 64
    return number


def _too_spread(name: str, spread: _Spread, table: str) -> Grid:
    if spread.ranges > MOST_CELLS:  # ranges that overlap, or there could not be so many cells
        return Grid(None, (_damaged(table),), name)
    details = {"columns": str(spread.last_column)}
    finding = Finding("sheet-too-large", table, value=str(spread.last_row), details=details)
    return Grid(None, (finding,), name)


def _grid(book: CalamineWorkbook, name: str, spread: _Spread, table: str) -> Grid:
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
