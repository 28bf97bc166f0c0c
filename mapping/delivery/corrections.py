"""Give findings back to the person who can mend them: as a list, or in that person's own file."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mapping.contract import personal_data
from mapping.contract.findings import CORRECTIONS_COLUMN, Finding, Severity
from mapping.delivery.delivery import Delivery, Sheet, SourceFile
from mapping.delivery.headers import is_ours
from mapping.errors import CorrectionsError
from mapping.tables import excel_writer
from mapping.tables.csv_file import LARGEST_FILE_BYTES, LONGEST_CELL, WIDEST_ROW
from mapping.tables.excel_csv import write_csv
from mapping.tables.excel_file import is_workbook, may_be_opened_whole

SEVERITY_WORDS: Final[Mapping[Severity, str]] = {
    Severity.STOP: "Måste rättas",
    Severity.WARN: "Bör ses över",
    Severity.NOTE: "Bra att veta",
}
"""How serious a finding is, to the person who mends it."""

_LIST: Final = {
    "Allvarlighet": 14,
    "Fil": 24,
    "Tabell": 14,
    "Rad": 12,
    "Kolumn": 20,
    "Värde": 28,
    "Vad som är fel": 50,
    "Vad du ska skriva i stället": 60,
    "Antal": 8,
}
"""The columns of the list of findings, and how wide they are in Excel."""
_CORRECTIONS_WIDTH = 60


def listed_rows(findings: Iterable[Finding]) -> pd.DataFrame:
    """Lay findings out as texts, one row a finding, in the order given; a merged one names its first rows."""
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
    return pd.DataFrame(rows, columns=pd.Index(_LIST), dtype="str")


def list_as_csv(findings: Iterable[Finding]) -> bytes:
    """Write the list of findings as a CSV file that Swedish Excel opens right."""
    return write_csv(listed_rows(findings))


def list_as_workbook(findings: Iterable[Finding]) -> bytes:
    """Write the list of findings as an Excel workbook."""
    rows = listed_rows(findings)
    workbook = excel_writer.new_workbook()
    sheet = workbook.create_sheet(CORRECTIONS_COLUMN)
    excel_writer.write_rows(sheet, [list(rows.columns), *rows.to_numpy().tolist()], widths=[*_LIST.values()])
    sheet.auto_filter.ref = sheet.dimensions
    return excel_writer.saved(workbook)


def corrected(file: SourceFile, delivery: Delivery, findings: Iterable[Finding]) -> bytes:
    """Give a person's own file back with a column that says what to correct, row by row.

    A CSV file keeps its encoding, delimiter and line ends; a workbook its sheets and formats. Notes are left
    out: nothing needs to be corrected. What is said of the whole table stands in the new column's header. A
    column of this kind that the file has already is replaced. Handed in again, the file is read as before.
    The findings are not merged, so that each names its own row; those of other files are not written.

    Raises
    ------
    CorrectionsError
        If personal data is found, because then we never hand the file on; or if the file is no table that
        can be written in.
    """
    own = _of_file(file, findings)
    if any(finding.code == "personal-data" for finding in own):
        reason = (
            "Den innehåller personuppgifter, och sådana lämnar vi aldrig vidare. "
            "Hämta listan över felen, ta bort personuppgifterna ur din egen fil och lämna in den igen."
        )
        raise CorrectionsError(name=personal_data.masked(file.name), reason=reason)
    if len(file.data) > LARGEST_FILE_BYTES:
        raise _refused(file, "Den är för stor.")
    own = [finding for finding in own if finding.severity is not Severity.NOTE]
    sheets = delivery.sheets_of(hashlib.sha256(file.data).hexdigest())
    if not sheets:
        raise _refused(file, "Den har ingen tabell.")
    if is_workbook(file.data):
        return _corrected_workbook(file, sheets, own)
    return _corrected_csv(file, sheets[0], own)


def needs_correction(file: SourceFile, findings: Iterable[Finding]) -> bool:
    """Tell whether anything is to be corrected that stands in this very file."""
    return any(finding.file and finding.severity is not Severity.NOTE for finding in _of_file(file, findings))


def _of_file(file: SourceFile, findings: Iterable[Finding]) -> list[Finding]:
    """Give the findings of a file, whose name may be covered, and those of no file."""
    return [finding for finding in findings if finding.file in {None, personal_data.masked(file.name)}]


def _refused(file: SourceFile, reason: str) -> CorrectionsError:
    return CorrectionsError(
        name=personal_data.masked(file.name), reason=f"{reason} Hämta listan över felen i stället."
    )


def _sentences(findings: Iterable[Finding], header_row: int, last_row: int) -> dict[int, str]:
    """Give what stands at each row; at the header our column's name, and what concerns no row below it."""
    by_row: dict[int, dict[str, None]] = {}
    for finding in sorted(findings, key=lambda finding: list(Severity).index(finding.severity)):
        rows = [int(row) for row in re.findall(r"\d+", finding.details.get("rows", ""))]
        rows = rows or [header_row if finding.row is None else finding.row]
        sentence = f"{SEVERITY_WORDS[finding.severity]}: {replace(finding, count=1).message}"
        if finding.count > len(rows):
            by_row.setdefault(header_row, {})[f"{sentence} Gäller {finding.count} ställen."] = None
        for row in rows:
            is_there = header_row < row <= last_row
            by_row.setdefault(row if is_there else header_row, {})[sentence] = None
    title = f"{CORRECTIONS_COLUMN}." if header_row in by_row else CORRECTIONS_COLUMN
    by_row[header_row] = {title: None, **by_row.get(header_row, {})}
    # a longer cell would be refused when the file is handed in again
    return {row: " ".join(sentences)[:LONGEST_CELL] for row, sentences in by_row.items()}


