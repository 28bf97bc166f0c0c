"""Understand the different texts of a column at once, however many there are."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow
import pyarrow.compute as pc

from mapping.contract.cells import is_within, read_cell
from mapping.contract.schema import EMPTY, Column, Kind
from mapping.tables.texts import BETWEEN, Texts


@dataclass(frozen=True, eq=False)
class Readings:
    """How the different texts of a column were understood, in their order.

    Parameters
    ----------
    texts, column
        What was read, as which column.
    odd
        Where among the texts → what it holds, for those that are not of the plainest form; None if it does
        not fit.
    canonical
        The contract's own spelling, for the texts that are spelled in another way.
    guesses
        The texts for which an alias was taken for a code.
    """

    texts: Texts
    column: Column
    odd: Mapping[int, Any]
    canonical: Mapping[str, str]
    guesses: frozenset[str]

    @cached_property
    def values(self) -> list[Any]:
        """What each text holds; None where it is empty or does not fit."""
        read = _PLAIN_VALUES.get(self.column.kind)
        if read is not None:
            values = read(self.texts, tuple(self.odd))
        else:
            values = [text or None for text in self.texts.different]
        for place, value in self.odd.items():
            values[place] = value
        return values

    @property
    def unfit(self) -> tuple[int, ...]:
        """Where the texts are that are filled and do not fit."""
        return tuple(place for place, value in self.odd.items() if value is None)

    @property
    def are_as_written(self) -> bool:
        """Whether each text holds just what is written."""
        return not self.odd and self.column.kind not in _PLAIN_VALUES


def readings_of(texts: Texts, column: Column) -> Readings:
    """Understand every different text of a column once.

    Parameters
    ----------
    texts
        Clean text. An empty cell is read as None: not known.
    column
        The column the cells are.
    """
    if column not in texts.readings:
        texts.readings[column] = _read_at_once(texts, column)
    read: Readings = texts.readings[column]
    return read


def _read_at_once(texts: Texts, column: Column) -> Readings:
    """Read plain texts together, and the others one by one.

    A column of a hundred thousand different plain texts takes milliseconds instead of half a second. A test
    holds the two ways alike.
    """
    odd: dict[int, Any] = {}
    canonical: dict[str, str] = {}
    guesses: set[str] = set()
    for place in _odd(texts, column):
        text = texts.text(place)
        reading = read_cell(text, column)
        odd[place] = None if reading is None else reading.value
        if reading is not None:
            if reading.canonical != text:
                canonical[text] = reading.canonical
            if reading.is_guess:
                guesses.add(text)
    return Readings(texts, column, odd, canonical, frozenset(guesses))


def _plain_lists(texts: Texts, odd: Collection[int]) -> list[Any]:
    return [None if text is None else (text,) for text in _filled_texts(texts, odd).to_pylist()]


def _plain_whole_numbers(texts: Texts, odd: Collection[int]) -> list[Any]:
    numbers: list[Any] = _filled_texts(texts, odd).cast(pyarrow.int64()).to_pylist()
    return numbers


def _plain_decimals(texts: Texts, odd: Collection[int]) -> list[Any]:
    written = pc.replace_substring(_filled_texts(texts, odd), ",", ".")
    numbers: list[Any] = written.cast(pyarrow.float64()).to_pylist()
    return numbers


def _filled_texts(texts: Texts, odd: Collection[int]) -> pyarrow.Array:
    """Give the different texts, missing where they are empty or odd."""
    is_left_out = pc.equal(texts.array, EMPTY).to_numpy(zero_copy_only=False)
    is_left_out[list(odd)] = True
    return pc.if_else(pyarrow.array(is_left_out), None, texts.array)


def _odd(texts: Texts, column: Column) -> list[int]:
    """Tell where the filled texts are that are not of the plainest form of the column's kind."""
    if column.kind is Kind.TEXT:
        return []
    pattern = _PLAIN_TEXT.get(column.kind)
    if column.kind is Kind.TEXTS:
        pattern = r"[^|\0]*+" if column.keeps_semicolons else r"[^|;\0]*+"
    if pattern is None:
        return [place for place, text in enumerate(texts.different) if text]
    odd = _unmatched(texts, pattern)
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        plain = set(range(len(texts.different))).difference(odd)
        beyond = (place for place in plain if not is_within(int(texts.different[place] or 0), column))
        odd = sorted([*odd, *(place for place in beyond if texts.different[place])])
    return odd


def _unmatched(texts: Texts, pattern: str) -> list[int]:
    """Tell where the filled texts are that a pattern does not match; quick where most of them do."""
    plain = re.compile(rf"(?:(?:{pattern})?{BETWEEN})*+", re.ASCII)
    joined = texts.joined + BETWEEN if texts.count else EMPTY
    unmatched: list[int] = []
    number = start = 0
    while start < len(joined):
        matched = plain.match(joined, start)
        end = start if matched is None else matched.end()
        number += joined.count(BETWEEN, start, end)
        if end < len(joined):
            unmatched.append(number)
            number += 1
            end = joined.index(BETWEEN, end) + 1
        start = end
    return unmatched


_PLAIN_TEXT: Mapping[Kind, str] = {
    Kind.SLUG: r"[a-z0-9-]++",
    Kind.WHOLE: r"0|[1-9][0-9]{0,8}+",
    Kind.AGE: r"0|[1-9][0-9]{0,8}+",
    Kind.DECIMAL: r"-?[0-9]{1,9}+(?:[.,][0-9]*+)?",
    Kind.URL: r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)++(?:[/?#][^\s<>\"\x00-\x1f]*+)?",
    Kind.POSTCODE: "[0-9]{5}",
}
_PLAIN_VALUES: Mapping[Kind, Callable[[Texts, Collection[int]], list[Any]]] = {
    Kind.TEXTS: _plain_lists,
    Kind.WHOLE: _plain_whole_numbers,
    Kind.AGE: _plain_whole_numbers,
    Kind.DECIMAL: _plain_decimals,
}
"""How plain texts that hold something else than themselves are read, the odd ones left out."""
