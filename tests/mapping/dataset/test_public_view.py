"""What a protected place keeps secret is nowhere in the public view."""

import pandas as pd
import pytest

from mapping.dataset import positions, public_view
from tests.deliveries import typed

OPEN = {
    "arena_id": "a", "namn": "Eken", "arenatyp": "bvc", "kommunkod": "1884", "adress": "Ekvägen 1",
    "ort": "Nora",
}  # fmt: skip
SECRET = {
    "arena_id": "b", "namn": "Skyddat", "arenatyp": "specialist", "kommunkod": "1884",
    "adress": "Hemliga gatan 7", "postnummer": "713 31", "ort": "Nora", "lat": "59.5191", "lon": "15.0396",
    "samlokaliserad_med": "a",
}  # fmt: skip


def seen(arenas, offers=()):
    arenor, _ = positions.own_positions(typed("arenor", arenas))
    insatser = typed("insatser", offers)
    public, findings = public_view.public_view({"arenor": arenor, "insatser": insatser})
    return public["arenor"], public["insatser"], [(f.table, f.row, f.column, f.code) for f in findings]


@pytest.mark.parametrize("display", ["ort", "dold"])
def test_a_protected_place_keeps_its_address_to_itself(display):
    arenor, _, findings = seen([OPEN, {**SECRET, "adress_visning": display}])
    secret = arenor.iloc[1]
    hidden = ["adress", "postnummer", "lat", "lon", "sweref_n", "sweref_e", "samlokaliserad_med"]
    assert secret[hidden].isna().all()
    assert (pd.isna(secret["ort"]), secret["namn"]) == (display == "dold", "Skyddat")
    assert findings == [
        ("arenor", 3, "adress", "protected-address"),
        ("arenor", 3, "postnummer", "protected-address"),
        ("arenor", 3, "lat", "protected-address"),
    ]
    assert arenor.iloc[0]["adress"] == "Ekvägen 1"


def test_an_open_place_loses_nothing_but_what_gives_a_protected_one_away():
    arenor, _, findings = seen([OPEN, SECRET])
    assert findings == []
    assert arenor.iloc[1][["adress", "lat", "samlokaliserad_med"]].notna().all()
    arenor, _, _ = seen([{**OPEN, "samlokaliserad_med": "b"}, {**SECRET, "adress_visning": "dold"}])
    assert arenor["samlokaliserad_med"].isna().all()


def test_texts_that_mention_a_protected_address_are_taken_away():
    arenas = [
        {**OPEN, "anmarkning": "Nära Hemliga gatan."},
        {
            **SECRET, "adress_visning": "ort", "anmarkning": "Ingång från hemliga gatan, bakom affären.",
            "kalla": "https://x.se/hemliga gatan 7 | Rapport", "huvudman": "Kommunen",
        },
    ]  # fmt: skip
    offers = [
        {"insats_id": "1", "arena_id": "b", "namn": "Stöd", "anmarkning": "Möts på HEMLIGA GATAN 7"},
        {"insats_id": "2", "arena_id": "b", "namn": "Råd", "anmarkning": "Ring växeln"},
    ]
    arenor, insatser, findings = seen(arenas, offers)
    assert [place for place in findings if place[3] == "protected-address-in-text"] == [
        ("arenor", 3, "kalla", "protected-address-in-text"),
        ("arenor", 3, "anmarkning", "protected-address-in-text"),
        ("insatser", 2, "anmarkning", "protected-address-in-text"),
    ]
    assert (arenor.iloc[1]["kalla"], arenor.iloc[1]["huvudman"]) == ((), ("Kommunen",))
    assert insatser["anmarkning"].isna().tolist() == [True, False]
    assert arenor.iloc[0]["anmarkning"] == "Nära Hemliga gatan."


def test_the_frames_that_were_given_are_left_alone():
    given, _ = positions.own_positions(typed("arenor", [{**SECRET, "adress_visning": "dold"}]))
    before = given.copy()
    public_view.public_view({"arenor": given, "insatser": typed("insatser", [])})
    pd.testing.assert_frame_equal(given, before)
