"""Make any report in any of its formats, one or many at once, with a name for the file."""

import importlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.arenas import rows
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.figures.picture import Picture
from mapping.figures.rasters import png
from mapping.reports.action_plan import action_plan, action_plan_sheets
from mapping.reports.county import county_presentation
from mapping.reports.judged import Judged
from mapping.reports.municipality import municipality_report
from mapping.swedish import folded

PDF, WORD, SLIDES, SHEETS, PAGE = "pdf", "docx", "pptx", "xlsx", "html"
SHEET_NAME, PLAN_NAME, COUNTY_NAME = "kommunblad", "handlingsplan", "presentation-lanet"

MEDIA_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        PDF: "application/pdf",
        WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        SLIDES: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        SHEETS: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        PAGE: "text/html; charset=utf-8",
        "zip": "application/zip",
        "svg": "image/svg+xml",
        "png": "image/png",
    }
)
"""What a browser is told of each format."""

WRITTEN: Final = (PDF, WORD, SLIDES, SHEETS, PAGE)
"""The formats of reports, each with a writer of the same name."""

SHEET: Final = (PDF, WORD, SLIDES, PAGE)
"""The formats of the Kommunblad."""

PLAN: Final = (WORD, SHEETS)
"""The formats of the Lokal handlingsplan."""


@dataclass(frozen=True)
class File:
    """A finished file: its name and what it holds."""

    name: str
    data: bytes


def report_file(judged: Judged, what: str, kommunkod: str, suffix: str) -> File:
    """Write any report: `what` is `SHEET_NAME`, `PLAN_NAME` or `COUNTY_NAME`, which has no kommunkod.

    Raises
    ------
    KeyError
        If there is no such municipality or format.
    ReportError
        If a PDF does not fit on its pages.
    """
    if what == COUNTY_NAME:
        name, document = rows.file_name(judged.dataset, what, suffix), county_presentation(judged)
    else:
        plan = action_plan_sheets if suffix == SHEETS else action_plan
        made = (municipality_report if what == SHEET_NAME else plan)(judged, kommunkod)
        if made is None:
            raise KeyError(kommunkod)
        name, document = file_name(judged.dataset, what, kommunkod, suffix), made
    # a writer is loaded when it is first needed, since each takes a while
    writer = importlib.import_module(f"mapping.reports.{suffix}")
    return File(name, writer.write(document))


def zipped(files: Iterable[File]) -> bytes:
    """Pack files in a zip. They are packed already, each in its own way, so they are only stored."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data)
    return written.getvalue()


def zip_name(dataset: Dataset, suffix: str) -> str:
    """Name a zip with the Kommunblad of several municipalities."""
    return rows.file_name(dataset, f"{SHEET_NAME}-{suffix}", "zip")


def picture_file(judged: Judged, picture: Picture, selection: str, suffix: str) -> File:
    """Write a picture that travels alone as `svg` or `png`: title, legend, choice and sources inside it."""
    framed = picture.framed(judged.provenance(selection).captions)
    data = png(framed) if suffix == "png" else framed.svg.encode()
    return File(rows.file_name(judged.dataset, picture.name, suffix), data)


def file_name(dataset: Dataset, what: str, kommunkod: str, suffix: str) -> str:
    """Name a report about a municipality: `what` is `SHEET_NAME` or `PLAN_NAME`.

    The code comes first: two municipalities may have one name without å, ä and ö.
    """
    place = folded(vocabulary.MUNICIPALITIES[kommunkod])
    return f"{kommunkod}-{rows.file_name(dataset, f'{what}-{place}', suffix)}"
