"""Nothing that is handed in makes the check fail: it is read, or refused with a sentence and a place."""

import csv
import datetime as dt
import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pandas.testing import assert_frame_equal

from mapping.contract.findings import Severity
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import check
from mapping.delivery.corrections import corrected
from mapping.delivery.delivery import SourceFile, deliver
from mapping.errors import CorrectionsError
from tests.bad_files import bad_files

DAY = dt.date(2026, 11, 21)
FLAT = """\
Verksamhet/Typ/Kommun/Insats/Ålder/Nivå/Källa/Kontrollerad/x/y
Familjecentralen Eken/FC/Nora/Öppen förskola/0–6 år/universell/Webben/2024//
Familjecentralen Eken/FC/Nora/Grupp; ABC/0-1/selektiv/A | B/2024-03//
Asken/BVC/Örebro län/Samtal/4/universell///15,2/59,3"""
ARENOR = """\
arena_id/namn/arenatyp/kommunkod/lat/lon/adress_visning/adress/start_datum
nora-eken/Eken "på berget"/familjecentral/1884/59,5191/15,0396/ort/Storgatan 1/2024
nora-asken/Asken, bvc/bvc/1884/59.52/15.04//Åvägen 2/2024-03-05"""
POPULATION = """\
region/ålder/kön/2022/2023
18 Örebro län/0 år/män/1500/1501
1884 Nora/0 år/kvinnor/40/.."""
FILES = {"underlag": FLAT, "arenor": ARENOR, "folkmängd": POPULATION}
VALID = {name: [line.split("/") for line in text.splitlines()] for name, text in FILES.items()}
CHANGES = ["cell", "header", "drop column", "swap", "repeat", "extra", "blank", "title"]
LINE_ENDS = ["\n", "\r\n", "\r"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "iso8859-1"]
WORDS = "=HYPERLINK(1) '=1 sep=; 0330 1e309 nan -0 NULL 811218-9876 9999-99-99 99-0 | ;; {allowed} %s <b>"
ODD = [
    *WORDS.split(),
    *["Summa", "insats", "namn", "18", "𝟙𝟠", "٣", "070-123 45 67", "0–6 år", "x" * 40_000],
    *["", "\u202eARONE", "a\u200bb", "\ufeff", "A\u0308", "\x00", "\x1f", '"', "a\r\nb"],
]


def as_csv(rows, delimiter, line_end, encoding):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def answered(*files):
    """Check files, and hold every promise that any delivery may rely on."""
    found = check(deliver(files), today=DAY)
    for finding in found.findings:
        message = finding.message
        assert message[0].isupper() or message[0] in "”0123456789"
        assert message.endswith(".")
        # Python's word for nothing is in no sentence, unless the file itself says it
        said = (finding.column, finding.value, *finding.details.values())
        assert "None" not in message or any("None" in text for text in said if text)
        assert "_id saknas" not in message or finding.column
        if finding.severity is Severity.STOP and files and finding.code not in {"no-tables", "missing-table"}:
            assert finding.file
            assert finding.row is None or finding.row >= 1
    if found.stops:
        assert any(finding.severity is Severity.STOP for finding in found.findings)
    else:
        again = from_contents(found.contents, today=DAY)
        assert again.version == found.dataset.version
        assert_frame_equal(again.arenor, found.dataset.arenor)
        assert_frame_equal(again.insatser, found.dataset.insatser)
        files_again = [SourceFile(name, data) for name, data in found.contents.items()]
        assert check(deliver(files_again), today=DAY).contents == found.contents
    return found


@st.composite
def mutated_rows(draw):
    name = draw(st.sampled_from(sorted(VALID)))
    rows = [list(row) for row in VALID[name]]
    odd = st.sampled_from(ODD) | st.text(max_size=20)
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.integers(0, len(rows) - 1))
        change = draw(st.sampled_from(CHANGES))
        place = draw(st.integers(0, max(len(rows[row]) - 1, 0)))
        if change == "cell" and rows[row]:
            rows[row][place] = draw(odd)
        elif change == "header" and rows[0]:
            rows[0][place % len(rows[0])] = draw(odd)
        elif change == "drop column":
            rows = [[*cells[:place], *cells[place + 1 :]] for cells in rows]
        elif change == "swap":
            rows = [[*cells[1:], *cells[:1]] for cells in rows]
        elif change == "repeat":
            rows.append(list(rows[row]))
        elif change == "extra":
            rows[row] = [*rows[row], draw(odd)]
        elif change == "blank":
            rows.insert(row, [])
        else:
            rows.insert(0, [draw(odd)])
    return name, rows


@settings(max_examples=30)
@given(mutated_rows(), st.sampled_from(";,\t|"), st.sampled_from(LINE_ENDS), st.sampled_from(ENCODINGS))
def test_changed_cells_columns_and_encodings_are_read_or_refused(named, delimiter, line_end, encoding):
    name, rows = named
    answered(SourceFile(f"{name}.csv", as_csv(rows, delimiter, line_end, encoding)))


