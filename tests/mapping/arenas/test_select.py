"""What a filter keeps, drops and cannot tell of, against a loop that knows nothing of frames."""

from dataclasses import replace

import pytest
from hypothesis import given

from mapping.arenas.filters import LEVEL_UNKNOWN, WHOLE_CHILDHOOD, Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from tests.conftest import ARENAS, OFFERS
from tests.mapping.arenas.choices import EVERY_STATUS, FILTERS, SINGLE_CHOICES


def _values(row, column):
    return [part.strip() for part in row.get(column, "").split("|") if part.strip()]


def _all(*answers):
    if False in answers:
        return False
    return None if None in answers else True


def _some(answers):
    if True in answers:
        return True
    return None if None in answers else False


def _offers_of(arena):
    return [offer for offer in OFFERS if offer["arena_id"] == arena["arena_id"]]


def _level(offer, chosen, siblings):
    if not chosen:
        return True
    levels = _values(offer, "preventionsniva")
    if LEVEL_UNKNOWN in chosen and not any(_values(other, "preventionsniva") for other in siblings):
        return True
    return None if not levels else bool(set(levels) & set(chosen))


def _ages(offer, span):
    if span == WHOLE_CHILDHOOD:
        return True
    first, last = offer.get("alder_fran"), offer.get("alder_till")
    possible = [
        set(range(int(a), int(b) + 1))
        for a in ([first] if first else range(26))
        for b in ([last] if last else range(26))
        if int(a) <= int(b)
    ]
    asked = set(range(span[0], span[1] + 1))
    meets = {bool(ages & asked) for ages in possible}
    return None if len(meets) == 2 else meets.pop()


def _spoken(offer, chosen):
    if not chosen:
        return True
    return bool(set(_values(offer, "sprak")) & set(chosen)) if offer.get("sprak") else None


def _naive(arena, filters):
    """Answer True, False or None (cannot be told) for one arena as the CSV has it."""
    kommun = arena["kommunkod"]
    served = {kommun, *_values(arena, "betjanar_kommuner")}
    serves = set(vocabulary.MUNICIPALITIES) if kommun == "18" else served
    parts = {code for part in filters.lansdel for code in vocabulary.COUNTY_PARTS[part]}
    status = arena["status"] or "okand"
    hidden = arena.get("adress_visning") == "dold"
    offers = [offer for offer in _offers_of(arena) if offer["status"] != "stangd"]
    texts = [arena["namn"], vocabulary.AREAS[kommun], vocabulary.ARENA_TYPE[arena["arenatyp"]]]
    texts += [arena.get(column, "") for column in ("huvudman", *(() if hidden else ("adress", "ort")))]
    texts += [
        offer.get(column, "") for offer in _offers_of(arena) for column in ("namn", "metod", "malgrupp")
    ]
    text = " ".join(texts).casefold()
    certain = (
        (not filters.kommun or bool(serves & set(filters.kommun)))
        and (not parts or bool(serves & parts))
        and (not filters.arenatyp or arena["arenatyp"] in filters.arenatyp)
        and status in filters.status
        and all(word in text for word in filters.sok.casefold().split())
    )
    operators = _values(arena, "huvudman")
    operator = bool(set(operators) & set(filters.huvudman)) if operators else None
    operator = operator if filters.huvudman else True
    asked = [bool(filters.preventionsniva), filters.alder != WHOLE_CHILDHOOD, bool(filters.sprak)]
    if not any(asked):
        offered = True
    elif not _offers_of(arena):
        offered = True if LEVEL_UNKNOWN in filters.preventionsniva and not any(asked[1:]) else None
    else:
        level, ages, spoken = filters.preventionsniva, filters.alder, filters.sprak
        offered = _some(
            [_all(_level(one, level, offers), _ages(one, ages), _spoken(one, spoken)) for one in offers]
        )
    return _all(certain, operator, offered)


def assert_agrees(county, filters):
    selection = select(county, filters)
    expected = {arena["arena_id"]: _naive(arena, filters) for arena in ARENAS}
    assert list(selection.matched) == [name for name, answer in expected.items() if answer is True]
    assert list(selection.unknown) == [name for name, answer in expected.items() if answer is None]


@pytest.mark.parametrize("filters", SINGLE_CHOICES, ids=lambda filters: str(filters.query()))
def test_each_filter_agrees_with_a_naive_loop(county, filters):
    assert_agrees(county, filters)
    assert_agrees(county, replace(filters, status=EVERY_STATUS))


@given(filters=FILTERS)
def test_combined_filters_agree_with_a_naive_loop(county, filters):
    assert_agrees(county, filters)


def test_a_hidden_address_is_not_found_and_what_lacks_a_fact_only_when_asked_for(county):
    assert list(select(county, Filters(sok="Hemliga vägen")).shown) == []
    hidden = select(county, Filters(alder=(13, 18)))
    assert hidden.missing_facts == {"alder": 2}
    assert hidden.sentence == "2 arenor stämmer. 2 till saknar uppgift om ålder."
    shown = select(county, Filters(alder=(13, 18), visa_okanda=True))
    assert list(shown.shown) == [*hidden.shown, *hidden.unknown]
