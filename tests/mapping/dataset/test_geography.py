"""Boundaries are read from where they may stand, and coordinates are turned both ways."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.contract import vocabulary
from mapping.dataset import geography
from mapping.errors import BoundariesError


@pytest.fixture(scope="module")
def county():
    polygons = geography.municipalities()
    return gpd.GeoDataFrame({"kommunkod": list(polygons)}, geometry=list(polygons.values()), crs=4326)


def test_the_built_in_boundaries_are_the_twelve_municipalities_each_with_its_point_inside():
    polygons = geography.municipalities()
    assert list(polygons) == list(vocabulary.MUNICIPALITIES)
    assert all(polygon.is_valid and polygon.area > 0 for polygon in polygons.values())
    for code, polygon in polygons.items():
        point = shapely.Point(geography.representative_point(polygon))
        assert [other for other, shape in polygons.items() if shape.contains(point)] == [code]


@pytest.mark.parametrize("crs", [4326, 3006])
@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_a_finer_file_is_read_in_its_own_coordinate_system(county, tmp_path, crs, ending):
    path = tmp_path / f"fine.{ending}"
    county.to_crs(crs).iloc[::-1].to_file(path)
    read = geography.municipalities(path)
    assert list(read) == list(vocabulary.MUNICIPALITIES)
    for code, polygon in geography.municipalities().items():
        assert read[code].symmetric_difference(polygon).area < 1e-6


def test_parts_of_a_municipality_are_put_together_and_other_counties_left_out(county, tmp_path):
    path = tmp_path / "parts.gpkg"
    parts = county.explode()
    gpd.GeoDataFrame(pd.concat([parts, parts.iloc[[0]].assign(kommunkod="0180")])).to_file(path)
    assert list(geography.municipalities(path)) == list(vocabulary.MUNICIPALITIES)


def test_a_file_that_cannot_be_used_is_an_error_that_names_it(county, tmp_path):
    files = {name: tmp_path / f"{name}.gpkg" for name in ("absent", "bad", "column", "crs", "few", "points")}
    files["bad"].write_bytes(b"not a GeoPackage")
    county.rename(columns={"kommunkod": "kod"}).to_file(files["column"])
    county.iloc[1:].to_file(files["few"])
    county.set_geometry(county.representative_point()).to_file(files["points"])
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        county.set_crs(None, allow_override=True).to_file(files["crs"])
    for name, path in files.items():
        with pytest.raises(BoundariesError) as error:
            geography.municipalities(path)
        assert error.value.path == path, name
        assert str(path) in str(error.value), name
    with pytest.raises(BoundariesError, match="saknar Lekeberg"):
        geography.municipalities(files["few"])


def test_an_older_system_is_read_as_lantmateriet_does():
    # its own known point: 67°05'26.4528" N, 21°02'5.1016" E
    name, longitude, latitude = geography.wgs84_from_older_or_local(7_453_389.762, 1_727_060.905)
    assert (name, longitude, latitude) == (
        "RT 90",
        pytest.approx(21.0347504, abs=1e-6),
        pytest.approx(67.0906813, abs=1e-6),
    )
    assert geography.wgs84_from_older_or_local(6_570_594, 511_776) is None


@given(st.floats(58.6, 60.2), st.floats(14.0, 15.9))
def test_coordinates_survive_the_way_there_and_back(latitude, longitude):
    northing_m, easting_m = geography.sweref_from_wgs84(longitude, latitude)
    assert geography.is_sweref_in_sweden(northing_m, easting_m)
    assert not geography.is_sweref_in_sweden(easting_m, northing_m)
    assert geography.is_wgs84_in_sweden(latitude, longitude)
    assert not geography.is_wgs84_in_sweden(longitude, latitude)
    there_and_back = geography.wgs84_from_sweref(northing_m, easting_m)
    assert there_and_back == pytest.approx((longitude, latitude), abs=1e-8)


def test_sweref_agrees_with_a_published_point_and_distance_is_in_metres():
    # Lantmäteriet's control point for SWEREF 99 TM: 55 00 00 N, 12 45 00 E
    northing_m, easting_m = geography.sweref_from_wgs84(12.75, 55.0)
    assert (northing_m, easting_m) == pytest.approx((6_097_106.672, 356_083.438), abs=0.01)
    square = shapely.box(15.0, 59.0, 15.1, 59.1)
    assert geography.distance_m(15.05, 59.05, square) == 0
    assert geography.distance_m(15.0, 59.1 + 1 / 111.4, square) == pytest.approx(1000, rel=0.01)


@given(st.floats(58.0, 60.8), st.floats(13.5, 16.5), st.sampled_from(list(vocabulary.MUNICIPALITIES)))
def test_the_cheap_answer_is_never_wrongly_yes(latitude, longitude, code):
    polygon = geography.municipalities()[code]
    point = np.array([longitude]), np.array([latitude])
    if geography.are_surely_within(*point, polygon, limit_m=5_000).all():
        assert geography.distance_m(longitude, latitude, polygon) < 5_000
