"""What Excel and other programs make of cells is read where it can be meant in one way, else asked about."""

import datetime as dt
import io

import openpyxl
import pytest

from mapping.delivery.check import check
from mapping.delivery.delivery import SourceFile, deliver
from tests.deliveries import written

DAY = dt.date(2026, 11, 21)
ARENA = {"arena_id": "nora-eken", "namn": "Eken", "arenatyp": "bvc", "kommun": "Nora"}
OFFER = {"insats_id": "1", "arena_id": "nora-eken", "namn": "Grupp"}


def checked(rows, table):
    files = [SourceFile(f"{table}.csv", written(rows, delimiter=";"))]
    if table != "arenor":
        files.append(SourceFile("arenor.csv", written([ARENA])))
    return check(deliver(files), today=DAY)


def typed(rows, table):
    answer = checked(rows, table)
    assert not answer.stops, [finding.message for finding in answer.findings]
    return answer.dataset.tables[table], getattr(answer.dataset, table).iloc[0], answer


def said(answer, *codes):
    return [finding.message for finding in answer.findings if finding.code in codes]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"start_datum": "2025-3-4"}, "2025-03-04"), ({"start_datum": "20250304"}, "2025-03-04"),
        ({"start_datum": "2025-03-04 00:00:00"}, "2025-03-04"), ({"start_datum": "2019.0"}, "2019"),
        ({"start_datum": "31/12 2024"}, "2024-12-31"), ({"start_datum": "mars 2025"}, "2025-03"),
        ({"kommun": "1880.0"}, "Örebro"), ({"kommun": "1880 Örebro"}, "Örebro"),
        ({"kommun": "Örebro (1880)"}, "Örebro"), ({"kommun": "", "kommunkod": "1880,0"}, "Örebro"),
        ({"kommun": "18.0"}, "Örebro län"),
        ({"postnummer": "70135.0"}, "70135"), ({"postnummer": "701 35,0"}, "70135"),
        ({"lat": "59°16'27\"", "lon": "15°12'24\""}, pytest.approx(59.27417, abs=1e-5)),
        ({"lat": "N 59.27", "lon": "E 15.2"}, 59.27),
        ({"koordinater": "59°16'27\"N, 15°12'24\"E"}, pytest.approx(59.27417, abs=1e-5)),
        ({"x_sweref": "511776", "y_sweref": "6570594"}, pytest.approx(59.27412, abs=1e-4)),
        ({"Sweref99X": "6570594", "Sweref99Y": "511776"}, pytest.approx(59.27412, abs=1e-4)),
        ({"SWEREF99 TM X": "511776", "SWEREF99 TM Y": "6570594"}, pytest.approx(59.27412, abs=1e-4)),
        ({"X-koordinat": "15,2", "Y-koordinat": "59,27"}, 59.27),
    ],
)  # fmt: skip
def test_what_can_be_meant_in_one_way_only_is_read(cells, expected):
    _, row, answer = typed([ARENA | cells], "arenor")
    column = next((name for name in cells if name in {"start_datum", "kommun", "postnummer"}), "lat")
    assert row[column] == expected
    assert said(answer, "swapped-coordinates") == []


