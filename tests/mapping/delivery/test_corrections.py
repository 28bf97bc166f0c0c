"""What is to be corrected goes back as a list, and in the person's own file."""

import csv
import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from mapping.contract.findings import CORRECTIONS_COLUMN, Finding, Severity, merged
from mapping.contract.schema import ARENOR
from mapping.delivery import corrections
from mapping.delivery.check import check
from mapping.delivery.corrections import corrected, list_as_csv, listed_rows, needs_correction
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.headers import fingerprint
from mapping.errors import CorrectionsError
from mapping.tables import raw_table, typed_table
from mapping.tables.canonical_csv import written
from tests.bad_files import packed

TODAY = dt.date(2026, 11, 21)
HEADER = "arena_id;namn;arenatyp;kommunkod;anmarkning"
FILE = f'{HEADER}\r\na;Eken;bvc;1884;"Två\nrader; ”så”"\r\nb;;lekplats;1884\r\nc;Åsen;bvc;1884;\r\n'
NUMBER = "811218-9876"


def found_in(data):
    return typed_table.typed_table(raw_table.raw_table(data, ARENOR), today=TODAY).findings


def given_back(name, data, findings):
    file = SourceFile(name, data)
    return corrected(file, deliver([file]), findings)


def records(data, encoding="utf-8-sig", delimiter=";"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def test_the_list_says_where_and_what_and_what_to_write_instead():
    postcode = Finding("bad-postcode", "arenor", 3, "postnummer", "7133", file="Nora.xlsx")
    findings = [postcode, replace(postcode, row=9)]
    assert listed_rows(merged(findings)).to_dict("records") == [
        {
            "Allvarlighet": "Bör ses över", "Fil": "Nora.xlsx", "Tabell": "arenor", "Rad": "3, 9",
            "Kolumn": "postnummer", "Värde": "7133",
            "Vad som är fel": "Postnumret ”7133” har inte fem siffror.",
            "Vad du ska skriva i stället": "Skriv fem siffror, till exempel 713 31.", "Antal": "2",
        }
    ]  # fmt: skip


def test_the_list_as_workbook_holds_the_same_cells_as_the_list_as_csv():
    findings = [*found_in(FILE.encode()), Finding("bad-slug", "arenor", 4, "arena_id", '=HYPERLINK("x")\x01')]
    lines = records(list_as_csv(findings))
    sheet = openpyxl.load_workbook(io.BytesIO(corrections.list_as_workbook(findings))).active
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert (len(cells), cells[-1][5]) == (len(findings) + 1, '=HYPERLINK("x")')
    assert (lines[-1][5], cells[:-1]) == ('\'=HYPERLINK("x")\x01', lines[:-1])
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}  # n: empty


def test_the_list_covers_personal_data_and_of_no_findings_has_only_a_header():
    assert len(records(list_as_csv([]))) == 1
    assert corrections.list_as_workbook([]).startswith(b"PK")
    assert all(corrections.SEVERITY_WORDS.get(severity) for severity in Severity)
    findings = found_in(f"{HEADER}\na;Eken;bvc;1884;{NUMBER}\n".encode())
    assert NUMBER not in list_as_csv(findings).decode()
    assert "81•••" in list_as_csv(findings).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_csv_file_keeps_its_form_and_its_cells(encoding, delimiter, line_end):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    before = [[cell.replace("\n", "; ") for cell in record] for record in records(FILE.encode())]
    writer.writerows(before)
    data = text.getvalue().encode(encoding)
    back = given_back("Nora.csv", data, found_in(data))
    assert back.startswith({"utf-8-sig": b"\xef\xbb\xbf", "utf-16": data[:2]}.get(encoding, b""))
    assert line_end in back.decode(encoding)
    assert ("\n" in back.decode(encoding)) == ("\n" in line_end)
    after = records(back, encoding, delimiter)
    assert [record[: len(old)] for record, old in zip(after, before, strict=True)] == before
    assert (after[0][-1], after[1]) == (CORRECTIONS_COLUMN, before[1])
    types = found_in(data)[-1].details["allowed"]
    told = f"Måste rättas: {EMPTY_NAME} Måste rättas: ”lekplats” är ingen känd arenatyp. {WHICH} {types}."
    assert after[2][4:] == ["", told]


