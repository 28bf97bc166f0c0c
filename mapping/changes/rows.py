"""Tell what differs between two versions of the data: rows that are new, changed cell by cell, or gone."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress, zip_longest
from typing import Any, Final, NamedTuple

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.guidance import allowed, guidance
from mapping.contract.schema import ARENOR, DIALOG, EMPTY, INSATSER, LIST_JOINER, TABLES, Table
from mapping.dataset.dataset import Dataset
from mapping.dataset.public_view import (
    COORDINATES,
    FREE_TEXT,
    PROTECTED,
    SECRET_TEXTS,
    secret_places,
    with_positions,
)
from mapping.dataset.secret_place import SecretPlace, may_mention
from mapping.dataset.secret_place import found as found_in
from mapping.swedish import date_words, either, span
from mapping.tables import identity
from mapping.verdicts.missing import about

NEW: Final = "ny"
CHANGED: Final = "andrad"
GONE: Final = "borta"

HIDDEN: Final = "visas inte"
"""What stands in the place of a text that only editors may see."""

NAME_AT_MOST: Final = 80
"""Signs of a dialogue's text that name its row."""


class Word(NamedTuple):
    """A Swedish adjective: with a noun of `en`, of `ett`, with several."""

    one: str
    neuter: str
    many: str


KIND_WORDS: Final[Mapping[str, Word]] = {
    NEW: Word("ny", "nytt", "nya"),
    CHANGED: Word("ändrad", "ändrat", "ändrade"),
    GONE: Word("borttagen", "borttaget", "borttagna"),
}
"""What each kind of change is called."""


class Cell(NamedTuple):
    """One cell that differs: its texts, as the contract writes them; empty: not known."""

    column: str
    """Its name in the contract; `kommunkod` also for a municipality given by its name."""
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that is new, changed or gone."""

    table: str
    kind: str
    """`NEW`, `CHANGED` or `GONE`."""
    key: str
    """What it is about, see `mapping.tables.identity.IDENTITY`: an id, or kommunkod:question:date."""
    name: str
    arena_id: str | None
    """The arena that it is or belongs to; None in tables that know of no arenas."""
    places: frozenset[str]
    """Kommunkoder of the municipalities that it concerns, before or after."""
    cells: tuple[Cell, ...]
    """Those that differ, in the contract's order. All that are filled, if the row is new or gone."""

    def as_json(self) -> dict[str, Any]:
        """Give the row as open data."""
        return {
            "kind": self.kind,
            "key": self.key,
            "name": self.name,
            "arena_id": self.arena_id,
            "kommunkoder": sorted(self.places),
            "cells": [cell._asdict() for cell in self.cells],
        }


@dataclass(frozen=True)
class TableChanges:
    """What differs in one table, and how many rows there were before and are after.

    The rows that differ are new ones, then changed, then gone, each in the order of their file.
    """

    table: str
    rows: tuple[RowChange, ...]
    before: int
    after: int

    def of_kind(self, kind: str) -> tuple[RowChange, ...]:
        """Give the rows that are new, changed or gone."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def unchanged(self) -> int:
        """How many rows are the same in both versions."""
        return self.after - len(self.of_kind(NEW)) - len(self.of_kind(CHANGED))

    @property
    def sentence(self) -> str:
        """The counts, as a Swedish sentence: "Arenor: 1 ny och 1 borttagen."."""
        noun = vocabulary.TABLE_NOUN[self.table]
        counts = ((len(self.of_kind(kind)), words) for kind, words in KIND_WORDS.items())
        found = [
            f"{number} {words.many if number > 1 else words.neuter if noun.is_neuter else words.one}"
            for number, words in counts
            if number
        ]
        return f"{noun.many.capitalize()}: {either(found, last='och') or 'inga ändringar'}."

    def as_json(self) -> dict[str, Any]:
        """Give the table's changes as open data."""
        return {
            "before": self.before,
            "after": self.after,
            "new": len(self.of_kind(NEW)),
            "changed": len(self.of_kind(CHANGED)),
            "gone": len(self.of_kind(GONE)),
            "rows": [row.as_json() for row in self.rows],
        }


