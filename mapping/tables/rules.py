"""State the rules that a table's clean text must keep, and find every breach of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from mapping.contract import nearest, vocabulary
from mapping.contract.cells import parts_of, read_answer, read_cell
from mapping.contract.findings import Finding
from mapping.contract.schema import COORDINATE_EXAMPLES, EMPTY, LISTS, Column, Kind, Table
from mapping.swedish import either
from mapping.tables.raw_table import RawTable

SEVERAL = {Kind.AREAS: ("Nora", "Kumla"), Kind.LANGUAGES: ("sv", "ar")}
"""Two values that stand for any in a list column; of codes, its first two."""

Breaches = Callable[[RawTable], Iterable[int]]
"""Gives the rows of a table that break a rule, counted from 0."""


@dataclass(frozen=True)
class Rule:
    """One demand on a table: which finding its breach is, where it points, and the test itself."""

    code: str
    column: str
    """The column that the finding points at. A rule is only tried on tables that have it."""
    breaches: Breaches
    whole_row: bool = False
    """Whether it is tried on every table, for other columns tell too."""


@cache
def rules_of(table: Table) -> tuple[Rule, ...]:
    """Give every rule of a table that clean text can be judged by.

    Rules that need other tables, the boundaries or today's date stand in `mapping.tables.typed_table` and
    `mapping.dataset.dataset`.
    """
    return tuple(_rules(table))


def _rules(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if column.required or column.name == table.key:
            yield Rule("required-cell-empty", column.name, _empty(column.name))
        if column.fault_code:
            yield Rule(column.fault_code, column.name, _unfit(column.name))
        if column.name == table.key:
            yield Rule("duplicate-id", column.name, _repeated(column.name))
    if table.places:
        yield Rule("required-cell-empty", "kommunkod", _without_municipality, whole_row=True)
        yield Rule("contradicting-municipality", "kommunkod", _of_two_municipalities, whole_row=True)
    if "alder_fran" in table:
        yield Rule("age-span-reversed", "alder_fran", _with_reversed_ages, whole_row=True)
    for north, east in (("lat", "lon"), ("sweref_n", "sweref_e")):
        if north in table and not table[north].required:
            yield Rule("half-coordinate", north, _empty_beside(north, east), whole_row=True)
            yield Rule("half-coordinate", east, _empty_beside(east, north), whole_row=True)
    if "fraga" in table:
        yield Rule("invalid-answer", "svar", _without_valid_answer, whole_row=True)
        yield Rule("county-only-question", "fraga", _asked_of_a_municipality, whole_row=True)


def _empty(name: str) -> Breaches:
    return lambda raw: np.flatnonzero(_is_empty(raw, name)).tolist()


def _is_empty(raw: RawTable, name: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    cells = raw.column(name)
    return cells.holds([not text for text in cells.texts])


def _unfit(name: str) -> Breaches:
    def breaches(raw: RawTable) -> list[int]:
        cells = raw.column(name)
        both = zip(cells.texts, raw.readings[name], strict=True)
        return cells.places([reading is None and text != EMPTY for text, reading in both])

    return breaches


def _repeated(name: str) -> Breaches:
    def breaches(raw: RawTable) -> Iterator[int]:
        cells = raw.column(name)
        if len(cells.codes) == len(set(cells.texts)):
            return
        seen: set[str] = set()
        for place, text in enumerate(raw.filled(name)):
            if text in seen:
                yield place
            elif text:
                seen.add(text)

    return breaches


def _empty_beside(name: str, other: str) -> Breaches:
    return lambda raw: np.flatnonzero(_is_empty(raw, name) & ~_is_empty(raw, other)).tolist()


def _without_municipality(raw: RawTable) -> list[int]:
    return np.flatnonzero(_is_empty(raw, "kommunkod") & _is_empty(raw, "kommun")).tolist()


def _of_two_municipalities(raw: RawTable) -> Iterator[int]:
    both = zip(raw.row_values("kommunkod"), raw.row_values("kommun"), strict=True)
    return (place for place, (code, name) in enumerate(both) if code and name and code != name)


def _with_reversed_ages(raw: RawTable) -> Iterator[int]:
    spans = zip(raw.row_values("alder_fran"), raw.row_values("alder_till"), strict=True)
    return (place for place, (first, last) in enumerate(spans) if None not in {first, last} and first > last)


def _without_valid_answer(raw: RawTable) -> Iterator[int]:
    pairs = zip(raw.filled("svar"), raw.row_values("fraga"), strict=True)
    return (
        place
        for place, (answer, question) in enumerate(pairs)
        if answer and question and read_answer(answer, question) is None
    )


def _asked_of_a_municipality(raw: RawTable) -> Iterator[int]:
    rows = zip(*map(raw.row_values, ("fraga", "kommunkod", "kommun")), strict=True)
    return (
        place
        for place, (question, *places) in enumerate(rows)
        if question in vocabulary.COUNTY_ONLY_QUESTIONS and not set(places) <= {None, vocabulary.COUNTY_CODE}
    )


def violations(raw: RawTable) -> tuple[Finding, ...]:
    """Find every breach of a table's rules, in the order of rows; columns of others are not judged."""
    table = raw.table
    missing = [
        Finding("missing-column", table.name, 1, column.name)
        for column in table.columns
        if (column.required or column.must_exist) and column.name not in raw.cells
    ]
    has_no_place = table.places and not {"kommunkod", "kommun"} & set(raw.cells)
    if has_no_place:
        missing.append(Finding("missing-column", table.name, 1, "kommunkod"))
    places: dict[tuple[int, str, str], None] = {}
    for rule in rules_of(table):
        # a column that is missing is told once, not on every row
        is_told = has_no_place and rule.breaches is _without_municipality
        if (rule.whole_row or rule.column in raw.cells) and not is_told:
            places |= dict.fromkeys((place, rule.column, rule.code) for place in rule.breaches(raw))
    labels = raw.frame.index.tolist()
    by_row = sorted(places, key=lambda place: place[0])
    return (*missing, *(_finding(raw, place, labels[place], name, code) for place, name, code in by_row))


