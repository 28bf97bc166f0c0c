"""State the data contract as data: which tables there are, their columns, and the rules they follow.

Everything else that needs the contract reads it here: the reader, the pandera schemas, later the templates
and the Frictionless Table Schema. The rules work on clean text (see `mapping.reading`), so that a fault can
always be shown as the person wrote it.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow
import pyarrow.compute as pc

from mapping import vocabulary
from mapping.findings import Finding
from mapping.texts import BETWEEN, Texts, as_objects
from mapping.wording import either

if TYPE_CHECKING:
    import pandera.pandas as pa

EMPTY = ""
LIST_SEPARATOR = "|"
NO_CO_LOCATION = "ingen"
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199


class Kind(StrEnum):
    """What the cells of a column hold."""

    SLUG = "slug"
    TEXT = "text"
    TEXTS = "list of text"
    CODE = "code"
    CODES = "list of codes"
    AREA = "kommunkod or name"
    AREAS = "list of kommunkod or names"
    LANGUAGES = "list of ISO 639-1 codes"
    DATE = "date"
    WHOLE = "whole number"
    AGE = "age in whole years"
    DECIMAL = "decimal number"
    URL = "http(s) address"
    POSTCODE = "postcode"


LISTS = frozenset({Kind.TEXTS, Kind.CODES, Kind.AREAS, Kind.LANGUAGES})
"""Kinds whose cells hold several values."""


@dataclass(frozen=True, eq=False)
class Column:
    """One column of the contract.

    Parameters
    ----------
    name
        The header, and the column's name in every frame.
    kind
        What its cells hold.
    required
        Whether the column must be there with every cell filled.
    must_exist
        Whether the column must be there although its cells may be empty.
    vocabulary
        Code → Swedish label, for codes.
    aliases
        Other words for the codes, casefolded. Read, but reported as guessed.
    default
        What an empty cell is read as. Empty: not known.
    lowest, highest
        For numbers, both ends included.
    keeps_semicolons
        Whether `;` is part of the text in a list column (addresses on the web hold them).
    fault
        The finding's code when a cell does not fit. Chosen by the kind if empty.
    """

    name: str
    kind: Kind
    required: bool = False
    must_exist: bool = False
    vocabulary: Mapping[str, str] | None = None
    aliases: Mapping[str, str] | None = None
    default: str = EMPTY
    lowest: int | None = None
    highest: int | None = None
    keeps_semicolons: bool = False
    fault: str = EMPTY

    @property
    def fault_code(self) -> str:
        """The code of the finding for a cell that does not fit; empty if every text fits."""
        return self.fault or _FAULTS.get(self.kind, EMPTY)


_FAULTS: Mapping[Kind, str] = {
    Kind.SLUG: "bad-slug",
    Kind.CODE: "unknown-code",
    Kind.CODES: "unknown-code",
    Kind.AREA: "unknown-municipality",
    Kind.AREAS: "unknown-municipality",
    Kind.LANGUAGES: "unknown-language",
    Kind.DATE: "impossible-date",
    Kind.WHOLE: "bad-number",
    Kind.AGE: "bad-age",
    Kind.DECIMAL: "bad-coordinate",
    Kind.URL: "bad-url",
    Kind.POSTCODE: "bad-postcode",
}


@dataclass(frozen=True, eq=False)
class Table:
    """One table of the contract.

    Parameters
    ----------
    name
        The file's name without its ending.
    columns
        In the order of the contract.
    key
        The column that names a row, or empty.
    required
        Whether a dataset must have the table.
    """

    name: str
    columns: tuple[Column, ...]
    key: str = EMPTY
    required: bool = False

    def __getitem__(self, name: str) -> Column:
        """Give the column of that name."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a column of that name."""
        return name in self._by_name

    @property
    def _by_name(self) -> Mapping[str, Column]:
        return _columns_by_name(self)

    @property
    def places(self) -> bool:
        """Whether a row may say its municipality by code, by name or both; one is enough."""
        return "kommunkod" in self and "kommun" in self


@cache
def _columns_by_name(table: Table) -> Mapping[str, Column]:
    return {column.name: column for column in table.columns}


