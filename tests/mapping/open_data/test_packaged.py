"""The data package is valid, and names version, date and sources."""

import json
from dataclasses import replace

import pytest

from mapping.dataset.sources import compiled_sources
from mapping.open_data.bundle import open_data
from mapping.settings import SHIPPED_DATA
from tests.mapping.open_data.packages import faults, written


@pytest.mark.parametrize("example", [False, True])
def test_frictionless_finds_no_fault_in_the_shipped_data(shipped, tmp_path, example):
    assert faults(written(open_data(replace(shipped, example=example)), tmp_path) / "datapackage.json") == []


def test_frictionless_finds_no_fault_in_awkward_data_and_would_find_one(told, tmp_path, county):
    assert faults(written(open_data(told()), tmp_path) / "datapackage.json") == []
    files = open_data(county)
    files["insatser.csv"] = files["insatser.csv"].replace(b"nora-hus", b"ingen-arena")
    assert faults(written(files, tmp_path / "faulty") / "datapackage.json")


def test_the_package_tells_version_date_and_every_source(shipped):
    package = json.loads(open_data(shipped, compiled_sources(SHIPPED_DATA))["datapackage.json"])
    assert package["version"] == shipped.version
    assert package["created"].startswith("2026-11-30")
    titles = [source["title"] for source in package["sources"]]
    assert any("GeoNames" in title and "CC BY 4.0" in title for title in titles)
    assert "Region Örebro län rapport 2021:7" in titles
    assert all(source["path"].startswith("http") for source in package["sources"] if "path" in source)


def test_made_up_data_says_so_in_its_title(county):
    package = json.loads(open_data(replace(county, example=True))["datapackage.json"])
    assert package["title"].startswith("EXEMPELDATA")
    assert not json.loads(open_data(county)["datapackage.json"])["title"].startswith("EXEMPELDATA")
