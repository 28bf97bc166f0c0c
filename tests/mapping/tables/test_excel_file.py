"""A workbook is read as the user sees it, and one that cannot be trusted is refused with a reason."""

import datetime as dt
import io
import re
import struct
import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook

from mapping.tables import excel_file
from tests.bad_files import packed


def saved(book):
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def made(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data, path, change):
    parts = parts_of(data)
    return packed(parts | {path: change(parts[path])})


def read(data):
    visible, _ = excel_file.grids(data, "arenor")
    return visible[0]


def refused(data):
    grid = read(data)
    assert grid.rows is None
    assert "None" not in grid.findings[0].message
    return grid.findings[0].code


SOUND = made(Blad1=[["namn", "ort"], ["Eken", "Nora"]])
SHEET = "xl/worksheets/sheet1.xml"
NO_VALUE = re.compile(rb"<v ?/>|<v></v>")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Nora", "Nora"),
        (1814, "1814"),
        (1814.0, "1814"),
        (71331, "71331"),
        ("0330", "0330"),
        (59.27412, "59.27412"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        (198112189876, "198112189876"),
        (True, "ja"),
        (False, "nej"),
        (dt.date(2024, 3, 5), "2024-03-05"),
        (dt.datetime(2024, 3, 5, 10, 30), "2024-03-05 10:30:00"),  # noqa: DTZ001
        ("a\r\nb\rc", "a\nb\nc"),
        (None, ""),
        ("=1+1 är text", "=1+1 är text"),
    ],
)
def test_a_cell_is_the_text_that_the_user_sees(value, text):
    book = Workbook()
    book.active.append(["x", value])
    if isinstance(value, str) and value.startswith("="):
        book.active["B1"].data_type = "s"
    assert read(saved(book)).rows == {1: ["x", text] if text else ["x"]}


