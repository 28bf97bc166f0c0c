"""Turn one table of the contract from raw text into values.

Nothing here raises for a bad file. Whatever is wrong becomes a finding, and reading goes on as far as it can,
so that the person who made the file sees every fault at once.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pandas as pd

from mapping import swedish
from mapping.contract import nearest, personal_data, schema, vocabulary
from mapping.contract.cells import read_answer
from mapping.contract.findings import Finding
from mapping.contract.schema import EMPTY, Column, Kind, Table
from mapping.tables import rules
from mapping.tables.garbage import collection_paused
from mapping.tables.raw_table import RawTable, empty, text_series, with_keys

_PERSONAL_WORDS = {
    "personal-number": "person- eller samordningsnummer",
    "personal-email": "personlig e-postadress",
    "mobile-number": "mobilnummer",
}
_WITH_DECIMALS = re.compile(r"\d+[.,]\d+")
_DTYPES = {Kind.WHOLE: "Int64", Kind.AGE: "Int64", Kind.DECIMAL: "float64"}


@dataclass(frozen=True, eq=False)
class TypedTable:
    """A table whose cells are values."""

    table: Table
    frame: pd.DataFrame
    """The contract's columns and those derived from them, see `typed_table`. Same index as the raw table."""
    findings: tuple[Finding, ...]
    """What was found, the raw table's findings first."""


@collection_paused()
def typed_table(raw: RawTable, *, today: dt.date) -> TypedTable:
    """Turn a raw table into values, and find every fault that the table alone can tell.

    Dates later than `today` are impossible, but for the start of something planned. There is every column of
    the contract, in its order, whether the file had it or not, and a cell that does not fit is missing:

    - text, codes and dates as `str`, missing if not known (never ""), defaults filled in
    - lists as tuples of str; empty: not known
    - ages and other whole numbers as `Int64`, coordinates as `float64`
    - after each date `<column>_first_day` and `<column>_last_day` as `datetime64[us]`; a coarse date ends no
      later than `today`
    - `kommunkod` filled from either column, `kommun` the municipality's own name
    - in `dialog`, `kommunkoder`: the municipalities that `kommun` stands for
    """
    table = raw.table
    if not raw.is_readable:
        return TypedTable(table, typed_table(empty(table), today=today).frame, raw.findings)
    findings = [*raw.findings, *_personal_data(raw), *_unknown_columns(raw)]
    keyed = with_keys(raw)
    findings += keyed.findings[len(raw.findings) :]
    if table.key and table.key not in keyed.frame:
        findings.append(Finding("missing-column", table.name, 1, table.key))
    findings += rules.violations(keyed)
    for column in table.columns:
        if column.name in raw.frame:
            findings += _rewritten(raw, column)
    findings += _doubtful(raw)
    frame = _completed(_typed_columns(keyed, today), keyed)
    findings += _future_dates(frame, table, today)
    return TypedTable(table, frame, tuple(findings))


def _personal_data(raw: RawTable) -> Iterator[Finding]:
    labels = raw.frame.index
    for name, cells in raw.cells.items():
        for kind in kinds_of_personal_data(name):
            yield Finding("personal-data", raw.table.name, 1, name, name, {"kind": kind})
        if not personal_data.is_suspect(cells.joined()):
            continue
        # metres with four decimals are written as a number in a cell that was meant for a person
        is_number = name in raw.table and raw.table[name].kind is Kind.DECIMAL
        kinds = [
            [] if is_number and _WITH_DECIMALS.fullmatch(text) else kinds_of_personal_data(text)
            for text in cells.texts
        ]
        for place in cells.places(list(map(bool, kinds))):
            number, row = cells.codes[place], int(labels[place])
            for kind in kinds[number]:
                text = cells.texts[number]
                yield Finding("personal-data", raw.table.name, row, name, text, {"kind": kind})


def kinds_of_personal_data(text: str) -> list[str]:
    """Name in Swedish each kind of personal data that a text holds.

    Examples
    --------
    >>> kinds_of_personal_data("Ring 070-123 45 67")
    ['mobilnummer']
    """
    return list(dict.fromkeys(_PERSONAL_WORDS[match.kind] for match in personal_data.matches(text)))


def _unknown_columns(raw: RawTable) -> Iterator[Finding]:
    free = [column.name for column in raw.table.columns if column.name not in raw.cells]
    for name in raw.cells:
        if name not in raw.table:
            details = {"suggestion": swedish.suggestion(name, free)}
            yield Finding("unknown-column", raw.table.name, 1, name, details=details)


def _doubtful(raw: RawTable) -> Iterator[Finding]:
    """Find what can be read but was hardly meant: text that was decoded twice, years that became dates."""
    for name, cells in raw.cells.items():
        kind = raw.table[name].kind if name in raw.table else Kind.TEXT
        meant: list[tuple[str, str] | None] = []
        if kind is Kind.DATE:
            code = "year-as-date"
            years = (nearest.year_in_date(text) for text in cells.texts)
            meant += [(text, year) if year else None for text, year in zip(cells.texts, years, strict=True)]
        elif kind in {Kind.TEXT, Kind.TEXTS} and nearest.may_be_decoded_twice(cells.joined()):
            code = "decoded-twice"
            meant += [nearest.decoded_twice(text) for text in cells.texts]
        for place in cells.places(list(map(bool, meant))):
            written, guess = meant[cells.codes[place]] or (EMPTY, EMPTY)
            row = int(raw.frame.index[place])
            yield Finding(code, raw.table.name, row, name, written, {"meaning": guess})


