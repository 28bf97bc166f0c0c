"""Give each arena a position, and say what the position is worth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, COORDINATE_EXAMPLES, EMPTY
from mapping.dataset import geography
from mapping.dataset.geography import Municipalities

FAR_M = 5_000.0
"""A point farther than this outside its declared municipality is reported; the boundaries are generalised."""

_WGS_84 = ("lat", "lon")
_SWEREF = ("sweref_n", "sweref_e")
_SYSTEM_NAMES = {_WGS_84: "WGS 84", _SWEREF: "SWEREF 99 TM"}
_COORDINATES = [*_WGS_84, *_SWEREF]


@dataclass(frozen=True)
class _Point:
    """A pair of numbers and how they had to be read to lie in Sweden."""

    first: float
    second: float
    columns: tuple[str, str]
    is_swapped: bool
    origin: str = EMPTY
    """What it was, if it stood in no system that has columns: the end of "Koordinaterna …"."""


def own_positions(arenor: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Give every arena that has coordinates its own position in WGS 84, whatever the columns they stand in.

    The arenas are typed, indexed by the row in a spreadsheet, with `lat`, `lon` or `sweref_n`, `sweref_e`, or
    both pairs, in which case the first counts. They get `lat` and `lon` in decimal degrees wherever either
    pair could be read, and keep `sweref_n` and `sweref_e` only where the file gave SWEREF 99 TM. What could
    not be read is missing. Findings: what was recognised, and points outside Sweden.
    """
    findings: list[Finding] = []
    positions: dict[str, list[float | None]] = {name: [] for name in _COORDINATES}
    uses_sweref = False
    given = arenor[_COORDINATES]
    is_missing = given.isna()
    in_degrees = given["lat"].between(*geography.SWEDEN_LATITUDES) & given["lon"].between(
        *geography.SWEDEN_LONGITUDES
    )
    # degrees in Sweden, in their own columns, and nothing else; or nothing at all
    is_plain = in_degrees & is_missing[list(_SWEREF)].all(axis="columns") | is_missing.all(axis="columns")
    odd = given[~is_plain]
    for row, numbers in zip(odd.index, odd.itertuples(index=False), strict=True):
        by_column = dict(zip(_COORDINATES, numbers, strict=True))
        points = []
        for columns in (_WGS_84, _SWEREF):
            pair = (by_column[columns[0]], by_column[columns[1]])
            if pd.notna(pair[0]) and pd.notna(pair[1]):
                point = _recognised(*pair)
                points.append(point)
                findings += _findings_of(int(row), columns, pair, point)
        known = [point for point in points if point is not None]
        degrees = next((point for point in known if point.columns == _WGS_84), None)
        metres = next((point for point in known if point.columns == _SWEREF), None)
        uses_sweref |= metres is not None
        if degrees is not None:
            latitude, longitude = degrees.first, degrees.second
        elif metres is not None:
            longitude, latitude = geography.wgs84_from_sweref(metres.first, metres.second)
        cells = (
            (latitude, longitude) if known else (None, None),
            (metres.first, metres.second) if metres is not None else (None, None),
        )
        for name, number in zip(_COORDINATES, (*cells[0], *cells[1]), strict=True):
            positions[name].append(number)
    if uses_sweref:
        findings.append(Finding("coordinate-system-recognised", ARENOR.name, None, "sweref_n"))
    own = {name: given[name].to_numpy(dtype="float64", copy=True) for name in _COORDINATES}
    for name, read in positions.items():
        own[name][~is_plain] = np.array(read, dtype="float64")
    return arenor.assign(**own), tuple(findings)


def placed(arenor: pd.DataFrame, orter: pd.DataFrame, municipalities: Municipalities) -> pd.DataFrame:
    """Give every arena of the public view the position to draw, and its accuracy.

    Same index. `lage` is a code of `vocabulary.POSITION_ACCURACY`. `lat` and `lon` are the position, missing
    if `lage` is `ingen`. `placed_at` names it: address, locality or municipality.
    """
    reliable = orter[(orter["palitlig"] == "ja") & orter["kommunkod"].notna()]
    localities = {
        (ort.casefold(), kommunkod): (latitude, longitude)
        for ort, kommunkod, latitude, longitude in zip(
            reliable["ort"], reliable["kommunkod"], reliable["lat"], reliable["lon"], strict=True
        )
    }
    centres = {
        code: geography.representative_point(polygon)[::-1] for code, polygon in municipalities.items()
    }
    rows = arenor[["arenatyp", "kommunkod", "adress_visning", "belagg", "adress", "ort", "lat", "lon"]]
    positions = [_position(row, localities, centres) for row in rows.itertuples(index=False)]
    return arenor.assign(
        lat=pd.Series([position.latitude for position in positions], index=arenor.index, dtype="float64"),
        lon=pd.Series([position.longitude for position in positions], index=arenor.index, dtype="float64"),
        lage=pd.Series([position.accuracy for position in positions], index=arenor.index, dtype="str"),
        placed_at=pd.Series([position.name for position in positions], index=arenor.index, dtype="str"),
    )


