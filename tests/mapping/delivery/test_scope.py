"""A partial delivery replaces its part, and every other row stays as it was published."""

from hypothesis import given
from hypothesis import strategies as st

from mapping.contract.schema import TABLES
from mapping.delivery.scope import KEPT, Scope, replaced, suggested
from mapping.tables import raw_table
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


def test_a_municipality_s_arenas_replace_its_own_and_rows_about_others_are_left_out():
    delivered = tables(arenor=[arena("n1", "1884"), arena("n3", "Nora kommun")])
    done = replaced(PUBLISHED, delivered, nora("arenor"))
    assert held(done, "arenor", "arena_id") == ["h1", "lan", "n1", "n3"]
    (one,) = done.delivered
    assert (one.delivered, one.replaced, one.kept, one.left_out) == (2, 2, 2, 0)
    delivered = tables(arenor=[arena("n1", "Nora"), arena("k1", "Kumla"), arena("ny", "18")])
    done = replaced(PUBLISHED, delivered, nora("arenor"))
    assert (held(done, "arenor", "arena_id"), done.delivered[0].left_out) == (["h1", "lan", "n1"], 2)
    assert "2 arenor i leveransen rör annat än det som ersätts och används inte." in done.sentences


def nora(*names):
    return Scope.of(names, {"1884"})


def test_insatser_that_are_not_delivered_stay_and_delivered_ones_replace_those_there():
    done = replaced(PUBLISHED, tables(arenor=[arena("n1", "Nora")]), nora("arenor"))
    assert (held(done, "insatser", "insats_id"), done.orphans) == (["h1-a", "lan-a", "n1-a"], 1)
    assert done.sentences == (
        "Leveransen ersätter arenorna i Nora.",
        "2 arenor i en annan kommun och för länet som helhet står kvar.",
        "Alla kommunsvar, dialogpunkter och orter står kvar.",
        "1 insats tas bort, eftersom arenan inte finns kvar. Övriga insatser står kvar.",
    )
    done = replaced(PUBLISHED, tables(insatser=[offer("n1-b", "n1")]), nora("insatser"))
    assert held(done, "insatser", "insats_id") == ["h1-a", "lan-a", "n1-b"]
    assert (held(done, "arenor", "arena_id"), done.orphans) == (["h1", "lan", "n1", "n2"], 0)


def test_the_county_s_own_rows_are_replaced_only_when_they_are_in_the_scope():
    done = replaced(PUBLISHED, tables(kommunlage=[answer("18", "klar")]), Scope.of(["kommunlage"], {"18"}))
    assert held(done, "kommunlage", "svar") == ["klar", "klar", "pagar"]
    assert done.sentences[0] == "Leveransen ersätter kommunsvaren för länet som helhet."


def test_what_moves_here_is_taken_along_and_what_is_nowhere_taken_to_be_reported():
    delivered = tables(arenor=[arena("h1", "Nora")], insatser=[offer("h1-b", "h1")])
    done = replaced(PUBLISHED, delivered, nora("arenor", "insatser"))
    assert held(done, "arenor", "arena_id") == ["h1", "lan"]
    assert held(done, "insatser", "insats_id") == ["h1-b", "lan-a"]
    delivered = tables(arenor=[arena("n1", "Nora"), arena("x", "Atlantis")], insatser=[offer("x-a", "okand")])
    done = replaced(PUBLISHED, delivered, nora("arenor", "insatser"))
    assert "x" in held(done, "arenor", "arena_id")
    assert "x-a" in held(done, "insatser", "insats_id")


def test_rows_about_several_municipalities_or_none_are_replaced_only_as_a_whole():
    delivered = tables(dialog=[{"kommun": "Nora", "typ": "behov", "text": "nytt"}])
    assert held(replaced(PUBLISHED, delivered, nora("dialog")), "dialog", "text") == ["nytt", "två"]
    norr = Scope.of(["dialog"], {"1863", "1864", "1884", "1885"})
    assert held(replaced(PUBLISHED, delivered, norr), "dialog", "text") == ["nytt"]
    delivered = tables(orter=[{"ort": "Gyttorp", "kommunkod": "1884", "lat": "59,5", "lon": "15"}])
    done = replaced(PUBLISHED, delivered, Scope.of(["orter"], {"1884"}))
    assert (held(done, "orter", "ort"), done.sentences[0]) == (["Gyttorp"], "Leveransen ersätter alla orter.")


