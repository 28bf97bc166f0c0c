"""Give findings back to the person who can mend them: as a list, or in that person's own file."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mapping.contract.findings import CORRECTIONS_COLUMN, Finding, Severity
from mapping.contract.schema import TABLES
from mapping.errors import CorrectionsError
from mapping.swedish import folded
from mapping.tables import excel_writer
from mapping.tables.csv_file import DELIMITERS, LARGEST_FILE_BYTES, LONGEST_CELL, WIDEST_ROW
from mapping.tables.excel_csv import write_csv
from mapping.tables.excel_file import may_be_opened_whole

SEVERITY_WORDS: Final[Mapping[Severity, str]] = MappingProxyType(
    {
        Severity.STOP: "Måste rättas",
        Severity.WARN: "Bör ses över",
        Severity.NOTE: "Bra att veta",
    }
)
"""How serious a finding is, to the person who mends it."""

HEADER_SOUGHT_IN_ROWS: Final = 30

_WIDTHS = (14, 24, 14, 12, 20, 28, 50, 60, 8)
_CORRECTIONS_WIDTH = 60
_WORKBOOK_START = b"PK\x03\x04"
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def listed_rows(findings: Iterable[Finding]) -> pd.DataFrame:
    """Lay findings out as rows for the person who mends them.

    Parameters
    ----------
    findings
        In the order they are to be listed, merged or not.

    Returns
    -------
    pandas.DataFrame
        Texts, one row a finding: Allvarlighet, Fil, Tabell, Rad, Kolumn, Värde, Vad som är fel, Vad du ska
        skriva i stället, Antal. A merged finding names its first rows. Personal data is covered.
    """
    rows = [
        (
            SEVERITY_WORDS[finding.severity],
            finding.file or "",
            finding.table,
            finding.details.get("rows", "" if finding.row is None else str(finding.row)),
            finding.column or "",
            finding.value or "",
            finding.fault,
            finding.advice,
            str(finding.count),
        )
        for finding in findings
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "Allvarlighet",
            "Fil",
            "Tabell",
            "Rad",
            "Kolumn",
            "Värde",
            "Vad som är fel",
            "Vad du ska skriva i stället",
            "Antal",
        ],
        dtype="str",
    )


def list_as_csv(findings: Iterable[Finding]) -> bytes:
    """Write the list of findings as a CSV file that Swedish Excel opens right."""
    return write_csv(listed_rows(findings))


def list_as_workbook(findings: Iterable[Finding]) -> bytes:
    """Write the list of findings as an Excel workbook."""
    rows = listed_rows(findings)
    workbook = excel_writer.new_workbook()
    sheet = workbook.create_sheet(CORRECTIONS_COLUMN)
    excel_writer.write_rows(sheet, [list(rows.columns), *rows.to_numpy().tolist()], widths=_WIDTHS)
    sheet.auto_filter.ref = sheet.dimensions
    return excel_writer.saved(workbook)


def corrected(name: str, data: bytes, findings: Iterable[Finding]) -> bytes:
    """Give a person's own file back with a column that says what to correct, row by row.

    A CSV file keeps its encoding, delimiter and line ends; a workbook its sheets and formats. Notes are left
    out: nothing needs to be corrected. What is said of the whole table stands in the new column's header. A
    column of this kind that the file has already is replaced.

    Parameters
    ----------
    name
        The file's name; only findings with this `file`, or with none, are written.
    data
        The file as it was delivered.
    findings
        Not merged, so that each names its own row.

    Returns
    -------
    bytes
        A file of the same kind.

    Raises
    ------
    CorrectionsError
        If personal data is found, because then we never hand the file on; or if the file is no table that
        can be written in.
    """
    own = [finding for finding in findings if finding.file in {None, name}]
    if any(finding.code == "personal-data" for finding in own):
        raise CorrectionsError(
            name=name,
            reason="Den innehåller personuppgifter, och sådana lämnar vi aldrig vidare. "
            "Hämta listan över felen, ta bort personuppgifterna ur din egen fil och lämna in den igen.",
        )
    if len(data) > LARGEST_FILE_BYTES:
        raise _refused(name, "Den är för stor.")
    to_correct = [finding for finding in own if finding.severity is not Severity.NOTE]
    if data.startswith(_WORKBOOK_START):
        return _corrected_workbook(name, data, to_correct)
    return _corrected_csv(name, data, to_correct)


def _sentences(findings: Iterable[Finding], header_row: int, last_row: int) -> dict[int, str]:
    """Give what is to be said at each row; at the header, what concerns the whole table or no row of it."""
    said: dict[int, dict[str, None]] = {}
    for finding in sorted(findings, key=lambda finding: list(Severity).index(finding.severity)):
        rows = [int(row) for row in re.findall(r"\d+", finding.details.get("rows", ""))]
        rows = rows or [header_row if finding.row is None else finding.row]
        sentence = f"{SEVERITY_WORDS[finding.severity]}: {replace(finding, count=1).message}"
        if finding.count > len(rows):
            said.setdefault(header_row, {})[f"{sentence} Gäller {finding.count} ställen."] = None
        for row in rows:
            is_there = header_row < row <= last_row
            said.setdefault(row if is_there else header_row, {})[sentence] = None
    return {row: " ".join(sentences) for row, sentences in said.items()}


def _header_place(rows: Iterable[Sequence[str]], names: Iterable[str]) -> tuple[int, int]:
    """Find the row that looks most like a header; give its number and how many of the names it has."""
    known, best = set(names), (1, -1)
    for number, cells in enumerate(rows, start=1):
        agreeing = sum(folded(cell) in known for cell in cells)
        if any(cells) and agreeing > best[1]:
            best = (number, agreeing)
    return best


def _is_ours(header: str) -> bool:
    return header.strip().casefold().startswith(CORRECTIONS_COLUMN.casefold())


def _header(said: Mapping[int, str], header_row: int) -> str:
    sentence = said.get(header_row)
    return f"{CORRECTIONS_COLUMN}. {sentence}" if sentence else CORRECTIONS_COLUMN


def _refused(name: str, reason: str) -> CorrectionsError:
    return CorrectionsError(name=name, reason=f"{reason} Hämta listan över felen i stället.")


def _corrected_csv(name: str, data: bytes, findings: Sequence[Finding]) -> bytes:
    text, encoding, mark = _decoded(name, data)
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\r\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated = re.match(r'"?sep=([;,\t|])"?\n', text, re.IGNORECASE)
    body = text[stated.end() :] if stated else text
    names = _names(finding.table for finding in findings)
    delimiter = stated[1] if stated else _likeliest_delimiter(body, names)
    try:
        records = list(csv.reader(io.StringIO(body), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _refused(name, "Det går inte att avgöra var cellerna börjar och slutar.") from error
    if any(len(record) > WIDEST_ROW for record in records):
        raise _refused(name, "Den har för många kolumner.")
    out = io.StringIO(newline="")
    out.write(f"sep={delimiter}{line_end}" if stated else "")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(_with_sentences(records, findings, names))
    return mark + out.getvalue().encode(encoding, "replace")


def _decoded(name: str, data: bytes) -> tuple[str, str, bytes]:
    """Give the text, its encoding and the mark it began with, in the order that `mapping.tables` reads."""
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    marked = [(encoding, mark) for mark, encoding in marks if data.startswith(mark)]
    for encoding, mark in [*marked, ("utf-8", b""), ("cp1252", b"")]:
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if _NOT_TEXT.search(text):
            break
        return text, encoding, mark
    raise _refused(name, "Den går inte att läsa som text.")


def _names(tables: Iterable[str]) -> set[str]:
    """Give the columns of these tables; of all, if none of them is the contract's."""
    known = {table for table in tables if table in TABLES} or set(TABLES)
    return {column.name for table in known for column in TABLES[table].columns}


