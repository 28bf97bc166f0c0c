"""What a delivery would publish: the part it replaces, together with everything that stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose, publish
from mapping.delivery.protection import upheld
from mapping.delivery.scope import Way, replaced
from mapping.errors import NothingChangedError, UnconfirmedError
from mapping.store.store import Store
from mapping.swedish import folded
from mapping.tables import canonical_csv
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import arenas_in, raw, written
from tests.mapping.stores import EDITOR

PUBLISHED = {"arenor.csv": written(ARENAS), "insatser.csv": written(OFFERS)}


def proposed(rows, way=Way.ADD, published=PUBLISHED, name="arenor.csv"):
    before = Published(1, published, from_contents(published, today=DAY))
    delivery = deliver([SourceFile(name, written(rows, delimiter=";"))])
    return propose(delivery, before, way=way, today=DAY)


def test_one_municipality_s_file_leaves_the_rest_of_the_county_as_it_was():
    rows = arenas_in("1884")
    rows[0]["namn"] = "Familjecentralen Björken"
    done = proposed(rows)
    assert not done.checked.stops
    assert len(done.checked.dataset.arenor) == len(ARENAS)
    assert [row.key for row in done.changes.tables["arenor"].rows] == ["nora-fc"]
    assert done.checked.contents["insatser.csv"] == PUBLISHED["insatser.csv"]


def test_a_finding_in_a_delivered_row_names_the_row_of_the_file_beside_rows_that_stay():
    rows = arenas_in("1884")
    rows[1]["postnummer"] = "713"
    (found,) = proposed(rows).warnings
    assert (found.code, found.file, found.row) == ("bad-postcode", "arenor.csv", 3)


def test_what_is_published_already_is_not_published_again_however_it_is_written():
    done = proposed(arenas_in("1884"))
    assert done.checked.contents["insatser.csv"] == PUBLISHED["insatser.csv"]
    whole = proposed(ARENAS)
    assert whole.checked.contents == PUBLISHED
    with pytest.raises(NothingChangedError):
        publish(whole, _no_store(), actor=EDITOR, comment="Samma", accepts_warnings=True)


UNENDED = re.compile(r"\s[.,;:?!)]|\s\s|\(\)|[,:;]\.|””|\b(?:och|eller|av|för|till exempel)\.|[{}]|\bNone\b")
ROW = {"arena_id": "nora-ny", "namn": "Ny", "arenatyp": "bvc", "kommun": "Nora"}
ANSWER = {"kommun": "Nora", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-01-01"}


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("arenor.csv", [ROW]), ("arenor.csv", [ROW | {"kommun": ""}]),
        ("arenor.csv", [ROW | {"kommun": "Solna"}]),
        ("arenor.csv", [ROW | {"kommun": "18"}, ROW | {"kommun": "", "arena_id": "b"}]),
        ("arenor.csv", [{"namn": "Ny", "arenatyp": "bvc"}]),
        ("insatser.csv", [{"insats_id": "i", "arena_id": "", "namn": "G", "sprak": "x", "alder_fran": "x"}]),
        ("kommunlage.csv", [ANSWER | {"kommun": ""}]), ("kommunlage.csv", [ANSWER, ANSWER | {"svar": "x"}]),
        ("dialog.csv", [{"kommun": "", "typ": "behov", "text": "x"}]),
        ("orter.csv", [{"ort": "X", "kommunkod": "", "lat": "59", "lon": "15"}]),
    ],
)  # fmt: skip
def test_every_sentence_about_a_delivery_has_its_end(name, rows, way):
    done = proposed(rows, way, name=name)
    said = [*done.outcome.sentences, *(finding.message for finding in done.checked.findings)]
    said += [done.changes.sentence] if done.changes else []
    assert [
        sentence for sentence in said if not sentence.endswith((".", "?")) or UNENDED.search(sentence)
    ] == []
    assert said


def test_what_goes_is_published_only_with_its_words_and_each_way_tells_it():
    done = proposed(ARENAS[4:], Way.WHOLE)
    assert done.words_to_confirm == "4 arenor och 5 insatser tas bort"
    assert done.ways == {Way.ADD: "", Way.PART: "", Way.WHOLE: done.words_to_confirm}
    with pytest.raises(UnconfirmedError, match="4 arenor och 5 insatser"):
        publish(done, _no_store(), actor=EDITOR, comment="Färre", accepts_warnings=True)


def test_one_arena_alone_in_its_municipality_replaces_all_of_them_with_what_they_offer():
    kumla = [row for row in ARENAS if row["kommunkod"] == "1881"]
    done = proposed([{"namn": "Kumla nya BVC", "arenatyp": "bvc", "kommun": "Kumla"}], Way.PART)
    lost = {loss.table: (loss.lost, loss.published) for loss in done.checked.losses}
    whole = proposed([{"namn": "Kumla nya BVC", "arenatyp": "bvc", "kommun": "Kumla"}], Way.WHOLE)
    assert done.ways == whole.ways
    assert [*done.ways.values()] == ["", done.words_to_confirm, whole.words_to_confirm]
    offers = [row for row in OFFERS if row["arena_id"] in {arena["arena_id"] for arena in kumla}]
    assert lost == {"arenor": (2, 2), "insatser": (len(offers), len(offers))}
    assert "2 av 2 publicerade arenor i Kumla tas bort." in {f.message[:43] for f in done.warnings}


MANY = [
    {
        "arena_id": f"a{n}", "namn": f"Eken {n}", "arenatyp": "bvc", "kommunkod": "1880",
        "adress": f"Gatan {n}", "lat": "59.27", "lon": "15.2",
    }
    for n in range(46)
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "emptied"),
    [
        ({"adress": None, "lat": None, "lon": None}, {}),
        ({"adress": "", "lat": "", "lon": ""}, {"adress": "46", "lat": "46", "lon": "46"}),
        ({"arena_id": None, "adress": ""}, {"adress": "46"}), ({"arena_id": None, "adress": None}, {}),
        ({"kommunkod": None, "kommun": "Örebro", "lat": None, "lon": None, "adress": " "}, {"adress": "46"}),
    ],
)  # fmt: skip
def test_cells_that_a_file_empties_are_counted_and_columns_that_it_lacks_stay(change, emptied):
    rows = [{k: v for k, v in {**row, **change}.items() if v is not None} for row in MANY]
    done = proposed(rows, published={"arenor.csv": written(MANY)})
    assert {f.column: f.value for f in done.warnings if f.code == "cells-emptied"} == emptied
    assert done.is_new is bool(emptied)
    few = proposed([*rows[:3], *MANY[3:]], published={"arenor.csv": written(MANY)})
    assert not [f for f in few.warnings if f.code == "cells-emptied"]


TEXTS = st.sampled_from(["", "Åsen", "Asen", "Gatan 1", "'x", '"q", z', "full | x"])
NAMED = st.fixed_dictionaries(
    {"arena_id": st.sampled_from("abcd"), "namn": st.sampled_from(["Eken", "Åsen", "Asen", "Boken"])}
    | {"arenatyp": st.just("bvc"), "kommun": st.sampled_from(["Nora", "Kumla"])}
    | {"huvudman": TEXTS, "adress": TEXTS, "anmarkning": TEXTS}
)  # fmt: skip


@given(
    st.lists(NAMED, min_size=1, max_size=4, unique_by=lambda row: row["arena_id"]),
    st.lists(NAMED, min_size=1, max_size=3),
    st.sets(st.sampled_from(["arena_id", "huvudman", "adress", "anmarkning"])),
)
def test_adding_leaves_every_row_that_the_file_does_not_name_as_it_is_byte_for_byte(old, new, lacking):
    before = {"arenor": raw("arenor", old), "insatser": raw("insatser", OFFERS)}
    rows = [{name: cell for name, cell in row.items() if name not in lacking} for row in new]
    delivered = deliver([SourceFile("arenor.csv", written(rows))]).tables
    done = upheld(replaced(before, delivered).tables, Published(1, {}, None).protection).tables
    lines = canonical_csv.written(before["arenor"]).splitlines()
    after = canonical_csv.written(done["arenor"]).splitlines()
    folds = {(folded(row["namn"]), row["kommun"]) for row in new}
    named = set() if "arena_id" in lacking else {row["arena_id"] for row in new}
    assert after[0] == lines[0]
    for row, line in zip(old, lines[1:], strict=True):
        if row["arena_id"] not in named and (folded(row["namn"]), row["kommun"]) not in folds:
            assert line in after
    assert {row["arena_id"] for row in old} <= {*done["arenor"].frame["arena_id"]}
    assert canonical_csv.written(done["insatser"]) == canonical_csv.written(before["insatser"])


def _no_store():
    """Stand in for a store that is never reached."""
    return Store.__new__(Store)


def test_an_earlier_versions_typvarden_stay_byte_for_byte_until_somebody_delivers_uppdrag():
    former = {**PUBLISHED, "typvarden.csv": b"arenatyp,alder_fran,alder_till\nbvc,0,5\n"}
    published = Published(1, former, from_contents(former, today=DAY))
    rows = arenas_in("1884")
    rows[0]["namn"] = "Familjecentralen Björken"
    done = propose(deliver([SourceFile("arenor.csv", written(rows))]), published, today=DAY)
    assert done.checked.contents["typvarden.csv"] == former["typvarden.csv"]
    assert "uppdrag.csv" not in done.checked.contents
    assert done.checked.dataset.uppdrag["grund"].tolist() == ["vanligt"]
    law = b"uppdrag_id,galler,namn,grund\nsamtal,kommun,Samarbetssamtal,lag\n"
    done = propose(deliver([SourceFile("uppdrag.csv", law)]), published, way=Way.WHOLE, today=DAY)
    assert "typvarden.csv" not in done.checked.contents
    assert done.checked.dataset.uppdrag["grund"].tolist() == ["lag"]
