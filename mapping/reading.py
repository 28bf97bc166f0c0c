"""Read one table of the contract: from bytes to raw text, from raw text to typed values.

Nothing here raises for a bad file. Whatever is wrong becomes a finding, and reading goes on as far as it can,
so that the person who made the file sees every fault at once.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from mapping import personal_data, schema, vocabulary
from mapping.findings import CORRECTIONS_COLUMN, Finding
from mapping.schema import EMPTY, Column, Kind, Reading, Span, Table

LARGEST_FILE_BYTES = 10 * 1024**2
MOST_ROWS = 200_000
MOST_COLUMNS = 200

DELIMITERS = {",": "kommatecken", ";": "semikolon", "\t": "tabb", "|": "lodstreck"}
"""What may separate cells, with its Swedish name; the first is the plain case that needs no note."""

ROW = "rad"
"""Name of the index of raw and typed tables: the row's number in a spreadsheet, where the header is 1."""

_PERSONAL_WORDS = {
    "personal-number": "person- eller samordningsnummer",
    "personal-email": "personlig e-postadress",
    "mobile-number": "mobilnummer",
}
_FOREIGN_FILES = {
    b"PK\x03\x04": "den är en Excel- eller zipfil",
    b"\xd0\xcf\x11\xe0": "den är en äldre Excelfil",
    b"%PDF": "den är en PDF-fil",
    b"\x89PNG": "den är en bild",
    b"\xff\xd8\xff": "den är en bild",
}
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as it was written, cell by cell.

    Parameters
    ----------
    table
        The table it should be.
    frame
        Every cell as text. Columns by their names in the contract where they are recognised. The index is
        the row's number in a spreadsheet.
    findings
        What was found while reading the file.
    is_readable
        Whether there is a table at all. If not, `frame` has no columns.
    """

    table: Table
    frame: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    is_readable: bool = True


@dataclass(frozen=True, eq=False)
class TypedTable:
    """A table whose cells are values.

    Parameters
    ----------
    table
        Which table it is.
    frame
        The contract's columns and those derived from them, see `typed_table`. Same index as the raw table.
    findings
        What was found, the raw table's findings first.
    """

    table: Table
    frame: pd.DataFrame
    findings: tuple[Finding, ...]


def raw_table(data: bytes, table: Table) -> RawTable:
    r"""Read the bytes of a CSV file as text, cell by cell.

    Encodings, strictly in this order: UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252. Delimiters
    `;` `,` tab `|`, the one that makes the header agree best with the contract; a first line `sep=;` decides.
    Every kind of line end. Blank rows and blank columns are left out, but rows keep their numbers.

    Parameters
    ----------
    data
        The whole file.
    table
        The table it should be.

    Examples
    --------
    >>> raw = raw_table("ort;kommunkod;lat;lon\r\nNora;1884;59,5;15,0\r\n".encode("cp1252"), schema.ORTER)
    >>> raw.frame.to_dict("index")
    {2: {'ort': 'Nora', 'kommunkod': '1884', 'lat': '59,5', 'lon': '15,0'}}
    """
    if len(data) > LARGEST_FILE_BYTES:
        details = {"limit": f"{LARGEST_FILE_BYTES // 1024**2} MB"}
        return _unreadable(
            table, "file-too-large", f"{len(data) / 1024**2:.1f} MB".replace(".", ","), details
        )
    reason = next((reason for start, reason in _FOREIGN_FILES.items() if data.startswith(start)), None)
    if reason is not None:
        return _unreadable(table, "not-a-table", details={"reason": reason})
    decoded = _decoded(data)
    if decoded is None:
        return _unreadable(table, "unreadable-file")
    text, encoding = decoded
    if _NOT_TEXT.search(text):
        return _unreadable(table, "not-a-table", details={"reason": "den innehåller annat än text"})
    return _table_of_text(text, encoding, table)


def typed_table(raw: RawTable, *, today: dt.date) -> TypedTable:
    """Turn a raw table into values, and find every fault that the table alone can tell.

    Parameters
    ----------
    raw
        A table as written.
    today
        Later dates are impossible, but for the start of something planned.

    Returns
    -------
    TypedTable
        With every column of the contract, in its order, whether the file had it or not:

        - text, codes and dates as `str`, missing if not known (never ""), defaults filled in
        - lists as tuples of str; empty: not known
        - ages and other whole numbers as `Int64`, coordinates as `float64`
        - after each date `<column>_first_day` and `<column>_last_day` as `datetime64[us]`; a coarse date
          ends no later than `today`
        - `kommunkod` filled from either column, `kommun` the municipality's own name
        - in `dialog`, `kommunkoder`: the municipalities that `kommun` stands for

        A cell that does not fit is missing.
    """
    table = raw.table
    if not raw.is_readable:
        return TypedTable(table, typed_table(empty(table), today=today).frame, raw.findings)
    clean = raw.frame.apply(clean_cells)
    findings = [*raw.findings, *_personal_data(clean, table), *_unknown_columns(clean, table)]
    clean = clean[[name for name in clean if name in table]]
    if table.key and table.key not in clean and _can_make_key(clean, table):
        clean = clean.assign(**{table.key: _made_keys(clean, table)})
        source = "namn och kommun" if table is schema.ARENOR else "arena, namn och åldrar"
        findings.append(Finding("id-made", table.name, 1, table.key, source))
    elif table.key and table.key not in clean:
        findings.append(Finding("missing-column", table.name, 1, table.key))
    findings += schema.violations(clean, table)
    readings = {
        column.name: schema.read_cells(clean[column.name], column)
        for column in table.columns
        if column.name in clean
    }
    for column in table.columns:
        if column.name in readings:
            findings += _rewritten(raw.frame, clean, readings[column.name], table, column)
    nothing = pd.Series(EMPTY, index=clean.index, dtype="str")
    columns: dict[str, pd.Series[Any]] = {}
    for column in table.columns:
        cells = clean[column.name] if column.name in readings else nothing
        columns |= _typed_columns(cells, readings.get(column.name, {EMPTY: None}), column, today)
    frame = _completed(pd.DataFrame(columns, index=clean.index), clean, table)
    findings += _future_dates(frame, table, today)
    return TypedTable(table, frame, tuple(findings))


def empty(table: Table) -> RawTable:
    """Give a raw table with all the contract's columns and no rows: what an absent file is read as."""
    names = [column.name for column in table.columns if column.name != "kommun" or not table.places]
    return RawTable(
        table, pd.DataFrame(columns=names, index=pd.Index([], dtype="int64", name=ROW), dtype="str")
    )


