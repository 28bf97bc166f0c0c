"""Every column of the contract is explained, and the examples are right."""

import pytest

from mapping.contract import guidance, vocabulary
from mapping.contract.cells import read_cell
from mapping.contract.schema import TABLES
from mapping.dataset.dataset import load
from tests.conftest import DAY, write_table

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: part.name)
def test_a_column_is_explained_with_an_example_that_can_be_read(table, column):
    words = guidance.guidance(table, column)
    assert words.title
    assert words.meaning.endswith(".")
    assert words.form == "" or words.form.endswith(".")
    assert read_cell(words.example, column) is not None


def test_every_table_question_and_answer_has_words_and_the_examples_no_finding(tmp_path):
    assert (
        set(guidance.TABLE_TITLE) == set(guidance.TABLE_MEANING) == set(guidance.EXAMPLE_ROW) == set(TABLES)
    )
    assert set(guidance.QUESTION_TITLE) == set(vocabulary.ANSWERS)
    assert set(guidance.ANSWER_LABEL) == {answer for words in vocabulary.ANSWERS.values() for answer in words}
    for name, row in guidance.EXAMPLE_ROW.items():
        write_table(tmp_path / f"{name}.csv", [row])
    assert load(tmp_path, today=DAY).findings == ()
