"""The fifteen rules: the specification's truth table, row by row, and the boundary of every threshold."""

import datetime

import pytest

from mapping.verdicts.counted import counted_rows
from tests.gap_county import DAY, NORA, answer, arena, dataset_of, insats, said, verdict, verdicts

KLAR = answer("kartlaggning", "klar")
PAGAR = answer("kartlaggning", "pagar")
NEED = answer("behovsinventering", "ja")
ALL_FOUR = {"fc_bmm": "ja", "fc_bvc": "ja", "fc_oppen_forskola": "ja", "fc_socialtjanst": "ja"}
CENTRE = arena("fc", "familjecentral", **ALL_FOUR)
PLAIN = {"sprak": "sv", "malgrupp": "alla föräldrar", "form": "grupp"}
FIVE = "forskola | skola | socialtjanst | halso_och_sjukvard | civilsamhalle"
PREVIOUS_DAY = datetime.date(2024, 6, 1)
THEN = "2024-05-01"


def universal(first, last, **cells):
    return insats(
        f"u{first}-{last}",
        "hus",
        preventionsniva="universell",
        alder_fran=str(first),
        alder_till=str(last),
        **cells,
    )


def support(*insatser, arenas=(), answers=()):
    """A house with insatser, and answers."""
    return [arena("hus"), *arenas], list(insatser), list(answers)


ADAPTED = [
    insats(f"so{first}", "hus", preventionsniva="selektiv", alder_fran=first, alder_till=last, sprak="so")
    for first, last in (("0", "5"), ("6", "12"), ("13", "18"))
]
CHILDHOOD = {"alder_fran": "0", "alder_till": "18"}
THREE_LEVELS = {"preventionsniva": "universell | selektiv | indikerad"} | CHILDHOOD
NOTHING_KNOWN = "underlag_saknas"


TRUTH = {
    "nothing at all": (([], [], []), {"2.1": NOTHING_KNOWN, "1.1": NOTHING_KNOWN, "2.6": NOTHING_KNOWN}),
    "nothing at all, klar": (([], [], [KLAR]), {"2.1": "gap", "1.1": "gap", "2.6": "gap"}),
    "whole familjecentral, pågår": (([CENTRE], [], [PAGAR]), {"2.6": "minst delvis"}),
    "whole familjecentral with its BVC and BMM, klar": (
        (
            [
                CENTRE,
                arena("bvc", "bvc", samlokaliserad_med="fc"),
                arena("bmm", "bmm", samlokaliserad_med="fc"),
            ],
            [],
            [KLAR],
        ),
        {"2.6": "uppfyllt"},
    ),
    "familjecentral with socialtjänst unknown, klar": (
        ([CENTRE | {"fc_socialtjanst": ""}], [], [KLAR]),
        {"2.6": "minst delvis"},
    ),
    "planned familjecentral only, klar": (
        ([CENTRE | {"status": "planerad"}], [], [KLAR]),
        {"2.6": "gap (planerad)"},
    ),
    "universal 0–6, klar": (support(universal(0, 6), answers=[KLAR]), {"2.1": "gap", "1.1": "gap"}),
    "universal 0–6, pågår": (
        support(universal(0, 6), answers=[PAGAR]),
        {"2.1": NOTHING_KNOWN, "1.1": NOTHING_KNOWN},
    ),
    "universal 0–15, klar": (
        support(universal(0, 15), answers=[KLAR, NEED]),
        {"2.1": "delvis", "1.1": "gap"},
    ),
    "universal 0–18 with nothing adapted, klar": (
        support(universal(0, 18, **PLAIN), answers=[KLAR, NEED]),
        {"2.1": "delvis", "1.1": "gap"},
    ),
    "universal 0–18, adapted, needs unanswered, klar": (
        support(universal(0, 18), *ADAPTED, answers=[KLAR]),
        {"2.1": "minst delvis", "1.1": "gap"},
    ),
    "universal 0–18 checked 2021, pågår": (
        support(universal(0, 18, kontrollerad_datum="2021"), answers=[PAGAR]),
        {"2.1": NOTHING_KNOWN, "1.1": NOTHING_KNOWN},
    ),
    "three levels, kunskapsbas unknown, klar": (
        support(insats("tre", "hus", **THREE_LEVELS), answers=[KLAR]),
        {"1.1": NOTHING_KNOWN},
    ),
    "three levels, evidens, klar": (
        support(insats("tre", "hus", **THREE_LEVELS, kunskapsbas="evidens"), answers=[KLAR]),
        {"1.1": "uppfyllt"},
    ),
}


