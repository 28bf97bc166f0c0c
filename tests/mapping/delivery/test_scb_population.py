"""What Statistics Sweden's database exports becomes rows of befolkning, in whichever shape it comes."""

import csv
import io

import pytest

from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.scb_population import is_export, rows


def read(text):
    records = {row: cells for row, cells in enumerate(csv.reader(io.StringIO(text)), start=1) if any(cells)}
    frame, _ = rows(records, next(row for row, cells in records.items() if is_export(cells)))
    return [tuple(row) for row in frame.to_numpy().tolist()]


def test_years_across_and_one_year_a_row_give_the_same():
    across = "region,ålder,2022,2023\n1884 Nora,0-4 år,10,11\n"
    down = "region,ålder,år,Folkmängd\n1884 Nora,0-4 år,2022,10\n1884 Nora,0-4 år,2023,11\n"
    codes = "Region,Alder,Tid,BE0101N1\n1884,0-4,2022,10\n1884,0-4,2023,11\n"
    labelled = "region,ålder,Folkmängd 2022,Folkmängd 2023\n1884 Nora,0-4 år,10,11\n"
    source = "SCB, statistikdatabasen"
    expected = [("1884", year, "0", "4", count, source) for year, count in (("2022", "10"), ("2023", "11"))]
    assert read(across) == read(down) == read(codes) == read(labelled) == expected


def test_persons_are_summed_over_sex_and_other_regions_and_totals_left_out():
    parts = "region,ålder,kön,2023\n1884 Nora,0 år,män,5\n1884 Nora,0 år,kvinnor,6\n"
    assert [row[4] for row in read(parts)] == ["11"]
    assert [row[4] for row in read(f"{parts}1884 Nora,0 år,totalt,11\n")] == ["11"]
    text = (
        "region,ålder,2023\n00 Riket,0 år,9\n0180 Stockholm,0 år,9\n18 Örebro län,0 år,7\n"
        "1884 Nora,totalt ålder,9\n1884 Nora,0 år,..\n1884 Nora,1 år,1 204\n"
    )
    assert [(row[0], row[2], row[4]) for row in read(text)] == [("18", "0", "7"), ("1884", "1", "1204")]


def test_the_title_names_the_source():
    text = "Folkmängden efter region och ålder. År 2023.\n\nregion,ålder,2023\n1884 Nora,100+ år,2\n"
    source = "SCB, statistikdatabasen: Folkmängden efter region och ålder. År 2023"
    assert read(text) == [("1884", "2023", "100", "120", "2", source)]


def test_an_age_that_is_not_understood_is_told_and_the_contracts_form_is_no_export():
    frame, findings = rows({1: ["region", "ålder", "2023"], 2: ["1884 Nora", "vuxna", "3"]}, 1)
    assert frame.empty
    assert [(f.code, f.row) for f in findings if f.severity == "stop"] == [("population-not-understood", 2)]
    assert not is_export(["kommunkod", "ar", "alder_fran", "alder_till", "antal"])
    assert not is_export(["region", "kön", "2023"])
    assert not is_export(["region", "ålder"])


ROWS = '"1884 Nora","0 år",'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", '"region","år","ålder","Folkmängd"\n"1884 Nora","2022","0 år","5"\n', None),
        ("x.csv", '"region","ålder","Folkmängd 2022"\n"1884 Nora","0 år","5"\n', None),
        ("x.csv", f'"Folkmängden efter region"\n\n"region","ålder","2022"\n{ROWS}"5"\n', None),
        ("befolkning.csv", f'"region","ålder","2022"\n{ROWS}"5"\n', None),
        (
            "x.csv",
            f'"region","ålder","tabellinnehåll","2022"\n{ROWS}"Folkökning","9"\n{ROWS}"Folkmängd","5"\n',
            None,
        ),
        (
            "x.csv",
            '"region","år","ålder","Folkmängd","Folkökning"\n"1884 Nora","2022","0 år","5","9"\n',
            None,
        ),
        ("x.csv", f'"region","ålder","Folkökning 2022","Folkmängd 2022"\n{ROWS}"9","5"\n', None),
        ("folkmängd.csv", "Kommun;År;Ålder;Antal barn\nNora;2022;0;5\n", None),
        ("x.csv", "kommunkod;ar;alder_fran;alder_till;antal\n1884;2022;0;0;5\n", None),
        (
            "befolkning.csv",
            '"region","år","sektor","ålder","Förvärvsarbetande 16+ år"\n"1884 Nora","2022","s","0 år","5"\n',
            "”Förvärvsarbetande 16+ år”",
        ),
        ("x.csv", f'"region","ålder","2022"\n{ROWS}"5"\n', "något som inte är namngivet"),
        (
            "x.csv",
            f'"Inflyttade efter region"\n\n"region","ålder","2022"\n{ROWS}"5"\n',
            "”Inflyttade efter region”",
        ),
        ("x.csv", f'"region","ålder","Folkökning 2022"\n{ROWS}"5"\n', "”Folkökning”"),
        ("x.csv", f'"region","ålder","tabellinnehåll","2022"\n{ROWS}"Födda","5"\n', "”Födda”"),
        ("x.csv", "Kommun;År;Ålder;Antal barn\nNora;2022;0;5\n", "”Antal barn”"),
        ("barn i förskola.csv", "Kommun;År;Ålder;Antal\nNora;2022;0;5\n", "”Antal”"),
        ("x.csv", "Kommun;År;Ålder;Personer\nNora;2022;0;5\n", "”Personer”"),
    ],
)
def test_only_what_is_named_population_becomes_population(name, text, told):
    delivery = deliver([SourceFile(name, text.encode())])
    stops = [finding for finding in delivery.findings if finding.severity == "stop"]
    if told is None:
        assert stops == []
        assert delivery.tables["befolkning"].frame["antal"].tolist() == ["5"]
    else:
        assert [(one.code, one.details["what"]) for one in stops] == [("not-population", told)]
        assert "befolkning" not in delivery.tables


def test_who_says_that_a_count_is_the_population_is_believed():
    text = '"region","år","ålder","Antal på kvällen"\n"1884 Nora","2022","0 år","5"\n'
    (asked,) = deliver([SourceFile("x.csv", text.encode())]).headers
    assert asked.taken["Antal på kvällen"] is None
    said = {asked.fingerprint: {"Antal på kvällen": "antal"}}
    assert [*deliver([SourceFile("x.csv", text.encode())], columns=said).tables] == ["befolkning"]
