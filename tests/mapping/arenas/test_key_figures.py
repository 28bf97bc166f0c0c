"""Key figures, the pyramid, the shading and the sources."""

from mapping.arenas.filters import DEFAULT_STATUS, Filters
from mapping.arenas.key_figures import key_figures, pyramid
from mapping.arenas.select import select
from mapping.dataset.sources import cited_sources, compiled_sources
from mapping.map.shading import municipality_rows, municipality_shading
from mapping.settings import SHIPPED_DATA
from tests.conftest import ARENAS, OFFERS


def test_key_figures_count_what_is_not_closed_and_say_what_is_unknown(county):
    arenas, offers, centres = key_figures(county)
    assert arenas.number == sum(a["status"] != "stangd" for a in ARENAS)
    assert arenas.remark == (
        "i 3 kommuner; 3 aktiva, 1 planerad, 2 med okänd status; 1 i hela länet; 2 utan plats på kartan; "
        "1 till är stängda och räknas inte"
    )
    assert offers.number == sum(o["status"] != "stangd" for o in OFFERS)
    assert offers.remark == "2 saknar nivå, 3 saknar ålder"
    assert centres.number == 1
    assert centres.remark.startswith("1 aktiv. Ingen familjecentral är känd i Askersund, Degerfors,")
    assert "Aktiv finns i Nora (2026)." in centres.remark


def test_each_step_of_the_pyramid_counts_exactly_what_its_link_shows(county):
    steps = pyramid(county)
    assert [step.level for step in steps] == ["universell", "selektiv", "indikerad", "okand"]
    for step in steps:
        shown = select(county, step.filters).shown
        assert step.arenas == len(shown)
        assert "kumla-skydd" not in shown  # its only insats is closed
    assert [step.arenas for step in steps] == [2, 1, 1, 3]
    assert [step.arenas for step in pyramid(county, Filters(kommun=("1884",)))] == [1, 1, 1, 2]


def test_a_municipality_without_known_arenas_is_missing_and_closed_ones_are_shaded_when_asked_for(county):
    shading = municipality_shading(select(county, Filters()), county, per_1000_children=False)
    assert shading.text["1881"] == "2 arenor"
    assert shading.step["1880"] is None
    assert shading.as_dict()["missing"]
    closed = Filters(status=(*DEFAULT_STATUS, "stangd"))
    shade = municipality_shading(select(county, closed), county, per_1000_children=False)
    assert shade.text["1860"] == "1 arena"


def test_the_rate_names_its_population_and_is_missing_where_there_is_none(shipped, county):
    shading = municipality_shading(select(shipped, Filters()), shipped, per_1000_children=True)
    assert shading.source.startswith("Barn 0–15 år, 2023.")
    assert shading.source.endswith("hur väl en kommun är kartlagd, inte hur mycket stöd som finns där.")
    assert shading.text["1864"] != "uppgift saknas"
    without = municipality_shading(select(county, Filters()), county, per_1000_children=True)
    assert (set(without.step.values()), without.source) == ({None}, "Befolkningsuppgift saknas")


def test_every_cited_source_is_counted_and_the_shipped_have_a_date_and_a_licence(county, shipped, tmp_path):
    cited = dict(cited_sources(county))
    assert (cited["Kommunen"], cited["Påhittat för test"]) == (2, 3)

    sources = compiled_sources(SHIPPED_DATA)
    assert len(sources) == 15
    assert all(source.date and source.licence and source.publisher for source in sources)
    assert compiled_sources(tmp_path) == ()


def test_the_colours_stand_in_a_table_too_with_the_same_words(shipped):
    selection = select(shipped, Filters(arenatyp=("bvc", "familjecentral")))
    rows = municipality_rows(selection, shipped, per_1000_children=True)
    for heading, rate in (("Antal arenor", False), ("Per 1 000 barn", True)):
        shade = municipality_shading(selection, shipped, per_1000_children=rate)
        for code, text in rows[heading].items():
            assert shade.text[code].endswith(text)
            assert (text == "uppgift saknas") == (shade.step[code] is None)
    assert list(rows["Kommun"])[-1] == "Örebro"
    plain = municipality_rows(selection, shipped, per_1000_children=False)
    assert list(plain.columns) == ["Kommun", "Antal arenor"]
    centres = municipality_rows(selection, shipped, per_1000_children=False, family_centres=True)
    assert centres.loc["1864", "Familjecentral"] == "ingen känd"
