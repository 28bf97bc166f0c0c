"""State the rules that a table's clean text must keep, and find every breach of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.cells import parts_of, read_answer, read_cell
from mapping.contract.findings import Finding
from mapping.contract.schema import (
    ARENOR,
    BEFOLKNING,
    COORDINATE_EXAMPLES,
    EMPTY,
    KOMMUNLAGE,
    LISTS,
    Column,
    Kind,
    Table,
)
from mapping.swedish import either, suggestion
from mapping.tables.readings import readings_of
from mapping.tables.texts import Texts, as_objects

if TYPE_CHECKING:
    import pandera.pandas as pa

Columns = Mapping[str, Texts]
"""The columns of a table by name, all of the same number of rows."""

Held = npt.NDArray[np.bool_]
"""For each row, whether it keeps a rule."""


@dataclass(frozen=True)
class Rule:
    """One demand on a table: which finding its breach is, where it points, and the test itself.

    Parameters
    ----------
    code
        The finding's code. It is also the name of the pandera check.
    column
        The column that the finding points at. The test of a rule with `whole_row` gets every column, any
        other rule's at least this one.
    holds
        Gives True for each row that keeps the rule.
    whole_row
        Whether the test needs more than one column.
    """

    code: str
    column: str
    holds: Callable[[Columns], Held]
    whole_row: bool = False


def rules_of(table: Table) -> tuple[Rule, ...]:
    """Give every rule of a table that clean text can be judged by.

    Rules that need other tables, the boundaries or today's date stand in `mapping.tables.typed_table` and
    `mapping.dataset.dataset`.
    """
    return tuple(_column_rules(table)) + tuple(_row_rules(table))


def _column_rules(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if column.required or column.name == table.key:
            yield Rule("required-cell-empty", column.name, _is_filled(column.name))
        if column.fault_code:
            yield Rule(column.fault_code, column.name, _fits(column))
        if column.name == table.key:
            yield Rule("duplicate-id", column.name, _is_first_of_its_kind(column.name))


def _row_rules(table: Table) -> Iterator[Rule]:
    if table.places:
        yield Rule("required-cell-empty", "kommunkod", _says_municipality, whole_row=True)
        yield Rule("contradicting-municipality", "kommunkod", _says_one_municipality, whole_row=True)
    if "alder_fran" in table:
        yield Rule("age-span-reversed", "alder_fran", _ages_are_in_order, whole_row=True)
    for north, east in (("lat", "lon"), ("sweref_n", "sweref_e")):
        if north in table and not table[north].required:
            yield Rule("half-coordinate", north, _is_filled_if(north, east), whole_row=True)
            yield Rule("half-coordinate", east, _is_filled_if(east, north), whole_row=True)
    if "fraga" in table:
        yield Rule("invalid-answer", "svar", _answers_the_question, whole_row=True)
        yield Rule("county-only-question", "fraga", _is_asked_where_it_applies, whole_row=True)


def _row_count(columns: Columns) -> int:
    return next((len(texts.places) for texts in columns.values()), 0)


def _filled(columns: Columns, name: str) -> Held:
    """Tell which rows have something in a column; none if there is no such column."""
    return columns[name].is_filled if name in columns else np.zeros(_row_count(columns), dtype=bool)


def _is_filled(name: str) -> Callable[[Columns], Held]:
    return lambda columns: columns[name].is_filled


def _is_first_of_its_kind(name: str) -> Callable[[Columns], Held]:
    def is_first(columns: Columns) -> Held:
        texts = columns[name]
        if len(texts.array.unique()) == len(texts.places):
            return np.ones(len(texts.places), dtype=bool)
        is_first: Held = ~pd.Series(texts.listed()).duplicated().to_numpy() | ~texts.is_filled
        return is_first

    return is_first


def _fits(column: Column) -> Callable[[Columns], Held]:
    def fits(columns: Columns) -> Held:
        texts = columns[column.name]
        unfit = readings_of(texts, column).unfit
        return ~np.isin(texts.places, unfit) if unfit else np.ones(len(texts.places), dtype=bool)

    return fits


def _values(columns: Columns, column: Column) -> npt.NDArray[np.object_]:
    """Give what each cell of a column holds, None where it is empty or does not fit."""
    if column.name not in columns:
        return np.full(_row_count(columns), None, dtype=object)
    texts = columns[column.name]
    return texts.spread(as_objects(readings_of(texts, column).values))


def _says_municipality(columns: Columns) -> Held:
    return _filled(columns, "kommunkod") | _filled(columns, "kommun")


def _says_one_municipality(columns: Columns) -> Held:
    if not (_filled(columns, "kommunkod") & _filled(columns, "kommun")).any():
        return np.ones(_row_count(columns), dtype=bool)
    codes, names = (_values(columns, ARENOR[name]) for name in ("kommunkod", "kommun"))
    agrees: Held = (codes == names) | pd.isna(codes) | pd.isna(names)
    return agrees


def _ages_are_in_order(columns: Columns) -> Held:
    if not {"alder_fran", "alder_till"} <= set(columns):
        return np.ones(_row_count(columns), dtype=bool)
    ages = (_values(columns, BEFOLKNING[name]).astype(float) for name in ("alder_fran", "alder_till"))
    first, last = ages
    in_order: Held = ~(first > last)
    return in_order


def _is_filled_if(name: str, other: str) -> Callable[[Columns], Held]:
    return lambda columns: _filled(columns, name) | ~_filled(columns, other)


def _answers_the_question(columns: Columns) -> Held:
    if not {"fraga", "svar"} <= set(columns):
        return np.ones(_row_count(columns), dtype=bool)
    questions, answers = _values(columns, KOMMUNLAGE["fraga"]).tolist(), columns["svar"].listed()
    pairs = list(zip(questions, answers, strict=True))
    valid = {
        pair: pair[0] is None or pair[1] == EMPTY or read_answer(pair[1], pair[0]) is not None
        for pair in set(pairs)
    }
    return np.array([valid[pair] for pair in pairs], dtype=bool)


def _is_asked_where_it_applies(columns: Columns) -> Held:
    codes = (_values(columns, KOMMUNLAGE[name]) for name in ("kommunkod", "kommun"))
    questions = _values(columns, KOMMUNLAGE["fraga"])
    applies = [
        question not in vocabulary.COUNTY_ONLY_QUESTIONS or {code, name} <= {None, vocabulary.COUNTY_CODE}
        for code, name, question in zip(*codes, questions, strict=True)
    ]
    return np.array(applies, dtype=bool)


def pandera_schema(table: Table) -> "pa.DataFrameSchema":
    """Build the pandera schema of a table's clean text.

    The name of each check is the code of the finding that its failure becomes.

    Parameters
    ----------
    table
        Any table of the contract.
    """
    # imported only when it is needed, see `violations`
    import pandera.pandas as pa  # noqa: PLC0415

    def check(rule: Rule) -> "pa.Check":
        def holds(given: Any) -> "pd.Series[bool]":
            columns = {name: Texts.of(given[name]) for name in given} if rule.whole_row else {}
            columns |= {} if rule.whole_row else {rule.column: Texts.of(given)}
            return pd.Series(rule.holds(columns), index=given.index, dtype=bool)

        return pa.Check(holds, name=rule.code, error=rule.code, title=rule.column, ignore_na=False)

    every = rules_of(table)
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                checks=[check(rule) for rule in every if rule.column == column.name and not rule.whole_row],
                required=column.required or column.must_exist,
            )
            for column in table.columns
        },
        checks=[check(rule) for rule in every if rule.whole_row],
        name=table.name,
    )


def violations(frame: pd.DataFrame, table: Table, texts: Columns | None = None) -> tuple[Finding, ...]:
    """Find every breach of a table's schema.

    Runs the very checks that `pandera_schema` is made of, without pandera: its import takes more than twice
    as long as the reading of the shipped data, and its report longer than the checks. A test holds the two
    alike.

    Parameters
    ----------
    frame
        Clean text: every cell a str, empty if not known. The index is the row number in a spreadsheet.
    table
        The table it should be.
    texts
        The frame's columns, if they are at hand.

    Returns
    -------
    tuple of Finding
        In the order of rows.
    """
    columns = {str(name): Texts.of(frame[name]) for name in frame} if texts is None else texts
    missing = [
        Finding("missing-column", table.name, 1, column.name)
        for column in table.columns
        if (column.required or column.must_exist) and column.name not in columns
    ]
    has_no_place = table.places and not {"kommunkod", "kommun"} & set(columns)
    if has_no_place:
        missing.append(Finding("missing-column", table.name, 1, "kommunkod"))
    places: dict[tuple[int, str, str], None] = {}
    for rule in rules_of(table):
        if not (rule.whole_row or rule.column in columns) or (
            has_no_place and rule.holds is _says_municipality
        ):
            continue
        held = rule.holds(columns)
        if not held.all():
            places |= dict.fromkeys((int(place), rule.column, rule.code) for place in np.flatnonzero(~held))
    in_order = sorted(places, key=lambda place: place[0])
    cells = {place: {name: each.at(place) for name, each in columns.items()} for place, _, _ in in_order}
    labels = frame.index
    return (
        *missing,
        *(_finding(cells[place], table, int(labels[place]), name, code) for place, name, code in in_order),
    )


def _finding(cells: Mapping[Any, str], table: Table, row: int, name: str, code: str) -> Finding:
    text = cells.get(name, EMPTY)
    details: dict[str, str] = {}
    column = table[name]
    if code == column.fault_code:
        text, details = _bad_part(text, column), _advice(text, column)
    elif code == "contradicting-municipality":
        details = {"other": cells.get("kommun", EMPTY)}
    elif code == "age-span-reversed":
        details = {"other": cells.get("alder_till", EMPTY)}
    elif code == "half-coordinate":
        details = {"pair": "lat och lon" if name in {"lat", "lon"} else "sweref_n och sweref_e"}
    elif code == "invalid-answer":
        reading = read_cell(cells["fraga"], table["fraga"])
        question = EMPTY if reading is None else reading.value
        details = {"question": question, "allowed": either(vocabulary.ANSWERS[question])}
    return Finding(code, table.name, row, name, text, details)


def _bad_part(text: str, column: Column) -> str:
    """Give the first value of a cell that does not fit, for a list column; else the whole cell."""
    if column.kind not in LISTS:
        return text
    return next((part for part in parts_of(text, column) if read_cell(part, column) is None), text)


def _advice(text: str, column: Column) -> dict[str, str]:
    advice: dict[str, str] = {}
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        advice |= {"lowest": str(column.lowest), "highest": str(column.highest)}
    if column.kind is Kind.DECIMAL:
        advice["example"] = COORDINATE_EXAMPLES[column.name]
    words = column.vocabulary or (vocabulary.AREAS if column.kind in {Kind.AREA, Kind.AREAS} else None)
    if words is not None:
        advice["allowed"] = either(words)
        spellings = words.values() if column.kind in {Kind.AREA, Kind.AREAS} else words
        advice["suggestion"] = suggestion(_bad_part(text, column), spellings)
    return advice
