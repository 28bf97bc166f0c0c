"""The symbols: one definition for screen and pictures, readable without colour."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from mapping.arenas.filters import HITS, PROVED
from mapping.contract.vocabulary import ARENA_TYPE, POSITION_ACCURACY, STATUS
from mapping.map import browser, symbols
from mapping.map.symbols import POSITION_LEGEND, POSITION_TOOLTIP, STATUS_LEGEND, TYPE_SYMBOL, symbol_svg


def test_every_type_has_its_own_symbol_and_every_status_and_place_is_explained():
    assert list(TYPE_SYMBOL) == list(ARENA_TYPE)
    assert len({symbol.letters for symbol in TYPE_SYMBOL.values()}) == len(ARENA_TYPE)
    assert all(1 <= len(symbol.letters) <= 2 for symbol in TYPE_SYMBOL.values())
    assert set(STATUS_LEGEND) == set(STATUS)
    assert set(POSITION_LEGEND) == set(POSITION_TOOLTIP) == set(POSITION_ACCURACY) - {"ingen"}
    script = (Path(browser.__file__).parent / "symbols.js").read_text(encoding="utf-8")
    assert f"const UNITS = {symbols.SIZE:.0f};" in script


@pytest.mark.parametrize("code", ARENA_TYPE)
def test_white_letters_on_a_symbol_have_contrast(code):
    assert (1.05) / (luminance(TYPE_SYMBOL[code].colour) + 0.05) >= 4.5


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_look_is_told_apart_without_colour():
    looks = {
        re.sub("#[0-9a-f]{6}", "", symbol_svg(kind, status, position, 0, 0, symbols.SIZE))
        for kind in TYPE_SYMBOL
        for status in STATUS
        for position in POSITION_LEGEND
    }
    assert len(looks) == len(TYPE_SYMBOL) * len(STATUS) * len(POSITION_LEGEND)


@pytest.mark.parametrize("status", STATUS)
@pytest.mark.parametrize("position", POSITION_LEGEND)
def test_a_picture_holds_the_parts_that_the_screen_draws(status, position):
    symbol = TYPE_SYMBOL["bvc"]
    group = ET.fromstring(symbol_svg("bvc", status, position, 5, 7, 10))  # noqa: S314 - our own
    assert group.get("transform") == "translate(5.00 7.00) scale(0.5000)"
    drawn = [node.get("d") or node.text for node in group]
    assert drawn == [part.get("d") or part["text"] for part in symbols.parts(symbol, status, position)]


def test_the_legend_has_the_symbol_of_all_that_it_explains_and_of_every_look():
    made = symbols.legend({("bvc", "stangd", "ort")})
    keys = {
        "bvc|stangd|ort",
        *(f"{code}|aktiv|exakt" for code in made["types"]),
        *(f"|{code}|exakt" for code in made["statuses"]),
        *(f"|aktiv|{code}" for code in made["positions"]),
    }
    assert set(made["symbols"]) == keys
    assert set(symbols.HIT_LEGEND) == set(HITS) - {PROVED}