def _text(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.TEXT, required=required)


def _age(name: str, *, highest: int = 25, required: bool = False) -> Column:
    return Column(name, Kind.AGE, required=required, lowest=0, highest=highest)


def _code(name: str, labels: Mapping[str, str], *, required: bool = False, default: str = EMPTY) -> Column:
    return Column(name, Kind.CODE, required=required, vocabulary=labels, default=default)


def _date(name: str, *, required: bool = False) -> Column:
    return Column(name, Kind.DATE, required=required)


_STATUS = _code("status", vocabulary.STATUS, default="okand")
_BELAGG = _code("belagg", vocabulary.EVIDENCE, default="direkt")
_KALLA = Column("kalla", Kind.TEXTS, keeps_semicolons=True)
_ARENA_TYPE = Column(
    "arenatyp",
    Kind.CODE,
    required=True,
    vocabulary=vocabulary.ARENA_TYPE,
    aliases=vocabulary.ARENA_TYPE_ALIASES,
    fault="unknown-arena-type",
)
_PARTER = Column("parter", Kind.CODES, vocabulary={**vocabulary.PARTY, **vocabulary.MUNICIPALITIES})
_PARENT_TO_BE = _code("blivande_foraldrar", vocabulary.YES_NO)
_DIALOGUE_AREAS = {**vocabulary.AREAS, **vocabulary.COUNTY_PART, "orebro": "Örebro"}

ARENOR = Table(
    "arenor",
    (
        Column("arena_id", Kind.SLUG),
        _text("namn", required=True),
        _ARENA_TYPE,
        _STATUS,
        Column("kommunkod", Kind.AREA),
        Column("kommun", Kind.AREA),
        Column("betjanar_kommuner", Kind.AREAS),
        Column("huvudman", Kind.TEXTS),
        _text("adress"),
        Column("postnummer", Kind.POSTCODE),
        _text("ort"),
        _code("adress_visning", vocabulary.ADDRESS_DISPLAY, default="full"),
        Column("lat", Kind.DECIMAL),
        Column("lon", Kind.DECIMAL),
        Column("sweref_n", Kind.DECIMAL),
        Column("sweref_e", Kind.DECIMAL),
        Column("samlokaliserad_med", Kind.SLUG),
        *(_code(name, vocabulary.YES_NO) for name in vocabulary.FAMILY_CENTRE_PART),
        _date("start_datum"),
        _date("utvecklad_datum"),
        Column("webbplats", Kind.URL),
        _BELAGG,
        _KALLA,
        _date("kontrollerad_datum"),
        _text("anmarkning"),
    ),
    key="arena_id",
    required=True,
)
INSATSER = Table(
    "insatser",
    (
        Column("insats_id", Kind.SLUG),
        Column("arena_id", Kind.SLUG, required=True),
        _text("namn", required=True),
        Column("preventionsniva", Kind.CODES, vocabulary=vocabulary.PREVENTION_LEVEL),
        _age("alder_fran"),
        _age("alder_till"),
        _PARENT_TO_BE,
        Column("malgrupp", Kind.TEXTS),
        _text("metod"),
        _code("kunskapsbas", vocabulary.KNOWLEDGE_BASE),
        _code("barnratt", vocabulary.YES_NO),
        Column("form", Kind.CODES, vocabulary=vocabulary.FORM),
        Column("sprak", Kind.LANGUAGES, vocabulary=vocabulary.LANGUAGE),
        Column("tema", Kind.TEXTS),
        _PARTER,
        _STATUS,
        _BELAGG,
        _KALLA,
        _date("kontrollerad_datum"),
        _text("anmarkning"),
    ),
    key="insats_id",
)
KOMMUNLAGE = Table(
    "kommunlage",
    (
        Column("kommunkod", Kind.AREA),
        Column("kommun", Kind.AREA),
        Column(
            "fraga",
            Kind.CODE,
            required=True,
            vocabulary={question: question for question in vocabulary.ANSWERS},
        ),
        Column("svar", Kind.TEXT, must_exist=True),
        _PARTER,
        _age("alder_fran"),
        _age("alder_till"),
        _text("fritext"),
        _KALLA,
        _date("datum", required=True),
        _text("roll"),
    ),
)
DIALOG = Table(
    "dialog",
    (
        Column("kommun", Kind.AREAS, required=True, vocabulary=_DIALOGUE_AREAS),
        _date("datum"),
        _code("typ", vocabulary.DIALOGUE_KIND, required=True),
        _text("text", required=True),
        _KALLA,
        _code("tolkning", vocabulary.DIALOGUE_READING),
    ),
)
BEFOLKNING = Table(
    "befolkning",
    (
        Column("kommunkod", Kind.AREA, required=True),
        Column("ar", Kind.WHOLE, required=True, lowest=EARLIEST_YEAR, highest=LATEST_YEAR),
        _age("alder_fran", highest=120, required=True),
        _age("alder_till", highest=120, required=True),
        Column("antal", Kind.WHOLE, required=True, lowest=0, highest=100_000_000),
        _KALLA,
    ),
)
ORTER = Table(
    "orter",
    (
        _text("ort", required=True),
        Column("kommunkod", Kind.AREA),
        Column("lat", Kind.DECIMAL, required=True),
        Column("lon", Kind.DECIMAL, required=True),
        Column("befolkning", Kind.WHOLE, lowest=0, highest=100_000_000),
        _code("palitlig", vocabulary.YES_NO),
        _KALLA,
    ),
)
TYPVARDEN = Table(
    "typvarden",
    (
        _ARENA_TYPE,
        _age("alder_fran"),
        _age("alder_till"),
        Column("preventionsniva", Kind.CODES, vocabulary=vocabulary.PREVENTION_LEVEL),
        _PARENT_TO_BE,
        _KALLA,
    ),
)

