"""What an address says, and the sentence that a choice is described in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.arenas.filters import LEVEL_UNKNOWN, Filters, from_query
from tests.mapping.arenas.choices import EVERY_STATUS, FILTERS


@given(filters=FILTERS)
def test_an_address_gives_back_the_filters_that_wrote_it(filters):
    read, rejected = from_query(filters.query())
    assert not rejected
    assert read == filters


@given(text=st.text(max_size=150))
def test_searched_text_survives_the_address(text):
    read, _ = from_query({"sok": [text]})
    again, _ = from_query(read.query())
    assert again == read


@given(
    query=st.dictionaries(st.sampled_from([*Filters().__dict__, "annat"]), st.lists(st.text(), max_size=3))
)
def test_no_address_can_break_the_reading(query):
    filters, _ = from_query(query)
    assert filters.sentence.endswith(".")


def test_labels_are_understood_as_well_as_codes():
    labels = {"kommun": ["örebro"], "preventionsniva": ["Universell"], "arenatyp": ["Öppen förskola"]}
    codes = {"kommun": ["1880"], "preventionsniva": ["universell"], "arenatyp": ["oppen_forskola"]}
    assert from_query(labels)[0] == from_query(codes)[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kommun", "Narnia"), ("kommun", "18"), ("alder", "13-99"), ("alder", "6-2"), ("alder", "barn"),
        ("alder", "1_0"), ("alder", "²"), ("alder", "0-" + "9" * 5000),
        ("status", "kanske"), ("sprak", "<b>"), ("visa_okanda", "kanske"),
    ],
)  # fmt: skip
def test_what_no_filter_understands_is_told_with_its_place(name, value):
    filters, rejected = from_query({name: [value]})
    assert (filters, [(fault.parameter, fault.value) for fault in rejected]) == (Filters(), [(name, value)])
    assert value in rejected[0].message


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(), "Alla arenor i länet, utom stängda."),
        (Filters(status=EVERY_STATUS), "Alla arenor i länet, även stängda."),
        (Filters(kommun=("1884", "1885"), arenatyp=("bvc",), status=("aktiv",)),
         "Arenor som betjänar Nora eller Lindesberg, av typen barnavårdscentral, som är aktiva."),
        (Filters(lansdel=("norr",), preventionsniva=("selektiv", LEVEL_UNKNOWN), alder=(4, 4), sprak=("ar",)),
         ("Arenor som betjänar länsdel Norr, med insatser på selektiv nivå eller av okänd nivå "
          "för barn 4 år på arabiska, utom stängda.")),
        (Filters(huvudman=("Nora kommun",), sok="eken", visa_okanda=True),
         ("Arenor med Nora kommun som huvudman, där texten innehåller ”eken”, "
          "även troliga och de som saknar uppgift om det som valts, utom stängda.")),
    ],
)  # fmt: skip
def test_every_choice_describes_itself_in_one_sentence(filters, sentence):
    assert filters.sentence == sentence
