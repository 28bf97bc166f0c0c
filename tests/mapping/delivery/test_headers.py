"""Written headers are taken for columns of the contract, and sheets for its tables."""

import pytest

from mapping.contract.schema import TABLES
from mapping.delivery import headers
from mapping.delivery.headers import FLAT, columns_of, fingerprint, layout_of, matched, suggestions


@pytest.mark.parametrize("table", TABLES)
def test_the_contracts_own_names_are_always_known(table):
    own = columns_of(table)
    assert (matched(own, table), layout_of(own, ["Blad1"])) == (own, table)


def test_a_flat_sheet_may_have_the_columns_of_both_tables():
    own = columns_of(FLAT)
    assert matched(own, FLAT) == own
    assert layout_of(own, ["Blad1"]) == layout_of(own, ["arenor"]) == FLAT
    assert len(own) == len(set(own))
    both = {column.name for table in ("arenor", "insatser") for column in TABLES[table].columns}
    assert set(own) - {headers.INSATS} == both


@pytest.mark.parametrize(
    ("written", "layout", "column"),
    [
        ("Verksamhet", "arenor", "namn"), ("ARENA", "arenor", "namn"), ("Benämning", "arenor", "namn"),
        ("Arena", "insatser", "arena_id"), ("Typ", "arenor", "arenatyp"), ("Typ", "dialog", "typ"),
        ("Ålder (år)", "insatser", "alder"), ("Ålder från", "insatser", "alder_fran"),
        ("Latitud", "arenor", "lat"), ("Lat (WGS84)", "arenor", "lat"), ("N", "arenor", "nord"),
        ("X", "arenor", "ost"), ("SWEREF 99 TM, N", "arenor", "sweref_n"),
        ("Senast kontrollerad", "arenor", "kontrollerad_datum"), ("Hemsida", "arenor", "webbplats"),
        ("Nivå", FLAT, "preventionsniva"), ("Insatsens namn", FLAT, "insats"),
        ("Folkmängd", "befolkning", "antal"), ("År", "befolkning", "ar"), ("Något annat", "arenor", None),
    ],
)  # fmt: skip
def test_other_words_for_a_column_are_known(written, layout, column):
    assert matched([written], layout) == (column,)


def test_a_columns_own_name_goes_before_other_words_and_the_users_choice_before_all():
    assert matched(["Verksamhet", "namn"], "arenor") == (None, "namn")
    assert matched(["Ålder", "alder_fran"], "insatser") == (None, "alder_fran")
    assert matched(["namn", "Enhet"], "arenor", {"Enhet": "namn"}) == (None, "namn")
    assert matched(["namn", "Enhet"], "arenor", {"namn": ""}) == ("", "namn")
    assert matched(["namn"], "arenor", {"namn": "finns inte"}) == ("namn",)


@pytest.mark.parametrize(
    ("row", "name", "chosen", "layout"),
    [
        (["Vad", "När", "Var"], "Blad1", {}, None),
        (["Vad", "Typ"], "Blad1", {}, None),
        (["Vad", "Typ"], "Blad1", {"Vad": "namn"}, "arenor"),
        (["insats_id", "arena_id", "namn", "kommun"], "insatser", {}, "insatser"),
        (["arena_id", "insats", "kommun"], "Blad1", {}, "insatser"),
        (["namn", "arenatyp", "kommun"], "sorterade arenor", {}, "arenor"),
        (["kommun", "typ", "text"], "sorterade", {}, "dialog"),  # not "orter", a part of another word
        (["ort", "kommun", "lat"], "orter", {}, "orter"),
        (["Namn", "Kommun", "Lat", "Lon"], "orter", {}, "orter"),
        (["Namn", "Kommun", "Adress", "Lat", "Lon"], "förskolor per orter", {}, "arenor"),
        (["Förskola", "Ort", "Kommun", "Lat", "Lon"], "orter", {}, "arenor"),
        (["ort", "kommun", "lat", "lon", "anmärkning"], "orter", {}, "orter"),
        (["Enhet", "Kommun", "Adress", "År", "Ålder", "Antal"], "befolkning", {}, "arenor"),
        (["Kolumn", "Namn", "Vad det är"], "arenor", {}, None),
    ],
)
def test_a_sheet_is_known_by_its_headers_and_its_name(row, name, chosen, layout):
    assert layout_of(row, [name], chosen) == layout


@pytest.mark.parametrize(
    ("row", "layout", "lacking"),
    [
        ("Namn;Kommun;Adress;Latitud;Longitud", "arenor", ["arenatyp"]),
        ("Namn;Kommun;Latitud;Longitud", "arenor", ["arenatyp"]),
        ("Ort;Kommun;Lat;Lon;Anmärkning", "arenor", ["namn", "arenatyp"]),
        ("Namn;Kommun;Lat;Lon;Invånare", "orter", []),
        ("Vad;Typ;Kommun;Adress;Lat;Long", "arenor", ["namn"]),
        ("Skolenhet;Typ;Kommun;Adress;Lat;Long", "arenor", []),
        ("Skolenhet;Skolform;Adress;Postnr", "arenor", ["kommunkod"]),
        ("Typ;Ålder;Skolenhet;Kommun", "arenor", []),
        ("Enhet;Kommun;Ålder;År;Antal barn", "arenor", ["arenatyp"]),
        ("Kommun;Typ;Ålder;Kommentar", "arenor", ["namn"]),
        ("Kommun;Folkmängd;År;Ålder", "befolkning", []),
        ("Benämning;Ålder;Nivå;Målgrupp;Källa", "insatser", ["arena_id"]),
        ("Typ;Uppdrag;Grund", "uppdrag", []),
        ("Kommun;Fråga;Kommentar", "kommunlage", ["svar", "datum"]),
    ],
)
def test_tables_that_share_columns_with_arenas_are_not_guessed_from_those(row, layout, lacking):
    written = row.split(";")
    found = layout_of(written, ["register", "lista"])
    assert found == layout
    assert [*headers.missing(headers.found(written, found), found)] == lacking


def test_a_header_row_is_known_again_and_a_misspelt_one_gets_the_column_it_resembles():
    assert fingerprint(["a", "b"]) == fingerprint(["a", "b"])
    assert len({fingerprint(row) for row in (["a", "b"], ["b", "a"], ["ab"], ["a", "b", ""])}) == 4
    assert suggestions("kommunkåd", "arenor", [None, "namn"])[0] == "kommunkod"
    assert "namn" not in suggestions("nammn", "arenor", ["namn"])
    assert suggestions("qqqqqq", None, []) == ()


@pytest.mark.parametrize("layout", [*TABLES, FLAT])
def test_every_word_stands_for_a_column_that_the_sheet_may_have(layout):
    from mapping.delivery.headers import _names

    assert set(_names(layout).values()) <= {*columns_of(layout), *headers.COMPOUND}
    assert all(word == headers.header_words(word) for word in _names(layout))
