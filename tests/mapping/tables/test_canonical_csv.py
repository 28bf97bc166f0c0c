"""A stored table has one form, and nothing is lost in it."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from mapping.contract.schema import TABLES
from mapping.tables.canonical_csv import written
from mapping.tables.raw_table import RawTable, raw_table
from tests.deliveries import raw

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "", " ", "=1+1", "'=1+1", "＝1+1", "'＝1+1", 'Kalle "K"', "a,b", "a;b\nc", "\r\n", "å\u200b\u0308",
        "59,5", "018",
    ]
)  # fmt: skip


@st.composite
def raw_tables(draw):
    table = draw(st.sampled_from([*TABLES.values()]))
    known = draw(st.lists(st.sampled_from([c.name for c in table.columns]), min_size=1, unique=True))
    names = draw(st.permutations([*known, *draw(st.sets(st.sampled_from(["Eget fält", "x,y", "Ö"])))]))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=5))
    index = pd.Index(range(2, 2 + len(rows)), dtype="int64", name="rad")
    return RawTable(table, pd.DataFrame(rows, columns=pd.Index(names), index=index, dtype="str"))


def stored(given):
    """Give clean text, the contract's columns first in its order, without blank rows, numbered from 2."""
    own = [column.name for column in given.table.columns if column.name in given.texts]
    names = [*own, *(name for name in given.texts if name not in own)]
    rows = [row for row in zip(*(given.texts[name] for name in names), strict=True) if any(row)]
    return pd.DataFrame(rows, columns=pd.Index(names), index=range(2, 2 + len(rows)), dtype="str")


@given(raw_tables())
def test_what_is_written_reads_back_equal(given):
    back = raw_table(written(given), given.table)
    assert_frame_equal(back.frame, stored(given), check_index_type=False, check_names=False)
    assert {finding.code for finding in back.findings} <= {"no-rows"}


@given(raw_tables())
def test_what_is_read_back_is_written_alike(given):
    once = written(given)
    assert written(raw_table(once, given.table)) == once


def test_the_order_of_columns_and_the_spaces_around_cells_make_no_difference():
    one = raw("arenor", [{"namn": "Eken ", "arena_id": "a", "Eget": "1"}])
    other = raw("arenor", [{"arena_id": " a", "Eget": "1", "namn": "Eken"}])
    assert written(one) == written(other) == b"arena_id,namn,Eget\na,Eken,1\n"


def test_text_that_looks_like_a_formula_or_a_number_is_kept_as_text():
    table = raw("insatser", [{"insats_id": "007", "namn": "=1+1", "arena_id": "0330"}])
    assert written(table) == b"insats_id,arena_id,namn\n007,0330,=1+1\n"
