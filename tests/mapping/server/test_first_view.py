"""What the map first shows, kept for the next start."""

import shutil
from dataclasses import replace

import pytest

from mapping.server import first_view
from mapping.server.first_view import MUNICIPALITIES, POINTS, FirstView
from mapping.settings import Settings
from mapping.store.permission import Actor
from mapping.store.store import Store
from tests.conftest import ARENAS, write_table

VIEW = FirstView("0123456789ab", "AAAA")
FILES = {POINTS: b"[1]", MUNICIPALITIES: b"{}"}


@pytest.fixture
def place(tmp_path):
    kept = tmp_path / "cache" / "view"
    first_view.keep(kept, VIEW, FILES)
    return kept


def test_what_was_kept_is_read_back(place):
    assert first_view.read(place) == VIEW
    assert first_view.file(place, "/map/0123456789ab/points.json").read_bytes() == b"[1]"
    assert first_view.file(place, "/map/0123456789ab/municipalities.json").read_bytes() == b"{}"


@pytest.mark.parametrize(
    "address",
    [
        "/map/ba9876543210/points.json",
        "/map/0123456789ab/view.json",
        "/map/0123456789ab/../view.json",
        "/map/0123456789ab/points.json/x",
        "/api/health",
    ],
)
def test_only_the_maps_two_files_of_that_version_are_found(place, address):
    assert first_view.file(place, address) is None


def test_a_view_that_is_absent_or_damaged_is_none(tmp_path, place):
    assert first_view.read(tmp_path / "ingenting") is None
    for damage in ("", "[]", '{"version": "x"}', "\x00"):
        (place / "view.json").write_text(damage, encoding="utf-8")
        assert first_view.read(place) is None


def test_a_new_view_takes_the_place_of_earlier_ones(place):
    later = place.with_name("later")
    first_view.keep(later, replace(VIEW, version="f" * 12), FILES)
    assert [path.name for path in place.parent.iterdir()] == ["later"]


def test_a_view_that_is_there_is_left_alone(place):
    first_view.keep(place, replace(VIEW, visible="B"), {})
    assert first_view.read(place) == VIEW


def test_any_change_of_the_data_names_another_place(tmp_path, county_directory):
    settings = Settings(data=county_directory, database=None)
    first = first_view.folder(tmp_path, settings)
    assert first_view.folder(tmp_path, settings) == first
    copy = tmp_path / "copy"
    shutil.copytree(county_directory, copy)
    assert first_view.folder(tmp_path, Settings(data=copy, database=None)) == first
    write_table(copy / "arenor.csv", ARENAS[:-1])
    assert first_view.folder(tmp_path, Settings(data=copy, database=None)) != first
    assert first_view.folder(tmp_path, replace(settings, boundaries=copy / "arenor.csv")) != first


def test_a_new_version_in_the_store_names_another_place(tmp_path):
    address = f"sqlite:///{tmp_path}/store.sqlite"
    settings = Settings(database=address)
    absent = first_view.folder(tmp_path, settings)
    store = Store.open(address)
    store.ensure_seeded({"arenor.csv": b"namn\n"})
    first = first_view.folder(tmp_path, settings)
    assert first != absent
    assert first_view.folder(tmp_path, settings) == first
    store.publish({"arenor.csv": b"namn,ort\n"}, base=1, actor=Actor.command(), comment="En kolumn till")
    assert first_view.folder(tmp_path, settings) != first
    store.close()
