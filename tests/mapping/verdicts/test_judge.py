"""Verdicts: freshness, standing, older facts, what is missing, what to find out next."""

import datetime
from dataclasses import replace

import pytest

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.swedish import swedish_order
from mapping.verdicts.bounds import Wave
from mapping.verdicts.counted import counted_rows
from mapping.verdicts.judge import judge, next_facts
from tests.gap_county import (
    DAY,
    FRESH,
    NORA,
    STRATEGY,
    Chance,
    answer,
    arena,
    dataset_of,
    earlier_rows,
    insats,
    random_rows,
    said,
    verdict,
    verdicts,
)

KLAR = answer("kartlaggning", "klar")
WHOLE = {"preventionsniva": "universell | selektiv | indikerad", "alder_fran": "0", "alder_till": "18"}
METHOD = WHOLE | {"kunskapsbas": "evidens"}


def marked(found, mark):
    return [row.key for row in counted_rows(found) if mark in row.marks]


def before(days):
    return (DAY - datetime.timedelta(days=days)).isoformat()


def house(checked, **cells):
    return [arena("hus", kontrollerad_datum=checked)], [insats("i", "hus", **METHOD, **cells)], [KLAR]


@pytest.mark.parametrize(
    ("checked", "status", "look_over"),
    [
        (before(0), "uppfyllt", False), (before(365), "uppfyllt", False), (before(366), "uppfyllt", True),
        (before(730), "uppfyllt", True), (before(731), "underlag_saknas", False),
        (before(-1), "underlag_saknas", False), ("", "underlag_saknas", False),
        ("2024-06", "uppfyllt", True), ("2024", "underlag_saknas", False),
    ],
)  # fmt: skip
def test_a_row_counts_for_two_years_and_ought_to_be_looked_over_after_one(checked, status, look_over):
    found = verdict("1.1", *house(checked))
    assert (found.status, marked(found, "bör ses över")) == (status, (["i"] if look_over else []))


@pytest.mark.parametrize(
    ("days", "status"), [(730, "uppfyllt"), (731, "underlag_saknas"), (-1, "underlag_saknas")]
)
def test_an_answer_counts_for_two_years(days, status):
    assert verdict("3.3", [], [], [answer("strategisk_funktion", "ja", date=before(days))]).status == status


def test_a_stale_klar_is_not_klar():
    assert verdict("1.1", [], [], [KLAR | {"datum": before(731)}]).status == "underlag_saknas"
    assert verdict("1.1", [], [], [KLAR | {"datum": before(730)}]).status == "gap"


def test_the_newest_answer_is_chosen_before_its_freshness_and_an_empty_one_replaces_nothing():
    older = answer("strategisk_funktion", "ja", date="2024-07-01")
    rows = [older, answer("strategisk_funktion", "nej", date="2024")]
    assert verdict("3.3", [], [], rows).status == "underlag_saknas"
    assert verdict("3.3", [], [], rows).older.status == "gap"
    rows = [answer("strategisk_funktion", "ja"), answer("strategisk_funktion", "", date="2026-05-20")]
    assert verdict("3.3", [], [], rows).status == "uppfyllt"


def test_answers_that_contradict_each_other_on_one_day_are_worst_and_best():
    rows = [answer("strategisk_funktion", "ja"), answer("strategisk_funktion", "nej")]
    found = verdict("3.3", [], [], rows)
    assert (found.floor, found.ceiling, found.status) == ("gap", "uppfyllt", "underlag_saknas")
    assert verdict("1.1", [], [], [KLAR, answer("kartlaggning", "pagar")]).status == "underlag_saknas"


@pytest.mark.parametrize(
    ("of_arena", "of_insats", "expected"),
    [
        ({}, {}, "uppfyllt"), ({"status": "okand"}, {}, "underlag_saknas"),
        ({}, {"status": "okand"}, "underlag_saknas"), ({"status": ""}, {}, "underlag_saknas"),
        ({"status": "planerad"}, {}, "gap (planerad)"), ({}, {"status": "planerad"}, "gap (planerad)"),
        ({}, {"status": "planerad", "kontrollerad_datum": "2021"}, "underlag_saknas"),
        ({"status": "stangd"}, {}, "gap"), ({"status": "stangd", "kontrollerad_datum": "2010"}, {}, "gap"),
        ({}, {"status": "stangd"}, "gap"), ({"belagg": "svag"}, {}, "underlag_saknas"),
        ({}, {"belagg": "svag"}, "underlag_saknas"), ({"belagg": "harledd"}, {}, "uppfyllt"),
        ({"kontrollerad_datum": "2021"}, {"kontrollerad_datum": FRESH}, "underlag_saknas"),
        ({}, {"kontrollerad_datum": "2021"}, "underlag_saknas"),
    ],
)  # fmt: skip
def test_arena_and_insats_must_both_be_active_fresh_and_well_supported(of_arena, of_insats, expected):
    tables = [arena("hus") | of_arena], [insats("i", "hus", **METHOD) | of_insats], [KLAR]
    assert said(verdict("1.1", *tables)) == expected


