"""Offer what a cell that does not fit its column was probably meant to say; nothing is read so by itself."""

import datetime as dt
import re
from contextlib import suppress
from typing import Final

from mapping import swedish
from mapping.contract import vocabulary
from mapping.contract.cells import dates_meant, read_cell
from mapping.contract.schema import LATEST_YEAR, Column, Kind

_DAY_NUMBER: Final = re.compile(r"(\d{4,5})(?:[.,]0+)?", re.ASCII)
_EXCEL_DAY_0: Final = dt.date(1899, 12, 30)
"""What Excel counts days from, after its February of 1900 that was a day too long."""
_YEAR_LIKE: Final = range(1950, LATEST_YEAR)
_SHORT_DAY: Final = re.compile(r"(\d\d?)-([a-z]{3})\.?|([a-z]{3})\.?-(\d\d?)", re.IGNORECASE | re.ASCII)
_SIX_DIGITS: Final = re.compile(r"(\d\d)(\d\d)(\d\d)", re.ASCII)
_ENCODINGS: Final = ("cp1252", "latin-1", "mac_roman")
"""What text in UTF-8 is read as by mistake."""
_TWICE: Final = re.compile("[ÃÂâ√][^ -~åäöÅÄÖ]")


def suggestion(text: str, column: Column) -> str:
    """Give a sentence with the nearest form that the column can hold, a space before it; or nothing.

    Examples
    --------
    >>> from mapping.contract.schema import ARENOR, INSATSER
    >>> suggestion("Örebro stad", ARENOR["kommun"]), suggestion("2025-12-06", INSATSER["alder_fran"])
    (' Menade du ”Örebro”?', ' Menade du ”6–12”?')
    """
    once = decoded_once(text)
    if once is not None and read_cell(once, column) is not None:
        return _asked(once)
    nearest: str | None
    match column.kind:
        case Kind.DATE:
            nearest = _date(text)
        case Kind.AGE:
            nearest = _span(text)
        case Kind.WHOLE:
            day = _day(text)
            nearest = (year_in_date(day.isoformat()) or str(day.year)) if day else None
        case Kind.SLUG:
            nearest = swedish.slug(re.sub(r"[.,]0+$", "", text))
        case Kind.AREA | Kind.AREAS:
            return _area(once or text, column)
        case _:
            return swedish.suggestion(once or text, column.vocabulary or ())
    # a span is for two columns: one alone cannot hold it
    is_fit = nearest and (column.kind is Kind.AGE or read_cell(nearest, column))
    return _asked(nearest) if is_fit else ""


def year_in_date(text: str) -> str | None:
    """Give the year that a date is, when Excel took its number for that of a day.

    Examples
    --------
    >>> year_in_date("1905-07-11"), year_in_date("2019-07-11")
    ('2019', None)
    """
    with suppress(ValueError):
        number = (dt.date.fromisoformat(text[:10]) - _EXCEL_DAY_0).days
        return str(number) if number in _YEAR_LIKE else None
    return None


def decoded_once(text: str) -> str | None:
    """Give a text that was decoded twice as it should have been read; None for any other.

    Examples
    --------
    >>> decoded_once("PÃ¤rlan"), decoded_once("Pärlan")
    ('Pärlan', None)
    """
    if _TWICE.search(text):
        for encoding in _ENCODINGS:
            with suppress(UnicodeError):
                return text.encode(encoding).decode("utf-8")
    return None


def may_be_decoded_twice(text: str) -> bool:
    """Tell quickly whether a text may hold a word for `decoded_twice`."""
    return _TWICE.search(text) is not None


def decoded_twice(text: str) -> tuple[str, str] | None:
    """Give the first word of a text that was decoded twice, and what it should have been; None if none was.

    Examples
    --------
    >>> decoded_twice("Familjecentralen PÃ¤rlan")
    ('PÃ¤rlan', 'Pärlan')
    """
    found = ((word, decoded_once(word)) for word in text.split()) if _TWICE.search(text) else ()
    return next(((word, once) for word, once in found if once is not None), None)


def _asked(words: str | None) -> str:
    return f" Menade du ”{words}”?" if words else ""


def _day(text: str) -> dt.date | None:
    """Give the day that a text in a column of other things is, or that its number is to Excel."""
    if number := _DAY_NUMBER.fullmatch(text):
        return _EXCEL_DAY_0 + dt.timedelta(days=int(number[1]))
    with suppress(ValueError):
        return dt.date.fromisoformat(next(iter(dates_meant(text)), text[:10]))
    return None


def _date(text: str) -> str | None:
    if meant := dates_meant(text):
        return meant[0]
    if digits := _SIX_DIGITS.fullmatch(text):
        return "20" + "-".join(digits.groups())
    if short := _SHORT_DAY.fullmatch(text):
        # mar-25 is how Excel shows a month
        return next(iter(dates_meant(f"{short[3]} 20{short[4]}")), None) if short[3] else None
    day = _day(text)
    return day.isoformat() if day else None


def _span(text: str) -> str | None:
    """Give the span that Excel took for a day of a month: 6–12 for 6 December."""
    if short := _SHORT_DAY.fullmatch(text):
        number, name = int(short[1] or short[4]), (short[2] or short[3]).casefold()
        dates = dates_meant(f"{name} 2000")
        month = int(dates[0][5:]) if dates else 0
    elif day := _day(text):
        number, month = day.day, day.month
    else:
        return None
    is_span = month > 0 and number <= 25 and month != number
    return swedish.span(*sorted((number, month))) if is_span else None


def _area(text: str, column: Column) -> str:
    areas = column.vocabulary or vocabulary.AREAS
    words = re.split(r"[^\w]+", text.casefold())
    named = [
        name
        for code, name in vocabulary.MUNICIPALITIES.items()
        if {name.casefold(), f"{name.casefold()}s", code} & {*words}
    ]
    return _asked(named[0]) if len(named) == 1 else swedish.suggestion(text, areas.values())
