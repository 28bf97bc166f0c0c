"""Two versions differ in exactly the rows and cells whose meaning differs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.changes.rows import CHANGED, GONE, NEW, Cell, changes, listed
from mapping.dataset.dataset import from_contents
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import edited, written


def found(differing):
    return [(row.table, row.kind, row.key, row.cells) for row in differing.rows]


def test_a_version_does_not_differ_from_itself(county, shipped):
    for dataset in (county, shipped):
        same = changes(dataset, dataset)
        assert not same
        assert same.sentence == "Inget skiljer versionerna åt."
        for name, raw in dataset.tables.items():
            assert same.tables[name].unchanged == same.tables[name].before == len(raw.frame)


def test_a_changed_cell_stands_with_its_column_and_both_texts(county, changed_county):
    after = changed_county(arenor=edited(ARENAS, "nora-fc", ort="Nora stad", fc_bmm=""))
    cells = Cell("ort", "Nora", "Nora stad"), Cell("fc_bmm", "nej", "")
    assert found(changes(county, after)) == [("arenor", CHANGED, "nora-fc", cells)]
    assert listed(changes(county, after)).to_numpy().tolist() == [
        ["arenor", "ändrad", "nora-fc", "Familjecentralen Eken", "ort", "Nora", "Nora stad"],
        ["arenor", "ändrad", "nora-fc", "Familjecentralen Eken", "fc_bmm", "nej", ""],
    ]


def test_new_and_gone_rows_tell_all_their_filled_cells(county, changed_county):
    rows = [row for row in ARENAS if row["arena_id"] != "degerfors-tom"]
    new = {"arena_id": "laxa-ny", "namn": "Ny arena", "arenatyp": "bvc", "kommunkod": "Laxå"}
    gone = {
        "arena_id": "degerfors-tom", "namn": "Arenan utan uppgifter", "arenatyp": "annan",
        "status": "okand", "kommunkod": "Degerfors", "kalla": "Rapporten",
    }  # fmt: skip
    differing = changes(county, changed_county(arenor=[*rows, {**new, "kommunkod": "1860"}]))
    assert found(differing) == [
        ("arenor", NEW, "laxa-ny", tuple(Cell(name, "", text) for name, text in new.items())),
        ("arenor", GONE, "degerfors-tom", tuple(Cell(name, text, "") for name, text in gone.items())),
    ]
    table = differing.tables["arenor"]
    assert (table.before, table.after, table.unchanged) == (7, 7, 6)
    assert differing.sentence == "Arenor: 1 ny och 1 borttagen."


@pytest.mark.parametrize(
    "cells",
    [
        {"lat": "59,51910"}, {"status": "Aktiv"}, {"kommunkod": "Nora kommun"},
        {"kommunkod": "", "kommun": "Nora"}, {"postnummer": "713 31"},
        {"huvudman": "Nora kommun|Region Örebro län"}, {"namn": " Familjecentralen\u00a0Eken "},
    ],
)  # fmt: skip
def test_another_spelling_is_no_change(county, changed_county, cells):
    assert not changes(county, changed_county(arenor=edited(ARENAS, "nora-fc", **cells)))


def test_neither_order_nor_made_ids_are_a_change(county, changed_county):
    rows = [dict(reversed(row.items())) for row in reversed(ARENAS)]
    assert not changes(county, changed_county(arenor=rows))
    without = [{name: text for name, text in row.items() if name != "arena_id"} for row in ARENAS[2:3]]
    before = changed_county(arenor=without, insatser=[])
    (row,) = changes(before, changed_county(arenor=[{**without[0], "ort": "Hällabrottet"}], insatser=[])).rows
    assert (row.kind, row.key) == (CHANGED, "kumla-barnavardscentralen-i-kumla")


def test_a_table_that_comes_or_goes_is_rows_that_come_or_go(county, changed_county):
    answer = {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-05"}
    after = changed_county(kommunlage=[answer])
    there, back = changes(county, after), changes(after, county)
    assert [(row.kind, row.key, row.name) for row in there.rows] == [
        (NEW, "1884:kartlaggning:2026-05", "Nora: om kartläggningen av arenor och insatser är klar, maj 2026")
    ]
    assert [(row.kind, row.key) for row in back.rows] == [(GONE, "1884:kartlaggning:2026-05")]
    assert there.sentence == "Kommunsvar: 1 nytt."


def test_rows_about_the_same_thing_are_paired_with_their_likes(changed_county):
    said = {"kommunkod": "1884", "fraga": "samverkan", "svar": "2", "datum": "2026-05-01"}
    first, second, third = ({**said, "fritext": text} for text in ("Ett", "Två", "Tre"))
    before = changed_county(kommunlage=[first, second])
    after = changed_county(kommunlage=[third, second])
    assert [row.cells for row in changes(before, after).rows] == [(Cell("fritext", "Ett", "Tre"),)]
    more = changed_county(kommunlage=[second, second, first])
    assert [(row.kind, len(row.cells)) for row in changes(before, more).rows] == [(NEW, 5)]


def test_an_insats_is_named_after_its_arena_and_concerns_its_places(county, changed_county):
    (row,) = changes(county, changed_county(insatser=edited(OFFERS, "eken-oppet", metod="ABC"))).rows
    assert (row.name, row.arena_id) == ("Öppet hus – Familjecentralen Eken", "nora-fc")
    assert row.places == {"1884"}
    arenor = edited(ARENAS, "nora-hus", betjanar_kommuner="1863")
    (row,) = changes(county, changed_county(arenor=arenor, insatser=OFFERS)).rows
    assert row.places == {"1884", "1885", "1863"}
    assert row.cells == (Cell("betjanar_kommuner", "Lindesberg", "Hällefors"),)


def test_the_json_form_counts_and_lists(county, changed_county):
    after = changed_county(arenor=edited(ARENAS, "nora-fc", ort="Nora stad"))
    told = changes(county, after).as_json()
    assert (told["before"], told["after"]) == (county.version, after.version)
    table = told["tables"]["arenor"]
    assert [table[name] for name in ("before", "after", "new", "changed", "gone")] == [7, 7, 0, 1, 0]
    assert table["rows"][0]["cells"] == [{"column": "ort", "before": "Nora", "after": "Nora stad"}]
    assert table["rows"][0]["kommunkoder"] == ["1884"]


VERSIONS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["", "Nora", "Kumla"])),
    unique_by=lambda row: row[0],
    min_size=1,
)


@settings(max_examples=30)
@given(VERSIONS, VERSIONS)
def test_the_changes_are_what_sets_of_rows_would_say(old, new):
    sides = []
    for rows in (old, new):
        arena = {"arenatyp": "bvc", "kommunkod": "1884"}
        arenor = written([arena | {"arena_id": key, "namn": key, "ort": place} for key, place in rows])
        sides.append(from_contents({"arenor.csv": arenor}, today=DAY))
    before, after = dict(old), dict(new)
    differing = changes(*sides)
    kinds = {kind: {row.key for row in differing.rows if row.kind == kind} for kind in (NEW, CHANGED, GONE)}
    assert kinds == {
        NEW: after.keys() - before.keys(),
        CHANGED: {key for key in before.keys() & after.keys() if before[key] != after[key]},
        GONE: before.keys() - after.keys(),
    }
