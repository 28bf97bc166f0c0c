"""The map's values: points and boundaries."""

import base64
import json

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.map.points import arena_features, municipality_features, visible_bits


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


def test_arenas_without_a_place_are_not_among_the_points_which_are_strict_json(arenor):
    payload = arena_features(arenor)
    rows = [dict(zip(payload["fields"], row, strict=True)) for row in payload["rows"]]
    assert ([row["id"] for row in rows], rows[0]["lat"]) == (["lingonet", "bilden", "bjornbaret"], 59.12346)
    assert rows[1]["namn"] == "<img src=x onerror=alert(1)>"
    json.dumps(arena_features(arenor), allow_nan=False)
    json.dumps(arena_features(arenor.iloc[:0]), allow_nan=False)
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


def test_each_boundary_has_its_name_or_code_and_a_point_for_it_inside():
    squares = {"1884": shapely.box(15, 59, 15.5, 59.2), "1880": shapely.box(15, 58, 16, 59)}
    properties = [feature["properties"] for feature in municipality_features(squares)["features"]]
    assert [one["kommun"] for one in properties] == ["Örebro", "Nora"]
    for one in properties:
        assert squares[one["kommunkod"]].contains(shapely.Point(one["label"]))
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
