"""Files with names, one or many at once."""

import io
import zipfile

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.figures.arena_map import arena_map
from mapping.reports import formats


def test_a_file_is_named_by_what_it_holds_its_version_and_whether_it_is_made_up(shipped_judged, demo_judged):
    one = formats.report_file(shipped_judged, formats.SHEET_NAME, "1880", "pdf")
    assert one.name == f"1880-stodkartan-kommunblad-orebro-{shipped_judged.dataset.version}.pdf"
    made_up = formats.report_file(demo_judged, formats.PLAN_NAME, "1860", "xlsx")
    assert (
        made_up.name == f"1860-stodkartan-EXEMPELDATA-handlingsplan-laxa-{demo_judged.dataset.version}.xlsx"
    )


def test_twelve_sheets_in_a_zip_are_the_twelve_sheets(shipped_judged):
    files = [formats.report_file(shipped_judged, formats.SHEET_NAME, code, "pdf") for code in MUNICIPALITIES]
    with zipfile.ZipFile(io.BytesIO(formats.zipped(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [file.name for file in files]
        assert archive.read(files[3].name) == files[3].data
    assert len(set(archive.namelist())) == 12


def test_a_picture_that_travels_alone_says_version_day_choice_and_sources(demo_judged):
    picture = arena_map(demo_judged.dataset, demo_judged.dataset.arenor.index)
    sentence = "Alla arenor i länet."
    vector = formats.picture_file(demo_judged, picture, sentence, "svg").data.decode()
    for words in (sentence, demo_judged.dataset.version, "2026-06-01", "EXEMPELDATA", "Källor:"):
        assert words in vector
    assert formats.picture_file(demo_judged, picture, sentence, "png").data.startswith(b"\x89PNG")
