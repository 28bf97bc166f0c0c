"""Read one table of the contract: from bytes to raw text, from raw text to typed values.

Nothing here raises for a bad file. Whatever is wrong becomes a finding, and reading goes on as far as it can,
so that the person who made the file sees every fault at once.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from mapping import swedish
from mapping.contract import personal_data, schema, vocabulary
from mapping.contract.cells import Span, read_answer, read_cell
from mapping.contract.findings import CORRECTIONS_COLUMN, Finding
from mapping.contract.schema import EMPTY, Column, Kind, Table
from mapping.tables import readings, rules
from mapping.tables.csv_file import MOST_COLUMNS, ColumnRows, text_grid
from mapping.tables.texts import BETWEEN, Texts, known

ROW = "rad"
"""Name of the index of raw and typed tables: the row's number in a spreadsheet, where the header is 1."""

_PERSONAL_WORDS = {
    "personal-number": "person- eller samordningsnummer",
    "personal-email": "personlig e-postadress",
    "mobile-number": "mobilnummer",
}
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff"
    "\u202a-\u202e\u2066-\u2069]"  # these turn the text around them, on pages and in reports
)


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
    origins
        On the same index, `sheet` and `row`: where in a delivery each row was read. None: `frame` is as the
        one file has it.
    """

    table: Table
    frame: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    is_readable: bool = True
    origins: pd.DataFrame | None = None


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
    grid = text_grid(data, table.name, lambda cells: _known_names(cells, table))
    if grid.rows is None:
        return RawTable(table, pd.DataFrame(), grid.findings, is_readable=False)
    frame, faults = _framed(grid.rows, table)
    return RawTable(table, frame, (*grid.findings, *faults), is_readable=len(frame.columns) > 0)


def _known_names(cells: Sequence[str], table: Table) -> int:
    return sum(swedish.folded(clean_text(cell)) in table for cell in cells)


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
    written = {str(name): Texts.of(raw.frame[name]) for name in raw.frame}
    texts = {name: _cleaned(cells) for name, cells in written.items()}
    rewritten = {name: cells.listed() for name, cells in texts.items() if cells is not written[name]}
    clean = raw.frame.assign(**rewritten).astype("str") if rewritten else raw.frame
    findings = [*raw.findings, *_personal_data(texts, clean.index, table), *_unknown_columns(clean, table)]
    clean = clean[[name for name in clean if name in table]]
    clean, made = with_keys(clean, table)
    findings += made
    texts = {str(name): texts.get(str(name)) or Texts.of(clean[name]) for name in clean}
    findings += rules.violations(clean, table, texts)
    nothing = pd.Series(pa.nulls(len(clean), pa.large_string()), index=clean.index, dtype="str")
    columns: dict[str, pd.Series[Any]] = {}
    for column in table.columns:
        if column.name in texts:
            cells = texts[column.name]
            if column.name in written:
                findings += _rewritten(written[column.name], cells, clean.index, table, column)
        else:
            cells = Texts.alike(EMPTY, len(clean))
        columns |= _typed_columns(cells, clean.get(column.name), nothing, column, today)
    frame = _completed(pd.DataFrame(columns, index=clean.index, copy=False), clean, table)
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
    written = Texts.of(cells)
    clean = _cleaned(written)
    return cells if clean is written else pd.Series(clean.listed(), index=cells.index, dtype="str")


def _cleaned(written: Texts) -> Texts:
    """Clean every cell of a column, see `clean_text`; give the very same column if nothing was to be done."""
    if _is_clean(written):
        return written
    clean = [clean_text(text) for text in written.different]
    different = list(dict.fromkeys(clean))
    place_of = {text: place for place, text in enumerate(different)}
    return Texts(different, written.spread(np.array([place_of[text] for text in clean], dtype=int)))


def _is_clean(texts: Texts) -> bool:
    """Tell whether all the texts are as `clean_text` leaves them; where in doubt, no."""
    joined = f"{BETWEEN}{texts.joined}{BETWEEN}"
    if joined.count(BETWEEN) != texts.count + 1 or any(edge in joined for edge in _EDGES):
        return False
    if joined.isascii():
        return not joined.encode().translate(None, _VISIBLE)
    return joined.replace(BETWEEN, EMPTY).isprintable() and unicodedata.is_normalized("NFC", joined)


_EDGES = (f"{BETWEEN} ", f" {BETWEEN}", f"{BETWEEN}'")
_VISIBLE = bytes(range(ord(" "), ord("~") + 1)) + BETWEEN.encode()


def _framed(records: Mapping[int, Sequence[str]], table: Table) -> tuple[pd.DataFrame, list[Finding]]:
    header_row = next(iter(records))
    written = [clean_text(cell) for cell in records[header_row]]
    names = [swedish.folded(name) if swedish.folded(name) in table else name for name in written]
    findings = [
        Finding("values-normalised", table.name, header_row, name, old, {"meaning": name})
        for name, old in zip(names, written, strict=True)
        if name != old
    ]
    frame, faults = framed(records, header_row, names, table.name)
    return frame, [*findings, *faults]


def framed(
    records: Mapping[int, Sequence[str]], header_row: int, names: Sequence[str], table: str
) -> tuple[pd.DataFrame, list[Finding]]:
    """Put the rows below a header into a frame.

    Parameters
    ----------
    records
        Row number → cells, see `mapping.tables.csv_file.Grid`.
    header_row
        The rows after this one are the table's.
    names
        What each column is called; empty if it has no name.
    table
        What findings say that they are about.

    Returns
    -------
    frame
        Text, indexed by row number: without nameless blank columns and all but the first of a repeated name.
        Without columns if there are too many.
    findings
        Too many columns or cells, repeated columns, no rows.
    """
    width = max((place + 1 for place, name in enumerate(names) if name), default=0)
    if width > MOST_COLUMNS:
        details = {"limit": str(MOST_COLUMNS)}
        return pd.DataFrame(), [Finding("too-many-columns", table, value=str(width), details=details)]
    findings: list[Finding] = []
    if isinstance(records, ColumnRows) and len(records.columns) == width:
        frame = _frame_of_columns(records, header_row)
    else:
        frame, findings = _frame_of_rows(records, header_row, width, table)
    if frame.empty:
        findings.append(Finding("no-rows", table))
    repeated = {name for name in names[:width] if name and names.count(name) > 1}
    findings += [Finding("duplicate-column", table, header_row, name) for name in sorted(repeated)]
    return _named(frame, names[:width]), findings


def _frame_of_columns(records: ColumnRows, header_row: int) -> pd.DataFrame:
    index = pd.Index(range(header_row + 1, len(records) + 1), dtype="int64", name=ROW)
    columns = {
        place: pd.Series(column.slice(header_row), index=index, dtype="str")
        for place, column in enumerate(records.columns)
    }
    return pd.DataFrame(columns, index=index)


def _frame_of_rows(
    records: Mapping[int, Sequence[str]], header_row: int, width: int, table: str
) -> tuple[pd.DataFrame, list[Finding]]:
    findings = []
    cells = {}
    rows = records.listed() if isinstance(records, ColumnRows) else records
    for row, record in rows.items():
        if row <= header_row:
            continue
        if len(record) > width:
            surplus = [cell for cell in record[width:] if cell.strip()]
            if surplus:
                findings.append(Finding("too-many-cells", table, row, value=" | ".join(surplus)))
        cells[row] = [*record[:width], *[EMPTY] * (width - len(record))]
    index = pd.Index(list(cells), dtype="int64", name=ROW)
    return pd.DataFrame(list(cells.values()), columns=range(width), index=index, dtype="str"), findings


def _named(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Put the header on, without nameless blank columns, our corrections and repetitions of a name."""
    kept: dict[str, Any] = {}
    for place, name in enumerate(names):
        if name.startswith(CORRECTIONS_COLUMN):
            continue
        title = name or f"(utan rubrik, kolumn {place + 1})"
        if name or (frame[place].str.strip() != EMPTY).any():
            kept.setdefault(title, frame[place])
    return pd.DataFrame(kept, index=frame.index, dtype="str")