@dataclass(frozen=True)
class Changes:
    """What differs between two versions, which are given by their names (`Dataset.version`).

    Every table that either version has is here by its name, in the contract's order.
    """

    before: str
    after: str
    tables: Mapping[str, TableChanges]

    @property
    def rows(self) -> tuple[RowChange, ...]:
        """Every row that differs."""
        return tuple(row for table in self.tables.values() for row in table.rows)

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return any(table.rows for table in self.tables.values())

    @cached_property
    def by_key(self) -> Mapping[str, tuple[RowChange, ...]]:
        """The rows that differ by `key`, as verdicts name the rows they count."""
        found: dict[str, tuple[RowChange, ...]] = {}
        for row in self.rows:
            found[row.key] = (*found.get(row.key, ()), row)
        return found

    @property
    def sentence(self) -> str:
        """Say what differs, table by table, in Swedish."""
        if not self:
            return "Inget skiljer versionerna åt."
        return " ".join(table.sentence for table in self.tables.values() if table.rows)

    def as_json(self) -> dict[str, Any]:
        """Give the changes as open data: counts, and every row with its cells."""
        return {
            "before": self.before,
            "after": self.after,
            "tables": {name: table.as_json() for name, table in self.tables.items()},
        }


def told(row: RowChange) -> tuple[Cell, ...]:
    """Give a row's cells as people read them: what a column is called, what a code means."""
    table = TABLES[row.table]

    def words(cell: Cell) -> Cell:
        if cell.column not in table:
            return cell
        column = table[cell.column]
        labels = allowed(column)
        before, after = (
            ", ".join(labels.get(code, code) for code in text.split(LIST_JOINER)) if labels else text
            for text in cell[1:]
        )
        return Cell(guidance(table, column).title, before, after)

    return tuple(words(cell) for cell in row.cells)


def listed(changes: Changes) -> pd.DataFrame:
    """List every differing cell, for Excel: texts, one row a cell."""
    names = ["Tabell", "Ändring", "Id", "Namn", "Kolumn", "Före", "Efter"]
    cells = [
        (row.table, KIND_WORDS[row.kind].one, row.key, row.name, *cell)
        for row in changes.rows
        for cell in row.cells
    ]
    return pd.DataFrame(cells, columns=names, dtype="str")


@dataclass(frozen=True)
class _Row:
    """One row of one version: its filled cells, canonical; what people call it; where it belongs."""

    cells: Mapping[str, str]
    name: str
    arena_id: str | None
    places: frozenset[str]


_Rows = Mapping[str, list[_Row]]
"""The rows of one table by what they are about; several may be about one thing."""


@dataclass(frozen=True)
class _Secrets:
    """What protected places must not tell."""

    displays: Mapping[str, str]
    """The protected arenas, and how much of each may be shown in either version."""
    places: Mapping[str, Sequence[SecretPlace]]
    """Where each is, in both versions and in later ones."""

    def mentioned(self, texts: Iterable[str]) -> frozenset[str]:
        """Give those of some texts that may tell where one is."""
        different = list(dict.fromkeys(texts)) if self.places else []
        return (
            frozenset(compress(different, may_mention(different, self.every))) if different else frozenset()
        )

    @cached_property
    def every(self) -> tuple[SecretPlace, ...]:
        return tuple(place for places in self.places.values() for place in places)


def changes(before: Dataset, after: Dataset, *, public: bool = True) -> Changes:
    """Compare two versions row by row, and rows that both have cell by cell.

    What counts is what a cell means, not how it is spelled, nor in which order rows or columns stand. Rows
    are the same row when they are about the same thing, see `mapping.tables.identity.IDENTITY`.

    Parameters
    ----------
    public
        Whether the answer may be shown to anyone. A place that is protected in either version is protected
        in both: `HIDDEN` stands for its address, postcode, coordinates and whose premises it shares, its
        locality if it is wholly hidden, and every text about it or what it offers that mentions one of its
        addresses. So it does where another arena says that it shares its premises. False: for editors only.
    """
    old, new = _rows_of(before), _rows_of(after)
    secrets = _secrets(before, after) if public else _Secrets({}, {})
    tables = {name: TABLES[name] for name in TABLES if name in old or name in new}
    return Changes(
        before.version,
        after.version,
        {
            name: _table_changes(table, old.get(name, {}), new.get(name, {}), secrets)
            for name, table in tables.items()
        },
    )


