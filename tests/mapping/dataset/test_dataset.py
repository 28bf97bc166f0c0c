"""A directory of files becomes a dataset, or is refused with every reason at once."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from mapping.contract.schema import TABLES
from mapping.dataset.dataset import examined, from_contents, load
from mapping.errors import BoundariesError, DatasetNotFoundError, DatasetRefusedError
from mapping.tables.raw_table import raw_table
from tests.conftest import DAY, write_table

SHIPPED = Path(__file__).resolve().parents[3] / "data"
CONTENTS = {"dataset.toml", *(f"{name}.csv" for name in TABLES)}
ARENA = {"arena_id": "a", "namn": "Eken", "arenatyp": "familjecentral", "kommunkod": "1884", "fc_bvc": "ja"}
OTHER = {"arena_id": "b", "namn": "Asken", "arenatyp": "bvc", "kommunkod": "1884"}
ANSWER = {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2024"}


def save(directory, **tables):
    for name, rows in tables.items():
        write_table(directory / f"{name}.csv", rows)
    return directory


def places(findings):
    return [(f.table, f.row, f.column, f.code) for f in findings]


def refused(directory, **tables):
    with pytest.raises(DatasetRefusedError) as error:
        load(save(directory, **tables), today=DAY)
    return places(error.value.findings)


def opened(directory, **tables):
    return load(save(directory, **tables), today=DAY)


def test_the_shipped_data_opens_with_notes_is_placed_as_its_sources_say_and_keeps_its_promises(shipped):
    assert {(f.severity.value, f.code) for f in shipped.findings} == {("note", "no-part-stated")}
    assert [len(frame) for frame in (shipped.arenor, shipped.insatser)] == [131, 150]
    assert (shipped.title, shipped.compiled_on) == ("Arenor i Örebro län", dt.date(2026, 11, 30))
    assert not shipped.example
    # KALLOR.md: 58 arenas have coordinates of their own, 32 a known locality, 41 only municipality or county
    counts = shipped.arenor["lage"].value_counts()
    assert (counts["exakt"] + counts["harlett"], counts["ort"]) == (58, 32)
    assert counts["kommun"] + counts["ingen"] == 41
    arenor = shipped.arenor
    assert arenor.index.name == "arena_id"
    assert arenor.index.is_unique
    stated = ["namn", "arenatyp", "status", "kommunkod", "kommun", "belagg", "adress_visning", "lage"]
    assert arenor[stated].notna().all(axis=None)
    assert not arenor.select_dtypes("str").eq("").any(axis=None)
    for name in ("huvudman", "kalla", "betjanar_kommuner"):
        assert arenor[name].map(lambda cell: isinstance(cell, tuple)).all()
    assert shipped.insatser.index.name == "insats_id"
    assert shipped.insatser["arena_id"].isin(arenor.index).all()
    assert shipped.latest_date == dt.date(2026, 9, 30)


def test_findings_between_tables_and_rows_stop_the_dataset_together(tmp_path):
    found = refused(
        tmp_path,
        arenor=[
            {**ARENA, "samlokaliserad_med": "c"},
            {**OTHER, "samlokaliserad_med": "b", "arenatyp": "lekplats"},
            {**OTHER, "samlokaliserad_med": "ingen"},
        ],
        insatser=[
            {"insats_id": "1", "arena_id": "a", "namn": "X"},
            {"insats_id": "2", "arena_id": "x", "namn": "Y"},
        ],
        kommunlage=[ANSWER, {**ANSWER, "svar": "pagar", "datum": "2024-12-31"}, {**ANSWER, "svar": ""}],
        dialog=[{"kommun": "Nora", "typ": "behov", "text": "ring 070-123 45 67"}],
    )
    assert sorted(found, key=str) == sorted(
        [
            ("arenor", 2, "samlokaliserad_med", "unknown-co-location"),
            ("arenor", 3, "samlokaliserad_med", "unknown-co-location"),
            ("arenor", 3, "arenatyp", "unknown-arena-type"),
            ("arenor", 4, "arena_id", "duplicate-id"),
            ("insatser", 3, "arena_id", "unknown-arena"),
            ("kommunlage", 3, "svar", "contradicting-answers"),
            ("dialog", 2, "text", "personal-data"),
        ],
        key=str,
    )


WARNINGS = [
    ([ARENA, {**OTHER, "namn": "EKEN"}], 3, "namn", "same-name-same-place"),
    ([{**ARENA, "ort": "Nora"}, {**OTHER, "namn": "Eken"}], 3, "namn", "same-name-same-place"),
    ([{**ARENA, "fc_bvc": "nej"}, {**OTHER, "samlokaliserad_med": "a"}], 2, "fc_bvc", "part-contradicted"),
    ([{**ARENA, "lat": "58.9", "lon": "14.6"}], 2, "lat", "far-from-municipality"),
    ([{**ARENA, "adress": "Gatan 1", "adress_visning": "ort"}], 2, "adress", "protected-address"),
    ([{**ARENA, "fc_bvc": ""}], 2, None, "no-part-stated"),
]


@pytest.mark.parametrize(("rows", "row", "column", "code"), WARNINGS)
def test_what_may_be_published_is_told(tmp_path, rows, row, column, code):
    assert places(opened(tmp_path, arenor=rows).findings) == [("arenor", row, column, code)]


def test_the_same_answer_twice_and_a_name_at_another_address_are_no_fault(tmp_path):
    rows = [{**ARENA, "adress": "Gatan 1"}, {**OTHER, "namn": "Eken", "adress": "Gatan 2"}]
    assert opened(tmp_path, arenor=rows).findings == ()
    others = [{**ANSWER, "svar": "pagar", "datum": "2023"}, {**ANSWER, "kommunkod": "18", "svar": "pagar"}]
    assert opened(tmp_path, arenor=[ARENA], kommunlage=[ANSWER, ANSWER, *others]).findings == ()


@pytest.mark.parametrize("display", ["ort", "dold"])
@pytest.mark.parametrize(
    "extra",
    [
        {},
        {
            "lat": "15.01234", "lon": "59.54321", "postnummer": "713990", "adress": " Hemliga gatan 7",
            "webbplats": "x",
        },
        {"sweref_n": "59.54321", "sweref_e": "15.01234", "lat": "", "lon": "", "kalla": "Hemliga gatan 7 |x"},
    ],
    ids=["as it should be", "swapped", "mixed"],
)  # fmt: skip
def test_a_hidden_address_is_nowhere_in_what_is_public(tmp_path, display, extra):
    secret = {
        **OTHER, "adress": "Hemliga gatan 7", "postnummer": "71399", "ort": "Gyttorp", "lat": "59.54321",
        "lon": "15.01234", "sweref_n": "6600123", "sweref_e": "500777", "adress_visning": display,
        "anmarkning": "Ligger på Hemliga gatan", "okänd": "Hemliga gatan 7",
    } | extra  # fmt: skip
    dataset = opened(
        tmp_path,
        arenor=[ARENA, secret],
        insatser=[{"insats_id": "1", "arena_id": "b", "namn": "Stöd", "anmarkning": "Hemliga gatan 7"}],
        orter=[{"ort": "Gyttorp", "kommunkod": "1884", "lat": "59.5", "lon": "14.9", "palitlig": "ja"}],
    )
    public = dataset.arenor.to_csv() + dataset.insatser.to_csv() + repr(dataset.findings)
    public += "".join(finding.message for finding in dataset.findings)
    for text in ("Hemliga", "71399", "713 99", "59.54321", "15.01234", "6600123", "500777"):
        assert text not in public
    row = dataset.arenor.loc["b"]
    if display == "ort":
        assert (row["lage"], row["lat"], row["lon"], row["placed_at"]) == ("ort", 59.5, 14.9, "Gyttorp")
    else:
        assert "Gyttorp" not in dataset.arenor.to_csv()
        assert row["lage"] == "ingen"
        assert row[["lat", "lon", "placed_at", "ort"]].isna().all()


def test_only_arenor_is_needed_and_the_other_tables_have_their_columns(tmp_path, shipped):
    alone = opened(tmp_path, arenor=[ARENA])
    for name in TABLES:
        pd.testing.assert_series_equal(getattr(alone, name).dtypes, getattr(shipped, name).dtypes)
    assert list(alone.tables) == ["arenor"]


def test_a_dataset_without_arenor_is_refused(tmp_path):
    assert refused(tmp_path, dialog=[{"kommun": "Nora", "typ": "behov", "text": "x"}]) == [
        ("arenor", None, None, "missing-table")
    ]


def test_a_table_with_only_headers_or_a_stray_file_is_told_and_names_may_be_in_capitals(tmp_path):
    (tmp_path / "arenor.csv").write_text("arena_id,namn,arenatyp,kommunkod\n", encoding="utf-8")
    dataset = load(tmp_path, today=DAY)
    assert (places(dataset.findings), len(dataset.arenor)) == ([("arenor", None, None, "no-rows")], 0)
    assert dataset.latest_date is None
    save(tmp_path, arenor=[ARENA], insats=[{"a": "b"}])
    (tmp_path / "arenor.csv").rename(tmp_path / "Arenor.CSV")
    assert places(load(tmp_path, today=DAY).findings) == [("insats.csv", None, None, "unknown-table")]


def test_a_directory_or_boundaries_that_cannot_be_read_are_an_error(tmp_path):
    for path in (tmp_path / "absent", SHIPPED / "arenor.csv"):
        with pytest.raises(DatasetNotFoundError):
            load(path, today=DAY)
    with pytest.raises(BoundariesError):
        load(SHIPPED, boundaries=tmp_path / "absent.gpkg", today=DAY)


def test_the_version_follows_the_content_and_nothing_else(tmp_path):
    first = opened(tmp_path, arenor=[ARENA])
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert (load(tmp_path, today=dt.date(2027, 1, 1)).version, len(first.version)) == (first.version, 12)
    assert opened(tmp_path, arenor=[ARENA, OTHER]).version != first.version


def test_a_dataset_is_named_by_its_file_or_its_directory(tmp_path):
    dataset = opened(tmp_path, arenor=[ARENA])
    assert (dataset.title, dataset.compiled_on, dataset.example) == (tmp_path.name, None, False)
    (tmp_path / "dataset.toml").write_text('title = "Påhittad"\nexample = true\n', encoding="utf-8")
    dataset = load(tmp_path, today=DAY)
    assert (dataset.title, dataset.compiled_on, dataset.example) == ("Påhittad", None, True)


@pytest.mark.parametrize(
    "text", ["title = ", "title = 3", "compiled_on = 'i går'", "compiled_on = 2026-01-01T00:00:00"]
)
def test_a_broken_description_is_refused(tmp_path, text):
    (tmp_path / "dataset.toml").write_text(text, encoding="utf-8")
    assert refused(tmp_path, arenor=[ARENA]) == [("dataset.toml", None, None, "bad-dataset-file")]


def test_raw_tables_keep_every_cell_and_the_latest_date_is_the_newest_that_has_come(tmp_path):
    dataset = opened(tmp_path, arenor=[{**ARENA, "namn": " Eken ", "extra": "0330"}])
    assert dataset.tables["arenor"].frame.loc[2, ["namn", "extra"]].tolist() == [" Eken ", "0330"]
    planned = {**ARENA, "status": "planerad", "start_datum": "2027", "kontrollerad_datum": "2024-02"}
    assert opened(tmp_path, arenor=[planned]).latest_date == dt.date(2024, 2, 29)


def test_identical_faults_are_put_together(tmp_path):
    rows = [{**OTHER, "arena_id": f"a{n}", "namn": f"N{n}", "postnummer": "7133"} for n in range(3)]
    (finding,) = opened(tmp_path, arenor=rows).findings
    assert (finding.code, finding.row, finding.count) == ("bad-postcode", 2, 3)
    assert finding.details["rows"] == "2, 3, 4"


def test_the_contents_of_a_version_open_as_its_directory_does(shipped):
    contents = {path.name: path.read_bytes() for path in SHIPPED.iterdir() if path.name in CONTENTS}
    opened_again = from_contents(contents, today=DAY)
    assert opened_again.version == shipped.version
    assert (opened_again.title, opened_again.findings) == (shipped.title, shipped.findings)
    pd.testing.assert_frame_equal(opened_again.arenor, shipped.arenor)


def test_tables_that_stop_a_dataset_are_looked_through_to_the_end():
    arenor = raw_table(b"arena_id,namn,arenatyp,kommun\na,Eken,lekplats,Nora\n", TABLES["arenor"])
    insatser = raw_table(b"insats_id,arena_id,namn\n1,b,Grupp\n", TABLES["insatser"])
    judged = examined({"arenor": arenor, "insatser": insatser}, today=DAY)
    assert [f.code for f in judged.findings] == ["unknown-arena-type", "unknown-arena"]
    assert list(judged.public["arenor"]["namn"]) == ["Eken"]
    assert "missing-table" in {f.code for f in examined({}, today=DAY).findings}
    rows = b",Eken,familjecentral,Nora,nej\n,Ek,familjecentral,Nora,\n,B,bvc,Nora,\n"
    text = b"arena_id,namn,arenatyp,kommun,fc_bvc\n" + rows
    judged = examined({"arenor": raw_table(text, TABLES["arenor"])}, today=DAY)
    assert {f.code for f in judged.findings} == {"required-cell-empty"}


def test_an_earlier_versions_typvarden_are_read_as_uppdrag_that_are_usual_and_its_bytes_name_the_version(
    tmp_path,
):
    written = "arenatyp,alder_fran,alder_till,preventionsniva,kalla\nbvc,0,5,universell,A\nfc,0,6,,B\n"
    arenor = b"namn,arenatyp,kommun\nEken,bvc,Nora\n"
    contents = {"arenor.csv": arenor, "typvarden.csv": written.encode()}
    old = from_contents(contents, today=DAY)
    rows = old.uppdrag[["uppdrag_id", "galler", "grund", "alder_till"]].to_numpy().tolist()
    assert rows == [["bvc-0-5", "bvc", "vanligt", 5], ["fc-0-6", "familjecentral", "vanligt", 6]]
    renamed = {"arenor.csv": arenor, "uppdrag.csv": written.encode()}
    assert old.version != from_contents(renamed, today=DAY).version
    both = {**contents, "uppdrag.csv": b"galler,namn,grund\nkommun,Samtal,lag\n"}
    found = from_contents(both, today=DAY)
    assert ("unknown-table", "typvarden.csv") in {(finding.code, finding.value) for finding in found.findings}
    assert found.uppdrag["grund"].tolist() == ["lag"]
