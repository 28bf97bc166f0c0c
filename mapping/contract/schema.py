"""State the data contract as data: which tables there are and their columns.

Everything else that needs the contract reads it here: the readers of cells, the rules, the templates and the
Frictionless Table Schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from mapping.contract import vocabulary

EMPTY = ""
LIST_SEPARATOR = "|"
LIST_JOINER = f" {LIST_SEPARATOR} "
NO_CO_LOCATION = "ingen"
EVERY_MUNICIPALITY = "kommun"
"""What a row of `uppdrag` applies to, if not to arenas of a type."""
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
    """One column of the contract."""

    name: str
    """The header, and the column's name in every frame."""
    kind: Kind
    required: bool = False
    """Whether the column must be there with every cell filled."""
    must_exist: bool = False
    """Whether the column must be there although its cells may be empty."""
    vocabulary: Mapping[str, str] | None = None
    """Code → Swedish label, for codes."""
    aliases: Mapping[str, str] | None = None
    """Other words for the codes, casefolded. Read, but reported as guessed."""
    default: str = EMPTY
    """What an empty cell is read as. Empty: not known."""
    lowest: int | None = None
    highest: int | None = None
    """Of numbers, itself included, as is the lowest."""
    keeps_semicolons: bool = False
    """Whether `;` is part of the text in a list column (addresses on the web hold them)."""
    fault: str = EMPTY
    """The finding's code when a cell does not fit. Chosen by the kind if empty."""
    former: str = EMPTY
    """The header that it had in files of earlier versions, which are still read."""

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
    """One table of the contract."""

    name: str
    """The file's name without its ending."""
    columns: tuple[Column, ...]
    key: str = EMPTY
    """The column that names a row, or empty."""
    required: bool = False
    """Whether a dataset must have the table."""
    former: str = EMPTY
    """What the file was called in earlier versions, which are still read."""

    def __getitem__(self, name: str) -> Column:
        """Give the column of that name."""
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a column of that name."""
        return name in self._by_name

    def __reduce__(self) -> tuple[Any, ...]:
        """Stay the one table of its name when sent to another process: tables are told apart by identity."""
        return _table_named, (self.name,)

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def places(self) -> bool:
        """Whether a row may say its municipality by code, by name or both; one is enough."""
        return "kommunkod" in self and "kommun" in self


def _table_named(name: str) -> Table:
    return TABLES[name]


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
        Column("mal", Kind.TEXTS),
        _age("alder_fran"),
        _age("alder_till"),
        Column("preventionsniva", Kind.CODES, vocabulary=vocabulary.PREVENTION_LEVEL),
        _code("utsaga", vocabulary.STATEMENT),
        Column("tema", Kind.TEXTS),
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
UPPDRAG = Table(
    "uppdrag",
    (
        Column("uppdrag_id", Kind.SLUG),
        Column(
            "galler",
            Kind.CODE,
            required=True,
            vocabulary={**vocabulary.ARENA_TYPE, EVERY_MUNICIPALITY: "Varje kommun"},
            aliases=vocabulary.ARENA_TYPE_ALIASES,
            former="arenatyp",
        ),
        _text("namn"),
        Column("preventionsniva", Kind.CODES, vocabulary=vocabulary.PREVENTION_LEVEL),
        _age("alder_fran"),
        _age("alder_till"),
        _PARENT_TO_BE,
        Column("malgrupp", Kind.TEXTS),
        _text("metod"),
        _code("kunskapsbas", vocabulary.KNOWLEDGE_BASE),
        _code("barnratt", vocabulary.YES_NO),
        Column("form", Kind.CODES, vocabulary=vocabulary.FORM),
        _PARTER,
        _code("grund", vocabulary.GROUND, default="vanligt"),
        Column("tolkning", Kind.TEXTS),
        _KALLA,
        _date("kontrollerad_datum"),
        _text("anmarkning"),
    ),
    key="uppdrag_id",
    former="typvarden",
)

TABLES: Mapping[str, Table] = {
    table.name: table for table in (ARENOR, INSATSER, KOMMUNLAGE, DIALOG, BEFOLKNING, ORTER, UPPDRAG)
}
"""All tables of the contract by name, `arenor` first."""

_OF_FILES = {**TABLES, **{table.former: table for table in TABLES.values() if table.former}}


def table_of(stem: str) -> Table | None:
    """Give the table that a file holds, by its name without ending; None if it is no table's.

    Examples
    --------
    >>> table_of("typvarden").name
    'uppdrag'
    """
    return _OF_FILES.get(stem)


COORDINATE_EXAMPLES: Mapping[str, str] = {
    "lat": "59,27412",
    "lon": "15,20661",
    "sweref_n": "6570594",
    "sweref_e": "511776",
}
"""Plausible coordinates: the city of Örebro."""
