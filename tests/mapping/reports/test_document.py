"""The model of a report: what it refuses, what it cuts, what it says of itself."""

import pytest

from mapping.reports.document import (
    Beside,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Provenance,
    Section,
    Series,
    Table,
    in_line,
    table,
)
from tests.conftest import DAY

SOURCES = tuple(f"Källa {number}" for number in range(20))
SWITCHES = ("Äldre räknas inte.",)
PROVENANCE = Provenance("Prov", "abc", "", DAY, "Strategin", "Allt.", SWITCHES, SOURCES, example=True)


def document(*blocks, **section):
    return Document("Titel", "Under", (), (Section("Del", blocks, **section),), PROVENANCE)


def test_a_table_refuses_rows_that_do_not_fit_and_cells_of_an_unknown_tone():
    with pytest.raises(ValueError, match="Prov"):
        Table("Prov", (Column("En"),), ((Cell("a"), Cell("b")),))
    with pytest.raises(ValueError, match="rosa"):
        Cell("a", "rosa")


def test_a_brief_document_cuts_lists_and_texts_and_leaves_out_what_is_extra():
    short = document(Items(tuple("abcde"), is_short=True), Items(tuple("abcde"))).brief(2)
    assert [block.items for block in short.sections[0].blocks] == [("a", "b", "3 till"), tuple("abcde")]
    rows = table("Prov", ("En", "Två"), [(str(number), "x") for number in range(4)], is_short=True)
    shown = document(rows).brief(3).sections[0].blocks[0].rows
    assert [row[0].text for row in shown] == ["0", "1", "2", "1 till"]
    assert short.provenance.sources[-1] == "16 källor till"
    assert document(Paragraph("a"), is_extra=True).brief(5).sections == ()
    long = document(Paragraph("å" * 50), Beside((Paragraph("ä" * 50),), ())).brief(5, longest=10)
    assert [block.text for block in in_line(long.sections[0].blocks)] == ["å" * 9 + "…", "ä" * 9 + "…"]


def test_columns_are_read_left_first_and_a_charts_table_says_what_is_missing():
    blocks = (Heading("a"), Beside((Paragraph("b"), Paragraph("c")), (Paragraph("d"),)), Paragraph("e"))
    assert [block.text for block in in_line(blocks)] == [*"abcde"]
    chart = Chart("T", "S", ("x", "y"), (Series("n", (1, None)),))
    cells = [[cell.text for cell in row] for row in chart.as_table.rows]
    assert cells == [["x", "1"], ["y", "uppgift saknas"]]


def test_where_it_comes_from_names_the_mark_first():
    assert PROVENANCE.rows[0] == ("Obs", "EXEMPELDATA – påhittade uppgifter")
    assert PROVENANCE.line.startswith("EXEMPELDATA")
    assert PROVENANCE.captions[0].startswith("EXEMPELDATA")
    assert "12 källor till" in PROVENANCE.captions[-1]
