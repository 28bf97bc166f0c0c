"""Every page through the router: on the shipped data, filtered, presenting, on odd addresses, on a fault."""

import pytest

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from tests import hostile
from tests.conftest import ARENAS, write_table
from tests.visiting import words

EVIL = hostile.TEXTS[1]

PAGES = {
    "oversikt.py": "Universellt stöd är känt för 0–5 år i 12 av 12 kommuner – för 6–18 år i högst 2",
    "karta.py": "Karta",
    "organisation.py": "Stödjande organisation",
    "om.py": "Om Stödkartan",
}


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_each_page_opens_on_the_shipped_data(visit, page, title):
    at = visit(page)
    assert [heading.value for heading in at.title] == [title]
    assert "Dataversion" in words(at)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_as_a_presentation_without_filters_or_sidebar_links(visit, page):
    at = visit(page, presentation="ja")
    assert not at.sidebar.children
    assert not at.multiselect
    assert "Dataversion" in words(at)
    assert ("Alla arenor i länet, utom stängda." in words(at)) == (page == "karta.py")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_on_a_county_with_one_arena_and_nothing_else(visit, tmp_path, page):
    write_table(tmp_path / "arenor.csv", ARENAS[-1:])
    visit(page, data=tmp_path)


def test_the_address_sets_the_filters_and_the_count(visit, shipped):
    at = visit("karta.py", kommun=["1880", "1885"], alder=["0-6"])
    filters = Filters(kommun=("1880", "1885"), alder=(0, 6))
    assert at.multiselect(key="filter_kommun").value == ["1880", "1885"]
    assert at.slider(key="filter_alder").value == (0, 6)
    assert select(shipped, filters).sentence in words(at)
    assert filters.sentence in words(at)


def test_moving_a_filter_changes_the_address_and_the_count(visit, shipped):
    at = visit("karta.py")
    at.multiselect(key="filter_arenatyp").select("bvc").run()
    assert at.query_params["arenatyp"] == "bvc"
    at.slider(key="filter_alder").set_value((13, 18)).run()
    assert at.query_params["alder"] == "13-18"
    assert select(shipped, Filters(arenatyp=("bvc",), alder=(13, 18))).sentence in words(at)
    at.button(key="clear_filters").click().run()
    assert "arenatyp" not in at.query_params
    assert at.multiselect(key="filter_arenatyp").value == []
    assert not at.exception


def test_choices_survive_a_switch_of_page_and_back(visit):
    at = visit("karta.py", kommun=["1884"], sok=["eken"])
    for page in ("om.py", "karta.py"):
        query = dict(at.query_params)
        at.switch_page(page)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
    assert at.multiselect(key="filter_kommun").value == ["1884"]
    assert at.text_input(key="filter_sok").value == "eken"


def test_the_switch_shows_arenas_that_lack_a_fact(visit):
    at = visit("karta.py", alder=["13-18"])
    at.toggle(key="filter_visa_okanda").set_value(True).run()
    assert at.query_params["visa_okanda"] == "ja"
    assert "även troliga och de som saknar uppgift" in words(at)
    at = visit("karta.py", alder=["13-18"], traff=["trolig"])
    assert "bara troliga" in words(at)
    assert at.query_params["traff"] == "trolig"
    at.toggle(key="filter_visa_okanda").set_value(True).run()
    assert "traff" not in at.query_params


def test_an_address_that_cannot_be_read_is_told_and_the_page_still_opens(visit):
    shown = words(visit("karta.py", kommun=["Narnia"], alder=["gammal"], arena=["finns-inte"]))
    for part in ("Narnia", "gammal", "finns inte i den här versionen"):
        assert part in shown, part


@pytest.mark.parametrize("asked", ["9" * 5000, "²", "0001-01-01", "9999-12-31"])
def test_no_number_and_no_day_in_the_address_breaks_a_page(visit, asked):
    visit("mal.py", malomrade=asked, dag=asked, ruta=asked, alder=asked, version=asked)


