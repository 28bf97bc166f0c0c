"""Draw the matrix of verdicts: each objective in each municipality, as sign and colour."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from mapping.figures import svg
from mapping.figures.lettering import width, wrapped
from mapping.figures.palette import HATCH_EDGE, INK, LINE, PAPER, SOFT_INK, STATUS, lighter
from mapping.figures.picture import Picture
from mapping.verdicts.display import PLANNED, VerdictLabel
from mapping.verdicts.judge import UNKNOWN
from mapping.verdicts.matrix import Cell, LegendEntry, Matrix, legend
from mapping.verdicts.objectives import figure
from mapping.verdicts.strength import MANDATE, OLDER

_HATCH: Final = "sk-matrix-unknown"
_SIZE: Final = 9.0
_WIDE: Final = 860.0
_NAMES: Final = 190.0
_HIGH: Final = 28.0
_KNOWN: Final = "#6aa5dc"


def matrix_picture(shown: Matrix) -> Picture:
    """Draw a matrix, one column a municipality, with its legend."""
    cell = (_WIDE - _NAMES) / max(len(shown.columns), 1)
    widest = max((width(name, _SIZE, bold=True) for name in shown.columns), default=0)
    turned = widest > cell - 4
    y = widest + 8 if turned else 16.0
    content = []
    for place, name in enumerate(shown.columns):
        x = _NAMES + cell * (place + 0.5) + (3 if turned else 0)
        how = (
            {"transform": f"rotate(-90 {svg.number(x)} {svg.number(y - 5)})"}
            if turned
            else {"text_anchor": "middle"}
        )
        content.append(svg.text(x, y - 5, name, size=_SIZE, font_weight="bold", fill=INK, **how))
    labels = []
    for group in shown.groups:
        y += 16
        content.append(svg.text(0, y - 4, group.title, size=_SIZE + 1, font_weight="bold", fill=INK))
        for row in group.rows:
            content += _row(row.code, row.name, row.cells, y, cell)
            labels += [one.label for one in row.cells if one is not None]
            y += _HIGH
    drawn, y = _legend(shown, y + 8)
    return Picture(
        name="malmatris",
        title="Strategins mål i varje kommun",
        alt=f"Matris med {len(labels)} bedömningar. {'. '.join(labels)}.",
        content=(*content, *drawn),
        defined=svg.hatch(_HATCH),
        width=_WIDE,
        height=y,
    )


def _row(code: str, name: str, cells: Sequence[Cell | None], y: float, wide: float) -> list[str]:
    lines = wrapped(f"{code} {name}", _SIZE, _NAMES - 10)[:2]
    top = y + _HIGH / 2 + 3 - (len(lines) - 1) * 5.5
    drawn = [svg.text(0, top + place * 11, line, size=_SIZE, fill=INK) for place, line in enumerate(lines)]
    x = _NAMES
    for one in cells:
        span = one.span if one else 1
        if one:
            drawn += _cell(one, x + 1, y + 1, wide * span - 2, _HIGH - 2)
        else:
            drawn.append(svg.text(x + wide / 2, y + 16, "–", size=_SIZE, fill=SOFT_INK, text_anchor="middle"))
        x += wide * span
    return drawn


def _cell(one: Cell, x: float, y: float, wide: float, high: float) -> list[str]:
    shown, middle = one.shown, y + high / 2
    if one.known:
        drawn = [_box(shown, x, y, wide, high), sign(shown.status, x + 7, middle, 8, STATUS[UNKNOWN].text)]
        room = (high - 6) / max(len(one.known), 3)
        top = middle - room * len(one.known) / 2
        for row in one.known:
            drawn += _known(row, x + 14, top, wide - 24, room - 1.5)
            top += room
    else:
        ink = _ink(shown)
        words = " ".join(filter(None, (shown.word, one.mark)))
        drawn = [_box(shown, x, y, wide, high), sign(shown.status, x + 9, middle, 9, ink)]
        if width(words, _SIZE - 1) > wide - 26:
            # "minst delvis" is a plus then, so that the strength still has room
            words = " ".join(filter(None, ("+" if shown.word.startswith("Minst") else "", one.mark)))
        drawn.append(svg.text(x + 16, middle + 3, words, size=_SIZE - 1, fill=ink))
    corner = "".join(
        mark
        for mark, is_there in (("p", PLANNED in shown.remarks), ("ä", shown.older), ("”", one.is_said))
        if is_there
    )
    drawn.append(svg.text(x + wide - 2, y + 8, corner, size=_SIZE, fill=INK, text_anchor="end"))
    return drawn


def _ink(shown: VerdictLabel) -> str:
    colours = STATUS.get(shown.status)
    return colours.text if colours and not shown.mark else INK


def _box(shown: VerdictLabel, x: float, y: float, wide: float, high: float) -> str:
    """Draw the ground of a cell by its strength: solid, lighter, or an outline in dashes."""
    colours, is_unknown = STATUS.get(shown.status), shown.status == UNKNOWN
    look: dict[str, str | float] = {"fill": PAPER, "stroke": LINE, "stroke_width": 0.8}
    if is_unknown:
        look |= {"fill": f"url(#{_HATCH})", "stroke": HATCH_EDGE}
    elif colours:
        look |= {"fill": colours.fill, "stroke": colours.edge}
        if shown.strength == MANDATE:
            look["fill"] = lighter(colours.edge, 0.75)
        elif shown.strength == OLDER:
            look |= {"fill": PAPER, "stroke_width": 1.5, "stroke_dasharray": "4 2"}
    return svg.element("rect", x=x, y=y, width=wide, height=high, rx=2, **look)


def _known(row: figure.Row, x: float, y: float, wide: float, high: float) -> list[str]:
    """Draw a row of a figure: a box each, alike neighbours in a long row as one, or a share."""
    if row.share:
        part, whole = row.share
        bars = [(figure.COVERED, part), (figure.UNKNOWN, whole - part)]
    else:
        states = [box.state for box in row.boxes]
        alike = groupby(states) if row.is_lane else ((state, [state]) for state in states)
        bars = [(state, len(list(group))) for state, group in alike]
    step = wide / max(sum(many for _, many in bars), 1)
    drawn = []
    for state, many in bars:
        if many:
            drawn.append(_bar(state, x + 0.5, y, step * many - 1, high))
            x += step * many
    return drawn


def _bar(state: str, x: float, y: float, wide: float, high: float) -> str:
    # where nothing is known the hatching of the cell shows through
    fills = {
        figure.COVERED: _KNOWN,
        figure.SHARED: lighter(_KNOWN, 0.3),
        figure.OBLIGED: lighter(_KNOWN, 0.68),
    }
    look: dict[str, str | float] = {"fill": fills.get(state, PAPER), "stroke": SOFT_INK, "stroke_width": 0.7}
    if state in {figure.UNKNOWN, figure.OTHER}:
        look |= {"fill": "none", "stroke": LINE}
    elif state == OLDER:
        look["stroke_dasharray"] = "2.5 1.2"
    elif state == figure.PLANNED:
        look |= {"stroke": INK, "stroke_dasharray": "0.5 1.5", "stroke_width": 1.2}
    return svg.element("rect", x=x, y=y, width=wide, height=high, **look)


def sign(status: str, x: float, y: float, size: float, colour: str) -> str:
    """Draw the sign of a status, so that it looks the same whatever typefaces a computer has."""
    radius = size / 2 - 0.5
    if status == UNKNOWN:
        box = {"x": x - radius, "y": y - radius, "width": 2 * radius, "height": 2 * radius}
        line = svg.closed([(x - radius, y + radius), (x + radius, y - radius)])
        return svg.element("rect", **box, fill=PAPER, stroke=colour, stroke_width=1) + svg.element(
            "path", d=line, stroke=colour, stroke_width=1
        )
    ring = svg.element(
        "circle",
        cx=x,
        cy=y,
        r=radius,
        fill=colour if status == "uppfyllt" else PAPER if status == "gap" else "none",
        stroke=colour,
        stroke_width=1.2,
    )
    if status != "delvis":
        return ring
    top, foot, reach = (svg.number(one) for one in (y - radius, y + radius, radius))
    half = f"M{svg.number(x)} {top}A{reach} {reach} 0 0 0 {svg.number(x)} {foot}Z"
    return ring + svg.element("path", d=half, fill=colour)


def _legend(shown: Matrix, y: float) -> tuple[list[str], float]:
    """Explain the signs in use; those that the browser draws otherwise in a letter."""
    drawn: list[str] = []
    x = 0.0
    entries = [(one, one.words) for one in legend(shown)]
    if any(cell.shown.word.startswith("Minst") for cell in shown.cells):
        entries.append((LegendEntry("", sign="+"), "minst delvis"))
    if any(cell.shown.older for cell in shown.cells):
        entries.append((LegendEntry("", sign="ä"), "äldre uppgifter säger mer"))
    for one, words in entries:
        room = 26 + width(words, _SIZE) + 14
        if x and x + room > _WIDE:
            x, y = 0.0, y + 18
        if one.cell:
            drawn.append(_box(one.cell, x, y, 20, 14))
            if one.cell.symbol:
                drawn.append(sign(one.cell.status, x + 10, y + 7, 9, _ink(one.cell)))
        elif one.state:
            drawn.append(_bar(one.state, x, y + 3.5, 20, 7))
        mark = one.cell.mark if one.cell else "p" if one.sign == PLANNED else one.sign
        drawn.append(
            svg.text(x + 10, y + 10.5, mark, size=_SIZE, fill=INK, text_anchor="middle", font_weight="bold")
        )
        drawn.append(svg.text(x + 26, y + 10.5, words, size=_SIZE, fill=INK))
        x += room
    return drawn, y + 22