EMPTY_NAME = "Cellen i kolumnen namn är tom. Den måste fyllas i."
WHICH = "Skriv någon av"


def test_a_quoted_line_break_a_blank_row_or_a_separator_line_shifts_no_sentence():
    data = f'{HEADER}\na;Eken;bvc;1884;"x\n\ny"\n\nb;Åsen;?;1884;\n'.encode()
    after = records(given_back("Nora.csv", data, found_in(data)))
    assert ([bool(record[5:]) for record in after], after[1][4]) == ([True, False, False, True], "x\n\ny")
    data = f"sep=;\r\n{HEADER}\r\na;Eken;?;1884;\r\n".encode()
    back = given_back("Nora.csv", data, found_in(data)).decode()
    assert back.startswith("sep=;\r\narena_id;")
    assert back.splitlines()[2].startswith("a;Eken;?;1884;;Måste rättas: ”?”")


def test_the_header_is_found_under_title_lines_and_gets_what_concerns_the_whole_table():
    data = f"Arenor i Nora\r\nSammanställt 2026\r\n{HEADER}\r\na;Eken;bvc;1884;\r\n".encode()
    missing = Finding("missing-column", "arenor", None, "namn")
    after = records(given_back("Nora.csv", data, [Finding("unknown-column", "arenor", 3, "x"), missing]))
    assert after[:2] == [["Arenor i Nora"], ["Sammanställt 2026"]]
    assert after[2][5].startswith("Att rätta. Måste rättas: Kolumnen namn saknas.")
    assert "Bör ses över: Kolumnen x är okänd" in after[2][5]


def test_a_row_with_too_many_cells_widens_the_table():
    data = f"{HEADER}\na;Eken;bvc;1884;x;y;z\n".encode()
    after = records(given_back("Nora.csv", data, found_in(data)))
    assert after[0][5:] == ["", "", CORRECTIONS_COLUMN]
    assert after[1][:7] == ["a", "Eken", "bvc", "1884", "x", "y", "z"]
    assert after[1][7].startswith("Måste rättas: Raden har fler celler")


def test_notes_and_the_findings_of_other_files_are_left_out():
    findings = [
        Finding("bad-slug", "arenor", 2, "arena_id", "a", file="Kumla.csv"),
        Finding("values-normalised", "arenor", 2, "namn", "x", {"meaning": "y"}, file="Nora.csv"),
    ]
    assert given_back("Nora.csv", FILE.encode(), findings).decode() == FILE.replace(
        "anmarkning\r\n", f"anmarkning;{CORRECTIONS_COLUMN}\r\n"
    )


def test_what_is_said_of_several_rows_or_one_that_is_not_there_stands_in_the_header():
    findings = merged(Finding("bad-postcode", "arenor", row, "postnummer", "1") for row in range(2, 15))
    after = records(given_back("Nora.csv", (HEADER + "\n" + "a;Eken;bvc;1884;\n" * 14).encode(), findings))
    assert [row for row, record in enumerate(after, start=1) if len(record) > 5] == list(range(1, 12))
    assert after[0][5].endswith("Gäller 13 ställen.")
    finding = Finding("bad-slug", "arenor", 99, "arena_id", "Å")
    after = records(given_back("Nora.csv", FILE.encode(), [finding]))
    assert after[0][5].startswith("Att rätta. Måste rättas: ”Å” kan inte vara ett id.")


def test_the_given_back_file_is_read_as_if_our_column_were_not_there():
    once = given_back("Nora.csv", FILE.encode(), found_in(FILE.encode()))
    assert [(f.row, f.code) for f in found_in(once)] == [(f.row, f.code) for f in found_in(FILE.encode())]
    assert given_back("Nora.csv", once, found_in(once)) == once


