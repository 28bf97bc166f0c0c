"""Uppväxten through the router: shipped, empty, filtered, one municipality, presented, with odd texts."""

import html
from functools import partial

import pytest

from tests.conftest import ARENAS, write_table


@pytest.fixture
def visit(visit):
    return partial(visit, "tackning.py")


def _words(at):
    return html.unescape(" ".join(block.proto.body for block in at.get("html")))


def test_the_shipped_page_says_that_it_is_unknown_and_points_at_older_facts(visit):
    words = _words(visit(dag="2026-11-21"))
    for text in (
        "I 0 av 12 kommuner är universellt stöd belagt för hela uppväxten", "Nästan allt är okänt i dag",
        "Det betyder inte att stödet saknas", "Äldre uppgifter säger mer om",
        "Slå på ”Räkna även äldre uppgifter”", "Universell nivå: Underlag saknas 0–18 år.",
        "Äldre uppgifter: 0–6 år (2021)", "Bedömt 2026-11-21",
    ):  # fmt: skip
        assert text in words, text
    assert words.count('role="img"') == 36
    assert words.index("Askersund</h2>") < words.index("Örebro</h2>")


def test_the_switches_live_in_the_address_and_change_the_strips(visit):
    at = visit(dag="2026-11-21")
    at.toggle(key="aldre_1").set_value(True).run()
    assert at.query_params["aldre"] in ("ja", ["ja"])
    assert "Belagt 0–6 år" in _words(at)
    assert "Typvärde 0–6 år" not in _words(at)
    at.toggle(key="typvarden_1").set_value(True).run()
    assert at.query_params["typvarden"] in ("ja", ["ja"])
    assert "Typvärde 0–6 år" in _words(at)
    assert not at.exception


def test_the_filters_live_in_the_address(visit):
    at = visit(lansdel=["norr"], kunskapsbas=["evidens"], tema=["psykisk hälsa"])
    assert at.multiselect(key="coverage_lansdel").value == ["norr"]
    assert at.multiselect(key="coverage_tema").value == ["psykisk hälsa"]
    words = _words(at)
    assert "I 0 av 4 kommuner" in words
    assert "med kunskapsbasen evidensbaserad, på temat psykisk hälsa." in words
    assert "Örebro</h2>" not in words
    at.multiselect(key="coverage_lansdel").select("orebro").run()
    assert at.query_params["lansdel"] == ["norr", "orebro"]
    assert "I 0 av 5 kommuner" in _words(at)


def test_one_municipality_shows_its_insatser_with_links_to_the_map(visit):
    words = _words(visit(visa_kommun="1883", aldre="ja", dag="2026-11-21"))
    for text in (
        "Karlskoga</h2>", "Marte Meo", "belagd (äldre uppgift)",
        "Ingen insats är belagd för 13–18 år i Karlskoga.", "./karta?", "kan täcka: saknar nivå och ålder",
    ):  # fmt: skip
        assert text in words, text
    assert words.count("</h2>") == 1


def test_an_address_that_cannot_be_read_is_told_and_the_page_still_opens(visit):
    words = _words(visit(visa_kommun="9999", kunskapsbas="magi", lansdel="narnia", datum="igår"))
    for text in ("Kommunen ”9999” finns inte", "”magi” går inte", "”narnia” går inte", "Askersund</h2>"):
        assert text in words, text


def test_a_county_with_one_arena_and_nothing_else(visit, tmp_path):
    write_table(tmp_path / "arenor.csv", ARENAS[-1:])
    words = _words(visit(data=tmp_path, visa_kommun="1862"))
    assert "Ingen insats i kommunen är känd." in words
    assert "saknar uppgift om insatser" in words


def test_a_presentation_has_the_strips_and_no_widgets(visit):
    at = visit(presentation="ja", lansdel=["soder"], aldre="ja")
    assert not at.multiselect
    assert not at.toggle
    assert not at.sidebar.children
    assert "länsdel Söder" in _words(at)