def test_the_panel_tells_everything_about_an_arena(visit, county_directory):
    shown = words(visit("karta.py", data=county_directory, arena=["nora-fc"]))
    for text in (
        "Familjecentralen Eken", "Nora kommun, Region Örebro län", "Storgatan 1, 71331 Nora",
        "Mödrahälsovård: <strong>finns inte", "Barnhälsovård: <strong>finns<",
        "Förebyggande socialtjänst: <strong>uppgift saknas", "Öppet hus", "0–6 år",
        "Från 13 år, övre gräns: uppgift saknas", "COS-P", "Sägs direkt av källan",
        "https://nora.example/eken", "2026-09-30", "Eget läge enligt källan",
    ):  # fmt: skip
        assert text in shown, text


def test_the_panel_keeps_a_hidden_address_and_a_municipality_tells_what_nobody_has_listed(
    visit, county_directory
):
    shown = words(visit("karta.py", data=county_directory, arena=["kumla-skydd"]))
    assert "Visas inte" in shown
    assert "Hemliga" not in shown
    assert "69230" not in shown
    shown = words(visit("karta.py", data=county_directory, visa_kommun=["1881"]))
    for part in ("Länsdel Söder", "Barnavårdscentral: 1", "Bibliotek", "Det betyder inte att de inte finns"):
        assert part in shown, part


@pytest.mark.parametrize("shading", ["antal", "per_1000", "nonsens"])
def test_the_map_can_be_shaded_from_the_address(visit, shading):
    visit("karta.py", farglagg=[shading])


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("karta.py", {"arena": "ond-1"}), ("karta.py", {"sok": EVIL}), ("karta.py", {"kommun": EVIL}),
        ("karta.py", {"huvudman": EVIL, "presentation": "ja"}),
        ("tackning.py", {"visa_kommun": "1884", "tema": EVIL}),
        ("mal.py", {"ruta": "2.4-1884", "malomrade": EVIL}), ("kommun.py", {"kommun": "1884"}),
        ("kommun.py", {"kommun": ["1884", EVIL]}), ("kommun.py", {"kommun": "1884", "aldre": EVIL}),
        ("organisation.py", {"kommun": "1884"}), ("om.py", {}),
    ],
)  # fmt: skip
def test_texts_from_the_data_or_the_address_are_never_markup(visit, tmp_path, page, query):
    at = visit(page, data=hostile.write(tmp_path / "county"), **query)
    assert page in {"tackning.py", "mal.py", "om.py"} or "&lt;img src=x" in words(at)
    assert "<img" not in words(at)
    assert not [text.value for text in at.markdown if "<img" in text.value or "**fet**" in text.value]


def test_the_pyramid_counts_what_its_links_show(visit, shipped):
    at = visit("oversikt.py")
    links = {
        link.proto.label: link.proto.query_string
        for link in at.get("page_link")
        if "preventionsniva" in link.proto.query_string
    }
    assert len(links) == 4
    for label, query in links.items():
        level = query.split("preventionsniva=")[1].split("&")[0]
        matched = len(select(shipped, Filters(preventionsniva=(level,))).matched)
        assert (str(matched) if matched else "ingen känd") in label


def test_the_about_page_defines_the_words_and_names_every_listed_source(visit):
    at = visit("om.py")
    text = " ".join(block.value for block in at.markdown) + words(at)
    for word in (
        "Universell", "Selektiv", "Indikerad", "Familjecentral.", "Förälder.", "GeoNames", "CC BY 4.0",
        "rapport 2021:7",
    ):  # fmt: skip
        assert word in text, word


def test_every_arena_type_status_and_level_has_a_label():
    for labels in (
        vocabulary.ARENA_TYPE, vocabulary.STATUS, vocabulary.PREVENTION_LEVEL, vocabulary.POSITION_ACCURACY,
    ):  # fmt: skip
        assert all(label and label[0].isupper() for label in labels.values())
