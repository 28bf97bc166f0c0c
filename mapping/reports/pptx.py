"""Write a report as PowerPoint slides with native tables, charts, alternative texts and speaker's notes."""

import copy
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from mapping.contract import vocabulary
from mapping.figures import palette
from mapping.figures.lettering import width, wrapped
from mapping.figures.rasters import png
from mapping.figures.svg import legal
from mapping.reports.document import (
    BODY,
    CAPTION,
    LEAD,
    MISSING,
    NOTICE,
    STRONG,
    UNKNOWN_WORDS,
    Beside,
    Block,
    Cell,
    Chart,
    Document,
    Figure,
    Heading,
    Items,
    Paragraph,
    Section,
    SimpleBlock,
    Table,
)
from mapping.verdicts.judge import UNKNOWN

FONT: Final = "Arial"
_WIDE, _HIGH = 13.333, 7.5
_LEFT, _TOP, _BOTTOM = 0.6, 1.2, 6.95
_FULL: Final = _WIDE - 2 * _LEFT
_TITLE_ONLY, _TITLE_SLIDE = 5, 0
_MOST_ITEMS: Final = 8
_SIZES: Final = {LEAD: 20.0, BODY: 16.0, CAPTION: 12.0, UNKNOWN_WORDS: 16.0, NOTICE: 18.0}
_TABLE_SIZES: Final = (18.0, 16.0, 14.0, 12.0, 11.0, 10.0)
_DENSE_SIZES: Final = (14.0, 12.0, 11.0)
_DENSE: Final = 8
"""Tables with more columns are set smaller. The largest size that fits on a slide is taken."""
_LEAST_FIGURE: Final = 2.6
_LITTLE: Final = 1.0
"""A heading begins a new slide, but under a line or two it only renames the slide."""
_SIGN, _SIGN_SCALE = 4, 1.25
_WIDER_THAN_MEASURED: Final = 1.13
"""Arial is wider than the typeface that texts are measured in."""


@dataclass(frozen=True)
class _Area:
    """Free room on a slide, in inches."""

    left: float
    top: float
    wide: float
    bottom: float

    @property
    def high(self) -> float:
        return self.bottom - self.top

    def below(self, used: float) -> "_Area":
        return replace(self, top=self.top + used)


def write(document: Document) -> bytes:
    """Write a report as .pptx: a title slide, then each section on as many slides as it needs.

    Parameters
    ----------
    document
        The report. Its extra sections are left out and its short lists cut: a slide has little room.
    """
    shown = document.brief(_MOST_ITEMS)
    deck = pptx.Presentation()
    _set_up(deck, document)
    _title_slide(deck, shown)
    for section in shown.sections:
        _Writer(deck, shown, section).write()
    _Writer(deck, shown, _provenance(shown, document.provenance.sources)).write()
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _set_up(deck: Presentation, document: Document) -> None:
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    properties = deck.core_properties
    properties.title, properties.author = legal(document.title), "Stödkartan"
    properties.subject, properties.language = legal(document.subtitle), "sv-SE"
    properties.comments = legal(document.provenance.line)
    noon = datetime.datetime.combine(document.provenance.day, datetime.time(12), tzinfo=datetime.UTC)
    properties.created = properties.modified = noon
    for index in (_TITLE_ONLY, _TITLE_SLIDE):
        for shape in list(deck.slide_layouts[index].placeholders):
            kind = shape.placeholder_format.idx
            if kind == 0:
                high = 0.8 if index == _TITLE_ONLY else 1.6
                _place(shape, _LEFT, 0.3 if index == _TITLE_ONLY else 1.7, _FULL, high)
            elif kind == 1:
                _place(shape, _LEFT, 3.4, _FULL, 0.9)
            else:
                shape._element.getparent().remove(shape._element)  # noqa: SLF001 - no date, no empty foot


def _place(shape: Any, left: float, top: float, wide: float, high: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in (left, top, wide, high))


