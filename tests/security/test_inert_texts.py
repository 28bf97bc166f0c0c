"""A text from the data is a text in every file that leaves the server, whatever it tries to be.

The pages are tried with the same county in `tests/browser/test_journeys.py`.
"""

import csv
import io
import json
import re
import sqlite3
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain

import lxml.etree
import pypdf
import pytest
import rdflib
from openpyxl import load_workbook
from pptx import Presentation

from mapping.arenas.filters import Filters
from mapping.arenas.rows import excel_rows
from mapping.arenas.select import select
from mapping.childhood.choice import Choice
from mapping.childhood.coverage import coverage
from mapping.contract.findings import Finding
from mapping.dataset.dataset import from_contents, load
from mapping.dataset.sources import Source
from mapping.delivery.corrections import corrected, list_as_csv, list_as_workbook
from mapping.delivery.delivery import SourceFile, deliver
from mapping.figures.arena_map import arena_map
from mapping.figures.childhood import municipality_strips
from mapping.map.one_file import one_file_map
from mapping.open_data.dcat import Catalogue, catalogue_rdf
from mapping.open_data.geopackage import geopackage
from mapping.open_data.public_tables import public_files
from mapping.reports import docx, formats, html, pdf, pptx
from mapping.reports.document import Document, Items, Paragraph, Provenance, Section, table
from mapping.reports.judged import Judged
from mapping.settings import Publisher
from mapping.tables.excel_csv import guarded, write_csv
from tests import hostile, report_texts
from tests.conftest import DAY
from tests.gap_county import STRATEGY
from tests.hostile import FORMULA_STARTS, NORA, TEXTS
from tests.showing import asking

RUNS = re.compile(r"on\w+|srcdoc|formaction", re.IGNORECASE)
ADDRESSES = {"href", "src", "action", "xlink:href", "{http://www.w3.org/1999/xlink}href"}


