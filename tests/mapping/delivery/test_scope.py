"""What a delivery does not name stays as it was published, row by row and cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.contract.schema import TABLES
from mapping.delivery.scope import KEPT, Way, replaced
from mapping.tables import raw_table
from mapping.tables.raw_table import with_keys
from tests.deliveries import raw


def tables(**rows):
    return {name: raw(name, given) for name, given in rows.items()}


def arena(key, kommun, **cells):
    return {"arena_id": key, "namn": key, "arenatyp": "bvc", "kommun": kommun, **cells}


def offer(key, of):
    return {"insats_id": key, "arena_id": of, "namn": key}


def answer(kommun, said):
    return {"kommunkod": kommun, "fraga": "kartlaggning", "svar": said, "datum": "2026-05"}


PUBLISHED = tables(
    arenor=[arena("n1", "Nora"), arena("n2", "Nora"), arena("h1", "Hällefors"), arena("lan", "18")],
    insatser=[offer("n1-a", "n1"), offer("n2-a", "n2"), offer("h1-a", "h1"), offer("lan-a", "lan")],
    kommunlage=[answer("1884", "pagar"), answer("1863", "klar"), answer("18", "pagar")],
    dialog=[
        {"kommun": "Nora", "typ": "behov", "text": "ett"},
        {"kommun": "Norr", "typ": "behov", "text": "två"},
    ],
    orter=[{"ort": "Nora", "kommunkod": "1884", "lat": "59,5", "lon": "15"}],
)


def held(done, table, column):
    return sorted(done.tables[table].frame[column].tolist())


def test_a_delivery_adds_and_updates_unless_it_is_to_replace():
    delivered = tables(arenor=[arena("n1", "1884"), arena("n3", "Nora kommun")])
    for way, left in (
        (Way.ADD, ["h1", "lan", "n1", "n2", "n3"]),
        (Way.PART, ["h1", "lan", "n1", "n3"]),
        (Way.WHOLE, ["n1", "n3"]),
    ):
        done = replaced(PUBLISHED, delivered, way)
        assert held(done, "arenor", "arena_id") == left
        (one,) = done.delivered
        assert (one.added, one.updated, one.kept) == (1, 1, len(left) - 2)
        assert held(done, "insatser", "arena_id") == [key for key in left if key != "n3"]


def test_each_way_says_what_it_does():
    def said(way, **rows):
        return replaced(PUBLISHED, tables(**rows), way).sentences

    one = {"arenor": [arena("n1", "Nora"), arena("ny", "Nora")]}
    assert said(Way.ADD, **one) == (
        "Leveransen lägger till 1 arena och uppdaterar 1 arena som redan finns.",
        "3 arenor som filerna inte nämner står kvar.",
        "Alla insatser, kommunsvar, dialogpunkter och orter står kvar.",
    )
    assert said(Way.PART, **one) == (
        "Leveransen ersätter arenorna i Nora.",
        "2 arenor i en annan kommun och för länet som helhet står kvar.",
        "Alla kommunsvar, dialogpunkter och orter står kvar.",
        "1 insats tas bort, eftersom arenan inte finns kvar. Övriga insatser står kvar.",
    )
    assert said(Way.WHOLE, **one)[0] == "Leveransen ersätter alla arenor."
    assert said(Way.PART, arenor=[arena("x", "Atlantis")])[0] == "Leveransen lägger till 1 arena."
    county = said(Way.PART, dialog=[{"kommun": "18", "typ": "behov", "text": "nytt"}])
    assert county[0] == "Leveransen ersätter dialogpunkterna för länet som helhet."


def test_insatser_replace_those_of_their_municipality():
    done = replaced(PUBLISHED, tables(insatser=[offer("n1-b", "n1")]), Way.PART)
    assert held(done, "insatser", "insats_id") == ["h1-a", "lan-a", "n1-b"]
    assert (held(done, "arenor", "arena_id"), done.orphans) == (["h1", "lan", "n1", "n2"], 0)


@pytest.mark.parametrize("way", [Way.ADD, Way.PART])
@pytest.mark.parametrize(
    ("said", "left"),
    [
        (answer("1884", "klar"), ["klar", "klar", "pagar"]),
        (answer("18", "klar"), ["klar", "klar", "pagar"]),
        (answer("1884", "klar") | {"datum": "2026-06"}, ["klar", "klar", "pagar", "pagar"]),
    ],
)
def test_dated_answers_are_only_added_to_and_the_same_day_s_is_updated(way, said, left):
    assert held(replaced(PUBLISHED, tables(kommunlage=[said]), way), "kommunlage", "svar") == left
    assert held(replaced(PUBLISHED, tables(kommunlage=[said]), Way.WHOLE), "kommunlage", "svar") == ["klar"]


def test_what_moves_here_is_taken_along_and_what_is_nowhere_taken_to_be_reported():
    delivered = tables(arenor=[arena("h1", "Nora")], insatser=[offer("h1-b", "h1")])
    done = replaced(PUBLISHED, delivered, Way.PART)
    assert held(done, "arenor", "arena_id") == ["h1", "lan"]
    assert held(done, "insatser", "insats_id") == ["h1-b", "lan-a"]
    delivered = tables(arenor=[arena("n1", "Nora"), arena("x", "Atlantis")], insatser=[offer("x-a", "okand")])
    done = replaced(PUBLISHED, delivered, Way.PART)
    assert "x" in held(done, "arenor", "arena_id")
    assert "x-a" in held(done, "insatser", "insats_id")


def test_rows_about_several_municipalities_or_none_are_replaced_only_with_all_of_them():
    delivered = [{"kommun": "Nora", "typ": "behov", "text": "nytt"}]
    assert held(replaced(PUBLISHED, tables(dialog=delivered), Way.PART), "dialog", "text") == ["nytt", "två"]
    norr = [*delivered, {"kommun": "Norr", "typ": "behov", "text": "tre"}]
    assert held(replaced(PUBLISHED, tables(dialog=norr), Way.PART), "dialog", "text") == ["nytt", "tre"]
    delivered = tables(orter=[{"ort": "Gyttorp", "kommunkod": "1884", "lat": "59,5", "lon": "15"}])
    for way, left in ((Way.ADD, ["Gyttorp", "Nora"]), (Way.PART, ["Gyttorp"])):
        assert held(replaced(PUBLISHED, delivered, way), "orter", "ort") == left


def test_each_row_tells_which_row_it_was_in_the_delivery_or_in_what_is_published():
    done = replaced(PUBLISHED, tables(arenor=[arena("h1", "Hällefors", ort="ny"), arena("n3", "Nora")]))
    table = done.tables["arenor"]
    origins = zip(table.frame["arena_id"], table.origins["sheet"], table.origins["row"], strict=True)
    assert [*origins] == [("n1", KEPT, 2), ("n2", KEPT, 3), ("h1", 0, 2), ("lan", KEPT, 5), ("n3", 0, 3)]
    assert table.frame.index.tolist() == [2, 3, 4, 5, 6]
    assert done.tables["dialog"] is PUBLISHED["dialog"]


def test_columns_of_either_side_are_kept_and_ids_are_made_where_there_are_none():
    done = replaced(PUBLISHED, tables(arenor=[arena("n1", "Nora", egen="x")]))
    frame = done.tables["arenor"].frame.set_index("arena_id")
    assert (frame.loc["n1", "egen"], frame.loc["h1", "egen"]) == ("x", "")
    row = {"namn": "Ny", "arenatyp": "bvc", "kommun": "Nora"}
    done = replaced(PUBLISHED, tables(arenor=[row]), Way.PART)
    assert held(done, "arenor", "arena_id") == ["h1", "lan", "nora-ny"]
    assert [finding.code for finding in done.tables["arenor"].findings] == ["id-made"]


FULL = arena("a", "Nora", adress="Storgatan 1", lat="59,52", lon="15,04", egen="x", status="aktiv")


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        ({"arena_id": "a", "namn": "a"}, {}), ({"namn": "A", "kommunkod": "1884"}, {"namn": "A"}),
        ({"arena_id": "a", "adress": ""}, {"adress": ""}), ({"arena_id": "a", "lat": "59.520"}, {}),
        ({"arena_id": "a", "kommunkod": "1884"}, {}),
        ({"arena_id": "a", "kommunkod": "1881"}, {"kommun": "", "kommunkod": "1881"}),
        (
            {"arena_id": "a", "sweref_n": "6600000", "sweref_e": "500000"},
            {"sweref_n": "6600000", "sweref_e": "500000", "lat": "", "lon": ""},
        ),
        ({"arena_id": "a", "sweref_n": "", "sweref_e": ""}, {}),
        ({"arena_id": "a", "status": "okänd", "ort": "Gyttorp"}, {"status": "okänd", "ort": "Gyttorp"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", list(Way))
def test_a_column_that_the_file_lacks_keeps_its_cell_and_an_empty_cell_empties(row, changed, way):
    done = replaced(tables(arenor=[FULL]), tables(arenor=[row]), way)
    (cells,) = done.tables["arenor"].frame.to_dict("records")
    assert {name: cell for name, cell in cells.items() if cell} == {
        name: cell for name, cell in {**FULL, **changed}.items() if cell
    }


@pytest.mark.parametrize(
    ("published", "row", "key"),
    [
        ({"p": "Pärlan"}, {"namn": "Pärlan"}, "p"), ({"p": "Pärlan"}, {"namn": "Parlan"}, "p"),
        ({"p": "Pärlan", "q": "Parlan"}, {"namn": "parlan"}, "q"),
        ({"p": "Pärlan"}, {"namn": "Perlan"}, "nora-perlan"),
        ({"nora-parlan": "Annat"}, {"namn": "Pärlan"}, "nora-parlan-2"),
        ({"p": "Pärlan"}, {"namn": "Pärlan", "kommun": "Kumla"}, "kumla-parlan"),
        ({"p": "Pärlan"}, {"namn": "Pärlan", "arena_id": "x"}, "p"),
        ({"p": "Pärlan"}, {"namn": "Pärlan", "arena_id": "x", "adress": "Nygatan 2"}, "x"),
        ({"p": "Pärlan"}, {"namn": "Pärlan", "arena_id": ""}, "p"),
        ({"p": "Pärlan", "q": "Pärlan"}, {"namn": "Pärlan", "adress": "Gatan 1"}, "nora-parlan"),
    ],
)  # fmt: skip
def test_an_arena_keeps_its_published_id_where_name_and_municipality_are_the_same(published, row, key):
    old = [arena(own, "Nora", adress="Gatan 1") | {"namn": name} for own, name in published.items()]
    row = {"arenatyp": "bvc", "kommun": "Nora", "samlokaliserad_med": "", **row}
    own = with_keys(raw("arenor", [row])).frame["arena_id"].iloc[0]
    offers = [{"arena_id": own or key, "namn": "Kurs"}]
    done = replaced(tables(arenor=old), tables(arenor=[row], insatser=offers))
    assert done.tables["insatser"].frame["arena_id"].tolist() == [key]
    assert set(held(done, "arenor", "arena_id")) == {*published, key}


def test_an_insats_keeps_its_published_id_though_its_ages_are_others():
    row = {"arena_id": "n1", "namn": "n1-a", "alder_fran": "3", "alder_till": "5"}
    done = replaced(PUBLISHED, tables(insatser=[row]))
    assert held(done, "insatser", "insats_id") == held(replaced(PUBLISHED, {}), "insatser", "insats_id")
    assert done.tables["insatser"].frame.set_index("insats_id").loc["n1-a", "alder_till"] == "5"


@pytest.mark.parametrize(
    ("name", "cells", "is_told"),
    [
        ("Familjecentral Pärlan", {}, True), ("Pärlan Familjecentralen", {}, False),
        ("Familjecentralen Parlan ", {"kommun": "Kumla"}, False), ("Eken", {"adress": "Gatan 1 , 2"}, True),
        ("Eken", {"adress": "Gatan 11"}, False), ("Familjecentral Pärlan", {"arenatyp": "bmm"}, False),
        ("Familjecentralen Pärlan 2", {}, False), ("Familjecentralen Pärlan", {"adress": "Gatan 3"}, True),
    ],
)  # fmt: skip
def test_what_may_be_a_published_arena_is_told_with_both_rows(name, cells, is_told):
    old = arena("p", "Nora", adress="Gatan 1") | {"namn": "Familjecentralen Pärlan"}
    done = replaced(tables(arenor=[old]), tables(arenor=[arena("ny", "Nora") | {"namn": name} | cells]))
    told = [(one.code, one.row, one.details["other_row"]) for one in done.findings]
    assert told == [("near-duplicate", 3, "2")] * is_told


def test_a_delivery_without_anything_published_or_that_cannot_be_read_passes_through():
    done = replaced({}, tables(arenor=[arena("n1", "Nora")]))
    assert (held(done, "arenor", "arena_id"), list(done.tables)) == (["n1"], ["arenor"])
    broken = raw_table.raw_table(b"%PDF-1.7", TABLES["arenor"])
    done = replaced(PUBLISHED, {"arenor": broken})
    assert not done.tables["arenor"].is_readable
    assert len(done.tables["insatser"].frame) == 4


CODES = {"Nora": "1884", "Kumla": "1881", "18": "18"}
PLACED = st.tuples(st.sampled_from("abcdef"), st.sampled_from([*CODES]), st.sampled_from(["", "x", "ö"]))
ROWS = st.lists(PLACED, unique_by=lambda row: row[0])
LACKING = st.sets(st.sampled_from(["arena_id", "ort", "kommun", "arenatyp"]))


@given(ROWS, ROWS.filter(bool), LACKING, st.sampled_from([Way.ADD, Way.PART]))
def test_outside_what_is_replaced_nothing_changes(old, new, lacking, way):
    published = tables(arenor=[arena(key, place, ort=ort) for key, place, ort in old])
    rows = [arena(key, place, ort=ort) for key, place, ort in new]
    done = replaced(
        published, tables(arenor=[{k: v for k, v in row.items() if k not in lacking} for row in rows]), way
    )
    frame = done.tables["arenor"].frame
    touched = set() if way is Way.ADD or "kommun" in lacking else {place for _, place, _ in new}
    named = {key for key, _, _ in new} if "arena_id" not in lacking else None
    left = set(frame[["arena_id", "kommun", "ort"]].itertuples(index=False, name=None)) if old else set()
    for key, place, ort in old:
        stays = (
            key not in named and place not in touched
            if named is not None
            else place not in touched and (key, place) not in {(other, at) for other, at, _ in new}
        )
        assert not stays or (key, place, ort) in left
    assert frame.index.is_unique
