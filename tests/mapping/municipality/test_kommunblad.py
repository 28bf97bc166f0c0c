"""A municipality's sheet: verdicts with what older facts say beside, strips, familjecentraler, next steps."""

import pytest

from mapping.arenas.completeness import completeness
from mapping.childhood.year_states import HEADINGS
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.municipality.kommunblad import municipality_sheet
from mapping.verdicts.display import PLANNED, verdict_label
from mapping.verdicts.judge import UNKNOWN, judge, next_facts
from tests.conftest import DAY
from tests.gap_county import DAY as GAP_DAY
from tests.gap_county import NORA, STRATEGY, answer, arena, dataset_of, insats

OLD = "2021-03-01"


def sheet_of(arenor=(), insatser=(), kommunlage=(), *, basis="belagt", code=NORA):
    return _sheet(dataset_of(arenor, insatser, kommunlage), GAP_DAY, code, basis=basis)


def _sheet(dataset, day, code, *, basis="belagt"):
    return municipality_sheet(
        dataset, STRATEGY, code, day, verdicts=judge(dataset, STRATEGY, day, basis=basis)
    )


def line(sheet, objective):
    return next(one for area in sheet.areas for one in area.lines if one.objective == objective)


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_a_sheet_holds_all_fifteen_objectives_as_they_were_judged(shipped, code):
    lines = [one for area in _sheet(shipped, DAY, code).areas for one in area.lines]
    judged = {(v.objective, v.kommunkod): v for v in judge(shipped, STRATEGY, DAY)}
    assert [one.objective for one in lines] == [objective.code for objective in STRATEGY.objectives]
    for one in lines:
        verdict = judged[one.objective, one.kommunkod]
        assert (one.label, one.missing) == (verdict_label(verdict), len(verdict.missing))
        assert one.is_regional == (one.kommunkod == "18") == (one.cell.endswith("-18"))
        assert (one.label.older is None) == (verdict.status != UNKNOWN or verdict.older.status == UNKNOWN)


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_steps_arenas_and_completeness_are_the_municipalitys_own(shipped, code):
    sheet = _sheet(shipped, DAY, code)
    own = [v for v in judge(shipped, STRATEGY, DAY) if v.kommunkod == code]
    facts = [fact for step in sheet.steps for fact in step.facts]
    assert sorted(facts) == sorted(found.fact.sentence for found in next_facts(own))
    assert all(step.kommuner in {(MUNICIPALITIES[code],), ("Örebro län",)} for step in sheet.steps)
    assert sheet.completeness.equals(completeness(shipped, DAY).loc[[code, "18"]])
    assert set(shipped.arenor.loc[sheet.arenas.index, "kommunkod"]) <= {code}


def test_nothing_known_is_never_a_gap_and_outside_the_county_there_is_no_sheet(county):
    sheet = sheet_of()
    assert {one.label.status for area in sheet.areas for one in area.lines} == {UNKNOWN}
    assert all(set(strip.years) == {"okand"} for strip in sheet.strips)
    assert (list(sheet.legend), sheet.family_centres.centres) == (["okand"], ())
    assert "räcker inte" in sheet.summary
    assert _sheet(county, DAY, "0180") is None
    assert _sheet(county, DAY, "18") is None


def test_an_older_year_is_told_apart_until_older_facts_count():
    rows = [arena("fc", kontrollerad_datum=OLD)]
    offers = [insats("i", "fc", preventionsniva="universell", alder_fran="0", alder_till="5")]
    assert sheet_of(rows, offers).strips[0].years == ("okand",) * 19
    universal = sheet_of(rows, offers, basis="aldre").strips[0]
    assert (universal.objective, universal.level) == ("2.1", "universell")
    assert universal.years == ("aldre",) * 6 + ("okand",) * 13
    assert universal.words == f"{HEADINGS['aldre']}: 0–5 år. {HEADINGS['okand']}: 6–18 år."


def test_a_declared_mapping_leaves_gaps_and_a_planned_familjecentral_is_no_fact():
    sheet = sheet_of(kommunlage=[answer("kartlaggning", "klar")])
    assert (sheet.strips[0].years, line(sheet, "2.6").label.status) == (("tom",) * 19, "gap")
    assert line(sheet, "2.6").label.symbol == "○"
    centre = arena("fc", "familjecentral", status="planerad")
    sheet = sheet_of([centre], kommunlage=[answer("kartlaggning", "klar")])
    assert (sheet.family_centres.planned, sheet.family_centres.centres) == (("fc",), ())
    assert PLANNED in line(sheet, "2.6").label.remarks


def test_the_four_parts_and_x_of_y_are_those_of_objective_2_6():
    parts = {"fc_bvc": "ja", "fc_oppen_forskola": "ja", "fc_socialtjanst": "ja", "fc_bmm": "nej"}
    sheet = sheet_of([arena("fc", "familjecentral", **parts)])
    (centre,) = sheet.family_centres.centres
    assert centre.is_proven
    assert dict(centre.parts) == parts
    assert sheet.family_centres.co_location == "1 av 1 mottagning är samlokaliserade"
    old = sheet_of([arena("fc", "familjecentral", kontrollerad_datum=OLD, **parts)])
    assert not old.family_centres.centres[0].is_proven
    known = line(
        sheet_of([arena("fc", "familjecentral", kontrollerad_datum=OLD, **parts)], basis="aldre"), "2.6"
    )
    assert known.label.remarks == ("med uppgifter från 2021",)


def test_an_older_answer_stands_beside_with_its_year():
    said = [answer("strategisk_funktion", "ja", date=OLD)]
    older = line(sheet_of(kommunlage=said), "3.3").label.older
    assert (older.status, older.word) == ("uppfyllt", "äldre: uppfyllt 2021")
    counted = line(sheet_of(kommunlage=said, basis="aldre_rader"), "3.3").label
    assert counted.older is None
    assert counted.word == "Uppfyllt"
    assert "med uppgifter från 2021" in counted.remarks
