"""Draw arenas on a map of the county or of one municipality, in SWEREF 99 TM, with its legend."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.geography import in_sweref, sweref_from_wgs84
from mapping.figures import svg
from mapping.figures.lettering import width, wrapped
from mapping.figures.palette import GROUND, INK, LINE, PAPER, SOFT_INK
from mapping.figures.picture import Picture
from mapping.map.points import placed as placed_arenas
from mapping.map.symbols import POSITION_LEGEND, STATUS_LEGEND, symbol_svg
from mapping.swedish import either

_MARGIN_SHARE: Final = 0.05
_LEGEND_WIDTH: Final = 200.0
_GAP: Final = 14.0
_NAME_SIZE: Final = 8.5
_LEGEND_SIZE: Final = 9.0
_LEGEND_LINE: Final = 10.5
_LEGEND_MARK: Final = 13.0
_MOST_LOCALITIES: Final = 4
_CROWD: Final = 60
_AROUND: Final = np.array(
    [
        (0.0, 0.0),
        *(
            (0.55 * ring * math.cos(angle), 0.55 * ring * math.sin(angle))
            for ring in range(1, 14)
            for angle in (2 * math.pi * step / (6 * ring) for step in range(6 * ring))
        ),
    ]
)
"""Places (x, y) around a point in rings, the nearest first, in sizes of a symbol."""

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Frame:
    """Where metres land on paper."""

    left_m: float
    top_m: float
    points_per_m: float
    width: float
    height: float

    def at(self, easting_m: float, northing_m: float) -> tuple[float, float]:
        return (easting_m - self.left_m) * self.points_per_m, (self.top_m - northing_m) * self.points_per_m

    def back(self, x: _Numbers, y: _Numbers) -> tuple[_Numbers, _Numbers]:
        return self.left_m + x / self.points_per_m, self.top_m - y / self.points_per_m

    @classmethod
    def around(cls, shape: BaseGeometry, room: float, most_height: float) -> "_Frame":
        left, bottom, right, top = shape.bounds
        margin = max(right - left, top - bottom) * _MARGIN_SHARE
        wide, high = right - left + 2 * margin, top - bottom + 2 * margin
        scale = min(room / wide, most_height / high)
        return cls(left - margin, top + margin, scale, wide * scale, high * scale)


@dataclass(frozen=True)
class _Mark:
    """One arena on paper: where it is drawn, where it is, and how."""

    x: float
    y: float
    home: tuple[float, float]
    look: tuple[str, str, str]


class _Room:
    """Remember what is taken, so that names and symbols do not cover each other."""

    def __init__(self, frame: _Frame) -> None:
        self._frame = frame
        self._boxes: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, wide: float, high: float) -> None:
        self._boxes.append((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))

    def is_free(self, x: float, y: float, wide: float, high: float) -> bool:
        return bool(self.are_free(np.array([[x, y]]), wide, high)[0])

    def are_free(self, middles: _Numbers, wide: float, high: float) -> npt.NDArray[np.bool_]:
        """Tell which of many boxes of one size could be taken; `middles` has a row (x, y) for each."""
        left, top = (middles - (wide / 2, high / 2)).T
        right, bottom = left + wide, top + high
        is_within = (left >= 0) & (top >= 0) & (right <= self._frame.width) & (bottom <= self._frame.height)
        taken = np.array(self._boxes).reshape(-1, 4).T[:, :, np.newaxis]
        is_beside = (right <= taken[0]) | (left >= taken[2]) | (bottom <= taken[1]) | (top >= taken[3])
        is_free: npt.NDArray[np.bool_] = is_within & is_beside.all(axis=0)
        return is_free


def arena_map(
    dataset: Dataset,
    arena_ids: pd.Index,
    *,
    kommunkod: str | None = None,
    wide: float = 510,
    most_height: float = 420,
) -> Picture:
    """Draw some arenas; those without a place are counted in the legend, to the right of the map.

    One municipality fills the map, its neighbours in grey; without any the whole county does. There is room
    for map and legend in points.
    """
    chosen = dataset.arenor.loc[arena_ids]
    shapes = _projected(dataset)
    focus = shapes.get(kommunkod or "") or shapely.union_all(list(shapes.values()))
    if focus.is_empty:
        focus = shapely.box(470_000, 6_500_000, 530_000, 6_640_000)
    frame = _Frame.around(focus, wide - _GAP - _LEGEND_WIDTH, most_height)
    room = _Room(frame)
    placed = placed_arenas(chosen)
    size = 9.0 if len(placed) > _CROWD else 14.0
    names = [*_names(dataset, shapes, frame, room, kommunkod)]
    marks = _spread(placed, shapes, frame, room, size)
    entries = tuple(_entries(chosen, len(placed)))
    legend, legend_height = _legend(entries, wide - frame.width - _GAP, frame.height)
    return Picture(
        name=f"karta-{kommunkod}" if kommunkod else "karta",
        title=f"Arenor i {vocabulary.AREAS[kommunkod]}" if kommunkod else "Arenor i Örebro län",
        alt=_alt(chosen, len(placed), kommunkod),
        content=(
            svg.element("rect", width=frame.width, height=frame.height, fill=GROUND),
            svg.element("g", *_land(shapes, frame, kommunkod), clip_path="url(#sk-frame)"),
            *_leaders(marks, size),
            *names,
            *(symbol_svg(*one.look, one.x, one.y, size) for one in marks),
            svg.element(
                "rect", width=frame.width, height=frame.height, fill="none", stroke=LINE, stroke_width=0.75
            ),
            svg.element("g", *legend, transform=f"translate({svg.number(frame.width + _GAP)} 0)"),
        ),
        defined=svg.element(
            "clipPath", svg.element("rect", width=frame.width, height=frame.height), id="sk-frame"
        ),
        width=wide,
        height=max(frame.height, legend_height),
    )


@lru_cache(maxsize=8)
def _projected(dataset: Dataset) -> Mapping[str, BaseGeometry]:
    return {code: in_sweref(shape) for code, shape in dataset.municipalities.items()}


def _land(shapes: Mapping[str, BaseGeometry], frame: _Frame, kommunkod: str | None) -> Iterator[str]:
    order = sorted(shapes, key=lambda code: code == kommunkod)
    for code in order:
        is_focus = kommunkod in {None, code}
        yield svg.element(
            "path",
            d=_outline(shapes[code], frame),
            fill=PAPER if is_focus else "#e4e9eb",
            stroke=SOFT_INK if code == kommunkod else LINE,
            stroke_width=1.3 if code == kommunkod else 0.6,
            stroke_linejoin="round",
            fill_rule="evenodd",
        )


def _outline(shape: BaseGeometry, frame: _Frame) -> str:
    simple = shapely.simplify(shape, 0.3 / frame.points_per_m)
    parts = []
    for polygon in shapely.get_parts(simple):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            corners = [frame.at(x, y) for x, y in list(ring.coords)[:-1]]
            parts.append(svg.closed(corners))
    return "".join(parts)


def _names(
    dataset: Dataset, shapes: Mapping[str, BaseGeometry], frame: _Frame, room: _Room, kommunkod: str | None
) -> Iterator[str]:
    """Write the municipalities' names, or in one municipality its largest localities, where there is room."""
    if kommunkod is None:
        for code, shape in shapes.items():
            name = vocabulary.MUNICIPALITIES.get(code, code)
            spot = _spot(shape, name, frame, room)
            if spot:
                yield _name(name, *spot, room, anchor="middle")
        return
    localities = dataset.orter[(dataset.orter["kommunkod"] == kommunkod) & dataset.orter["lat"].notna()]
    largest = localities.sort_values("befolkning", ascending=False, kind="stable").head(_MOST_LOCALITIES)
    for name, lat, lon in zip(largest["ort"], largest["lat"], largest["lon"], strict=True):
        x, y = frame.at(*_metres(lon, lat))
        wide = width(str(name), _NAME_SIZE)
        for anchor, away in (("start", 4.0), ("end", -4.0)):
            middle = x + away + (wide / 2 if anchor == "start" else -wide / 2)
            if room.is_free(middle, y, wide, _NAME_SIZE):
                yield svg.element("circle", cx=x, cy=y, r=1.8, fill=SOFT_INK)
                yield _name(str(name), x + away, y, room, anchor=anchor, middle=middle)
                break


