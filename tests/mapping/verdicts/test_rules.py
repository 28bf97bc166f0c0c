"""The fifteen rules: the specification's truth table, row by row, and the boundary of every threshold."""

import datetime

import pytest

from mapping.verdicts.counted import counted_rows
from tests.gap_county import DAY, NORA, answer, arena, dataset_of, insats, said, verdict, verdicts

KLAR, PAGAR = answer("kartlaggning", "klar"), answer("kartlaggning", "pagar")
NEED = answer("behovsinventering", "ja")
ALL_FOUR = dict.fromkeys(("fc_bmm", "fc_bvc", "fc_oppen_forskola", "fc_socialtjanst"), "ja")
CENTRE = arena("fc", "familjecentral", **ALL_FOUR)
PLAIN = {"sprak": "sv", "malgrupp": "alla föräldrar", "form": "grupp"}
FIVE = "forskola | skola | socialtjanst | halso_och_sjukvard | civilsamhalle"
CHILDHOOD = {"alder_fran": "0", "alder_till": "18"}
LEVELS = "universell | selektiv | indikerad"
THREE_LEVELS = {"preventionsniva": LEVELS} | CHILDHOOD
UNKNOWN = "underlag_saknas"
THEN = "2024-05-01"


def aged(identity, first, last, **cells):
    return insats(identity, "hus", alder_fran=str(first), alder_till=str(last), **cells)


def universal(first, last, **cells):
    return aged(f"u{first}-{last}", first, last, preventionsniva="universell", **cells)


def method(identity, level, first, last, **cells):
    return aged(identity, first, last, preventionsniva=level, kunskapsbas="evidens", **cells)


def house(*insatser, answers=()):
    return [arena("hus")], list(insatser), list(answers)


def klar(*insatser, also=()):
    return house(*insatser, answers=[KLAR, *also])


def answered(*rows):
    return [], [], list(rows)


def then(*insatser, mapped=True):
    answers = [answer("kartlaggning", "klar" if mapped else "pagar", date=THEN)]
    rows = [row | {"kontrollerad_datum": THEN} for row in insatser]
    return ([arena("hus", kontrollerad_datum=THEN)], rows, answers), datetime.date(2024, 6, 1)


SECOND_WAVE = {"previous": then()}
ADAPTED = [
    aged(f"so{first}", first, last, preventionsniva="selektiv", sprak="so")
    for first, last in ((0, 5), (6, 12), (13, 18))
]


UNITS = [arena("bvc", "bvc", samlokaliserad_med="fc"), arena("bmm", "bmm", samlokaliserad_med="fc")]
UNCERTAIN = CENTRE | {"fc_socialtjanst": ""}
TRUTH = {
    "nothing at all": ("2.1 1.1 2.6", answered(), UNKNOWN),
    "nothing at all, klar": ("2.1 1.1 2.6", answered(KLAR), "gap"),
    "whole familjecentral, pågår": ("2.6", ([CENTRE], [], [PAGAR]), "minst delvis"),
    "whole familjecentral with its BVC and BMM, klar": ("2.6", ([CENTRE, *UNITS], [], [KLAR]), "uppfyllt"),
    "familjecentral with socialtjänst unknown, klar": ("2.6", ([UNCERTAIN], [], [KLAR]), "minst delvis"),
    "planned familjecentral only": ("2.6", ([CENTRE | {"status": "planerad"}], [], [KLAR]), "gap (planerad)"),
    "universal 0–6, klar": ("2.1 1.1", klar(universal(0, 6)), "gap"),
    "universal 0–6, pågår": ("2.1 1.1", house(universal(0, 6), answers=[PAGAR]), UNKNOWN),
    "universal 0–15, klar": ("2.1", klar(universal(0, 15), also=[NEED]), "delvis"),
    "universal 0–15, klar, no method": ("1.1", klar(universal(0, 15), also=[NEED]), "gap"),
    "nothing adapted, klar": ("2.1", klar(universal(0, 18, **PLAIN), also=[NEED]), "delvis"),
    "nothing adapted, klar, no method": ("1.1", klar(universal(0, 18, **PLAIN), also=[NEED]), "gap"),
    "adapted, needs unanswered, klar": ("2.1", klar(universal(0, 18), *ADAPTED), "minst delvis"),
    "adapted, needs unanswered, klar, no method": ("1.1", klar(universal(0, 18), *ADAPTED), "gap"),
    "checked 2021, pågår": (
        "2.1 1.1",
        house(universal(0, 18, kontrollerad_datum="2021"), answers=[PAGAR]),
        UNKNOWN,
    ),
    "three levels, kunskapsbas unknown, klar": ("1.1", klar(insats("tre", "hus", **THREE_LEVELS)), UNKNOWN),
    "three levels, evidens, klar": ("1.1", klar(method("tre", LEVELS, 0, 18)), "uppfyllt"),
}


