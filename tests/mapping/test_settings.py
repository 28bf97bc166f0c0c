"""What the operator may decide."""

from pathlib import Path

import pytest

from mapping.errors import SettingError
from mapping.settings import DEFAULT_DATABASE, SETTINGS, SHIPPED_DATA, Publisher, Settings, Tiles

TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"
ATTRIBUTED = {"STODKARTAN_TILES_ATTRIBUTION": "x"}


def test_nothing_set_means_the_shipped_data_and_an_empty_value_counts_as_not_set():
    bare = Settings(data=SHIPPED_DATA, boundaries=None, tiles=None, contact=None)
    assert Settings.from_environment({}) == bare
    assert Settings.from_environment({s.variable: " " for s in SETTINGS}) == Settings()


def test_every_setting_is_read():
    settings = Settings.from_environment(
        {
            "STODKARTAN_DATA": "x",
            "STODKARTAN_BOUNDARIES": "y.gpkg",
            "STODKARTAN_TILES_URL": TILES,
            "STODKARTAN_TILES_ATTRIBUTION": "© Exempel",
            "STODKARTAN_CONTACT": "https://exempel.example/fel",
            "STODKARTAN_DATABASE_URL": "postgresql+psycopg://konto@db.example/karta",
            "STODKARTAN_EDITORS": "redaktor@exempel.se, Folkhälsa;b@exempel.se\n",
        }
    )
    assert settings == Settings(
        data=Path("x"),
        boundaries=Path("y.gpkg"),
        tiles=Tiles(TILES, "© Exempel"),
        contact="https://exempel.example/fel",
        database="postgresql+psycopg://konto@db.example/karta",
        editors=frozenset({"redaktor@exempel.se", "Folkhälsa", "b@exempel.se"}),
    )
    assert settings.tiles.origin == "https://*.tiles.example"


def test_a_directory_alone_is_shown_without_a_database():
    assert Settings.from_environment({"STODKARTAN_DATA": "x"}).database is None
    both = {"STODKARTAN_DATA": "x", "STODKARTAN_DATABASE_URL": "sqlite:///y"}
    assert Settings.from_environment(both).database == "sqlite:///y"
    assert Settings.from_environment({}).database == DEFAULT_DATABASE


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"STODKARTAN_TILES_URL": TILES}, "STODKARTAN_TILES_ATTRIBUTION"),
        ({"STODKARTAN_TILES_URL": "ftp://x/{z}"} | ATTRIBUTED, "STODKARTAN_TILES_URL"),
        ({"STODKARTAN_TILES_URL": "https://x; script-src *{z}"} | ATTRIBUTED, "STODKARTAN_TILES_URL"),
        ({"STODKARTAN_DATABASE_URL": "mysql://konto:hemligt@x/y"}, "STODKARTAN_DATABASE_URL"),
        ({"STODKARTAN_DATABASE_URL": "stodkartan.sqlite"}, "STODKARTAN_DATABASE_URL"),
        ({"STODKARTAN_EDITORS": "@exempel.se"}, "STODKARTAN_EDITORS.*”@exempel.se”"),
        ({"STODKARTAN_EDITORS": "a@b.se *@exempel.se"}, "STODKARTAN_EDITORS"),
        ({"STODKARTAN_EDITORS": "a@b@c.se"}, "STODKARTAN_EDITORS"),
        ({"STODKARTAN_REQUESTS_PER_MINUTE": "-1"}, "STODKARTAN_REQUESTS_PER_MINUTE"),
        ({"STODKARTAN_REQUESTS_PER_MINUTE": "många"}, "STODKARTAN_REQUESTS_PER_MINUTE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variables, named):
    with pytest.raises(SettingError, match=named) as refused:
        Settings.from_environment(variables)
    assert "hemligt" not in str(refused.value)


@pytest.mark.parametrize(
    ("words", "publisher"),
    [
        ("Region Örebro län 232100-0164", Publisher("Region Örebro län", "2321000164")),
        ("Region Örebro län, 2321000164", Publisher("Region Örebro län", "2321000164")),
        ("Nämnd 2030", Publisher("Nämnd 2030")),
        ("232100-0164", None),
        ("", None),
    ],
)
def test_a_publisher_is_a_name_and_perhaps_a_number(words, publisher):
    assert Settings.from_environment({"STODKARTAN_PUBLISHER": words}).publisher == publisher
