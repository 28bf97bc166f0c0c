"""What people take home, downloaded where they look for it, in a real browser."""

import io
import zipfile

import docx
import openpyxl
import pptx
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from mapping.arenas.filters import Filters
from mapping.arenas.select import select

DAY = "2026-11-21"


def _downloaded(page, button):
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    download = waiting.value
    return download.suggested_filename, download.path().read_bytes()


def test_a_municipality_s_reports_are_downloaded_in_every_format(server, visit):
    page = visit().open(f"{server.address}/rapporter?kommun=1883&dag={DAY}")
    expect(page.get_by_role("heading", name="Rapporter", level=1)).to_be_visible()
    name, data = _downloaded(page, "Kommunblad (PDF)")
    assert name.startswith("1883-stodkartan-kommunblad-karlskoga-")
    assert name.endswith(".pdf")
    pdf = PdfReader(io.BytesIO(data))
    assert len(pdf.pages) == 2
    assert "Kommunblad: Karlskoga" in pdf.pages[0].extract_text()
    name, data = _downloaded(page, "Kommunblad (Word)")
    assert "Kommunblad: Karlskoga" in [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    name, data = _downloaded(page, "Kommunblad (PowerPoint)")
    assert len(pptx.Presentation(io.BytesIO(data)).slides) > 1
    name, data = _downloaded(page, "Kommunblad (HTML)")
    assert "<h1>Kommunblad: Karlskoga</h1>" in data.decode()
    name, data = _downloaded(page, "Handlingsplan (Excel)")
    assert name.endswith(".xlsx")
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def test_the_sheets_of_a_part_of_the_county_are_made_with_progress_and_packed(server, visit):
    page = visit().open(f"{server.address}/rapporter?dag={DAY}")
    page.get_by_role("combobox", name="Vilka kommuner?").click()
    page.get_by_role("option", name="Länsdel Väster").click()
    page.get_by_role("button", name="Gör 2 kommunblad (PDF)").click()
    name, data = _downloaded(page, "Ladda ned 2 kommunblad som zip")
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 2
        assert all(archive.read(one).startswith(b"%PDF-") for one in archive.namelist())


@pytest.mark.parametrize(
    ("address", "opener", "kinds"),
    [
        ("karta", "Kartan som bild", ("PNG", "SVG")),
        ("mal", "Ladda ned som bild", ("PNG", "SVG")),
        ("tackning", "Ladda ned som bild", ("SVG",)),
        ("rapporter", "Preventionspyramiden som bild", ("SVG",)),
    ],
)
def test_the_pages_own_pictures_are_downloaded_with_caption_and_source(server, visit, address, opener, kinds):
    page = visit().open(f"{server.address}/{address}?dag={DAY}")
    page.get_by_text(opener, exact=True).click()
    for kind in kinds:
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=f"({kind})").first.click()
        data = waiting.value.path().read_bytes()
        if kind == "PNG":
            assert data.startswith(b"\x89PNG")
        else:
            assert data.startswith(b"<svg")
            assert "Källor:" in data.decode()


def test_the_map_is_saved_as_one_file_with_only_what_was_chosen(server, visit, shipped):
    name, data = _downloaded(visit().open(f"{server.address}/karta?kommun=1884"), "Kartan som en fil (HTML)")
    assert name.endswith(".html")
    chosen = select(shipped, Filters(kommun=("1884",)))
    words = data.decode()
    assert chosen.filters.sentence in words
    assert all(f'"{identity}"' not in words for identity in set(shipped.arenor.index) - set(chosen.shown))
    assert all(identity in words for identity in chosen.shown)
