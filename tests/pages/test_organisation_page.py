"""Stödjande organisation through the router: shipped, empty, filtered, presented, with odd texts."""

from functools import partial

import pytest

from tests.conftest import ARENAS, write_table
from tests.visiting import words


@pytest.fixture
def visit(visit):
    return partial(visit, "organisation.py")


def _headings(at):
    return [heading.value for heading in at.header]


def test_the_shipped_page_compares_two_dates_in_alphabetical_order_and_unknown_is_never_a_no(visit):
    at = visit()
    told = words(at)
    assert "Läget i april 2021" in _headings(at)
    for text in (
        "I april 2021 svarade 5 av 12 kommuner", "Före: september 2020", "Efter: april 2021",
        "från finns inte till planerad", "åldrarna var 0–19 år, är 0–18 år",
        "Gruppen ska breddas till 0–18 år", "Försiktig start med 0-6 år.", "Fler parter kan finnas",
        "Regional stödjande organisation", "Sagt gemensamt för länsdel Söder",
        "Tillsammans med Karlskoga", "klassad av sammanställaren", "äldre än två år, räknas som gammal",
    ):  # fmt: skip
        assert text in told, text
    table = told[told.index("sk-table sk-wrap sk-stack") :]
    names = [part.split("</th>")[0].split(">")[-1] for part in table.split('role="rowheader"')[1:13]]
    assert (names[0], names[-3:]) == ("Askersund", ["Ljusnarsberg", "Nora", "Örebro"])
    askersund = table.split('role="rowheader"')[1]
    assert "sk-state-ej_besvarat" in askersund
    assert "sk-state-nej" not in askersund


def test_the_date_is_a_choice_that_the_address_keeps(visit):
    at = visit()
    assert at.selectbox(key="organisation_datum").value == "2021-04"
    assert "datum" not in at.query_params
    at.selectbox(key="organisation_datum").set_value("2020-09").run()
    assert at.query_params["datum"] == "2020-09"
    assert "Läget i september 2020" in _headings(at)
    assert "Före:" not in words(at)
    assert "senare svar: planerad (17 mars 2021)" in words(at)
    at.selectbox(key="organisation_datum").set_value("2021-04").run()
    assert "datum" not in at.query_params
    assert not at.exception


def test_the_address_sets_both_dates_and_today_can_be_chosen(visit):
    at = visit(datum="idag", jamfor="2021-02-03")
    assert "Läget i dag" in _headings(at)
    assert "Före: 3 februari 2021" in words(at)
    assert at.selectbox(key="organisation_jamfor").value == "2021-02-03"


@pytest.mark.parametrize("name", ["datum", "jamfor", "typ"])
def test_a_value_that_cannot_be_chosen_is_told_and_the_usual_one_shown(visit, name):
    at = visit(**{name: "2020-13<b>"})
    assert "”2020-13&lt;b&gt;” går inte att välja här" in words(at)
    assert "Läget i april 2021" in _headings(at)


def test_a_choice_of_municipality_filters_table_and_dialogue_and_reaches_the_address(visit):
    at = visit()
    at.multiselect(key="organisation_kommun").select("1884").run()
    assert at.query_params["kommun"] == "1884"
    text = words(at)
    assert "Nora: svaren ord för ord (2)" in text
    assert "Laxå: svaren ord för ord" not in text
    assert "Dialogen i Nora" in text
    assert "Dialogen i Laxå" not in text
    assert "<details open>" in text


def test_part_of_the_county_and_kind_filter_too(visit):
    at = visit(lansdel="vaster", typ="behov")
    assert "Karlskoga: svaren ord för ord" in words(at)
    assert "Det saknas stöd till tonårsföräldrar." not in words(at)
    at.selectbox(key="organisation_typ").set_value("utmaning").run()
    assert at.query_params["typ"] == "utmaning"
    assert "Det saknas stöd till tonårsföräldrar." in words(at)
    assert "Nästa steg</h4>" not in words(at)


def test_choices_that_leave_no_municipality_are_told(visit):
    assert "Ingen kommun ligger i den länsdel som valts" in words(visit(kommun="1884", lansdel="soder"))


def test_a_presentation_has_the_same_facts_and_no_widgets(visit):
    at = visit(presentation="ja", datum="2021-03-17", kommun="1814")
    assert not at.sidebar.children
    assert not at.selectbox
    assert not at.multiselect
    assert "Läget den 17 mars 2021" in _headings(at)
    assert "En grupp planeras för 0–6 år" in words(at)


@pytest.mark.parametrize("query", [{}, {"presentation": "ja"}, {"datum": "idag", "kommun": "1884"}])
def test_a_county_that_has_answered_nothing_says_so(visit, tmp_path, query):
    write_table(tmp_path / "arenor.csv", ARENAS[-1:])
    at = visit(data=tmp_path, **query)
    text = words(at)
    assert "Läget i dag" in _headings(at)
    assert "har ingen av" in text
    assert "sk-state sk-state-ej_besvarat" in text
    assert "sk-state sk-state-nej" not in text
    assert "Ingen uppgift om vad som har sagts" in text


def test_an_appointed_function_gets_its_column(visit, county_directory):
    rows = [
        {"kommunkod": "1884", "fraga": "strategisk_funktion", "svar": "utan_uppdrag", "datum": "2026-02"},
        {"kommunkod": "1884", "fraga": "samverkansgrupp", "svar": "ja", "datum": "2026-03-01"},
    ]
    write_table(county_directory / "kommunlage.csv", rows)
    text = words(visit(data=county_directory))
    assert "Finns, utan uppdrag" in text
    assert "1 av 12 kommuner har svarat på om det finns en utsedd strategisk funktion" in text
