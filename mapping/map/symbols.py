"""Define how an arena is drawn, once for the screen, the pictures and their legends.

Shape, letters and colour tell its type, the outline its status, the ring how sure its place is.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape, quoteattr  # they write XML and read none  # nosec B406

from mapping.contract.vocabulary import ARENA_TYPE, STATUS

SIZE: Final = 20.0
"""A symbol's diameter in the units that its parts are given in, the origin in its middle."""

GREY: Final = "#686e73"
PAPER: Final = "#ffffff"
INK: Final = "#16242b"

Part = Mapping[str, str | float]
"""An SVG `path` as its attributes, or a `text` with its letters under `text`."""


@dataclass(frozen=True)
class Symbol:
    """How an arena type is drawn: three signs that each tell it, so that colour is never alone."""

    letters: str
    shape: str
    colour: str


TYPE_SYMBOL: Final[Mapping[str, Symbol]] = MappingProxyType(
    {
        "familjecentral": Symbol("F", "house", "#7a1d58"),
        "oppen_forskola": Symbol("Ö", "circle", "#a8327d"),
        "bvc": Symbol("B", "hexagon", "#0d6670"),
        "bmm": Symbol("M", "square", "#3f3d94"),
        "socialtjanst": Symbol("S", "shield", "#6b4423"),
        "forskola": Symbol("Fö", "circle", "#7c5a00"),
        "skola": Symbol("Sk", "square", "#4a5560"),
        "forening": Symbol("Fr", "diamond", "#8a4a12"),
        "bibliotek": Symbol("Bi", "octagon", "#51407a"),
        "ungdomsmottagning": Symbol("U", "hexagon", "#8d3a9e"),
        "specialist": Symbol("Sp", "octagon", "#1f4f57"),
        "digital": Symbol("D", "diamond", "#5a5470"),
        "annan": Symbol("A", "circle", "#575757"),
    }
)
"""Letters, shape and fill of each arena type; white letters have a contrast of 4.5:1 or more.

Green, yellow and red stay with the prevention levels, clear blue and orange with the verdicts.
"""

ANY_TYPE: Final = Symbol("", "circle", "#3c5562")
"""What the legend explains status and place with."""

POSITION_TOOLTIP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "exakt": "Läge: egen adress",
        "harlett": "Läge: adressen för den verksamhet som uppgiften är härledd ur",
        "ort": "Läge: bara orten är känd",
        "kommun": "Läge: bara kommunen är känd",
    }
)
POSITION_LEGEND: Final[Mapping[str, str]] = MappingProxyType(
    {
        "exakt": "Egen adress",
        "harlett": "Härledd adress",
        "ort": "Bara orten är känd",
        "kommun": "Bara kommunen är känd",
    }
)
HIT_LEGEND: Final[Mapping[str, str]] = MappingProxyType(
    {"trolig": "Trolig: ingen källa säger det", "okand": "Saknar uppgift om det som valts"}
)
_HIT_SIGN: Final = {"trolig": "≈", "okand": "–"}
STATUS_LEGEND: Final[Mapping[str, str]] = MappingProxyType(
    {"aktiv": "Aktiv", "planerad": "Planerad", "okand": "Okänd status", "stangd": "Stängd"}
)


def _regular(corners: int, radius: float, turn: float) -> tuple[tuple[float, float], ...]:
    angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


