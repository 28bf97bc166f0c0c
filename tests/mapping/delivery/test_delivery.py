"""What an analyst hands in is read as tables of the contract, and every finding names file and row."""

import datetime as dt

import pytest

from mapping.contract.findings import Severity
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.delivery.check import check
from mapping.delivery.delivery import SourceFile, deliver
from tests.deliveries import workbook, written
from tests.registers import PER_MUNICIPALITY, REGISTERS

DAY = dt.date(2026, 11, 21)
ARENA = {"arena_id": "nora-eken", "namn": "Eken", "arenatyp": "bvc", "kommun": "Nora"}
OFFER = {"insats_id": "1", "arena_id": "nora-eken", "namn": "Grupp"}


def read(name, text, encoding="utf-8", **chosen):
    return deliver([SourceFile(name, text.encode(encoding))], columns=chosen)


def records(delivery, table):
    return delivery.tables[table].frame.to_dict("records")


def codes(delivery):
    return [finding.code for finding in delivery.findings]


def places(findings):
    return [(f.file, f.sheet, f.row, f.code) for f in findings]


def test_a_file_in_the_contracts_own_form_or_with_other_words_for_columns_is_read():
    delivery = read("arenor.csv", written([ARENA]).decode())
    assert (records(delivery, "arenor"), delivery.findings) == ([ARENA], ())
    assert delivery.sources[0].tables == ("arenor",)
    delivery = read("x.csv", "Verksamhet;Typ;Kommun;Hemsida\nEken;bvc;Nora;https://nora.se\n")
    assert {"namn", "arenatyp", "kommun", "webbplats"} <= set(delivery.tables["arenor"].frame)
    told = [(f.value, f.column) for f in delivery.findings if f.code == "column-matched"]
    assert told == [("Verksamhet", "namn"), ("Typ", "arenatyp"), ("Hemsida", "webbplats")]


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("underlag.csv", "namn,arenatyp,kommun", "arenor"),
        ("underlag.csv", "insats_id,arena_id,namn,metod", "insatser"),
        ("underlag.csv", "kommunkod,fraga,svar,datum", "kommunlage"),
        ("underlag.csv", "kommun,typ,text,tolkning", "dialog"),
        ("underlag.csv", "kommunkod,ar,alder_fran,alder_till,antal", "befolkning"),
        ("underlag.csv", "ort,kommunkod,lat,lon,palitlig", "orter"),
        ("typvarden.csv", "arenatyp,alder_fran,alder_till", "uppdrag"),
        ("Nora arenor 2026.csv", "namn,kommun", "arenor"),
        ("insatser.csv", "arena_id,namn,kommun,insats_id", "insatser"),
    ],
)
def test_which_table_a_file_is_shows_in_its_name_or_its_columns(name, header, table):
    assert [*read(name, f"{header}\n" + ",".join("x" * (header.count(",") + 1))).tables] == [table]


NAMED, FULL = "Namn;Kommun;Adress\n", "Namn;Kommun;Adress;Typ\n"
FORTY = "".join(f"Förskolan {number};Nora;Gatan {number}\n" for number in range(40))


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        ({"forskolor.csv": NAMED + FORTY}, [("forskolor.csv", 1, "arenatyp")]),
        ({"a.csv": NAMED + FORTY, "b.csv": f"{FULL}Eken;Nora;Gatan;bvc\n"}, [("a.csv", 1, "arenatyp")]),
        ({"a.csv": f"Förskolor\n\n{NAMED}{FORTY}"}, [("a.csv", 3, "arenatyp")]),
        (
            {"a.csv": "Typ;Kommun;Adress\n" + "bvc;Nora;G\n" * 40, "b.csv": f"{FULL}Eken;Nora;G;bvc\n"},
            [("a.csv", 1, "namn")],
        ),
        (
            {"a.csv": f"Namn;Typ\n{'Eken;bvc' * 40}", "b.csv": f"{FULL}E;Nora;G;bvc\n"},
            [("a.csv", 1, "kommunkod")],
        ),
        ({"a.csv": NAMED + ";;\n" + FORTY}, [("a.csv", 1, "arenatyp")]),
        (
            {"a.csv": "Namn;Typ;Kommun;Nivå;Målgrupp\n" + "Eken;bvc;Nora;universell;alla\n" * 40},
            [("a.csv", 1, "insats")],
        ),
        ({"a.csv": "Kommun;Fråga;Datum\n" + "Nora;kartlaggning;2026\n" * 40}, [("a.csv", 1, "svar")]),
        ({"a.csv": "arena_id;metod\n" + "eken;ABC\n" * 40}, [("a.csv", 1, "namn")]),
    ],
)
def test_a_column_that_is_missing_is_told_once_with_what_the_file_looks_like(files, missing):
    delivery = deliver([SourceFile(name, text.encode()) for name, text in files.items()])
    places = check(delivery, today=DAY).places
    found = [f for f in places if f.code == "missing-column"]
    assert [(f.file, f.row, f.column) for f in found] == missing
    assert "Filens kolumner liknar dem i" in found[0].message
    assert not [f for f in places if f.code == "required-cell-empty"]


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_read_as_arenas_without_any_stop(name):
    make, kind = REGISTERS[name]
    file = SourceFile(name, make())
    (sheet,) = [one for one in deliver([file]).sheets if one.frames]
    delivery = deliver([file], given={sheet.key: {"arenatyp": kind}} if kind else None)
    found = check(delivery, today=DAY)
    assert [f for f in found.findings if f.severity is Severity.STOP] == []
    assert len(found.dataset.arenor) == PER_MUNICIPALITY * len(MUNICIPALITIES)
    assert found.dataset.arenor[["kommunkod", "adress", "postnummer", "ort"]].notna().all(axis=None)


