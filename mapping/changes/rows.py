"""Tell what differs between two versions of the data: rows that are new, changed cell by cell, or gone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, DIALOG, EMPTY, INSATSER, LIST_JOINER, TABLES, Table
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, span
from mapping.tables import identity

NEW: Final = "ny"
CHANGED: Final = "andrad"
GONE: Final = "borta"

NAME_AT_MOST: Final = 80
"""Signs of a dialogue's text that name its row."""


class Word(NamedTuple):
    """A Swedish adjective: with a noun of `en`, of `ett`, with several."""

    one: str
    neuter: str
    many: str


KIND_WORDS: Final[Mapping[str, Word]] = MappingProxyType(
    {
        NEW: Word("ny", "nytt", "nya"),
        CHANGED: Word("ändrad", "ändrat", "ändrade"),
        GONE: Word("borttagen", "borttaget", "borttagna"),
    }
)
"""What each kind of change is called."""


class Cell(NamedTuple):
    """One cell that differs.

    Parameters
    ----------
    column
        Its name in the contract; `kommunkod` also for a municipality given by its name.
    before, after
        The text, as the contract writes it; empty: not known.
    """

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row that is new, changed or gone.

    Parameters
    ----------
    table
        Which table.
    kind
        `NEW`, `CHANGED` or `GONE`.
    key
        What the row is about, see `mapping.tables.identity.IDENTITY`: an id, or kommunkod:question:date of an
        answer.
    name
        What people call it.
    arena_id
        The arena that it is or belongs to; None in tables that know of no arenas.
    places
        Kommunkoder of the municipalities that it concerns, before or after.
    cells
        Those that differ, in the contract's order. All that are filled, if the row is new or gone.
    """

    table: str
    kind: str
    key: str
    name: str
    arena_id: str | None
    places: frozenset[str]
    cells: tuple[Cell, ...]

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
    """What differs in one table.

    Parameters
    ----------
    table
        Which table.
    rows
        The rows that differ: new ones, then changed, then gone, each in the order of their file.
    before, after
        How many rows there were and are.
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
        """The counts, as a Swedish sentence.

        Examples
        --------
        >>> row = RowChange("arenor", NEW, "eken", "Eken", "eken", frozenset(), ())
        >>> TableChanges("arenor", (row,), before=3, after=4).sentence
        'Arenor: 1 ny.'
        """
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
    """What differs between two versions.

    Parameters
    ----------
    before, after
        The versions, by their names (`Dataset.version`).
    tables
        By name, in the contract's order; every table that either version has.
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


def listed(changes: Changes) -> pd.DataFrame:
    """List every differing cell, for Excel.

    Returns
    -------
    pandas.DataFrame
        Texts, one row a cell: Tabell, Ändring, Id, Namn, Kolumn, Före, Efter.
    """
    names = ["Tabell", "Ändring", "Id", "Namn", "Kolumn", "Före", "Efter"]
    cells = [
        (row.table, KIND_WORDS[row.kind].one, row.key, row.name, *cell)
        for row in changes.rows
        for cell in row.cells
    ]
    return pd.DataFrame(cells, columns=names, dtype="str")


class _Row(NamedTuple):
    """One row of one version: what it means, what it is about, where it belongs."""

    cells: tuple[str, ...]
    name: str
    arena_id: str | None
    places: frozenset[str]


class _Side(NamedTuple):
    """One table of one version."""

    columns: tuple[str, ...]
    rows: Mapping[str, list[_Row]]
    size: int


def changes(before: Dataset, after: Dataset) -> Changes:
    """Compare two versions row by row, and rows that both have cell by cell.

    What counts is what a cell means, not how it is spelled, nor in which order rows or columns stand. Rows
    are the same row when they are about the same thing, see `mapping.tables.identity.IDENTITY`.

    Parameters
    ----------
    before, after
        Any two versions. Their raw tables are compared, so what protected places keep secret stands in the
        answer: see `mapping.changes.public` before anything is shown to visitors.
    """
    sides = [_sides(dataset) for dataset in (before, after)]
    return Changes(
        before.version,
        after.version,
        {
            name: _table_changes(table, sides[0].get(name, _NOTHING), sides[1].get(name, _NOTHING))
            for name, table in TABLES.items()
            if name in sides[0] or name in sides[1]
        },
    )


_NOTHING: Final = _Side((), {}, 0)


def _sides(dataset: Dataset) -> dict[str, _Side]:
    """Read the raw tables of a version, `arenor` first: insatser are named after their arenas."""
    canonical = {name: raw.canonical for name, raw in dataset.tables.items()}
    arenas = canonical.get(ARENOR.name, pd.DataFrame())
    of_arena = identity.places_of_arenas(arenas)
    names = dict(zip(of_arena, arenas.get("namn", pd.Series(dtype="str")).tolist(), strict=False))
    return {name: _side(frame, TABLES[name], of_arena, names) for name, frame in canonical.items()}


def _side(frame: pd.DataFrame, table: Table, of_arena: Mapping[str, str], names: Mapping[str, str]) -> _Side:
    columns = tuple(str(name) for name in frame)
    keys = identity.row_keys(frame, table)
    areas = identity.areas(frame, table, of_arena)
    cells: Sequence[tuple[str, ...]] = list(zip(*(frame[name].tolist() for name in columns), strict=True))
    rows: dict[str, list[_Row]] = {}
    for key, places, row in zip(keys, areas, cells, strict=True):
        named = dict(zip(columns, row, strict=True))
        arena = named.get("arena_id") if table in {ARENOR, INSATSER} else None
        served = named.get("betjanar_kommuner", EMPTY) if table is ARENOR else EMPTY
        concerned = (places | frozenset(served.split(LIST_JOINER))) - {EMPTY}
        name = _NAMES[table.name]({**named, "arena": names.get(arena or EMPTY, arena or EMPTY)})
        rows.setdefault(key, []).append(_Row(row, name, arena, concerned))
    return _Side(columns, rows, len(keys))


def _answer_name(row: Mapping[str, str]) -> str:
    return f"{_where(row)}: frågan {row.get('fraga', EMPTY)}, {row.get('datum', EMPTY)}"


def _dialogue_name(row: Mapping[str, str]) -> str:
    text = row.get("text", EMPTY)
    short = text if len(text) <= NAME_AT_MOST else f"{text[:NAME_AT_MOST].rstrip()} …"
    return f"{identity.words(row.get('kommun', EMPTY), DIALOG['kommun'])}: {short}"


def _population_name(row: Mapping[str, str]) -> str:
    ages = span(*(int(row[name]) for name in ("alder_fran", "alder_till")))
    return f"{_where(row)}, {row['ar']}, {ages} år"


def _where(row: Mapping[str, str]) -> str:
    return identity.words(row.get("kommunkod", EMPTY), ARENOR["kommunkod"])


_NAMES: Final[Mapping[str, Callable[[Mapping[str, str]], str]]] = MappingProxyType(
    {
        "arenor": lambda row: row.get("namn", EMPTY),
        "insatser": lambda row: f"{row.get('namn', EMPTY)} – {row['arena']}",
        "kommunlage": _answer_name,
        "dialog": _dialogue_name,
        "befolkning": _population_name,
        "orter": lambda row: row.get("ort", EMPTY),
        "typvarden": lambda row: vocabulary.ARENA_TYPE.get(row["arenatyp"], row["arenatyp"]),
    }
)
"""What people call a row of each table; `arena` is the name of an insats's arena."""