def workbook_of(**tables):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Läs mig"
    for title, rows in tables.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet["A1"].fill = PatternFill("solid", fgColor="FFEE00")
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


ARENAS = [["arena_id", "namn", "arenatyp"], ["a", "Eken", "bvc"], ["b", "", "?"]]
OFFERS = [["Insatser i Nora"], ["insats_id", "arena_id", "namn"], ["i", "z", dt.date(2024, 3, 5)]]
FOUND = [
    Finding("required-cell-empty", "arenor", 3, "namn"),
    Finding("unknown-arena", "insatser", 3, "arena_id", "z"),
    Finding("missing-column", "arenor", 1, "kommunkod"),
]


def test_a_workbook_keeps_its_sheets_and_formats_and_gets_a_column_on_each_faulty_sheet():
    data = workbook_of(arenor=ARENAS, Blad2=OFFERS, Annat=[["x"]])
    after = openpyxl.load_workbook(io.BytesIO(given_back("Nora.xlsx", data, FOUND)))
    assert after.sheetnames == ["Läs mig", "arenor", "Blad2", "Annat"]
    arenas, offers = after["arenor"], after["Blad2"]
    assert arenas["A1"].fill.fgColor.rgb == "00FFEE00"
    assert str(arenas["D1"].value).startswith("Att rätta. Måste rättas: Kolumnen kommunkod saknas.")
    assert [arenas["D2"].value, arenas["D3"].value] == [None, f"Måste rättas: {EMPTY_NAME}"]
    assert (offers["D2"].value, offers["D1"].value) == (CORRECTIONS_COLUMN, None)
    assert str(offers["D3"].value).startswith("Måste rättas: ”z” finns inte")
    assert offers["C3"].value == dt.datetime(2024, 3, 5)  # noqa: DTZ001  (Excel knows no zones)
    assert after["Annat"].max_column == 1


def test_a_finding_is_written_on_the_sheet_it_names_and_an_older_column_replaced():
    found = [replace(FOUND[0], file="Nora.xlsx", sheet="Blad2")]
    back = given_back("Nora.xlsx", workbook_of(arenor=ARENAS, Blad2=ARENAS), found)
    after = openpyxl.load_workbook(io.BytesIO(back))
    assert (after["arenor"].max_column, after["Blad2"]["D3"].value is not None) == (3, True)
    once = given_back("Nora.xlsx", workbook_of(arenor=ARENAS), FOUND)
    twice = openpyxl.load_workbook(io.BytesIO(given_back("Nora.xlsx", once, FOUND[:1])))["arenor"]
    assert [twice["D1"].value, twice["D2"].value, twice.max_column] == [CORRECTIONS_COLUMN, None, 4]


@pytest.mark.parametrize("data", [FILE.encode(), workbook_of(arenor=ARENAS)], ids=["csv", "xlsx"])
def test_a_file_with_personal_data_is_never_handed_on(data):
    found = [Finding("personal-data", "arenor", 2, "anmarkning", NUMBER, {"kind": "x"}, file="Nora")]
    with pytest.raises(CorrectionsError, match="personuppgifter") as refused:
        given_back("Nora", data, found)
    assert NUMBER not in str(refused.value)
    assert given_back("Kumla", data, found)


