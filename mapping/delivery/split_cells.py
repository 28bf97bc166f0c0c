"""Split cells that hold what the contract keeps in two columns: ages ("0–6 år"), pairs of coordinates."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from mapping.contract.ages import Ages, read_ages
from mapping.contract.cells import read_degrees
from mapping.contract.findings import Finding
from mapping.delivery.headers import AGES, COMPOUND, EAST, NORTH, POINT
from mapping.tables.raw_table import clean_text

_POINT = re.compile(r"([NE]?\s*-?\d+(?:[.,]\d+)?)°?\s*[,;/|\s]\s*([NE]?\s*-?\d+(?:[.,]\d+)?)°?", re.ASCII)
_LONGEST_POINT = 80
"""Characters of a cell that may be two coordinates."""
_BETWEEN_DEGREES = re.compile(r"[,;/|\s]+")
_NO_AGES = Ages("", "")
_EXPECTED = "blivande_foraldrar"
_DEGREES_BELOW = 1_000
"""Numbers below this are degrees, others metres."""


def _age_span(text: str) -> tuple[str, str] | None:
    ages = read_ages(text)
    return ages and ages[:2]


def point(text: str) -> tuple[str, str] | None:
    """Read a pair of coordinates in one cell, north before east as it stands.

    Examples
    --------
    >>> point("59,27412, 15,20661"), point("6570594 511776"), point("Nora")
    (('59,27412', '15,20661'), ('6570594', '511776'), None)
    """
    if pair := _POINT.fullmatch(text.strip()):
        return pair[1].strip("NE "), pair[2].strip("NE ")
    # minutes and seconds have spaces and commas too
    for between in _BETWEEN_DEGREES.finditer(text.strip()) if len(text) < _LONGEST_POINT else ():
        parts = text.strip()[: between.start()], text.strip()[between.end() :]
        if None not in {read_degrees(parts[0]), read_degrees(parts[1])}:
            return parts
    return None


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
            columns |= dict(zip(new, _both(cells, _age_span), strict=True))
            expected = {text for text in set(cells) if (read_ages(clean_text(text)) or _NO_AGES).are_expected}
            if expected:
                told = frame[_EXPECTED].tolist() if _EXPECTED in frame else [""] * len(cells)
                both = zip(cells, told, strict=True)
                columns[_EXPECTED] = [own or ("ja" if text in expected else "") for text, own in both]
        elif name == POINT:
            new = _coordinate_columns(cells)
            columns |= dict(zip(new, _both(cells, point), strict=True))
        else:
            # north is the greater number, in degrees and in metres, whatever the axis is called
            other = frame[EAST if name == NORTH else NORTH].tolist() if {NORTH, EAST} <= {*frame} else cells
            is_east = name == EAST if _first(other) == _first(cells) else _first(cells) < _first(other)
            new = (_coordinate_columns(cells)[is_east],)
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


def converted_ages(frame: pd.DataFrame, table: str, header_row: int) -> Iterator[Finding]:
    """Tell which ages of a frame, not yet split, are months or school years that are read as years."""
    for name in (name for name in (AGES, "alder_fran", "alder_till") if name in frame):
        of_text = {text: read_ages(clean_text(text)) for text in frame[name].unique().tolist()}
        converted = {text: ages for text, ages in of_text.items() if ages is not None and ages.are_converted}
        count = int(frame[name].isin(converted.keys()).sum())
        for text, ages in [*converted.items()][:1]:
            meaning = "–".join(dict.fromkeys(filter(None, ages[:2])))
            yield Finding("ages-converted", table, header_row, name, text, {"meaning": meaning}, count)


def _both(cells: list[str], parted: Callable[[str], tuple[str, str] | None]) -> list[list[str]]:
    by_text = {text: parted(clean_text(text)) or (text, "") for text in dict.fromkeys(cells)}
    return [[by_text[text][0] for text in cells], [by_text[text][1] for text in cells]]


def _coordinate_columns(cells: list[str]) -> tuple[str, str]:
    return ("lat", "lon") if _first(cells) < _DEGREES_BELOW else ("sweref_n", "sweref_e")


def _first(cells: list[str]) -> int:
    """Give the first number in a column, without its decimals."""
    numbers = (re.match(r"[NE]?\s*-?(\d[\d ]*)", clean_text(text), re.ASCII) for text in cells)
    return next((int(number[1].replace(" ", "")) for number in numbers if number), 0)


def _spans_in_one(first: list[str], last: list[str] | None) -> tuple[list[str], list[str]] | None:
    """Split spans that stand in the column of the lowest age, where the highest is not told."""
    ends = last if last is not None else [""] * len(first)
    spans = {}
    for text in dict.fromkeys(first):
        span = _age_span(clean_text(text))
        spans[text] = span if span is not None and "" not in span and span[0] != span[1] else None
    if not any(spans.values()):
        return None
    pairs = [
        (spans[text] or (text, end)) if not end.strip() else (text, end)
        for text, end in zip(first, ends, strict=True)
    ]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