def _rewritten(raw: RawTable, column: Column) -> Iterator[Finding]:
    """Tell which cells were understood although they were not written as in the contract."""
    name, labels, cells = column.name, raw.frame.index, raw.cells[column.name]
    readings = raw.readings.get(name, [None] * len(cells.texts))
    guessed = [reading is not None and reading.is_guess for reading in readings]
    for place in cells.places(guessed):
        number, row = cells.codes[place], int(labels[place])
        reading = readings[number]
        details = {"meaning": reading.spelling if reading else EMPTY}
        yield Finding("type-guessed", raw.table.name, row, name, cells.texts[number], details)
    after = [
        text if reading is None or reading.is_guess else reading.spelling
        for text, reading in zip(cells.texts, readings, strict=True)
    ]
    changed = cells.places([old != new for old, new in zip(cells.written, after, strict=True)])
    if changed:
        number, row = cells.codes[changed[0]], int(labels[changed[0]])
        details, count = {"meaning": after[number]}, len(changed)
        yield Finding("values-normalised", raw.table.name, row, name, cells.written[number], details, count)


def _typed_columns(raw: RawTable, today: dt.date) -> dict[str, "pd.Series[Any]"]:
    """Give each column of the contract typed, and those derived from dates."""
    typed: dict[str, pd.Series[Any]] = {}
    for column in raw.table.columns:
        name, cells, values = column.name, raw.column(column.name), raw.values(column.name)
        if column.kind in schema.LISTS:
            typed[name] = _spread([value or () for value in values], "object", name, raw)
        elif column.kind is Kind.DATE:
            spelled = [reading and reading.spelling for reading in raw.readings.get(name, [None])]
            typed[name] = _spread(spelled, "str", name, raw)
            first = [value and value.first for value in values]
            # a coarse date that has begun ends no later than today
            last = [
                value and (min(value.last, today) if value.first <= today else value.last) for value in values
            ]
            typed[f"{name}_first_day"] = _spread(first, "datetime64[us]", name, raw)
            typed[f"{name}_last_day"] = _spread(last, "datetime64[us]", name, raw)
        else:
            if column.kind is Kind.POSTCODE:
                # a postcode that only earned a warning is still worth showing
                values = [value or text or None for value, text in zip(values, cells.texts, strict=True)]
            if column.default:
                values = [column.default if value is None else value for value in values]
            typed[name] = _spread(values, _DTYPES.get(column.kind, "str"), name, raw)
    return typed


def _spread(values: Iterable[Any], dtype: str, name: str, raw: RawTable) -> "pd.Series[Any]":
    """Give each row what is given for its text in a column."""
    distinct = text_series(values) if dtype == "str" else pd.Series(values, dtype=dtype)
    return distinct.take(raw.column(name).codes).set_axis(raw.frame.index)


def _completed(columns: dict[str, "pd.Series[Any]"], raw: RawTable) -> pd.DataFrame:
    """Fill what one column tells about another."""
    index = raw.frame.index
    if raw.table.places:
        both = zip(raw.row_values("kommunkod"), raw.row_values("kommun"), strict=True)
        codes = [code or name for code, name in both]
        columns["kommunkod"] = text_series(codes, index)
        columns["kommun"] = text_series((vocabulary.AREAS[code] if code else None for code in codes), index)
    if raw.table is schema.DIALOG:
        parts = (
            (vocabulary.COUNTY_PARTS.get(area, (area,)) for area in areas or ())
            for areas in raw.values("kommun")
        )
        expanded = [tuple(dict.fromkeys(chain.from_iterable(codes))) for codes in parts]
        texts = [text or None for text in raw.column("kommun").texts]
        columns["kommun"] = _spread(texts, "str", "kommun", raw)
        columns["kommunkoder"] = _spread(expanded, "object", "kommun", raw)
    if raw.table is schema.KOMMUNLAGE:
        pairs = zip(raw.filled("svar"), raw.row_values("fraga"), strict=True)
        columns["svar"] = text_series((read_answer(text, question) for text, question in pairs), index)
    return pd.DataFrame(columns, index=index, copy=False)


def _future_dates(frame: pd.DataFrame, table: Table, today: dt.date) -> Iterator[Finding]:
    for column in table.columns:
        if column.kind is not Kind.DATE:
            continue
        is_future = frame[f"{column.name}_first_day"] > pd.Timestamp(today)
        if column.name == "start_datum":
            is_future &= frame["status"] != "planerad"
        for row, text in frame.loc[is_future, column.name].items() if is_future.any() else ():
            yield Finding(
                "future-date", table.name, int(str(row)), column.name, text, {"today": today.isoformat()}
            )
