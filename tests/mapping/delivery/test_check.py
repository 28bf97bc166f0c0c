"""A delivery is checked with what stays of the published version, and tells what would be published."""

import datetime as dt
from pathlib import Path

import pytest

from mapping.contract.schema import TABLES
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published, check
from mapping.delivery.delivery import PUBLISHED, SourceFile, deliver
from mapping.delivery.losses import is_confirmed, words_to_confirm
from mapping.tables.csv_file import MOST_ROWS

DAY = dt.date(2026, 11, 21)
SHIPPED = Path(__file__).resolve().parents[3] / "data"
ARENOR = "arena_id,namn,arenatyp,kommun\n"


@pytest.fixture(scope="module")
def published():
    names = ["dataset.toml", *(f"{name}.csv" for name in TABLES)]
    return {name: (SHIPPED / name).read_bytes() for name in names}


def checked(text, name="arenor.csv", published=None):
    return beside(deliver([SourceFile(name, text.encode())]), published or {})


def beside(delivery, contents):
    before = Published(1, contents, (from_contents(contents, today=DAY) if contents else None))
    return check(delivery, {**before.tables, **delivery.tables}, before, today=DAY)


def test_handing_in_what_is_published_or_a_table_of_it_changes_nothing(published):
    found = beside(deliver(SourceFile(name, data) for name, data in published.items()), published)
    assert not found.stops
    assert (found.contents, {finding.code for finding in found.findings}) == (published, {"no-part-stated"})
    assert found.dataset.version == from_contents(published, today=DAY).version
    found = checked(published["dialog.csv"].decode(), "dialog.csv", published)
    assert (found.contents, found.findings) == (published, ())


def test_findings_have_the_rows_of_the_file_and_nothing_is_published_if_one_stops():
    found = checked(f"Arenor i Nora\n\n{ARENOR}a,Eken,bvc,Nora\nb,Asken,lekplats,Nora\n")
    assert found.stops
    assert (found.contents, found.dataset) == (None, None)
    assert [(f.file, f.row, f.column, f.code) for f in found.findings if f.severity == "stop"] == [
        ("arenor.csv", 5, "arenatyp", "unknown-arena-type")
    ]


def test_rows_in_different_files_are_told_apart():
    files = [
        SourceFile("nora arenor.csv", f"{ARENOR}a,Eken,bvc,Nora\n".encode()),
        SourceFile("fler arenor.csv", f"{ARENOR}b,Eken,bvc,Nora\na,Ek,bvc,Kumla\n".encode()),
    ]
    found = check(deliver(files), today=DAY)
    told = {(f.code, f.file, f.row, f.details.get("other_row")) for f in found.findings}
    assert told == {
        ("duplicate-id", "fler arenor.csv", 3, None),
        ("same-name-same-place", "fler arenor.csv", 2, "2 i nora arenor.csv"),
    }


def test_the_limit_is_that_of_each_file_and_what_they_give_together_can_be_read_again(published):
    header, rows = "kommunkod,ar,alder_fran,alder_till,antal\n", range(100_001)
    halves = [
        SourceFile(
            f"{year} befolkning.csv", (header + "".join(f"1884,{year},0,0,{n}\n" for n in rows)).encode()
        )
        for year in (2001, 2002)
    ]
    found = beside(deliver(halves), published)
    assert not [finding for finding in found.findings if finding.severity == "stop"]
    assert len(from_contents(found.contents, today=DAY).befolkning) == 2 * len(rows) > MOST_ROWS


def test_personal_data_stops_everything_and_is_covered():
    found = checked(f"{ARENOR}a,Ring 070-123 45 67,bvc,Nora\n")
    assert found.stops
    assert found.has_personal_data
    assert found.contents is None
    assert "123 45 67" not in repr(found.findings)


def test_a_published_row_that_loses_its_arena_is_told_as_published(published):
    found = checked(f"{ARENOR}a,Eken,bvc,Nora\n", published=published)
    stops = [f for f in found.findings if f.severity == "stop"]
    assert ({f.code for f in stops}, {f.file for f in stops}) == ({"unknown-arena"}, {PUBLISHED})
    assert all(f.row is not None and f.row > 1 for f in stops)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (range(10), range(8), "2 av 10 publicerade arenor i Nora tas bort."),
        (range(10), [*range(9), *range(50, 90)], "1 av 10 publicerade arenor i Nora tas bort."),
        (range(106), [0, 1, *range(200, 480)], "104 av 106 publicerade arenor i Nora tas bort."),
        (range(3), range(50, 51), "3 av 3 publicerade arenor i Nora tas bort."),
        (range(5), range(9), ""), (range(5), reversed(range(5)), ""),
    ],
)  # fmt: skip
def test_what_goes_is_counted_by_id_whatever_comes(before, after, told):
    before, after = (
        f"{ARENOR}" + "".join(f"a{n},Eken {n},bvc,Nora\n" for n in rows) for rows in (before, after)
    )
    found = checked(after, published={"arenor.csv": before.encode()})
    assert [loss.sentence for loss in found.losses] == [told] * bool(told)
    warned = [f.message for f in found.findings if f.code == "row-drop"]
    assert warned == [f"{told} Kontrollera att det är meningen."] * bool(told)
    assert not found.stops


def test_a_table_that_is_gone_has_lost_all_its_rows_and_only_the_right_words_confirm_it(published):
    before = Published(1, published, from_contents(published, today=DAY))
    tables = {name: table for name, table in before.tables.items() if name != "orter"}
    lost = check(deliver([]), tables, before, today=DAY).losses
    rows = len(before.tables["orter"].frame)
    assert [loss.sentence for loss in lost] == [f"{rows} av {rows} publicerade orter tas bort."]
    words = words_to_confirm(lost)
    assert words == f"{rows} orter tas bort"
    assert is_confirmed(f"  {words.upper()}. ", lost)
    assert [is_confirmed(text, lost) for text in ("6 arenor tas bort", "", "ja")] == [False] * 3
    assert words_to_confirm([]) == ""
    assert is_confirmed("", [])


def test_an_accepted_delivery_is_stored_in_the_canonical_form_and_opens_alike():
    found = checked("Verksamhet;Typ;Kommun\nEken;bvc;Nora\n", "underlag.csv")
    assert found.contents == {"arenor.csv": b"arena_id,namn,arenatyp,kommun\nnora-eken,Eken,bvc,Nora\n"}
    opened = from_contents(found.contents, today=DAY)
    assert opened.version == found.dataset.version
    assert opened.arenor.equals(found.dataset.arenor)