@pytest.mark.parametrize(("code", "tables", "expected"), TRUTH.values(), ids=TRUTH)
def test_the_truth_table(code, tables, expected):
    found = verdicts(*tables)
    assert {said(found[one, NORA]) for one in code.split()} == {expected}


def half(last):
    """Cover 19 + 1 + 8 = 28 of 57 cells, which is 49 %, or one year more, 51 %."""
    known = (("universell", 18), ("selektiv", 0), ("indikerad", last))
    return klar(*(method(level, level, 0, until) for level, until in known))


KNOWN = {
    "1.1 partly met from half of the cells, just below": ("1.1", half(7), "gap"),
    "1.1 partly met from half of the cells": ("1.1", half(8), "delvis"),
    "1.1 a whole level is empty": ("1.1", klar(method("x", "universell | selektiv", 0, 18)), "gap"),
    "1.1 clips what is beyond childhood": ("1.1", klar(method("x", LEVELS, 0, 20)), "uppfyllt"),
    "1.1 counts the first year of childhood": ("1.1", klar(method("x", LEVELS, 1, 18)), "delvis"),
    "1.1 counts the last year of childhood": ("1.1", klar(method("x", LEVELS, 0, 17)), "delvis"),
    "1.1 knows other methods": (
        "1.1",
        klar(insats("x", "hus", **THREE_LEVELS, kunskapsbas="kunskapsbaserad")),
        "uppfyllt",
    ),
    "1.1 experience alone": ("1.1", klar(insats("x", "hus", **THREE_LEVELS, kunskapsbas="beprovad")), "gap"),
}


@pytest.mark.parametrize("shared", [{"kommunkod": "18"}, {"kommunkod": "1880", "betjanar_kommuner": NORA}])
def test_1_1_counts_what_is_shared_and_marks_it(shared):
    found = verdict("1.1", [arena("hus", **shared)], [method("tre", LEVELS, 0, 18)], [KLAR])
    assert found.status == "uppfyllt"
    assert [row.key for row in counted_rows(found) if "delad" in row.marks] == ["tre"]
    assert set(found.figures.strips["universell"]) == {"delad"}


def rights(*spans, said=("nej", {})):
    rows = [aged(f"r{first}", first, last, barnratt="ja") for first, last in spans]
    information = answer("barnratt_information", said[0], **said[1])
    return klar(*rows, also=[information]) if rows else answered(KLAR, information)


