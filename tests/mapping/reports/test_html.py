"""A report as HTML: the same words, nothing fetched, nothing run."""

import re
from html import unescape

from mapping.reports import html
from mapping.reports.document import Cell, Document, Items, Paragraph, Provenance, Section, in_line, table
from mapping.reports.municipality import municipality_report
from tests.conftest import DAY

EVIL = "<img src=x onerror=alert(1)></script>"


def test_every_text_of_the_report_is_there_and_inert():
    told = Provenance(EVIL, "0123456789ab", "", DAY, "Strategin", EVIL, (EVIL,), (EVIL,), example=True)
    grid = table(EVIL, (EVIL, "å"), [(EVIL, Cell(EVIL))])
    blocks = (Paragraph(EVIL), Items((EVIL), is_numbered=True), grid)
    page = html.write(Document(EVIL, EVIL, blocks, (Section(EVIL, blocks),), told)).decode()
    assert "<img src=x" not in page
    assert page.count("&lt;img src=x") >= 15
    assert "EXEMPELDATA" in page


def test_the_sheet_has_headings_in_order_and_the_words_of_every_cell(shipped_judged):
    document = municipality_report(shipped_judged, "1883")
    page = html.write(document).decode()
    assert '<html lang="sv">' in page
    assert re.findall(r"<h([1-3])>", page)[0] == "1"
    assert [unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", page)] == [
        *(section.title for section in document.sections),
        "Underlag och källor",
    ]
    words = unescape(page)
    for section in document.sections:
        for block in in_line(section.blocks):
            for row in getattr(block, "rows", ()):
                assert all(cell.text in words for cell in row)
    assert set(re.findall(r'(?:src|href)="([^":]+:)', page)) <= {"data:"}
    assert all(f'alt="{figure.picture.alt[:20]}' in words for figure in document.figures)
    assert "<script" not in page