@pytest.mark.parametrize(
    ("text", "given", "cells"),
    [
        ("Namn;Kommun\nEken;Nora\n", {"arenatyp": "forskola"}, ("forskola", "Nora")),
        ("Förskolor\n\nNamn\tKommun\nEken\tNora\n", {"arenatyp": "forskola"}, ("forskola", "Nora")),
        ("Namn;Typ\nEken;bvc\n", {"kommun": "Nora"}, ("bvc", "Nora")),
        ("Namn;Adress\nEken;Gatan 1\n", {"arenatyp": "bvc", "kommun": "Nora"}, ("bvc", "Nora")),
        ("Namn;Kommun;Typ\nEken;Nora;bvc\n", {"arenatyp": "forskola"}, ("bvc", "Nora")),
        ("Namn;Kommun;Insats\nEken;Nora;Grupp\n", {"arenatyp": "bvc"}, ("bvc", "Nora")),
    ],
)
def test_what_every_row_has_may_be_given_for_a_file_that_lacks_the_column(text, given, cells):
    file, other = (
        SourceFile("a.csv", text.encode()),
        SourceFile("b.csv", b"namn,arenatyp,kommun\nAsken,bmm,Kumla\n"),
    )
    delivery = deliver([file, other], given={deliver([file]).sheets[0].key: given})
    rows = [(row["arenatyp"], row["kommun"]) for row in records(delivery, "arenor")]
    assert rows == [cells, ("bmm", "Kumla")]
    told = [f.column for f in delivery.findings if f.code == "column-given"]
    assert told == ([] if "Typ" in text and "arenatyp" in given else [*given])


@pytest.mark.parametrize(
    ("rows", "read", "told", "stops"),
    [
        ("Alm;Förskoleklass;Örebro;Almbyg 1\nAlm;Grundskola;Örebro;Almbyg 1", 1, ["1 rad"], []),
        ("Alm;skola;Örebro;Almbyg 1\n" * 4, 1, ["3 rader"], []),
        ("Alm;skola;Örebro;Almbyg 1\nAlm;Skola;Örebro kommun;Almbyg 1", 1, ["1 rad"], []),
        ("Alm;skola;Örebro;Almbyg 1\nAlm;skola;Örebro;Almbyg 3", 2, [], ["made-id-repeated"]),
        ("Alm;skola;Örebro;Almbyg 1\nAlm;forskola;Örebro;Almbyg 1", 2, [], ["made-id-repeated"]),
        ("Alm;skola;Örebro;Almbyg 1\nAlm;skola;Nora;Almbyg 1", 2, [], []),
    ],
)
def test_rows_that_say_the_same_of_an_arena_are_one_where_no_id_tells_them_apart(rows, read, told, stops):
    lines = ["Skolenhet;Skolform;Kommun;Adress", *rows.splitlines()]
    delivery = deliver([SourceFile("skolor.csv", "\n".join(lines).encode())])
    found = check(delivery, today=DAY).findings
    assert len(delivery.tables["arenor"].frame) == read
    assert [f.details["rows_again"] for f in found if f.code == "rows-repeated"] == told
    assert [f.code for f in found if f.severity is Severity.STOP] == stops
    lines = [f"{line};{'a' if number else 'arena_id'}" for number, line in enumerate(lines)]
    delivery = deliver([SourceFile("skolor.csv", "\n".join(lines).encode())])
    assert len(delivery.tables["arenor"].frame) == len(lines) - 1
    assert "duplicate-id" in [f.code for f in check(delivery, today=DAY).findings]


