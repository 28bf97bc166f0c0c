"""The GeoPackage opens, and has points only where a position is known."""

from dataclasses import replace

import geopandas as gpd
import pyogrio
import pytest

from mapping.arenas.select import select
from mapping.open_data.bundle import EVERYTHING
from mapping.open_data.geojson import feature_collection
from mapping.open_data.geopackage import geopackage


@pytest.fixture
def opened(tmp_path):
    def read(dataset, layer="arenor"):
        path = tmp_path / "arenor.gpkg"
        path.write_bytes(geopackage(dataset))
        return gpd.read_file(path, layer=layer)

    return read


def test_the_points_are_those_of_the_geojson(shipped, opened):
    arenor = opened(shipped)
    assert arenor.crs.to_epsg() == 4326
    features = feature_collection(shipped, select(shipped, EVERYTHING))["features"]
    assert len(arenor) == len(features) == len(shipped.arenor)
    points = {
        row.arena_id: None if row.geometry is None else (round(row.geometry.x, 6), round(row.geometry.y, 6))
        for row in arenor.itertuples()
    }
    assert points == {f["id"]: f["geometry"] and tuple(f["geometry"]["coordinates"]) for f in features}
    assert any(points.values())
    assert not all(points.values())


def test_own_layers_hold_the_municipalities_and_what_is_offered_with_whole_ages(shipped, opened):
    insatser = opened(shipped, "insatser")
    assert insatser["insats_id"].tolist() == shipped.insatser.index.tolist()
    assert insatser["alder_fran"].notna().sum() == shipped.insatser["alder_fran"].notna().sum()
    assert sorted(opened(shipped, "kommuner")["kommunkod"]) == sorted(shipped.municipalities)


def test_every_row_names_the_version_and_says_if_it_is_made_up(county, opened):
    assert set(opened(county)["dataversion"]) == {county.version}
    assert "exempeldata" not in opened(county)
    made_up = replace(county, example=True)
    for layer in ("arenor", "insatser"):
        assert opened(made_up, layer)["exempeldata"].str.startswith("EXEMPELDATA").all()


def test_each_layer_has_a_title_and_a_description(county, tmp_path):
    path = tmp_path / "arenor.gpkg"
    path.write_bytes(geopackage(replace(county, example=True)))
    about = pyogrio.read_info(path, layer="arenor")["layer_metadata"]
    assert about["IDENTIFIER"] == "Arenor"
    assert "EXEMPELDATA" in about["DESCRIPTION"]
    assert county.version in about["DESCRIPTION"]


def test_a_hidden_place_keeps_its_secrets(told):
    data = geopackage(told())
    for secret in ("Hemliga", "69230"):
        assert secret.encode() not in data