def _spot(shape: BaseGeometry, name: str, frame: _Frame, room: _Room) -> tuple[float, float] | None:
    """Find the middle of the widest free place in a municipality."""
    wide = width(name, _NAME_SIZE)
    left, bottom, right, top = shape.bounds
    best: tuple[float, tuple[float, float]] | None = None
    home = shape.representative_point()
    for column in range(1, 12):
        for row in range(1, 16):
            east, north = left + (right - left) * column / 12, bottom + (top - bottom) * row / 16
            reach = wide * 0.42 / frame.points_per_m
            if not shape.covers(shapely.LineString([(east - reach, north), (east + reach, north)])):
                continue
            x, y = frame.at(east, north)
            away = math.hypot(east - home.x, north - home.y)
            if room.is_free(x, y, wide, _NAME_SIZE) and (best is None or away < best[0]):
                best = (away, (x, y))
    return best[1] if best else None


def _name(  # noqa: PLR0913
    name: str, x: float, y: float, room: _Room, *, anchor: str, middle: float | None = None
) -> str:
    room.take(x if middle is None else middle, y, width(name, _NAME_SIZE) + 2, _NAME_SIZE + 1)
    return svg.text(
        x,
        y + _NAME_SIZE * 0.33,
        name,
        size=_NAME_SIZE,
        fill=SOFT_INK,
        text_anchor=anchor,
        stroke=PAPER,
        stroke_width=2,
        paint_order="stroke",
        stroke_linejoin="round",
    )