def _finding(raw: RawTable, place: int, row: int, name: str, code: str) -> Finding:
    def text_of(name: str) -> str:
        cells = raw.column(name)
        return cells.texts[int(cells.codes[place])]

    text, column = text_of(name), raw.table[name]
    details: dict[str, str] = {}
    if code == column.fault_code:
        text, details = _bad_part(text, column), _advice(text, column)
    elif code == "contradicting-municipality":
        details = {"other": text_of("kommun")}
    elif code == "age-span-reversed":
        details = {"other": text_of("alder_till")}
    elif code == "half-coordinate":
        details = {"pair": "lat och lon" if name in {"lat", "lon"} else "sweref_n och sweref_e"}
    elif code == "invalid-answer":
        reading = read_cell(text_of("fraga"), raw.table["fraga"])
        question = EMPTY if reading is None else reading.value
        details = {"question": question, "allowed": either(vocabulary.ANSWERS[question])}
    return Finding(code, raw.table.name, row, name, text, details)


def _bad_part(text: str, column: Column) -> str:
    """Give the first value of a cell that does not fit, for a list column; else the whole cell."""
    if column.kind not in LISTS:
        return text
    return next((part for part in parts_of(text, column) if read_cell(part, column) is None), text)


def _advice(text: str, column: Column) -> dict[str, str]:
    advice = {"suggestion": nearest.suggestion(_bad_part(text, column), column)}
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        advice |= {"lowest": str(column.lowest), "highest": str(column.highest)}
    if column.kind is Kind.DECIMAL:
        advice["example"] = COORDINATE_EXAMPLES[column.name]
    words = column.vocabulary or (vocabulary.AREAS if column.kind in {Kind.AREA, Kind.AREAS} else None)
    if words is not None:
        advice["allowed"] = either(words)
    if column.kind in LISTS:
        first, second = SEVERAL.get(column.kind) or tuple(column.vocabulary or {})[:2]
        advice["several"] = f" Flera värden skrivs så här: {first} | {second}."
    return advice
