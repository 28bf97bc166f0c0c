"""Files are named by what they hold, checked before they are kept, and their rows are counted."""

import pytest

from mapping.errors import PersonalDataError
from mapping.store.files import check_contents, content_version, counted
from tests.mapping.stores import FIRST, PERSONAL


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
        (b"", 0), (b"a,b\n", 0), (b"a,b\n1,2\n3,4", 2), (b'a,b\n"1\n1",2\n\n,\n3,4\n', 2),
        (b"a\r\n1\r\n", 1), (b"a\n" + b"\xe5\n", 1),
    ],
)  # fmt: skip
def test_rows_are_counted_without_headers_and_without_empty_rows(data, rows):
    assert counted({"arenor.csv": data, "dataset.toml": b"x"}) == {"arenor": rows}


@pytest.mark.parametrize(
    "data", [f'a,b\n"x, {PERSONAL}",\n', f'a\n"rad ett\nrad två {PERSONAL}"\n', f"{PERSONAL}\nx\n", PERSONAL]
)
def test_a_detail_in_any_cell_is_found(data):
    with pytest.raises(PersonalDataError, match=r"insatser\.csv"):
        check_contents(FIRST | {"insatser.csv": data.encode()})


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\nx,19811218\n9876,y\n",
        b"a,b\n19811218,9876\n",
        b"a,b\n070,1234567\n",
        b"a\n" + b"b" * 200_000,  # longer than Python's csv reads by itself
    ],
)
def test_neighbouring_cells_are_not_read_as_one_number_and_cells_may_be_long(data):
    check_contents(FIRST | {"insatser.csv": data})


@pytest.mark.parametrize("name", ["../arenor.csv", "/etc/passwd", ".csv", "arenor", "a\nb.csv", "A.csv", ""])
def test_a_file_is_called_as_a_file_of_a_dataset(name):
    with pytest.raises(ValueError, match=r"^"):
        check_contents({name: b""})
