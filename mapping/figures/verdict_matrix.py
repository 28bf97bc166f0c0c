"""Draw the matrix of verdicts: each objective in each municipality, as sign and colour."""

from collections.abc import Sequence
from typing import Final

from mapping.figures import svg
from mapping.figures.lettering import width, wrapped
from mapping.figures.palette import HATCH_EDGE, INK, LINE, PAPER, SOFT_INK, STATUS
from mapping.figures.picture import Picture
from mapping.verdicts.display import SYMBOL, VerdictLabel
from mapping.verdicts.judge import STATUS as WORDS
from mapping.verdicts.judge import UNKNOWN
from mapping.verdicts.matrix import Cell, Matrix

_HATCH: Final = "sk-matrix-unknown"
_SIZE: Final = 9.0
_WIDE: Final = 860.0
_NAMES: Final = 190.0
_HIGH: Final = 26.0


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
    drawn, y = _legend(y + 8)
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
            drawn += _cell(one.shown, x + 1, y + 1, wide * span - 2, _HIGH - 2)
        else:
            drawn.append(svg.text(x + wide / 2, y + 16, "–", size=_SIZE, fill=SOFT_INK, text_anchor="middle"))
        x += wide * span
    return drawn


def _cell(shown: VerdictLabel, x: float, y: float, wide: float, high: float) -> list[str]:
    colours = STATUS.get(shown.status)
    is_unknown = shown.status == UNKNOWN
    box = svg.element(
        "rect",
        x=x,
        y=y,
        width=wide,
        height=high,
        rx=2,
        fill=f"url(#{_HATCH})" if is_unknown else colours.fill if colours else PAPER,
        stroke=HATCH_EDGE if is_unknown else colours.edge if colours else LINE,
        stroke_width=0.8,
    )
    ink = colours.text if colours else INK
    fits = width(shown.word, _SIZE - 1) <= wide - 18 - (8 if "planerad" in shown.remarks else 0)
    drawn = [box, sign(shown.status, x + 9, y + high / 2, 9, ink)]
    if fits:
        drawn.append(svg.text(x + 17, y + high / 2 + 3, shown.word, size=_SIZE - 1, fill=ink))
    elif shown.word.startswith("Minst"):
        drawn.append(svg.text(x + 16, y + high / 2 + 3.5, "+", size=_SIZE + 1, font_weight="bold", fill=ink))
    if shown.older:
        drawn.append(svg.text(x + wide - 4, y + high / 2 + 3, "ä", size=_SIZE, fill=ink, text_anchor="end"))
    if "planerad" in shown.remarks:
        drawn.append(svg.text(x + wide - 4, y + high - 3, "p", size=_SIZE, fill=ink, text_anchor="end"))
    return drawn


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


def _legend(y: float) -> tuple[list[str], float]:
    drawn: list[str] = []
    x = 0.0
    for status in SYMBOL:
        drawn += _cell(VerdictLabel(status, SYMBOL[status], WORDS[status]), x, y, 95, 18)
        x += 103
    key = "+ minst delvis · p något är planerat · ä äldre uppgifter säger mer"
    if x + width(key, _SIZE) > _WIDE:
        x, y = 0.0, y + 20
    drawn.append(svg.text(x + 4, y + 12, key, size=_SIZE, fill=INK))
    return drawn, y + 22