@pytest.mark.parametrize(("tables", "expected"), TRUTH.values(), ids=TRUTH)
def test_the_truth_table(tables, expected):
    found = verdicts(*tables)
    assert {code: said(found[code, NORA]) for code in expected} == expected


def known(number, **cells):
    return insats(f"i{number}", "hus", kunskapsbas="evidens", alder_fran="0", alder_till="18", **cells)


@pytest.mark.parametrize(("last", "expected"), [("7", "gap"), ("8", "delvis")])
def test_1_1_is_partly_met_from_half_of_the_cells(last, expected):
    """19 + 1 + 8 = 28 of 57 is 49 %; 29 is 51 %."""
    rows = [
        known(1, preventionsniva="universell"),
        known(2, preventionsniva="selektiv") | {"alder_till": "0"},
        known(3, preventionsniva="indikerad") | {"alder_till": last},
    ]
    assert verdict("1.1", *support(*rows, answers=[KLAR])).status == expected


def test_1_1_is_a_gap_where_a_whole_level_is_empty():
    rows = [known(1, preventionsniva="universell | selektiv")]
    assert verdict("1.1", *support(*rows, answers=[KLAR])).status == "gap"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("0", "18", "uppfyllt"), ("0", "20", "uppfyllt"), ("1", "18", "delvis"), ("0", "17", "delvis")],
)
def test_1_1_counts_both_ends_of_childhood_and_clips_what_is_beyond(first, last, expected):
    row = insats("tre", "hus", **THREE_LEVELS, kunskapsbas="kunskapsbaserad") | {
        "alder_fran": first,
        "alder_till": last,
    }
    assert verdict("1.1", *support(row, answers=[KLAR])).status == expected


def test_1_1_does_not_count_experience_alone():
    row = insats("tre", "hus", **THREE_LEVELS, kunskapsbas="beprovad")
    assert verdict("1.1", *support(row, answers=[KLAR])).status == "gap"


@pytest.mark.parametrize("shared", [{"kommunkod": "18"}, {"kommunkod": "1880", "betjanar_kommuner": NORA}])
def test_1_1_counts_what_is_shared_and_marks_it(shared):
    tables = ([arena("hus", **shared)], [insats("tre", "hus", **THREE_LEVELS, kunskapsbas="evidens")], [KLAR])
    found = verdict("1.1", *tables)
    assert found.status == "uppfyllt"
    assert [row.key for row in counted_rows(found) if "delad" in row.marks] == ["tre"]
    assert set(found.figures.strips["universell"]) == {"delad"}


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((("0", "2"), ("6", "9"), ("13", "15")), "uppfyllt"),
        ((("0", "1"), ("6", "9"), ("13", "15")), "delvis"),
        ((("0", "2"), ("6", "8"), ("13", "15")), "delvis"),
        ((("0", "1"), ("6", "8"), ("13", "14")), "gap"),
    ],
)
def test_1_2_counts_a_phase_from_half_of_its_years_by_one_insats(spans, expected):
    rows = [
        insats(f"r{first}", "hus", barnratt="ja", alder_fran=first, alder_till=last) for first, last in spans
    ]
    no = answer("barnratt_information", "nej")
    assert verdict("1.2", *support(*rows, answers=[KLAR, no])).status == expected


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ({"alder_fran": "0", "alder_till": "18"}, "uppfyllt"),
        ({"alder_fran": "0", "alder_till": "17"}, "delvis"),
        ({"alder_fran": "0"}, "minst delvis"),
        ({}, "minst delvis"),
    ],
)
def test_1_2_information_is_at_least_partly(ages, expected):
    assert said(verdict("1.2", [], [], [KLAR, answer("barnratt_information", "ja", **ages)])) == expected


