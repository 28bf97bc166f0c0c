"""Write rows as the files that people hand in, and find the rows of one municipality."""

import csv
import io
from collections.abc import Iterable, Mapping

from tests.conftest import ARENAS


def written(
    rows: Iterable[Mapping[str, str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    line_end: str = "\r\n",
) -> bytes:
    """Write rows as CSV; `delimiter=";"` and `encoding="cp1252"` as an older Swedish Excel does."""
    rows = list(rows)
    text = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def arenas_in(code: str) -> list[dict[str, str]]:
    """Give the small county's arenas in one municipality, to change as a test likes."""
    return [dict(row) for row in ARENAS if row["kommunkod"] == code]


NEW_ARENA = {
    "arena_id": "nora-angen",
    "namn": "Öppna förskolan Ängen",
    "arenatyp": "oppen_forskola",
    "status": "aktiv",
    "kommunkod": "1884",
    "huvudman": "Nora kommun",
    "lat": "59.52",
    "lon": "15.04",
    "kalla": "Kommunen",
    "kontrollerad_datum": "2026-11-02",
}