@settings(max_examples=20)
@given(
    st.sampled_from(sorted(VALID)),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3), st.integers(0, 3)), max_size=5),
)
@example("arenor", [(0, b"\xff\xfe", 0)])
@example("arenor", [(0, b'"', 0)])
def test_changed_bytes_are_read_or_refused(name, changes):
    data = as_csv(VALID[name], ";", "\r\n", "utf-8")
    for place, new, removed in changes:
        place %= len(data) + 1  # noqa: PLW2901
        data = data[:place] + new + data[place + removed :]
    answered(SourceFile(f"{name}.csv", data))


@settings(max_examples=12)
@given(mutated_rows(), st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=3)), max_size=2))
def test_changed_workbooks_are_read_or_refused(named, changes):
    name, rows = named
    book = Workbook()
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            plain = "".join(sign for sign in text if sign.isprintable() and not "\ud800" <= sign <= "\udfff")
            book.active.cell(number, column, plain[:1000]).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    for place, new in changes:
        place %= len(data)  # noqa: PLW2901
        data = data[:place] + new + data[place + len(new) :]
    answered(SourceFile(f"{name}.xlsx", data))


@given(st.lists(st.sampled_from(sorted(VALID)), max_size=3))
@settings(max_examples=4)
def test_files_handed_in_together_are_read_or_refused(names):
    files = [
        SourceFile(f"{name} {number}.csv", as_csv(VALID[name], ";", "\n", "utf-8") + b"\n" * number)
        for number, name in enumerate(names)
    ]
    answered(*files)


ARENA = "arena_id;namn;arenatyp;kommun\n"
MANY = ";".join(f"k{number}" for number in range(9000))


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"x" * (10 * 1024**2), "not-a-table", None),
        (f"{ARENA}a;{'x' * (9 * 1024**2)};bvc;Nora\n".encode(), "cell-too-long", 2),
        (f"{ARENA}a;{'x' * 100_000};bvc;Nora\n".encode(), "cell-too-long", 2),
        (f"{MANY}\n".encode(), "unrecognised-table", 1),
        (f"{ARENA.strip()}{MANY}\na;b\n".encode(), "too-many-columns", None),
        (b"=namn;+arenatyp;@kommun\n=1;=2;=3\n", "unknown-arena-type", 2),
        (f"{ARENA}a;Eken\0;bvc;Nora\n".encode(), "not-a-table", None),
        (f"{ARENA}a;Eken;bvc;Nora\n".encode("utf-16-le"), "not-a-table", None),
        (b"\xff\xfe\x00\xd8a\x00", "not-a-table", None),
        (f"{ARENA}a;Eken;\u202ecvb;Nora\n".encode(), "unknown-arena-type", 2),
        (f"{ARENA}a;Eken;b;Nora\n".encode().replace(b";b;", b";\xed\xa0\x80;"), "unknown-arena-type", 2),
        (ARENA.encode() + b"a;b;bvc;Nora\n" * 200_001, "too-many-rows", None),
        *((data, "not-a-table", None) for data in (b"%PDF-1.7", b"\x89PNG", b"")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_made_to_do_harm_get_a_sentence(data, code, row):
    found = check(deliver([SourceFile("fil.csv", data)]), today=DAY)
    stops = [finding for finding in found.findings if finding.severity is Severity.STOP]
    assert (code, "fil.csv", row) in [(finding.code, finding.file, finding.row) for finding in stops]
    assert all(len(finding.message) < 1000 for finding in found.findings)


def test_invisible_signs_are_left_out_of_an_accepted_file():
    found = answered(SourceFile("x.csv", f"{ARENA}a;E\u200bken\ufeff;bvc;Nora\n".encode()))
    assert found.dataset.arenor["namn"].tolist() == ["Eken"]


BAD = bad_files()


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_would_do_harm_is_refused_in_words_with_its_name_and_nothing_is_published(name):
    data, sentence = BAD[name]
    file = SourceFile(name, data)
    found = answered(file)
    assert found.stops
    (told,) = [finding for finding in found.findings if sentence in finding.message]
    assert told.severity is Severity.STOP
    assert told.file == name
    with suppress(CorrectionsError):
        assert len(corrected(file, deliver([file]), found.places)) < len(data) + 100_000


ODD_NAMES = ["=1+1.csv", "\u202ecsv.exe", "a\ud800.csv", "a\0.csv", f"{'x' * 100_000}.csv", ""]


@pytest.mark.parametrize("name", ODD_NAMES, ids=lambda name: ascii(name[:20]))
def test_a_file_may_be_called_anything(name):
    assert not answered(SourceFile(name, f"{ARENA}a;Eken;bvc;Nora\n".encode())).stops
