"""Files are named by what they hold, and their rows are counted."""

import pytest

from mapping.store.files import content_version, counted


def test_equal_files_have_one_name_whatever_their_order():
    one = {"a.csv": b"1", "b.csv": b"2"}
    assert content_version(one) == content_version(dict(reversed(one.items())))


@pytest.mark.parametrize(
    "other",
    [{"a.csv": b"2", "b.csv": b"1"}, {"a.csv": b"1"}, {"a.csv": b"1", "c.csv": b"2"}, {}, {"a.csv": b"12"}],
)
def test_other_files_have_another_name(other):
    assert content_version(other) != content_version({"a.csv": b"1", "b.csv": b"2"})


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"", 0),
        (b"a,b\n", 0),
        (b"a,b\n1,2\n3,4", 2),
        (b'a,b\n"1\n1",2\n\n,\n3,4\n', 2),
        (b"a\r\n1\r\n", 1),
        (b"a\n" + b"\xe5\n", 1),
    ],
)
def test_rows_are_counted_without_headers_and_without_empty_rows(data, rows):
    assert counted({"arenor.csv": data, "dataset.toml": b"x"}) == {"arenor": rows}