def test_each_row_tells_which_row_it_was_in_the_delivery_or_in_what_is_published():
    done = replaced(PUBLISHED, tables(arenor=[arena("n1", "Nora")]), nora("arenor"))
    table = done.tables["arenor"]
    origins = zip(table.frame["arena_id"], table.origins["sheet"], table.origins["row"], strict=True)
    assert [*origins] == [("h1", KEPT, 4), ("lan", KEPT, 5), ("n1", 0, 2)]
    assert table.frame.index.tolist() == [2, 3, 4]
    assert done.tables["dialog"] is PUBLISHED["dialog"]


def test_columns_of_either_side_are_kept_and_ids_are_made_where_there_are_none():
    done = replaced(PUBLISHED, tables(arenor=[arena("n1", "Nora", egen="x")]), nora("arenor"))
    frame = done.tables["arenor"].frame.set_index("arena_id")
    assert (frame.loc["n1", "egen"], frame.loc["h1", "egen"]) == ("x", "")
    row = {"namn": "Ny", "arenatyp": "bvc", "kommun": "Nora"}
    done = replaced(PUBLISHED, tables(arenor=[row]), nora("arenor"))
    assert held(done, "arenor", "arena_id") == ["h1", "lan", "nora-ny"]
    assert [finding.code for finding in done.tables["arenor"].findings] == ["id-made"]


def test_a_delivery_without_anything_published_or_that_cannot_be_read_passes_through():
    done = replaced({}, tables(arenor=[arena("n1", "Nora")]), Scope.of(["arenor"]))
    assert (held(done, "arenor", "arena_id"), list(done.tables)) == (["n1"], ["arenor"])
    broken = raw_table.raw_table(b"%PDF-1.7", TABLES["arenor"])
    done = replaced(PUBLISHED, {"arenor": broken}, suggested(PUBLISHED, {"arenor": broken}))
    assert not done.tables["arenor"].is_readable
    assert len(done.tables["insatser"].frame) == 4


def test_a_delivery_that_names_fewer_municipalities_is_suggested_as_a_part():
    delivered = tables(
        arenor=[arena("n1", "Nora")],
        kommunlage=[answer("1884", "klar"), answer("1863", "klar"), answer("18", "klar")],
        orter=[{"ort": "Nora", "kommunkod": "1884", "lat": "59,5", "lon": "15"}],
    )
    scope = suggested(PUBLISHED, delivered)
    assert scope.areas == {"arenor": frozenset({"1884"}), "kommunlage": None, "orter": None}
    assert (scope.tables, scope.kommuner) == ({"arenor", "kommunlage", "orter"}, {"1884"})


PLACED = st.tuples(st.sampled_from("abcdef"), st.sampled_from(["Nora", "Kumla", "18"]))
ROWS = st.lists(PLACED, unique_by=lambda row: row[0])


@given(ROWS, ROWS.filter(bool), st.sets(st.sampled_from(["1884", "1881", "18"])))
def test_outside_the_scope_nothing_changes(old, new, kommuner):
    codes = {"Nora": "1884", "Kumla": "1881", "18": "18"}
    published = tables(arenor=[arena(key, place, ort="gammal") for key, place in old])
    delivered = tables(arenor=[arena(key, place, ort="ny") for key, place in new])
    frame = replaced(published, delivered, Scope.of(["arenor"], kommuner)).tables["arenor"].frame
    found = {(row.arena_id, row.kommun, row.ort) for row in frame.itertuples()}
    taken = {(key, place, "ny") for key, place in new if codes[place] in kommuner}
    moved = {key for key, _, _ in taken}
    stays = {(key, at, "gammal") for key, at in old if codes[at] not in kommuner and key not in moved}
    assert found == taken | stays
    assert frame["arena_id"].is_unique
    assert frame.index.is_unique
