"""Every breach of a table's rules is found."""

from mapping.contract.findings import CATALOGUE
from mapping.contract.schema import TABLES
from mapping.tables import rules
from tests.deliveries import raw


def test_every_fault_of_the_schema_has_a_sentence():
    assert {rule.code for table in TABLES.values() for rule in rules.rules_of(table)} <= set(CATALOGUE)


def test_missing_columns_are_named_once_each():
    found = rules.violations(raw("arenor", [{"anmarkning": "x"}]))
    assert sorted((f.row, f.column, f.code) for f in found) == [
        (1, "arenatyp", "missing-column"),
        (1, "kommunkod", "missing-column"),
        (1, "namn", "missing-column"),
    ]


def test_either_way_of_naming_the_municipality_is_enough():
    row = {"arena_id": "a", "namn": "A", "arenatyp": "bvc"}
    assert rules.violations(raw("arenor", [{**row, "kommun": "Nora"}])) == ()
    assert rules.violations(raw("arenor", [{**row, "kommunkod": "1884"}])) == ()


def test_answers_are_judged_by_their_question():
    row = {"kommunkod": "1884", "fraga": "kartlaggning", "datum": "2024"}
    found = rules.violations(raw("kommunlage", [row | {"svar": "Pågår"}, row | {"svar": "ja"}]))
    assert [(f.row, f.column, f.code) for f in found] == [(3, "svar", "invalid-answer")]
