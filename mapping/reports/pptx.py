"""Write a report as PowerPoint slides with native tables, charts, alternative texts and speaker's notes."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pptx
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from mapping.contract import vocabulary
from mapping.figures import palette
from mapping.figures.rasters import png
from mapping.figures.svg import legal
from mapping.reports import document as report
from mapping.reports.pptx_shapes import (
    Area,
    chart_shape,
    describe,
    heights_of,
    lines,
    no_margins,
    say,
    size_of,
    table_shape,
)

_WIDE, _HIGH = 13.333, 7.5
_LEFT, _TOP, _BOTTOM = 0.6, 1.2, 6.95
_FULL: Final = _WIDE - 2 * _LEFT
_TITLE_ONLY, _TITLE_SLIDE = 5, 0
_MOST_ITEMS: Final = 8
_SIZES: Final = {
    report.LEAD: 20.0,
    report.BODY: 16.0,
    report.CAPTION: 12.0,
    report.UNKNOWN_WORDS: 16.0,
    report.NOTICE: 18.0,
}
_LEAST_FIGURE: Final = 2.6
_LITTLE: Final = 1.0
"""A heading begins a new slide, but under a line or two it only renames the slide."""


def write(document: report.Document) -> bytes:
    """Write a report as .pptx: a title slide, then each section on as many slides as it needs.

    Extra sections are left out and short lists cut: a slide has little room.
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


def _set_up(deck: Presentation, document: report.Document) -> None:
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


def _title_slide(deck: Presentation, document: report.Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE])
    _title(slide, document.title, size=40)
    under = slide.placeholders[1].text_frame
    under.word_wrap, under.vertical_anchor = True, MSO_ANCHOR.TOP
    no_margins(under)
    say(under.paragraphs[0], document.subtitle, size=20, colour=palette.SOFT_INK)
    area = Area(_LEFT, 4.4, _FULL, _BOTTOM)
    writer = _Writer(deck, document, report.Section(document.title, ()))
    if document.provenance.example:
        area = writer.text(slide, [report.Paragraph(vocabulary.EXAMPLE_MARK, report.NOTICE)], area)
    writer.text(slide, [one for one in document.lead if isinstance(one, report.Paragraph)], area)
    writer.finish(slide)


def _title(slide: Slide, text: str, *, size: float = 0) -> None:
    title = slide.shapes.title
    if title is None:
        raise TypeError(text)
    frame = title.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    no_margins(frame)
    frame.clear()
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    say(frame.paragraphs[0], text, size=size or (26 if len(text) < 65 else 21), bold=True)


def _provenance(document: report.Document, sources: Sequence[str]) -> report.Section:
    """Say where the slides come from; the notes name every source, however many."""
    provenance = document.provenance
    blocks = (
        *(report.Paragraph(f"{label}: {words}") for label, words in provenance.rows),
        report.Paragraph("Källor:"),
        report.Paragraph("; ".join(provenance.sources) or "inga angivna", report.CAPTION),
    )
    return report.Section("Underlag och källor", blocks, tuple(f"Källa: {source}" for source in sources))