TEENS = {"alder_fran": "13", "alder_till": "18"}
CHILDREN_S_RIGHTS = {
    "1.2 half of every phase": ("1.2", rights((0, 2), (6, 9), (13, 15)), "uppfyllt"),
    "1.2 less than half of the first": ("1.2", rights((0, 1), (6, 9), (13, 15)), "delvis"),
    "1.2 less than half of the second": ("1.2", rights((0, 2), (6, 8), (13, 15)), "delvis"),
    "1.2 less than half of any": ("1.2", rights((0, 1), (6, 8), (13, 14)), "gap"),
    "1.2 information for the whole childhood": ("1.2", rights(said=("ja", CHILDHOOD)), "uppfyllt"),
    "1.2 information for less": ("1.2", rights(said=("ja", CHILDHOOD | {"alder_till": "17"})), "delvis"),
    "1.2 information until an unknown age": ("1.2", rights(said=("ja", {"alder_fran": "0"})), "minst delvis"),
    "1.2 information for unknown ages": ("1.2", rights(said=("ja", {})), "minst delvis"),
    "1.2 insatser and information do not add up": ("1.2", rights((0, 12), said=("ja", TEENS)), "delvis"),
}


def trained(*answers):
    return answered(*(answer("kompetensinsats", svar, code, parter=of) for svar, code, of in answers))


REST = "socialtjanst | halso_och_sjukvard | civilsamhalle"
COUNTY_NO = ("nej", "18", "")
TRAINING = {
    "1.3 all five parties": ("1.3", trained(("ja", NORA, FIVE)), "uppfyllt"),
    "1.3 with the county's": (
        "1.3",
        trained(("ja", NORA, "forskola | skola"), ("ja", "18", REST)),
        "uppfyllt",
    ),
    "1.3 one party, the county none": ("1.3", trained(("ja", NORA, "forskola"), COUNTY_NO), "delvis"),
    "1.3 one party, the county unknown": ("1.3", trained(("ja", NORA, "forskola")), "minst delvis"),
    "1.3 unknown parties": ("1.3", trained(("ja", NORA, ""), COUNTY_NO), "minst delvis"),
    "1.3 more": ("1.3", trained(("ja", NORA, "forskola | ofullstandig"), COUNTY_NO), "minst delvis"),
    "1.3 neither": ("1.3", trained(("nej", NORA, ""), COUNTY_NO), "gap"),
    "1.3 the municipality does not": ("1.3", trained(("nej", NORA, "")), UNKNOWN),
    "1.3 the county does not": ("1.3", trained(COUNTY_NO), UNKNOWN),
}


def test_1_3_a_no_ends_only_earlier_offers_of_the_same_kommunkod():
    rows = [
        answer("kompetensinsats", "ja", date="2025-06-01", parter=FIVE),
        answer("kompetensinsats", "nej", date="2025-12-01"),
        answer("kompetensinsats", "nej", "18"),
    ]
    assert verdict("1.3", *answered(*rows)).status == "gap"
    later = answer("kompetensinsats", "ja", date="2026-02-01", parter="skola")
    assert verdict("1.3", *answered(*rows, later)).status == "delvis"
    county = answer("kompetensinsats", "ja", "18", date="2025-06-01", parter=FIVE)
    assert verdict("1.3", *answered(*rows[:2], county)).status == "uppfyllt"


OLDER = [row | {"parter": "kommun"} for row in (method("a", LEVELS, 6, 18), method("b", LEVELS[13:], 0, 5))]
EVERY = [method("alla", LEVELS, 0, 18)]


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
    assert said(verdict("1.4", *klar(*OLDER, *new), previous=then(*OLDER))) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (EVERY, EVERY, ("uppfyllt", "uppfyllt")),
        (EVERY, OLDER, ("gap", "gap")),
        ([], EVERY, ("uppfyllt", "uppfyllt")),
        ([], OLDER, ("gap", "delvis")),
    ],
)
def test_1_4_where_nothing_was_proven_missing(before, now, expected):
    found = verdict("1.4", *klar(*now), previous=then(*before, mapped=False))
    assert (found.floor, found.ceiling) == expected


def needed(*rows, **cells):
    """Universal support for the whole childhood with some cells, or some rows, where needs are known."""
    return klar(*(rows or [universal(0, 18, **(PLAIN | cells))]), also=[NEED])


def together(first, last):
    return needed(universal(0, 5), universal(13, 18), universal(first, 7), universal(8, last))


