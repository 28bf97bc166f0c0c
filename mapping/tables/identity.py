"""Say what the cells of a raw table mean, so that two spellings of the same fact are equal.

The text that a version keeps is the text that somebody wrote. `59,5` in one version and `59.5` in the next is
no change, nor is `Aktiv` beside `aktiv`, or a municipality named by its code instead of its name.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from mapping.contract import schema, vocabulary
from mapping.contract.cells import read_answer, read_cell
from mapping.contract.schema import EMPTY, Column, Kind, Table
from mapping.tables import typed_table
from mapping.tables.typed_table import RawTable

IDENTITY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "arenor": ("arena_id",),
        "insatser": ("insats_id",),
        "kommunlage": ("kommunkod", "fraga", "datum"),
        "dialog": ("kommun", "datum", "typ", "text"),
        "befolkning": ("kommunkod", "ar", "alder_fran", "alder_till"),
        "orter": ("kommunkod", "ort"),
        "typvarden": ("arenatyp",),
    }
)
"""The columns that tell which row it is, in each table. Answers are named as verdicts name them."""

LIST_JOINT: Final = " | "


def meant(raw: RawTable) -> pd.DataFrame:
    r"""Give each cell as the contract writes it.

    Parameters
    ----------
    raw
        Any table, readable or not.

    Returns
    -------
    pandas.DataFrame
        Texts on the same index; empty: not known. The contract's columns in its order, as far as the table
        has them, then the rest. Ids are made where their column is missing. Where a row may say its
        municipality by code and by name there is only `kommunkod`. Municipalities are codes. A cell that
        cannot be understood stays as it is written.

    Examples
    --------
    >>> text = "ort;kommunkod;lat;lon\nNora;Nora kommun;59,50;15\n"
    >>> raw = typed_table.raw_table(text.encode(), schema.ORTER)
    >>> meant(raw).to_dict("records")
    [{'ort': 'Nora', 'kommunkod': '1884', 'lat': '59,5', 'lon': '15'}]
    """
    table, frame = raw.table, typed_table.keyed(raw).frame
    found: dict[str, list[str]] = {}
    for name in frame:
        texts = frame[name].tolist()
        column = table[str(name)] if name in table else None
        meanings = {text: _meaning(typed_table.clean_text(text), column) for text in dict.fromkeys(texts)}
        found[str(name)] = [meanings[text] for text in texts]
    if table.places:
        nothing = [EMPTY] * len(frame)
        names = found.pop("kommun", nothing)
        codes = found.get("kommunkod", nothing)
        found["kommunkod"] = [code or name for code, name in zip(codes, names, strict=True)]
    if table is schema.KOMMUNLAGE and {"fraga", "svar"} <= set(found):
        said = zip(found["svar"], found["fraga"], strict=True)
        found["svar"] = [read_answer(text, question) or text for text, question in said]
    known = [column.name for column in table.columns if column.name in found]
    order = [*known, *(name for name in found if name not in table)]
    return pd.DataFrame({name: found[name] for name in order}, index=frame.index, dtype="str")


def identities(meanings: pd.DataFrame, table: Table) -> list[str]:
    """Name each row by what it is about; rows may share a name, but for those with a key.

    Parameters
    ----------
    meanings
        What `meant` gives.
    table
        Which table it is.
    """
    nothing = [EMPTY] * len(meanings)
    parts = [meanings[name].tolist() if name in meanings else nothing for name in IDENTITY[table.name]]
    return [":".join(row) for row in zip(*parts, strict=True)]


def areas(meanings: pd.DataFrame, table: Table, of_arena: Mapping[str, str]) -> list[frozenset[str]]:
    """Tell which municipalities each row belongs to; none where that cannot be told.

    Parameters
    ----------
    meanings
        What `meant` gives.
    table
        Which table it is.
    of_arena
        `arena_id` → kommunkod, for insatser.

    Returns
    -------
    list of frozenset
        Kommunkoder; `18` is the county as a whole. A länsdel is its municipalities.
    """
    if table is schema.INSATSER:
        found: Iterable[str] = (of_arena.get(arena, EMPTY) for arena in _column(meanings, "arena_id"))
    elif table is schema.DIALOG:
        found = _column(meanings, "kommun")
    else:
        found = _column(meanings, "kommunkod")
    expanded: dict[str, frozenset[str]] = {}
    return [expanded.setdefault(text, _codes(text)) for text in found]


def places_of_arenas(meanings: pd.DataFrame) -> dict[str, str]:
    """Give `arena_id` → kommunkod of the arenas.

    Parameters
    ----------
    meanings
        What `meant` gives for `arenor`.
    """
    return dict(zip(_column(meanings, "arena_id"), _column(meanings, "kommunkod"), strict=True))


def words(text: str, column: Column | None) -> str:
    """Give a meaning as people read it: municipalities by their names, the rest as the contract writes it."""
    if column is None or column.kind not in {Kind.AREA, Kind.AREAS}:
        return text
    labels = column.vocabulary or vocabulary.AREAS
    return ", ".join(labels.get(code, code) for code in text.split(LIST_JOINT))


def _column(meanings: pd.DataFrame, name: str) -> list[str]:
    return meanings[name].tolist() if name in meanings else [EMPTY] * len(meanings)


def _codes(text: str) -> frozenset[str]:
    codes = (code for area in text.split(LIST_JOINT) for code in vocabulary.COUNTY_PARTS.get(area, (area,)))
    return frozenset(code for code in codes if code in vocabulary.AREAS)


def _meaning(text: str, column: Column | None) -> str:
    """Write a cell's value in the one way that the contract has for it."""
    if column is None or not text:
        return text
    read = read_cell(text, column)
    if read is None:
        return text
    if column.kind in schema.LISTS:
        return LIST_JOINT.join(read.value)
    if column.kind is Kind.DECIMAL:
        return f"{read.value:.10g}".replace(".", ",")
    if column.kind in {Kind.DATE, Kind.URL}:
        return text
    value: Any = read.value
    return str(value)
