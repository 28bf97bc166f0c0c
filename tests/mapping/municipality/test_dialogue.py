"""What was said in the dialogues, side by side."""

import pytest

from mapping.contract.vocabulary import COUNTY_PART, COUNTY_PARTS, MUNICIPALITIES
from mapping.municipality import dialogue

SAID = (
    {"kommun": "Nora", "datum": "2021-02", "typ": "utmaning", "text": "Eget", "tolkning": "rubrik"},
    {"kommun": "Nora | 1885", "datum": "2021", "typ": "behov", "text": "Två", "tolkning": "klassad"},
    {"kommun": "Norr", "typ": "nasta_steg", "text": "Länsdelens"},
    {"kommun": "Örebro län", "datum": "2020-01-02", "typ": "utmaning", "text": "Länets"},
    {"kommun": "Örebro", "typ": "behov", "text": "Örebros"},
)


@pytest.fixture
def said(changed_county):
    return changed_county(dialog=SAID).dialog


def _texts(voices):
    return [(voice.text, voice.scope) for voice in voices]


def test_what_was_said_for_more_than_one_is_marked_and_dates_and_readings_are_in_words(said):
    (nora,) = dialogue.side_by_side(said, codes=["1884"])
    assert _texts(nora.own) == [("Eget", ""), ("Två", "tillsammans med Lindesberg")]
    assert _texts(nora.shared) == [("Länsdelens", "länsdel Norr"), ("Länets", "hela länet")]
    assert nora.shared_scope == "länsdel Norr och hela länet"
    (orebro,) = dialogue.side_by_side(said, codes=["1880"])
    assert _texts(orebro.own) == [("Örebros", "")]
    assert [(voice.date, voice.reading) for voice in nora.own] == [
        ("februari 2021", "Källans egen rubrik"),
        ("2021", "Klassad av sammanställaren"),
    ]
    assert (nora.shared[0].date, nora.shared[0].reading) == (None, "")


def test_each_row_is_counted_once_and_a_kind_can_be_chosen(said):
    places = dialogue.side_by_side(said)
    assert dialogue.sentence(places) == (
        "2 utmaningar, 2 behov och 1 nästa steg från 12 kommuner. Dialogerna hölls 2 januari 2020 – 2021."
    )
    places = dialogue.side_by_side(said, kinds=["nasta_steg"])
    assert [place.name for place in places] == ["Hällefors", "Lindesberg", "Ljusnarsberg", "Nora"]
    assert dialogue.sentence(places) == "1 nästa steg från 4 kommuner."
    assert dialogue.sentence(()) == "Ingen uppgift om vad som har sagts i dialoger."


def test_a_plain_loop_over_the_shipped_rows_finds_the_same(shipped):
    places = {place.code: place for place in dialogue.side_by_side(shipped.dialog)}
    for code, name in MUNICIPALITIES.items():
        part = next(COUNTY_PART[part] for part, codes in COUNTY_PARTS.items() if code in codes)
        own, shared = [], []
        for row in shipped.dialog.to_dict("records"):
            named = [word.strip() for word in row["kommun"].split("|")]
            if name in named:
                own.append(row["text"])
            elif {part, "Örebro län"} & set(named):
                shared.append(row["text"])
        assert [voice.text for voice in places[code].own] == own
        assert [voice.text for voice in places[code].shared] == shared
    told = {voice.row for place in places.values() for voice in (*place.own, *place.shared)}
    assert told == set(range(len(shipped.dialog)))
