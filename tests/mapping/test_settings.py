"""What the operator may decide."""

from pathlib import Path

import pytest

from mapping.errors import SettingError
from mapping.settings import SETTINGS, SHIPPED_DATA, Settings, Tiles

TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def test_nothing_set_means_the_shipped_data_and_no_other_host():
    assert Settings.from_environment({}) == Settings(
        data=SHIPPED_DATA, boundaries=None, tiles=None, contact=None
    )


def test_an_empty_value_counts_as_not_set():
    assert Settings.from_environment({s.variable: " " for s in SETTINGS}) == Settings()


def test_every_setting_is_read():
    settings = Settings.from_environment(
        {
            "STODKARTAN_DATA": "x",
            "STODKARTAN_BOUNDARIES": "y.gpkg",
            "STODKARTAN_TILES_URL": TILES,
            "STODKARTAN_TILES_ATTRIBUTION": "© Exempel",
            "STODKARTAN_CONTACT": "https://exempel.example/fel",
        }
    )
    assert settings == Settings(
        data=Path("x"),
        boundaries=Path("y.gpkg"),
        tiles=Tiles(TILES, "© Exempel"),
        contact="https://exempel.example/fel",
    )
    assert settings.tiles.origin == "https://*.tiles.example"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"STODKARTAN_TILES_URL": TILES}, "STODKARTAN_TILES_ATTRIBUTION"),
        (
            {"STODKARTAN_TILES_URL": "ftp://x/{z}", "STODKARTAN_TILES_ATTRIBUTION": "x"},
            "STODKARTAN_TILES_URL",
        ),
        (
            {"STODKARTAN_TILES_URL": "https://x; script-src *{z}", "STODKARTAN_TILES_ATTRIBUTION": "x"},
            "STODKARTAN_TILES_URL",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(variables, named):
    with pytest.raises(SettingError, match=named):
        Settings.from_environment(variables)