def _title_slide(deck: Presentation, document: Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE])
    _title(slide, document.title, size=40)
    under = slide.placeholders[1].text_frame
    under.word_wrap, under.vertical_anchor = True, MSO_ANCHOR.TOP
    _no_margins(under)
    _say(under.paragraphs[0], document.subtitle, size=20, colour=palette.SOFT_INK)
    area = _Area(_LEFT, 4.4, _FULL, _BOTTOM)
    writer = _Writer(deck, document, Section(document.title, ()))
    if document.provenance.example:
        area = writer.text(slide, [Paragraph(vocabulary.EXAMPLE_MARK, NOTICE)], area)
    writer.text(slide, [one for one in document.lead if isinstance(one, Paragraph)], area)
    writer.finish(slide)


def _title(slide: Slide, text: str, *, size: float) -> None:
    title = slide.shapes.title
    if title is None:
        raise TypeError(text)
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    _no_margins(frame)
    frame.clear()
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _say(frame.paragraphs[0], text, size=size, bold=True)


def _title_size(text: str) -> float:
    return 26 if len(text) < 65 else 21


def _say(  # noqa: PLR0913
    paragraph: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    colour: str = palette.INK,
) -> None:
    """Write text in a paragraph, in Swedish for those who listen to it."""
    paragraph.alignment = paragraph.alignment or PP_ALIGN.LEFT
    for number, line in enumerate(legal(text).split("\n")):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        run.font.name, run.font.size, run.font.italic = FONT, Pt(size), italic
        run.font.bold = bold and not number
        run.font.color.rgb = _colour(colour)
        run.font.language_id = MSO_LANGUAGE_ID.SWEDISH