def _spread(
    placed: pd.DataFrame, shapes: Mapping[str, BaseGeometry], frame: _Frame, room: _Room, size: float
) -> list[_Mark]:
    """Put each symbol at its place, or at the nearest free one around it, in its municipality if it can."""
    inside = {code: shape.buffer(-size * 0.4 / frame.points_per_m) for code, shape in shapes.items()}
    for shape in inside.values():
        shapely.prepare(shape)
    columns = ("arenatyp", "status", "lage", "lat", "lon", "kommunkod")
    order = {code: number for number, code in enumerate(vocabulary.ARENA_TYPE)}
    rows = sorted(
        zip(*(placed[name] for name in columns), placed.index, strict=True),
        key=lambda row: (order.get(row[0], 99), row[6]),
    )
    marks = []
    for kind, status, position, lat, lon, code, _ in rows:
        home = frame.at(*_metres(lon, lat))
        x, y = _free_spot(home, inside.get(code), frame, room, size)
        room.take(x, y, size, size)
        marks.append(_Mark(x, y, home, (kind, status, position)))
    return marks


def _free_spot(
    home: tuple[float, float], area: BaseGeometry | None, frame: _Frame, room: _Room, size: float
) -> tuple[float, float]:
    """Find the nearest free place in the municipality, else near by, else its own."""
    spots = np.array(home) + size * _AROUND
    is_free = room.are_free(spots, size, size)
    is_inside = is_free if area is None else shapely.intersects_xy(area, *frame.back(*spots.T))
    for is_good in (is_free & is_inside, is_free):
        if is_good.any():
            x, y = spots[is_good.argmax()].tolist()
            return x, y
    return min(max(home[0], 0), frame.width), min(max(home[1], 0), frame.height)


def _metres(longitude: float, latitude: float) -> tuple[float, float]:
    northing_m, easting_m = sweref_from_wgs84(float(longitude), float(latitude))
    return easting_m, northing_m


def _leaders(marks: Sequence[_Mark], size: float) -> Iterator[str]:
    for one in marks:
        if math.hypot(one.x - one.home[0], one.y - one.home[1]) > size * 0.45:
            line = svg.closed([one.home, (one.x, one.y)])
            yield svg.element("path", d=line, stroke=INK, stroke_opacity=0.4, stroke_width=0.6)
            yield svg.element("circle", cx=one.home[0], cy=one.home[1], r=1.1, fill=INK)