def test_what_is_given_for_one_sheet_is_not_given_for_the_next():
    sheets = {town: [["Namn", "Typ", "Adress"], ["Eken", "bvc", "Gatan 1"]] for town in ("Nora", "Kumla")}
    file = SourceFile("arenor.xlsx", workbook(sheets))
    given = {sheet.key: {"kommun": sheet.sheet} for sheet in deliver([file]).sheets}
    assert [row["kommun"] for row in records(deliver([file], given=given), "arenor")] == ["Nora", "Kumla"]


SHEETS = {"arenor": [["namn", "arenatyp", "kommun"], ["Eken", "bvc", "Nora"]]}


@pytest.mark.parametrize(
    ("sheets", "skipped"),
    [
        ({"Pivot": [["Radetiketter", "Antal av namn"], ["Nora", 1]]}, "bladet Pivot"),
        ({"Blad2": [["Typ", "Kommun", "Antal"], ["bvc", "Nora", 1]]}, "bladet Blad2"),
        ({"Blad2": [["Kommun", "Familjecentral", "Totalsumma"], ["Nora", 1, 1]]}, "bladet Blad2"),
        (
            {"Läs mig": [["Så här gör du", "Namn"], ["1", "x"]], "Blad 2": [["Ort", "Antal"], ["Nora", 1]]},
            "bladen Läs mig och Blad 2",
        ),
        ({"Så fyller du i": [["Kolumn", "Namn"], ["lat", "Latitud"], ["typ", "Typ"]]}, None),
        ({"Exempel": [["namn", "arenatyp", "kommun"], ["Eken", "forskola", "Nora"]]}, "bladet Exempel"),
        ({"Tomt": []}, None),
    ],
)  # fmt: skip
def test_sheets_that_explain_or_count_are_skipped_and_told_once(sheets, skipped):
    for book in ({**SHEETS, **sheets}, {**sheets, **SHEETS}):
        delivery = deliver([SourceFile("mall-arenor.xlsx", workbook(book))])
        assert [*delivery.tables] == ["arenor"]
        told = [f.details["which"] for f in delivery.findings if f.code == "sheet-skipped"]
        assert told == ([skipped] if skipped else [])
        assert not [f for f in delivery.findings if f.severity is Severity.STOP]


def test_title_lines_and_footers_are_left_out_and_rows_keep_their_numbers():
    text = (
        "Verksamheter i Nora\n\nSammanställt av kommunen, 2026\n"
        "namn,arenatyp,kommun\nEken,bvc,Nora\n\nAsken,bvc,Nora\nSumma,2,\n\nKälla: kommunen\n"
    )
    delivery = read("arenor.csv", text)
    table = delivery.tables["arenor"]
    assert [delivery.origin(table, row).row for row in table.frame.index] == [5, 7]
    assert places(delivery.findings) == [
        ("arenor.csv", None, 4, "header-row-recognised"),
        ("arenor.csv", None, 8, "footer-skipped"),
        ("arenor.csv", None, 4, "id-made"),
    ]


@pytest.mark.parametrize(
    ("below", "footer"),
    [
        (["", *["Anteckning"] * 28], 28),
        (["", "Källa: kommunen", "Uppgifterna avser 2025", "", "Anna", ""], 3),
        (["Källa: kommunen", "Skolverket"], 2),
        (["", "Not " * 5_000, "Not"], 2),
        (["Uppgifterna avser läsåret 2025/26.", "Rättad"], 2),
        (["", "1);Med öppen förskola", "..;Uppgift saknas", "*;Planerad"], 3),
        (["Summa;;41", "", "Not"], 2),
        ([";;;Not: läget är ungefärligt"], 1),
        (["Ensam förskola"], 0),
        (["", "Ensam förskola;bvc"], 0),
        (["Källa: kommunen", "Eken;bvc;Nora;0"], 0),
    ],
)
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_notes_under_a_table_are_a_footer_that_is_told_once(below, footer, delimiter):
    lines = ["namn;arenatyp;kommun;anmarkning", *(f"Eken {n};bvc;Nora;0" for n in "abc"), *below]
    delivery = read("arenor.csv", "\n".join(lines).replace(";", delimiter))
    told = [f for f in delivery.findings if f.code == "footer-skipped"]
    assert len(told) == bool(footer)
    assert len(delivery.tables["arenor"].frame) == len(list(filter(None, lines))) - 1 - footer
    if footer > 1:
        assert told[0].message.startswith(f"{footer} rader, från och med ”")
        assert len(told[0].message) < 300


