"""Confirm rows as unchanged: set the day when somebody last checked them, and touch nothing else."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from mapping.contract.cells import DateSpan, read_cell
from mapping.contract.schema import ARENOR, EMPTY, INSATSER
from mapping.errors import UnknownRowsError
from mapping.tables.raw_table import RawTable, clean_text, with_keys

COLUMN: Final = "kontrollerad_datum"


def confirmed(
    tables: Mapping[str, RawTable],
    *,
    day: dt.date,
    arena_ids: Collection[str] = (),
    insats_ids: Collection[str] = (),
) -> dict[str, RawTable]:
    """Set `kontrollerad_datum` of the chosen arenas and insatser.

    A row that says it was confirmed on a later day keeps that: it has already been checked since. All the
    tables come back; only cells of that column in the chosen rows differ. The column is added where the table
    has none, and so are ids that are made: a chosen row must keep the id it was chosen by.

    Raises
    ------
    UnknownRowsError
        If there is no row with one of the ids; it names them all.
    """
    chosen = {ARENOR.name: set(arena_ids), INSATSER.name: set(insats_ids)}
    found = {name: with_keys(table) if chosen.get(name) else table for name, table in tables.items()}
    unknown = [
        identity
        for name, ids in chosen.items()
        for identity in sorted(ids - set(_ids(found[name]) if name in found else ()))
    ]
    if unknown:
        raise UnknownRowsError(identities=tuple(unknown))
    return {name: _stamped(table, chosen.get(name, set()), day) for name, table in found.items()}


def _ids(raw: RawTable) -> list[str]:
    key = raw.table.key
    return [clean_text(text) for text in raw.frame[key].tolist()] if key in raw.frame else []


def _stamped(raw: RawTable, ids: set[str], day: dt.date) -> RawTable:
    if not ids:
        return raw
    frame = raw.frame
    before = frame[COLUMN].tolist() if COLUMN in frame else [EMPTY] * len(frame)
    after = [
        day.isoformat() if identity in ids and not _is_later(text, day) else text
        for identity, text in zip(_ids(raw), before, strict=True)
    ]
    return replace(raw, frame=frame.assign(**{COLUMN: after}).astype("str"))


def _is_later(text: str, day: dt.date) -> bool:
    """Tell whether a cell's date is surely later; a coarse date may be the very day."""
    clean = clean_text(text)
    read = read_cell(clean, ARENOR[COLUMN]) if clean else None
    return read is not None and isinstance(read.value, DateSpan) and read.value.first > day