def _personal_data(texts: Mapping[str, Texts], labels: pd.Index, table: Table) -> Iterator[Finding]:
    for name, cells in texts.items():
        for kind in kinds_of_personal_data(name):
            yield Finding("personal-data", table.name, 1, name, name, {"kind": kind})
        suspects = personal_data.suspects(cells.joined, BETWEEN)
        kinds = {text: found for text in suspects if (found := kinds_of_personal_data(text))}
        if not kinds:
            continue
        has_any = np.array([text in kinds for text in cells.different], dtype=bool)
        for place in np.flatnonzero(cells.spread(has_any)).tolist():
            text = cells.at(place)
            for kind in kinds[text]:
                yield Finding("personal-data", table.name, _row(labels[place]), name, text, {"kind": kind})


def kinds_of_personal_data(text: str) -> list[str]:
    """Name in Swedish each kind of personal data that a text holds.

    Examples
    --------
    >>> kinds_of_personal_data("Ring 070-123 45 67")
    ['mobilnummer']
    """
    return list(dict.fromkeys(_PERSONAL_WORDS[match.kind] for match in personal_data.matches(text)))


def _unknown_columns(clean: pd.DataFrame, table: Table) -> Iterator[Finding]:
    known = [column.name for column in table.columns]
    for name in clean:
        if name not in table:
            details = {
                "suggestion": swedish.suggestion(str(name), [word for word in known if word not in clean])
            }
            yield Finding("unknown-column", table.name, 1, str(name), details=details)


