"""Every column of the contract is explained, and the examples are right."""

import pytest

from mapping.contract import vocabulary
from mapping.contract.cells import read_cell
from mapping.contract.guidance import (
    ANSWER_LABEL,
    EXAMPLE_ROW,
    QUESTION_TITLE,
    TABLE_MEANING,
    TABLE_TITLE,
    guidance,
)
from mapping.contract.schema import TABLES
from mapping.dataset.dataset import load
from tests.conftest import DAY, write_table

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part.name)
def test_a_column_is_explained_with_an_example_that_can_be_read(table, column):
    words = guidance(table, column)
    assert words.title
    assert words.meaning.endswith(".")
    assert words.form == "" or words.form.endswith(".")
    assert read_cell(words.example, column) is not None


def test_every_table_question_and_answer_has_words():
    assert set(TABLE_TITLE) == set(TABLE_MEANING) == set(EXAMPLE_ROW) == set(TABLES)
    assert set(QUESTION_TITLE) == set(vocabulary.ANSWERS)
    assert set(ANSWER_LABEL) == {answer for words in vocabulary.ANSWERS.values() for answer in words}


def test_the_example_rows_are_a_dataset_without_any_finding(tmp_path):
    for name, row in EXAMPLE_ROW.items():
        write_table(tmp_path / f"{name}.csv", [row])
    assert load(tmp_path, today=DAY).findings == ()
