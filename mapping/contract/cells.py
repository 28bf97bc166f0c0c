"""Understand what one cell says, as its column of the contract: codes, places, dates, numbers, addresses.

Both ends of an age span in one cell ("0–6 år") are parted before this, by `mapping.delivery.split_cells`.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mapping.contract import vocabulary
from mapping.contract.ages import read_ages
from mapping.contract.schema import EARLIEST_YEAR, EMPTY, LATEST_YEAR, LIST_JOINER, LISTS, Column, Kind
from mapping.swedish import folded, municipality_names

_SLUG = re.compile(r"[a-z0-9-]+")
_DATE = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d\d))?(?:-(?P<d>\d\d))?", re.ASCII)
_TIME = re.compile(r"[ T]\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    "jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_OTHER_DATES = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"(?P<y>\d{4})[.,]0+",
        r"(?P<y>\d{4})-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?",
        r"(?P<y>\d{4})[./ ](?P<m>\d\d?)[./ ](?P<d>\d\d?)\.?",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
        rf"(?:(?:den )?(?P<d>\d\d?)[.:a-e]* )?(?P<month>{_MONTH})\.? (?P<y>\d{{4}})",
    )
)
_DAY_OR_MONTH_FIRST = re.compile(r"(\d\d?)[-/. ](\d\d?)[-/. ]+(\d{4})", re.ASCII)
_ZERO_DECIMALS = re.compile(r"(\d+)[.,]0+", re.ASCII)
_NAME_AND_CODE = re.compile(r"(\d+)(?:[.,]0+)?[\s,:–-]+\(?(.+?)\)?|(.+?)[\s,:–-]+\(?(\d+)\)?", re.ASCII)
_BETWEEN_CODES = re.compile(r"\s*[,/+&\n]\s*|\s+(?:och|samt|eller)\s+")
_NOTHING = frozenset(
    """
    - – — -- --- .. ... null none nan n/a na n.a. #n/a #na #saknas! saknas okänt okänd
    """.split()  # noqa: SIM905  (a block of words reads better than a list)
) | {"uppgift saknas", "ingen uppgift", "ej känt", "(tom)", "(tomt)", "<null>"}
_LONGEST_AREA = 80
_LONGEST_CODES = 500
"""Characters of a cell that may be several codes with other signs between than the contract's."""
_WHOLE = re.compile(r"(\d{1,3}(?: \d{3})+|\d{1,9})(?:[.,]0+)?", re.ASCII)
_DEGREES = re.compile(
    r"(?P<before>[NEOÖö])?\s*(?P<d>\d{1,2}(?:[.,]\d+)?)\s*(?P<sign>[°º])?"
    r"(?:(?<=[°º])\s*(?P<m>\d{1,2}(?:[.,]\d+)?)\s*['’′´](?:\s*(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″]|''|′′))?)?"
    r"\s*(?P<after>[NEOÖö])?",
    re.ASCII | re.IGNORECASE,
)
_DECIMAL = re.compile(r"-?\d{1,9}(?:[.,]\d*)?", re.ASCII)
_POSTCODE = re.compile(r"(?:SE?[- ]?)?(\d{3}) ?(\d{2})(?:[.,]0+)?", re.ASCII)


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
    known: list[Reading] = []
    for part in parts:
        read = _read_several(part, column)
        if read is None:
            return None
        known += read
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


def _read_several(text: str, column: Column) -> list[Reading] | None:
    """Read one value, or several with a comma, "och" or a line break between, if each of them is known."""
    one = _READERS[column.kind](text, column)
    if one is not None:
        return [one]
    for between in _BETWEEN_CODES.finditer(text) if len(text) <= _LONGEST_CODES else ():
        first = _READERS[column.kind](text[: between.start()], column)
        rest = text[between.end() :]
        if first is not None and (more := _read_several(rest, column) if rest else []) is not None:
            return [first, *more]
    return None


def says_nothing(text: str, column: Column | None) -> bool:
    """Tell whether a cell is filled only to say that there is nothing in it; the text is clean.

    Examples
    --------
    >>> from mapping.contract.schema import ARENOR, KOMMUNLAGE
    >>> says_nothing("NULL", ARENOR["adress"]), says_nothing("saknas", KOMMUNLAGE["svar"])
    (True, False)
    """
    if text.casefold() not in _NOTHING:
        return False
    if column is None or column.kind in {Kind.SLUG, Kind.TEXT, Kind.TEXTS}:
        is_answer = column is not None and column.name == "svar"
        return not (is_answer and any(folded(text) in answers for answers in vocabulary.ANSWERS.values()))
    return read_cell(text, column) is None


