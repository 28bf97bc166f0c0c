"""A column held as its different texts is the column."""

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mapping.tables.texts import BETWEEN, SAMPLE, Texts, joined, parted


@given(st.lists(st.sampled_from(["", "Nora", "Kumla", "å"]), max_size=30))
def test_the_rows_are_given_back_in_order(cells: list[str]) -> None:
    texts = Texts.of(pd.Series(cells, dtype="str"))
    assert texts.listed() == cells
    assert [texts.at(place) for place in range(len(cells))] == cells
    assert texts.is_filled.tolist() == [cell != "" for cell in cells]


def test_a_column_that_repeats_itself_after_the_sample_is_given_back_too() -> None:
    cells = [f"rad {number}" for number in range(SAMPLE)] + ["rad 1", "", "rad 1"]
    texts = Texts.of(pd.Series(cells, dtype="str"))
    assert texts.listed() == cells
    assert texts.is_filled.tolist() == [cell != "" for cell in cells]
    assert texts.is_row_by_row


def test_a_text_with_the_sign_that_stands_between_texts_stays_whole() -> None:
    cells = ["a", "b\0c", ""]
    texts = Texts.of(pd.Series(cells, dtype="str"))
    assert texts.different == texts.listed() == cells
    assert [texts.text(place) for place in range(texts.count)] == cells


@given(st.lists(st.text(st.characters(exclude_characters=BETWEEN, exclude_categories=["Cs"]), min_size=1)))
def test_joined_texts_are_parted_again(texts: list[str]) -> None:
    array = pa.array(texts, pa.large_string())
    assert parted(joined(array)).to_pylist() == texts
