"""Tell what lies where on the map, as plain values that the script in `mapping/map/browser` reads."""

import base64
import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from shapely import affinity
from shapely.geometry import mapping as as_geojson
from shapely.geometry.base import BaseGeometry

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.map.symbols import POSITION_LEGEND, Symbol, legend

POINT_FIELDS: Final = ("id", "namn", "arenatyp", "status", "lage", "lat", "lon", "kommunkod")
"""What stands in a row of the points, in this order."""

COORDINATE_DECIMALS: Final = 5
"""About a metre: what the sources give."""

MAX_BOUNDARY_VERTICES: Final = 20_000
"""More than this in all and the boundaries are simplified for drawing, shared borders kept."""

SIMPLIFY_DEGREES: Final = 0.0008
"""About 50–90 m: less than a pixel when the whole county is seen."""


def placed(arenor: pd.DataFrame) -> pd.DataFrame:
    """Return the arenas that have a place on the map, in the dataset's order.

    They have ``lat`` and ``lon`` (decimal degrees) and a ``lage`` other than ``ingen``.
    """
    return arenor.loc[_has_place(arenor)]


def _has_place(arenor: pd.DataFrame) -> pd.Series:
    return arenor["lat"].notna() & arenor["lon"].notna() & arenor["lage"].isin(list(POSITION_LEGEND))


def arena_features(
    arenor: pd.DataFrame, types: Mapping[str, tuple[str, Symbol]] | None = None
) -> dict[str, Any]:
    """Describe every placed arena of the dataset, once per data version.

    The rows are tuples and not GeoJSON features: the map asks for them once, and 5 000 features
    repeat their keys 5 000 times. Tuples of texts are also passed over by Python's garbage collector.
    Words and symbols that depend only on a code stand once beside the rows.

    Gives ``fields`` and ``rows``, in the order of :func:`placed`, and what `mapping.map.symbols.legend` does.
    Coordinates must already be as coarse as may be shown.
    """
    shown = placed(arenor)
    columns = [
        shown.index.astype(str).tolist(),
        *(shown[name].astype(str).tolist() for name in ("namn", "arenatyp", "status", "lage")),
        *(shown[name].astype(float).round(COORDINATE_DECIMALS).tolist() for name in ("lat", "lon")),
        shown["kommunkod"].astype(str).tolist(),
    ]
    return {
        "fields": list(POINT_FIELDS),
        "rows": list(zip(*columns, strict=True)),
        **legend(set(zip(*columns[2:5], strict=True)), types),
    }


def visible_bits(arenor: pd.DataFrame, visible: pd.Index) -> str:
    """Pack which placed arenas are visible, those of `visible`: one bit each, as base64.

    5 000 arenas are 836 characters this way, 100 000 as a list of ids; the browser gets it at every
    filter click. Bit *i*, the most significant of its byte first, is row *i* of the points, which
    :func:`arena_features` made of the same frame.

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
    """Describe the municipalities' boundaries (WGS 84) as GeoJSON (RFC 7946), in code order.

    The properties are ``kommunkod``, ``kommun`` (a code without a name is named by itself) and ``label``:
    ``[lon, lat]`` of the middle of the widest part.
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