def test_1_2_insatser_and_information_do_not_add_up():
    row = insats("r", "hus", barnratt="ja", alder_fran="0", alder_till="12")
    information = answer("barnratt_information", "ja", alder_fran="13", alder_till="18")
    assert verdict("1.2", *support(row, answers=[KLAR, information])).status == "delvis"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([("ja", NORA, FIVE)], "uppfyllt"),
        (
            [
                ("ja", NORA, "forskola | skola"),
                ("ja", "18", "socialtjanst | halso_och_sjukvard | civilsamhalle"),
            ],
            "uppfyllt",
        ),
        ([("ja", NORA, "forskola"), ("nej", "18", "")], "delvis"),
        ([("ja", NORA, "forskola")], "minst delvis"),
        ([("ja", NORA, ""), ("nej", "18", "")], "minst delvis"),
        ([("ja", NORA, "forskola | ofullstandig"), ("nej", "18", "")], "minst delvis"),
        ([("nej", NORA, ""), ("nej", "18", "")], "gap"),
        ([("nej", NORA, "")], NOTHING_KNOWN),
        ([("nej", "18", "")], NOTHING_KNOWN),
    ],
)
def test_1_3_adds_up_the_municipality_and_the_county(answers, expected):
    rows = [answer("kompetensinsats", svar, code, parter=parties) for svar, code, parties in answers]
    assert said(verdict("1.3", [], [], rows)) == expected


def test_1_3_a_no_ends_only_earlier_offers_of_the_same_kommunkod():
    rows = [
        answer("kompetensinsats", "ja", date="2025-06-01", parter=FIVE),
        answer("kompetensinsats", "nej", date="2025-12-01"),
        answer("kompetensinsats", "nej", "18"),
    ]
    assert verdict("1.3", [], [], rows).status == "gap"
    later = answer("kompetensinsats", "ja", date="2026-02-01", parter="skola")
    assert verdict("1.3", [], [], [*rows, later]).status == "delvis"
    county = answer("kompetensinsats", "ja", "18", date="2025-06-01", parter=FIVE)
    assert verdict("1.3", [], [], [*rows[:2], county]).status == "uppfyllt"


def method(identity, level, first, last, **cells):
    ages = {"alder_fran": str(first), "alder_till": str(last)}
    return insats(identity, "hus", preventionsniva=level, kunskapsbas="evidens", **ages, **cells)


def then(*insatser, mapped=True):
    answers = [answer("kartlaggning", "klar" if mapped else "pagar", date=THEN)]
    rows = [row | {"kontrollerad_datum": THEN} for row in insatser]
    return ([arena("hus", kontrollerad_datum=THEN)], rows, answers), PREVIOUS_DAY


ALL_BUT_YOUNG = [
    method("a", "universell | selektiv | indikerad", 6, 18, parter="kommun"),
    method("b", "selektiv | indikerad", 0, 5, parter="kommun"),
]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([method("ny", "universell", 0, 2, parter="kommun | region")], "uppfyllt"),
        ([method("ny", "universell", 0, 2, parter="kommun")], "delvis"),
        ([method("ny", "universell", 0, 2)], "minst delvis"),
        ([method("ny", "universell", 0, 1, parter="kommun | region")], "gap"),
        ([], "gap"),
    ],
)
def test_1_4_asks_for_methods_where_there_were_none(new, expected):
    now = support(*ALL_BUT_YOUNG, *new, answers=[KLAR])
    assert said(verdict("1.4", *now, previous=then(*ALL_BUT_YOUNG))) == expected


def test_1_4_with_one_wave_is_a_baseline():
    found = verdict("1.4", *support(*ALL_BUT_YOUNG, answers=[KLAR]))
    assert (found.floor, found.ceiling, found.is_baseline) == ("gap", "delvis", True)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([method("alla", "universell | selektiv | indikerad", 0, 18)], "alla", ("uppfyllt", "uppfyllt")),
        ([method("alla", "universell | selektiv | indikerad", 0, 18)], "fler", ("gap", "gap")),
        ([], "alla", ("uppfyllt", "uppfyllt")),
        ([], "fler", ("gap", "delvis")),
    ],
)
def test_1_4_where_nothing_was_proven_missing(before, now, expected):
    rows = {"alla": [method("alla", "universell | selektiv | indikerad", 0, 18)], "fler": ALL_BUT_YOUNG}[now]
    found = verdict("1.4", *support(*rows, answers=[KLAR]), previous=then(*before, mapped=False))
    assert (found.floor, found.ceiling) == expected


