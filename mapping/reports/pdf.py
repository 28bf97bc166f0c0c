"""Write a report as a tagged PDF (PDF/UA-1) with Typst, on no more pages than it may take."""

import datetime
import json
import re
from pathlib import Path
from typing import Any, Final

from mapping.contract import vocabulary
from mapping.errors import ReportError
from mapping.figures.rasters import fonts
from mapping.reports import document as report

_LAYOUT: Final = Path(__file__).with_name("report.typ").read_bytes()
_LONG_WORD: Final = 18
_USUAL_SIZE: Final = 9.5
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")
_UNIT: Final = re.compile(r"(\d) (år|%|km)\b")
_STEPS: Final = (
    (9.0, 9, 400),
    (8.8, 7, 400),
    (8.5, 5, 400),
    (8.2, 4, 240),
    (7.8, 3, 180),
    (7.4, 2, 120),
    (7.0, 1, 80),
)
"""Type size in points, rows of a short list, signs of a text: what to try when there are too many pages."""


def write(document: report.Document) -> bytes:
    """Write a report as PDF; with `most_pages` it is set smaller, and its short lists are cut, until it fits.

    Raises
    ------
    ReportError
        If it does not fit however short it is.
    """
    if document.most_pages is None:
        return _compiled(document, _USUAL_SIZE)
    for size, most, longest in _STEPS:
        made = _compiled(document.brief(most, longest=longest), size)
        if len(_PAGE.findall(made)) <= document.most_pages:
            return made
    raise ReportError(title=document.title)


def _compiled(document: report.Document, size: float) -> bytes:
    """Set the document in a size of type, in points."""
    pictures: list[str] = []
    data = _document(document, pictures) | {"size": size}
    noon = datetime.datetime.combine(document.provenance.day, datetime.time(12), tzinfo=datetime.UTC)
    import typst  # noqa: PLC0415 - as in `mapping.figures.rasters`

    return typst.compile(
        _LAYOUT,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={
            "document": json.dumps(data, ensure_ascii=False),
            "pictures": json.dumps(pictures, ensure_ascii=False),
        },
        pdf_standards="ua-1",
        timestamp=noon,
    )


def _document(document: report.Document, pictures: list[str]) -> dict[str, Any]:
    provenance = document.provenance
    tied: dict[str, Any] = _tied(
        {
            "title": document.title,
            "subtitle": document.subtitle,
            "description": f"{document.subtitle}. {provenance.line}",
            "foot": f"{document.title} · {provenance.line}",
            "mark": vocabulary.EXAMPLE_MARK if provenance.example else "",
            "lead": [_block(block, pictures) for block in report.in_line(document.lead)],
            "sections": [
                {
                    "title": section.title,
                    "new_page": section.starts_page,
                    "blocks": [_block(block, pictures) for block in report.in_line(section.blocks)],
                }
                for section in document.sections
            ],
            "rows": provenance.rows,
            "sources": [source.replace("/", "/\u200b") for source in provenance.sources],
        }
    )
    return tied


def _tied(value: Any) -> Any:
    """Tie numbers to their units with no-break spaces, so that no line begins with "år"."""
    if isinstance(value, str):
        return _UNIT.sub("\\1\N{NO-BREAK SPACE}\\2", value)
    if isinstance(value, dict):
        return {name: _tied(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_tied(one) for one in value]
    return value


def _block(block: report.SimpleBlock, pictures: list[str]) -> dict[str, Any]:
    if isinstance(block, report.Chart):
        return _block(block.as_table, pictures)
    if isinstance(block, report.Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, report.Paragraph):
        return {"kind": "paragraph", "style": block.kind, "text": block.text}
    if isinstance(block, report.Items):
        return {"kind": "items", "items": block.items, "numbered": block.is_numbered}
    if isinstance(block, report.Figure):
        pictures.append(block.picture.svg)
        return {
            "kind": "figure",
            "picture": len(pictures) - 1,
            "alt": block.picture.alt,
            "width": block.picture.width,
            "caption": block.caption,
        }
    return {
        "kind": "table",
        "shares": [column.share for column in block.columns],
        "headings": [column.heading for column in block.columns],
        # only a cell with a very long word may break its words
        "rows": [
            [
                {
                    "text": cell.text,
                    "tone": cell.tone,
                    "long": any(len(word) > _LONG_WORD for word in cell.text.split()),
                }
                for cell in row
            ]
            for row in block.rows
        ],
    }
