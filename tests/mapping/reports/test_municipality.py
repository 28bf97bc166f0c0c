"""The Kommunblad as PDF, Word and PowerPoint: what the engine says, and where it comes from."""

import io
import itertools

import docx as python_docx
import pptx as python_pptx
import pypdf
import pytest

from mapping.contract.vocabulary import EXAMPLE_MARK, MUNICIPALITIES
from mapping.municipality.kommunblad import municipality_sheet
from mapping.reports import docx, pdf, pptx
from mapping.reports.judged import Judged
from mapping.reports.municipality import municipality_report
from mapping.verdicts.display import verdict_label
from tests.conftest import DAY
from tests.gap_county import DAY as GAP_DAY
from tests.gap_county import NORA, STRATEGY, arena, dataset_of, insats
from tests.report_texts import docx_rows, docx_text, pdf_text, plain, pptx_rows, pptx_text, tag_tree

AREA = "Målområde"


def expected(judged, code):
    """Give what each verdict's row must say: its objective, and its sign and word."""
    found = judged.verdicts_of(code)
    return [(f"{v.objective} {STRATEGY[v.objective].name}", verdict_label(v).signed) for v in found]


def told(rows):
    """Give the rows of verdicts in tables read again."""
    return [
        (row[0].removesuffix(" (hela länet)"), row[1].split("\n")[0])
        for row in rows
        if len(row) == 4 and row[1][:1] in "●◐○▨" and row[0][:1].isdigit()
    ]


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_the_pdf_says_every_verdict_and_its_reason_on_two_pages(judged, code):
    data = pdf.write(municipality_report(judged, code))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 2
    text = plain(pdf_text(data))
    for named, status in expected(judged, code):
        assert plain(named) in text
        assert plain(status) in text
    sheet = municipality_sheet(judged.dataset, STRATEGY, code, judged.day, verdicts=judged.verdicts)
    for line in (line for area in sheet.areas for line in area.lines):
        assert plain(line.reason) in text
        start = text.index(plain(f"{line.objective} {line.name}"))
        assert plain(line.label.signed) in text[start : start + 120]


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_word_and_powerpoint_say_the_same_verdicts_as_the_engine(demo_judged, shipped_judged, code):
    for judged in (demo_judged, shipped_judged) if code == NORA else (demo_judged,):
        report = municipality_report(judged, code)
        assert told(docx_rows(docx.write(report))) == expected(judged, code)
        assert told(pptx_rows(pptx.write(report))) == expected(judged, code)


@pytest.mark.parametrize(("writer", "reader"), [(pdf, pdf_text), (docx, docx_text), (pptx, pptx_text)])
def test_every_format_prints_day_version_choice_switch_sources_and_mark(judged, writer, reader):
    report = municipality_report(judged, NORA)
    text = plain(reader(writer.write(report)))
    provenance = report.provenance
    for part in (plain(provenance.day.isoformat()), provenance.version, plain(provenance.selection)):
        assert part in text, part
    assert all(plain(switch) in text for switch in provenance.switches)
    assert plain(provenance.sources[0]) in text
    assert (plain(EXAMPLE_MARK) in text) == judged.dataset.example


def test_the_switch_is_told_and_changes_the_verdicts(shipped):
    strict, older = (
        municipality_report(Judged.of(shipped, STRATEGY, DAY, basis=basis), NORA)
        for basis in ("belagt", "aldre")
    )
    assert "räknas inte" in " ".join(strict.provenance.switches)
    assert "Bästa kända bild" in " ".join(older.provenance.switches)
    assert plain(pdf_text(pdf.write(strict))) != plain(pdf_text(pdf.write(older)))


def test_the_pdf_is_tagged_with_headings_in_order_header_rows_and_words_for_every_figure(judged):
    report = municipality_report(judged, "1880")
    data = pdf.write(report)
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert (reader.metadata.title, root["/Lang"]) == (report.title, "sv")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    tags = [*tag_tree(data)]
    levels = [int(tag[1:]) for tag, _, _ in tags if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert levels.count(1) == len(report.brief(9).sections) + 1
    figures = [node for tag, node, _ in tags if tag == "Figure"]
    assert len(figures) == len(report.figures) == 2
    told = [plain(figure.picture.alt) for figure in report.figures]
    assert [plain(str(node["/Alt"])) for node in figures] == told
    tags = [tag for tag, _, _ in tags]
    tables = [place for place, tag in enumerate(tags) if tag == "Table"]
    assert len(tables) >= 4
    for place in tables:
        assert "TH" in tags[place : tags.index("TD", place)]


def test_word_has_real_headings_header_rows_language_and_alternative_texts(shipped_judged):
    report = municipality_report(shipped_judged, NORA)
    word = python_docx.Document(io.BytesIO(docx.write(report)))
    assert next(paragraph.style.name for paragraph in word.paragraphs) == "Title"
    ones = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    assert ones == [*(section.title for section in report.sections), "Underlag och källor"]
    assert all(table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader") for table in word.tables)
    assert all(table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")[0] for table in word.tables)
    assert word.element.xpath("//wp:docPr/@descr") == [figure.picture.alt for figure in report.figures]
    assert word.styles.element.xpath("//w:rPrDefault//w:lang/@w:val") == ["sv-SE"]
    assert word.core_properties.title == report.title


def test_slides_have_titles_alternative_texts_and_notes_with_sources(demo_judged):
    data = pptx.write(municipality_report(demo_judged, "1880"))
    for slide in python_pptx.Presentation(io.BytesIO(data)).slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert demo_judged.dataset.version in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_table or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]


def test_nothing_on_a_slide_reaches_outside_it(judged):
    for code in ("1880", "1884"):
        deck = python_pptx.Presentation(io.BytesIO(pptx.write(municipality_report(judged, code))))
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height


def test_a_municipality_with_very_much_still_fits_on_two_pages():
    names = [f"Familjecentralen med det mycket långa namnet {number}" for number in range(60)]
    rows = [arena(f"fc-{n}", "familjecentral", namn=name) for n, name in enumerate(names)]
    offers = [insats(f"i-{n}", f"fc-{n}", namn="Åäö " * 20) for n in range(60)]
    data = pdf.write(municipality_report(Judged.of(dataset_of(rows, offers), STRATEGY, GAP_DAY), NORA))
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 2


def test_names_that_look_like_code_are_written_as_they_are():
    odd = "#set text(red) & <b>$x$</b> \"'[] å\u0007ä\u0001ö ]]>"
    judged = Judged.of(dataset_of([arena("a", "familjecentral", namn=odd)]), STRATEGY, GAP_DAY)
    report = municipality_report(judged, NORA)
    shown = plain("#set text(red) & <b>$x$</b> \"'[]")
    assert shown in plain(pdf_text(pdf.write(report)))
    assert shown in plain(docx_text(docx.write(report)))
    assert shown in plain(pptx_text(pptx.write(report)))


def test_protected_addresses_are_in_no_report(county):
    report = municipality_report(Judged.of(county, STRATEGY, DAY), "1881")
    texts = [pdf_text(pdf.write(report)), docx_text(docx.write(report)), pptx_text(pptx.write(report))]
    assert all("Hemliga" not in text for text in texts)
    assert "Skyddat stöd" in texts[1]


def test_the_document_of_a_day_is_the_same_each_time_and_there_is_none_outside_the_county(shipped_judged):
    one, other = (municipality_report(shipped_judged, NORA) for _ in range(2))
    assert (one, pdf.write(one)) == (other, pdf.write(other))
    assert municipality_report(shipped_judged, "0180") is None