TABLES: Mapping[str, Table] = {
    table.name: table for table in (ARENOR, INSATSER, KOMMUNLAGE, DIALOG, BEFOLKNING, ORTER, TYPVARDEN)
}
"""All tables of the contract by name, `arenor` first."""


@dataclass(frozen=True)
class Span:
    """The first and last day that a date with unknown day or month may be."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Reading:
    """How a cell was understood.

    Parameters
    ----------
    value
        What the cell holds: text, number, `Span`, or a tuple for list columns.
    canonical
        The text as the contract writes it; the same text if nothing needed to be rewritten.
    is_guess
        Whether an alias was taken for a code.
    """

    value: Any
    canonical: str
    is_guess: bool = False


def read_cell(text: str, column: Column) -> Reading | None:
    """Understand one filled cell.

    Parameters
    ----------
    text
        Clean text, not empty.
    column
        The column it stands in.

    Returns
    -------
    Reading or None
        None if the text does not fit the column.

    Examples
    --------
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
    parts = split(text, column)
    read = [_READERS[column.kind](part, column) for part in parts]
    known = [reading for reading in read if reading is not None]
    if len(known) < len(read):
        return None
    canonical = tuple(reading.canonical for reading in known)
    return Reading(
        tuple(dict.fromkeys(reading.value for reading in known)),
        text if canonical == parts else f" {LIST_SEPARATOR} ".join(canonical),
        is_guess=any(reading.is_guess for reading in known),
    )


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


def readings(texts: Texts, column: Column) -> Readings:
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
        beyond = (place for place in plain if not _is_within(int(texts.different[place] or 0), column))
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


def _is_within(number: int, column: Column) -> bool:
    is_too_low = column.lowest is not None and number < column.lowest
    return not is_too_low and (column.highest is None or number <= column.highest)


def split(text: str, column: Column) -> tuple[str, ...]:
    """Give the values of a cell in a list column.

    Examples
    --------
    >>> split("grupp; digital", INSATSER["form"])
    ('grupp', 'digital')
    >>> split("https://nora.se/?a;b | Rapport 7", INSATSER["kalla"])
    ('https://nora.se/?a;b', 'Rapport 7')
    """
    separators = r"\|" if column.keeps_semicolons else r"[|;]"
    return tuple(part for part in (part.strip() for part in re.split(separators, text)) if part)