def with_keys(clean: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, list[Finding]]:
    """Make an identity for each row if the table's whole column of them is missing, and tell so.

    Parameters
    ----------
    clean
        Clean text.
    table
        Which table it is.

    Returns
    -------
    frame
        With the key column, unless it cannot be made.
    findings
        That ids were made, or that the column is missing.
    """
    if not table.key or table.key in clean:
        return clean, []
    if not _can_make_key(clean, table):
        return clean, [Finding("missing-column", table.name, 1, table.key)]
    source = "namn och kommun" if table is schema.ARENOR else "arena, namn och åldrar"
    with_key = clean.assign(
        **{table.key: pd.Series(_made_keys(clean, table), index=clean.index, dtype="str")}
    )
    return with_key, [Finding("id-made", table.name, 1, table.key, source)]


def _can_make_key(clean: pd.DataFrame, table: Table) -> bool:
    if table is schema.ARENOR:
        return "namn" in clean and ("kommun" in clean or "kommunkod" in clean)
    return "namn" in clean and "arena_id" in clean


def _made_keys(clean: pd.DataFrame, table: Table) -> list[str]:
    """Make an identity for each row of what the row says, never of where it stands."""
    if table is schema.INSATSER:
        ages = [clean[name] for name in ("alder_fran", "alder_till") if name in clean]
        parts = zip(clean["arena_id"], clean["namn"], *ages, strict=True)
        return [f"{arena}--{swedish.slug(name, *years)}" for arena, name, *years in parts]
    codes = [clean[name] for name in ("kommunkod", "kommun") if name in clean]
    return [
        swedish.slug(next((_municipality_name(place) for place in places if place), EMPTY), name)
        for name, *places in zip(clean["namn"], *codes, strict=True)
    ]


def _municipality_name(text: str) -> str:
    reading = read_cell(text, schema.ARENOR["kommun"])
    return text if reading is None else vocabulary.AREAS[reading.value]