COUNTY_NEED = klar(universal(0, 18), *ADAPTED, also=[answer("behovsinventering", "ja", "18")])
ADULTS = "Personer 18 år och äldre | Vårdnadshavare"
SUPPORT = {
    "2.1 less than half of a phase": ("2.1", needed(universal(0, 14)), "gap"),
    "2.1 half of every phase": ("2.1", needed(universal(0, 15)), "delvis"),
    "2.1 years of all insatser together, too few": ("2.1", together(6, 8), "gap"),
    "2.1 years of all insatser together": ("2.1", together(6, 9), "delvis"),
    "2.1 adapted by language": ("2.1", needed(sprak="sv | ar"), "uppfyllt"),
    "2.1 adapted by form": ("2.1", needed(form="grupp | hembesok"), "uppfyllt"),
    "2.1 adapted to a group": ("2.1", needed(malgrupp="alla föräldrar | Nyanlända"), "uppfyllt"),
    "2.1 adapted to nobody": ("2.1", needed(malgrupp=ADULTS), "delvis"),
    "2.1 unknown form": ("2.1", needed(form=""), "minst delvis"),
    "2.1 the county's inventory is not the municipality's": ("2.1", COUNTY_NEED, "minst delvis"),
    "2.1 its own inventory": ("2.1", needed(universal(0, 18), *ADAPTED), "uppfyllt"),
}


CASES = KNOWN | CHILDREN_S_RIGHTS | TRAINING | SUPPORT


@pytest.mark.parametrize(("code", "tables", "expected"), CASES.values(), ids=CASES)
def test_what_decides_is_decided_at_its_boundary(code, tables, expected):
    assert said(verdict(code, *tables)) == expected


REACHES = insats("ut", "hus", form="hembesok", sprak="sv")
STAYS = insats("in", "hus", form="grupp", sprak="sv")


@pytest.mark.parametrize(
    ("svar", "row", "expected"),
    [
        ("3", REACHES, "uppfyllt"), ("2", REACHES, "delvis"), ("2", STAYS, "delvis"),
        ("1", STAYS, "delvis"), ("0", STAYS, "gap"), (None, REACHES, "minst delvis"),
    ],
)  # fmt: skip
def test_2_2_wants_the_answer_and_an_insats(svar, row, expected):
    also = [answer("ej_nadda_grupper", svar)] if svar else []
    assert said(verdict("2.2", *klar(row, also=also), **SECOND_WAVE)) == expected


@pytest.mark.parametrize(("svar", "expected"), [("0", "gap"), ("1", "delvis"), ("3", "uppfyllt")])
def test_2_2_shared_outreach_counts_only_with_some_work_of_ones_own(svar, expected):
    arenas = [arena("hus"), arena("lan", "digital", "18")]
    rows = [STAYS, insats("chatt", "lan", form="digital", sprak="sv")]
    answers = [KLAR, answer("ej_nadda_grupper", svar)]
    assert verdict("2.2", arenas, rows, answers, **SECOND_WAVE).status == expected


@pytest.mark.parametrize(
    ("svar", "row", "needs"),
    [("0", REACHES, True), ("3", STAYS, True), ("1", REACHES, False), ("2", STAYS, False)],
)
def test_2_2_an_answer_that_the_arenas_contradict_must_be_reconciled(svar, row, needs):
    found = verdict("2.2", *klar(row, also=[answer("ej_nadda_grupper", svar)]), **SECOND_WAVE)
    assert found.needs_reconciling is needs
    if needs:
        assert (found.status, found.floor, found.ceiling) == (UNKNOWN, "delvis", "delvis")
        assert found.missing[0].startswith("Stäm av: Nora har svarat")