@pytest.mark.parametrize(("last", "expected"), [(14, "gap"), (15, "delvis")])
def test_2_1_is_a_gap_below_half_of_a_phase(last, expected):
    assert verdict("2.1", *support(universal(0, last), answers=[KLAR, NEED])).status == expected


@pytest.mark.parametrize(("years", "expected"), [(("6", "8"), "gap"), (("6", "9"), "delvis")])
def test_2_1_counts_the_years_of_a_phase_of_all_insatser_together(years, expected):
    rows = [universal(0, 5), universal(13, 18), universal(int(years[0]), 7), universal(8, int(years[1]))]
    assert verdict("2.1", *support(*rows, answers=[KLAR, NEED])).status == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"sprak": "sv | ar"}, "uppfyllt"),
        ({"form": "grupp | hembesok"}, "uppfyllt"),
        ({"malgrupp": "alla föräldrar | Nyanlända"}, "uppfyllt"),
        ({"malgrupp": "Personer 18 år och äldre | Vårdnadshavare"}, "delvis"),
        ({"form": ""}, "minst delvis"),
    ],
)
def test_2_1_knows_what_is_adapted(cells, expected):
    row = universal(0, 18, **(PLAIN | cells))
    assert said(verdict("2.1", *support(row, answers=[KLAR, NEED]))) == expected


def test_2_1_the_countys_inventory_does_not_answer_for_the_municipality():
    tables = support(universal(0, 18), *ADAPTED, answers=[KLAR, answer("behovsinventering", "ja", "18")])
    assert said(verdict("2.1", *tables)) == "minst delvis"
    assert verdict("2.1", *support(universal(0, 18), *ADAPTED, answers=[KLAR, NEED])).status == "uppfyllt"


REACHES = insats("ut", "hus", form="hembesok", sprak="sv")
STAYS = insats("in", "hus", form="grupp", sprak="sv")
SECOND_WAVE = {"previous": then()}


@pytest.mark.parametrize(
    ("svar", "row", "expected"),
    [
        ("3", REACHES, "uppfyllt"),
        ("2", REACHES, "delvis"),
        ("2", STAYS, "delvis"),
        ("1", STAYS, "delvis"),
        ("0", STAYS, "gap"),
        (None, REACHES, "minst delvis"),
    ],
)
def test_2_2_wants_the_answer_and_an_insats(svar, row, expected):
    answers = [KLAR, *([answer("ej_nadda_grupper", svar)] if svar else [])]
    assert said(verdict("2.2", *support(row, answers=answers), **SECOND_WAVE)) == expected


def test_2_2_with_one_wave_is_partly_at_best():
    found = verdict("2.2", *support(REACHES, answers=[KLAR, answer("ej_nadda_grupper", "3")]))
    assert (found.status, found.at_least, found.is_baseline) == ("delvis", False, True)


@pytest.mark.parametrize(("svar", "expected"), [("0", "gap"), ("1", "delvis"), ("3", "uppfyllt")])
def test_2_2_shared_outreach_counts_only_with_some_work_of_ones_own(svar, expected):
    tables = (
        [arena("hus"), arena("lan", "digital", "18")],
        [STAYS, insats("chatt", "lan", form="digital", sprak="sv")],
        [KLAR, answer("ej_nadda_grupper", svar)],
    )
    assert verdict("2.2", *tables, **SECOND_WAVE).status == expected


@pytest.mark.parametrize(
    ("svar", "row", "needs"),
    [("0", REACHES, True), ("3", STAYS, True), ("1", REACHES, False), ("2", STAYS, False)],
)
def test_2_2_an_answer_that_the_arenas_contradict_must_be_reconciled(svar, row, needs):
    found = verdict("2.2", *support(row, answers=[KLAR, answer("ej_nadda_grupper", svar)]), **SECOND_WAVE)
    assert found.needs_reconciling is needs
    if needs:
        assert (found.status, found.floor, found.ceiling) == (NOTHING_KNOWN, "delvis", "delvis")
        assert found.missing[0].startswith("Stäm av: Nora har svarat")