def _likeliest_delimiter(text: str, names: set[str]) -> str:
    lines = [line[:LONGEST_CELL] for line in text.split("\n", HEADER_SOUGHT_IN_ROWS)[:HEADER_SOUGHT_IN_ROWS]]

    def likeness(delimiter: str) -> tuple[int, int]:
        rows = [[cell.strip('"') for cell in line.split(delimiter)] for line in lines]
        return _header_place(rows, names)[1], max((len(row) for row in rows), default=0)

    return str(max(DELIMITERS, key=likeness))


def _with_sentences(
    records: Sequence[Sequence[str]], findings: Iterable[Finding], names: set[str]
) -> Iterator[list[str]]:
    """Give the records with one cell more, and without the one that we may have added before."""
    header_row, _ = _header_place(records[:HEADER_SOUGHT_IN_ROWS], names)
    said = _sentences(findings, header_row, len(records))
    header = records[header_row - 1] if records else []
    ours = {place for place, title in enumerate(header) if _is_ours(title)}
    kept = [[cell for place, cell in enumerate(record) if place not in ours] for record in records]
    width = max((len(record) for record in kept), default=0)
    for row, record in enumerate(kept or [[]], start=1):
        sentence = _header(said, header_row) if row == header_row else said.get(row, "")
        yield [*record, *[""] * (width - len(record)), sentence] if sentence else record


def _corrected_workbook(name: str, data: bytes, findings: Sequence[Finding]) -> bytes:
    if not may_be_opened_whole(data):
        raise _refused(name, "Arbetsboken är skadad, eller för stor när den packas upp.")
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # openpyxl states no root of what a damaged workbook makes it raise
        raise _refused(name, "Arbetsboken är skadad eller skyddad.") from error
    by_sheet: dict[str, list[Finding]] = {}
    for finding in findings:
        by_sheet.setdefault(_sheet_of(finding, workbook.worksheets).title, []).append(finding)
    for title, own in by_sheet.items():
        _write_sentences(workbook[title], own)
    return excel_writer.saved(workbook)


def _sheet_of(finding: Finding, candidates: Sequence[Worksheet]) -> Worksheet:
    """Give the sheet that a finding names, else the one with its table's name, else the one most like it."""
    named = [sheet for sheet in candidates if sheet.title == finding.sheet]
    named += [sheet for sheet in candidates if folded(sheet.title) == finding.table]
    return (
        named[0]
        if named
        else max(candidates, key=lambda sheet: _header_place(_top(sheet), _names([finding.table]))[1])
    )


def _top(sheet: Worksheet) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=min(HEADER_SOUGHT_IN_ROWS, sheet.max_row), values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def _write_sentences(sheet: Worksheet, findings: Sequence[Finding]) -> None:
    top = _top(sheet)
    header_row, _ = _header_place(top, _names(finding.table for finding in findings))
    said = _sentences(findings, header_row, sheet.max_row)
    titles = top[header_row - 1] if top else []
    ours = next((place for place, title in enumerate(titles, start=1) if _is_ours(title)), None)
    place = ours or len(titles) + 1
    if ours is not None:
        for row in range(header_row, sheet.max_row + 1):
            sheet.cell(row, place).value = None
    for row, sentence in {**said, header_row: _header(said, header_row)}.items():
        cell = sheet.cell(row, place)
        excel_writer.write_text(cell, sentence)
        cell.alignment = excel_writer.WRAPPED
    sheet.cell(header_row, place).font = excel_writer.BOLD
    sheet.column_dimensions[get_column_letter(place)].width = _CORRECTIONS_WIDTH
