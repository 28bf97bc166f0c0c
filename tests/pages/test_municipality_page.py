"""Kommunblad through the router: each municipality, none, an unknown one, an empty county, odd texts."""

import re
from functools import partial

import pytest

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.swedish import swedish_order
from tests.conftest import ARENAS, write_table
from tests.visiting import words

SECTIONS = [
    "Mål för mål", "Arenorna i kommunen", "Ta reda på härnäst", "Uppväxten, år för år", "Familjecentral",
    "Vem som leder arbetet", "Vad som sades i dialogen", "Så komplett är kartläggningen",
]  # fmt: skip


@pytest.fixture
def visit(visit):
    return partial(visit, "kommun.py")


def test_each_municipality_has_its_sheet_and_the_choice_is_in_swedish_order(visit):
    at = visit(dag="2026-11-21")
    box = at.selectbox(key="sheet_kommun")
    assert box.value is None
    assert box.options == sorted(MUNICIPALITIES.values(), key=swedish_order)
    for code, name in MUNICIPALITIES.items():
        at.selectbox(key="sheet_kommun").select(code).run()
        assert not at.exception
        assert at.query_params["kommun"] == [code] or at.query_params["kommun"] == code
        assert [title.value for title in at.title] == [f"Kommunblad: {name}"]
        assert re.findall("<h2>(.*?)</h2>", words(at)) == SECTIONS
        text = words(at)
        for part in ("Bedömt 2026-11-21.", f"ruta=2.1-{code}", "ruta=2.5-18"):
            assert part in text, part


def test_without_a_municipality_there_is_a_choice_and_a_short_text(visit):
    at = visit()
    assert [title.value for title in at.title] == ["Kommunblad"]
    assert not at.header
    assert "Välj en kommun" in words(at)
    assert any("Dataversion" in block.proto.body for block in at.sidebar.get("html"))


def test_an_unknown_municipality_is_told_and_the_first_of_several_is_shown(visit):
    at = visit(kommun="Narnia")
    assert "Narnia" in words(at)
    assert at.selectbox(key="sheet_kommun").value is None
    assert [title.value for title in at.title] == ["Kommunblad"]
    assert [title.value for title in visit(kommun=["1885", "1860"]).title] == ["Kommunblad: Lindesberg"]


def test_an_older_verdict_stands_beside_until_older_facts_count_and_steps_say_what_they_settle(visit):
    at = visit(kommun="1883", dag="2026-11-30", underlag="belagt")
    text = words(at)
    for part in ('<ol class="sk-tasks"', "Svaret avgör 1 bedömning", "det rör 9 mål", "Kopiera frågan"):
        assert part in text, part
    assert "äldre: minst delvis 2016" in text
    assert "De aktuella uppgifterna räcker inte" in text
    at.segmented_control(key="underlag_1").set_value("aldre").run()
    assert "underlag" not in at.query_params
    text = words(at)
    assert "äldre: " not in text
    assert "med uppgifter från 2016" in text
    assert "Bästa kända bild" in text
    assert "2 av 2 mottagningar är samlokaliserade" in text


def test_the_names_of_what_is_downloaded_begin_with_the_code(visit, downloads):
    for code in ("1860", "1880"):  # Laxå and Örebro
        downloads.clear()
        visit(kommun=code)
        assert [name for name in downloads if "kommunblad" in name]
        assert all(name.startswith(f"{code}-") for name in downloads)


def test_a_presentation_has_no_choices_but_the_same_sheet(visit):
    at = visit(kommun="1880", presentation="ja")
    assert not at.selectbox
    assert not at.toggle
    assert re.findall("<h2>(.*?)</h2>", words(at)) == SECTIONS


def test_a_county_with_one_arena_and_nothing_else_has_a_sheet(visit, tmp_path):
    write_table(tmp_path / "arenor.csv", ARENAS[-1:])
    text = words(visit(data=tmp_path, kommun="1880"))
    assert "Ingen källa nämner någon arena i kommunen" in text
    assert "Ingen uppgift om vad som har sagts" in text
    assert "○" not in text