@pytest.fixture(scope="module")
def counties(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    kinds = {"hostile": False, "harmless": True}.items()
    return [load(hostile.write(place / name, is_harmless=harmless), today=DAY) for name, harmless in kinds]


@pytest.fixture(scope="module")
def county(counties):
    return counties[0]


@pytest.fixture(scope="module")
def judged(counties):
    return [Judged.of(one, STRATEGY, DAY) for one in counties]


@pytest.fixture(scope="module")
def client(county):
    return asking(county)


def everything_in_a_document():
    blocks = (
        *(Paragraph(text) for text in TEXTS),
        Items(TEXTS),
        table("Tabell", ("Kolumn", *TEXTS[:2]), [(text, TEXTS[0], text) for text in TEXTS]),
    )
    of = (TEXTS[0], "0123456789ab", "", DAY, TEXTS[1], TEXTS[2], TEXTS[:3], TEXTS)
    told = Provenance(*of, example=False)
    return Document(TEXTS[0], TEXTS[1], blocks[:2], (Section(TEXTS[3], blocks),), told)


class Elements(HTMLParser):
    """Gather a page's elements, their attributes, and its text outside scripts and styles."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.shapes, self.texts, self.addresses = set(), [], set()
        self.inside = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.shapes.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.addresses |= {value for name, value in attrs if name in ADDRESSES and value}
        self.texts += [value or "" for _, value in attrs]
        self.inside = tag

    def handle_endtag(self, _):
        self.inside = None

    def handle_data(self, data):
        if self.inside not in {"script", "style"}:
            self.texts.append(data)

    @property
    def words(self):
        return report_texts.plain(" ".join(self.texts))


def assert_no_element_is_made(pages):
    """Compare a page with its harmless twin: it has no element and no attribute that the twin has not."""
    ours, twin = (Elements(page) for page in pages)
    assert ours.shapes <= twin.shapes
    assert not [name for _, names in ours.shapes for name in names if RUNS.fullmatch(name)]
    assert all(re.match(r"https?://|#|data:image/|data:font/", one) for one in ours.addresses)
    return ours


def is_there(text, words):
    return report_texts.plain(text) in words


def test_a_report_as_html_holds_texts_and_no_element_of_theirs(judged):
    ours = assert_no_element_is_made(
        [formats.report_file(one, formats.SHEET_NAME, NORA, "html").data.decode() for one in judged]
    )
    assert all(is_there(row["namn"], ours.words) for row in hostile.ARENAS)
    whole = Elements(html.write(everything_in_a_document()).decode())
    assert all(is_there(text, whole.words) for text in TEXTS)


def test_the_map_in_one_file_holds_texts_and_no_element_of_theirs(counties):
    sources = [[Source(*[text] * 5) for text in TEXTS], [Source(*["Ofarlig"] * 5) for _ in TEXTS]]
    titled = [replace(one, title=title) for one, title in zip(counties, (TEXTS[2], "Ofarlig"), strict=True)]
    pages = [
        one_file_map(one, select(one, Filters()), sources=told, saved_on=DAY).decode()
        for one, told in zip(titled, sources, strict=True)
    ]
    assert pages[0].count("</script>") == 3
    ours = assert_no_element_is_made(pages)
    assert all(is_there(text, ours.words) for text in TEXTS)
    data = pages[0].partition('<script type="application/json" id="uppgifter">')[2].partition("</script>")[0]
    assert set(TEXTS) <= set(strings(json.loads(data)))


def strings(value):
    """Give every text in a value as JSON knows it."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in strings(one)]


def drawn(county):
    yield arena_map(county, county.arenor.index)
    yield municipality_strips(coverage(county, STRATEGY, DAY, Choice()), NORA)


def test_pictures_hold_no_element_of_a_text(counties, judged):
    for ours, twin in zip(*map(drawn, counties), strict=True):
        shapes = []
        for made_from, picture in zip(judged, (ours, twin), strict=True):
            file = formats.picture_file(made_from, picture, TEXTS[0] + TEXTS[3], "svg")
            root = lxml.etree.fromstring(file.data)
            shapes.append({(one.tag, *sorted(one.attrib)) for one in root.iter()})
            words = report_texts.plain("".join(root.itertext()))
            assert is_there(TEXTS[0], words)
            assert is_there(TEXTS[3], words)
        assert shapes[0] <= shapes[1]


def test_a_pdf_holds_every_text_and_nothing_that_runs(judged):
    for data in (
        pdf.write(everything_in_a_document()),
        formats.report_file(judged[0], formats.SHEET_NAME, NORA, "pdf").data,
    ):
        reader = pypdf.PdfReader(io.BytesIO(data))
        objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
        named = {str(name) for one in objects if isinstance(one, dict) for name in one}
        assert not named & {"/JS", "/JavaScript", "/AA", "/Launch", "/SubmitForm", "/EmbeddedFiles"}
        actions = [str(one["/URI"]) for one in objects if isinstance(one, dict) and "/URI" in one]
        assert not [address for address in actions if not address.startswith(("http://", "https://"))]
    words = report_texts.plain(report_texts.pdf_text(pdf.write(everything_in_a_document())))
    assert [text for text in TEXTS if not is_there(text, words)] == []


OFFICE = {
    "docx": (docx, report_texts.docx_text, {formats.SHEET_NAME: NORA, formats.PLAN_NAME: NORA}),
    "pptx": (pptx, report_texts.pptx_text, {formats.SHEET_NAME: NORA, formats.COUNTY_NAME: ""}),
}


@pytest.mark.parametrize("suffix", OFFICE)
def test_word_and_slides_hold_every_text_and_no_field_link_or_formula_of_theirs(judged, suffix):
    writer, reader, reports = OFFICE[suffix]
    written = writer.write(everything_in_a_document())
    words = report_texts.plain(reader(written))
    assert [text for text in TEXTS if not is_there(text, words)] == []
    made = (formats.report_file(judged[0], what, code, suffix).data for what, code in reports.items())
    for data in (written, *made):
        assert_office_is_inert(data)
        for slide in Presentation(io.BytesIO(data)).slides if suffix == "pptx" else ():
            for shape in slide.shapes:
                if shape.has_chart:
                    assert_no_formula(shape.chart.part.chart_workbook.xlsx_part.blob)


def assert_office_is_inert(data):
    """No macro, no link to anything but a web address, no field but page numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "activex" in name.lower()]
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in lxml.etree.fromstring(archive.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if tag == "Relationship" and element.get("TargetMode") == "External":
                    assert element.get("Target", "").startswith(("http://", "https://"))
                if tag == "instrText":
                    assert (element.text or "").split()[0] in {"PAGE", "NUMPAGES", "TOC"}


def assert_no_formula(data):
    rows = chain.from_iterable(sheet.iter_rows() for sheet in load_workbook(io.BytesIO(data)))
    cells = list(chain.from_iterable(rows))
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    return {cell.value for cell in cells}


def test_a_workbook_holds_every_text_and_no_formula(judged):
    findings = [Finding("bad-slug", "arenor", 4, "arena_id", text, file=text) for text in TEXTS]
    assert set(TEXTS) <= assert_no_formula(list_as_workbook(findings))
    assert_no_formula(formats.report_file(judged[0], formats.PLAN_NAME, NORA, "xlsx").data)


def cells_of(data, delimiter=","):
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(chain.from_iterable(csv.reader(text, delimiter=delimiter)))


def assert_no_cell_is_a_formula(data, delimiter):
    assert [cell for cell in cells_of(data, delimiter) if cell.startswith((*FORMULA_STARTS, "\t"))] == []


def test_no_cell_of_a_csv_is_a_formula_and_reading_it_back_gives_the_text(county, client):
    for_excel = write_csv(excel_rows(county, county.arenor.index, sentence=TEXTS[6]))
    for data in (for_excel, list_as_csv([Finding("bad-slug", "arenor", 4, "arena_id", TEXTS[6])])):
        assert_no_cell_is_a_formula(data, ";")
    answer = client.get("/api/arenas.csv").content
    assert_no_cell_is_a_formula(answer, ";")
    again = from_contents({**public_files(county), "arenor.csv": answer}, today=DAY).arenor
    for column in ("namn", "adress", "ort", "huvudman", "kalla", "anmarkning", "webbplats"):
        assert again[column].tolist() == county.arenor[column].tolist()
    files = public_files(county)
    for name, data in files.items():
        if name.endswith(".csv"):
            assert_no_cell_is_a_formula(data, ";")
    again = from_contents(files, today=DAY)
    for name in hostile.TABLES:
        frame = getattr(county, name)
        assert getattr(again, name)[list(frame)].equals(frame), name


def test_the_analyst_s_own_file_comes_back_without_a_formula_of_ours():
    data = b"namn;arenatyp\r\nEken;x\r\n"
    for text in TEXTS:
        finding = Finding("bad-slug", "arenor", 2, "arena_id", text, file="a.csv")
        file = SourceFile("a.csv", data)
        assert_no_cell_is_a_formula(corrected(file, deliver([file]), [finding]), ";")


def test_the_api_answers_with_texts_as_json(client):
    answer = client.get("/api/arenas.geojson")
    assert {one["properties"]["namn"] for one in answer.json()["features"]} == set(TEXTS)
    for path in ("/api/arenas.geojson", "/api/gaps.json", f"/api/arenas.csv?kommun={TEXTS[0]}"):
        answer = client.get(path)
        assert "html" not in answer.headers["content-type"]
        json.loads(answer.content)
    assert client.get("/api/arenas.csv", params={"kommun": TEXTS[1]}).json()["faults"][0]["value"] == TEXTS[1]


def test_the_open_data_holds_texts_and_paths_inside_itself(county, client, tmp_path):
    with zipfile.ZipFile(io.BytesIO(client.get("/api/dataset.zip").content)) as archive:
        names = archive.namelist()
        assert not [name for name in names if name.startswith("/") or ".." in name or "\\" in name]
        services = archive.read("hsds/services.csv")
        graph = rdflib.Graph().parse(data=archive.read("dcat.rdf"), format="xml")
        json.loads(archive.read("datapackage.json"))
    assert_no_cell_is_a_formula(services, ",")
    assert set(map(guarded, TEXTS)) <= set(cells_of(services))
    assert len(graph)
    (tmp_path / "x.gpkg").write_bytes(geopackage(county))
    with sqlite3.connect(tmp_path / "x.gpkg") as database:
        named = {name for (name,) in database.execute("SELECT namn FROM arenor")}
    database.close()
    assert named == set(TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_the_catalogue_holds_the_publisher_s_name_as_a_text(county, text):
    catalogue = Catalogue("https://stodkartan.example/", Publisher(text), text, "")
    graph = rdflib.Graph().parse(data=catalogue_rdf(county, catalogue), format="xml")
    assert text in {str(one) for one in graph.objects() if isinstance(one, rdflib.Literal)}
    addresses = {str(one) for one in graph.all_nodes() if isinstance(one, rdflib.URIRef)}
    assert not [one for one in addresses if one.startswith("javascript:")]
