"""The map's values: symbols, points, boundaries, shading."""

import base64
import itertools
import json
from operator import itemgetter

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.contract.vocabulary import ARENA_TYPE, POSITION_ACCURACY, STATUS
from mapping.map.points import (
    POSITION_LEGEND,
    POSITION_TOOLTIP,
    SHADES_LIGHT,
    STATUS_LEGEND,
    TYPE_SYMBOL,
    arena_features,
    municipality_features,
    shading,
    visible_bits,
)


@pytest.fixture
def arenor():
    return pd.DataFrame(
        [
            ["Lingonets familjecentral", "familjecentral", "aktiv", "1884", 59.123456, 15.2, "exakt"],
            ["<img src=x onerror=alert(1)>", "bvc", "planerad", "1880", 59.5, 15.3, "harlett"],
            ["Digitala mottagningen", "digital", "aktiv", "18", np.nan, np.nan, "ingen"],
            ["Björnbärets öppna förskola", "oppen_forskola", "okand", "1880", 59.5, 15.3, "ort"],
        ],
        columns=["namn", "arenatyp", "status", "kommunkod", "lat", "lon", "lage"],
        index=pd.Index(["lingonet", "bilden", "digitala", "bjornbaret"], name="arena_id"),
    )


def test_every_type_has_a_symbol_that_is_its_own_without_colour():
    assert list(TYPE_SYMBOL) == list(ARENA_TYPE)
    assert len({symbol.letters for symbol in TYPE_SYMBOL.values()}) == len(ARENA_TYPE)
    assert all(1 <= len(symbol.letters) <= 2 for symbol in TYPE_SYMBOL.values())


@pytest.mark.parametrize("code", ARENA_TYPE)
def test_white_letters_on_a_symbol_have_contrast(code):
    assert (1.05) / (luminance(TYPE_SYMBOL[code].colour) + 0.05) >= 4.5


def test_every_status_and_every_place_is_explained():
    assert set(STATUS_LEGEND) == set(STATUS)
    assert set(POSITION_LEGEND) == set(POSITION_TOOLTIP) == set(POSITION_ACCURACY) - {"ingen"}


def test_arenas_without_a_place_are_not_among_the_points(arenor):
    payload = arena_features(arenor)
    rows = [dict(zip(payload["fields"], row, strict=True)) for row in payload["rows"]]
    assert [row["id"] for row in rows] == ["lingonet", "bilden", "bjornbaret"]
    assert rows[0]["lat"] == 59.12346
    assert rows[1]["namn"] == "<img src=x onerror=alert(1)>"


def test_points_are_strict_json(arenor):
    json.dumps(arena_features(arenor), allow_nan=False)
    json.dumps(arena_features(arenor.iloc[:0]), allow_nan=False)


def test_no_arenas_are_no_rows(arenor):
    assert arena_features(arenor.iloc[:0])["rows"] == []


@given(chosen=st.sets(st.integers(0, 40)), size=st.integers(0, 40))
def test_the_bits_say_which_points_are_visible(chosen, size):
    ids = [f"a{i}" for i in range(size)]
    lage = ["ingen" if i % 5 == 4 else "exakt" for i in range(size)]
    frame = pd.DataFrame({"lat": 59.0, "lon": 15.0, "lage": lage}, index=pd.Index(ids, dtype="str"))
    packed = base64.b64decode(visible_bits(frame, pd.Index([f"a{i}" for i in chosen], dtype="str")))
    points = [i for i in range(size) if i % 5 != 4]
    shown = [i for n, i in enumerate(points) if packed[n >> 3] >> (7 - (n & 7)) & 1]
    assert shown == [i for i in points if i in chosen]


def test_each_boundary_has_its_name_and_a_point_for_it_inside():
    squares = {"1884": shapely.box(15, 59, 15.5, 59.2), "1880": shapely.box(15, 58, 16, 59)}
    collection = municipality_features(squares)
    properties = [feature["properties"] for feature in collection["features"]]
    assert [one["kommun"] for one in properties] == ["Örebro", "Nora"]
    for one in properties:
        assert squares[one["kommunkod"]].contains(shapely.Point(one["label"]))


def test_an_unnamed_municipality_is_called_by_its_code():
    collection = municipality_features({"0330": shapely.box(15, 59, 16, 60)})
    assert collection["features"][0]["properties"]["kommun"] == "0330"


def test_very_fine_boundaries_are_simplified_and_still_meet(monkeypatch):
    monkeypatch.setattr("mapping.map.points.MAX_BOUNDARY_VERTICES", 50)
    wave = [(15 + 0.0001 * np.sin(i), 59 + i / 100) for i in range(101)]
    west = shapely.Polygon([(14, 59), *wave, (14, 60)])
    east = shapely.Polygon([(16, 59), *wave, (16, 60)])
    shapes = {
        feature["properties"]["kommunkod"]: shapely.geometry.shape(feature["geometry"])
        for feature in municipality_features({"1880": west, "1884": east})["features"]
    }
    assert sum(shapely.get_num_coordinates(shape) for shape in shapes.values()) < 150
    assert shapes["1880"].intersection(shapes["1884"]).area == pytest.approx(0, abs=1e-9)


def test_the_unknown_are_hatched_and_never_zero():
    shade = shading(
        pd.Series({"1860": np.nan, "1884": 0.0, "1880": 2.0}), title="Antal", unit=("arena", "arenor")
    )
    assert shade.step["1860"] is None
    assert shade.has_missing
    assert [step.label for step in shade.classes] == ["0 arenor", "2 arenor"]
    assert shade.as_dict()["missing"] == "uppgift saknas"


def test_nothing_known_is_a_scale_without_steps():
    shade = shading(pd.Series({"1860": np.nan}), title="Antal")
    assert shade.classes == ()
    assert shade.text == {"1860": "Antal: uppgift saknas"}


def test_one_arena_is_singular():
    assert shading(pd.Series({"1860": 1}), title="", unit=("arena", "arenor")).text["1860"] == "1 arena"


@given(
    values=st.lists(st.one_of(st.none(), st.floats(0, 500)), min_size=1, max_size=30),
    decimals=st.integers(0, 2),
)
def test_steps_follow_the_values(values, decimals):
    series = pd.Series(values, index=[f"{1800 + i}" for i in range(len(values))], dtype="float64")
    shade = shading(series, title="Mått", decimals=decimals)
    known = {code: round(value, decimals) for code, value in series.items() if not np.isnan(value)}
    assert len(shade.classes) <= len(SHADES_LIGHT)
    assert {code for code, step in shade.step.items() if step is None} == set(series.index) - set(known)
    for (one, low), (other, high) in itertools.combinations(sorted(known.items(), key=itemgetter(1)), 2):
        assert shade.step[one] <= shade.step[other]
        assert low != high or shade.step[one] == shade.step[other]
    assert {step for step in shade.step.values() if step is not None} == set(range(len(shade.classes)))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
