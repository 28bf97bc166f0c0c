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
    "uppdrag": ("uppdrag_id",),
}
"""The columns that tell which row it is, in each table. Answers are named as verdicts name them."""


def row_keys(canonical: pd.DataFrame, table: Table) -> list[str]:
    """Name each row of a `RawTable.canonical` by what it is about; rows without a key may share it."""
    parts = (_column(canonical, name) for name in IDENTITY[table.name])
    return [":".join(row) for row in zip(*parts, strict=True)]


def areas(canonical: pd.DataFrame, table: Table, of_arena: Mapping[str, str]) -> list[frozenset[str]]:
    """Tell which kommunkoder each row of a `RawTable.canonical` belongs to; none where that cannot be told.

    `18` is the county as a whole. A länsdel is its municipalities. `of_arena` is as `places_of_arenas` gives.
    """
    if table is schema.INSATSER:
        found: Iterable[str] = (of_arena.get(arena, EMPTY) for arena in _column(canonical, "arena_id"))
    elif table is schema.DIALOG:
        found = _column(canonical, "kommun")
    else:
        found = _column(canonical, "kommunkod")
    return [
        frozenset(
            code
            for area in text.split(LIST_JOINER)
            for code in vocabulary.COUNTY_PARTS.get(area, (area,))
            if code in vocabulary.AREAS
        )
        for text in found
    ]


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