def described(count, of):
    whole = {"preventionsniva": "universell", "alder_fran": "0", "alder_till": "6"}
    rows = [insats(f"i{n}", f"a{n}", **whole, malgrupp="alla_foraldrar" * (n < count)) for n in range(of)]
    return [arena(f"a{number}") for number in range(of)], rows


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (90, 100, "uppfyllt"), (89, 100, "delvis"), (50, 100, "delvis"), (49, 100, "gap"),
        (9, 10, "uppfyllt"), (0, 1, "gap"),
    ],
)  # fmt: skip
def test_2_3_counts_the_arenas_that_are_described(count, of, expected):
    found = verdict("2.3", *described(count, of), [KLAR])
    assert (found.status, f"; {count} av {of} arenor" in found.known) == (expected, True)


def test_2_3_an_arena_whose_status_alone_is_unknown_does_no_harm_if_it_is_described():
    arenas, rows = described(2, 2)
    arenas[1]["status"] = "okand"
    assert verdict("2.3", arenas, rows, [KLAR]).status == "uppfyllt"
    arenas[1] |= {"status": "aktiv", "kontrollerad_datum": "2021"}
    found = verdict("2.3", arenas, rows, [KLAR])
    assert (found.floor, found.ceiling) == ("delvis", "uppfyllt")


KINDS = ("forskola", "skola", "forening")
MEETINGS = [arena(kind, kind, start_datum="2010", utvecklad_datum="2015") for kind in KINDS]
OFFERED = [insats(f"i-{place['arena_id']}", place["arena_id"]) for place in MEETINGS]


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ("2024-06-02", "uppfyllt"), ("2024-06-01", "delvis"), ("2024-06", "uppfyllt"), ("2024", "uppfyllt"),
        ("2026-06-02", "minst delvis"),
    ],
)  # fmt: skip
def test_2_4_wants_something_newer_than_the_previous_wave_by_its_last_day(opened, expected):
    places = [MEETINGS[0] | {"start_datum": opened}, *MEETINGS[1:]]
    assert said(verdict("2.4", places, OFFERED, [KLAR], **SECOND_WAVE)) == expected


@pytest.mark.parametrize(("kinds", "expected"), [(1, "delvis"), (0, "gap")])
def test_2_4_is_partly_met_by_one_type(kinds, expected):
    other = arena("hus", start_datum="2010", utvecklad_datum="2015")
    tables = ([*MEETINGS[:kinds], other], [*OFFERED[:kinds], insats("i", "hus")], [KLAR])
    assert verdict("2.4", *tables, **SECOND_WAVE).status == expected


@pytest.mark.parametrize(
    ("code", "tables", "expected"),
    [
        ("1.4", klar(*OLDER), ("gap", "delvis")),
        ("2.2", klar(REACHES, also=[answer("ej_nadda_grupper", "3")]), ("delvis", "delvis")),
        ("2.4", (MEETINGS, OFFERED, [KLAR]), ("delvis", "delvis")),
    ],
)
def test_what_is_compared_with_a_wave_before_is_partly_met_at_best_in_the_first(code, tables, expected):
    found = verdict(code, *tables)
    assert (found.floor, found.ceiling, found.is_baseline) == (*expected, True)


@pytest.mark.parametrize(
    ("svar", "expected"), [("beslutad", "uppfyllt"), ("utkast", "delvis"), ("saknas", "gap"), (None, UNKNOWN)]
)
def test_2_5_is_the_countys(svar, expected):
    rows = [answer("regional_overenskommelse", svar, "18", parter="1884 | region")] if svar else []
    found = verdict("2.5", *answered(*rows), kommunkod="18")
    assert (found.status, found.kommun) == (expected, "Örebro län")
    assert found.figures.parties[NORA] == ("part" if svar else "okänt")
    assert found.figures.parties["1880"] == ("ej part" if svar else "okänt")


def near(identity, of="", **cells):
    kind = {"of": "oppen_forskola", "soc": "socialtjanst"}.get(identity, identity)
    return arena(identity, kind, samlokaliserad_med=of) | cells


