"""Tell what the map shows, as plain values that the drawing in ``mapping/drawing`` reads."""

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely import affinity
from shapely.geometry import mapping as as_geojson
from shapely.geometry.base import BaseGeometry

from mapping.contract.vocabulary import AREAS, ARENA_TYPE, MUNICIPALITIES, STATUS
from mapping.swedish import swedish_number

POINT_FIELDS = ("id", "namn", "arenatyp", "status", "lage", "lat", "lon", "kommunkod")
"""What stands in a row of the points, in this order."""

COORDINATE_DECIMALS = 5
"""About a metre: what the sources give."""

MAX_BOUNDARY_VERTICES = 20_000
"""More than this in all and the boundaries are simplified for drawing, shared borders kept."""

SIMPLIFY_DEGREES = 0.0008
"""About 50–90 m: less than a pixel when the whole county is seen."""


@dataclass(frozen=True)
class Symbol:
    """How an arena type is drawn: three signs that each tell it, so that colour is never alone."""

    letters: str
    shape: str
    colour: str


TYPE_SYMBOL: Mapping[str, Symbol] = MappingProxyType(
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

POSITION_TOOLTIP: Mapping[str, str] = MappingProxyType(
    {
        "exakt": "Läge: egen adress",
        "harlett": "Läge: adressen för den verksamhet som uppgiften är härledd ur",
        "ort": "Läge: bara orten är känd",
        "kommun": "Läge: bara kommunen är känd",
    }
)

POSITION_LEGEND: Mapping[str, str] = MappingProxyType(
    {
        "exakt": "Egen adress",
        "harlett": "Härledd adress",
        "ort": "Bara orten är känd",
        "kommun": "Bara kommunen är känd",
    }
)

STATUS_LEGEND: Mapping[str, str] = MappingProxyType(
    {"aktiv": "Aktiv", "planerad": "Planerad", "okand": "Okänd status", "stangd": "Stängd"}
)

SHADES_LIGHT = ("#f4f0f8", "#ded2ea", "#bfa8d6", "#9878ba", "#6d4b96")
SHADES_DARK = ("#231d2b", "#3a2d4a", "#574370", "#7a619a", "#a78fc6")
"""From none to most. Purple: no prevention level and no verdict has it."""

MISSING_LABEL = "uppgift saknas"


def placed(arenor: pd.DataFrame) -> pd.DataFrame:
    """Return the arenas that have a place on the map, in the dataset's order.

    Parameters
    ----------
    arenor
        Indexed by ``arena_id``: ``lat``, ``lon`` (decimal degrees), ``lage``.

    Returns
    -------
    pandas.DataFrame
        The same columns, only the rows with coordinates and a ``lage`` other than ``ingen``.
    """
    return arenor.loc[_has_place(arenor)]


def _has_place(arenor: pd.DataFrame) -> pd.Series:
    return arenor["lat"].notna() & arenor["lon"].notna() & arenor["lage"].isin(list(POSITION_TOOLTIP))


def arena_features(arenor: pd.DataFrame) -> dict[str, Any]:
    """Describe every placed arena of the dataset, once per data version.

    The rows are tuples and not GeoJSON features: the map asks for them once, and 5 000 features
    repeat their keys 5 000 times. Tuples of texts are also passed over by Python's garbage collector.
    Sentences that depend only on a code stand once beside the rows.

    Parameters
    ----------
    arenor
        Indexed by ``arena_id``: ``namn``, ``arenatyp``, ``status``, ``kommunkod``, ``lat``, ``lon``
        (decimal degrees, already as coarse as may be shown), ``lage``.

    Returns
    -------
    dict
        ``fields`` and ``rows`` (in the order of :func:`placed`), and by code ``types``, ``statuses``,
        ``positions`` and ``areas``: what tooltip and legend say.
    """
    shown = placed(arenor)
    columns = [
        shown.index.astype(str),
        shown["namn"].astype(str),
        shown["arenatyp"].astype(str),
        shown["status"].astype(str),
        shown["lage"].astype(str),
        shown["lat"].astype(float).round(COORDINATE_DECIMALS),
        shown["lon"].astype(float).round(COORDINATE_DECIMALS),
        shown["kommunkod"].astype(str),
    ]
    return {
        "fields": list(POINT_FIELDS),
        "rows": list(zip(*(column.tolist() for column in columns), strict=True)),
        **legend_texts(),
    }


def legend_texts() -> dict[str, Any]:
    """Return the words and symbols of types, statuses and positions, by code, in legend order."""
    return {
        "types": {
            code: {
                "label": ARENA_TYPE[code],
                "letters": symbol.letters,
                "shape": symbol.shape,
                "colour": symbol.colour,
            }
            for code, symbol in TYPE_SYMBOL.items()
        },
        "statuses": {
            code: {"tooltip": STATUS[code].lower(), "legend": legend}
            for code, legend in STATUS_LEGEND.items()
        },
        "positions": {
            code: {"tooltip": POSITION_TOOLTIP[code], "legend": legend}
            for code, legend in POSITION_LEGEND.items()
        },
        "areas": dict(AREAS),
    }


def visible_bits(arenor: pd.DataFrame, visible: pd.Index) -> str:
    """Pack which placed arenas are visible: one bit each, as base64.

    5 000 arenas are 836 characters this way, 100 000 as a list of ids; the browser gets it at every
    filter click.

    Parameters
    ----------
    arenor
        The whole dataset's arenas, the frame that :func:`arena_features` got.
    visible
        The ``arena_id`` of the arenas to show; those without a place are passed over.

    Returns
    -------
    str
        Bit *i*, the most significant of its byte first, is row *i* of the points.

    Examples
    --------
    >>> arenor = pd.DataFrame({"lat": [59.0, None, 59.2], "lon": [15.0, None, 15.2],
    ...                        "lage": ["exakt", "ingen", "ort"]}, index=["a", "b", "c"])
    >>> base64.b64decode(visible_bits(arenor, pd.Index(["b", "c"])))
    b'@'
    """
    # the index remembers where its labels are; isin() would hash all of them again, 30 ms of each click
    rows = arenor.index.get_indexer(visible)
    shown = np.zeros(len(arenor), dtype=bool)
    shown[rows[rows >= 0]] = True
    return base64.b64encode(np.packbits(shown[_has_place(arenor)]).tobytes()).decode("ascii")


def municipality_features(
    geometries: Mapping[str, BaseGeometry], names: Mapping[str, str] = MUNICIPALITIES
) -> dict[str, Any]:
    """Describe the municipalities' boundaries as GeoJSON, each with its name and a point for it.

    Parameters
    ----------
    geometries
        Polygon or multipolygon of each ``kommunkod``, decimal degrees (WGS 84).
    names
        Name of each ``kommunkod``; a code without one is named by itself.

    Returns
    -------
    dict
        A FeatureCollection (RFC 7946) with ``kommunkod``, ``kommun`` and ``label`` (``[lon, lat]``,
        the middle of the widest part) as properties, in code order.
    """
    codes = sorted(geometries)
    shapes = _drawable([geometries[code] for code in codes])
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "kommunkod": code,
                    "kommun": names.get(code, code),
                    "label": _label_point(shape),
                },
                "geometry": as_geojson(shapely.set_precision(shape, 10**-COORDINATE_DECIMALS)),
            }
            for code, shape in zip(codes, shapes, strict=True)
            if not shape.is_empty
        ],
    }


