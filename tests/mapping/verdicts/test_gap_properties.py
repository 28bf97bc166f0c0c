"""What holds for any input: floor under ceiling, order without meaning, knowledge that only narrows."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapping.contract.vocabulary import ANSWERS, COUNTY_ONLY_QUESTIONS
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import RANKS, judge
from mapping.verdicts.strength import STRENGTHS
from tests.gap_county import (
    DAY,
    FRESH,
    STRATEGY,
    Chance,
    answer,
    dataset_of,
    earlier_rows,
    insats,
    random_mandates,
    random_rows,
)

SEEDS = st.integers(0, 10**9)
OF_MANDATES = {"1.1", "1.2", "2.1"}
NEVER_LOWERED = {"1.1", "1.2", "1.4", "2.1", "2.2", "2.4", "3.4"}
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WAVE_DAY = datetime.date(2024, 5, 31)
COUNTED_SINCE = "2024-06-01"


def _ranges(rows, wave, **options):
    judged = judge(dataset_of(*rows), STRATEGY, DAY, previous=wave, **options)
    ranks = RANKS.index
    return {(one.objective, one.kommunkod): (ranks(one.floor), ranks(one.ceiling)) for one in judged}


def _county(seed):
    chance = Chance(seed)
    rows = random_rows(chance)
    wave = Wave(dataset_of(*earlier_rows(chance, rows)), WAVE_DAY) if chance.random() < 0.7 else None
    return chance, rows, wave


@FEW
@given(SEEDS)
def test_the_floor_is_never_above_the_ceiling(seed):
    _, rows, wave = _county(seed)
    for older in (False, True):
        assert all(
            low <= high
            for low, high in _ranges(rows, wave, basis="aldre_rader" if older else "belagt").values()
        )


@FEW
@given(SEEDS)
def test_the_order_of_rows_never_matters(seed):
    chance, rows, wave = _county(seed)
    mixed = tuple(chance.sample(table, len(table)) for table in rows)
    judged = [
        [(*found.row().values(),) for found in judge(dataset_of(*tables), STRATEGY, DAY, previous=wave)]
        for tables in (rows, mixed)
    ]
    for one, other in zip(*judged, strict=True):
        assert (one[:8], sorted(one[9]), one[10]) == (other[:8], sorted(other[9]), other[10])


def _is_fresh(date):
    return date in {FRESH, "2026-01", "2025", "2025-06-01", "2025-05-31", COUNTED_SINCE, "2024-06"}


def _fillable(rows):
    """Every empty cell that may be filled in without the exemptions of the specification, with its words."""
    arenor, insatser, kommunlage = rows
    by_id = {row["arena_id"]: row for row in arenor}
    yes_no = ("ja", "nej")
    mapped = {r["kommunkod"] for r in kommunlage if (r["fraga"], r["svar"]) == ("kartlaggning", "klar")}
    for row in arenor:
        if not _is_fresh(row["kontrollerad_datum"]):
            continue
        if not row["status"]:
            yield row, "status", ("aktiv", "okand", "planerad", "stangd")
        if row["arenatyp"] == "familjecentral":
            for part in ("fc_bmm", "fc_bvc", "fc_oppen_forskola", "fc_socialtjanst"):
                if not row.get(part):
                    yield row, part, yes_no
        others = [o["arena_id"] for o in arenor if o["kommunkod"] == row["kommunkod"] and o is not row]
        if not mapped:
            if not row.get("samlokaliserad_med"):
                yield row, "samlokaliserad_med", ("ingen", *others)
            if not row.get("betjanar_kommuner"):
                yield row, "betjanar_kommuner", ("1880 | 1884", "1862")
    for row in insatser:
        if not _is_fresh(row["kontrollerad_datum"] or by_id[row["arena_id"]]["kontrollerad_datum"]):
            continue
        words = {
            "status": ("aktiv", "okand", "planerad", "stangd"),
            "preventionsniva": ("universell", "selektiv | indikerad", "universell | selektiv | indikerad"),
            "malgrupp": ("alla_foraldrar", "Nyanlända"),
            "kunskapsbas": ("evidens", "kunskapsbaserad", "beprovad"),
            "barnratt": yes_no,
            "form": ("grupp", "hembesok", "digital"),
            "sprak": ("sv", "so"),
            "parter": ("kommun | region", "civilsamhalle | skola", "skola", "skola | ofullstandig"),
        }
        for name, choices in words.items():
            if not row.get(name):
                yield row, name, choices
        for name in ("alder_fran", "alder_till"):
            if not row.get(name):
                low = 0 if name == "alder_fran" else int(row.get("alder_fran") or 0)
                high = 25 if name == "alder_till" else int(row.get("alder_till") or 25)
                yield row, name, tuple(str(age) for age in {low, (low + high) // 2, high})
    for row in kommunlage:
        if _is_fresh(row["datum"]) and row["svar"]:
            if not row.get("parter"):
                five = "forskola | skola | socialtjanst | halso_och_sjukvard | civilsamhalle"
                yield row, "parter", ("skola", five)
            for name in ("alder_fran", "alder_till"):
                if not row.get(name):
                    low = 0 if name == "alder_fran" else int(row.get("alder_fran") or 0)
                    high = 25 if name == "alder_till" else int(row.get("alder_till") or 25)
                    yield row, name, tuple(str(age) for age in {low, high})


def _within(new, old, *, but=()):
    return {
        where: (old[where], new[where])
        for where in old
        if where[0] not in {"2.3", *but}
        and not (old[where][0] <= new[where][0] <= new[where][1] <= old[where][1])
    }


@FEW
@given(SEEDS)
def test_filling_in_an_empty_cell_only_narrows(seed):
    chance, rows, wave = _county(seed)
    old = _ranges(rows, wave)
    empty = list(_fillable(rows))
    if not empty:
        return
    for row, name, words in chance.sample(empty, min(4, len(empty))):
        was = row.get(name, "")
        row[name] = chance.choice(words)
        assert not _within(_ranges(rows, wave), old), (row, name)
        row[name] = was


@FEW
@given(SEEDS)
def test_answering_an_unanswered_question_only_narrows(seed):
    chance, rows, wave = _county(seed)
    arenor, insatser, kommunlage = rows
    old = _ranges(rows, wave)
    asked = {(row["kommunkod"], row["fraga"]) for row in kommunlage}
    codes = [row["kommunkod"] for row in arenor if row["kommunkod"] != "18"] or ["1884"]
    questions = [
        (code, question)
        for code in {*codes, "18"}
        for question in ANSWERS
        if (code, question) not in asked and (code == "18" or question not in COUNTY_ONLY_QUESTIONS)
    ]
    for code, question in chance.sample(sorted(questions), min(4, len(questions))):
        new = answer(question, chance.choice(ANSWERS[question]), code, parter="skola", fritext="Så här")
        assert not _within(_ranges((arenor, insatser, [*kommunlage, new]), wave), old), new


@FEW
@given(SEEDS)
def test_declaring_the_mapping_complete_only_narrows(seed):
    chance, rows, wave = _county(seed)
    arenor, insatser, kommunlage = rows
    undeclared = [row for row in kommunlage if row["fraga"] != "kartlaggning"]
    old = _ranges((arenor, insatser, undeclared), wave)
    code = chance.choice([row["kommunkod"] for row in arenor if row["kommunkod"] != "18"] or ["1884"])
    new = _ranges((arenor, insatser, [*undeclared, answer("kartlaggning", "klar", code)]), wave)
    assert not _within(new, old)


@FEW
@given(SEEDS)
def test_adding_an_active_fresh_insats_never_lowers_these_floors(seed):
    chance, rows, wave = _county(seed)
    arenor, insatser, kommunlage = rows
    hosts = [row["arena_id"] for row in arenor]
    if not hosts:
        return
    old = _ranges(rows, wave)
    for number in range(3):
        new = insats(
            f"ny-{number}",
            chance.choice(hosts),
            kontrollerad_datum=FRESH,
            preventionsniva=chance.choice(("", "universell", "selektiv")),
            alder_fran=chance.choice(("", "0", "6")),
            alder_till=chance.choice(("", "6", "18")),
            kunskapsbas=chance.choice(("", "evidens", "beprovad")),
            barnratt=chance.choice(("", "ja", "nej")),
            form=chance.choice(("", "grupp", "hembesok")),
            parter=chance.choice(("", "kommun | region", "civilsamhalle")),
        )
        after = _ranges((arenor, [*insatser, new], kommunlage), wave)
        lowered = {where for where in old if where[0] in NEVER_LOWERED and after[where][0] < old[where][0]}
        assert not lowered, new


@pytest.mark.parametrize("seed", range(3))
def test_older_rows_are_the_same_whichever_switch_they_are_asked_through(seed):
    dataset = dataset_of(*random_rows(Chance(seed)))
    strict, counted = (
        judge(dataset, STRATEGY, DAY, basis="aldre_rader" if older else "belagt") for older in (False, True)
    )
    assert [found.older for found in strict] == [found.older for found in counted]
    for one, other in zip(strict, counted, strict=True):
        assert other.is_changed_by_older is ((one.status, one.at_least) != (other.status, other.at_least))


@FEW
@given(SEEDS)
def test_a_weaker_strength_keeps_what_a_stronger_one_proves(seed):
    chance, rows, wave = _county(seed)
    for found in judge(dataset_of(*rows, random_mandates(chance)), STRATEGY, DAY, previous=wave):
        floors = [RANKS.index(found.standings[name].floor) for name in STRENGTHS]
        if found.objective in OF_MANDATES:
            assert floors == sorted(floors), found
        for one in found.standings.values():
            assert RANKS.index(one.floor) <= RANKS.index(one.ceiling)


@FEW
@given(SEEDS)
def test_a_mandate_bears_on_three_objectives_alone_and_what_is_usual_on_none(seed):
    chance, rows, wave = _county(seed)
    must = random_mandates(chance)
    usual = [row | {"grund": "vanligt"} for row in must]
    plain, obliged, only_usual = (
        judge(dataset_of(*rows, uppdrag), STRATEGY, DAY, previous=wave, basis="aldre")
        for uppdrag in ((), must, usual)
    )
    for one, other, same in zip(plain, obliged, only_usual, strict=True):
        assert one.standings == same.standings
        assert one.standings["belagt"] == other.standings["belagt"]
        assert one.standings["aldre_rader"] == other.standings["aldre_rader"]
        assert one.standings["uppdrag"].ceiling == other.standings["uppdrag"].ceiling
        if one.objective not in OF_MANDATES:
            assert (one.standings, one.counted) == (other.standings, other.counted)
