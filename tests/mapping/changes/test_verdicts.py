"""A changed verdict tells from what to what, and names the rows that it comes from."""

import pytest

from mapping.changes.rows import CHANGED, GONE, NEW, changes
from mapping.changes.verdicts import summary, verdict_changes
from mapping.settings import SHIPPED_STRATEGY
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy_file import read
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import edited

STRATEGY = read(SHIPPED_STRATEGY)
MAPPED = {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-10-01"}
PLAN = {"kommunkod": "18", "fraga": "regional_overenskommelse", "datum": "2026-09-01"}
EKEN = [row for row in OFFERS if row["arena_id"] == "nora-fc"]
SILENT = {"insats_id": "eken-ny", "arena_id": "nora-fc", "namn": "Något nytt", "status": "aktiv"}
KNOWN = {
    "arenor": [row for row in ARENAS if row["arena_id"] not in {"lan-digital", "nora-hus"}],
    "kommunlage": [MAPPED],
}
"""A county where nothing is unknown of Nora's arenas, and its mapping is complete."""


def compared(before, after):
    judged = [judge(dataset, STRATEGY, DAY) for dataset in (before, after)]
    found = verdict_changes(*judged, changes(before, after))
    return {(change.objective, change.kommunkod): change for change in found}


def causes(change):
    return [(row.table, row.kind, row.key) for row in change.rows]


def test_equal_versions_change_no_verdict(county):
    assert compared(county, county) == {}


def test_a_declared_mapping_is_named_as_what_makes_absence_a_gap(county, changed_county):
    found = compared(county, changed_county(kommunlage=[MAPPED]))
    assert {kommunkod for _, kommunkod in found} == {"1884"}
    change = found["2.3", "1884"]
    assert causes(change) == [("kommunlage", NEW, "1884:kartlaggning:2026-10-01")]
    assert change.sentence == (
        "Nora, mål 2.3: från underlag saknas till minst delvis, "
        "eftersom svaret ”Nora: om kartläggningen av arenor och insatser är klar, 1 oktober 2026” är nytt."
    )


def test_an_insats_that_comes_to_count_is_the_cause(changed_county):
    before = changed_county(**KNOWN, insatser=[SILENT])
    after = changed_county(**KNOWN, insatser=[{**SILENT, "form": "uppsokande", "sprak": "so"}])
    change = compared(before, after)["2.2", "1884"]
    assert causes(change) == [("insatser", CHANGED, "eken-ny")]
    assert change.sentence.endswith(
        "eftersom insatsen ”Något nytt – Familjecentralen Eken” är ändrad (Form, Språk)."
    )


def test_an_arena_that_makes_its_insatser_count_is_the_cause(county, changed_county):
    after = changed_county(arenor=edited(ARENAS, "nora-fc", status="stangd"), kommunlage=[MAPPED])
    found = compared(changed_county(arenor=ARENAS, kommunlage=[MAPPED]), after)
    assert found
    assert {causes(change)[-1] for change in found.values()} == {("arenor", CHANGED, "nora-fc")}


def test_an_arena_that_is_gone_takes_its_insatser_as_causes(changed_county):
    before = changed_county(kommunlage=[MAPPED])
    after = changed_county(
        arenor=[row for row in ARENAS if row["arena_id"] != "nora-fc"],
        insatser=[row for row in OFFERS if row["arena_id"] != "nora-fc"],
        kommunlage=[MAPPED],
    )
    found = compared(before, after)
    both = [("insatser", GONE, "eken-oppet"), ("arenor", GONE, "nora-fc")]
    assert (causes(found["2.2", "1884"]), causes(found["2.6", "1884"])) == (both, both[1:])


def test_a_county_verdict_names_the_county_s_answer_and_has_its_json_form(changed_county):
    before = changed_county(kommunlage=[{**PLAN, "svar": "utkast"}])
    found = compared(before, changed_county(kommunlage=[{**PLAN, "svar": "saknas"}]))
    assert list(found) == [("2.5", "18")]
    change = found["2.5", "18"]
    assert causes(change) == [("kommunlage", CHANGED, "18:regional_overenskommelse:2026-09-01")]
    assert change.changes_status
    assert change.sentence == (
        "Örebro län, mål 2.5: från delvis till gap, eftersom svaret "
        "”Örebro län: om det finns en regional överenskommelse om familjecentraler, 1 september 2026” "
        "är ändrat (Svar)."
    )
    assert (summary([change]), summary([change, change])) == ("1 bedömning ändras.", "2 bedömningar ändras.")
    told = change.as_json()
    assert (told["objective"], told["kommunkod"]) == ("2.5", "18")
    assert (told["before"]["status"], told["after"]["status"]) == ("delvis", "gap")
    key = "18:regional_overenskommelse:2026-09-01"
    assert told["rows"] == [{"table": "kommunlage", "kind": CHANGED, "key": key}]
    assert told["message"] == change.sentence


def test_a_row_that_nothing_counts_but_that_may_bear_is_the_cause_of_a_wider_span(changed_county):
    before = changed_county(**KNOWN, insatser=EKEN)
    found = compared(before, changed_county(**KNOWN, insatser=[*EKEN, SILENT]))
    assert {key: (causes(change), change.changes_status) for key, change in found.items()} == {
        ("1.1", "1884"): ([("insatser", NEW, "eken-ny")], False),
        ("2.1", "1884"): ([("insatser", NEW, "eken-ny")], True),
    }
    assert found["1.1", "1884"].sentence == (
        "Nora, mål 1.1: fortfarande underlag saknas "
        "(förut mellan gap och delvis, nu mellan gap och uppfyllt), "
        "eftersom insatsen ”Något nytt – Familjecentralen Eken” är ny."
    )
    assert summary(found.values()) == (
        "1 bedömning ändras. För 1 bedömning ändras bara det sämsta eller bästa som uppgifterna medger."
    )


def test_every_differing_verdict_is_listed_and_no_other_in_the_order_of_the_verdicts(changed_county):
    before, after = changed_county(), changed_county(kommunlage=[MAPPED])
    sides = [judge(dataset, STRATEGY, DAY) for dataset in (before, after)]
    naive = [
        (one.objective, one.kommunkod)
        for one, other in zip(*sides, strict=True)
        if (one.status, one.at_least, one.floor, one.ceiling)
        != (other.status, other.at_least, other.floor, other.ceiling)
    ]
    assert naive
    assert list(compared(before, after)) == naive


@pytest.mark.parametrize("count_older", [False, True])
def test_verdicts_of_either_kind_can_be_compared(changed_county, count_older):
    before, after = changed_county(), changed_county(kommunlage=[{**MAPPED, "datum": "2019"}])
    judged = [
        judge(dataset, STRATEGY, DAY, basis="aldre_rader" if count_older else "belagt")
        for dataset in (before, after)
    ]
    assert bool(verdict_changes(*judged, changes(before, after))) is count_older