def _drawable(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Simplify very fine boundaries; neighbours keep sharing their border."""
    if sum(shapely.get_num_coordinates(shape) for shape in shapes) <= MAX_BOUNDARY_VERTICES:
        return shapes
    return list(shapely.coverage_simplify(np.array(shapes, dtype=object), SIMPLIFY_DEGREES))


def _label_point(shape: BaseGeometry) -> list[float]:
    # a degree of longitude is about half a degree of latitude here: measure in equal units
    squeeze = math.cos(math.radians(shape.centroid.y))
    level = affinity.scale(shape, xfact=squeeze, yfact=1.0, origin=(0, 0))
    polygons = shapely.MultiPolygon(
        [part for part in shapely.get_parts(level) if part.geom_type == "Polygon"]
    )
    middle = shapely.get_point(shapely.maximum_inscribed_circle(polygons, tolerance=0.005), 0)
    return [round(middle.x / squeeze, COORDINATE_DECIMALS), round(middle.y, COORDINATE_DECIMALS)]


@dataclass(frozen=True)
class ShadeClass:
    """One step of the scale: what it says, and its fill on a light and on a dark page.

    With `dots` the fill is dotted in that colour: a second sign beside the colour.
    """

    label: str
    colour: str
    colour_dark: str
    dots: str = ""
    dots_dark: str = ""


@dataclass(frozen=True)
class Shading:
    """What the municipalities are shaded by.

    Attributes
    ----------
    title
        What is measured, with unit.
    source
        Source and year, for people; empty when there is nothing to add.
    classes
        The steps in use, lowest first.
    step
        Index into `classes` of each ``kommunkod``; None = missing, drawn as hatched grey.
    text
        The value of each ``kommunkod`` in words: with its unit, or else with what is measured.
    mark
        What stands under the name of each ``kommunkod``; empty when the colours are a scale.
    missing_label
        What the hatched grey says.
    """

    title: str
    source: str
    classes: tuple[ShadeClass, ...]
    step: Mapping[str, int | None]
    text: Mapping[str, str]
    mark: Mapping[str, str] = field(default_factory=dict)
    missing_label: str = MISSING_LABEL

    @property
    def has_missing(self) -> bool:
        """Whether the legend needs the hatched grey."""
        return any(step is None for step in self.step.values())

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for the drawing."""
        return {
            "title": self.title,
            "source": self.source,
            "classes": [
                {
                    "label": one.label,
                    "colour": one.colour,
                    "colourDark": one.colour_dark,
                    "dots": one.dots,
                    "dotsDark": one.dots_dark,
                }
                for one in self.classes
            ],
            "missing": self.missing_label if self.has_missing else "",
            "step": dict(self.step),
            "text": dict(self.text),
            "mark": dict(self.mark),
        }


def shading(
    values: pd.Series,
    *,
    title: str,
    source: str = "",
    decimals: int = 0,
    unit: tuple[str, str] = ("", ""),
) -> Shading:
    """Divide the municipalities into steps of a colour scale.

    Zero is a step of its own. The rest are divided by rank into at most four groups of about equal
    size; equal values (as shown, with `decimals`) are never parted. A step is labelled by the lowest
    and highest value *in it*, so that the legend says nothing that the data does not.

    Parameters
    ----------
    values
        A non-negative number per ``kommunkod``; missing = unknown.
    title
        What is measured.
    source
        Source and year, shown under the scale.
    decimals
        How many decimals are shown.
    unit
        Unit in singular and plural, shown after the numbers; empty to leave it to `title`.

    Returns
    -------
    Shading
        Steps, labels and colours.

    Examples
    --------
    >>> values = pd.Series({"1860": 0, "1884": 3, "1880": 46, "1814": None})
    >>> shade = shading(values, title="Antal arenor", unit=("arena", "arenor"))
    >>> [step.label for step in shade.classes], shade.step["1814"], shade.text["1814"]
    (['0 arenor', '3 arenor', '46 arenor'], None, 'uppgift saknas')
    """
    shown = values.astype("float64").round(decimals)
    known = shown.dropna()
    groups = _rank_groups(sorted(set(known[known > 0].tolist())), known)
    steps = [(0.0, 0.0)] if (known == 0).any() else []
    steps += groups
    colours = _spread_over_scale(len(groups), with_zero=bool((known == 0).any()))
    classes = tuple(
        ShadeClass(_span(low, high, decimals, unit), SHADES_LIGHT[colour], SHADES_DARK[colour])
        for (low, high), colour in zip(steps, colours, strict=True)
    )
    step = {
        str(code): next((i for i, (low, high) in enumerate(steps) if low <= value <= high), None)
        for code, value in shown.items()
    }
    before = "" if any(unit) else f"{title}: "
    text = {
        str(code): before + (MISSING_LABEL if math.isnan(value) else _span(value, value, decimals, unit))
        for code, value in shown.items()
    }
    return Shading(title=title, source=source, classes=classes, step=step, text=text)


def _rank_groups(distinct: Sequence[float], known: pd.Series) -> list[tuple[float, float]]:
    """Return (lowest, highest) of at most four groups of about equal size, ties together."""
    count = min(len(SHADES_LIGHT) - 1, len(distinct))
    if count == 0:
        return []
    if count == len(distinct):
        return [(value, value) for value in distinct]
    rank = known[known > 0].rank(method="average", pct=True)
    group_of = {float(known[code]): min(count - 1, int(rank[code] * count - 1e-9)) for code in rank.index}
    groups: dict[int, list[float]] = {}
    for value in distinct:
        groups.setdefault(group_of[value], []).append(value)
    return [(min(members), max(members)) for members in groups.values()]


def _spread_over_scale(groups: int, *, with_zero: bool) -> list[int]:
    """Choose colours so that few steps still differ clearly: the ends of the scale first."""
    ladder: dict[int, list[int]] = {0: [], 1: [3], 2: [1, 3], 3: [1, 2, 4], 4: [1, 2, 3, 4]}
    return ([0] if with_zero else []) + ladder[groups]


def _span(low: float, high: float, decimals: int, unit: tuple[str, str]) -> str:
    number = swedish_number(low, decimals)
    if low != high:
        number = f"{number}–{swedish_number(high, decimals)}"
    word = unit[0] if low == high == 1 else unit[1]
    return f"{number} {word}".rstrip()