def described(count, of):
    whole = {
        "preventionsniva": "universell",
        "alder_fran": "0",
        "alder_till": "6",
        "malgrupp": "alla_foraldrar",
    }
    arenas = [arena(f"a{number}") for number in range(of)]
    rows = [insats(f"i{n}", f"a{n}", **(whole if n < count else whole | {"malgrupp": ""})) for n in range(of)]
    return arenas, rows


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (90, 100, "uppfyllt"),
        (89, 100, "delvis"),
        (50, 100, "delvis"),
        (49, 100, "gap"),
        (9, 10, "uppfyllt"),
        (0, 1, "gap"),
    ],
)
def test_2_3_counts_the_arenas_that_are_described(count, of, expected):
    found = verdict("2.3", *described(count, of), [KLAR])
    assert found.status == expected
    assert (found.figures.described, found.figures.active) == (count, of)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([PAGAR], "delvis"),
        ([answer("kartlaggning", "ej_paborjad")], "gap"),
        ([], NOTHING_KNOWN),
        ([KLAR], NOTHING_KNOWN),
    ],
)
def test_2_3_without_arenas_follows_the_answer(rows, expected):
    assert verdict("2.3", [], [], rows).status == expected


def test_2_3_an_arena_whose_status_alone_is_unknown_does_no_harm_if_it_is_described():
    arenas, rows = described(2, 2)
    arenas[1]["status"] = "okand"
    assert verdict("2.3", arenas, rows, [KLAR]).status == "uppfyllt"
    arenas[1] |= {"status": "aktiv", "kontrollerad_datum": "2021"}
    found = verdict("2.3", arenas, rows, [KLAR])
    assert (found.floor, found.ceiling) == ("delvis", "uppfyllt")


MEETINGS = [
    arena(kind, kind, start_datum="2010", utvecklad_datum="2015")
    for kind in ("forskola", "skola", "forening")
]
OFFERED = [insats(f"i-{place['arena_id']}", place["arena_id"]) for place in MEETINGS]


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2024-06-02", "uppfyllt"),
        ("2024-06-01", "delvis"),
        ("2024-06", "uppfyllt"),
        ("2024", "uppfyllt"),
        ("2026-06-02", "minst delvis"),
    ],
)
def test_2_4_wants_something_newer_than_the_previous_wave_by_its_last_day(opened, expected):
    places = [MEETINGS[0] | {"start_datum": opened}, *MEETINGS[1:]]
    assert said(verdict("2.4", places, OFFERED, [KLAR], **SECOND_WAVE)) == expected


@pytest.mark.parametrize(("kinds", "expected"), [(1, "delvis"), (0, "gap")])
def test_2_4_is_partly_met_by_one_type(kinds, expected):
    other = arena("hus", start_datum="2010", utvecklad_datum="2015")
    tables = ([*MEETINGS[:kinds], other], [*OFFERED[:kinds], insats("i", "hus")], [KLAR])
    assert verdict("2.4", *tables, **SECOND_WAVE).status == expected


def test_2_4_with_one_wave_is_partly_at_best():
    found = verdict("2.4", MEETINGS, OFFERED, [KLAR])
    assert (found.status, found.at_least, found.is_baseline) == ("delvis", False, True)


@pytest.mark.parametrize(
    ("svar", "expected"),
    [("beslutad", "uppfyllt"), ("utkast", "delvis"), ("saknas", "gap"), (None, NOTHING_KNOWN)],
)
def test_2_5_is_the_countys(svar, expected):
    rows = [answer("regional_overenskommelse", svar, "18", parter="1884 | region")] if svar else []
    found = verdict("2.5", [], [], rows, kommunkod="18")
    assert found.status == expected
    assert found.kommun == "Örebro län"
    assert found.figures.parties[NORA] == ("part" if svar else "okänt")
    assert found.figures.parties["1880"] == ("ej part" if svar else "okänt")


BVC = arena("bvc", "bvc", samlokaliserad_med="fc")