class _Writer:
    """Lay out one section on slides, from the top down."""

    def __init__(self, deck: Presentation, document: report.Document, section: report.Section) -> None:
        self._deck = deck
        self._document = document
        self._section = section
        self._title = section.title
        self._area = Area(_LEFT, _TOP, _FULL, _BOTTOM)
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
        _title(self._slide, self._title)
        self._area = Area(_LEFT, _TOP, _FULL, _BOTTOM)
        self._is_empty = True
        self.finish(self._slide)
        return self._slide

    def finish(self, slide: Slide) -> None:
        """Write the foot and the speaker's notes."""
        foot = slide.shapes.add_textbox(Inches(_LEFT), Inches(7.02), Inches(_FULL), Inches(0.35))
        foot.name = "Sidfot"
        foot.text_frame.word_wrap = True
        no_margins(foot.text_frame)
        number = len(self._deck.slides)
        line = f"{self._document.title} · {self._document.provenance.line} · {number}"
        say(foot.text_frame.paragraphs[0], line, size=10, colour=palette.SOFT_INK)
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

    def _block(self, block: report.Block) -> None:
        if isinstance(block, report.Heading):
            self._title = f"{self._section.title}: {block.text}"
            if self._slide is None or self._area.top > _TOP + _LITTLE:
                self._slide = None
            else:
                _title(self._slide, self._title)
        elif isinstance(block, report.Paragraph):
            self._paragraph(block)
        elif isinstance(block, report.Items):
            for number, item in enumerate(block.items, 1):
                sign = f"{number}." if block.is_numbered else "•"
                self._paragraph(report.Paragraph(f"{sign} {item}"))
        elif isinstance(block, report.Table):
            self._table(block)
        elif isinstance(block, report.Beside):
            self._beside(block)
        else:
            slide = self._room(_LEAST_FIGURE)
            high = self._fitted(slide, block, self._area)
            self._used(high + 0.1)

    def _paragraph(self, block: report.Paragraph) -> None:
        slide = self._room(self._height(block, self._area.wide))
        before = self._area
        self._used(self.text(slide, [block], before).top - before.top)

    def text(self, slide: Slide, paragraphs: Sequence[report.Paragraph], area: Area) -> Area:
        """Write paragraphs in a box; give the room that is left."""
        if not paragraphs:
            return area
        high = sum(self._height(one, area.wide) for one in paragraphs)
        box = slide.shapes.add_textbox(*(Inches(one) for one in (area.left, area.top, area.wide, high)))
        frame = box.text_frame
        frame.word_wrap = True
        no_margins(frame)
        for number, one in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            is_soft = one.kind in {report.CAPTION, report.UNKNOWN_WORDS}
            say(
                paragraph,
                one.text,
                size=_SIZES[one.kind],
                bold=one.kind == report.NOTICE,
                italic=one.kind == report.UNKNOWN_WORDS,
                colour=palette.SOFT_INK
                if is_soft
                else "#7a4300"
                if one.kind == report.NOTICE
                else palette.INK,
            )
        return area.below(high)

    def _height(self, block: report.Paragraph, wide: float) -> float:
        size = _SIZES[block.kind]
        return len(lines(block.text, size, wide)) * size * 1.2 / 72 + 0.1

    def _table(self, block: report.Table) -> None:
        wide = self._area.wide
        size = size_of(block, wide, self._area.high if self._slide else _BOTTOM - _TOP)
        header, *heights = heights_of(block, wide, size)
        first = 0
        while True:
            slide = self._room(header + sum(heights[first : first + 2]))
            last, used = first, header
            while last < len(heights) and (last == first or used + heights[last] <= self._area.high):
                used += heights[last]
                last += 1
            part = replace(block, rows=block.rows[first:last])
            table_shape(slide, part, (header, *heights[first:last]), self._area, size)
            self._used(used + 0.15)
            if last >= len(block.rows):
                return
            first = last
            self._slide = None

    def _fitted(self, slide: Slide, block: report.Figure | report.Chart, area: Area) -> float:
        """Draw a figure or chart in the room there is; give the height that it took."""
        if isinstance(block, report.Chart):
            return chart_shape(slide, block, area)
        note = self._height(report.Paragraph(block.caption, report.CAPTION), area.wide)
        picture = block.picture
        scale = min(area.wide / picture.width, max(area.high - note - 0.05, 0.5) / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        drawn = slide.shapes.add_picture(
            io.BytesIO(png(picture)), Inches(area.left), Inches(area.top), Inches(wide), Inches(high)
        )
        drawn.name = legal(picture.title)
        describe(drawn, picture.alt)
        self.text(slide, [report.Paragraph(block.caption, report.CAPTION)], area.below(high + 0.05))
        return high + note + 0.05

    def _beside(self, block: report.Beside) -> None:
        """Lay out two columns on one slide; a column's table must fit there."""
        slide = self._room(_BOTTOM - _TOP)
        gap = 0.3
        left = replace(self._area, wide=(self._area.wide - gap) * block.share)
        right = replace(self._area, left=left.left + left.wide + gap, wide=self._area.wide - gap - left.wide)
        lowest = max(
            self._column(slide, side, area) for side, area in ((block.left, left), (block.right, right))
        )
        self._used(lowest - self._area.top)

    def _column(self, slide: Slide, blocks: Sequence[report.SimpleBlock], area: Area) -> float:
        for place, block in enumerate(blocks):
            if isinstance(block, report.Table):
                size = size_of(block, area.wide, area.high)
                heights = heights_of(block, area.wide, size)
                table_shape(slide, block, heights, area, size)
                area = area.below(sum(heights) + 0.1)
            elif isinstance(block, report.Figure | report.Chart):
                after = sum(self._needed(one, area.wide) for one in blocks[place + 1 :])
                room = replace(area, bottom=max(area.bottom - after, area.top + 1.5))
                area = area.below(self._fitted(slide, block, room) + 0.1)
            else:
                area = self.text(slide, _paragraphs(block), area)
        return area.top

    def _needed(self, block: report.SimpleBlock, wide: float) -> float:
        if isinstance(block, report.Table | report.Figure | report.Chart):
            return 1.5
        return sum(self._height(one, wide) for one in _paragraphs(block))


def _paragraphs(block: report.Paragraph | report.Heading | report.Items) -> list[report.Paragraph]:
    """Give what a column says as paragraphs."""
    if isinstance(block, report.Items):
        return [report.Paragraph(f"• {item}", report.CAPTION) for item in block.items]
    return [report.Paragraph(block.text) if isinstance(block, report.Heading) else block]