def _rewritten(
    written: Texts, clean: Texts, labels: pd.Index, table: Table, column: Column
) -> Iterator[Finding]:
    """Tell which cells were understood although they were not written as in the contract."""
    read = readings.readings_of(clean, column)
    if clean is written and not read.canonical and not read.guesses:
        return
    if read.guesses:
        is_guess = np.array([text in read.guesses for text in clean.different], dtype=bool)
        for place in np.flatnonzero(clean.spread(is_guess)).tolist():
            text = clean.at(place)
            details = {"meaning": read.canonical[text]}
            yield Finding("type-guessed", table.name, _row(labels[place]), column.name, text, details)
    respelled = {text: word for text, word in read.canonical.items() if text not in read.guesses}
    plain = {
        text: respelled.get(cleaned, cleaned) for text in written.different for cleaned in [clean_text(text)]
    }
    is_changed = np.array([plain[text] != text for text in written.different], dtype=bool)
    changed = np.flatnonzero(written.spread(is_changed)).tolist()
    if changed:
        text = written.at(changed[0])
        details, row = {"meaning": plain[text]}, _row(labels[changed[0]])
        yield Finding("values-normalised", table.name, row, column.name, text, details, len(changed))


def _typed_columns(
    cells: Texts, clean: "pd.Series[str] | None", nothing: "pd.Series[str]", column: Column, today: dt.date
) -> dict[str, "pd.Series[Any]"]:
    """Give the typed column, and those derived from it.

    `clean` has the same cells, if the file has them; `nothing` has every row, and in none of them a text.
    """
    read = readings.readings_of(cells, column)
    is_text = column.kind in {Kind.TEXT, Kind.SLUG, Kind.URL, Kind.POSTCODE}
    if is_text and clean is not None and read.are_as_written and cells.count > 1:
        return {column.name: clean if cells.is_filled.all() else known(clean, cells.is_filled)}
    values = read.values  # noqa: PD011  (no data frame)

    def typed(each: list[Any], dtype: str) -> "pd.Series[Any]":
        if dtype == "str" and each == [None]:
            return nothing
        # made typed before it is spread over the rows: there are fewer different values than rows
        series = pd.Series(each, dtype=dtype)
        array = series.array if cells.is_row_by_row else series.array.take(cells.places)
        return pd.Series(array, index=nothing.index, copy=False)

    if column.kind in schema.LISTS:
        return {column.name: typed([() if value is None else value for value in values], "object")}
    if column.kind is Kind.DATE:
        texts = [None if value is None else text for text, value in zip(cells.different, values, strict=True)]
        first = [None if span is None else span.first for span in values]
        last = [None if span is None else _last_day(span, today) for span in values]
        return {
            column.name: typed(texts, "str"),
            f"{column.name}_first_day": typed(first, "datetime64[us]"),
            f"{column.name}_last_day": typed(last, "datetime64[us]"),
        }
    if column.kind is Kind.POSTCODE:
        # a postcode that only earned a warning is still worth showing
        values = [value or text or None for text, value in zip(cells.different, values, strict=True)]
    default = column.default or None
    filled = values if default is None else [default if value is None else value for value in values]
    return {column.name: typed(filled, _DTYPES.get(column.kind, "str"))}


_DTYPES = {Kind.WHOLE: "Int64", Kind.AGE: "Int64", Kind.DECIMAL: "float64"}


def _last_day(span: Span, today: dt.date) -> dt.date:
    return min(span.last, today) if span.first <= today else span.last


def _completed(frame: pd.DataFrame, clean: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Fill what one column tells about another."""
    if table.places:
        codes = frame["kommunkod"]
        if codes.hasnans:
            codes = codes.fillna(frame["kommun"])
        places, different = pd.factorize(codes)
        names = pd.array([vocabulary.AREAS[code] for code in different], dtype="str")
        frame = frame.assign(kommunkod=codes, kommun=names.take(places, allow_fill=True))
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
            read_answer(text, question) for text, question in zip(clean["svar"], questions, strict=True)
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
        for row, text in frame.loc[is_future, column.name].items() if is_future.any() else ():
            yield Finding(
                "future-date", table.name, _row(row), column.name, text, {"today": today.isoformat()}
            )


def _row(label: Any) -> int:
    return int(label)
