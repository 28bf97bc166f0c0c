"""Draw the symbol of an arena as the map on screen does: type, status and how sure its place is."""

import math
from typing import Final

from mapping.figures import svg
from mapping.figures.palette import INK, PAPER
from mapping.map.points import TYPE_SYMBOL, Symbol

_GREY: Final = "#686e73"
_INSET: Final = {"exakt": 0.06, "harlett": 0.13}
_LOOSE: Final = 0.16


def _regular(corners: int, radius: float, turn: float) -> tuple[tuple[float, float], ...]:
    angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


_SHAPES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "house": ((0, -1.18), (1.08, -0.28), (0.84, 0.94), (-0.84, 0.94), (-1.08, -0.28)),
    "shield": ((-0.92, -0.9), (0.92, -0.9), (0.92, 0.28), (0, 1.18), (-0.92, 0.28)),
    "hexagon": _regular(6, 1.08, math.pi / 6),
    "octagon": _regular(8, 1.06, math.pi / 8),
}
_LIFT: Final = {"shield": -0.1, "house": 0.08}


def symbol(  # noqa: PLR0913, PLR0917 - what is drawn, and where
    kind: str, status: str, position: str, x: float, y: float, size: float
) -> str:
    """Draw one arena.

    Parameters
    ----------
    kind
        A code of `vocabulary.ARENA_TYPE`.
    status
        `aktiv`, `planerad` (hollow and dashed), `okand` (with a question mark) or `stangd` (struck out).
    position
        `exakt`, or `harlett`, `ort`, `kommun`: a ring around it, more broken the less is known.
    x, y, size
        Middle and diameter, in points.
    """
    type_ = TYPE_SYMBOL.get(kind, TYPE_SYMBOL["annan"])
    colour = _GREY if status == "stangd" else type_.colour
    radius = size * (0.5 - _INSET.get(position, _LOOSE))
    hollow = status == "planerad"
    parts = [_ring(position, colour, size), _shape(type_, radius, colour, hollow=hollow)]
    letters = radius * (1.12 if len(type_.letters) > 1 else 1.5)
    parts.append(
        svg.text(
            0,
            letters * 0.355 + _LIFT.get(type_.shape, 0) * radius,
            type_.letters,
            size=letters,
            font_weight="bold",
            text_anchor="middle",
            fill=colour if hollow else PAPER,
        )
    )
    if status == "stangd":
        line = svg.closed([(-radius, radius), (radius, -radius)])
        parts += [
            svg.element("path", d=line, stroke=ink, stroke_width=size * wide)
            for ink, wide in ((PAPER, 0.12), (INK, 0.06))
        ]
    if status == "okand":
        parts.append(_badge(size))
    return svg.element("g", *parts, transform=f"translate({svg.number(x)} {svg.number(y)})")


def _shape(type_: Symbol, radius: float, colour: str, *, hollow: bool) -> str:
    corners = _SHAPES.get(type_.shape)
    edge: dict[str, str | float] = {"stroke": PAPER, "stroke_width": 0.8}
    if hollow:
        edge = {"stroke": colour, "stroke_width": 0.9, "stroke_dasharray": "1.8 1.1"}
    edge |= {"fill": PAPER if hollow else colour, "stroke_linejoin": "round"}
    if corners is None:
        return svg.element("circle", r=radius, **edge)
    return svg.polygon(((x * radius, y * radius) for x, y in corners), **edge)


def _ring(position: str, colour: str, size: float) -> str:
    if position == "exakt":
        return ""
    radius = size / 2 - 0.4
    around = 2 * math.pi * radius
    dashes = {"ort": (9, 0.62), "kommun": (14, 0.32)}.get(position)
    ring: dict[str, str | float] = {"r": radius, "fill": PAPER, "stroke": colour}
    ring["stroke_width"] = 1.1 if position == "kommun" else 0.8
    if dashes:
        count, share = dashes
        step = around / count
        ring["stroke_dasharray"] = f"{svg.number(step * share)} {svg.number(step * (1 - share))}"
    return svg.element("circle", **ring)


def _badge(size: float) -> str:
    x, y, radius = size * 0.36, -size * 0.34, size * 0.22
    mark = svg.text(
        x, y + radius * 0.62, "?", size=radius * 1.75, font_weight="bold", text_anchor="middle", fill=INK
    )
    return svg.element("circle", cx=x, cy=y, r=radius, fill=PAPER, stroke=INK, stroke_width=0.5) + mark
