"""Put the arenas that two versions differ about on the map: new, changed and gone, each with its own sign."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from mapping.changes.rows import CHANGED, GONE, NEW, Changes
from mapping.contract.schema import ARENOR, INSATSER
from mapping.dataset.dataset import Dataset
from mapping.map import points
from mapping.map.symbols import Symbol

OFFERS: Final = "insatser"
"""The arena is as it was, but not what it offers."""

HEADING: Final = "Vad som skiljer"

SIGN: Final[Mapping[str, tuple[str, Symbol]]] = {
    NEW: ("Ny arena", Symbol("N", "house", "#0d6670")),
    CHANGED: ("Ändrad arena", Symbol("Ä", "circle", "#7a1d58")),
    OFFERS: ("Ändrade insatser", Symbol("I", "square", "#3f3d94")),
    GONE: ("Borttagen arena", Symbol("–", "diamond", "#575757")),
}
"""Label and sign of each kind; colours as of `mapping.map.symbols.TYPE_SYMBOL`."""


def kinds(changes: Changes) -> dict[str, str]:
    """Tell how each arena differs: `arena_id` → a key of `SIGN`, those that differ themselves first."""
    found = {row.key: row.kind for row in _rows(changes, ARENOR.name)}
    for row in _rows(changes, INSATSER.name):
        if row.arena_id is not None:
            found.setdefault(row.arena_id, OFFERS)
    return found


def change_features(changes: Changes, before: Dataset, after: Dataset) -> dict[str, Any]:
    """Describe the arenas that differ as `mapping.map.points.arena_features` does, their kind as type.

    An arena stands where the later version has it; one that is gone, where it was. Arenas without a place are
    not there, see `without_place`. `heading` is what the legend calls the types. Only what may be shown to
    anyone is used.
    """
    shown = points.placed(_arenas(changes, before, after))
    return {**points.arena_features(shown, SIGN), "heading": HEADING}


def without_place(changes: Changes, before: Dataset, after: Dataset) -> int:
    """Count the arenas that differ but have no place on the map."""
    arenas = _arenas(changes, before, after)
    return len(arenas) - len(points.placed(arenas))


def _rows(changes: Changes, table: str) -> Iterable[Any]:
    return changes.tables[table].rows if table in changes.tables else ()


def _arenas(changes: Changes, before: Dataset, after: Dataset) -> pd.DataFrame:
    """Give the arenas that differ, with the kind of difference in `arenatyp`."""
    found = kinds(changes)
    here = [arena for arena in found if arena in after.arenor.index]
    there = [arena for arena in found if arena not in after.arenor.index and arena in before.arenor.index]
    columns = list(points.POINT_FIELDS[1:])
    arenas = pd.concat([after.arenor.loc[here, columns], before.arenor.loc[there, columns]])
    return arenas.assign(arenatyp=[found[str(arena)] for arena in arenas.index])
