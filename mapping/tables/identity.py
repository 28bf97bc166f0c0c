"""Tell which row of a table is which, and which municipalities it belongs to."""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from mapping.contract import schema, vocabulary
from mapping.contract.schema import EMPTY, LIST_JOINER, Column, Kind, Table

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "arenor": ("arena_id",),
    "insatser": ("insats_id",),
    "kommunlage": ("kommunkod", "fraga", "datum"),
    "dialog": ("kommun", "datum", "typ", "text"),
    "befolkning": ("kommunkod", "ar", "alder_fran", "alder_till"),
    "orter": ("kommunkod", "ort"),
    "typvarden": ("arenatyp",),
}
"""The columns that tell which row it is, in each table. Answers are named as verdicts name them."""


def row_keys(canonical: pd.DataFrame, table: Table) -> list[str]:
    """Name each row by what it is about; rows may share a name, but for those with a key.

    Parameters
    ----------
    canonical
        See `mapping.tables.raw_table.RawTable.canonical`.
    """
    parts = (_column(canonical, name) for name in IDENTITY[table.name])
    return [":".join(row) for row in zip(*parts, strict=True)]


def areas(canonical: pd.DataFrame, table: Table, of_arena: Mapping[str, str]) -> list[frozenset[str]]:
    """Tell which municipalities each row belongs to; none where that cannot be told.

    Parameters
    ----------
    canonical
        See `mapping.tables.raw_table.RawTable.canonical`.
    of_arena
        `arena_id` → kommunkod, for insatser.

    Returns
    -------
    list of frozenset
        Kommunkoder; `18` is the county as a whole. A länsdel is its municipalities.
    """
    if table is schema.INSATSER:
        found: Iterable[str] = (of_arena.get(arena, EMPTY) for arena in _column(canonical, "arena_id"))
    elif table is schema.DIALOG:
        found = _column(canonical, "kommun")
    else:
        found = _column(canonical, "kommunkod")
    expanded: dict[str, frozenset[str]] = {}
    return [expanded.setdefault(text, _codes(text)) for text in found]


def places_of_arenas(canonical: pd.DataFrame) -> dict[str, str]:
    """Give `arena_id` → kommunkod, of the canonical `arenor`."""
    return dict(zip(_column(canonical, "arena_id"), _column(canonical, "kommunkod"), strict=True))


def words(text: str, column: Column | None) -> str:
    """Give a canonical text as people read it: municipalities by their names, the rest as it is."""
    if column is None or column.kind not in {Kind.AREA, Kind.AREAS}:
        return text
    labels = column.vocabulary or vocabulary.AREAS
    return ", ".join(labels.get(code, code) for code in text.split(LIST_JOINER))


def _column(canonical: pd.DataFrame, name: str) -> list[str]:
    return canonical[name].tolist() if name in canonical else [EMPTY] * len(canonical)


def _codes(text: str) -> frozenset[str]:
    codes = (code for area in text.split(LIST_JOINER) for code in vocabulary.COUNTY_PARTS.get(area, (area,)))
    return frozenset(code for code in codes if code in vocabulary.AREAS)
