"""What a panel says about an arena and about a municipality."""

import pytest

from mapping.arenas.cards import Fact, Offer, arena_card, municipality_card
from tests.conftest import ARENAS, DAY


def _facts(card):
    return {fact.label: fact.value for fact in card.facts}


def test_a_card_says_what_is_unknown_and_hidden_and_which_municipalities_are_served(county):
    card = arena_card(county, "degerfors-tom", DAY)
    assert (_facts(card)["Huvudman"], _facts(card)["Adress"]) == (None, None)
    assert (card.offers, card.confirmed, card.freshness) == ((), None, "datum saknas")
    facts = _facts(arena_card(county, "kumla-skydd", DAY))
    assert facts["Adress"] == "Visas inte"
    assert "Delar lokal med" not in facts
    assert facts["Läge på kartan"].startswith("Ingen plats")
    assert _facts(arena_card(county, "nora-hus", DAY))["Betjänar också"] == "Lindesberg"


def test_a_familjecentral_tells_its_four_parts_known_and_unknown(county):
    assert arena_card(county, "nora-fc", DAY).parts == (
        ("Mödrahälsovård", "nej"),
        ("Barnhälsovård", "ja"),
        ("Öppen förskola", "ja"),
        ("Förebyggande socialtjänst", None),
    )
    assert arena_card(county, "kumla-bvc", DAY).parts == ()


def test_an_approximate_place_says_what_it_is_the_place_of(changed_county):
    town = {"ort": "Kumla", "kommunkod": "1881", "lat": "59.1277", "lon": "15.1434", "palitlig": "ja"}
    dataset = changed_county(orter=[town])
    assert _facts(arena_card(dataset, "kumla-bvc", DAY))["Läge på kartan"] == "Bara orten är känd (Kumla)"


def test_every_arena_of_the_shipped_data_has_a_card_and_one_that_is_not_there_none(shipped, county):
    for arena_id in shipped.arenor.index:
        card = arena_card(shipped, arena_id, DAY)
        assert card.name
        assert card.sources
    assert arena_card(county, "finns-inte", DAY) is None
    assert municipality_card(county, "0180") is None
    assert municipality_card(county, "18") is None


@pytest.mark.parametrize(
    ("first", "last", "covered", "unknown"),
    [
        (0, 6, range(7), []), (16, 20, range(16, 19), []), (13, None, [13], range(14, 19)),
        (None, 5, [5], range(5)), (None, None, [], range(19)),
    ],
)  # fmt: skip
def test_each_year_is_covered_outside_or_unknown(first, last, covered, unknown):
    rest = {"details": (), "status": "aktiv", "evidence": "", "confirmed": None}
    years = Offer("", (), (first, last), expectant=False, **rest).years
    assert [year for year, state in enumerate(years) if state == "covered"] == list(covered)
    assert [year for year, state in enumerate(years) if state == "unknown"] == list(unknown)


def test_a_municipality_counts_its_own_arenas_apart_and_says_what_is_unknown(county):
    lindesberg = municipality_card(county, "1885")
    assert lindesberg.facts[:2] == (
        Fact("Arenor i kommunen", "0"),
        Fact("Arenor på annat håll som också betjänar kommunen", "2"),
    )
    assert lindesberg.facts[3] == Fact("Familjecentral", "Ingen känd")
    assert municipality_card(county, "1884").facts[3] == Fact("Familjecentral", "Aktiv (uppgift från 2026)")
    kumla = municipality_card(county, "1881")
    assert kumla.kinds == (("bvc", "Barnavårdscentral", 1), ("specialist", "Specialiserat stöd", 1))
    assert "Familjecentral" in kumla.missing_kinds
    assert kumla.facts[2] == Fact("Barn 0–15 år (2023)", "4\N{NO-BREAK SPACE}000")
    assert municipality_card(county, "1880").facts[2] == Fact("Barn 0–15 år", None)


def test_every_open_arena_is_counted_in_one_municipality_or_the_county(county):
    codes = {arena["kommunkod"] for arena in ARENAS if arena["kommunkod"] != "18"}
    counted = sum(count for code in codes for _, _, count in municipality_card(county, code).kinds)
    assert counted == sum(1 for a in ARENAS if a["status"] != "stangd" and a["kommunkod"] != "18")