def folded(text: str) -> str:
    """Give a word as a code would spell it: lower case, no å, ä, ö, underscores for spaces and hyphens.

    Examples
    --------
    >>> folded("Hälso- och sjukvård")
    'halso_och_sjukvard'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", plain).strip("_")


def slug(*words: str) -> str:
    """Make an identity of words.

    Examples
    --------
    >>> slug("Örebro", "Familjecentralen Vivalla")
    'orebro-familjecentralen-vivalla'
    """
    joined = folded("-".join(word for word in words if word))
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-")


def _read_text(text: str, _: Column) -> Reading | None:
    return Reading(text, text)


def _read_slug(text: str, _: Column) -> Reading | None:
    return Reading(text, text) if re.fullmatch(r"[a-z0-9-]+", text) else None


def _read_code(text: str, column: Column) -> Reading | None:
    labels = column.vocabulary or {}
    if text in labels:
        return Reading(text, text)
    guess = (column.aliases or {}).get(re.sub(r"\s+", " ", text.casefold()))
    if guess is not None:
        return Reading(guess, guess, is_guess=True)
    code = _codes_by_fold(column).get(folded(text))
    return None if code is None else Reading(code, code)


@cache
def _codes_by_fold(column: Column) -> Mapping[str, str]:
    labels = column.vocabulary or {}
    return {folded(word): code for code, label in labels.items() for word in (label, code)}


def _read_area(text: str, column: Column) -> Reading | None:
    areas = column.vocabulary or vocabulary.AREAS
    if text in areas:
        return Reading(text, text)
    return _AREAS_BY_FOLD.get(folded(text)) or _county_part(text, areas)


def _county_part(text: str, areas: Mapping[str, str]) -> Reading | None:
    code = folded(text)
    return Reading(code, areas[code]) if code in areas else None


def _area_words() -> Iterator[tuple[str, Reading]]:
    for code, name in vocabulary.AREAS.items():
        reading = Reading(code, name)
        yield from ((folded(word), reading) for word in (name, f"{name} kommun", f"{name}s kommun"))


_AREAS_BY_FOLD = dict(_area_words())


def _read_language(text: str, column: Column) -> Reading | None:
    known = _read_code(text, column)
    if known is not None:
        return known
    code = text.casefold()
    return Reading(code, code) if code in vocabulary.ISO_639_1 else None


def _read_date(text: str, _: Column) -> Reading | None:
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text, re.ASCII)
    if parts is None or not EARLIEST_YEAR <= int(parts[1]) <= LATEST_YEAR:
        return None
    year, month, day = int(parts[1]), parts[2], parts[3]
    try:
        first = dt.date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Reading(Span(first, first), text)
    after = (
        dt.date(year + 1, 1, 1) if not month or first.month == 12 else first.replace(month=first.month + 1)
    )
    return Reading(Span(first, after - dt.timedelta(days=1)), text)


def _read_whole(text: str, column: Column) -> Reading | None:
    digits = re.fullmatch(r"(\d{1,3}(?: \d{3})+|\d{1,9})(?:[.,]0+)?", text, re.ASCII)
    if digits is None:
        return None
    number = int(digits[1].replace(" ", ""))
    return Reading(number, str(number)) if _is_within(number, column) else None


def _read_decimal(text: str, _: Column) -> Reading | None:
    number = text.replace(" ", "").replace("−", "-")
    if not re.fullmatch(r"-?\d{1,9}(?:[.,]\d*)?", number, re.ASCII):
        return None
    # a decimal comma is the contract's own form, so it is no rewriting worth a note
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
    return Reading(text, text) if is_web else None


def _read_postcode(text: str, _: Column) -> Reading | None:
    digits = re.fullmatch(r"(?:SE?[- ]?)?(\d{3}) ?(\d{2})", text, re.ASCII)
    return Reading(digits[1] + digits[2], text) if digits else None


_READERS: Mapping[Kind, Callable[[str, Column], Reading | None]] = {
    Kind.SLUG: _read_slug,
    Kind.TEXT: _read_text,
    Kind.TEXTS: _read_text,
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


Columns = Mapping[str, Texts]
"""The columns of a table by name, all of the same number of rows."""

Held = npt.NDArray[np.bool_]
"""For each row, whether it keeps a rule."""


@dataclass(frozen=True)
class Rule:
    """One demand on a table: which finding its breach is, where it points, and the test itself.

    Parameters
    ----------
    code
        The finding's code. It is also the name of the pandera check.
    column
        The column that the finding points at. The test of a rule with `whole_row` gets every column, any
        other rule's at least this one.
    holds
        Gives True for each row that keeps the rule.
    whole_row
        Whether the test needs more than one column.
    """

    code: str
    column: str
    holds: Callable[[Columns], Held]
    whole_row: bool = False


def rules(table: Table) -> tuple[Rule, ...]:
    """Give every rule of a table that clean text can be judged by.

    Rules that need other tables, the boundaries or today's date stand in `mapping.reading` and
    `mapping.dataset`.
    """
    return tuple(_column_rules(table)) + tuple(_row_rules(table))


def _column_rules(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if column.required or column.name == table.key:
            yield Rule("required-cell-empty", column.name, _is_filled(column.name))
        if column.fault_code:
            yield Rule(column.fault_code, column.name, _fits(column))
        if column.name == table.key:
            yield Rule("duplicate-id", column.name, _is_first_of_its_kind(column.name))


def _row_rules(table: Table) -> Iterator[Rule]:
    if table.places:
        yield Rule("required-cell-empty", "kommunkod", _says_municipality, whole_row=True)
        yield Rule("contradicting-municipality", "kommunkod", _says_one_municipality, whole_row=True)
    if "alder_fran" in table:
        yield Rule("age-span-reversed", "alder_fran", _ages_are_in_order, whole_row=True)
    for north, east in (("lat", "lon"), ("sweref_n", "sweref_e")):
        if north in table and not table[north].required:
            yield Rule("half-coordinate", north, _is_filled_if(north, east), whole_row=True)
            yield Rule("half-coordinate", east, _is_filled_if(east, north), whole_row=True)
    if "fraga" in table:
        yield Rule("invalid-answer", "svar", _answers_the_question, whole_row=True)
        yield Rule("county-only-question", "fraga", _is_asked_where_it_applies, whole_row=True)


def _row_count(columns: Columns) -> int:
    return next((len(texts.places) for texts in columns.values()), 0)


def _filled(columns: Columns, name: str) -> Held:
    """Tell which rows have something in a column; none if there is no such column."""
    return columns[name].is_filled if name in columns else np.zeros(_row_count(columns), dtype=bool)


def _is_filled(name: str) -> Callable[[Columns], Held]:
    return lambda columns: columns[name].is_filled


def _is_first_of_its_kind(name: str) -> Callable[[Columns], Held]:
    def is_first(columns: Columns) -> Held:
        texts = columns[name]
        if len(set(texts.different)) == len(texts.places):
            return np.ones(len(texts.places), dtype=bool)
        is_first: Held = ~pd.Series(texts.listed()).duplicated().to_numpy() | ~texts.is_filled
        return is_first

    return is_first


def _fits(column: Column) -> Callable[[Columns], Held]:
    def fits(columns: Columns) -> Held:
        texts = columns[column.name]
        unfit = readings(texts, column).unfit
        return ~np.isin(texts.places, unfit) if unfit else np.ones(len(texts.places), dtype=bool)

    return fits


def _values(columns: Columns, column: Column) -> npt.NDArray[np.object_]:
    """Give what each cell of a column holds, None where it is empty or does not fit."""
    if column.name not in columns:
        return np.full(_row_count(columns), None, dtype=object)
    texts = columns[column.name]
    return texts.spread(as_objects(readings(texts, column).values))


def _says_municipality(columns: Columns) -> Held:
    return _filled(columns, "kommunkod") | _filled(columns, "kommun")


def _says_one_municipality(columns: Columns) -> Held:
    if not (_filled(columns, "kommunkod") & _filled(columns, "kommun")).any():
        return np.ones(_row_count(columns), dtype=bool)
    codes, names = (_values(columns, ARENOR[name]) for name in ("kommunkod", "kommun"))
    agrees: Held = (codes == names) | pd.isna(codes) | pd.isna(names)
    return agrees


def _ages_are_in_order(columns: Columns) -> Held:
    if not {"alder_fran", "alder_till"} <= set(columns):
        return np.ones(_row_count(columns), dtype=bool)
    ages = (_values(columns, BEFOLKNING[name]).astype(float) for name in ("alder_fran", "alder_till"))
    first, last = ages
    in_order: Held = ~(first > last)
    return in_order


def _is_filled_if(name: str, other: str) -> Callable[[Columns], Held]:
    return lambda columns: _filled(columns, name) | ~_filled(columns, other)


def read_answer(text: str, question: str | None) -> str | None:
    """Understand an answer to a question of `kommunlage`; None if it is not one of its answers.

    Examples
    --------
    >>> read_answer("Pågår", "kartlaggning")
    'pagar'
    """
    answers = vocabulary.ANSWERS.get(question or EMPTY, ())
    return next((answer for answer in answers if answer == folded(text)), None)


def _answers_the_question(columns: Columns) -> Held:
    if not {"fraga", "svar"} <= set(columns):
        return np.ones(_row_count(columns), dtype=bool)
    questions, answers = _values(columns, KOMMUNLAGE["fraga"]).tolist(), columns["svar"].listed()
    pairs = list(zip(questions, answers, strict=True))
    valid = {
        pair: pair[0] is None or pair[1] == EMPTY or read_answer(pair[1], pair[0]) is not None
        for pair in set(pairs)
    }
    return np.array([valid[pair] for pair in pairs], dtype=bool)


def _is_asked_where_it_applies(columns: Columns) -> Held:
    codes = (_values(columns, KOMMUNLAGE[name]) for name in ("kommunkod", "kommun"))
    questions = _values(columns, KOMMUNLAGE["fraga"])
    applies = [
        question not in vocabulary.COUNTY_ONLY_QUESTIONS or {code, name} <= {None, vocabulary.COUNTY_CODE}
        for code, name, question in zip(*codes, questions, strict=True)
    ]
    return np.array(applies, dtype=bool)


def pandera_schema(table: Table) -> "pa.DataFrameSchema":
    """Build the pandera schema of a table's clean text.

    The name of each check is the code of the finding that its failure becomes.

    Parameters
    ----------
    table
        Any table of the contract.
    """
    # imported only when it is needed, see `violations`
    import pandera.pandas as pa  # noqa: PLC0415

    def check(rule: Rule) -> "pa.Check":
        def holds(given: Any) -> "pd.Series[bool]":
            columns = {name: Texts.of(given[name]) for name in given} if rule.whole_row else {}
            columns |= {} if rule.whole_row else {rule.column: Texts.of(given)}
            return pd.Series(rule.holds(columns), index=given.index, dtype=bool)

        return pa.Check(holds, name=rule.code, error=rule.code, title=rule.column, ignore_na=False)

    every = rules(table)
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                checks=[check(rule) for rule in every if rule.column == column.name and not rule.whole_row],
                required=column.required or column.must_exist,
            )
            for column in table.columns
        },
        checks=[check(rule) for rule in every if rule.whole_row],
        name=table.name,
    )


def violations(frame: pd.DataFrame, table: Table, texts: Columns | None = None) -> tuple[Finding, ...]:
    """Find every breach of a table's schema.

    Runs the very checks that `pandera_schema` is made of, without pandera: its import takes more than twice
    as long as the reading of the shipped data, and its report longer than the checks. A test holds the two
    alike.

    Parameters
    ----------
    frame
        Clean text: every cell a str, empty if not known. The index is the row number in a spreadsheet.
    table
        The table it should be.
    texts
        The frame's columns, if they are at hand.

    Returns
    -------
    tuple of Finding
        In the order of rows.
    """
    columns = {str(name): Texts.of(frame[name]) for name in frame} if texts is None else texts
    missing = [
        Finding("missing-column", table.name, 1, column.name)
        for column in table.columns
        if (column.required or column.must_exist) and column.name not in columns
    ]
    has_no_place = table.places and not {"kommunkod", "kommun"} & set(columns)
    if has_no_place:
        missing.append(Finding("missing-column", table.name, 1, "kommunkod"))
    places: dict[tuple[int, str, str], None] = {}
    for rule in rules(table):
        if not (rule.whole_row or rule.column in columns) or (
            has_no_place and rule.holds is _says_municipality
        ):
            continue
        held = rule.holds(columns)
        if not held.all():
            places |= dict.fromkeys((int(place), rule.column, rule.code) for place in np.flatnonzero(~held))
    in_order = sorted(places, key=lambda place: place[0])
    cells = {place: {name: each.at(place) for name, each in columns.items()} for place, _, _ in in_order}
    labels = frame.index
    return (
        *missing,
        *(_finding(cells[place], table, int(labels[place]), name, code) for place, name, code in in_order),
    )


def _finding(cells: Mapping[Any, str], table: Table, row: int, name: str, code: str) -> Finding:
    text = cells.get(name, EMPTY)
    details: dict[str, str] = {}
    column = table[name]
    if code == column.fault_code:
        text, details = _bad_part(text, column), _advice(text, column)
    elif code == "contradicting-municipality":
        details = {"other": cells.get("kommun", EMPTY)}
    elif code == "age-span-reversed":
        details = {"other": cells.get("alder_till", EMPTY)}
    elif code == "half-coordinate":
        details = {"pair": "lat och lon" if name in {"lat", "lon"} else "sweref_n och sweref_e"}
    elif code == "invalid-answer":
        reading = read_cell(cells["fraga"], table["fraga"])
        question = EMPTY if reading is None else reading.value
        details = {"question": question, "allowed": either(vocabulary.ANSWERS[question])}
    return Finding(code, table.name, row, name, text, details)


def _bad_part(text: str, column: Column) -> str:
    """Give the first value of a cell that does not fit, for a list column; else the whole cell."""
    if column.kind not in LISTS:
        return text
    return next((part for part in split(text, column) if read_cell(part, column) is None), text)


def _advice(text: str, column: Column) -> dict[str, str]:
    advice: dict[str, str] = {}
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        advice |= {"lowest": str(column.lowest), "highest": str(column.highest)}
    if column.kind is Kind.DECIMAL:
        advice["example"] = COORDINATE_EXAMPLES[column.name]
    words = column.vocabulary or (vocabulary.AREAS if column.kind in {Kind.AREA, Kind.AREAS} else None)
    if words is not None:
        advice["allowed"] = either(words)
        spellings = words.values() if column.kind in {Kind.AREA, Kind.AREAS} else words
        advice["suggestion"] = suggestion(_bad_part(text, column), spellings)
    return advice


COORDINATE_EXAMPLES: Mapping[str, str] = {
    "lat": "59,27412",
    "lon": "15,20661",
    "sweref_n": "6570594",
    "sweref_e": "511776",
}
"""Plausible coordinates: the city of Örebro."""


def suggestion(text: str, words: Iterable[str]) -> str:
    """Give a sentence with the word that the text most resembles, with a space before it; or nothing.

    Examples
    --------
    >>> suggestion("familjecentrl", vocabulary.ARENA_TYPE)
    ' Menade du ”familjecentral”?'
    """
    close = resembling(text, words)
    return f" Menade du ”{close[0]}”?" if close else EMPTY


def resembling(text: str, words: Iterable[str], *, most: int = 1, likeness: float = 0.75) -> list[str]:
    """Give the words that a text resembles, the closest first.

    Parameters
    ----------
    text
        Any text.
    words
        What it may resemble.
    most
        How many are given.
    likeness
        How alike they must be, from 0 to 1; see `difflib.get_close_matches`.

    Examples
    --------
    >>> resembling("oppen forskola", ["bvc", "öppen_förskola"])
    ['öppen_förskola']
    """
    by_fold = {folded(word): word for word in words}
    return [by_fold[fold] for fold in get_close_matches(folded(text), by_fold, n=most, cutoff=likeness)]