def test_derived_rows_are_marked():
    arenas, insatser, answers = house(FRESH)
    assert marked(verdict("1.1", arenas, insatser, answers), "härledd") == []
    assert marked(verdict("1.1", [arenas[0] | {"belagg": "harledd"}], insatser, answers), "härledd") == ["i"]


@pytest.mark.parametrize(
    "cells", [{}, {"status": "okand"}, {"kontrollerad_datum": "2021"}, {"belagg": "svag"}]
)
def test_an_arena_without_any_insats_row_keeps_the_ceiling_open(cells):
    assert verdict("1.1", [arena("hus") | cells], [], [KLAR]).ceiling == "uppfyllt"
    closed = [insats("i", "hus", **METHOD, status="stangd")]
    assert verdict("1.1", [arena("hus") | cells], closed, [KLAR]).status == "gap"


@pytest.mark.parametrize("cells", [{"status": "stangd"}, {"status": "planerad"}])
def test_a_closed_or_planned_arena_without_insatser_offers_nothing(cells):
    assert verdict("1.1", [arena("hus") | cells], [], [KLAR]).status == "gap"


def test_half_an_age_span_is_one_year_in_the_floor_and_anything_in_the_ceiling():
    found = verdict("1.1", [arena("hus")], [insats("i", "hus", **METHOD | {"alder_till": ""})], [KLAR])
    assert (found.floor, found.ceiling) == ("gap", "uppfyllt")
    assert found.known.startswith("3 av 57 rutor")
    beyond = METHOD | {"alder_fran": "", "alder_till": "20"}
    assert verdict("1.1", [arena("hus")], [insats("i", "hus", **beyond)], [KLAR]).known.startswith("0 av 57")


def test_older_facts_are_shown_beside_with_the_year_of_the_oldest_and_undated_never_are():
    tables = house("2021-03-04")
    strict = verdict("1.1", *tables)
    assert (strict.status, strict.older.status, strict.older.year) == ("underlag_saknas", "uppfyllt", 2021)
    assert not strict.is_changed_by_older
    counted = verdict("1.1", *tables, basis="aldre_rader")
    assert (counted.status, counted.is_changed_by_older, counted.older.year) == ("uppfyllt", True, 2021)
    assert marked(counted, "äldre uppgift") == ["i"]
    assert verdict("1.1", *house(FRESH), basis="aldre_rader").older.year is None
    assert verdict("1.1", *house("")).older.status == "underlag_saknas"
    assert verdict("1.1", *house("2026-07"), basis="aldre_rader").status == "underlag_saknas"


def test_the_year_of_older_facts_counts_arenas_answers_and_what_is_shared():
    arenas = [arena("lan", "digital", "18", kontrollerad_datum="2022"), arena("hus")]
    rows = [insats("a", "lan", **METHOD, kontrollerad_datum=FRESH), insats("b", "hus", **METHOD)]
    assert verdict("1.1", arenas, rows, [KLAR]).older.year == 2022
    assert verdict("1.1", arenas, rows, [KLAR | {"datum": "2019-05"}]).older.year == 2019
    assert verdict("3.3", [], [], [answer("strategisk_funktion", "ja", date="2020-09")]).older.year == 2020


@pytest.mark.parametrize("code", ["1.1", "2.1", "2.4", "2.6"])
def test_a_verdict_that_an_old_plan_changes_tells_the_year_of_the_plan(code):
    tables = [arena("hus", "familjecentral", status="planerad", kontrollerad_datum="2020")], [], [KLAR]
    found = verdict(code, *tables, basis="aldre_rader")
    assert found.is_changed_by_older
    assert found.older.year == 2020


@pytest.mark.parametrize("seed", range(6))
def test_every_verdict_that_older_rows_change_tells_a_year(seed):
    chance = Chance(seed)
    rows = random_rows(chance)
    for wave in [None, Wave(dataset_of(*earlier_rows(chance, rows)), datetime.date(2026, 5, 1))]:
        judged = judge(dataset_of(*rows), STRATEGY, DAY, previous=wave, basis="aldre_rader")
        assert all(found.older.year for found in judged if found.is_changed_by_older)