def test_personal_data_is_found_in_what_is_not_read_too():
    text = "Kontakt: anna.berg@nora.se\n\nnamn,arenatyp,kommun\nEken,bvc,Nora\n\nKontakt: 070-123 45 67\n"
    found = [f for f in read("arenor.csv", text).findings if f.code == "personal-data"]
    assert [f.row for f in found] == [1, 6]
    assert "anna.berg" not in repr(found)


def test_what_the_user_chose_for_a_header_row_wins_the_next_time():
    text = "Vad;Slag;Plats;Typ\nEken;bvc;Nora;x\n"
    first = read("x.csv", text)
    assert "unrecognised-table" in codes(first)
    mark = first.headers[0].fingerprint
    choice = {"Vad": "namn", "Slag": "arenatyp", "Plats": "kommun", "Typ": ""}
    second = read("y.csv", text, **{mark: choice})
    cells = {"namn": "Eken", "arenatyp": "bvc", "kommun": "Nora"}
    assert cells.items() <= records(second, "arenor")[0].items()
    assert second.headers[0].taken == choice
    assert "Typ" not in second.tables["arenor"].frame


def test_a_flat_file_is_split_into_arenas_and_what_they_offer():
    text = (
        "Verksamhet;Typ;Kommun;Insats;Ålder;Nivå;Källa;Kontrollerad\n"
        "Eken;FC;Nora;Öppen förskola;0–6 år;universell;Webben;2024\n"
        "Eken;familjecentral;Nora;Föräldragrupp;0–1;selektiv;Rapport;2025-03\n"
        "Asken;BVC;Nora;;;;Webben;\n"
    )
    delivery = read("underlag.csv", text)
    arenor, insatser = records(delivery, "arenor"), records(delivery, "insatser")
    assert [row["arena_id"] for row in arenor] == ["nora-eken", "nora-asken"]
    assert (arenor[0]["kalla"], arenor[0]["kontrollerad_datum"]) == ("Webben | Rapport", "2025-03")
    assert [(row["arena_id"], row["namn"], row["alder_fran"], row["alder_till"]) for row in insatser] == [
        ("nora-eken", "Öppen förskola", "0", "6"),
        ("nora-eken", "Föräldragrupp", "0", "1"),
    ]
    assert "arena-cells-disagree" not in codes(delivery)


def test_arena_cells_that_disagree_in_a_flat_file_are_told_where_they_stand():
    text = (
        "namn,arenatyp,kommun,ort,insats\nEken,bvc,Nora,Nora,A\nEken,bvc,Nora,,B\nEken,bmm,Nora,Gyttorp,C\n"
    )
    found = [f for f in read("x.csv", text).findings if f.code == "arena-cells-disagree"]
    assert [(f.row, f.column, f.value, f.details["other_row"]) for f in found] == [
        (4, "arenatyp", "bmm", "2"),
        (4, "ort", "Gyttorp", "2"),
    ]


def test_the_same_table_in_two_files_is_put_together_and_the_same_file_twice_read_once():
    delivery = deliver(
        [
            SourceFile("nora arenor.csv", written([ARENA])),
            SourceFile("kumla arenor.csv", written([{**ARENA, "arena_id": "b", "ort": "Kumla"}])),
        ]
    )
    frame = delivery.tables["arenor"].frame
    origins = [delivery.origin(delivery.tables["arenor"], row) for row in frame.index]
    told = [(origin.file, origin.row) for origin in origins]
    assert told == [("nora arenor.csv", 2), ("kumla arenor.csv", 2)]
    assert frame["ort"].tolist() == ["", "Kumla"]
    data = written([ARENA])
    delivery = deliver([SourceFile("arenor.csv", data), SourceFile("arenor (1).csv", data)])
    assert len(delivery.tables["arenor"].frame) == 1
    assert places(delivery.findings) == [("arenor (1).csv", None, None, "same-file-twice")]


def test_an_arenor_without_rows_and_a_delivery_without_tables_stop():
    assert codes(read("arenor.csv", "namn,arenatyp,kommun\n")) == ["no-rows", "id-made", "no-arenas"]
    assert codes(deliver([])) == ["no-tables"]