def _rows_of(dataset: Dataset) -> dict[str, _Rows]:
    """Read the tables of a version; insatser are named after their arenas."""
    canonical = {name: raw.canonical for name, raw in dataset.tables.items()}
    of_arena = identity.places_of_arenas(canonical[ARENOR.name])
    names = dict(zip(of_arena, canonical[ARENOR.name]["namn"].tolist(), strict=True))
    found: dict[str, _Rows] = {}
    for name, frame in canonical.items():
        table, rows = TABLES[name], dict[str, list[_Row]]()
        keys, areas = identity.row_keys(frame, table), identity.areas(frame, table, of_arena)
        cells = zip(*(frame[column].tolist() for column in frame), strict=True)
        for key, places, texts in zip(keys, areas, cells, strict=True):
            row = {str(column): text for column, text in zip(frame, texts, strict=True) if text}
            arena = row.get("arena_id") if table in {ARENOR, INSATSER} else None
            # an arena concerns those it serves too; nobody serves anything in the other tables
            served = row.get("betjanar_kommuner", EMPTY) if table is ARENOR else EMPTY
            called = _NAMES[name]({**row, "arena": names.get(arena or EMPTY, arena or EMPTY)})
            concerned = (places | frozenset(served.split(LIST_JOINER))) - {EMPTY}
            rows.setdefault(key, []).append(_Row(row, called, arena, concerned))
        found[name] = rows
    return found


def _answer_name(row: Mapping[str, str]) -> str:
    asked, date = about(row["fraga"]), row.get("datum", EMPTY)
    return f"{_where(row)}: {asked}{f', {date_words(date)}' if date else EMPTY}"


def _dialogue_name(row: Mapping[str, str]) -> str:
    text = row.get("text", EMPTY)
    short = text if len(text) <= NAME_AT_MOST else f"{text[:NAME_AT_MOST].rstrip()} …"
    return f"{identity.words(row.get('kommun', EMPTY), DIALOG['kommun'])}: {short}"


def _population_name(row: Mapping[str, str]) -> str:
    ages = span(*(int(row[name]) for name in ("alder_fran", "alder_till")))
    return f"{_where(row)}, {row['ar']}, {ages} år"


def _where(row: Mapping[str, str]) -> str:
    return identity.words(row.get("kommunkod", EMPTY), ARENOR["kommunkod"])


_NAMES: Final[Mapping[str, Callable[[Mapping[str, str]], str]]] = {
    "arenor": lambda row: row.get("namn", EMPTY),
    "insatser": lambda row: f"{row.get('namn', EMPTY)} – {row['arena']}",
    "kommunlage": _answer_name,
    "dialog": _dialogue_name,
    "befolkning": _population_name,
    "orter": lambda row: row.get("ort", EMPTY),
    "uppdrag": lambda row: row.get("namn") or vocabulary.ARENA_TYPE.get(row["galler"], row["galler"]),
}
"""What people call a row of each table; `arena` is the name of an insats's arena."""


