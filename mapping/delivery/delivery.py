"""Read what an analyst hands in, files and workbooks together, as tables of the contract.

Nothing here raises for a bad file: whatever is wrong becomes a finding that names file, sheet and row.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from pathlib import PurePath

import pandas as pd

from mapping.contract import personal_data
from mapping.contract.findings import ROWS_LISTED, Finding, Severity
from mapping.contract.schema import ARENOR, EMPTY, INSATSER, TABLES
from mapping.delivery import flat_sheet, footers, personal_details, scb_population, split_cells
from mapping.delivery.headers import (
    COMPOUND,
    FLAT,
    HEADER_WITHIN,
    IGNORED,
    INSATS,
    Header,
    header_score,
    header_words,
    is_ours,
    missing,
    read_header,
)
from mapping.delivery.scope import KEPT
from mapping.delivery.templates import GUIDE_SHEET, LISTS_SHEET
from mapping.store.versions import DeliveredFile
from mapping.swedish import either
from mapping.tables import excel_comments, excel_file
from mapping.tables.csv_file import DELIMITERS, MOST_COLUMNS, Grid, Score, TextForm, in_one_cell, text_grid
from mapping.tables.garbage import collection_paused
from mapping.tables.raw_table import ROW, RawTable, clean_text, emptied, framed, with_keys

PUBLISHED = "publicerade uppgifter"
"""Stands as the file of findings about rows that stay as they are published."""

_SUMMARY = re.compile(
    r"antal(?: av .*)?|summa.*|total(?:t|summa)?|(?:rad|kolumn)etiketter"
    r"|row labels|(?:count|sum) of .*|grand total"
)
_EXPLAINS = re.compile(r"(?:exempel|instruktion|läs ?mig|förklaring|vägledning|så fyller)", re.IGNORECASE)
_ADDED = ("dataversion", "lage", "exempeldata")
"""What the open data has beside the contract's columns; `lage` is ours only where the first is."""


