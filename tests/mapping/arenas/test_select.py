"""What a filter keeps, drops and cannot tell of, against a loop over the CSV files that knows no frames."""

import csv
from dataclasses import replace

import pytest
from hypothesis import given

from mapping.arenas.filters import LEVEL_UNKNOWN, WHOLE_CHILDHOOD, Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from mapping.settings import SHIPPED_DATA
from tests.conftest import ARENAS, OFFERS
from tests.mapping.arenas.choices import EVERY_STATUS, FILTERS, SINGLE_CHOICES

COUNTY = {"arenor": ARENAS, "insatser": OFFERS, "uppdrag": []}
NO, OTHERS, UNKNOWN, LIKELY, YES = ORDER = ("nej", "andra", "okand", "trolig", "belagd")


@pytest.fixture(scope="module")
def files():
    """Read the shipped tables as rows of texts."""
    tables = {}
    for name in COUNTY:
        with (SHIPPED_DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


def _values(row, column):
    return [part.strip() for part in row.get(column, "").split("|") if part.strip()]


def _all(*answers):
    return min(answers, key=ORDER.index)


def _some(answers):
    return max(answers, key=ORDER.index)


def _plain(answer):
    return {True: YES, False: NO, None: UNKNOWN}[answer]


def _rows_of_its_type(arena, tables):
    kinds = {arena["arenatyp"]}
    if arena["arenatyp"] == "familjecentral":
        for kind in ("bvc", "bmm", "oppen_forskola", "socialtjanst"):
            named = [a for a in tables["arenor"] if a.get("samlokaliserad_med") == arena["arena_id"]]
            if arena.get(f"fc_{kind}") == "ja" and not any(a["arenatyp"] == kind for a in named):
                kinds.add(kind)
    return [row for row in tables["uppdrag"] if row["galler"] in kinds]


def _hint(answers):
    """Weigh what the rows of `uppdrag` answer: they make nothing certain."""
    return _some([{True: LIKELY, False: OTHERS, None: UNKNOWN}[answer] for answer in answers] or [UNKNOWN])


GROUPS = {"tonår": range(13, 19), "barn och unga": range(19), "barn och unga med psykisk ohälsa": range(19)}


def _named(offer, span):
    words = [*_values(offer, "malgrupp"), *_values(offer, "tema")]
    asked = range(span[0], span[1] + 1)
    return any(set(GROUPS.get(word.lower(), ())) & set(asked) for word in words)


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


def _naive(arena, filters, tables):
    """Answer in one of the words of `ORDER` for one arena as the CSV has it."""
    all_offers = [offer for offer in tables["insatser"] if offer["arena_id"] == arena["arena_id"]]
    kommun = arena["kommunkod"]
    served = {kommun, *_values(arena, "betjanar_kommuner")}
    serves = set(vocabulary.MUNICIPALITIES) if kommun == "18" else served
    parts = {code for part in filters.lansdel for code in vocabulary.COUNTY_PARTS[part]}
    status = arena["status"] or "okand"
    hidden = arena.get("adress_visning") == "dold"
    offers = [offer for offer in all_offers if offer["status"] != "stangd"]
    texts = [arena["namn"], vocabulary.AREAS[kommun], vocabulary.ARENA_TYPE[arena["arenatyp"]]]
    texts += [arena.get(column, "") for column in ("huvudman", *(() if hidden else ("adress", "ort")))]
    columns = ("namn", "metod", "malgrupp", "tema", "anmarkning")
    texts += [arena.get("anmarkning", ""), *(offer.get(name, "") for offer in all_offers for name in columns)]
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
    operator = _plain(operator if filters.huvudman else True)
    level, ages, spoken = filters.preventionsniva, filters.alder, filters.sprak
    if not level and ages == WHOLE_CHILDHOOD and not spoken:
        return _all(_plain(certain), operator)
    mandates = _rows_of_its_type(arena, tables)
    stated = [code for code in level if code != LEVEL_UNKNOWN]
    level_hint = _hint([_level(row, stated, [row]) for row in mandates]) if stated else UNKNOWN
    age_hint = _hint([_ages(row, ages) for row in mandates])
    answers = []
    # an arena that nobody has listed any insats of answers as one of which nothing is known
    for one in offers if all_offers else [{}]:
        by_level, by_age = _plain(_level(one, level, offers)), _plain(_ages(one, ages))
        if by_level == UNKNOWN:
            by_level = level_hint
        if by_age == UNKNOWN:
            by_age = _some([age_hint, LIKELY if _named(one, ages) else NO])
        answers.append(_all(by_level, by_age, _plain(_spoken(one, spoken))))
    if not answers:
        return NO
    return _all(_plain(certain), operator, _some(answers))


def assert_agrees(dataset, filters, tables):
    selection = select(dataset, filters)
    expected = {arena["arena_id"]: _naive(arena, filters, tables) for arena in tables["arenor"]}
    for found, answer in ((selection.matched, YES), (selection.likely, LIKELY), (selection.unknown, UNKNOWN)):
        assert list(found) == [name for name, given in expected.items() if given == answer]
    assert list(selection.by_mandate) == [name for name, given in expected.items() if given == OTHERS]


@pytest.mark.parametrize("filters", SINGLE_CHOICES, ids=lambda filters: str(filters.query()))
def test_each_filter_agrees_with_a_naive_loop(county, shipped, files, filters):
    for one in (filters, replace(filters, status=EVERY_STATUS)):
        assert_agrees(county, one, COUNTY)
        assert_agrees(shipped, one, files)


@given(filters=FILTERS)
def test_combined_filters_agree_with_a_naive_loop(county, shipped, files, filters):
    assert_agrees(county, filters, COUNTY)
    assert_agrees(shipped, filters, files)


def test_the_four_outcomes_are_told_in_one_sentence(shipped, files):
    filters = Filters(lansdel=("norr",), alder=(13, 18))
    north = [
        _naive(arena, filters, files)
        for arena in files["arenor"]
        if {arena["kommunkod"], *_values(arena, "betjanar_kommuner")} & {"1863", "1864", "1884", "1885", "18"}
    ]
    belagda, troliga, okanda, by_mandate = map(north.count, (YES, LIKELY, UNKNOWN, OTHERS))
    assert select(shipped, filters).sentence == (
        f"Norr, 13–18 år: {belagda} belagda, {troliga} troliga, {okanda} saknar uppgift; "
        f"{by_mandate + north.count(NO)} vänder sig till andra åldrar. "
        f"{by_mandate} av dem bara enligt arenatypens uppdrag."
    )
    assert min(troliga, okanda, by_mandate) > 0


def test_a_hidden_address_is_not_found_and_what_lacks_a_fact_only_when_asked_for(county):
    assert list(select(county, Filters(sok="Hemliga vägen")).shown) == []
    hidden = select(county, Filters(alder=(13, 18)))
    assert hidden.missing_facts == {"alder": 2}
    assert hidden.sentence == (
        "Hela länet, 13–18 år: 2 belagda, 0 troliga, 2 saknar uppgift; 1 vänder sig till andra åldrar."
    )
    shown = select(county, Filters(alder=(13, 18), visa_okanda=True))
    assert list(shown.shown) == [*hidden.matched, *hidden.likely, *hidden.unknown]
    assert list(shown.hits) == ["belagd"] * 2 + ["okand"] * 2
    assert list(select(county, Filters(alder=(13, 18), traff=("okand",))).shown) == list(hidden.unknown)