def keyed(raw: RawTable) -> RawTable:
    r"""Give every row its id: the one it has, or the one that is made where the whole column is missing.

    Parameters
    ----------
    raw
        Any table. Without a key, or what a key is made of, it comes back as it is.

    Examples
    --------
    >>> raw = raw_table("namn,arenatyp,kommun\nEken,bvc,Nora\n".encode(), schema.ARENOR)
    >>> keyed(raw).frame["arena_id"].tolist()
    ['nora-eken']
    """
    table = raw.table
    if not raw.is_readable or not table.key or table.key in raw.frame:
        return raw
    clean = raw.frame.apply(clean_cells)
    if not _can_make_key(clean, table):
        return raw
    return replace(raw, frame=raw.frame.assign(**{table.key: _made_keys(clean, table)}))


def clean_text(text: str) -> str:
    """Give a cell's text without what nobody sees: outer spaces, invisible signs, the guard of a formula.

    Examples
    --------
    >>> clean_text("  Nora\u00a0kommun ")
    'Nora kommun'
    >>> clean_text("'=1+1")
    '=1+1'
    """
    if text.isascii() and text.isalnum():
        return text
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def clean_cells(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Clean every cell of a column, see `clean_text`."""
    # a list, because going through pandas' own text cell by cell is ten times slower
    texts = cells.tolist()
    clean = {text: clean_text(text) for text in dict.fromkeys(texts)}
    return pd.Series([clean[text] for text in texts], index=cells.index, dtype="str")


def _unreadable(
    table: Table, code: str, value: str | None = None, details: dict[str, str] | None = None
) -> RawTable:
    finding = Finding(code, table.name, value=value, details=details or {})
    return RawTable(table, pd.DataFrame(), (finding,), is_readable=False)


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


def _table_of_text(text: str, encoding: str, table: Table) -> RawTable:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stated = re.match(r'"?sep=([;,\t|])"?\n', text, re.IGNORECASE)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _likeliest_delimiter(text, table)
    if delimiter is None:
        return _unreadable(table, "not-a-table", details={"reason": "den har inga kolumner som känns igen"})
    findings = []
    if encoding != "UTF-8":
        findings.append(Finding("encoding-recognised", table.name, value=encoding))
    if delimiter != next(iter(DELIMITERS)):
        findings.append(Finding("delimiter-recognised", table.name, value=DELIMITERS[delimiter]))
    records, faults = _records(text, delimiter, table)
    findings += faults
    if not records:
        return RawTable(table, pd.DataFrame(), tuple(findings), is_readable=False)
    frame, faults = _framed(records, table)
    return RawTable(table, frame, (*findings, *faults), is_readable=len(frame.columns) > 0)


def _likeliest_delimiter(text: str, table: Table) -> str | None:
    best, best_score = None, (0, 1)
    for delimiter in DELIMITERS:
        header = next(
            (record for record in csv.reader(io.StringIO(text), delimiter=delimiter) if any(record)), []
        )
        score = (sum(schema.folded(clean_text(cell)) in table for cell in header), len(header))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str, table: Table) -> tuple[dict[int, list[str]], list[Finding]]:
    """Give the records that are not blank, by row number; none if there are too many or quotes are broken."""
    records: dict[int, list[str]] = {}
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record):
                records[row] = record
            if len(records) > MOST_ROWS + 1:
                return {}, [
                    Finding(
                        "too-many-rows", table.name, details={"limit": f"{MOST_ROWS:_}".replace("_", " ")}
                    )
                ]
    except csv.Error:
        return {}, [Finding("broken-quotes", table.name, row + 1)]
    return records, []


def _framed(records: dict[int, list[str]], table: Table) -> tuple[pd.DataFrame, list[Finding]]:
    header_row, *rows = records
    written = [clean_text(cell) for cell in records[header_row]]
    names = [schema.folded(name) if schema.folded(name) in table else name for name in written]
    width = max((place + 1 for place, name in enumerate(names) if name), default=0)
    findings = [
        Finding("values-normalised", table.name, header_row, name, old, {"meaning": name})
        for name, old in zip(names, written, strict=True)
        if name != old
    ]
    if width > MOST_COLUMNS:
        findings.append(
            Finding("too-many-columns", table.name, value=str(width), details={"limit": str(MOST_COLUMNS)})
        )
        return pd.DataFrame(), findings
    cells = {}
    for row in rows:
        surplus = [cell for cell in records[row][width:] if cell.strip()]
        if surplus:
            findings.append(Finding("too-many-cells", table.name, row, value=" | ".join(surplus)))
        cells[row] = [*records[row], *[EMPTY] * (width - len(records[row]))][:width]
    if not rows:
        findings.append(Finding("no-rows", table.name))
    index = pd.Index(list(cells), dtype="int64", name=ROW)
    frame = pd.DataFrame(list(cells.values()), columns=range(width), index=index, dtype="str")
    repeated = {name for name in names[:width] if name and names.count(name) > 1}
    findings += [Finding("duplicate-column", table.name, header_row, name) for name in sorted(repeated)]
    return _named(frame, names[:width]), findings


def _named(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Put the header on, without nameless blank columns, our corrections and repetitions of a name."""
    kept: dict[str, Any] = {}
    for place, name in enumerate(names):
        if name.startswith(CORRECTIONS_COLUMN):
            continue
        title = name or f"(utan rubrik, kolumn {place + 1})"
        if name or (frame[place].str.strip() != EMPTY).any():
            kept.setdefault(title, frame[place])
    return pd.DataFrame(kept, index=frame.index, dtype="str")


def _personal_data(clean: pd.DataFrame, table: Table) -> Iterator[Finding]:
    for name in clean:
        for kind in _kinds_of_personal_data(str(name)):
            yield Finding("personal-data", table.name, 1, str(name), str(name), {"kind": kind})
        texts = list(dict.fromkeys(clean[name].tolist()))
        # no sign in a personal detail is a null, so the joined text holds one exactly if a cell does
        if not any(personal_data.matches("\0".join(texts))):
            continue
        kinds = {text: found for text in texts if (found := _kinds_of_personal_data(text))}
        for row, text in clean[name].items():
            for kind in kinds.get(text, ()):
                yield Finding("personal-data", table.name, _row(row), str(name), text, {"kind": kind})


def _kinds_of_personal_data(text: str) -> list[str]:
    return list(dict.fromkeys(_PERSONAL_WORDS[match.kind] for match in personal_data.matches(text)))


def _unknown_columns(clean: pd.DataFrame, table: Table) -> Iterator[Finding]:
    known = [column.name for column in table.columns]
    for name in clean:
        if name not in table:
            details = {
                "suggestion": schema.suggestion(str(name), [word for word in known if word not in clean])
            }
            yield Finding("unknown-column", table.name, 1, str(name), details=details)


def _can_make_key(clean: pd.DataFrame, table: Table) -> bool:
    if table is schema.ARENOR:
        return "namn" in clean and ("kommun" in clean or "kommunkod" in clean)
    return "namn" in clean and "arena_id" in clean


def _made_keys(clean: pd.DataFrame, table: Table) -> list[str]:
    """Make an identity for each row of what the row says, never of where it stands."""
    if table is schema.INSATSER:
        ages = [clean[name] for name in ("alder_fran", "alder_till") if name in clean]
        parts = zip(clean["arena_id"], clean["namn"], *ages, strict=True)
        return [f"{arena}--{schema.slug(name, *years)}" for arena, name, *years in parts]
    codes = [clean[name] for name in ("kommunkod", "kommun") if name in clean]
    return [
        schema.slug(next((_municipality_name(place) for place in places if place), EMPTY), name)
        for name, *places in zip(clean["namn"], *codes, strict=True)
    ]


def _municipality_name(text: str) -> str:
    reading = schema.read_cell(text, schema.ARENOR["kommun"])
    return text if reading is None else vocabulary.AREAS[reading.value]


def _rewritten(
    raw: pd.DataFrame, clean: pd.DataFrame, readings: dict[str, Reading | None], table: Table, column: Column
) -> Iterator[Finding]:
    """Tell which cells were understood although they were not written as in the contract."""
    if column.name not in raw:
        return
    plain = {EMPTY: EMPTY}
    guessed = {}
    for text, reading in readings.items():
        is_guess = reading is not None and reading.is_guess
        plain[text] = text if reading is None or is_guess else reading.canonical
        if reading is not None and is_guess:
            guessed[text] = reading.canonical
    changed = []
    for row, written, text in zip(
        raw.index, raw[column.name].tolist(), clean[column.name].tolist(), strict=True
    ):
        if text in guessed:
            yield Finding(
                "type-guessed", table.name, _row(row), column.name, text, {"meaning": guessed[text]}
            )
        if plain[text] != written:
            changed.append((row, written, plain[text]))
    if changed:
        row, written, meaning = changed[0]
        details = {"meaning": meaning}
        yield Finding("values-normalised", table.name, _row(row), column.name, written, details, len(changed))


def _typed_columns(
    cells: "pd.Series[str]", readings: dict[str, Reading | None], column: Column, today: dt.date
) -> dict[str, "pd.Series[Any]"]:
    """Give the typed column, and those derived from it."""
    values = {text: None if reading is None else reading.value for text, reading in readings.items()}
    texts = cells.tolist()
    if column.kind in schema.LISTS:
        tuples = [() if values[text] is None else values[text] for text in texts]
        return {column.name: pd.Series(tuples, index=cells.index, dtype="object")}
    if column.kind is Kind.DATE:
        spans = [values[text] for text in texts]
        known = [text if values[text] is not None else None for text in texts]
        first = [None if span is None else span.first for span in spans]
        last = [None if span is None else _last_day(span, today) for span in spans]
        return {
            column.name: pd.Series(known, index=cells.index, dtype="str"),
            f"{column.name}_first_day": pd.Series(first, index=cells.index, dtype="datetime64[us]"),
            f"{column.name}_last_day": pd.Series(last, index=cells.index, dtype="datetime64[us]"),
        }
    if column.kind is Kind.POSTCODE:
        # a postcode that only earned a warning is still worth showing
        values = {text: values[text] or text or None for text in values}
    default = column.default or None
    filled = [default if values[text] is None else values[text] for text in texts]
    return {column.name: pd.Series(filled, index=cells.index, dtype=_DTYPES.get(column.kind, "str"))}


_DTYPES = {Kind.WHOLE: "Int64", Kind.AGE: "Int64", Kind.DECIMAL: "float64"}


def _last_day(span: Span, today: dt.date) -> dt.date:
    return min(span.last, today) if span.first <= today else span.last


def _completed(frame: pd.DataFrame, clean: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Fill what one column tells about another."""
    if table.places:
        codes = frame["kommunkod"].fillna(frame["kommun"])
        frame = frame.assign(kommunkod=codes, kommun=codes.map(dict(vocabulary.AREAS)).astype("str"))
    if table is schema.DIALOG:
        expanded = [_municipalities(areas) for areas in frame["kommun"]]
        written = clean["kommun"].where(clean["kommun"] != EMPTY) if "kommun" in clean else None
        frame = frame.assign(
            kommun=pd.Series(written, index=frame.index, dtype="str"),
            kommunkoder=pd.Series(expanded, index=frame.index, dtype="object"),
        )
    if table is schema.KOMMUNLAGE and {"fraga", "svar"} <= set(clean):
        questions = frame["fraga"].where(frame["fraga"].notna(), None)
        answers = [
            schema.read_answer(text, question)
            for text, question in zip(clean["svar"], questions, strict=True)
        ]
        frame = frame.assign(svar=pd.Series(answers, index=frame.index, dtype="str"))
    return frame


def _municipalities(areas: Iterable[str]) -> tuple[str, ...]:
    codes = (code for area in areas for code in vocabulary.COUNTY_PARTS.get(area, (area,)))
    return tuple(dict.fromkeys(codes))


def _future_dates(frame: pd.DataFrame, table: Table, today: dt.date) -> Iterator[Finding]:
    for column in table.columns:
        if column.kind is not Kind.DATE:
            continue
        is_future = frame[f"{column.name}_first_day"] > pd.Timestamp(today)
        if column.name == "start_datum":
            is_future &= frame["status"] != "planerad"
        for row, text in frame.loc[is_future, column.name].items():
            yield Finding(
                "future-date", table.name, _row(row), column.name, text, {"today": today.isoformat()}
            )


def _row(label: Any) -> int:
    return int(label)
