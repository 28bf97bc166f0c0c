"""What a protected place keeps secret is nowhere in what visitors see of the changes."""

import json
from collections.abc import Callable

import pytest

from mapping.changes.rows import HIDDEN, Cell, changes
from mapping.dataset.dataset import Dataset
from tests.conftest import ARENAS, OFFERS

SECRETS = ("Hemliga", "Lönn", "692 30", "69230", "702 11", "59,1277", "59.1277", "15,1434")
Version = Callable[..., Dataset]


def edited(key, **cells):
    return [{**row, **cells} if row["arena_id"] == key else row for row in ARENAS]


def told(before, after):
    shown = changes(before, after)
    text = json.dumps(shown.as_json(), ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    return {(row.key, cell.column): cell[1:] for row in shown.rows for cell in row.cells}


def test_a_protected_place_that_moves_tells_only_that_it_does(changed_county):
    before = changed_county(arenor=ARENAS)
    after = changed_county(
        arenor=edited("kumla-skydd", adress="Lönngatan 3", postnummer="702 11", ort="Örebro")
    )
    assert told(before, after) == {
        ("kumla-skydd", "adress"): (HIDDEN, HIDDEN),
        ("kumla-skydd", "postnummer"): (HIDDEN, HIDDEN),
        ("kumla-skydd", "ort"): (HIDDEN, HIDDEN),
    }


@pytest.mark.parametrize("is_new", [False, True])
def test_a_protected_place_that_is_new_or_gone_keeps_its_address(changed_county, is_new):
    versions = [
        changed_county(arenor=ARENAS),
        changed_county(
            arenor=[row for row in ARENAS if row["arena_id"] != "kumla-skydd"],
            insatser=[row for row in OFFERS if row["arena_id"] != "kumla-skydd"],
        ),
    ]
    found = told(*(reversed(versions) if is_new else versions))
    texts = (HIDDEN, "")
    assert found["kumla-skydd", "lat"] == (tuple(reversed(texts)) if is_new else texts)
    assert "Skyddat stöd" in found["kumla-skydd", "namn"]


@pytest.mark.parametrize("is_lifted", [False, True])
def test_protection_in_either_version_hides_both(changed_county, is_lifted):
    versions = [
        changed_county(arenor=ARENAS),
        changed_county(arenor=edited("kumla-skydd", adress_visning="", adress="Lönngatan 3")),
    ]
    found = told(*(versions if is_lifted else reversed(versions)))
    assert found["kumla-skydd", "adress"] == (HIDDEN, HIDDEN)
    assert set(found["kumla-skydd", "adress_visning"]) == {"dold", ""}


def test_editors_see_the_cells_themselves_only_when_they_are_asked_for(changed_county):
    before = changed_county(arenor=ARENAS)
    after = changed_county(arenor=edited("kumla-skydd", adress="Lönngatan 3"))
    (row,) = changes(before, after, public=False).rows
    assert [(cell.column, cell.after) for cell in row.cells] == [("adress", "Lönngatan 3")]


def test_texts_that_mention_either_address_are_hidden(changed_county):
    offers = [
        {**row, "anmarkning": "Ring på vid LÖNNGATAN 3", "metod": "ABC"}
        if row["insats_id"] == "skydd-stod"
        else row
        for row in OFFERS
    ]
    before = changed_county(arenor=ARENAS)
    after = changed_county(
        arenor=edited("kumla-skydd", adress="Lönngatan 3", anmarkning="Förr på Hemliga vägen"),
        insatser=offers,
    )
    found = told(before, after)
    assert found["skydd-stod", "anmarkning"] == ("", HIDDEN)
    assert found["kumla-skydd", "anmarkning"] == ("", HIDDEN)
    assert found["skydd-stod", "metod"] == ("", "ABC")


def test_another_arena_may_not_tell_whose_premises_it_shares(changed_county):
    before = changed_county(arenor=ARENAS)
    after = changed_county(arenor=edited("nora-fc", samlokaliserad_med="kumla-skydd", ort="Kumla"))
    assert told(before, after) == {
        ("nora-fc", "samlokaliserad_med"): ("", HIDDEN),
        ("nora-fc", "ort"): ("Nora", "Kumla"),
    }


def test_what_is_not_in_the_contract_is_hidden_for_a_protected_place(changed_county):
    before = changed_county(arenor=ARENAS)
    after = changed_county(arenor=edited("kumla-skydd", portkod="1234"))
    assert told(before, after) == {("kumla-skydd", "portkod"): ("", HIDDEN)}


def test_without_protected_places_nothing_is_hidden(changed_county):
    rows = [row for row in ARENAS if row["arena_id"] != "kumla-skydd"]
    offers = [row for row in OFFERS if row["arena_id"] != "kumla-skydd"]
    before = changed_county(arenor=rows, insatser=offers)
    after = changed_county(arenor=[{**row, "anmarkning": "Storgatan 1"} for row in rows])
    found = changes(before, after)
    assert changes(before, after, public=False) == found
    assert Cell("anmarkning", "", "Storgatan 1") in found.rows[0].cells
