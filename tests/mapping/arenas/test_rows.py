"""What a row says on screen, in Excel and as open data."""

import csv
import io

from mapping.arenas.filters import Filters
from mapping.arenas.rows import CONTRACT_COLUMNS, arena_rows, contract_rows, excel_rows
from mapping.arenas.select import select
from mapping.tables.excel_csv import write_csv


def _read_as_excel(content):
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_what_is_not_known_says_so_and_ages_and_levels_are_the_widest(county):
    rows = arena_rows(county, county.arenor.index)
    assert (rows != "").all(axis=None)
    assert rows.loc["degerfors-tom"].to_dict() == {
        "Namn": "Arenan utan uppgifter", "Typ": "Annan arena", "Kommun": "Degerfors",
        "Nivå": "uppgift saknas", "Ålder": "uppgift saknas", "Huvudman": "uppgift saknas",
        "Status": "Okänd status", "Läge": "Bara kommunen är känd", "Underlag": "Sägs direkt av källan",
        "Senast bekräftad": "uppgift saknas",
    }  # fmt: skip
    assert rows["Ålder"].to_dict() == {
        "nora-fc": "0–6 år", "nora-hus": "13–18 år", "kumla-bvc": "uppgift saknas",
        "kumla-skydd": "uppgift saknas", "laxa-stangd": "uppgift saknas", "lan-digital": "uppgift saknas",
        "degerfors-tom": "uppgift saknas",
    }  # fmt: skip
    assert rows.loc["nora-fc", "Nivå"] == "Universell, Selektiv, Indikerad"


def test_the_file_for_excel_has_the_rows_of_the_screen_with_choice_and_version(county):
    selection = select(county, Filters(kommun=("1884",)))
    read = _read_as_excel(
        write_csv(
            excel_rows(county, selection.shown, sentence=selection.filters.sentence, hits=selection.hits)
        )
    )
    assert [row["Id"] for row in read] == list(selection.shown)
    assert {row["Urval"] for row in read} == {"Arenor som betjänar Nora, utom stängda."}
    assert ({row["Dataversion"] for row in read}, read[0]["Latitud"]) == ({county.version}, "59,5191")
    assert read[0]["Insatser"] == "Öppet hus, Samtal"
    perhaps = select(county, Filters(alder=(13, 18), traff=("okand",)))
    rows = excel_rows(county, perhaps.shown, sentence=perhaps.filters.sentence, hits=perhaps.hits)
    assert list(rows["Träff"]) == ["Saknar uppgift"] * 2


def test_the_open_data_has_the_contracts_columns_and_no_hidden_address_or_chosen_place(county):
    read = _read_as_excel(write_csv(contract_rows(county, county.arenor.index)))
    assert list(read[0]) == [*CONTRACT_COLUMNS, "lage"]
    hidden = next(row for row in read if row["arena_id"] == "kumla-skydd")
    names = ("adress", "postnummer", "ort", "lat", "lon", "samlokaliserad_med")
    assert [hidden[name] for name in names] == [""] * 6
    assert "Hemliga" not in str(read)
    rows = contract_rows(county, county.arenor.index).set_index("arena_id")
    assert rows["lat"].notna().to_dict() == {name: name == "nora-fc" for name in county.arenor.index}
