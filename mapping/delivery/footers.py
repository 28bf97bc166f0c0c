"""Find the notes and totals that stand under a table, in files that people hand in."""

import re
from collections.abc import Mapping, Sequence

from mapping.contract.findings import LONGEST_VALUE, Finding
from mapping.contract.schema import EMPTY
from mapping.delivery import personal_details
from mapping.tables.raw_table import clean_text

_FOOTER = re.compile(
    r"(?:källa|källor|not|noter|anm|anmärkning|uppdaterad|senast uppdaterad|utskriven|hämtad|kontakt)\b.*"
    r"|[*¹²].*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(r"(?:summa|totalt?|s:a|antal rader|antal)\b.*", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"[\d\s.,%-]+")
_MARK = re.compile(r"[*¹²³]{1,3}|\d{1,2}[).]|\.{2,3}|[-–]")
_SENTENCE = re.compile(r"\S+(?:\s+\S+){3,}[.:]", re.DOTALL)


def footers(
    rows: Mapping[int, Sequence[str]], header_row: int, width: int, table: str
) -> tuple[frozenset[int], list[Finding]]:
    """Find rows at the end that say something about the table instead of belonging to it; they are told."""
    tail: list[int] = []
    starts_at = None
    for row in reversed(list(rows)):
        first, *rest = [text for cell in rows[row] if (text := clean_text(cell))] or [EMPTY]
        is_total = _TOTAL.fullmatch(first) and all(_NUMBER.fullmatch(cell) for cell in rest)
        is_named = bool(is_total or _FOOTER.fullmatch(first))
        is_remark = not rest or is_total or (len(rest) == 1 and (is_named or _MARK.fullmatch(first)))
        if row <= header_row or not first or width < 3 or not is_remark:
            break
        tail.append(row)
        # a row that says its name only may be an arena, unless it stands apart
        if row - 1 not in rows or is_named or (not rest and _SENTENCE.fullmatch(first)):
            starts_at = row
    if starts_at is None:
        return frozenset(), []
    below = {row: rows[row] for row in reversed(tail) if row >= starts_at}
    text = " ".join(filter(None, map(clean_text, rows[starts_at])))[:LONGEST_VALUE]
    which = f"Raden ”{text}”" if len(below) == 1 else f"{len(below)} rader, från och med ”{text}”,"
    told = Finding("footer-skipped", table, starts_at, details={"which": which})
    return frozenset(below), [told, *personal_details.in_rows(below, table)]