SCB = """"Folkmängden efter region, ålder och kön. År 2022 - 2023"

"region","ålder","kön","2022","2023"
"00 Riket","0 år","män","50000","50001"
"18 Örebro län","0 år","män","1500","1501"
"18 Örebro län","0 år","kvinnor","1400","1401"
"1884 Nora","0 år","män","50","51"
"1884 Nora","0 år","kvinnor","40",".."
"1884 Nora","100+ år","kvinnor","1","2"
"1884 Nora","totalt ålder","kvinnor","1","2"
"""


def test_an_export_from_the_statistics_database_becomes_rows_of_population():
    delivery = read("BE0101N1.csv", SCB, "cp1252")
    rows = [tuple(row.values())[:5] for row in records(delivery, "befolkning")]
    assert rows == [
        ("18", "2022", "0", "0", "2900"), ("18", "2023", "0", "0", "2902"),
        ("1884", "2022", "0", "0", "90"), ("1884", "2023", "0", "0", "51"),
        ("1884", "2022", "100", "120", "1"), ("1884", "2023", "100", "120", "2"),
    ]  # fmt: skip
    table = delivery.tables["befolkning"]
    assert table.frame.index.is_unique
    assert delivery.origin(table, table.frame.index[1]).row == 5


def hiding(part, *names):
    def change(book):
        for name in names:
            dimensions = getattr(book["arenor"], f"{part}_dimensions")
            dimensions[name].hidden = True

    return change


def hidden_sheet(state):
    def change(book):
        book["Gamla"].sheet_state = state

    return change


MANY = {"arenor": [SHEETS["arenor"][0], *[[f"Eken {n}", "bvc", "Nora"] for n in range(20)]]}
OLD = {**MANY, "Gamla": [["namn", "arenatyp", "kommun"], ["Asken", "bvc", "Nora"]]}


@pytest.mark.parametrize(
    ("sheets", "change", "told"),
    [
        (MANY, None, []),
        (MANY, hiding("row", 3, 5, 6, 7, 8), ["5 dolda rader (3, 5, 6, 7, 8) har lästs."]),
        (MANY, hiding("row", 2), ["1 dold rad (2) har lästs."]),
        (MANY, hiding("row", *range(2, 22)),
         ["20 dolda rader (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …) har lästs."]),
        (MANY, hiding("row", 40), []),
        (MANY, hiding("column", "B"), ["1 dold kolumn (B) har lästs."]),
        (MANY, hiding("column", "E", "F"), []),
        (OLD, hidden_sheet("hidden"), ["Det som är dolt i arbetsboken har inte lästs: bladet Gamla."]),
        (OLD, hidden_sheet("veryHidden"), ["Det som är dolt i arbetsboken har inte lästs: bladet Gamla."]),
    ],
)  # fmt: skip
def test_what_is_hidden_in_a_workbook_is_told(sheets, change, told):
    delivery = deliver([SourceFile("x.xlsx", workbook(sheets, change))])
    found = [finding.fault for finding in delivery.findings if finding.code.startswith("hidden")]
    assert (found, len(delivery.tables["arenor"].frame)) == (told, 20)


KINDS = {
    "GeoJSON": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}',
    "JSON": '[{"namn": "Eken", "arenatyp": "bvc", "kommun": "Nora"}]',
    "PX": 'CHARSET="ANSI";\nAXIS-VERSION="2013";\nDATA=\n1 2;',
    "webbsida": "<html><body><table><tr><td>namn</td><td>arenatyp</td></tr></table></body></html>",
    "webbsida (HTML)": "<!DOCTYPE html>\n<html lang='sv'><p>namn, arenatyp, kommun</p></html>",
    "XML": '<?xml version="1.0"?>\n<arenor><arena namn="Eken" kommun="Nora"/></arenor>',
    "KML": '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark/></kml>',
    "sparat som XML": '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "GeoPackage": "SQLite format 3\0x",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["arenor.csv", "x.json", "mall-arenor.xls"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_another_kind_of_file_gets_one_sentence_that_names_it(kind, name, encoding):
    if kind == "GeoPackage" and encoding != "utf-8":
        encoding = "ascii"
    (found,) = read(name, KINDS[kind], encoding).findings
    assert found.code == "not-a-table"
    assert kind in found.message


@pytest.mark.parametrize(
    "text",
    ["[id];namn;arenatyp;kommun", "{id},namn,arenatyp,kommun", "<id>;namn;arenatyp;kommun", "title;namn;typ"],
)
def test_odd_headers_are_no_other_kind_of_file(text):
    assert "not-a-table" not in codes(read("arenor.csv", f"{text}\n"))