def read_answer(text: str, question: str | None) -> str | None:
    """Understand an answer to a question of `kommunlage`; None if it is not one of its answers.

    Examples
    --------
    >>> read_answer("Pågår", "kartlaggning")
    'pagar'
    """
    answers = vocabulary.ANSWERS.get(question or EMPTY, ())
    said = folded(_ZERO_DECIMALS.sub(r"\1", text))
    return next((answer for answer in answers if answer == said), None)


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
    if known := _AREA_NAMES.find(text):
        return Reading(known, vocabulary.AREAS[known])
    code = folded(text)
    if code in areas:
        return Reading(code, areas[code])
    if number := _ZERO_DECIMALS.fullmatch(text):
        return Reading(number[1], number[1]) if number[1] in areas else None
    if len(text) <= _LONGEST_AREA and (both := _NAME_AND_CODE.fullmatch(text)):
        known = _AREA_NAMES.find(both[2] or both[3])
        return Reading(known, vocabulary.AREAS[known]) if known and known == (both[1] or both[4]) else None
    return None


_AREA_NAMES = municipality_names(vocabulary.AREAS)


def _read_language(text: str, column: Column) -> Reading | None:
    known = _read_code(text, column)
    if known is not None:
        return known
    code = text.casefold()
    return _as_written(code) if code in vocabulary.ISO_639_1 else None


def _read_date(text: str, _: Column) -> Reading | None:
    found = _DATE.fullmatch(text)
    if found:
        year, month, day = found.groups()
    else:
        text, *others = dates_meant(text) or [EMPTY]
        if not text or others:
            return None
        year, month, day = (*text.split("-"), None, None)[:3]
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    try:
        first = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    year = int(year)
    if day:
        return Reading(DateSpan(first, first), text)
    after = (
        dt.date(year + 1, 1, 1) if not month or first.month == 12 else first.replace(month=first.month + 1)
    )
    return Reading(DateSpan(first, after - dt.timedelta(days=1)), text)


def dates_meant(text: str) -> list[str]:
    """Give the dates that a text of another form may be, as the contract writes them, the likeliest first.

    Examples
    --------
    >>> dates_meant("2025-3-4"), dates_meant("20250304"), dates_meant("mars 2025"), dates_meant("4/3 2025")
    (['2025-03-04'], ['2025-03-04'], ['2025-03'], ['2025-03-04', '2025-04-03'])
    """
    text = _TIME.sub("", text)
    found: list[tuple[str, str | int | None, str | None]] = []
    for pattern in _OTHER_DATES:
        if parts := pattern.fullmatch(text):
            named = parts.groupdict()
            month = named.get("m") or (
                named.get("month") and 1 + _MONTHS.index(named["month"][:3].casefold())
            )
            found.append((named["y"], month, named.get("d")))
            break
    if parts := _DAY_OR_MONTH_FIRST.fullmatch(text):
        found += [(parts[3], parts[2], parts[1]), (parts[3], parts[1], parts[2])]
    dates: dict[str, None] = {}
    for year, month, day in found:
        with suppress(ValueError):
            dt.date(int(year), int(month or 1), int(day or 1))
            dates["-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])] = None
    return list(dates)


def _read_age(text: str, column: Column) -> Reading | None:
    """Read an age, or a span if it tells only the end that the column is for."""
    # -1 alone is a number below 0, not a span up to 1
    ages = None if _WHOLE.fullmatch(text.removeprefix("-")) else read_ages(text)
    if ages is None or ages.are_expected:
        return _read_whole(text, column)
    own, other = ages[:2] if column.name == "alder_fran" else (ages.last, ages.first)
    return _read_whole(own, column) if other in {EMPTY, own} else None


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
        degrees = read_degrees(text)
        return None if degrees is None else Reading(degrees, f"{degrees:.10g}".replace(".", ","))
    # comma or point, the contract takes both: it is no rewriting worth a note
    return Reading(float(number.replace(",", ".")), text)


def read_degrees(text: str) -> float | None:
    r"""Read degrees with a sign of degrees or a compass point, and with minutes and seconds; None if neither.

    Examples
    --------
    >>> read_degrees("59°16'27″ N"), read_degrees("N 59° 16,45′"), read_degrees("15.2° E")
    (59.2741666667, 59.2741666667, 15.2)
    >>> read_degrees("59,27") is None
    True
    """
    parts = _DEGREES.fullmatch(text.strip())
    if parts is None or not (parts["sign"] or parts["before"] or parts["after"]):
        return None
    first, *finer = (float(number.replace(",", ".")) for number in parts.group("d", "m", "s") if number)
    if any(number >= 60 for number in finer):
        return None
    minutes, seconds = (*finer, 0.0, 0.0)[:2]
    return round(first + minutes / 60 + seconds / 3600, 10)


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
    return Reading(digits[1] + digits[2], re.sub(r"[.,]0+$", "", text)) if digits else None


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
    Kind.AGE: _read_age,
    Kind.DECIMAL: _read_decimal,
    Kind.URL: _read_url,
    Kind.POSTCODE: _read_postcode,
}
