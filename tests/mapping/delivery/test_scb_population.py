"""What Statistics Sweden's database exports becomes rows of befolkning, in whichever shape it comes."""

import csv
import io

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
