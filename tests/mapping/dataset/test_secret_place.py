"""Where a protected arena is, is recognised however it is written, and not where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.dataset.secret_place import ADDRESS, SecretPlace, found, may_mention, plain

PLACE = SecretPlace("Stödboendet Exempel", "Hemligstigen 19", "71330", "Gyttorp", (59.5195, 15.04))

OWN = {
    "Hemligstigen 19": ADDRESS,
    "Möts på HEMLIGSTIGEN  19, port B": ADDRESS,
    "Hemligstigen\u00a019": ADDRESS,
    "hemlig-stigen_19": "gatan",
    "https://nora.se/hemligstigen-19": ADDRESS,
    "https://nora.se/?q=Hemligstigen%2019": ADDRESS,
    "https://nora.se/?q=Hemligstigen%252019": ADDRESS,
    "Ｈｅｍｌｉｇｓｔｉｇｅｎ １９": ADDRESS,
    "Hemligst. 19": "gatan",
    "Hemlig stig 19": "gatan",
    "På Hemligstigen ligger boendet": "gatan",
    "Hemligstigens tegelhus": "gatan",
    "713 30 Nora": "postnumret",
    "SE-71330": "postnumret",
    "Gyttorps skola": "orten",
    "59,5195 och 15,0400": "koordinaterna",
    "https://www.openstreetmap.org/#map=17/59.5190/15.0395": "koordinaterna",
    "https://maps.google.com/maps/@59.5196,15.04,17z": "koordinaterna",
    "N 6597902, E 502263": "koordinaterna",
    "59°31'10\"N": "koordinaterna",
    "hemligt 19": None,
    "Ett hemligt stigfinnande": None,
    "019-71 33 00": None,
    "171330": None,
    "Gyttorpsvägen": None,
    "59,6195": None,
    "": None,
}
ANYBODY = {
    "Hemligstigen 19": ADDRESS,
    "Hemligstigen 191": None,
    "Hemligstigen": None,
    "713 30 Nora": None,
    "Gyttorp": None,
    "59,5195 och 15,0400": "koordinaterna",
    "59,5195 och 15,5400": None,
    "Stödboendet Exempel ligger på Hemligst. 19": "gatan",
    "Stodboendet exempel, 713 30": "postnumret",
}
STREETS = [
    ("5:e gatan 3", ["5:e gatan 3", "5:E GATAN 3", "5e gatan 3"], ["5 gator", "gatan 3"]),
    ("Västra Vägen 4 B", ["vastra-vagen-4", "V%C3%A4stra%20V%C3%A4gen%204", "Västra v. 4"], ["västra"]),
    ("Skäpplandsgatan 31-33", ["Skäpplandsgatan 31", "Skapplandsg 31"], ["skäpplands"]),
    ("Älvtomtagatan 30, 1 tr", ["Älvtomtagatan 30", "A\u0308lvtomtagatan 30"], ["Älvtomta"]),
    ("Hjalmar Bergmans väg 5", ["Hjalmar Bergmans väg 5"], ["Hjalmar Bergman"]),
    ("Nora församlingshem", ["i Nora församlingshem"], ["Nora församling"]),
    ("Å 12", ["Å 12"], ["å", "på 12"]),
]


@pytest.mark.parametrize(("text", "what"), OWN.items())
def test_what_an_arenas_own_text_tells_is_named(text, what):
    assert PLACE.found_in(plain(text), is_own=True) == what


@pytest.mark.parametrize(("text", "what"), ANYBODY.items())
def test_in_a_text_of_others_only_what_tells_the_place_alone_counts(text, what):
    assert found(text, (), [PLACE]) == what


@pytest.mark.parametrize(("address", "forms", "others"), STREETS)
def test_streets_of_every_kind_are_recognised(address, forms, others):
    place = SecretPlace(address=address)
    assert [text for text in (address, *forms) if not found(text, [place], ())] == []
    assert [text for text in others if found(text, [place], ())] == []


def test_an_arena_of_which_nothing_is_known_tells_nothing():
    assert [text for text in OWN if found(text, [SecretPlace()], [SecretPlace()])] == []


@given(
    st.sampled_from([text for text, what in {**OWN, **ANYBODY}.items() if found(text, (), [PLACE])]),
    st.text(max_size=20),
    st.booleans(),
)
def test_the_quick_look_misses_nothing(text, around, is_before):
    whole = f"{around} {text}" if is_before else f"{text} {around}"
    if found(whole, (), [PLACE]):
        assert may_mention([None, whole], [PLACE]).tolist() == [False, True]