def _corrected_csv(file: SourceFile, sheet: Sheet, findings: Sequence[Finding]) -> bytes:
    form = sheet.form
    if form is None:
        raise _refused(file, "Den går inte att läsa som text.")
    text = file.data[len(form.mark) :].decode(form.encoding).replace("\r\n", "\n").replace("\r", "\n")
    if form.states_delimiter:
        text = text.partition("\n")[2]
    try:
        records = list(csv.reader(io.StringIO(text), delimiter=form.delimiter, strict=True))
    except csv.Error as error:
        raise _refused(file, "Det går inte att avgöra var cellerna börjar och slutar.") from error
    if any(len(record) > WIDEST_ROW for record in records):
        raise _refused(file, "Den har för många kolumner.")
    out = io.StringIO(newline="")
    out.write(f"sep={form.delimiter}{form.line_end}" if form.states_delimiter else "")
    writer = csv.writer(out, delimiter=form.delimiter, lineterminator=form.line_end)
    by_row = _sentences(findings, sheet.header_row, len(records))
    header = records[sheet.header_row - 1] if records else []
    # without the column that we may have added before
    ours = {place for place, title in enumerate(header) if is_ours(title)}
    kept = [[cell for place, cell in enumerate(record) if place not in ours] for record in records]
    # blank cells at the end of rows may be more than the columns a table may have
    width = max((place for record in kept for place, cell in enumerate(record, start=1) if cell), default=0)
    for row, record in enumerate(kept or [[]], start=1):
        padded = [*record[:width], *[""] * (width - len(record))]
        writer.writerow([*padded, by_row[row]] if row in by_row else record)
    return form.mark + out.getvalue().encode(form.encoding, "replace")


def _corrected_workbook(file: SourceFile, sheets: Sequence[Sheet], findings: Iterable[Finding]) -> bytes:
    if not may_be_opened_whole(file.data):
        raise _refused(file, "Arbetsboken är skadad, eller för stor när den packas upp.")
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(file.data))
    except Exception as error:  # openpyxl states no root of what a damaged workbook makes it raise
        raise _refused(file, "Arbetsboken är skadad eller skyddad.") from error
    by_sheet: dict[str, tuple[Sheet, list[Finding]]] = {}
    for finding in findings:
        # the sheet that it names, else one with its table, else one with any
        named = [one for one in sheets if one.sheet == finding.sheet]
        named += [one for one in sheets if finding.table in one.frames]
        named += [one for one in sheets if one.frames]
        sheet = [*named, *sheets][0]
        by_sheet.setdefault(sheet.sheet or "", (sheet, []))[1].append(finding)
    for title, (sheet, own) in by_sheet.items():
        if title not in workbook.sheetnames:
            raise _refused(file, "Arbetsboken är skadad eller skyddad.")
        _write_sentences(workbook[title], sheet.header_row, own)
    return excel_writer.saved(workbook)


def _write_sentences(sheet: Worksheet, header_row: int, findings: Sequence[Finding]) -> None:
    rows: list[tuple[Any, ...]] = list(sheet.iter_rows(values_only=True))
    header = rows[header_row - 1] if header_row <= len(rows) else ()
    # cells may be formatted far beyond the last one that holds anything
    filled = (place for row in rows for place, value in enumerate(row, start=1) if value is not None)
    width = max(filled, default=0)
    place = next((place for place, title in enumerate(header, start=1) if is_ours(str(title))), width + 1)
    for row in range(header_row, len(rows) + 1):
        sheet.cell(row, place).value = None
    for row, sentence in _sentences(findings, header_row, len(rows)).items():
        cell = sheet.cell(row, place)
        excel_writer.write_text(cell, sentence)
        cell.alignment = excel_writer.WRAPPED
    sheet.cell(header_row, place).font = excel_writer.BOLD
    sheet.column_dimensions[get_column_letter(place)].width = _CORRECTIONS_WIDTH