def far_from_municipality(arenor: pd.DataFrame, municipalities: Municipalities) -> Iterator[Finding]:
    """Find arenas whose own coordinates lie more than `FAR_M` metres outside their declared municipality."""
    longitudes, latitudes = arenor["lon"].to_numpy(), arenor["lat"].to_numpy()
    place_of_code, codes = pd.factorize(arenor["kommunkod"])
    is_doubtful = np.zeros(len(arenor), dtype=bool)
    for number, code in enumerate(codes):
        if code in municipalities:
            rows = np.flatnonzero((place_of_code == number) & ~np.isnan(latitudes))
            is_doubtful[rows] = ~geography.are_surely_within(
                longitudes[rows], latitudes[rows], municipalities[code], limit_m=FAR_M
            )
    doubtful = arenor[["arena_id", "kommunkod", "lat", "lon"]][is_doubtful]
    columns = [doubtful[name] for name in doubtful]
    for row, arena, code, latitude, longitude in zip(doubtful.index, *columns, strict=True):
        polygon = municipalities[code]
        distance_m = geography.distance_m(longitude, latitude, polygon)
        if distance_m > FAR_M:
            details = {
                "distance_km": f"{distance_m / 1000:.0f}",
                "municipality": vocabulary.MUNICIPALITIES[code],
            }
            yield Finding("far-from-municipality", ARENOR.name, int(row), "lat", str(arena), details)


def _recognised(first: float, second: float) -> _Point | None:
    """Read a pair as whatever lies in Sweden: degrees or metres, in either order. No two readings overlap."""
    for columns, lies_in_sweden in (
        (_WGS_84, geography.is_wgs84_in_sweden),
        (_SWEREF, geography.is_sweref_in_sweden),
    ):
        if lies_in_sweden(first, second):
            return _Point(first, second, columns, is_swapped=False)
        if lies_in_sweden(second, first):
            return _Point(second, first, columns, is_swapped=True)
    for is_swapped, north, east in ((False, first, second), (True, second, first)):
        if read := geography.wgs84_from_older_or_local(north, east):
            name, longitude, latitude = read
            return _Point(latitude, longitude, _WGS_84, is_swapped, f"är i {name}")
        latitude, longitude = _with_decimal_sign(north), _with_decimal_sign(east)
        if geography.is_in_county(latitude, longitude):
            return _Point(latitude, longitude, _WGS_84, is_swapped, "saknar decimaltecken")
    return None


def _with_decimal_sign(number: float) -> float:
    """Read 5927412 as 59.27412, degrees whose decimal sign was lost, if there were three decimals."""
    digits = f"{number:.0f}"
    return float(f"{digits[:2]}.{digits[2:]}") if number.is_integer() and len(digits) >= 5 else np.nan


def _findings_of(
    row: int, columns: tuple[str, str], pair: tuple[float, float], point: _Point | None
) -> Iterator[Finding]:
    first, second = columns
    words = {"pair": f"{first} och {second}"}
    value = " och ".join(map(_written, pair))
    if point is None:
        words["example"] = f"{first} {COORDINATE_EXAMPLES[first]} och {second} {COORDINATE_EXAMPLES[second]}"
        yield Finding("outside-sweden", ARENOR.name, row, first, value, words)
        return
    own = zip(point.columns, (point.first, point.second), strict=True)
    words["example"] = " och ".join(f"{name} {_written(number)}" for name, number in own)
    if point.origin:
        yield Finding("coordinates-converted", ARENOR.name, row, first, value, words | {"what": point.origin})
        return
    if point.columns != columns:
        system, right = _SYSTEM_NAMES[point.columns], " och ".join(point.columns)
        mixed = {"pair": words["pair"], "system": system, "right_pair": right}
        yield Finding("coordinate-columns-mixed", ARENOR.name, row, first, value, mixed)
    if point.is_swapped:
        yield Finding("swapped-coordinates", ARENOR.name, row, first, value, words)


def _written(number: float) -> str:
    """Write degrees to about a metre, metres whole."""
    return f"{number:.7g}".replace(".", ",") if abs(number) < 1000 else f"{number:.0f}"


@dataclass(frozen=True)
class _Position:
    """Where an arena is drawn, how sure that is, and what stands there."""

    accuracy: str
    latitude: float | None = None
    longitude: float | None = None
    name: str | None = None


def _position(
    row: Any, localities: dict[tuple[str, str], tuple[float, float]], centres: dict[str, tuple[float, float]]
) -> _Position:
    is_nowhere = row.kommunkod not in centres or row.arenatyp == "digital" or row.adress_visning == "dold"
    if is_nowhere:
        return _Position("ingen")
    municipality = vocabulary.MUNICIPALITIES[row.kommunkod]
    if pd.notna(row.lat):
        names = (name for name in (row.adress, row.ort, municipality) if pd.notna(name))
        return _Position("exakt" if row.belagg == "direkt" else "harlett", row.lat, row.lon, next(names))
    locality = localities.get((row.ort.casefold(), row.kommunkod)) if pd.notna(row.ort) else None
    if locality is not None:
        return _Position("ort", *locality, row.ort)
    return _Position("kommun", *centres[row.kommunkod], municipality)