@dataclass(frozen=True)
class SourceFile:
    """A file as it was handed in: its name with its ending, and all of it."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Origin:
    """Where a row was read: file (None: in what is published), sheet (None in a CSV file) and row in it."""

    file: str | None
    sheet: str | None
    row: int | None

    def seen_from(self, other: "Origin") -> str:
        """Name the row to somebody who looks at another row."""
        if self.file is None:
            return f"{self.row} i de publicerade uppgifterna"
        if (self.file, self.sheet) == (other.file, other.sheet):
            return str(self.row)
        place = self.file if self.sheet is None else f"{self.file}, bladet {self.sheet}"
        return f"{self.row} i {place}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet of a workbook, or a CSV file, and the tables it gave."""

    file: str
    """Its name, personal data covered."""
    sha256: str
    sheet: str | None = None
    """None in a CSV file."""
    given: Mapping[str, str] = field(default_factory=dict)
    """Column that it lacks → the cell that the user has said that every row has."""
    form: TextForm | None = None
    header_row: int = 1
    header: Header | None = None
    """How it was understood; None if there is nothing to choose."""
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Table → rows, indexed by row number in the sheet; where one row gave several they share it."""
    findings: tuple[Finding, ...] = ()
    """Their rows are those of the sheet."""

    @property
    def key(self) -> tuple[str, str | None]:
        """Tell it from other sheets."""
        return self.sha256, self.sheet


Given = Mapping[tuple[str, str | None], Mapping[str, str]]
"""`Sheet.key` → `Sheet.given`."""


@dataclass(frozen=True, eq=False)
class Delivery:
    """The tables that were handed in, and how they were read."""

    tables: Mapping[str, RawTable]
    """Name → table, only those that were handed in and can be read. Their rows are numbered from 2, and their
    `origins` tell where each was read."""
    findings: tuple[Finding, ...]
    """What was found while reading, each with its file. What the cells tell comes with the check."""
    sources: tuple[DeliveredFile, ...]
    """The files, in the order they were handed in; personal data in their names is covered."""
    sheets: tuple[Sheet, ...] = ()
    """Every sheet that was looked at, in the same order."""
    description: bytes | None = None
    """A `dataset.toml` that was handed in."""

    @property
    def headers(self) -> tuple[Header, ...]:
        """Every header row that somebody may be asked about."""
        return tuple(sheet.header for sheet in self.sheets if sheet.header is not None)

    def sheets_of(self, sha256: str) -> tuple[Sheet, ...]:
        """Give the sheets of one file."""
        return tuple(sheet for sheet in self.sheets if sheet.sha256 == sha256)

    def origin(self, table: RawTable, row: int) -> Origin:
        """Tell where a row was read: in a file, or in what is published and stays."""
        if table.origins is None:
            return Origin(None, None, row)
        number, row = (int(table.origins[name][row]) for name in ("sheet", "row"))
        if number == KEPT:
            return Origin(None, None, row)
        return Origin(self.sheets[number].file, self.sheets[number].sheet, row)

    def located(self, finding: Finding, tables: Mapping[str, RawTable]) -> Finding | None:
        """Give a finding about one of the tables with file, sheet and row as the user sees them.

        The tables are those of the delivery, or those in which its rows stand beside rows that stay. None for
        what was accepted when it was published and stops nothing now. Every empty cell of a column that a
        sheet lacks gives the same finding: that the column is missing.
        """
        sheets = [sheet for sheet in self.sheets if finding.table in sheet.frames]
        if sheets and finding.row in {None, 1}:
            # a whole table or column is shown at the first sheet that has it
            sheet = next((one for one in sheets if finding.column in one.frames[finding.table]), sheets[0])
            if finding.code == "missing-column":
                return _absent_column(sheet, finding.table, finding.column or EMPTY)
            row = None if finding.row is None else sheet.header_row
            return replace(finding, file=sheet.file, sheet=sheet.sheet, row=row)
        details, here = dict(finding.details), Origin(None, None, finding.row)
        if finding.table in tables and finding.row is not None:
            here = self.origin(tables[finding.table], finding.row)
            if "other_row" in details:
                there = self.origin(tables[finding.table], int(details["other_row"]))
                details["other_row"] = there.seen_from(here)
            read = next((one for one in sheets if (one.file, one.sheet) == (here.file, here.sheet)), None)
            if finding.code == "duplicate-id" and read is not None:
                made = [one for one in read.findings if (one.code, one.table) == ("id-made", finding.table)]
                if made:
                    details["source"] = made[0].value or EMPTY
                    finding = replace(finding, code="made-id-repeated", details=details)
            if finding.code == "required-cell-empty" and read is not None:
                places = {"kommun", "kommunkod"} if finding.column == "kommunkod" else {finding.column}
                if not places & {*read.frames[finding.table]}:
                    return _absent_column(read, finding.table, finding.column or EMPTY)
        if here.file is None and finding.severity is not Severity.STOP:
            return None
        return replace(finding, row=here.row, file=here.file or PUBLISHED, sheet=here.sheet, details=details)


@collection_paused()
def deliver(
    files: Iterable[SourceFile],
    *,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    given: Given | None = None,
) -> Delivery:
    """Read CSV files and workbooks as tables of the contract; a table in several sheets is put together.

    `columns` is what the user chose, see `mapping.delivery.headers.read_header`.
    """
    findings: list[Finding] = []
    sheets: list[Sheet] = []
    sources: dict[str, DeliveredFile] = {}
    description = None
    for file in files:
        digest = hashlib.sha256(file.data).hexdigest()
        source = DeliveredFile(personal_data.masked(file.name), digest, len(file.data))
        named = personal_details.in_names([("Filens namn", PurePath(file.name).name)])
        findings += [replace(finding, file=file.name) for finding in named]
        twin = sources.setdefault(source.sha256, source)
        if twin is not source:
            findings.append(Finding("same-file-twice", EMPTY, file=file.name, details={"other": twin.name}))
        elif PurePath(file.name).name == "dataset.toml":
            description = file.data
            details = personal_details.in_names([("Filen", file.data.decode("utf-8", "replace"))])
            findings += [replace(finding, file=file.name) for finding in details]
        else:
            read = list(_sheets(file, Sheet(source.name, digest), columns or {}, given or {}))
            tables = tuple(name for name in TABLES if any(name in sheet.frames for sheet in read))
            sources[digest] = replace(source, tables=tables)
            sheets += read
    findings += [
        replace(finding, file=sheet.file, sheet=sheet.sheet) for sheet in sheets for finding in sheet.findings
    ]
    together = {name: table for name in TABLES if (table := _together(name, sheets)) is not None}
    if not together and description is None and not any(finding.severity == "stop" for finding in findings):
        findings.append(Finding("no-tables", EMPTY))
    findings += _absent_columns(sheets)
    if ARENOR.name in together and together[ARENOR.name].frame.empty:
        first = next(sheet for sheet in sheets if ARENOR.name in sheet.frames)
        findings.append(Finding("no-arenas", ARENOR.name, file=first.file, sheet=first.sheet))
    return Delivery(together, tuple(findings), tuple(sources.values()), tuple(sheets), description)


def _sheets(
    file: SourceFile, blank: Sheet, chosen: Mapping[str, Mapping[str, str]], given: Given
) -> Iterator[Sheet]:
    stem, score = PurePath(file.name).stem, header_score(chosen)
    if not excel_file.is_workbook(file.data):
        grid = text_grid(file.data, EMPTY, score, head=HEADER_WITHIN)
        yield _sheet(grid, replace(blank, form=grid.form, given=given.get(blank.key, {})), [stem], chosen)
        return
    visible, hidden = excel_file.grids(file.data, EMPTY, score, head=HEADER_WITHIN)
    blanks = [(grid, replace(blank, sheet=grid.sheet)) for grid in visible if grid.rows is None or grid.rows]
    read = [
        (grid, _sheet(grid, replace(one, given=given.get(one.key, {})), [grid.sheet or EMPTY, stem], chosen))
        for grid, one in blanks
    ]
    names = [("Bladets namn", grid.sheet or EMPTY) for grid in (*visible, *hidden)]
    if any(grid.rows is not None for grid in (*visible, *hidden)):
        names += [
            (f"Kommentaren till cellen {cell}", text) for cell, text in excel_comments.comments(file.data)
        ]
    if beside := tuple(personal_details.in_names(names)):
        yield replace(blank, findings=beside)
    tables = [sheet for _, sheet in read if sheet.frames]
    tables = [sheet for grid, sheet in read if sheet.frames and not _is_about_another(grid, sheet)] or tables
    skipped: list[str] = []
    for grid, sheet in read:
        is_unknown = any(finding.code == "unrecognised-table" for finding in sheet.findings)
        if tables and (is_unknown or (sheet.frames and sheet not in tables)):
            # beside tables, a sheet that is none is left out
            skipped.append(grid.sheet or EMPTY)
            found = tuple(personal_details.in_rows(grid.rows or {}, EMPTY))
            yield replace(blank, sheet=grid.sheet, findings=found)
        else:
            yield sheet
    for grid in hidden:
        if found := tuple(personal_details.in_rows(grid.rows or {}, EMPTY)):
            yield replace(blank, sheet=grid.sheet, findings=found)
    unread = {
        "sheet-skipped": [name for name in skipped if name != GUIDE_SHEET],
        "hidden-sheet-skipped": [grid.sheet or EMPTY for grid in hidden if grid.sheet != LISTS_SHEET],
    }
    for code, sheets in unread.items():
        if sheets:
            few = sheets if len(sheets) <= ROWS_LISTED else [*sheets[:ROWS_LISTED], "flera till"]
            which = f"{'bladet' if len(sheets) == 1 else 'bladen'} {either(few, last='och')}"
            told = Finding(code, EMPTY, details={"which": which})
            yield replace(blank, sheet=sheets[0], findings=(told,))


def _is_about_another(grid: Grid, sheet: Sheet) -> bool:
    """Tell whether a sheet explains a table or counts its rows instead of being one."""
    if _EXPLAINS.match(grid.sheet or EMPTY):
        return True
    lacking = [name for name, frame in sheet.frames.items() if missing(frame, name)]
    header = (grid.rows or {}).get(sheet.header_row, ())
    return bool(lacking) and any(_SUMMARY.fullmatch(clean_text(cell).casefold()) for cell in header)


def _sheet(grid: Grid, blank: Sheet, names: Sequence[str], chosen: Mapping[str, Mapping[str, str]]) -> Sheet:
    if not grid.rows:
        return replace(blank, findings=grid.findings)
    rows, header_row = grid.rows, grid.header_row
    # the columns that we put in a file that we gave away, as if they had never been there
    titles = list(map(clean_text, rows[header_row]))
    added = _ADDED if _ADDED[0] in titles else _ADDED[-1:]
    if ours := {place for place, title in enumerate(titles) if is_ours(title) or title in added}:
        rows = {
            row: [cell for place, cell in enumerate(cells) if place not in ours]
            for row, cells in rows.items()
        }
    if _is_squeezed(rows, header_row, header_score(chosen)):
        told = Finding("columns-in-one-cell", EMPTY, header_row)
        return replace(blank, findings=(*personal_details.in_rows(rows, EMPTY), told))
    above = {row: rows[row] for row in takewhile(lambda row: row < header_row, rows)}
    findings = [*grid.findings, *personal_details.in_rows(above, EMPTY)]
    if above:
        findings.append(Finding("header-row-recognised", EMPTY, header_row, value=str(header_row)))
    header = read_header(rows[header_row], names, chosen)
    # of columns that are too many, nobody is asked what each is
    asked = header if len(header.written) <= MOST_COLUMNS else None
    other = scb_population.other_measure(rows, header_row, header, names)
    if other is not None and "antal" not in chosen.get(header.fingerprint, {}).values():
        told = Finding("not-population", scb_population.TABLE, header_row, details={"what": other})
        findings += [*personal_details.in_rows(rows, scb_population.TABLE), told]
        read = replace(blank, header=header.without("antal") if asked else None)
    elif scb_population.is_export(header.written):
        frame, recognised = scb_population.rows(rows, header_row)
        findings += [*personal_details.in_rows(rows, "befolkning"), *recognised]
        read = replace(blank, frames={"befolkning": frame})
    elif header.layout is None:
        findings += [*personal_details.in_rows(rows, EMPTY), Finding("unrecognised-table", EMPTY, header_row)]
        read = replace(blank, header=asked)
    else:
        frames, found = _tables(rows, header_row, header, header.layout, blank.given)
        findings += found
        read = replace(blank, header=asked, frames=frames)
    return replace(read, header_row=header_row, findings=tuple(findings))


def _is_squeezed(rows: Mapping[int, Sequence[str]], header_row: int, score: Score) -> bool:
    """Tell whether a program put all of a row in its first cell: in the header, or below it in most rows."""
    width = sum(1 for cell in rows[header_row] if cell.strip())
    body = [[cell for cell in cells if cell.strip()] for row, cells in rows.items() if row > header_row]
    full = [
        cells for cells in body if len(cells) == 1 and max(map(cells[0].count, DELIMITERS)) + 1 >= width / 2
    ]
    is_one_column = width == 1 and all(len(cells) == 1 for cells in body)
    head = islice(rows.values(), HEADER_WITHIN) if is_one_column else [rows[header_row]]
    return in_one_cell(head, score) or (width > 3 and len(full) > len(body) / 2)


def _tables(
    rows: Mapping[int, Sequence[str]],
    header_row: int,
    header: Header,
    layout: str,
    given: Mapping[str, str],
) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Give a sheet's tables, indexed by row number, and what was found."""
    table = ARENOR.name if layout == FLAT else layout
    named = [(name, column) for name, column in zip(header.written, header.columns, strict=True) if name]
    below, findings = footers.footers(rows, header_row, len(named), table)
    if below:
        rows = {row: cells for row, cells in rows.items() if row not in below}
    for name, column in named:
        if column == IGNORED:
            findings.append(Finding("column-ignored", table, header_row, value=name))
        elif column and column not in COMPOUND and header_words(column) != header_words(name):
            findings.append(Finding("column-matched", table, header_row, column, name))
    names = [column or name for name, column in zip(header.written, header.columns, strict=True)]
    frame, found = framed(rows, header_row, names, table)
    findings += found
    if not len(frame.columns):
        return {}, findings
    findings += personal_details.in_neighbours(frame, table)
    # what is left out is not kept, but it is looked through
    ignored = [name for name, column in named if column == IGNORED and name in frame]
    cells = zip(frame.index, frame[ignored].to_numpy().tolist(), strict=True) if ignored else ()
    findings += personal_details.in_rows(dict(cells), table, ignored)
    frame, told = emptied(frame, table)
    findings += told
    by_column = {column: name for name, column in named}
    for one in split_cells.converted_ages(frame, table, header_row):
        findings.append(replace(one, column=by_column.get(one.column) or one.column))
    frame, splits = split_cells.split(frame.drop(columns=ignored))
    for column, into in splits:
        details = {"meaning": " och ".join(into)}
        written = by_column.get(column) or column
        findings.append(Finding("column-split", table, header_row, into[0], written, details))
    added = {name: cell for name, cell in given.items() if table == ARENOR.name and name not in frame}
    frame = frame.assign(**added)
    findings += [Finding("column-given", table, header_row, name, cell) for name, cell in added.items()]
    if layout == FLAT:
        parts = flat_sheet.split(frame)
        frames, made = {"arenor": parts.arenor}, list(parts.findings)
        if parts.insatser is not None:
            frames["insatser"] = parts.insatser
        # the check of the whole table tells what is missing
        made = [one for one in made if one.code != "missing-column"]
    else:
        # where ids cannot be made, the check of the whole table tells what they are made of is missing
        frame, made = _once(with_keys(RawTable(TABLES[layout], frame)))
        frames = {layout: frame}
    findings += [replace(one, row=header_row) if one.row == 1 else one for one in made]
    return frames, findings


