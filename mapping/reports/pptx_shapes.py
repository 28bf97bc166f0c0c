"""Draw text, tables and charts on PowerPoint slides, and measure how much room they take."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from mapping.figures import palette
from mapping.figures.lettering import width, wrapped
from mapping.figures.svg import legal
from mapping.reports.document import MISSING, STRONG, Cell, Chart, Table
from mapping.verdicts.judge import UNKNOWN

FONT: Final = "Arial"
_TABLE_SIZES: Final = (18.0, 16.0, 14.0, 12.0, 11.0, 10.0)
_DENSE_SIZES: Final = (14.0, 12.0, 11.0)
_DENSE: Final = 8
"""Tables with more columns are set smaller. The largest size that fits on a slide is taken."""
_SIGN, _SIGN_SCALE = 4, 1.25
_WIDER_THAN_MEASURED: Final = 1.13
"""Arial is wider than the typeface that texts are measured in."""


@dataclass(frozen=True)
class Area:
    """Free room on a slide, in inches."""

    left: float
    top: float
    wide: float
    bottom: float

    @property
    def high(self) -> float:
        """How high it is, in inches."""
        return self.bottom - self.top

    def below(self, used: float) -> "Area":
        """Give the room that is left under what has taken some inches."""
        return replace(self, top=self.top + used)


def say(  # noqa: PLR0913
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
        run.font.color.rgb = colour_of(colour)
        run.font.language_id = MSO_LANGUAGE_ID.SWEDISH


def colour_of(colour: str) -> RGBColor:
    """Read `#rrggbb`."""
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


def table_shape(slide: Slide, block: Table, heights: Sequence[float], area: Area, size: float) -> None:
    """Draw a native table: its heading row first, each row as high in inches as `heights` says."""
    frame = slide.shapes.add_table(
        len(heights),
        len(block.columns),
        *(Inches(one) for one in (area.left, area.top, area.wide, sum(heights))),
    )
    frame.name = legal(block.name or "Tabell")
    describe(frame, block.summary)
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
            look = (number == 0, number == 0 and place > 0 and is_turned, given.tone, _size_in(given, size))
            if look in looks and "\n" not in given.text:
                _fill_alike(cell, given, looks[look])
                continue
            _fill(cell, given, size, is_heading=number == 0)
            if look[1]:
                cell._tc.get_or_add_tcPr().set("vert", "vert270")  # noqa: SLF001 - no such property
            if "\n" not in given.text:
                looks[look] = cell


def lines(text: str, size: float, wide: float) -> tuple[str, ...]:
    """Break a text at a size in points into lines that fit in a width in inches."""
    room = wide * 72 / _WIDER_THAN_MEASURED
    return tuple(line for part in text.split("\n") for line in wrapped(part, size, room) or ("",))


def _headings(block: Table) -> tuple[Cell, ...]:
    return tuple(Cell(column.heading, STRONG) for column in block.columns)


def heights_of(block: Table, wide: float, size: float) -> list[float]:
    """Measure the heading row and every other, in inches."""
    return [_header_height(block, wide, size), *(_row_height(row, block, wide, size) for row in block.rows)]


def size_of(block: Table, wide: float, high: float) -> float:
    """Choose the largest size of type with which the whole table fits; else the smallest."""
    sizes = _DENSE_SIZES if len(block.columns) > _DENSE else _TABLE_SIZES
    level = [size for size in sizes if not _is_turned(block, wide, size)]
    for size in level or sizes:
        if sum(heights_of(block, wide, size)) <= high:
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
        len(lines(cell.text, _size_in(cell, size) * 1.04, wide * column.share / whole - 0.16))
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


def no_margins(frame: TextFrame) -> None:
    """Let text begin at the frame's edge."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def describe(shape: Any, words: str) -> None:
    """Give a shape its alternative text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", legal(words))  # noqa: SLF001 - python-pptx has no way


def _fill(cell: Any, given: Cell, size: float, *, is_heading: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    status = palette.TONE.get(given.tone)
    say(
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
        cell.fill.fore_color.rgb = colour_of(status.fill if status else ground)
    _edges(cell, status)


def _fill_alike(cell: Any, given: Cell, model: Any) -> None:
    """Fill a cell as one of the same look was; a tenth of the time of doing all that anew."""
    filled = copy.deepcopy(model._tc)  # noqa: SLF001 - python-pptx copies nothing
    for run, line in zip(filled.iter(_tag("t")), legal(given.text).split("\n"), strict=True):
        run.text = line
    cell._tc.getparent().replace(cell._tc, filled)  # noqa: SLF001


def _hatch(fill: Any) -> None:
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour_of("#dde1e3"), colour_of("#f3f5f6")


def _edges(cell: Any, status: palette.Colours | None) -> None:
    """Draw a thin line under the cell, or dashes around it; python-pptx has no borders."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    is_dashed = status is not None and status.is_dashed
    # lines come before the fill, in this order, as the format wants
    for place, side in enumerate(("lnL", "lnR", "lnT", "lnB") if is_dashed else ("lnB",)):
        line = properties.makeelement(_tag(side), {"w": "15875" if is_dashed else "6350"})
        fill = line.makeelement(_tag("solidFill"), {})
        colour = status.edge.removeprefix("#").upper() if status and is_dashed else "8B979D"
        fill.append(fill.makeelement(_tag("srgbClr"), {"val": colour}))
        line.append(fill)
        if is_dashed:
            line.append(line.makeelement(_tag("prstDash"), {"val": "dash"}))
        properties.insert(place, line)


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"


def chart_shape(slide: Any, block: Chart, area: Area) -> float:
    """Draw a native chart, which can be edited; give the height that it took."""
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
    describe(frame, block.summary)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.font.color.rgb = colour_of(palette.INK)
    chart.has_title = True
    say(chart.chart_title.text_frame.paragraphs[0], block.title, size=14, bold=True)
    chart.has_legend = len(block.series) > 1
    if chart.has_legend and chart.legend is not None:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = colour_of(palette.LINE)
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
        made.format.line.color.rgb = colour_of(palette.SOFT_INK)
    for number, colour in enumerate(block.colours):
        point = plot.series[0].points[number]
        _paint(point.format.fill, colour, is_hatched=not colour)
        point.format.line.color.rgb = colour_of(palette.SOFT_INK)
    return high


def _paint(fill: Any, colour: str, *, is_hatched: bool) -> None:
    if is_hatched:
        _hatch(fill)
        return
    fill.solid()
    fill.fore_color.rgb = colour_of(colour or palette.ACCENT)
