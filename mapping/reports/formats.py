"""Make any report in any of its formats, one or many at once, with a name for the file."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping import tables, vocabulary
from mapping.figures.picture import Picture
from mapping.figures.rasters import png
from mapping.reports import docx, pdf, pptx, xlsx
from mapping.reports.action_plan import action_plan, action_plan_sheets
from mapping.reports.basis import Basis
from mapping.reports.county import county_presentation
from mapping.reports.document import Document
from mapping.reports.municipality import municipality_report
from mapping.schema import folded

Writer = Callable[[Document], bytes]
Builder = Callable[[Basis, str], Document | None]
PDF, WORD, SLIDES, SHEETS = "pdf", "docx", "pptx", "xlsx"

MEDIA_TYPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        PDF: "application/pdf",
        WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        SLIDES: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        SHEETS: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip": "application/zip",
        "svg": "image/svg+xml",
        "png": "image/png",
    }
)
"""What a browser is told of each format."""

SHEET: Final[Mapping[str, tuple[Builder, Writer]]] = MappingProxyType(
    {
        PDF: (municipality_report, pdf.write),
        WORD: (municipality_report, docx.write),
        SLIDES: (municipality_report, pptx.write),
    }
)
"""How each format of the Kommunblad is made."""

PLAN: Final[Mapping[str, tuple[Builder, Writer]]] = MappingProxyType(
    {WORD: (action_plan, docx.write), SHEETS: (action_plan_sheets, xlsx.write)}
)
"""How each format of the Lokal handlingsplan is made."""


@dataclass(frozen=True)
class File:
    """A finished file: its name and what it holds."""

    name: str
    data: bytes

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return MEDIA_TYPE[self.name.rpartition(".")[2]]


def sheet_file(basis: Basis, kommunkod: str, suffix: str) -> File:
    """Write the Kommunblad of a municipality.

    Parameters
    ----------
    basis
        What was judged.
    kommunkod
        The municipality.
    suffix
        A key of `SHEET`.

    Raises
    ------
    KeyError
        If there is no such municipality or format.
    ReportError
        If a PDF does not fit on its pages.
    """
    return _file(SHEET, "kommunblad", basis, kommunkod, suffix)


def plan_file(basis: Basis, kommunkod: str, suffix: str) -> File:
    """Write the Lokal handlingsplan of a municipality, in a format of `PLAN`."""
    return _file(PLAN, "handlingsplan", basis, kommunkod, suffix)


def county_file(basis: Basis) -> File:
    """Write the county presentation."""
    name = tables.file_name(basis.dataset, "presentation-lanet", SLIDES)
    return File(name, pptx.write(county_presentation(basis)))


def sheet_files(basis: Basis, kommunkoder: Sequence[str], suffix: str) -> Iterator[File]:
    """Write the Kommunblad of several municipalities, one at a time, so that progress can be shown."""
    for code in kommunkoder:
        yield sheet_file(basis, code, suffix)


def zipped(files: Iterator[File] | Sequence[File]) -> bytes:
    """Pack files in a zip. They are packed already, each in its own way, so they are only stored."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data)
    return written.getvalue()


def zip_name(basis: Basis, suffix: str) -> str:
    """Name a zip with the Kommunblad of several municipalities."""
    return tables.file_name(basis.dataset, f"kommunblad-{suffix}", "zip")


def picture_file(basis: Basis, picture: Picture, selection: str, suffix: str) -> File:
    """Write a picture that travels alone: title, legend, caption and sources inside it.

    Parameters
    ----------
    basis
        What was judged.
    picture
        From `mapping.figures`.
    selection
        What was chosen, as a sentence.
    suffix
        `svg` or `png`.
    """
    framed = picture.framed(basis.provenance(selection).captions)
    write: Callable[[Picture], bytes] = {"svg": lambda one: one.svg.encode(), "png": png}[suffix]
    data: bytes = write(framed)
    return File(tables.file_name(basis.dataset, picture.name, suffix), data)


def _file(
    formats: Mapping[str, tuple[Builder, Writer]], what: str, basis: Basis, kommunkod: str, suffix: str
) -> File:
    build, write = formats[suffix]
    document = build(basis, kommunkod)
    if document is None:
        raise KeyError(kommunkod)
    place = folded(vocabulary.MUNICIPALITIES[kommunkod])
    return File(tables.file_name(basis.dataset, f"{what}-{place}", suffix), write(document))