def _colour(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def _provenance(document: Document, sources: Sequence[str]) -> Section:
    """Say where the slides come from; the notes name every source, however many."""
    provenance = document.provenance
    provenance_lines = tuple(Paragraph(f"{label}: {words}") for label, words in provenance.rows)
    listed = Paragraph("; ".join(provenance.sources) or "inga angivna", CAPTION)
    notes = tuple(f"Källa: {source}" for source in sources)
    return Section("Underlag och källor", (*provenance_lines, Paragraph("Källor:"), listed), notes)


class _Writer:
    """Lay out one section on slides, from the top down."""

    def __init__(self, deck: Presentation, document: Document, section: Section) -> None:
        self._deck = deck
        self._document = document
        self._section = section
        self._title = section.title
        self._area = _Area(_LEFT, _TOP, _FULL, _BOTTOM)
        self._slide: Slide | None = None
        self._is_empty = True

    def write(self) -> None:
        """Write every block of the section."""
        for block in self._section.blocks:
            self._block(block)
        if self._slide is None:
            self._new_slide()

    def _new_slide(self) -> Slide:
        self._slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        _title(self._slide, self._title, size=_title_size(self._title))
        self._area = _Area(_LEFT, _TOP, _FULL, _BOTTOM)
        self._is_empty = True
        self.finish(self._slide)
        return self._slide

    def finish(self, slide: Slide) -> None:
        """Write the foot and the speaker's notes."""
        foot = slide.shapes.add_textbox(Inches(_LEFT), Inches(7.02), Inches(_FULL), Inches(0.35))
        foot.name = "Sidfot"
        foot.text_frame.word_wrap = True
        _no_margins(foot.text_frame)
        number = len(self._deck.slides)
        line = f"{self._document.title} · {self._document.provenance.line} · {number}"
        _say(foot.text_frame.paragraphs[0], line, size=10, colour=palette.SOFT_INK)
        frame = slide.notes_slide.notes_text_frame
        if frame is None:
            return
        provenance = self._document.provenance
        notes = (
            *self._section.notes,
            provenance.line,
            *(f"{label}: {words}" for label, words in provenance.rows),
        )
        frame.text = legal("\n".join(dict.fromkeys(notes)))
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.language_id = MSO_LANGUAGE_ID.SWEDISH

    def _room(self, needed: float) -> Slide:
        """Give a slide with room for something; what is larger than a slide gets a whole one."""
        if self._slide is None or (not self._is_empty and self._area.high < needed):
            return self._new_slide()
        return self._slide

    def _used(self, high: float) -> None:
        self._area = self._area.below(high)
        self._is_empty = False

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._title = f"{self._section.title}: {block.text}"
            if self._slide is None or self._area.top > _TOP + _LITTLE:
                self._slide = None
            else:
                _title(self._slide, self._title, size=_title_size(self._title))
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Beside):
            self._beside(block)
        else:
            slide = self._room(_LEAST_FIGURE)
            high = self._fitted(slide, block, self._area)
            self._used(high + 0.1)

    def _paragraph(self, block: Paragraph) -> None:
        slide = self._room(self._height(block, self._area.wide))
        before = self._area
        self._used(self.text(slide, [block], before).top - before.top)

    def _items(self, block: Items) -> None:
        for number, item in enumerate(block.items, 1):
            sign = f"{number}." if block.is_numbered else "•"
            self._paragraph(Paragraph(f"{sign} {item}"))

    def text(self, slide: Slide, paragraphs: Sequence[Paragraph], area: _Area) -> _Area:
        """Write paragraphs in a box; give the room that is left."""
        if not paragraphs:
            return area
        high = sum(self._height(one, area.wide) for one in paragraphs)
        box = slide.shapes.add_textbox(*(Inches(one) for one in (area.left, area.top, area.wide, high)))
        frame = box.text_frame
        frame.word_wrap = True
        _no_margins(frame)
        for number, one in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            is_soft = one.kind in {CAPTION, UNKNOWN_WORDS}
            _say(
                paragraph,
                one.text,
                size=_SIZES[one.kind],
                bold=one.kind == NOTICE,
                italic=one.kind == UNKNOWN_WORDS,
                colour=palette.SOFT_INK if is_soft else "#7a4300" if one.kind == NOTICE else palette.INK,
            )
        return area.below(high)

    def _height(self, block: Paragraph, wide: float) -> float:
        size = _SIZES[block.kind]
        return len(_lines(block.text, size, wide)) * size * 1.2 / 72 + 0.1

    def _table(self, block: Table) -> None:
        wide = self._area.wide
        size = _size_of(block, wide, self._area.high if self._slide else _BOTTOM - _TOP)
        header = _header_height(block, wide, size)
        heights = [_row_height(row, block, wide, size) for row in block.rows]
        first = 0
        while True:
            slide = self._room(header + sum(heights[first : first + 2]))
            last, used = first, header
            while last < len(heights) and (last == first or used + heights[last] <= self._area.high):
                used += heights[last]
                last += 1
            part = replace(block, rows=block.rows[first:last])
            self._rows(slide, part, (header, *heights[first:last]), self._area, size)
            self._used(used + 0.15)
            if last >= len(block.rows):
                return
            first = last
            self._slide = None

    def _rows(self, slide: Slide, block: Table, heights: Sequence[float], area: _Area, size: float) -> None:
        frame = slide.shapes.add_table(
            len(heights),
            len(block.columns),
            *(Inches(one) for one in (area.left, area.top, area.wide, sum(heights))),
        )
        frame.name = legal(block.name or "Tabell")
        _describe(frame, block.summary)
        made: Any = frame.table
        made.first_row, made.first_col, made.horz_banding = True, True, False
        whole = sum(column.share for column in block.columns)
        for column, stated in zip(iter(made.columns), block.columns, strict=True):
            column.width = Inches(area.wide * stated.share / whole)
        for line, high in zip(made.rows, heights, strict=True):
            line.height = Inches(high)
        is_turned = _is_turned(block, area.wide, size)
        looks: dict[tuple[object, ...], Any] = {}
        for number, (line, row) in enumerate(zip(made.rows, (_headings(block), *block.rows), strict=True)):
            for place, (cell, given) in enumerate(zip(line.cells, row, strict=True)):
                look = (
                    number == 0,
                    number == 0 and place > 0 and is_turned,
                    given.tone,
                    _size_in(given, size),
                )
                if look in looks and "\n" not in given.text:
                    _fill_alike(cell, given, looks[look])
                    continue
                _fill(cell, given, size, is_heading=number == 0)
                if look[1]:
                    cell._tc.get_or_add_tcPr().set("vert", "vert270")  # noqa: SLF001 - no such property
                if "\n" not in given.text:
                    looks[look] = cell

    def _fitted(self, slide: Slide, block: Figure | Chart, area: _Area) -> float:
        """Draw a figure or chart in the room there is; give the height that it took."""
        if isinstance(block, Chart):
            return _chart(slide, block, area)
        note = self._height(Paragraph(block.caption, CAPTION), area.wide)
        picture = block.picture
        scale = min(area.wide / picture.width, max(area.high - note - 0.05, 0.5) / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        drawn = slide.shapes.add_picture(
            io.BytesIO(png(picture)), Inches(area.left), Inches(area.top), Inches(wide), Inches(high)
        )
        drawn.name = legal(picture.title)
        _describe(drawn, picture.alt)
        self.text(slide, [Paragraph(block.caption, CAPTION)], area.below(high + 0.05))
        return high + note + 0.05

    def _beside(self, block: Beside) -> None:
        """Lay out two columns on one slide; a column's table must fit there."""
        slide = self._room(_BOTTOM - _TOP)
        gap = 0.3
        left = replace(self._area, wide=(self._area.wide - gap) * block.share)
        right = replace(self._area, left=left.left + left.wide + gap, wide=self._area.wide - gap - left.wide)
        lowest = max(
            self._column(slide, side, area) for side, area in ((block.left, left), (block.right, right))
        )
        self._used(lowest - self._area.top)

    def _column(self, slide: Slide, blocks: Sequence[SimpleBlock], area: _Area) -> float:
        for place, block in enumerate(blocks):
            if isinstance(block, Table):
                size = _size_of(block, area.wide, area.high)
                heights = [
                    _header_height(block, area.wide, size),
                    *(_row_height(row, block, area.wide, size) for row in block.rows),
                ]
                self._rows(slide, block, heights, area, size)
                area = area.below(sum(heights) + 0.1)
            elif isinstance(block, Figure | Chart):
                after = sum(self._needed(one, area.wide) for one in blocks[place + 1 :])
                room = replace(area, bottom=max(area.bottom - after, area.top + 1.5))
                area = area.below(self._fitted(slide, block, room) + 0.1)
            elif isinstance(block, Items):
                listed = [Paragraph(f"• {item}", CAPTION) for item in block.items]
                area = self.text(slide, listed, area)
            else:
                text = Paragraph(block.text, BODY) if isinstance(block, Heading) else block
                area = self.text(slide, [text], area)
        return area.top

    def _needed(self, block: SimpleBlock, wide: float) -> float:
        if isinstance(block, Items):
            return sum(self._height(Paragraph(f"• {item}", CAPTION), wide) for item in block.items)
        if isinstance(block, Paragraph):
            return self._height(block, wide)
        return 0.4 if isinstance(block, Heading) else 1.5


def _lines(text: str, size: float, wide: float) -> tuple[str, ...]:
    room = wide * 72 / _WIDER_THAN_MEASURED
    return tuple(line for part in text.split("\n") for line in wrapped(part, size, room) or ("",))


def _headings(block: Table) -> tuple[Cell, ...]:
    return tuple(Cell(column.heading, STRONG) for column in block.columns)


def _size_of(block: Table, wide: float, high: float) -> float:
    """Choose the largest size of type with which the whole table fits; else the smallest."""
    sizes = _DENSE_SIZES if len(block.columns) > _DENSE else _TABLE_SIZES
    level = [size for size in sizes if not _is_turned(block, wide, size)]
    for size in level or sizes:
        rows = sum(_row_height(row, block, wide, size) for row in block.rows)
        if _header_height(block, wide, size) + rows <= high:
            return size
    return (level or sizes)[-1]


def _is_turned(block: Table, wide: float, size: float) -> bool:
    """Tell whether headings must stand on end: a word of one of them is wider than its column."""
    whole = sum(column.share for column in block.columns)
    return any(
        width(word, size, bold=True) * _WIDER_THAN_MEASURED / 72 > wide * column.share / whole - 0.14
        for column in block.columns
        for word in column.heading.split()
    )


def _header_height(block: Table, wide: float, size: float) -> float:
    if _is_turned(block, wide, size):
        longest = max(width(column.heading, size, bold=True) for column in block.columns[1:])
        return longest * _WIDER_THAN_MEASURED / 72 + 0.2
    return _row_height(_headings(block), block, wide, size)


def _row_height(row: Sequence[Cell], block: Table, wide: float, size: float) -> float:
    whole = sum(column.share for column in block.columns)
    return max(
        len(_lines(cell.text, _size_in(cell, size) * 1.04, wide * column.share / whole - 0.16))
        * _size_in(cell, size)
        * 1.2
        / 72
        + 0.1
        for cell, column in zip(row, block.columns, strict=True)
    )


def _size_in(given: Cell, size: float) -> float:
    """Set a status of a sign or two larger: it is a symbol."""
    is_sign = given.tone in palette.TONE and len(given.text) <= _SIGN
    return size * _SIGN_SCALE if is_sign else size


def _no_margins(frame: TextFrame) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def _describe(shape: Any, words: str) -> None:
    """Give a shape its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", legal(words))  # noqa: SLF001 - python-pptx has no way


def _fill(cell: Any, given: Cell, size: float, *, is_heading: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    status = palette.TONE.get(given.tone)
    _say(
        cell.text_frame.paragraphs[0],
        given.text,
        size=_size_in(given, size),
        bold=given.tone == STRONG or status is not None,
        italic=given.tone == MISSING,
        colour=status.text if status else palette.SOFT_INK if given.tone == MISSING else palette.INK,
    )
    if status and given.tone == UNKNOWN:
        _hatch(cell.fill)
    else:
        cell.fill.solid()
        ground = "#e6ebee" if is_heading else palette.PAPER
        cell.fill.fore_color.rgb = _colour(status.fill if status else ground)
    _edges(cell)


def _fill_alike(cell: Any, given: Cell, model: Any) -> None:
    """Fill a cell as one of the same look was; a tenth of the time of doing all that anew."""
    filled = copy.deepcopy(model._tc)  # noqa: SLF001 - python-pptx copies nothing
    for run, line in zip(filled.iter(_tag("t")), legal(given.text).split("\n"), strict=True):
        run.text = line
    cell._tc.getparent().replace(cell._tc, filled)  # noqa: SLF001


def _hatch(fill: Any) -> None:
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = _colour("#dde1e3"), _colour("#f3f5f6")


def _edges(cell: Any) -> None:
    """Draw a thin line under the cell; python-pptx has no borders."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    line = properties.makeelement(_tag("lnB"), {"w": "6350"})
    fill = line.makeelement(_tag("solidFill"), {})
    fill.append(fill.makeelement(_tag("srgbClr"), {"val": "8B979D"}))
    line.append(fill)
    # lines come before the fill, as the format wants
    properties.insert(0, line)


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"


def _chart(slide: Any, block: Chart, area: _Area) -> float:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [legal(one) for one in block.categories]
    for series in block.series:
        data.add_series(legal(series.name), series.values)
    kind = XL_CHART_TYPE.BAR_STACKED if block.is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    high = min(area.high, 0.9 + 0.75 * len(block.categories))
    frame = slide.shapes.add_chart(
        kind, *(Inches(one) for one in (area.left, area.top, area.wide, high)), data
    )
    frame.name = legal(block.title)
    _describe(frame, block.summary)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.font.color.rgb = _colour(palette.INK)
    chart.has_title = True
    _say(chart.chart_title.text_frame.paragraphs[0], block.title, size=14, bold=True)
    chart.has_legend = len(block.series) > 1
    if chart.has_legend and chart.legend is not None:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = _colour(palette.LINE)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0;;", False
    if not block.is_stacked:
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for made, series in zip(plot.series, block.series, strict=True):
        _paint(made.format.fill, series.colour, is_hatched=series.is_hatched)
        made.format.line.color.rgb = _colour(palette.SOFT_INK)
    for number, colour in enumerate(block.colours):
        point = plot.series[0].points[number]
        _paint(point.format.fill, colour, is_hatched=not colour)
        point.format.line.color.rgb = _colour(palette.SOFT_INK)
    return high


def _paint(fill: Any, colour: str, *, is_hatched: bool) -> None:
    if is_hatched:
        _hatch(fill)
        return
    fill.solid()
    fill.fore_color.rgb = _colour(colour or palette.ACCENT)