@pytest.mark.parametrize(
    "made",
    [
        lambda: packed({"xl/workbook.xml": b" " * (201 * 1024**2)}), b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\0\0", b"%PDF-1.7\n\x00\x01",
        b'arena_id,namn\na,"b\nc,d\n', b"arena_id,namn\n\x81\x8d,x\n",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_what_to_do_instead(made):
    with pytest.raises(CorrectionsError, match="Hämta listan över felen i stället"):
        given_back(
            "Nora",
            made() if callable(made) else made,
            [Finding("not-a-table", "arenor", details={"reason": "x"})],
        )


@settings(max_examples=150)
@given(st.binary(max_size=200), st.integers(1, 9))
def test_whatever_the_bytes_are_there_is_a_file_or_a_refusal(data, row):
    for start in (b"", b"arena_id;namn\n"):
        assert given_back_or_told(start + data, row)


def given_back_or_told(data, row):
    try:
        return given_back("x", data, [Finding("bad-slug", "arenor", row, "arena_id", "Å")]).decode("latin-1")
    except CorrectionsError as refused:
        return str(refused)


SYNONYMS = ["Verksamhet", "Verksamhetstyp", "Hemkommun", "Gatuadress", "Postnr"]
ROWS = [["Eken", "BVC", "Nora", "Storgatan 1", "713"], ["Åsen", "lekplats", "Kumla", "", ""]]
FLAT = [*SYNONYMS, "Insats", "Ålder"]
OWN = ["Vad", "Slag", "Plats"]
CHOSEN = dict(zip(OWN, ["namn", "arenatyp", "kommun"], strict=True))
HANDED_IN = {
    "a title above": [["Verksamheter i Nora"], SYNONYMS, *ROWS],
    "several titles and a gap": [["Verksamheter"], ["Nora", "2026"], [], SYNONYMS, [], *ROWS],
    "blank columns": [
        ["Titel"],
        ["", *SYNONYMS[:2], "", *SYNONYMS[2:], "", ""],
        ["", "Eken", "x", "", "Nora"],
    ],
    "blank cells far to the right": [SYNONYMS, [*ROWS[0], *[""] * 250], ROWS[1]],
    "a flat sheet": [
        ["Titel"], FLAT, [*ROWS[0], "Grupp", "0–6 år"], [*ROWS[0], "Samtal", "9–6"], [*ROWS[1], "", ""],
    ],
    "a footer": [SYNONYMS, *ROWS, [], ["Källa: kommunen"]],
    "an older column of ours": [["Titel"], [*SYNONYMS, "Att rätta"], [*ROWS[0], "Måste rättas: x"], ROWS[1]],
    "columns that the user chose": [["Titel, med, många, komman"], OWN, ["Eken", "?", "Nora"]],
    "a corrected cell of every row": [["Titel"], SYNONYMS, *[["Eken", "x", "y", "", "1"]] * 400],
}  # fmt: skip
SAVED = {
    "semicolons": lambda rows: as_csv(rows, ";", "utf-8-sig"),
    "Excel's own line": lambda rows: b"sep=;\r\n" + as_csv(rows, ";", "cp1252"),
    "tabs": lambda rows: as_csv(rows, "\t", "utf-16"),
    "commas": lambda rows: as_csv(rows, ",", "utf-8"),
    "a workbook": lambda rows: workbook_of(Blad1=rows),
}


def as_csv(rows, delimiter, encoding):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("kind", HANDED_IN)
def test_a_file_that_was_given_back_and_is_handed_in_again_is_read_as_before(kind, saved):
    data = SAVED[saved](HANDED_IN[kind])
    columns = {fingerprint(OWN): CHOSEN}
    files = [SourceFile("underlag.xlsx" if saved == "a workbook" else "underlag.csv", data)]
    tables, told = [], []
    for _ in range(3):
        delivery = deliver(files, columns=columns)
        checked = check(delivery, today=TODAY)
        tables.append({name: written(table) for name, table in delivery.tables.items()})
        told.append([(f.code, f.sheet, f.row, f.column, f.value) for f in checked.places])
        assert needs_correction(files[0], checked.places)
        files = [SourceFile(files[0].name, corrected(files[0], delivery, checked.places))]
    assert tables[0]["arenor"]
    assert (tables, told) == ([tables[0]] * 3, [told[0]] * 3)


def test_a_file_with_personal_data_in_its_name_is_never_handed_on():
    file = SourceFile(f"{NUMBER}.csv", FILE.encode())
    delivery = deliver([file])
    checked = check(delivery, today=TODAY)
    with pytest.raises(CorrectionsError, match="personuppgifter") as refused:
        corrected(file, delivery, checked.places)
    assert NUMBER not in str(refused.value)