def _table_changes(table: Table, before: _Side, after: _Side) -> TableChanges:
    columns = tuple(
        sorted(
            dict.fromkeys((*before.columns, *after.columns)),
            key=lambda name: _place(name, table),
        )
    )
    # a version without a column and one whose cells are empty say the same
    old, new = (_aligned(side, columns) for side in (before, after))
    found: dict[str, list[RowChange]] = {NEW: [], CHANGED: [], GONE: []}
    for key in dict.fromkeys((*new, *old)):
        for change in _row_changes(table, key, columns, old.get(key, []), new.get(key, [])):
            found[change.kind].append(change)
    rows = tuple(change for kind in KIND_WORDS for change in found[kind])
    return TableChanges(table.name, rows, before.size, after.size)


def _place(name: str, table: Table) -> tuple[int, str]:
    names = [column.name for column in table.columns]
    return (names.index(name), EMPTY) if name in table else (len(names), name)


def _aligned(side: _Side, columns: tuple[str, ...]) -> dict[str, list[_Row]]:
    if side.columns == columns:
        return dict(side.rows)
    places = [side.columns.index(name) if name in side.columns else -1 for name in columns]
    return {
        key: [
            row._replace(cells=tuple(EMPTY if place < 0 else row.cells[place] for place in places))
            for row in rows
        ]
        for key, rows in side.rows.items()
    }


def _row_changes(
    table: Table, key: str, columns: tuple[str, ...], old: list[_Row], new: list[_Row]
) -> Iterator[RowChange]:
    """Pair the rows about one thing: those alike first, the rest in the order they stand."""
    if len(old) == len(new) == 1:
        pairs: list[tuple[_Row | None, _Row | None]] = [(old[0], new[0])]
    else:
        rest, fresh = _without(old, new), _without(new, old)
        pairs = list(zip_longest(rest, fresh))
    for was, now in pairs:
        if was is None or now is None or was.cells != now.cells:
            yield _row_change(table, key, columns, was, now)


def _without(rows: list[_Row], others: list[_Row]) -> list[_Row]:
    """Give the rows that have no twin among the others."""
    twins = Counter(row.cells for row in others)
    left = []
    for row in rows:
        if twins[row.cells]:
            twins[row.cells] -= 1
        else:
            left.append(row)
    return left


def _row_change(
    table: Table, key: str, columns: tuple[str, ...], was: _Row | None, now: _Row | None
) -> RowChange:
    nothing = (EMPTY,) * len(columns)
    sides = (nothing if was is None else was.cells, nothing if now is None else now.cells)
    cells = tuple(
        Cell(name, *(_words(text, name, table) for text in texts))
        for name, *texts in zip(columns, *sides, strict=True)
        if texts[0] != texts[1]
    )
    shown = [row for row in (now, was) if row is not None]
    places = frozenset().union(*(row.places for row in shown))
    kind = NEW if was is None else GONE if now is None else CHANGED
    return RowChange(table.name, kind, key, shown[0].name, shown[0].arena_id, places, cells)


def _words(text: str, name: str, table: Table) -> str:
    return identity.words(text, table[name]) if name in table else text