@pytest.mark.parametrize("tables", [([], [], []), tuple(random_rows(Chance(1)))])
def test_there_are_always_thirteen_times_twelve_and_two_verdicts(tables):
    judged = judge(dataset_of(*tables), STRATEGY, DAY)
    assert len(judged) == 13 * 12 + 2
    places = {}
    for found in judged:
        places.setdefault(found.objective, []).append((found.kommunkod, found.kommun))
    assert list(places) == [objective.code for objective in STRATEGY.objectives]
    alphabetical = sorted(MUNICIPALITIES.items(), key=lambda pair: swedish_order(pair[1]))
    for code, listed in places.items():
        assert listed == ([("18", "Örebro län")] if code in {"2.5", "3.1"} else alphabetical)


def test_counted_names_insatser_arenas_and_answers():
    arenas, insatser, answers = house(FRESH)
    found = verdicts(arenas, insatser, [*answers, answer("behovsinventering", "ja")])
    assert found["1.1", NORA].counted == ("i", f"{NORA}:kartlaggning:{FRESH}")
    both = f"{NORA}:behovsinventering:{FRESH}", f"{NORA}:kartlaggning:{FRESH}"
    assert found["2.1", NORA].counted == ("i", *both)
    assert found["2.3", NORA].counted == ("hus", f"{NORA}:kartlaggning:{FRESH}")


@pytest.mark.parametrize("seed", range(8))
def test_every_open_verdict_says_what_is_missing_and_every_settled_one_nothing(seed):
    chance = Chance(seed)
    dataset = dataset_of(*random_rows(chance))
    wave = Wave(dataset_of(*random_rows(chance)), datetime.date(2025, 1, 1))
    for previous in (None, wave):
        for found in judge(dataset, STRATEGY, DAY, previous=previous):
            is_open = found.floor != found.ceiling or found.needs_reconciling
            assert bool(found.missing) is is_open, (found.objective, found.kommunkod, found.reason)
            assert (found.reason.count("\n"), found.row()["status"]) == (0, found.status)
            assert found.figures is not None
            assert found.rule


def test_rules_and_missing_facts_are_told_concretely_with_the_strategys_thresholds():
    tables = [arena("hus")], [insats("kurs", "hus", namn="Kurs", **WHOLE)], [KLAR]
    assert verdict("1.1", *tables).missing == ("1 insats saknar uppgift om kunskapsbas: Kurs (hus).",)
    stale = [arena("hus", kontrollerad_datum="2021")], [insats("kurs", "hus", namn="Kurs", **METHOD)], [KLAR]
    assert verdict("1.1", *stale).missing == (
        "1 insats behöver bekräftas, eftersom uppgiften är för gammal eller saknar datum: Kurs (hus).",
    )
    assert verdict("3.3", [], [], []).missing == (
        "Nora har inte svarat på om det finns en utsedd strategisk funktion.",
    )
    old = [answer("strategisk_funktion", "ja", date="2021-04")]
    (said,) = verdict("3.3", [], [], old).missing
    assert said.startswith("Nora behöver bekräfta eller ändra sitt svar från 2021-04 på frågan om det finns")
    found = verdicts([], [], [])
    assert "färre än 50 %" in found["1.1", NORA].rule
    assert "minst 90 %" in found["2.3", NORA].rule
    assert "Tolkning" in found["2.3", NORA].rule
    assert "Tolkning" not in found["2.6", NORA].rule


def test_the_next_facts_are_those_that_settle_most_and_finding_one_out_settles_it():
    judged = [found for (_, code), found in verdicts([arena("hus")], [], []).items() if code == NORA]
    first, *rest = next_facts(judged)
    assert first.fact.key == f"{NORA}:svar:kartlaggning"
    values = [(-fact.worth, -len(fact.settles)) for fact in (first, *rest)]
    assert values == sorted(values)
    open_ones = [found for found in judged if found.missing]
    assert sum(fact.worth for fact in (first, *rest)) == pytest.approx(len(open_ones))
    assert all(set(fact.settles) <= set(fact.bears_on) for fact in (first, *rest))
    assert next_facts([found for found in judged if found.floor == found.ceiling]) == ()
    (fact,) = next_facts([verdict("3.3", [], [], [])])
    assert fact.settles == (("3.3", NORA),)
    assert verdict("3.3", [], [], [answer("strategisk_funktion", "nej")]).status == "gap"


def test_a_wave_is_judged_on_its_newest_day_and_must_be_earlier():
    dataset = dataset_of([arena("hus", kontrollerad_datum="2024-05-20", start_datum="2023")])
    assert Wave.of(dataset, DAY) is None
    dated = replace(dataset, latest_date=datetime.date(2024, 5, 20))
    assert Wave.of(dated, DAY).day == datetime.date(2024, 5, 20)
    assert Wave.of(dated, datetime.date(2024, 5, 20)) is None
