"""Understand what one cell says, as its column of the contract: codes, places, dates, numbers, addresses.

Both ends of an age span in one cell ("0–6 år") are parted before this, by `mapping.delivery.split_cells`.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mapping.contract import vocabulary
from mapping.contract.schema import EARLIEST_YEAR, EMPTY, LATEST_YEAR, LIST_JOINER, LISTS, Column, Kind
from mapping.swedish import folded

_SLUG = re.compile(r"[a-z0-9-]+")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,3}(?: \d{3})+|\d{1,9})(?:[.,]0+)?", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,9}(?:[.,]\d*)?", re.ASCII)
_POSTCODE = re.compile(r"(?:SE?[- ]?)?(\d{3}) ?(\d{2})", re.ASCII)


@dataclass(frozen=True)
class DateSpan:
    """The first and last day that a date with unknown day or month may be."""

    first: dt.date
    last: dt.date


class Reading(NamedTuple):
    """How a cell was understood."""

    value: Any
    """What the cell holds: text, number, `DateSpan`, or a tuple for list columns."""
    spelling: str
    """The text as the contract writes it for people; the very text of the cell if it may stand as it is."""
    is_guess: bool = False
    """Whether an alias was taken for a code."""

    @property
    def canonical(self) -> str:
        """The one text for this value: cells that say the same have the same, `59,5` as `59.50`."""
        match self.value:
            case float():
                return f"{self.value:.10g}".replace(".", ",")
            case tuple():
                return LIST_JOINER.join(self.value)
            case DateSpan():
                return self.spelling
        return str(self.value)


def read_cell(text: str, column: Column) -> Reading | None:
    """Understand one filled cell, of clean text; None if it does not fit the column.

    Examples
    --------
    >>> from mapping.contract.schema import ARENOR
    >>> read_cell("Stängd", ARENOR["status"]).value
    'stangd'
    >>> read_cell("59,27", ARENOR["lat"]).value
    59.27
    >>> read_cell("Nora kommun | 1885", ARENOR["betjanar_kommuner"]).value
    ('1884', '1885')
    >>> read_cell("2024-02-30", ARENOR["start_datum"]) is None
    True
    """
    if column.kind not in LISTS:
        return _READERS[column.kind](text, column)
    parts = parts_of(text, column)
    read = [_READERS[column.kind](part, column) for part in parts]
    known = [reading for reading in read if reading is not None]
    if len(known) < len(read):
        return None
    spellings = tuple(reading.spelling for reading in known)
    values = tuple(dict.fromkeys(reading.value for reading in known))
    return Reading(
        values,
        text if spellings == parts else LIST_JOINER.join(spellings),
        is_guess=any(reading.is_guess for reading in known),
    )


def parts_of(text: str, column: Column) -> tuple[str, ...]:
    """Give the values of a cell in a list column.

    Examples
    --------
    >>> from mapping.contract.schema import INSATSER
    >>> parts_of("grupp; digital", INSATSER["form"])
    ('grupp', 'digital')
    >>> parts_of("https://nora.se/?a;b | Rapport 7", INSATSER["kalla"])
    ('https://nora.se/?a;b', 'Rapport 7')
    """
    separators = r"\|" if column.keeps_semicolons else r"[|;]"
    return tuple(part for part in (part.strip() for part in re.split(separators, text)) if part)


def read_answer(text: str, question: str | None) -> str | None:
    """Understand an answer to a question of `kommunlage`; None if it is not one of its answers.

    Examples
    --------
    >>> read_answer("Pågår", "kartlaggning")
    'pagar'
    """
    answers = vocabulary.ANSWERS.get(question or EMPTY, ())
    return next((answer for answer in answers if answer == folded(text)), None)


def _as_written(text: str, _: Column | None = None) -> Reading:
    return Reading(text, text)


def _read_slug(text: str, _: Column) -> Reading | None:
    return _as_written(text) if _SLUG.fullmatch(text) else None


def _read_code(text: str, column: Column) -> Reading | None:
    labels = column.vocabulary or {}
    if text in labels:
        return _as_written(text)
    guess = (column.aliases or {}).get(re.sub(r"\s+", " ", text.casefold()))
    if guess is not None:
        return Reading(guess, guess, is_guess=True)
    code = _codes_by_fold(column).get(folded(text))
    return None if code is None else _as_written(code)


@cache
def _codes_by_fold(column: Column) -> Mapping[str, str]:
    labels = column.vocabulary or {}
    return {folded(word): code for code, label in labels.items() for word in (label, code)}


def _read_area(text: str, column: Column) -> Reading | None:
    areas = column.vocabulary or vocabulary.AREAS
    if text in areas:
        return _as_written(text)
    code = folded(text)
    return _AREAS_BY_FOLD.get(code) or (Reading(code, areas[code]) if code in areas else None)


_AREAS_BY_FOLD = {
    folded(word): Reading(code, name)
    for code, name in vocabulary.AREAS.items()
    for word in (name, f"{name} kommun", f"{name}s kommun")
}


def _read_language(text: str, column: Column) -> Reading | None:
    known = _read_code(text, column)
    if known is not None:
        return known
    code = text.casefold()
    return _as_written(code) if code in vocabulary.ISO_639_1 else None


def _read_date(text: str, _: Column) -> Reading | None:
    parts = _DATE.fullmatch(text)
    if parts is None or not EARLIEST_YEAR <= int(parts[1]) <= LATEST_YEAR:
        return None
    year, month, day = int(parts[1]), parts[2], parts[3]
    try:
        first = dt.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Reading(DateSpan(first, first), text)
    after = (
        dt.date(year + 1, 1, 1) if not month or first.month == 12 else first.replace(month=first.month + 1)
    )
    return Reading(DateSpan(first, after - dt.timedelta(days=1)), text)


def _read_whole(text: str, column: Column) -> Reading | None:
    digits = _WHOLE.fullmatch(text)
    if digits is None:
        return None
    number = int(digits[1].replace(" ", ""))
    is_too_low = column.lowest is not None and number < column.lowest
    is_too_high = column.highest is not None and number > column.highest
    return None if is_too_low or is_too_high else Reading(number, str(number))


def _read_decimal(text: str, _: Column) -> Reading | None:
    number = text.replace(" ", "").replace("−", "-")
    if not _DECIMAL.fullmatch(number):
        return None
    # comma or point, the contract takes both: it is no rewriting worth a note
    return Reading(float(number.replace(",", ".")), text)


def _read_url(text: str, _: Column) -> Reading | None:
    if re.search(r"[\s<>\"\x00-\x1f]", text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    is_web = parts.scheme.casefold() in {"http", "https"} and host is not None and "." in host
    return _as_written(text) if is_web else None


def _read_postcode(text: str, _: Column) -> Reading | None:
    digits = _POSTCODE.fullmatch(text)
    return Reading(digits[1] + digits[2], text) if digits else None


_READERS: Mapping[Kind, Callable[[str, Column], Reading | None]] = {
    Kind.SLUG: _read_slug,
    Kind.TEXT: _as_written,
    Kind.TEXTS: _as_written,
    Kind.CODE: _read_code,
    Kind.CODES: _read_code,
    Kind.AREA: _read_area,
    Kind.AREAS: _read_area,
    Kind.LANGUAGES: _read_language,
    Kind.DATE: _read_date,
    Kind.WHOLE: _read_whole,
    Kind.AGE: _read_whole,
    Kind.DECIMAL: _read_decimal,
    Kind.URL: _read_url,
    Kind.POSTCODE: _read_postcode,
}
