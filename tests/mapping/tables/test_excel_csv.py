"""The CSV that is written for Excel is read back, and runs nothing."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.tables.excel_csv import write_csv


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠", "\t", "\r", "\n"])
def test_no_cell_can_be_run_as_a_formula(start):
    content = write_csv(pd.DataFrame({f"{start}rubrik": [f"{start}1+1"]}))
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert all(cell.startswith("'") for cell in row)


@given(
    cells=st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")),
            st.floats(allow_nan=False, allow_infinity=False, width=16),
        )
    )
)
def test_what_is_written_is_read_back(cells):
    content = write_csv(pd.DataFrame(cells, columns=["text", "tal"]).astype({"text": "str", "tal": float}))
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(read) == len(cells) + 1
    for (text, number), (read_text, read_number) in zip(cells, read[1:], strict=True):
        assert read_text in {text, f"'{text}"}
        assert float(read_number.replace(",", ".")) == pytest.approx(number)