@pytest.mark.parametrize(
    ("arenas", "expected"),
    [
        ([CENTRE], "uppfyllt"),
        ([CENTRE | {"fc_bmm": "nej"}], "delvis"),
        ([CENTRE | {"fc_bvc": "nej"}], "gap"),
        ([CENTRE | {"fc_oppen_forskola": "nej", "fc_socialtjanst": "nej"}], "gap"),
        ([CENTRE, arena("bvc", "bvc", samlokaliserad_med="ingen")], "delvis"),
        ([CENTRE, arena("bvc", "bvc")], "delvis"),
        ([CENTRE, BVC], "uppfyllt"),
        ([CENTRE, arena("bvc", "bvc", status="okand")], "minst delvis"),
        ([CENTRE, BVC | {"status": "okand"}], "uppfyllt"),
        ([CENTRE, BVC | {"kontrollerad_datum": "2021"}], "minst delvis"),
        ([CENTRE, BVC | {"belagg": "svag"}], "minst delvis"),
        ([CENTRE, arena("bvc", "bvc", status="planerad")], "uppfyllt (planerad)"),
        ([CENTRE, arena("bvc", "bvc", status="stangd", kontrollerad_datum="2010")], "uppfyllt"),
        (
            [
                CENTRE,
                arena("bvc", "bvc", samlokaliserad_med="hus"),
                arena("of", "oppen_forskola", samlokaliserad_med="hus"),
                arena("soc", "socialtjanst", samlokaliserad_med="hus"),
                arena("hus", "bibliotek"),
            ],
            "uppfyllt",
        ),
        (
            [
                CENTRE,
                arena("bvc", "bvc", samlokaliserad_med="of"),
                arena("of", "oppen_forskola", samlokaliserad_med="hus"),
                arena("soc", "socialtjanst", samlokaliserad_med="hus"),
                arena("hus", "bibliotek"),
            ],
            "delvis",
        ),
    ],
)
def test_2_6_wants_a_familjecentral_and_co_location_without_chains(arenas, expected):
    assert said(verdict("2.6", arenas, [], [KLAR])) == expected


SECOND = arena("fc2", "familjecentral", fc_oppen_forskola="ja", fc_socialtjanst="nej")


@pytest.mark.parametrize(
    ("arenas", "expected"),
    [
        pytest.param(
            [SECOND | {"fc_bvc": "nej", "fc_bmm": "nej"}], "uppfyllt", id="a part that is nej is no unit"
        ),
        pytest.param([SECOND | {"fc_bvc": "ja", "fc_bmm": "nej"}], "delvis", id="a part alone"),
        pytest.param([SECOND | {"fc_bmm": "nej"}], "minst delvis", id="a part that is not known"),
        pytest.param(
            [SECOND | {"fc_bvc": "nej", "fc_bmm": "nej", "kontrollerad_datum": "2021"}],
            "minst delvis",
            id="nothing that a stale row says can be trusted",
        ),
        pytest.param(
            [
                SECOND | {"fc_bvc": "ja", "fc_bmm": "nej"},
                BVC | {"status": "okand", "samlokaliserad_med": "fc2"},
            ],
            "delvis",
            id="a row that may be the part does not save it where it is alone too",
        ),
        pytest.param(
            [
                SECOND | {"fc_bvc": "ja", "fc_bmm": "nej"},
                BVC | {"samlokaliserad_med": "fc2"},
                arena("soc", "socialtjanst", samlokaliserad_med="bvc"),
            ],
            "uppfyllt",
            id="the part is the row that names it, which shares its own premises",
        ),
    ],
)
def test_2_6_counts_the_parts_of_every_familjecentral(arenas, expected):
    assert said(verdict("2.6", [CENTRE, *arenas], [], [KLAR])) == expected


def test_2_6_shows_a_and_b_apart():
    arenas = [CENTRE, arena("bvc", "bvc", samlokaliserad_med="ingen")]
    shown = verdict("2.6", arenas, [], [KLAR]).figures
    assert shown.a.words == "fc har 4 av 4 delar belagda"
    # the BVC row does not name the familjecentral, so its own BVC counts too
    assert (shown.b.co_located, shown.b.units) == (2, 3)
    assert (shown.b.floor, shown.b.ceiling) == (1, 1)


def test_3_2_a_plan_for_a_wider_group_is_shown_beside():
    rows = [answer("samverkansgrupp", "ja", parter="skola"), answer("samverkansgrupp_plan", "ja")]
    assert said(verdict("3.2", [], [], rows)) == "delvis (planerad)"


