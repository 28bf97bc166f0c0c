"""Read finished files again: their text, their tables, their tags."""

import io
import re

import docx
import pptx
import pypdf
from openpyxl import load_workbook
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_LAYOUT = re.compile(r"[\s\u200b\u00ad-]+")


def plain(text):
    """Take away what layout adds: spaces, line breaks and hyphens, of which some stand at line ends."""
    return _LAYOUT.sub("", text)


def pdf_text(data):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def docx_text(data):
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


def docx_rows(data):
    word = docx.Document(io.BytesIO(data))
    return [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]


def pptx_shapes(data):
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        yield from slide.shapes


def pptx_rows(data):
    return [
        [cell.text.replace("\v", "\n") for cell in row.cells]
        for shape in pptx_shapes(data)
        if shape.has_table
        for row in shape.table.rows
    ]


def pptx_text(data):
    words = [shape.text_frame.text for shape in pptx_shapes(data) if shape.has_text_frame]
    return "\n".join(words + [cell for row in pptx_rows(data) for cell in row])


def xlsx_rows(data):
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def tag_tree(data):
    """Walk the structure of a PDF: (tag, its dictionary, depth), in reading order."""
    root = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]

    def walk(node, depth):
        if isinstance(node, IndirectObject):
            node = node.get_object()
        if isinstance(node, ArrayObject):
            for one in node:
                yield from walk(one, depth)
        elif isinstance(node, DictionaryObject) and ("/S" in node or "/K" in node):
            if "/S" in node:
                yield node["/S"].lstrip("/"), node, depth
            if "/K" in node:
                yield from walk(node["/K"], depth + 1)

    yield from walk(root["/StructTreeRoot"], 0)
