"""Write a report as a Word document with real headings, header rows, styles and alternative texts."""

import datetime
import io
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from mapping.contract import vocabulary
from mapping.figures import palette
from mapping.figures.rasters import png
from mapping.figures.svg import legal
from mapping.reports import document as report
from mapping.verdicts.judge import UNKNOWN

FONT: Final = "Arial"
_WIDTH_CM: Final = 17.4
_TO_FILL_IN_CM: Final = 0.85
_LANGUAGE: Final = "sv-SE"
_STYLES: Final = {
    report.BODY: "Normal",
    report.LEAD: "Ingress",
    report.CAPTION: "Caption",
    report.UNKNOWN_WORDS: "Uppgift saknas",
    report.NOTICE: "Varning",
}


def write(document: report.Document) -> bytes:
    """Write a report as .docx; nothing is left out, whatever pages it may take as PDF."""
    word = docx.Document()
    _set_up(word, document)
    word.add_paragraph(legal(document.title), style="Title")
    word.add_paragraph(legal(document.subtitle), style="Subtitle")
    if document.provenance.example:
        word.add_paragraph(vocabulary.EXAMPLE_MARK, style="Varning")
    for block in report.in_line(document.lead):
        _write(word, block)
    for section in document.sections:
        heading = word.add_heading(legal(section.title), level=1)
        heading.paragraph_format.page_break_before = section.starts_page
        for block in report.in_line(section.blocks):
            _write(word, block)
    _provenance(word, document)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _set_up(word: WordDocument, document: report.Document) -> None:
    properties = word.core_properties
    properties.title, properties.author = legal(document.title), "Stödkartan"
    properties.subject = legal(document.subtitle)
    properties.language = _LANGUAGE
    properties.comments = legal(document.provenance.line)
    noon = datetime.datetime.combine(document.provenance.day, datetime.time(12), tzinfo=datetime.UTC)
    properties.created = properties.modified = noon
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin, page.bottom_margin = Cm(1.6), Cm(1.8)
    _styles(word)
    foot = page.footer.paragraphs[0]
    foot.text = legal(f"{document.title} · {document.provenance.line} · Sida ")
    _field(foot, "PAGE")
    foot.add_run(" av ")
    _field(foot, "NUMPAGES")
    foot.style = word.styles["Caption"]