HUS = arena("hus", "bibliotek")
BVC = near("bvc", "fc")
SECOND = arena("fc2", "familjecentral", fc_oppen_forskola="ja", fc_socialtjanst="nej")
ALONE_TOO = SECOND | {"fc_bvc": "ja", "fc_bmm": "nej"}
NO_UNIT = SECOND | {"fc_bvc": "nej", "fc_bmm": "nej"}
PREMISES = {
    "a whole familjecentral": ([CENTRE], "uppfyllt"),
    "without a BMM": ([CENTRE | {"fc_bmm": "nej"}], "delvis"),
    "without a BVC": ([CENTRE | {"fc_bvc": "nej"}], "gap"),
    "only health care": ([CENTRE | {"fc_oppen_forskola": "nej", "fc_socialtjanst": "nej"}], "gap"),
    "a BVC alone": ([CENTRE, near("bvc", "ingen")], "delvis"),
    "a BVC that names no place": ([CENTRE, arena("bvc", "bvc")], "delvis"),
    "a BVC in the familjecentral": ([CENTRE, BVC], "uppfyllt"),
    "a BVC that may be there": ([CENTRE, arena("bvc", "bvc", status="okand")], "minst delvis"),
    "one that may be, inside": ([CENTRE, BVC | {"status": "okand"}], "uppfyllt"),
    "an old row": ([CENTRE, BVC | {"kontrollerad_datum": "2021"}], "minst delvis"),
    "a weak row": ([CENTRE, BVC | {"belagg": "svag"}], "minst delvis"),
    "a planned BVC": ([CENTRE, arena("bvc", "bvc", status="planerad")], "uppfyllt (planerad)"),
    "a closed BVC": ([CENTRE, near("bvc", status="stangd", kontrollerad_datum="2010")], "uppfyllt"),
    "one house": ([CENTRE, near("bvc", "hus"), near("of", "hus"), near("soc", "hus"), HUS], "uppfyllt"),
    "no chains": ([CENTRE, near("bvc", "of"), near("of", "hus"), near("soc", "hus"), HUS], "delvis"),
    "a part that is nej is no unit": ([CENTRE, NO_UNIT], "uppfyllt"),
    "a part alone": ([CENTRE, ALONE_TOO], "delvis"),
    "a part that is not known": ([CENTRE, SECOND | {"fc_bmm": "nej"}], "minst delvis"),
    "nothing that a stale row says can be trusted": (
        [CENTRE, NO_UNIT | {"kontrollerad_datum": "2021"}],
        "minst delvis",
    ),
    "a row that may be the part does not save it where it is alone too": (
        [CENTRE, ALONE_TOO, near("bvc", "fc2", status="okand")],
        "delvis",
    ),
    "the part is the row that names it, which shares its own premises": (
        [CENTRE, ALONE_TOO, near("bvc", "fc2"), near("soc", "bvc")],
        "uppfyllt",
    ),
}


@pytest.mark.parametrize(("arenas", "expected"), PREMISES.values(), ids=PREMISES)
def test_2_6_wants_a_familjecentral_and_every_unit_in_shared_premises(arenas, expected):
    assert said(verdict("2.6", arenas, [], [KLAR])) == expected


def test_2_6_shows_a_and_b_apart():
    shown = verdict("2.6", [CENTRE, near("bvc", "ingen")], [], [KLAR]).figures
    assert shown.a.words == "fc har 4 av 4 delar"
    # the BVC row does not name the familjecentral, so its own BVC counts too
    assert (shown.b.co_located, shown.b.units) == (2, 3)


def test_3_2_a_plan_for_a_wider_group_is_shown_beside():
    rows = [answer("samverkansgrupp", "ja", parter="skola"), answer("samverkansgrupp_plan", "ja")]
    assert said(verdict("3.2", *answered(*rows))) == "delvis (planerad)"


