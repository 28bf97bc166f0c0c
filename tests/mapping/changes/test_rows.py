"""Two versions differ in exactly the rows and cells whose meaning differs."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.changes.rows import CHANGED, GONE, NEW, Cell, changes, listed
from mapping.dataset.dataset import load
from tests.conftest import ARENAS, DAY, OFFERS, POPULATION, write_table

Rows = Sequence[Mapping[str, str]]


@pytest.fixture
def version(tmp_path):
    """Write a version of the small county, some of its tables with other rows, and open it."""

    def opened(**tables):
        given = {"arenor": ARENAS, "insatser": OFFERS, "befolkning": POPULATION, **tables}
        for name, rows in given.items():
            if rows:
                write_table(tmp_path / f"{name}.csv", rows)
            else:
                (tmp_path / f"{name}.csv").unlink(missing_ok=True)
        return load(tmp_path, today=DAY)

    return opened


def edited(rows, key, **cells):
    return [
        {**row, **cells} if key in (row.get("arena_id"), row.get("insats_id")) else {**row} for row in rows
    ]


def found(differing):
    return [(row.table, row.kind, row.key, row.cells) for row in differing.rows]


def test_a_version_does_not_differ_from_itself(county, shipped):
    for dataset in (county, shipped):
        same = changes(dataset, dataset)
        assert not same
        assert same.sentence == "Inget skiljer versionerna åt."
        assert (
            {table.unchanged for table in same.tables.values()}
            == {table.before for table in same.tables.values()}
            == {len(raw.frame) for raw in dataset.tables.values()}
        )


def test_a_changed_cell_stands_with_its_column_and_both_texts(county, version):
    after = version(arenor=edited(ARENAS, "nora-fc", ort="Nora stad", fc_bmm=""))
    assert found(changes(county, after)) == [
        (
            "arenor",
            CHANGED,
            "nora-fc",
            (Cell("ort", "Nora", "Nora stad"), Cell("fc_bmm", "nej", "")),
        )
    ]


def test_new_and_gone_rows_tell_all_their_filled_cells(county, version):
    rows = [row for row in ARENAS if row["arena_id"] != "degerfors-tom"]
    new = {"arena_id": "laxa-ny", "namn": "Ny arena", "arenatyp": "bvc", "kommunkod": "1860"}
    differing = changes(county, version(arenor=[*rows, new]))
    assert found(differing) == [
        (
            "arenor",
            NEW,
            "laxa-ny",
            (
                Cell("arena_id", "", "laxa-ny"),
                Cell("namn", "", "Ny arena"),
                Cell("arenatyp", "", "bvc"),
                Cell("kommunkod", "", "Laxå"),
            ),
        ),
        (
            "arenor",
            GONE,
            "degerfors-tom",
            (
                Cell("arena_id", "degerfors-tom", ""),
                Cell("namn", "Arenan utan uppgifter", ""),
                Cell("arenatyp", "annan", ""),
                Cell("status", "okand", ""),
                Cell("kommunkod", "Degerfors", ""),
                Cell("kalla", "Rapporten", ""),
            ),
        ),
    ]
    table = differing.tables["arenor"]
    assert (table.before, table.after, table.unchanged) == (7, 7, 6)
    assert differing.sentence == "Arenor: 1 ny och 1 borttagen."


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("lat", "59,51910"),
        ("status", "Aktiv"),
        ("kommunkod", "Nora kommun"),
        ("postnummer", "713 31"),
        ("huvudman", "Nora kommun|Region Örebro län"),
        ("namn", " Familjecentralen\u00a0Eken "),
    ],
)
def test_another_spelling_is_no_change(county, version, column, text):
    assert not changes(county, version(arenor=edited(ARENAS, "nora-fc", **{column: text})))


def test_a_municipality_by_name_instead_of_code_is_no_change(county, version):
    rows = edited(ARENAS, "nora-fc", kommunkod="", kommun="Nora")
    assert not changes(county, version(arenor=rows))


def test_the_order_of_rows_and_columns_is_no_change(county, version):
    rows = [dict(reversed(row.items())) for row in reversed(ARENAS)]
    assert not changes(county, version(arenor=rows))


def test_a_table_that_comes_or_goes_is_rows_that_come_or_go(county, version):
    answer = {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-05"}
    after = version(kommunlage=[answer])
    there, back = changes(county, after), changes(after, county)
    assert [(row.kind, row.key, row.name) for row in there.rows] == [
        (NEW, "1884:kartlaggning:2026-05", "Nora: frågan kartlaggning, 2026-05")
    ]
    assert [(row.kind, row.key) for row in back.rows] == [(GONE, "1884:kartlaggning:2026-05")]
    assert there.sentence == "Kommunsvar: 1 nytt."


def test_rows_about_the_same_thing_are_paired_with_their_likes(version):
    said = {"kommunkod": "1884", "fraga": "samverkan", "svar": "2", "datum": "2026-05-01"}
    first, second, third = ({**said, "fritext": text} for text in ("Ett", "Två", "Tre"))
    before = version(kommunlage=[first, second])
    after = version(kommunlage=[third, second])
    assert [row.cells for row in changes(before, after).rows] == [(Cell("fritext", "Ett", "Tre"),)]
    more = version(kommunlage=[second, second, first])
    assert [(row.kind, len(row.cells)) for row in changes(before, more).rows] == [(NEW, 5)]


def test_an_insats_is_named_after_its_arena_and_concerns_its_places(county, version):
    (row,) = changes(county, version(insatser=edited(OFFERS, "eken-oppet", metod="ABC"))).rows
    assert (row.name, row.arena_id, row.places) == (
        "Öppet hus – Familjecentralen Eken",
        "nora-fc",
        frozenset({"1884"}),
    )


def test_an_arena_concerns_the_municipalities_that_it_serves_before_or_after(county, version):
    (row,) = changes(county, version(arenor=edited(ARENAS, "nora-hus", betjanar_kommuner="1863"))).rows
    assert row.places == {"1884", "1885", "1863"}
    assert row.cells == (Cell("betjanar_kommuner", "Lindesberg", "Hällefors"),)


def test_made_ids_are_as_good_as_written_ones(version):
    without = [{name: text for name, text in row.items() if name != "arena_id"} for row in ARENAS[2:3]]
    before = version(arenor=without, insatser=[])
    after = version(arenor=[{**without[0], "ort": "Hällabrottet"}], insatser=[])
    assert [(row.kind, row.key) for row in changes(before, after).rows] == [
        (CHANGED, "kumla-barnavardscentralen-i-kumla")
    ]


def test_the_json_form_counts_and_lists(county, version):
    after = version(arenor=edited(ARENAS, "nora-fc", ort="Nora stad"))
    told = changes(county, after).as_json()
    assert (told["before"], told["after"]) == (county.version, after.version)
    table = told["tables"]["arenor"]
    assert {name: table[name] for name in ("before", "after", "new", "changed", "gone")} == {
        "before": 7,
        "after": 7,
        "new": 0,
        "changed": 1,
        "gone": 0,
    }
    assert table["rows"][0]["cells"] == [{"column": "ort", "before": "Nora", "after": "Nora stad"}]
    assert table["rows"][0]["kommunkoder"] == ["1884"]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", "d", "e"]), st.sampled_from(["", "Nora", "Kumla"])),
        unique_by=lambda row: row[0],
        min_size=1,
    ),
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c", "d", "e"]), st.sampled_from(["", "Nora", "Kumla"])),
        unique_by=lambda row: row[0],
        min_size=1,
    ),
)
def test_the_changes_are_what_sets_of_rows_would_say(tmp_path_factory, old, new):
    sides = []
    for rows in (old, new):
        directory = tmp_path_factory.mktemp("version")
        write_table(
            directory / "arenor.csv",
            [
                {"arena_id": key, "namn": key, "arenatyp": "bvc", "kommunkod": "1884", "ort": place}
                for key, place in rows
            ],
        )
        sides.append(load(directory, today=dt.date(2026, 11, 21)))
    before, after = dict(old), dict(new)
    differing = changes(*sides)
    kinds = {kind: {row.key for row in differing.rows if row.kind == kind} for kind in (NEW, CHANGED, GONE)}
    assert kinds == {
        NEW: after.keys() - before.keys(),
        CHANGED: {key for key in before.keys() & after.keys() if before[key] != after[key]},
        GONE: before.keys() - after.keys(),
    }


def test_the_list_for_excel_has_a_row_a_cell(county, version):
    rows = listed(changes(county, version(arenor=edited(ARENAS, "nora-fc", ort="Nora stad", fc_bmm=""))))
    assert rows.to_numpy().tolist() == [
        ["arenor", "ändrad", "nora-fc", "Familjecentralen Eken", "ort", "Nora", "Nora stad"],
        ["arenor", "ändrad", "nora-fc", "Familjecentralen Eken", "fc_bmm", "nej", ""],
    ]
