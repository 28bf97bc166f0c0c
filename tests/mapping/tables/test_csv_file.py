"""A file of text gives its rows, and tells how it was saved and where its header stands."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.tables import csv_file
from mapping.tables.csv_file import TextForm, text_grid

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters='"'), max_size=5)
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_every_row_with_any_text_is_given_with_its_number(rows, delimiter):
    cells = [[cell.replace(delimiter, "") for cell in row] for row in [["a", "b"], *rows]]
    text = "".join(delimiter.join(row) + "\n" for row in cells)
    filled = {number: row for number, row in enumerate(cells, start=1) if "".join(row).strip()}
    assert text_grid(f"sep={delimiter}\n{text}".encode(), "arenor", len).rows == filled


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [*csv_file.DELIMITERS])
@pytest.mark.parametrize("states", [False, True])
@pytest.mark.parametrize(("encoding", "mark"), [*MARKS.items(), ("utf-8", b""), ("cp1252", b"")], ids=str)
def test_a_file_tells_how_it_was_saved(encoding, mark, delimiter, line_end, states):
    lines = [f"sep={delimiter}"] * states + [f"Ort{delimiter}Län", f"Örebro{delimiter}T", ""]
    grid = text_grid(mark + line_end.join(lines).encode(encoding), "orter", len)
    assert grid.form == TextForm(encoding, mark, line_end, delimiter, states)
    assert grid.rows == {1: ["Ort", "Län"], 2: ["Örebro", "T"]}
    text = f'a{delimiter}b{line_end}"å{delimiter}{line_end}""ä"{delimiter}ö'
    quoted = text_grid(mark + text.encode(encoding), "orter", len)
    assert quoted.rows == {1: ["a", "b"], 2: [f'å{delimiter}\n"ä', "ö"]}


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["namn;ort", "Eken;Nora"], 1),
        (["Arenor i Nora", "", "namn;ort", "Eken;Nora"], 3),
        (["namn", "x;ort;y", "Eken;Nora;z"], 2),
        (["Rubrik", "a;b;c;d", "e;f;g;h"], 2),
    ],
)
def test_the_header_is_the_row_that_is_known_best_or_the_first_that_is_filled_as_a_table(lines, row):
    def known(cells):
        return sum(cell in {"namn", "ort"} for cell in cells)

    assert text_grid(("sep=;\n" + "\n".join(lines)).encode(), "arenor", known, head=40).header_row == row
