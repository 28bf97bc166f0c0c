"""Read the comments of a workbook, which the library that reads its cells does not give."""

import io
import re
import zipfile
from xml.parsers import expat

_PART = re.compile(r"xl/(?:threaded)?comments/?[^/]*\.xml", re.IGNORECASE)


def comments(data: bytes) -> list[tuple[str, str]]:
    """Give the cell (`B3`) and the text of each comment, notes and threads alike.

    `mapping.tables.excel_file.grids` has read the workbook before: its parts are within their limits.
    """
    found: list[tuple[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] in {"comment", "threadedComment"}:
            found.append((attributes.get("ref", ""), ""))

    def read(text: str) -> None:
        if found:
            cell, before = found[-1]
            found[-1] = (cell, before + text)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _PART.fullmatch(name):
                parser = expat.ParserCreate()
                parser.buffer_text = True
                parser.StartElementHandler, parser.CharacterDataHandler = start, read
                parser.Parse(archive.read(name), True)  # noqa: FBT003  (the library takes it by position only)
    return found