@pytest.mark.parametrize(
    ("table", "cells", "guess"),
    [
        ("arenor", {"start_datum": "5/3 2024"}, "2024-03-05"),
        ("arenor", {"start_datum": "45720"}, "2025-03-04"),
        ("arenor", {"start_datum": "240305"}, "2024-03-05"), ("arenor", {"start_datum": "mar-25"}, "2025-03"),
        ("befolkning", {"ar": "1905-07-11"}, "2019"), ("befolkning", {"ar": "2024-12-31"}, "2024"),
        ("insatser", {"alder_fran": "2025-12-06"}, "6–12"), ("insatser", {"alder_fran": "06-dec"}, "6–12"),
        ("insatser", {"ålder": "2025-12-06 00:00:00"}, "6–12"), ("insatser", {"ålder": "45997"}, "6–12"),
        ("insatser", {"ålder": "05-mar"}, "3–5"),
        ("arenor", {"kommun": "Örebro stad"}, "Örebro"), ("arenor", {"kommun": "Örebro tätort"}, "Örebro"),
        ("arenor", {"kommun": "Norra Kumla"}, "Kumla"), ("arenor", {"kommun": "Ã–rebro"}, "Örebro"),
        ("arenor", {"betjanar_kommuner": "Nora | Kumla stad"}, "Kumla"),
        ("arenor", {"arena_id": "123.0"}, "123"), ("arenor", {"arena_id": "Nora FC"}, "nora-fc"),
        ("arenor", {"arenatyp": "Ã–ppen fÃ¶rskola"}, "Öppen förskola"),
    ],
)  # fmt: skip
def test_what_may_be_meant_otherwise_stops_and_the_nearest_form_is_offered(table, cells, guess):
    population = {"kommunkod": "1884", "ar": "2024", "alder_fran": "0", "alder_till": "4", "antal": "9"}
    row = {"arenor": ARENA, "insatser": OFFER, "befolkning": population}[table]
    answer = checked([row | cells], table)
    assert [
        f.message for f in answer.findings if f.severity == "stop" and f"Menade du ”{guess}”?" in f.message
    ]


@pytest.mark.parametrize(
    ("headers", "pair", "says"),
    [
        ("lat lon", ("15,2", "59,3"), "Skriv lat 59,3 och lon 15,2."),
        ("sweref_n sweref_e", ("511776", "6570594"), "Skriv sweref_n 6570594 och sweref_e 511776."),
        ("X Y", ("6600116", "1456664"), "är i RT 90 och"),
        ("rt90_x rt90_y", ("6600116", "1456664"), "är i RT 90 och"),
        ("sweref_n sweref_e", ("6600497", "152242"), "är i SWEREF 99 15 00 och"),
        ("Latitud Longitud", ("5951911", "1503965"), "saknar decimaltecken och har lästs som lat 59,51911"),
    ],
)  # fmt: skip
def test_coordinates_that_stand_wrong_are_told_with_their_own_numbers_and_ticked(headers, pair, says):
    _, row, answer = typed([ARENA | dict(zip(headers.split(), pair, strict=True))], "arenor")
    assert any(says in f.message and f.severity == "warn" for f in answer.findings)
    assert row["lage"] == "exakt"


@pytest.mark.parametrize(
    "text", ["1905-07-11", "1905-07-11 00:00:00", "1905-07-17", "1905-05-06", "19050711"]
)
def test_a_year_in_a_cell_of_dates_is_asked_about(text):
    guess = {"1905-07-17": "2025", "1905-05-06": "1953"}.get(text, "2019")
    answer = checked([ARENA | {"start_datum": text}], "arenor")
    (message,) = said(answer, "year-as-date")
    assert f"Menade du {guess}?" in message
    assert not said(checked([ARENA | {"start_datum": "1905-01-11"}], "arenor"), "year-as-date")


@pytest.mark.parametrize(
    ("header", "text", "first", "last", "expected"),
    [
        ("ålder", "fr.o.m. 13", 13, None, None), ("ålder", "under 6 år", None, 5, None),
        ("ålder", "mellan 0 och 6", 0, 6, None), ("alder_fran", "mellan 0 och 6", 0, 6, None),
        ("alder_fran", "fr.o.m. 13", 13, None, None), ("alder_till", "under 6 år", None, 5, None),
        ("ålder", "6–18 mån", 0, 1, None), ("alder_fran", "6–18 mån", 0, 1, None),
        ("ålder", "förskoleklass–åk 3", 6, 9, None), ("ålder", "åk 7–9", 13, 15, None),
        ("ålder", "gravida–1 år", 0, 1, "ja"), ("ålder", "gravida", None, None, "ja"),
    ],
)  # fmt: skip
def test_ages_are_read_as_people_write_them(header, text, first, last, expected):
    _, row, answer = typed([OFFER | {header: text}], "insatser")
    names = ["alder_fran", "alder_till", "blivande_foraldrar"]
    assert row[names].astype("object").where(row[names].notna(), None).tolist() == [first, last, expected]
    converted = [finding.column for finding in answer.findings if finding.code == "ages-converted"]
    assert converted == ([header] if any(word in text for word in ("mån", "åk")) else [])


