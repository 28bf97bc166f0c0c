"""No personal data comes in, and no text that a database cannot keep."""

import pytest

from mapping.errors import PersonalDataError
from mapping.store.refuse_personal_data import check_contents, check_text, masked, plain
from tests.mapping.stores import FIRST, PERSONAL


@pytest.mark.parametrize(
    "values",
    [(PERSONAL,), ("x", [PERSONAL]), ({"a": {PERSONAL: 1}},), ([{"a": ["b", f"({PERSONAL})"]}, None, 3],)],
)
def test_a_detail_is_found_however_deep_it_lies(values):
    with pytest.raises(PersonalDataError, match="kommentaren") as refused:
        check_text("kommentaren", *values)
    assert PERSONAL not in str(refused.value)


def test_texts_without_details_come_in():
    check_text(
        "kommentaren", "Ny arena i Nora, växel 0587-810 00", [{"n": 1, "x": None, "org": "212000-1934"}]
    )
    check_contents(FIRST)


@pytest.mark.parametrize(
    "data", [f'a,b\n"x, {PERSONAL}",\n', f'a\n"rad ett\nrad två {PERSONAL}"\n', f"{PERSONAL}\nx\n", PERSONAL]
)
def test_a_detail_in_any_cell_is_found(data):
    with pytest.raises(PersonalDataError, match=r"insatser\.csv"):
        check_contents(FIRST | {"insatser.csv": data.encode()})


@pytest.mark.parametrize(
    "data", [b"a,b\nx,19811218\n9876,y\n", b"a,b\n19811218,9876\n", b"a,b\n070,1234567\n"]
)
def test_neighbouring_cells_are_not_read_as_one_number(data):
    check_contents({"x.csv": data})


def test_cells_may_be_longer_than_python_reads_by_itself():
    check_contents({"x.csv": b"a\n" + b"b" * 200_000})


@pytest.mark.parametrize("name", ["../arenor.csv", "/etc/passwd", ".csv", "arenor", "a\nb.csv", "A.csv", ""])
def test_a_file_is_called_as_a_file_of_a_dataset(name):
    with pytest.raises(ValueError, match=r"^"):
        check_contents({name: b""})


def test_what_is_logged_is_covered_and_can_be_kept():
    assert masked(f" Ring {PERSONAL}\0 \ud800") == "Ring 81•••"
    assert plain("Å\0ä \udfffö\n") == "Åä ö"