def test_rows_keep_their_numbers_and_a_cell_merged_over_rows_stands_on_each():
    book = Workbook()
    book.active["B3"], book.active["B6"], book.active["C6"] = "namn", "Eken", "Nora"
    assert read(saved(book)).rows == {3: ["namn", ""], 6: ["Eken", "Nora"]}
    book = Workbook()
    for row in (["namn", "insats"], ["Eken", "A"], [None, "B"], ["Asken", "C"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    rows = {1: ["namn", "insats"], 2: ["Eken", "A"], 3: ["Eken", "B"], 4: ["Asken", "C"]}
    assert read(saved(book)).rows == rows


def test_hidden_sheets_are_told_apart():
    book = Workbook()
    book.active.append(["namn"])
    hidden = book.create_sheet("Listor")
    hidden.append(["ja"])
    hidden.sheet_state = "hidden"
    visible, unseen = excel_file.grids(saved(book), "")
    assert [grid.sheet for grid in visible] == ["Sheet"]
    assert [(grid.sheet, grid.rows) for grid in unseen] == [("Listor", {1: ["ja"]})]


def test_cells_without_a_value_to_read_are_told_with_their_row():
    book = Workbook()
    for row in (["namn", "lat"], ["Eken", "#N/A"], ["Asken", "=1+1"]):
        book.active.append(row)
    found = [(f.row, f.value, f.code) for f in read(saved(book)).findings]
    assert found == [(2, "B2", "cell-error"), (3, "B3", "formula-not-calculated")]


@pytest.mark.parametrize(
    ("element", "text", "codes"), [(b"<v>2</v>", ["2"], []), (b"", [], ["formula-not-calculated"])]
)
def test_a_formula_is_read_as_its_value_and_one_without_any_value_element_is_told(element, text, codes):
    book = Workbook()
    book.active.append(["namn", "=1+1"])
    grid = read(changed(saved(book), SHEET, lambda written: NO_VALUE.sub(element, written)))
    assert (grid.rows, [finding.code for finding in grid.findings]) == ({1: ["namn", *text]}, codes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SOUND[:2000], "damaged-workbook"),
        (b"PK\x03\x04" + b"x" * 100, "damaged-workbook"),
        (changed(SOUND, SHEET, lambda text: text[:-40]), "damaged-workbook"),
        (changed(SOUND, "xl/workbook.xml", lambda _: b"<workbook/>"), "damaged-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-workbook",
        ),
        (packed({"word/document.xml": b"<x/>"}), "not-a-table"),
        (packed({"content.xml": b"<x/>"}), "not-a-table"),
        (packed({"xl/workbook.bin": b"x"}), "not-a-table"),
        (packed({"bild.png": b"x"}), "not-a-table"),
        (SOUND + b"x" * (10 * 1024**2), "file-too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_sound_workbook_is_refused_with_a_reason(data, code):
    assert refused(data) == code


def test_entities_that_would_grow_without_end_are_refused_unread():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()
    for path in (SHEET, "xl/styles.xml", "docProps/core.xml"):
        assert refused(changed(SOUND, path, lambda _: bomb)) == "not-a-table"


def test_a_bomb_is_refused_before_it_is_unpacked_even_if_it_lies_about_its_size():
    zeros = b"0" * (excel_file.LARGEST_UNPACKED_BYTES + 1)
    assert refused(packed({"xl/workbook.xml": b"<x/>", "xl/media/bild.bin": zeros})) == "workbook-too-large"
    data = bytearray(packed({"xl/workbook.xml": b"<x/>", "a.bin": zeros}))
    place = data.rfind(struct.pack("<I", excel_file.LARGEST_UNPACKED_BYTES + 1))
    data[place : place + 4] = struct.pack("<I", 10)
    assert refused(bytes(data)) == "workbook-too-large"


def test_cells_far_apart_are_refused_and_formats_far_from_the_table_take_no_memory():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "namn", "x"
    assert refused(saved(book)) == "sheet-too-large"
    book = Workbook()
    book.active.append(["namn"])
    book.active["XFD1048576"].number_format = "0.0"
    assert read(saved(book)).rows == {1: ["namn"]}


def test_too_many_rows_and_too_long_cells_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("x")
    for _ in range(200_002):
        sheet.append(["a"])
    assert refused(saved(book)) == "too-many-rows"
    cell = b'<c r="A9" t="inlineStr"><is><t>' + b"x" * 100_000 + b"</t></is></c>"
    row = b'<row r="9">' + cell + b"</row></sheetData>"
    assert refused(changed(SOUND, SHEET, lambda text: text.replace(b"</sheetData>", row))) == "cell-too-long"


def with_cells(cells):
    """Give the parts of a sound workbook with other rows in its sheet."""
    filled = b"<sheetData>" + cells + b"</sheetData>"
    return parts_of(changed(SOUND, SHEET, lambda text: re.sub(b"<sheetData>.*</sheetData>", filled, text)))


def moved(path, parts):
    """Let the sheet lie in another part."""
    rest = {name: data for name, data in parts.items() if name != SHEET}
    rest[RELATIONS] = rest[RELATIONS].replace(b"/xl/worksheets/sheet1.xml", path.encode())
    return rest | {f"xl/{path}": parts[SHEET]}


RELATIONS, BOOK = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
SHARED = b"<row>" + b'<c t="s"><v>0</v></c>' * 2 + b"</row>"
TEXT = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
SMALL = parts_of(SOUND)[SHEET]


def one_sheet_twice(first, second):
    """Let two parts answer to the sheet, as each reader may choose for itself."""
    parts = with_cells(FAR)
    sheet = re.search(rb"<sheet [^>]*/>", parts[BOOK])
    relations = re.search(rb"<Relationship [^>]*sheet1.xml[^>]*/>", parts[RELATIONS])
    other = relations[0].replace(b"sheet1.xml", b"sheet2.xml").replace(b'"rId1"', b'"rId99"')
    parts[RELATIONS] = parts[RELATIONS].replace(relations[0], relations[0] + other)
    both = sheet[0].replace(b'r:id="rId1"', first) + sheet[0].replace(b'r:id="rId1"', second)
    parts[BOOK] = parts[BOOK].replace(sheet[0], both)
    return parts | {"xl/worksheets/sheet2.xml": SMALL}


def hostile():
    """Give the parts of small workbooks that would fill the memory, with the code that refuses each."""
    two_rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD1048576"><v>2</v></c></row>'
    counted = b'<row><c r="A1"><v>1</v></c></row>' * 10_000 + b'<row><c r="XFC1"/><c><v>2</v></c></row>'
    long = {"xl/sharedStrings.xml": TEXT % (b"x" * 32_000)}
    wide = with_cells(
        b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 360))
    )
    sheets = {f"xl/worksheets/sheet{number}.xml": wide[SHEET] for number in range(1, 41)}
    many = parts_of(made(**{f"b{number}": [["namn"]] for number in range(40)})) | sheets
    merged = with_cells(
        b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 5_000))
    )
    overlap = b"<mergeCells>" + b'<mergeCell ref="A1:A4999"/>' * 5_000 + b"</mergeCells>"
    merged[SHEET] = merged[SHEET].replace(b"</sheetData>", b"</sheetData>" + overlap)
    one_cell = with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>')[SHEET]
    everywhere = {
        kind: parts_of(SOUND) | {SHEET: one_cell.replace(b"</sheetData>", b"</sheetData>" + ranges)}
        for kind, ranges in (
            ("merged", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            ("linked", b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="B1"/></hyperlinks>'),
        )
    }
    endless = with_cells(b'<row r="1" x="' + b"x" * (20 * 1024**2) + b'"/>')
    return {
        "a cell far from the row it is written in": (with_cells(two_rows), "sheet-too-large"),
        "a row counted anew": (with_cells(counted), "sheet-too-large"),
        "a sheet that is no xml by its name": (moved("x/sheet1.dat", with_cells(FAR)), "sheet-too-large"),
        "a sheet outside its folder": (moved("sheet1.xml", with_cells(FAR)), "sheet-too-large"),
        "a long text repeated": (with_cells(SHARED * 50_000) | long, "workbook-too-large"),
        "two sheets of one name": (one_sheet_twice(b'r:id="rId1"', b'r:id="rId99"'), "damaged-workbook"),
        "a sheet with two parts": (
            one_sheet_twice(b'r:id="rId99"', b'x:id="rId99" r:id="rId1" xmlns:x="x"'),
            "damaged-workbook",
        ),
        "many sheets a little apart": (many, "sheet-too-large"),
        "cells merged over each other": (merged, "damaged-workbook"),
        "one merged cell": (everywhere["merged"], "damaged-workbook"),
        "one link": (everywhere["linked"], "damaged-workbook"),
        "a tag without end": (endless, "damaged-workbook"),
    }


READ_WITHIN_LIMITS = """
import resource, sys
from pathlib import Path
from mapping.delivery import corrections, delivery
from mapping.tables import excel_file
from mapping.errors import CorrectionsError
from mapping.contract.findings import Finding
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
for path in sorted(Path(sys.argv[1]).iterdir()):
    visible, _ = excel_file.grids(path.read_bytes(), "arenor")
    codes = [finding.code for grid in visible for finding in grid.findings]
    try:
        file = delivery.SourceFile(path.name, path.read_bytes())
        corrections.corrected(file, delivery.deliver([file]), [Finding("bad-postcode", "arenor", 2)])
    except CorrectionsError:
        codes.append("not-given-back")
    print(path.stem, "|".join(dict.fromkeys(codes)), flush=True)
"""


def test_a_small_workbook_that_would_fill_the_memory_is_refused_and_the_server_lives_on(tmp_path):
    """Read in a process of their own: one that is not seen through ends it, as it would end the server."""
    codes = {}
    for name, (parts, code) in hostile().items():
        data = packed(parts)
        assert len(data) < 10 * 1024**2
        (tmp_path / f"{name}.xlsx").write_bytes(data)
        codes[name] = f"{code}|not-given-back"
    ended = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMITS, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (dict(line.rsplit(" ", 1) for line in ended.stdout.splitlines()), ended.returncode) == (codes, 0)


def test_a_text_that_is_shared_but_seldom_is_read_however_long():
    rows = b"<row>" + b'<c t="s"><v>1</v></c>' * 20 + b"</row>"
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si>'
    texts += b"<si><t>Nora</t></si></sst>"
    parts = with_cells(b'<row><c t="s"><v>0</v></c></row>' + rows * 1_000)
    grid = read(packed(parts | {"xl/sharedStrings.xml": texts % (b"x" * 32_000)}))
    assert (len(grid.rows[1][0]), grid.rows[1001]) == (32_000, ["Nora"] * 20)