@pytest.mark.parametrize(
    ("question", "svar", "cells", "expected"),
    [
        ("1.5 validerade_indikatorer", "3", {"fritext": "Så här"}, "uppfyllt"),
        ("1.5 validerade_indikatorer", "3", {}, "delvis"),
        ("1.5 validerade_indikatorer", "2", {"fritext": "Så här"}, "delvis"),
        ("1.5 validerade_indikatorer", "1", {}, "delvis"), ("1.5 validerade_indikatorer", "0", {}, "gap"),
        ("2.3 kartlaggning", "pagar", {}, "delvis"), ("2.3 kartlaggning", "ej_paborjad", {}, "gap"),
        ("2.3 kartlaggning", "", {}, UNKNOWN), ("2.3 kartlaggning", "klar", {}, UNKNOWN),
        ("3.1 regional_stodorganisation", "ja", CHILDHOOD, "uppfyllt"),
        ("3.1 regional_stodorganisation", "ja", CHILDHOOD | {"alder_till": "17"}, "delvis"),
        ("3.1 regional_stodorganisation", "ja", {}, "minst delvis"),
        ("3.1 regional_stodorganisation", "utan_uppdrag", {}, "delvis"),
        ("3.1 regional_stodorganisation", "nej", {}, "gap"),
        ("3.2 samverkansgrupp", "ja", {"parter": FIVE}, "uppfyllt"),
        ("3.2 samverkansgrupp", "ja", {"parter": "skola"}, "delvis"),
        ("3.2 samverkansgrupp", "ja", {"parter": "skola | ofullstandig"}, "minst delvis"),
        ("3.2 samverkansgrupp", "ja", {}, "minst delvis"), ("3.2 samverkansgrupp", "nej", {}, "gap"),
        ("3.2 samverkansgrupp", "planerad", {}, "gap (planerad)"),
        ("3.3 strategisk_funktion", "ja", {}, "uppfyllt"),
        ("3.3 strategisk_funktion", "utan_uppdrag", {}, "delvis"),
        ("3.3 strategisk_funktion", "nej", {}, "gap"),
    ],
)  # fmt: skip
def test_one_answer_decides_and_the_county_s_answers_for_no_municipality(question, svar, cells, expected):
    code, name = question.split()
    kommunkod = "18" if code == "3.1" else NORA
    row = answer(name, svar, kommunkod, **cells)
    assert said(verdict(code, *answered(row), kommunkod=kommunkod)) == expected
    if kommunkod == NORA:
        assert verdict(code, *answered(row | {"kommunkod": "18"})).status == UNKNOWN


REGION = insats("region", "hus", parter="kommun | region")
CIVIL = insats("civil", "hus", parter="civilsamhalle | 1884")
ALONE = insats("ensam", "hus", parter="civilsamhalle")


@pytest.mark.parametrize(
    ("svar", "rows", "expected", "needs"),
    [
        ("3", [REGION, CIVIL], "uppfyllt", False),
        ("2", [REGION, CIVIL], "delvis", False),
        ("3", [REGION, ALONE], "delvis", False),
        ("1", [ALONE], "delvis", False),
        ("0", [REGION, ALONE], "delvis", False),
        ("0", [ALONE], "gap", False),
        ("3", [REGION, insats("vem", "hus")], "minst delvis", False),
        ("3", [CIVIL], "delvis", False),
        ("0", [REGION], "delvis", False),
        ("0", [REGION, CIVIL], UNKNOWN, True),
        ("3", [ALONE], UNKNOWN, True),
    ],
)
def test_3_4_wants_both_kinds_of_sharing_and_an_answer_that_they_do_not_contradict(
    svar, rows, expected, needs
):
    found = verdict("3.4", *klar(*rows, also=[answer("samverkan", svar, fritext="Så här")]))
    assert (said(found), found.needs_reconciling) == (expected, needs)


def test_dataset_of_is_typed_as_a_published_dataset():
    dataset = dataset_of([arena("hus")], [insats("i", "hus")], [KLAR])
    assert dataset.arenor.loc["hus", "kontrollerad_datum_first_day"].date() < DAY
