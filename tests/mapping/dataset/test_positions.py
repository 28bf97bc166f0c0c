"""Positions are recognised in any column and order, and their accuracy is told."""

import pandas as pd
import pytest
import shapely

from mapping.dataset import geography, positions
from tests.deliveries import typed

ARENA = {"arena_id": "a", "namn": "Eken", "arenatyp": "bvc", "kommunkod": "1884"}
LATITUDE, LONGITUDE = 59.5191, 15.0396
NORTHING, EASTING = (round(number) for number in geography.sweref_from_wgs84(LONGITUDE, LATITUDE))
DEGREES = {"lat": str(LATITUDE), "lon": str(LONGITUDE)}
NORA = {"1884": shapely.box(14.7, 59.4, 15.3, 59.7)}
LOCALITIES = [
    {"ort": "Nora", "kommunkod": "1884", "lat": "59.5", "lon": "15.0", "palitlig": "ja"},
    {"ort": "Gyttorp", "kommunkod": "1884", "lat": "59.4", "lon": "14.9", "palitlig": "nej"},
    {"ort": "Ås", "kommunkod": "1880", "lat": "59.2", "lon": "15.2", "palitlig": "ja"},
]


def own(cells):
    frame, findings = positions.own_positions(typed("arenor", [{**ARENA, **cells}]))
    row = frame.iloc[0]
    return (row["lat"], row["lon"]), [(f.row, f.column, f.code) for f in findings]


def place(cells):
    arenor, _ = positions.own_positions(typed("arenor", [{**ARENA, **cells}]))
    return positions.placed(arenor, typed("orter", LOCALITIES), NORA).iloc[0]


METRES = {"sweref_n": str(NORTHING), "sweref_e": str(EASTING)}
NOTE = (None, "sweref_n", "coordinate-system-recognised")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (DEGREES, []), ({"lat": "59,5191", "lon": "15,0396"}, []), (METRES, [NOTE]),
        ({**DEGREES, **METRES}, [NOTE]),
        ({"lat": DEGREES["lon"], "lon": DEGREES["lat"]}, [(2, "lat", "swapped-coordinates")]),
        ({"sweref_n": METRES["sweref_e"], "sweref_e": METRES["sweref_n"]},
         [(2, "sweref_n", "swapped-coordinates"), NOTE]),
        ({"sweref_n": DEGREES["lat"], "sweref_e": DEGREES["lon"]},
         [(2, "sweref_n", "coordinate-columns-mixed")]),
        ({"lat": METRES["sweref_e"], "lon": METRES["sweref_n"]},
         [(2, "lat", "coordinate-columns-mixed"), (2, "lat", "swapped-coordinates"), NOTE]),
    ],
)  # fmt: skip
def test_coordinates_are_recognised_in_any_columns_and_order(cells, expected):
    position, findings = own(cells)
    assert (position, findings) == (pytest.approx((LATITUDE, LONGITUDE), abs=1e-5), expected)


RT_90, LOCAL = ("6600116", "1456664"), ("6600497", "152242")


@pytest.mark.parametrize("columns", [("lat", "lon"), ("sweref_n", "sweref_e")])
@pytest.mark.parametrize(
    ("pair", "what"),
    [
        (RT_90, "är i RT 90"), (RT_90[::-1], "är i RT 90"), (LOCAL, "är i SWEREF 99 15 00"),
        (LOCAL[::-1], "är i SWEREF 99 15 00"), (("595191", "150396"), "saknar decimaltecken"),
        (("59519101", "15039601"), "saknar decimaltecken"), (("150396", "595191"), "saknar decimaltecken"),
    ],
)  # fmt: skip
def test_other_systems_and_a_lost_decimal_sign_are_named_and_converted(columns, pair, what):
    frame, (finding,) = positions.own_positions(
        typed("arenor", [{**ARENA, **dict(zip(columns, pair, strict=True))}])
    )
    assert tuple(frame.iloc[0][["lat", "lon"]]) == pytest.approx((LATITUDE, LONGITUDE), abs=1e-5)
    told = f"i {columns[0]} och {columns[1]} {what} och har lästs som lat 59,5191"
    assert (finding.code, told in finding.message) == ("coordinates-converted", True)


def test_a_swapped_pair_is_told_with_its_own_numbers():
    _, (finding,) = positions.own_positions(typed("arenor", [{**ARENA, "lat": "15,0396", "lon": "59,5191"}]))
    assert finding.advice == "Skriv lat 59,5191 och lon 15,0396."


@pytest.mark.parametrize(
    "cells", [{"lat": "0", "lon": "0"}, {"lat": "48.9", "lon": "2.4"}, {"lat": "5951", "lon": "1503"}]
)
def test_a_point_outside_sweden_is_told_and_not_used(cells):
    position, findings = own(cells)
    assert [pd.isna(number) for number in position] == [True, True]
    assert findings == [(2, "lat", "outside-sweden")]


@pytest.mark.parametrize(
    ("cells", "accuracy", "name"),
    [
        (DEGREES, "exakt", "Nora"), ({**DEGREES, "adress": "Storgatan 1"}, "exakt", "Storgatan 1"),
        ({**DEGREES, "belagg": "harledd"}, "harlett", "Nora"),
        ({**DEGREES, "belagg": "svag"}, "harlett", "Nora"), ({"ort": "NORA"}, "ort", "NORA"),
        ({"ort": "Gyttorp"}, "kommun", "Nora"), ({"ort": "Ås"}, "kommun", "Nora"), ({}, "kommun", "Nora"),
        ({"arenatyp": "digital", **DEGREES}, "ingen", None),
        ({"kommunkod": "18", **DEGREES}, "ingen", None), ({"adress_visning": "dold"}, "ingen", None),
    ],
)  # fmt: skip
def test_the_accuracy_of_a_position_is_told(cells, accuracy, name):
    row = place(cells)
    assert (row["lage"], (None if pd.isna(row["placed_at"]) else row["placed_at"])) == (accuracy, name)
    assert pd.isna(row["lat"]) == pd.isna(row["lon"]) == (accuracy == "ingen")


def test_an_arena_without_a_place_is_drawn_inside_its_municipality_or_where_its_locality_is():
    row = place({})
    assert NORA["1884"].contains(shapely.Point(row["lon"], row["lat"]))
    assert tuple(place({"ort": "Nora"})[["lat", "lon"]]) == (59.5, 15.0)


@pytest.mark.parametrize(("latitude", "is_far"), [(59.5, False), (59.73, False), (59.8, True)])
def test_only_a_point_far_outside_its_municipality_is_told(latitude, is_far):
    frame, _ = positions.own_positions(typed("arenor", [{**ARENA, "lat": str(latitude), "lon": "15"}]))
    found = [(f.row, f.column, f.code) for f in positions.far_from_municipality(frame, NORA)]
    assert found == ([(2, "lat", "far-from-municipality")] if is_far else [])


def test_no_arenas_give_no_positions():
    frame, findings = positions.own_positions(typed("arenor", []))
    assert (findings, positions.placed(frame, typed("orter", LOCALITIES), NORA)["lage"].tolist()) == ((), [])
