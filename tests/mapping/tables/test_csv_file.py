"""A plain file is read column by column exactly as it would be row by row."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapping.contract.schema import ARENOR
from mapping.tables import csv_file, typed_table

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters='"'), max_size=5)


def rows_one_by_one(text: str, monkeypatch: pytest.MonkeyPatch) -> csv_file.Grid:
    with monkeypatch.context() as patch:
        patch.setattr(csv_file, "_plain_rows", lambda *_: None)
        return csv_file.text_grid(text.encode(), "arenor", len)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
@example([["a", "b"], ["", " "], ["c", "d"]], ",")
@example([["a", "b"], ["c"], ["d", "e", "f"]], ";")
@example([["a", "b"], ["", "x"]], ";")
@example([["NA", "null"], ["nan", "0330"]], ",")
def test_both_ways_of_reading_give_the_same_rows(rows: list[list[str]], delimiter: str) -> None:
    text = "".join(delimiter.join(row) + "\n" for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        expected = rows_one_by_one(text, patch)
    read = csv_file.text_grid(text.encode(), "arenor", len)
    assert read.findings == expected.findings
    assert (None if read.rows is None else dict(read.rows)) == expected.rows
    if isinstance(read.rows, csv_file.ColumnRows):
        assert read.rows.listed() == expected.rows


@pytest.mark.parametrize("header", ["arena_id;namn;arenatyp;kommun", "arena_id;namn;arenatyp;kommun;;"])
@pytest.mark.parametrize("rows", [["a;Eken;bvc;Nora", "b;Åsen;bmm;Kumla"], []])
def test_a_plain_file_gives_the_same_frame_and_findings(header: str, rows: list[str]) -> None:
    width = header.count(";")
    lines = [header, *(row + ";" * (width - row.count(";")) for row in rows)]
    plain = typed_table.raw_table("\n".join(lines).encode(), ARENOR)
    quoted = typed_table.raw_table("\n".join(['"arena_id"' + header[8:], *lines[1:]]).encode(), ARENOR)
    assert plain.frame.equals(quoted.frame)
    assert plain.frame.index.equals(quoted.frame.index)
    assert plain.findings == quoted.findings


def test_a_large_plain_file_is_read_column_by_column_and_limits_still_hold() -> None:
    text = "arena_id,namn\n" + "a,b\n" * 1_000
    assert isinstance(csv_file.text_grid(text.encode(), "arenor", len).rows, csv_file.ColumnRows)
    too_long = f"arena_id,namn\na,{'x' * (csv_file.LONGEST_CELL + 1)}\n"
    assert [f.code for f in csv_file.text_grid(too_long.encode(), "arenor", len).findings] == [
        "cell-too-long"
    ]
    many = "arena_id,namn\n" + "a,b\n" * (csv_file.MOST_ROWS + 1)
    assert [f.code for f in csv_file.text_grid(many.encode(), "arenor", len).findings] == ["too-many-rows"]


def test_a_row_that_is_not_there_is_a_key_error() -> None:
    rows = csv_file.text_grid(b"a,b\nc,d\n", "arenor", len).rows
    assert rows is not None
    assert (rows[2], len(rows), list(rows)) == (["c", "d"], 2, [1, 2])
    with pytest.raises(KeyError):
        rows[3]
