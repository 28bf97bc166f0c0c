"""Split cells that hold what the contract keeps in two columns: ages ("0–6 år"), pairs of coordinates."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from mapping.delivery.headers import AGES, COMPOUND, EAST, POINT
from mapping.tables.raw_table import clean_text

_DASH = r"(?:[-‐‑‒–—−]|till|t\.?\s?o\.?\s?m\.?|och)"
_SPAN = re.compile(rf"(?:från\s+)?(\d{{1,3}})\s*(?:år)?\s*{_DASH}\s*(\d{{1,3}})", re.ASCII)
_FROM = re.compile(
    rf"från\s+(\d{{1,3}})(?:\s*år)?|(\d{{1,3}})\s*(?:år\s*)?(?:\+|{_DASH}|och (?:uppåt|äldre|över))", re.ASCII
)
_TO = re.compile(rf"(?:{_DASH}|upp till|högst|till och med)\s*(\d{{1,3}})", re.ASCII)
_ONE = re.compile(r"(\d{1,3})", re.ASCII)
_POINT = re.compile(r"([NE]?\s*-?\d+(?:[.,]\d+)?)°?\s*[,;/|\s]\s*([NE]?\s*-?\d+(?:[.,]\d+)?)°?", re.ASCII)
_DEGREES_BELOW = 1_000
"""Numbers below this are degrees, others metres."""


def age_span(text: str) -> tuple[str, str] | None:
    """Read a span of ages in whole years as its two ends, the one that is not told empty.

    Examples
    --------
    >>> age_span("0–6 år"), age_span("13 år och äldre"), age_span("upp till 5"), age_span("4")
    (('0', '6'), ('13', ''), ('', '5'), ('4', '4'))
    >>> age_span("alla åldrar") is None
    True
    """
    words = re.sub(r"\s*(?:års? ålder|åringar|år|års)\.?$", "", text.casefold().strip())
    if span := _SPAN.fullmatch(words):
        return span[1], span[2]
    if start := _FROM.fullmatch(words):
        return start[1] or start[2], ""
    if end := _TO.fullmatch(words):
        return "", end[1]
    if one := _ONE.fullmatch(words):
        return one[1], one[1]
    return None


def point(text: str) -> tuple[str, str] | None:
    """Read a pair of coordinates in one cell, north before east as it stands.

    Examples
    --------
    >>> point("59,27412, 15,20661"), point("6570594 511776"), point("Nora")
    (('59,27412', '15,20661'), ('6570594', '511776'), None)
    """
    pair = _POINT.fullmatch(text.strip())
    return (pair[1].strip("NE "), pair[2].strip("NE ")) if pair else None


def split(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Give each column of the contract its own part of such cells.

    A cell that cannot be split is kept as it is in the first of its columns, where it will be a finding. The
    frame is raw text, its columns as `mapping.delivery.headers.matched` names them; it comes back without the
    compound ones, with which of them were split or moved, into which.
    """
    splits: list[tuple[str, tuple[str, ...]]] = []
    columns: dict[str, list[str] | pd.Series[Any]] = {}
    for name in map(str, frame.columns):
        if name not in COMPOUND:
            columns[name] = frame[name]
            continue
        cells = frame[name].tolist()
        new: tuple[str, ...]
        if name == AGES:
            new = ("alder_fran", "alder_till")
            columns |= dict(zip(new, _both(cells, age_span), strict=True))
        elif name == POINT:
            new = _coordinate_columns(cells)
            columns |= dict(zip(new, _both(cells, point), strict=True))
        else:
            new = (_coordinate_columns(cells)[name == EAST],)
            columns[new[0]] = cells
        splits.append((name, new))
    if "alder_fran" in columns and AGES not in frame:
        spans = _spans_in_one(
            frame["alder_fran"].tolist(), frame["alder_till"].tolist() if "alder_till" in frame else None
        )
        if spans is not None:
            columns["alder_fran"], columns["alder_till"] = spans
            splits.append(("alder_fran", ("alder_fran", "alder_till")))
    if not splits:
        return frame, ()
    return pd.DataFrame(columns, index=frame.index, dtype="str"), tuple(splits)


def _both(cells: list[str], parted: Callable[[str], tuple[str, str] | None]) -> list[list[str]]:
    by_text = {text: parted(clean_text(text)) or (text, "") for text in dict.fromkeys(cells)}
    return [[by_text[text][0] for text in cells], [by_text[text][1] for text in cells]]


def _coordinate_columns(cells: list[str]) -> tuple[str, str]:
    numbers = (re.match(r"[NE]?\s*-?(\d+)", clean_text(text), re.ASCII) for text in cells)
    first = next((int(number[1]) for number in numbers if number), 0)
    return ("lat", "lon") if first < _DEGREES_BELOW else ("sweref_n", "sweref_e")


def _spans_in_one(first: list[str], last: list[str] | None) -> tuple[list[str], list[str]] | None:
    """Split spans that stand in the column of the lowest age, where the highest is not told."""
    ends = last if last is not None else [""] * len(first)
    spans = {}
    for text in dict.fromkeys(first):
        span = age_span(clean_text(text))
        spans[text] = span if span is not None and "" not in span and span[0] != span[1] else None
    if not any(spans.values()):
        return None
    pairs = [
        (spans[text] or (text, end)) if not end.strip() else (text, end)
        for text, end in zip(first, ends, strict=True)
    ]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