def test_an_age_that_cannot_be_read_shows_a_span():
    (message,) = said(checked([OFFER | {"ålder": "alla åldrar"}], "insatser"), "bad-age")
    assert "till exempel 0–6" in message


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("preventionsniva", "universell, selektiv", ("universell", "selektiv")),
        ("preventionsniva", "universell och selektiv", ("universell", "selektiv")),
        ("preventionsniva", "Universell\nSelektiv", ("universell", "selektiv")),
        ("preventionsniva", "universell/selektiv", ("universell", "selektiv")),
        ("form", "grupp, digitalt och hembesök", ("grupp", "digital", "hembesok")),
        ("parter", "Hälso- och sjukvård och skola", ("halso_och_sjukvard", "skola")),
        ("sprak", "svenska, arabiska", ("sv", "ar")),
    ],
)
def test_several_codes_in_a_cell_are_read_whatever_stands_between(column, text, expected):
    assert typed([OFFER | {column: text}], "insatser")[1][column] == expected


@pytest.mark.parametrize(
    ("column", "text", "example"),
    [
        ("preventionsniva", "universell, basal", "universell | selektiv"),
        ("form", "grupp och annat", "grupp | "),
        ("sprak", "svenska, klingonska", "sv | ar"), ("parter", "skola och hemmet", "forskola | skola"),
    ],
)  # fmt: skip
def test_several_values_of_which_one_is_unknown_show_how_they_are_written(column, text, example):
    (message,) = said(checked([OFFER | {column: text}], "insatser"), "unknown-code", "unknown-language")
    assert f"Flera värden skrivs så här: {example}" in message


@pytest.mark.parametrize(
    "text", ["NULL", "-", "Saknas", "n/a", "–", "#N/A", "#SAKNAS!", "uppgift saknas", "NaN"]
)
def test_a_word_for_nothing_is_an_empty_cell_in_any_column_told_once(text):
    columns = (
        "adress",
        "postnummer",
        "lat",
        "start_datum",
        "fc_bvc",
        "webbplats",
        "samlokaliserad_med",
        "ort",
    )
    rows = [ARENA | dict.fromkeys(columns, text), ARENA | {"arena_id": "b", "namn": "Asken", "ort": text}]
    raw, row, answer = typed([{**each, "Vår kolumn": text} for each in rows], "arenor")
    assert {*raw.frame[[*columns, "Vår kolumn"]].to_numpy().ravel()} == {""}
    assert row[["adress", "start_datum", "fc_bvc", "webbplats", "samlokaliserad_med"]].isna().all()
    (message,) = said(answer, "nothing-written")
    assert f"”{text}”" in message
    assert message.endswith("Gäller 11 ställen.")


def test_a_word_for_nothing_that_is_an_answer_or_a_code_stays_and_a_required_cell_stops():
    answer = {"kommun": "18", "fraga": "regional_overenskommelse", "svar": "saknas", "datum": "2026-01-01"}
    assert (
        typed([answer, answer | {"fraga": "strategisk_funktion", "svar": "-"}], "kommunlage")[1]["svar"]
        == "saknas"
    )
    assert typed([ARENA | {"status": "okänd"}], "arenor")[1]["status"] == "okand"
    assert said(checked([ARENA | {"namn": "-"}], "arenor"), "required-cell-empty")


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("PÃ¤rlan", "Pärlan"), ("Ã–ppna fÃ¶rskolan Eken", "Öppna"), ("Ã…sen", "Åsen"),
        ("Ringen â€“ Nora", "–"), ("CafÃ© Eken", "Café"), ("P√§rlan", "Pärlan"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["namn", "anmarkning", "huvudman"])