def _table_changes(table: Table, old: _Rows, new: _Rows, secrets: _Secrets) -> TableChanges:
    order = [column.name for column in table.columns]
    found: dict[str, list[RowChange]] = {NEW: [], CHANGED: [], GONE: []}
    for key in dict.fromkeys((*new, *old)):
        # of the rows about one thing those alike fall away; the rest are paired in the order they stand
        rest, fresh = old.get(key, []), new.get(key, [])
        for was, now in zip_longest(_without(rest, fresh, table), _without(fresh, rest, table)):
            sides = [row.cells if row else {} for row in (was, now)]
            columns = sorted(
                {*sides[0], *sides[1]},
                key=lambda name: (order.index(name), EMPTY) if name in table else (len(order), name),
            )
            texts = ((name, *(side.get(name, EMPTY) for side in sides)) for name in columns)
            cells = tuple(Cell(*cell) for cell in texts if cell[1] != cell[2])
            if was is not None and now is not None:
                # an empty cell says what its column is read as when it is empty
                cells = tuple(cell for cell in cells if _meant(cell[:2], table) != _meant(cell[::2], table))
            shown = [row for row in (now, was) if row is not None]
            places = frozenset().union(*(row.places for row in shown))
            kind = NEW if was is None else GONE if now is None else CHANGED
            change = RowChange(table.name, kind, key, shown[0].name, shown[0].arena_id, places, cells)
            found[kind].append(change)
    told = (change for of_kind in found.values() for change in of_kind)
    mentioned = secrets.mentioned(
        text for row in told for text in (row.name, *(text for cell in row.cells for text in cell[1:]))
    )
    rows = tuple(_shown(change, table, secrets, mentioned) for kind in KIND_WORDS for change in found[kind])
    return TableChanges(table.name, rows, *(sum(map(len, side.values())) for side in (old, new)))


def _meant(cell: tuple[str, str], table: Table) -> str:
    """Give what a cell, its column and text, is read as."""
    name, text = cell
    return text or (table[name].default if name in table else EMPTY)


def _without(rows: list[_Row], others: list[_Row], table: Table) -> list[_Row]:
    """Give the rows that have no twin among the others; a default that is written is as none."""
    defaults = {column.name: column.default for column in table.columns if column.default}
    twins = Counter(frozenset(row.cells.items() - defaults.items()) for row in others)
    left = []
    for row in rows:
        cells = frozenset(row.cells.items() - defaults.items())
        if twins[cells]:
            twins[cells] -= 1
        else:
            left.append(row)
    return left


def _secrets(*versions: Dataset) -> _Secrets:
    displays: dict[str, str] = {}
    for dataset in versions:
        for arena, display in dataset.arenor["adress_visning"].items():
            if display in PROTECTED:
                displays[str(arena)] = max(display, displays.get(str(arena), ""), key=("", *PROTECTED).index)
    places: dict[str, list[SecretPlace]] = {}
    for dataset in versions if displays else ():
        # the raw table: in the public one a protected place has no address
        told = secret_places(with_positions(dataset.tables[ARENOR.name]), displays)
        for arena, place in (*told.items(), *((one.arena_id, one.place) for one in dataset.hidden)):
            places.setdefault(arena, []).append(place)
    return _Secrets(displays, places)


def _shown(row: RowChange, table: Table, secrets: _Secrets, mentioned: Container[str]) -> RowChange:
    """Give a row as people read it, without what is secret; `mentioned`: texts that may be."""
    # a row may have belonged to a protected arena before, or be of one now
    named = {text for cell in row.cells if cell.column == "arena_id" for text in cell[1:]}
    has_arenas = table in {ARENOR, INSATSER}
    arenas = {str(row.arena_id), *named} & secrets.displays.keys() if has_arenas else set()
    own = [place for arena in arenas for place in secrets.places.get(arena, ())]
    always = {*SECRET_TEXTS, *COORDINATES} if table is ARENOR else set()
    if table is ARENOR and any(secrets.displays[arena] == "dold" for arena in arenas):
        always.add("ort")

    def is_told(text: str) -> bool:
        return bool((own or text in mentioned) and found_in(text, own, secrets.every))

    def shown(column: str, text: str) -> str:
        if not text:
            return EMPTY
        # another arena must not tell where it is either
        if column == "samlokaliserad_med" and text in secrets.displays:
            return HIDDEN
        if arenas and (column in always or column not in table):
            return HIDDEN
        if column not in table:
            return text
        if table[column].kind in FREE_TEXT and column not in always and is_told(text):
            return HIDDEN
        return identity.words(text, table[column])

    cells = tuple(Cell(name, shown(name, old), shown(name, new)) for name, old, new in row.cells)
    if not is_told(row.name):
        return replace(row, cells=cells)
    # a dialogue's text is what tells its rows apart
    key = f"{row.key.split(':')[0]}: {HIDDEN}" if table is DIALOG else row.key
    return replace(row, cells=cells, name=HIDDEN, key=key)
