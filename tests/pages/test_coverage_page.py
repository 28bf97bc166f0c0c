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


def test_the_shipped_page_tells_what_is_known_how_strongly_and_of_what_nothing_is(visit):
    words = _words(visit(dag="2026-11-30"))
    for text in (
        "Universellt stöd är känt i alla 12 kommuner för 0–5 år. Om 7–18 år är inget känt någonstans.",
        "Det betyder inte att stödet saknas", "Universell nivå: Ska erbjudas enligt lag",
        "Fanns enligt äldre uppgift 0–6 år (från 2021)", "Bedömt 2026-11-30", "Bästa kända bild",
        "Karlskoga har sagt att stöd saknas.",
    ):  # fmt: skip
        assert text in words, text
    assert words.count('role="img"') == 36 + 3
    assert words.index("Askersund</a></h2>") < words.index("Örebro</a></h2>")


def test_the_three_steps_live_in_the_address_and_change_the_strips(visit):
    at = visit(dag="2026-11-30")
    control = at.segmented_control(key="underlag_1")
    assert control.value == "aldre"
    control.set_value("belagt").run()
    assert at.query_params["underlag"] in ("belagt", ["belagt"])
    assert "Universellt stöd är inget" not in _words(at)
    assert "Om universellt stöd är inget känt" in _words(at)
    old = visit(dag="2026-11-30", aldre="ja")
    assert old.segmented_control(key="underlag_1").value == "aldre"
    assert "”allt” går inte att använda som underlag" in _words(visit(underlag="allt"))
    assert not at.exception


def test_the_filters_live_in_the_address(visit):
    at = visit(lansdel=["norr"], kunskapsbas=["evidens"], tema=["psykisk hälsa"])
    assert at.multiselect(key="coverage_lansdel").value == ["norr"]
    assert at.multiselect(key="coverage_tema").value == ["psykisk hälsa"]
    words = _words(at)
    assert "Om universellt stöd är inget känt" in words
    assert "med kunskapsbasen evidensbaserad, på temat psykisk hälsa." in words
    assert "Örebro</a></h2>" not in words
    at.multiselect(key="coverage_lansdel").select("orebro").run()
    assert at.query_params["lansdel"] == ["norr", "orebro"]
    assert "Örebro</a></h2>" in _words(at)


def test_one_municipality_shows_its_insatser_with_links_to_the_map(visit):
    words = _words(visit(visa_kommun="1883", aldre="ja", dag="2026-11-21"))
    for text in (
        "Karlskoga</h2>", "Marte Meo", "finns (äldre uppgift)", "§ enligt uppdrag",
        "Samarbetssamtal", "./karta?", "kan täcka: saknar nivå och ålder",
    ):  # fmt: skip
        assert text in words, text
    assert words.count("</h2>") == 1


def test_an_address_that_cannot_be_read_is_told_and_the_page_still_opens(visit):
    words = _words(visit(visa_kommun="9999", kunskapsbas="magi", lansdel="narnia", datum="igår"))
    for text in ("Kommunen ”9999” finns inte", "”magi” går inte", "”narnia” går inte", "Askersund</a></h2>"):
        assert text in words, text


def test_a_county_with_one_arena_and_nothing_else(visit, tmp_path):
    write_table(tmp_path / "arenor.csv", ARENAS[-1:])
    words = _words(visit(data=tmp_path, visa_kommun="1862"))
    assert "Ingen insats i kommunens egna arenor är känd." in words
    assert "saknar uppgift om insatser" in words


def test_a_presentation_has_the_strips_and_no_widgets(visit):
    at = visit(presentation="ja", lansdel=["soder"], aldre="ja")
    assert not at.multiselect
    assert not at.toggle
    assert not at.sidebar.children
    assert "länsdel Söder" in _words(at)
