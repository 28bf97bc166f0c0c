"""What a protected place keeps secret is nowhere in what visitors see of the changes."""

import json

import pytest

from mapping.changes.rows import HIDDEN, Cell, changes
from tests.conftest import ARENAS, OFFERS
from tests.deliveries import edited

SECRETS = ("Hemliga", "Lönn", "692 30", "69230", "702 11", "59,1277", "59.1277", "15,1434")
OPEN_ARENAS, OPEN_OFFERS = (
    [row for row in rows if row["arena_id"] != "kumla-skydd"] for rows in (ARENAS, OFFERS)
)


def told(before, after):
    shown = changes(before, after)
    text = json.dumps(shown.as_json(), ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in text]
    return {(row.key, cell.column): cell[1:] for row in shown.rows for cell in row.cells}


@pytest.mark.parametrize(
    ("key", "cells", "shown"),
    [
        ("kumla-skydd", {"adress": "Lönngatan 3", "postnummer": "702 11", "ort": "Örebro"},
         dict.fromkeys(["adress", "postnummer", "ort"], (HIDDEN, HIDDEN))),
        ("kumla-skydd", {"portkod": "1234"}, {"portkod": ("", HIDDEN)}),
        ("nora-fc", {"samlokaliserad_med": "kumla-skydd", "ort": "Kumla"},
         {"samlokaliserad_med": ("", HIDDEN), "ort": ("Nora", "Kumla")}),
    ],
    ids=["it moves", "a column outside the contract", "another arena shares its premises"],
)  # fmt: skip
def test_a_protected_place_tells_only_that_it_changes(county, changed_county, key, cells, shown):
    found = told(county, changed_county(arenor=edited(ARENAS, key, **cells)))
    assert found == {(key, column): texts for column, texts in shown.items()}


@pytest.mark.parametrize("is_new", [False, True])
def test_a_protected_place_that_is_new_or_gone_keeps_its_address(county, changed_county, is_new):
    versions = [county, changed_county(arenor=OPEN_ARENAS, insatser=OPEN_OFFERS)]
    found = told(*(reversed(versions) if is_new else versions))
    texts = (HIDDEN, "")
    assert found["kumla-skydd", "lat"] == (tuple(reversed(texts)) if is_new else texts)
    assert "Skyddat stöd" in found["kumla-skydd", "namn"]


@pytest.mark.parametrize("is_lifted", [False, True])
def test_protection_in_either_version_hides_both(county, changed_county, is_lifted):
    shown = edited(ARENAS, "kumla-skydd", adress_visning="", adress="Lönngatan 3")
    versions = [county, changed_county(arenor=shown)]
    found = told(*(versions if is_lifted else reversed(versions)))
    assert found["kumla-skydd", "adress"] == (HIDDEN, HIDDEN)
    assert set(found["kumla-skydd", "adress_visning"]) == {"dold", ""}


def test_editors_see_the_cells_themselves_only_when_they_are_asked_for(county, changed_county):
    after = changed_county(arenor=edited(ARENAS, "kumla-skydd", adress="Lönngatan 3"))
    (row,) = changes(county, after, public=False).rows
    assert [(cell.column, cell.after) for cell in row.cells] == [("adress", "Lönngatan 3")]


def test_texts_that_mention_either_address_are_hidden(county, changed_county):
    offers = edited(OFFERS, "skydd-stod", anmarkning="Ring på vid LÖNNGATAN 3", metod="ABC")
    after = changed_county(
        arenor=edited(ARENAS, "kumla-skydd", adress="Lönngatan 3", anmarkning="Förr på Hemliga vägen"),
        insatser=offers,
    )
    found = told(county, after)
    assert found["skydd-stod", "anmarkning"] == ("", HIDDEN)
    assert (found["kumla-skydd", "anmarkning"], found["skydd-stod", "metod"]) == (("", HIDDEN), ("", "ABC"))


def test_without_protected_places_nothing_is_hidden(changed_county):
    before = changed_county(arenor=OPEN_ARENAS, insatser=OPEN_OFFERS)
    after = changed_county(arenor=[{**row, "anmarkning": "Storgatan 1"} for row in OPEN_ARENAS])
    found = changes(before, after)
    assert changes(before, after, public=False) == found
    assert Cell("anmarkning", "", "Storgatan 1") in found.rows[0].cells
