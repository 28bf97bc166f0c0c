"""Every breach of a table's rules is found, as pandera finds it."""

import pandas as pd
import pandera.errors
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.contract import schema
from mapping.contract.findings import CATALOGUE
from mapping.contract.schema import ARENOR, KOMMUNLAGE, TABLES
from mapping.tables import rules


def framed(*rows: dict[str, str], columns: list[str] | None = None) -> pd.DataFrame:
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in names] for row in rows]
    return pd.DataFrame(cells, columns=names, index=range(2, len(rows) + 2), dtype="str")


def test_every_fault_of_the_schema_has_a_sentence() -> None:
    assert {rule.code for table in TABLES.values() for rule in rules.rules_of(table)} <= set(CATALOGUE)


def test_the_name_of_every_pandera_check_is_the_code_of_a_finding() -> None:
    for table in TABLES.values():
        built = rules.pandera_schema(table)
        checks = [check for column in built.columns.values() for check in column.checks]
        names = [check.name for check in [*checks, *built.checks]]
        assert sorted(names) == sorted(rule.code for rule in rules.rules_of(table))


CELLS = {
    "arenor": ["", "x", "X y", "bvc", "1884", "Nora", "Kumla", "2024", "59,5", "ja", "https://a.se", "12345"],
    "insatser": ["", "x", "6", "2", "30", "6,5", "ja", "grupp", "grupp|?", "sv", "2024-02-31"],
    "kommunlage": [
        "",
        "1884",
        "18",
        "Nora",
        "samverkansgrupp",
        "regional_stodorganisation",
        "ja",
        "2020",
        "5",
        "1",
    ],
}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_our_check_and_pandera_find_the_same_breaches(data: st.DataObject) -> None:
    table = TABLES[data.draw(st.sampled_from(list(CELLS)))]
    names = data.draw(st.lists(st.sampled_from([c.name for c in table.columns]), min_size=1, unique=True))
    cells = st.lists(st.sampled_from(CELLS[table.name]), min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(cells, max_size=4))
    frame = framed(*(dict(zip(names, row, strict=True)) for row in rows), columns=names)
    found = {(f.row, f.column, f.code) for f in rules.violations(frame, table)}
    if table.places and not {"kommunkod", "kommun"} & set(names):
        # said once of the column, not of every row
        found.remove((1, "kommunkod", "missing-column"))
        found |= {(row, "kommunkod", "required-cell-empty") for row in frame.index}
    assert found == breaches(frame, table)


def breaches(frame: pd.DataFrame, table: schema.Table) -> set[tuple[int, str, str]]:
    try:
        rules.pandera_schema(table).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as failure:
        return {
            place
            for error in failure.schema_errors
            for place in (
                [(1, str(error.failure_cases), "missing-column")]
                if error.reason_code.name == "COLUMN_NOT_IN_DATAFRAME"
                else [(row, error.check.title, error.check.name) for row in error.failure_cases["index"]]
            )
        }
    return set()


def test_missing_columns_are_named_once_each() -> None:
    found = rules.violations(framed({"anmarkning": "x"}), ARENOR)
    assert sorted((f.row, f.column, f.code) for f in found) == [
        (1, "arenatyp", "missing-column"),
        (1, "kommunkod", "missing-column"),
        (1, "namn", "missing-column"),
    ]


def test_either_way_of_naming_the_municipality_is_enough() -> None:
    row = {"arena_id": "a", "namn": "A", "arenatyp": "bvc"}
    assert rules.violations(framed({**row, "kommun": "Nora"}), ARENOR) == ()
    assert rules.violations(framed({**row, "kommunkod": "1884"}), ARENOR) == ()


def test_answers_are_judged_by_their_question() -> None:
    rows = [
        {"kommunkod": "1884", "fraga": "kartlaggning", "svar": svar, "datum": "2024"}
        for svar in ("Pågår", "ja")
    ]
    found = rules.violations(framed(*rows), KOMMUNLAGE)
    assert [(f.row, f.column, f.code) for f in found] == [(3, "svar", "invalid-answer")]