def _styles(word: WordDocument) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    stated = defaults.find(qn("w:lang"))
    if stated is None:
        stated = OxmlElement("w:lang")
        defaults.append(stated)
    stated.set(qn("w:val"), _LANGUAGE)
    looks = {
        "Normal": (10, False, palette.INK, 4),
        "Title": (22, True, palette.INK, 2),
        "Subtitle": (10.5, False, palette.SOFT_INK, 8),
        "Heading 1": (14, True, palette.INK, 4),
        "Heading 2": (11.5, True, palette.INK, 3),
        "Heading 3": (10.5, True, palette.INK, 3),
        "Caption": (8.5, False, palette.SOFT_INK, 4),
        "List Bullet": (10, False, palette.INK, 2),
        "List Number": (10, False, palette.INK, 2),
        "Ingress": (11.5, False, palette.INK, 6),
        "Uppgift saknas": (10, False, palette.SOFT_INK, 4),
        "Varning": (11, True, "#7a4300", 8),
    }
    for name, (size, is_bold, colour, after) in looks.items():
        style = (
            word.styles[name] if name in word.styles else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), is_bold
        style.font.italic = name == "Uppgift saknas"
        style.font.color.rgb = _colour(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.space_before = Pt(
            12 if name == "Heading 1" else 7 if name == "Heading 2" else 0
        )
        style.paragraph_format.line_spacing = 1.1
        spacing = style.element.rPr.find(qn("w:spacing"))
        if spacing is not None:
            style.element.rPr.remove(spacing)
        borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            style.element.pPr.remove(borders)
    for name in ("Ingress", "Uppgift saknas", "Varning"):
        word.styles[name].base_style = word.styles["Normal"]


def _field(paragraph: WordParagraph, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields


def _write(word: WordDocument, block: report.SimpleBlock) -> None:
    if isinstance(block, report.Chart):
        block = block.as_table
    if isinstance(block, report.Heading):
        word.add_heading(legal(block.text), level=2)
    elif isinstance(block, report.Paragraph):
        word.add_paragraph(legal(block.text), style=_STYLES[block.kind])
    elif isinstance(block, report.Items):
        _items(word, block)
    elif isinstance(block, report.Figure):
        picture = block.picture
        wide = min(picture.width * 2.54 / 72, _WIDTH_CM)
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(png(picture)), width=Cm(wide))
        # python-docx has no alternative texts
        shape._inline.docPr.set("descr", legal(picture.alt))  # noqa: SLF001
        shape._inline.docPr.set("title", legal(picture.title))  # noqa: SLF001
        word.add_paragraph(legal(block.caption), style="Caption")
    else:
        _table(word, block)


def _items(word: WordDocument, block: report.Items) -> None:
    style = word.styles["List Number" if block.is_numbered else "List Bullet"]
    paragraphs = [word.add_paragraph(legal(item), style=style) for item in block.items]
    if not block.is_numbered:
        return
    # begin at 1: without this a list goes on from the one before
    numbering = word.part.numbering_part.element
    abstract = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = int(number.numId)


def _table(word: WordDocument, block: report.Table) -> None:
    made = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    made.autofit = False
    properties = made._tbl.tblPr  # noqa: SLF001
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name in ("firstRow", "firstColumn", "noHBand", "noVBand"):
        look.set(qn(f"w:{name}"), "1")
    for tag, text in (("w:tblCaption", block.name or block.summary), ("w:tblDescription", block.summary)):
        part = OxmlElement(tag)
        part.set(qn("w:val"), legal(text))
        properties.append(part)
    whole = sum(column.share for column in block.columns)
    widths = [Cm(_WIDTH_CM * column.share / whole) for column in block.columns]
    for cell, column in zip(made.rows[0].cells, block.columns, strict=True):
        _fill(cell, report.Cell(column.heading, report.STRONG), ground="E6EBEE")
    header = made.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    header.append(OxmlElement("w:tblHeader"))
    for row in block.rows:
        added = made.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
        if any(given.tone == report.TO_FILL_IN for given in row):
            added.height = Cm(_TO_FILL_IN_CM)
        for cell, given in zip(added.cells, row, strict=True):
            _fill(cell, given)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    gap = word.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _fill(cell: WordCell, given: report.Cell, ground: str = "") -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    for number, line in enumerate(given.text.split("\n")):
        if number:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        run = paragraph.add_run(legal(line))
        run.font.size = Pt(9)
        run.font.bold = not number and given.tone not in {report.PLAIN, report.MISSING, report.TO_FILL_IN}
        if given.tone == report.MISSING:
            run.font.italic = True
            run.font.color.rgb = _colour(palette.SOFT_INK)
        if given.tone in palette.TONE:
            run.font.color.rgb = _colour(palette.TONE[given.tone].text)
    if given.tone in palette.TONE:
        look = palette.TONE[given.tone]
        if look.is_dashed:
            _dash(cell, look.edge.removeprefix("#"))
        _shade(cell, look.fill.removeprefix("#"), is_hatched=given.tone == UNKNOWN)
    elif ground:
        _shade(cell, ground)


def _dash(cell: WordCell, colour: str) -> None:
    """Draw a cell's edges in dashes; they come before its shading, as the format wants."""
    edges = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "dashed"), ("sz", "8"), ("color", colour)):
            edge.set(qn(f"w:{name}"), value)
        edges.append(edge)
    cell._tc.get_or_add_tcPr().append(edges)  # noqa: SLF001


def _shade(cell: WordCell, fill: str, *, is_hatched: bool = False) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "thinDiagStripe" if is_hatched else "clear")
    shade.set(qn("w:color"), "D3D8DB" if is_hatched else "auto")
    shade.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _provenance(word: WordDocument, document: report.Document) -> None:
    word.add_heading("Underlag och källor", level=1)
    for label, words in document.provenance.rows:
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(legal(words))
    if document.provenance.sources:
        word.add_heading("Källor", level=2)
        _items(word, report.Items(document.provenance.sources))


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