@dataclass(frozen=True)
class _Entry:
    """One line of the legend; without a sign it is a heading or a remark."""

    words: str
    sign: tuple[str, str, str] | None = None
    is_heading: bool = False


def _entries(chosen: pd.DataFrame, placed: int) -> Iterator[_Entry]:
    """Say what the signs mean, only those that are there, with how many there are of each type."""
    if chosen.empty:
        yield _Entry("Ingen källa nämner någon arena här.")
        return
    counts = chosen["arenatyp"].value_counts()
    yield _Entry("Typ av arena (antal)", is_heading=True)
    for code, label in vocabulary.ARENA_TYPE.items():
        if code in counts.index:
            yield _Entry(f"{label} ({counts[code]})", (code, "aktiv", "exakt"))
    positions = [code for code in POSITION_LEGEND if code in set(chosen["lage"])]
    if positions:
        yield _Entry("Hur säkert läget är", is_heading=True)
    for code in positions:
        yield _Entry(POSITION_LEGEND[code], ("", "aktiv", code))
    states = [code for code in STATUS_LEGEND if code in set(chosen["status"]) - {"aktiv"}]
    if states:
        yield _Entry("Status, om inte aktiv", is_heading=True)
    for code in states:
        yield _Entry(STATUS_LEGEND[code], ("", code, "exakt"))
    unplaced = len(chosen) - placed
    if unplaced:
        yield _Entry(f"{unplaced} {'arena' if unplaced == 1 else 'arenor'} utan plats på kartan")


def _legend(entries: Sequence[_Entry], room: float, high: float) -> tuple[list[str], float]:
    """Write the legend in as few columns as fit beside the map, one or two."""
    for columns in (1, 2):
        drawn = _columns(entries, room, high, columns)
        if drawn[1] <= high:
            break
    return drawn


def _columns(entries: Sequence[_Entry], room: float, high: float, columns: int) -> tuple[list[str], float]:
    wide = (room - _GAP * (columns - 1)) / columns
    rows: list[str] = []
    x, y, lowest = 0.0, 0.0, 0.0
    for number, entry in enumerate(entries):
        lines = wrapped(entry.words, _LEGEND_SIZE, wide - (_LEGEND_MARK + 6 if entry.sign else 0))
        needed = max(_LEGEND_MARK + 1.5, _LEGEND_LINE * len(lines) + 3)
        # a heading does not stand alone at the foot of a column
        ahead = needed + (_LEGEND_MARK + 1.5 if entry.is_heading else 0)
        if number and y + ahead > high and x + wide + _GAP < room:
            x, y = x + wide + _GAP, 0.0
        if entry.is_heading and y:
            y += 3
        if entry.sign:
            rows.append(symbol_svg(*entry.sign, x + _LEGEND_MARK / 2, y + _LEGEND_MARK / 2, _LEGEND_MARK))
        for place, line in enumerate(lines):
            rows.append(
                svg.text(
                    x + (_LEGEND_MARK + 6 if entry.sign else 0),
                    y + _LEGEND_MARK * 0.5 + 3 + place * _LEGEND_LINE,
                    line,
                    size=_LEGEND_SIZE,
                    fill=INK,
                    font_weight="bold" if entry.is_heading else "normal",
                )
            )
        y += needed
        lowest = max(lowest, y)
    return rows, lowest


def _alt(chosen: pd.DataFrame, placed: int, kommunkod: str | None) -> str:
    where = vocabulary.AREAS[kommunkod] if kommunkod else "Örebro län"
    if chosen.empty:
        return f"Karta över {where} utan arenor: ingen källa nämner någon."
    counts = chosen["arenatyp"].value_counts()
    kinds = either(
        (
            f"{label.lower()} {counts[code]}"
            for code, label in vocabulary.ARENA_TYPE.items()
            if code in counts.index
        ),
        last="och",
    )
    unsure = int(chosen["lage"].isin(["ort", "kommun"]).sum())
    sentence = f"Karta över {where} med {placed} av {len(chosen)} arenor. Antal av varje typ: {kinds}."
    return f"{sentence} För {unsure} av dem är bara orten eller kommunen känd." if unsure else sentence