# corners on the unit circle's scale, sized so that all shapes look equally heavy
_SHAPES: Final[Mapping[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "house": ((0, -1.18), (1.08, -0.28), (0.84, 0.94), (-0.84, 0.94), (-1.08, -0.28)),
    "shield": ((-0.92, -0.9), (0.92, -0.9), (0.92, 0.28), (0, 1.18), (-0.92, 0.28)),
    "hexagon": _regular(6, 1.08, math.pi / 6),
    "octagon": _regular(8, 1.06, math.pi / 8),
}
_LETTER_DROP: Final = {"shield": -0.1, "house": 0.08}
_INSET: Final = {"exakt": 1.4, "harlett": 3.2}
_DASHES_AROUND: Final = {"ort": (9, 0.62), "kommun": (14, 0.32)}
"""How many dashes the ring has, and how much of it they cover: more broken the less is known."""


def parts(symbol: Symbol, status: str, position: str) -> list[Part]:
    """Give what a symbol is made of, in the order in which it is drawn.

    By status it is hollow and dashed (`planerad`), has a question mark (`okand`) or is grey and struck
    (`stangd`); a position other than `exakt` puts a ring around it.
    """
    colour = GREY if status == "stangd" else symbol.colour
    radius = SIZE / 2 - _INSET.get(position, 3.9)
    corners = _SHAPES.get(symbol.shape)
    outline = _circle(radius)
    if corners:
        outline = "M" + "L".join(f"{x * radius:.2f} {y * radius:.2f}" for x, y in corners) + "Z"
    drawn: list[Part] = []

    if position != "exakt":
        ring = SIZE / 2 - 0.6
        line: dict[str, str | float] = {"fill": PAPER, "stroke": colour}
        line["stroke-width"] = 1.6 if position == "kommun" else 1.1
        if position in _DASHES_AROUND:
            count, share = _DASHES_AROUND[position]
            step = 2 * math.pi * ring / count
            line["stroke-dasharray"] = f"{step * share:.2f} {step * (1 - share):.2f}"
        drawn.append({"d": _circle(ring), **line})

    # the white edge lies under the fill, so that half of it is seen
    drawn.append(
        {"d": outline, "fill": "none", "stroke": PAPER, "stroke-width": 2.2, "stroke-linejoin": "round"}
    )
    ink = PAPER
    if status == "planerad":
        ink = colour
        dashed: dict[str, str | float] = {
            "stroke": colour,
            "stroke-width": 1.3,
            "stroke-dasharray": "2.4 1.5",
        }
        drawn.append({"d": outline, "fill": PAPER, "stroke-linejoin": "round", **dashed})
    else:
        drawn.append({"d": outline, "fill": colour})

    if symbol.letters:
        size = radius * (1.12 if len(symbol.letters) > 1 else 1.5)
        drop = _LETTER_DROP.get(symbol.shape, 0) * radius
        drawn.append(_text(symbol.letters, 0, size * 0.355 + drop, size, ink))
    if status == "stangd":
        reach = radius * 1.05
        strike = f"M{-reach:.2f} {reach:.2f}L{reach:.2f} {-reach:.2f}"
        drawn.append({"d": strike, "fill": "none", "stroke": PAPER, "stroke-width": 3})
        drawn.append({"d": strike, "fill": "none", "stroke": INK, "stroke-width": 1.4})
    if status == "okand":
        x, y, badge = SIZE * 0.36, -SIZE * 0.34, SIZE * 0.23
        drawn.append({"d": _circle(badge, x, y), "fill": PAPER, "stroke": INK, "stroke-width": 0.8})
        drawn.append(_text("?", x, y + badge * 0.62, badge * 1.75, INK))
    return drawn


def hit_marks(rows: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Say how the arenas that may be what is asked for are marked: words and badge, with the rows."""
    return {
        code: {"rows": found, "words": HIT_LEGEND[code], "badge": _badge(_HIT_SIGN[code])}
        for code, found in rows.items()
    }


def _badge(sign: str) -> list[Part]:
    x, y, radius = SIZE * 0.36, SIZE * 0.34, SIZE * 0.23
    ground: Part = {"d": _circle(radius, x, y), "fill": PAPER, "stroke": INK, "stroke-width": 0.8}
    return [ground, _text(sign, x, y + radius * 0.62, radius * 1.75, INK)]


def _text(letters: str, x: float, y: float, size: float, colour: str) -> Part:
    return {"text": letters, "x": round(x, 2), "y": round(y, 2), "font-size": round(size, 2), "fill": colour}


def _circle(radius: float, x: float = 0, y: float = 0) -> str:
    half = f"A{radius:.2f} {radius:.2f} 0 1 1"
    return f"M{x - radius:.2f} {y:.2f}{half} {x + radius:.2f} {y:.2f}{half} {x - radius:.2f} {y:.2f}Z"


def symbol_svg(kind: str, status: str, position: str, x: float, y: float, size: float) -> str:  # noqa: PLR0913, PLR0917 - what is drawn, and where
    """Draw one arena as an SVG group with its middle at (x, y); without a type as the legend does."""
    symbol = TYPE_SYMBOL.get(kind, ANY_TYPE)
    inside = "".join(_element(part) for part in parts(symbol, status, position))
    return f'<g transform="translate({x:.2f} {y:.2f}) scale({size / SIZE:.4f})">{inside}</g>'


def _element(part: Part) -> str:
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in part.items() if name != "text")
    if "text" in part:
        return f'<text{attributes} font-weight="bold" text-anchor="middle">{escape(str(part["text"]))}</text>'
    return f"<path{attributes}/>"


def legend(
    looks: Iterable[tuple[str, str, str]], types: Mapping[str, tuple[str, Symbol]] | None = None
) -> dict[str, object]:
    """Give what the map's script draws and explains, by code and in the legend's order.

    The words of `types` (label and symbol of each; the arena types if none are given), `statuses` and
    `positions`; and `symbols`: the `parts` of every look (type, status and position)
    and of what the legend shows, by those three with `|` between (no type: `ANY_TYPE`).
    """
    types = types or {code: (ARENA_TYPE[code], symbol) for code, symbol in TYPE_SYMBOL.items()}
    shown = {
        *looks,
        *((code, "aktiv", "exakt") for code in types),
        *(("", status, "exakt") for status in STATUS_LEGEND),
        *(("", "aktiv", position) for position in POSITION_LEGEND),
    }
    symbols = {code: symbol for code, (_, symbol) in types.items()}
    return {
        "types": {code: label for code, (label, _) in types.items()},
        "statuses": {
            code: {"tooltip": STATUS[code].lower(), "legend": words} for code, words in STATUS_LEGEND.items()
        },
        "positions": {
            code: {"tooltip": POSITION_TOOLTIP[code], "legend": words}
            for code, words in POSITION_LEGEND.items()
        },
        "symbols": {
            "|".join(look): parts(symbols.get(look[0], ANY_TYPE), *look[1:]) for look in sorted(shown)
        },
    }