def test_text_that_was_decoded_twice_is_a_warning_with_the_guess_and_is_kept(column, text, guess):
    raw, _, answer = typed([ARENA | {column: text}], "arenor")
    (message,) = said(answer, "decoded-twice")
    assert f"Ska det vara ”{guess}”?" in message
    assert raw.frame[column].tolist() == [text]


@pytest.mark.parametrize("text", ["Pärlan", "SÃO Paulo", "Ängens â", "A – B", "naïve Ü"])
def test_text_that_was_decoded_once_is_left_alone(text):
    assert said(typed([ARENA | {"namn": text}], "arenor")[2], "decoded-twice") == []


def test_a_workbook_with_dates_for_years_and_spans_is_asked_about():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Verksamhet", "Typ", "Kommun", "Startdatum", "Insats", "Ålder"],
        ["Eken", "bvc", 1884, dt.date(1905, 7, 11), "Grupp", dt.date(2025, 12, 6)],
    ):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    answer = check(deliver([SourceFile("underlag.xlsx", held.getvalue())]), today=DAY)
    assert "Menade du 2019?" in said(answer, "year-as-date")[0]
    assert "Menade du ”6–12”?" in said(answer, "bad-age")[0]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"kommun": "Solna {}"}, "unknown-municipality"), ({"postnummer": "7{}"}, "bad-postcode"),
        ({"arenatyp": "typ {}"}, "unknown-arena-type"), ({"arenatyp": "familjecentral"}, "no-part-stated"),
        ({"webbplats": "www.nora.se/{}"}, "bad-url"), ({"start_datum": "{}/1"}, "impossible-date"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_one_way_in_many_rows_is_told_once(cells, code):
    rows = [
        ARENA
        | {"arena_id": f"a{row}", "namn": f"Eken {row}"}
        | {name: text.format(row) for name, text in cells.items()}
        for row in range(10, 40)
    ]
    (message,) = said(checked(rows, "arenor"), code)
    assert "Gäller 30 ställen, bland dem ”" in message


PHONE = "070-123 45 67"


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (f"namn;arenatyp;kommun;anmarkning\nEken;bvc;Nora;{'ord ' * 99}Anna {PHONE}", "rad 2, kolumn anm",
         "Anna 07•••"),
        (f"namn;arenatyp;kommun;Vår kolumn\nEken;bvc;Nora;{PHONE}", "rad 2, kolumn Vår kolumn", "Cellen"),
        (f"Lista;;{PHONE}\n\nnamn;arenatyp;kommun\nEken;bvc;Nora", "rad 1", "Cellen C1"),
        (f"namn;arenatyp;kommun\nEken;bvc;Nora\n\nKälla: {PHONE}", "rad 4", "Cellen A4"),
        (f"namn;arenatyp;kommun;{PHONE}\nEken;bvc;Nora;x", "rad 1, kolumn 07•••", "Cellen"),
    ],
)  # fmt: skip
def test_personal_data_is_told_where_it_stands(text, place, says):
    answer = check(deliver([SourceFile("arenor.csv", text.encode())]), today=DAY)
    found = [finding for finding in answer.findings if finding.code == "personal-data"]
    assert [place in finding.place and says in finding.message for finding in found] == [True]


@pytest.mark.parametrize(
    "text",
    ["04e25393-acb1-4ecf-b213-ef0701234567", "https://nora.se/f/3f-0701234567-9a", "Diarienummer 070123-4567",
     "Dnr 2023-0701234567", "https://nora.se/?id=0701234567"],
)  # fmt: skip
def test_a_number_of_a_record_is_no_telephone(text):
    assert not said(checked([ARENA | {"anmarkning": text, "kalla": text}], "arenor"), "personal-data")
