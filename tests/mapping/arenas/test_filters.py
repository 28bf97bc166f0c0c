"""What a filter keeps, drops and leaves untold, against a loop that knows nothing of frames."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.arenas.filters import (
    DEFAULT_STATUS,
    LEVEL_UNKNOWN,
    LEVELS,
    WHOLE_CHILDHOOD,
    Filters,
    from_query,
    select,
)
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from tests.conftest import ARENAS, OFFERS


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


def _naive(arena, filters):
    """Answer True, False or None (cannot be told) for one arena as the CSV has it."""
    kommun = arena["kommunkod"]
    serves = (
        set(vocabulary.MUNICIPALITIES) if kommun == "18" else {kommun, *_values(arena, "betjanar_kommuner")}
    )
    parts = {code for part in filters.lansdel for code in vocabulary.COUNTY_PARTS[part]}
    status = arena["status"] or "okand"
    hidden = arena.get("adress_visning") == "dold"
    offers = [offer for offer in _offers_of(arena) if offer["status"] != "stangd"]
    text = " ".join(
        [
            arena["namn"],
            vocabulary.AREAS[kommun],
            vocabulary.ARENA_TYPE[arena["arenatyp"]],
            arena.get("huvudman", ""),
        ]
        + ([] if hidden else [arena.get("adress", ""), arena.get("ort", "")])
        + [offer.get(column, "") for offer in _offers_of(arena) for column in ("namn", "metod", "malgrupp")]
    ).casefold()
    certain = (
        (not filters.kommun or bool(serves & set(filters.kommun)))
        and (not parts or bool(serves & parts))
        and (not filters.arenatyp or arena["arenatyp"] in filters.arenatyp)
        and status in filters.status
        and all(word in text for word in filters.sok.casefold().split())
    )
    operators = _values(arena, "huvudman")
    operator = (
        True
        if not filters.huvudman
        else None
        if not operators
        else bool(set(operators) & set(filters.huvudman))
    )
    asked = [bool(filters.preventionsniva), filters.alder != WHOLE_CHILDHOOD, bool(filters.sprak)]
    if not any(asked):
        offered = True
    elif not _offers_of(arena):
        only_unknown_level = LEVEL_UNKNOWN in filters.preventionsniva and not any(asked[1:])
        offered = True if only_unknown_level else None
    else:
        offered = _some(
            [
                _all(
                    _level(offer, filters.preventionsniva, offers),
                    _ages(offer, filters.alder),
                    True
                    if not filters.sprak
                    else bool(set(_values(offer, "sprak")) & set(filters.sprak))
                    if offer.get("sprak")
                    else None,
                )
                for offer in offers
            ]
        )
    return _all(certain, operator, offered)


def assert_agrees(county: Dataset, filters: Filters):
    selection = select(county, filters)
    expected = {arena["arena_id"]: _naive(arena, filters) for arena in ARENAS}
    assert list(selection.matched) == [name for name, answer in expected.items() if answer is True]
    assert list(selection.unknown) == [name for name, answer in expected.items() if answer is None]


EVERY_STATUS = tuple(vocabulary.STATUS)

SINGLE_CHOICES = [
    *(Filters(kommun=(code,)) for code in vocabulary.MUNICIPALITIES),
    *(Filters(lansdel=(part,)) for part in vocabulary.COUNTY_PART),
    *(Filters(arenatyp=(kind,)) for kind in vocabulary.ARENA_TYPE),
    *(Filters(preventionsniva=(level,)) for level in LEVELS),
    *(
        Filters(alder=(first, last))
        for first in (0, 4, 6, 7, 13, 18)
        for last in (0, 5, 6, 12, 18)
        if first <= last
    ),
    *(Filters(huvudman=(name,)) for name in ("Nora kommun", "Region Örebro län", "Ingen alls")),
    *(Filters(sprak=(code,)) for code in ("sv", "ar", "so", "fi")),
    *(Filters(status=(status,)) for status in vocabulary.STATUS),
    *(Filters(sok=words) for words in ("eken", "EKEN samtal", "cos-p", "hemliga", "kumla", "ingenting")),
]


@pytest.mark.parametrize("filters", SINGLE_CHOICES, ids=lambda filters: str(filters.query()))
def test_each_filter_agrees_with_a_naive_loop(county, filters):
    assert_agrees(county, filters)
    assert_agrees(county, replace(filters, status=EVERY_STATUS))


def _some_of(options):
    return st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True).map(
        lambda chosen: tuple(option for option in options if option in chosen)
    )


SPANS = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(lambda ends: (min(ends), max(ends)))
FILTERS = st.builds(
    Filters,
    kommun=_some_of(vocabulary.MUNICIPALITIES),
    lansdel=_some_of(vocabulary.COUNTY_PART),
    arenatyp=_some_of(vocabulary.ARENA_TYPE),
    preventionsniva=_some_of(LEVELS),
    alder=SPANS,
    huvudman=_some_of(("Föreningen Eken", "Nora kommun", "Region Örebro län")),
    sprak=_some_of({"sv": 1, "ar": 1, "so": 1}),
    status=_some_of(vocabulary.STATUS).map(lambda chosen: chosen or DEFAULT_STATUS),
    sok=st.sampled_from(["", "eken", "kumla stöd"]),
    visa_okanda=st.booleans(),
)


@given(filters=FILTERS)
def test_combined_filters_agree_with_a_naive_loop(county, filters):
    assert_agrees(county, filters)


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
    by_label, _ = from_query(
        {"kommun": ["örebro"], "preventionsniva": ["Universell"], "arenatyp": ["Öppen förskola"]}
    )
    by_code, _ = from_query(
        {"kommun": ["1880"], "preventionsniva": ["universell"], "arenatyp": ["oppen_forskola"]}
    )
    assert by_label == by_code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kommun", "Narnia"),
        ("kommun", "18"),
        ("alder", "13-99"),
        ("alder", "6-2"),
        ("alder", "barn"),
        ("status", "kanske"),
        ("sprak", "<b>"),
        ("visa_okanda", "kanske"),
    ],
)
def test_what_no_filter_understands_is_told_with_its_place(name, value):
    filters, rejected = from_query({name: [value]})
    assert filters == Filters()
    assert [(fault.parameter, fault.value) for fault in rejected] == [(name, value)]
    assert value in rejected[0].message


def test_a_hidden_address_cannot_be_found_by_searching_for_it(county):
    assert list(select(county, Filters(sok="Hemliga vägen")).shown) == []


def test_the_count_says_what_is_unknown(county):
    selection = select(county, Filters(alder=(13, 18)))
    assert selection.missing_facts == {"alder": 2}
    assert selection.sentence == "2 arenor stämmer. 2 till saknar uppgift om ålder."


def test_arenas_that_lack_a_fact_are_shown_only_when_asked_for(county):
    hidden = select(county, Filters(alder=(13, 18)))
    shown = select(county, Filters(alder=(13, 18), visa_okanda=True))
    assert list(shown.shown) == [*hidden.shown, *hidden.unknown]


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(), "Alla arenor i länet, utom stängda."),
        (Filters(status=EVERY_STATUS), "Alla arenor i länet, även stängda."),
        (
            Filters(kommun=("1884", "1885"), arenatyp=("bvc",), status=("aktiv",)),
            "Arenor som betjänar Nora eller Lindesberg, av typen barnavårdscentral, som är aktiva.",
        ),
        (
            Filters(
                lansdel=("norr",), preventionsniva=("selektiv", LEVEL_UNKNOWN), alder=(4, 4), sprak=("ar",)
            ),
            (
                "Arenor som betjänar länsdel Norr, med insatser på selektiv nivå eller av okänd nivå "
                "för barn 4 år på arabiska, utom stängda."
            ),
        ),
        (
            Filters(huvudman=("Nora kommun",), sok="eken", visa_okanda=True),
            (
                "Arenor med Nora kommun som huvudman, där texten innehåller ”eken”, "
                "även de som saknar uppgift om det som valts, utom stängda."
            ),
        ),
    ],
)
def test_every_choice_describes_itself_in_one_sentence(filters, sentence):
    assert filters.sentence == sentence