def _once(keyed: RawTable) -> tuple[pd.DataFrame, list[Finding]]:
    """Leave out rows that say of an arena what another row does, where ids were made.

    A register of schools has a row for each form of school.
    """
    frame, made = keyed.frame, list(keyed.findings)
    if keyed.table is not ARENOR or not made or not frame[ARENOR.key].duplicated().any():
        return frame, made
    again = keyed.canonical.duplicated([name for name in keyed.canonical if name in ARENOR])
    if again.any():
        rows = "1 rad" if again.sum() == 1 else f"{again.sum()} rader"
        first = int(frame.index[again][0])
        made.append(Finding("rows-repeated", ARENOR.name, first, details={"rows_again": rows}))
    return frame[~again], made


def _together(name: str, sheets: Sequence[Sheet]) -> RawTable | None:
    """Put a table's rows from every sheet together, numbered anew."""
    frames = {number: sheet.frames[name] for number, sheet in enumerate(sheets) if name in sheet.frames}
    if not frames:
        return None
    every = {
        *(column.name for column in TABLES[name].columns),
        *(at for frame in frames.values() for at in frame),
    }
    parts = []
    for number, frame in frames.items():
        made = [
            TABLES[name].key for one in sheets[number].findings if (one.code, one.table) == ("id-made", name)
        ]
        absent = (every - {*map(str, frame)}) | {*made}
        parts.append(pd.DataFrame({"sheet": number, "row": frame.index, "absent": [absent] * len(frame)}))
    origins = pd.concat(parts)
    frame = pd.concat(frames.values()).fillna(EMPTY).astype("str")
    # from 2, as a spreadsheet with the header on row 1: findings take row 1 for the header
    rows = pd.RangeIndex(2, 2 + len(frame), name=ROW)
    return RawTable(TABLES[name], frame.set_axis(rows), origins=origins.set_axis(rows))


def _absent_columns(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Tell which sheet lacks a column that must be there although its cells may be empty."""
    for sheet in sheets:
        for name, frame in sheet.frames.items():
            for column in TABLES[name].columns:
                if column.must_exist and column.name not in frame:
                    yield from filter(None, [_absent_column(sheet, name, column.name)])


def _absent_column(sheet: Sheet, table: str, column: str) -> Finding | None:
    """Say that a sheet lacks a column, with what made it that table; None if another such finding says it."""
    if column == TABLES[table].key:
        return None  # an id can be made of what else is missing
    if (table, column) == (INSATSER.name, "namn") and ARENOR.name in sheet.frames:
        column = INSATS
    has = [str(name) for name in sheet.frames[table] if name in TABLES[table] and name != TABLES[table].key]
    likeness = f" Filens kolumner liknar dem i {table}: {either(has, last='och')}." if has else EMPTY
    found = Finding("missing-column", table, sheet.header_row, column, details={"suggestion": likeness})
    return replace(found, file=sheet.file, sheet=sheet.sheet)