@pytest.mark.parametrize(
    ("code", "question", "cells", "expected"),
    [
        ("1.5", "validerade_indikatorer", {"svar": "3", "fritext": "Så här"}, "uppfyllt"),
        ("1.5", "validerade_indikatorer", {"svar": "3"}, "delvis"),
        ("1.5", "validerade_indikatorer", {"svar": "2", "fritext": "Så här"}, "delvis"),
        ("1.5", "validerade_indikatorer", {"svar": "1"}, "delvis"),
        ("1.5", "validerade_indikatorer", {"svar": "0"}, "gap"),
        (
            "3.1",
            "regional_stodorganisation",
            {"svar": "ja", "alder_fran": "0", "alder_till": "18"},
            "uppfyllt",
        ),
        ("3.1", "regional_stodorganisation", {"svar": "ja", **CHILDHOOD, "alder_till": "17"}, "delvis"),
        ("3.1", "regional_stodorganisation", {"svar": "ja"}, "minst delvis"),
        ("3.1", "regional_stodorganisation", {"svar": "utan_uppdrag"}, "delvis"),
        ("3.1", "regional_stodorganisation", {"svar": "nej"}, "gap"),
        ("3.2", "samverkansgrupp", {"svar": "ja", "parter": FIVE}, "uppfyllt"),
        ("3.2", "samverkansgrupp", {"svar": "ja", "parter": "skola"}, "delvis"),
        ("3.2", "samverkansgrupp", {"svar": "ja", "parter": "skola | ofullstandig"}, "minst delvis"),
        ("3.2", "samverkansgrupp", {"svar": "ja"}, "minst delvis"),
        ("3.2", "samverkansgrupp", {"svar": "nej"}, "gap"),
        ("3.2", "samverkansgrupp", {"svar": "planerad"}, "gap (planerad)"),
        ("3.3", "strategisk_funktion", {"svar": "ja"}, "uppfyllt"),
        ("3.3", "strategisk_funktion", {"svar": "utan_uppdrag"}, "delvis"),
        ("3.3", "strategisk_funktion", {"svar": "nej"}, "gap"),
    ],
)
def test_one_answer_decides_and_the_county_s_answers_for_no_municipality(code, question, cells, expected):
    kommunkod = "18" if code == "3.1" else NORA
    row = answer(question, "", kommunkod) | cells
    assert said(verdict(code, [], [], [row], kommunkod=kommunkod)) == expected
    if kommunkod == NORA:
        assert verdict(code, [], [], [row | {"kommunkod": "18"}]).status == NOTHING_KNOWN


REGION = insats("region", "hus", parter="kommun | region")
CIVIL = insats("civil", "hus", parter="civilsamhalle | 1884")
ALONE = insats("ensam", "hus", parter="civilsamhalle")


@pytest.mark.parametrize(
    ("svar", "rows", "expected"),
    [
        ("3", [REGION, CIVIL], "uppfyllt"),
        ("2", [REGION, CIVIL], "delvis"),
        ("3", [REGION, ALONE], "delvis"),
        ("1", [ALONE], "delvis"),
        ("0", [REGION, ALONE], "delvis"),
        ("0", [ALONE], "gap"),
        ("3", [REGION, insats("vem", "hus")], "minst delvis"),
    ],
)
def test_3_4_wants_the_answer_and_both_kinds_of_sharing(svar, rows, expected):
    answers = [KLAR, answer("samverkan", svar, fritext="Så här")]
    assert said(verdict("3.4", *support(*rows, answers=answers))) == expected


@pytest.mark.parametrize(
    ("svar", "rows", "needs"),
    [("0", [REGION, CIVIL], True), ("3", [ALONE], True), ("0", [REGION], False), ("3", [CIVIL], False)],
)
def test_3_4_an_answer_that_the_arenas_contradict_must_be_reconciled(svar, rows, needs):
    answers = [KLAR, answer("samverkan", svar, fritext="Så här")]
    found = verdict("3.4", *support(*rows, answers=answers))
    assert found.needs_reconciling is needs
    assert (found.status == NOTHING_KNOWN) is needs


def test_dataset_of_is_typed_as_a_published_dataset():
    dataset = dataset_of([arena("hus")], [insats("i", "hus")], [KLAR])
    assert dataset.arenor.loc["hus", "kontrollerad_datum_first_day"].date() < DAY
