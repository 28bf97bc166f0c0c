"""Split a sheet with one row an insats, the arena's columns repeated, into arenor and insatser."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapping.contract import schema
from mapping.contract.cells import parts_of, read_cell
from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, EMPTY, INSATSER, LIST_JOINER, Column, Kind
from mapping.delivery.headers import INSATS
from mapping.tables.raw_table import RawTable, with_keys

_SHARED = frozenset({"status", "belagg", "kalla", "kontrollerad_datum", "anmarkning"})
"""Columns that both tables have: they may differ between an arena's rows, for they tell of its insatser."""


@dataclass(frozen=True, eq=False)
class Split:
    """The two tables of a flat sheet."""

    arenor: pd.DataFrame
    """Raw text, indexed by the first row of the arena in the sheet."""
    insatser: pd.DataFrame | None
    """Raw text, indexed by the row; None if no row can be told to be of one arena or another."""
    findings: tuple[Finding, ...]
    """What was made of the sheet, and arenas whose rows disagree. Rows as in the index."""


def split(frame: pd.DataFrame) -> Split:
    """Split a flat sheet: rows that share `arena_id`, or name and municipality, are one arena.

    Columns that both tables have go to both. The arena takes the newest date of control, all sources, all
    remarks, the strongest evidence, and the status of the insats that is most alive. Any other cell of an
    arena that is filled differently on two rows is a finding. Columns that neither table knows go with the
    insats. The frame is raw text; the insats' name in `insats`, the arena's in `namn`.
    """
    arenas = with_keys(RawTable(ARENOR, frame))
    clean, findings = pd.DataFrame(arenas.texts, index=frame.index, dtype="str"), arenas.findings
    if "arena_id" not in clean:
        missing = Finding("missing-column", ARENOR.name, 1, "arena_id")
        return Split(frame[_of_arena(frame)], None, (missing,))
    ids = clean["arena_id"]
    arenor, disagreements = _arenas(clean)
    offers = frame.drop(columns=[name for name in _of_arena(frame) if name not in _SHARED], errors="ignore")
    offers = offers.rename(columns={INSATS: "namn"}).assign(arena_id=ids)
    own = [name for name in clean if name == INSATS or name not in ARENOR]
    has_offer = (clean[own] != EMPTY).any(axis="columns") if own else pd.Series(data=False, index=clean.index)
    made_for = with_keys(RawTable(INSATSER, offers[has_offer]))
    offers, made = made_for.frame, made_for.findings
    if INSATS not in frame:
        made = (Finding("missing-column", INSATSER.name, 1, INSATS),)
    counts = {"arenor": str(len(arenor)), "insatser": str(len(offers))}
    note = Finding("flat-split", ARENOR.name, None, details=counts)
    return Split(arenor, offers, (*findings, *made, *disagreements, note))


def _of_arena(frame: pd.DataFrame) -> list[str]:
    return [str(name) for name in frame if name in ARENOR]


def _arenas(clean: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    names = _of_arena(clean)
    groups: dict[str, list[int]] = {}
    for place, arena in enumerate(clean["arena_id"].tolist()):
        # a row without an identity is an arena of its own, whose empty cell will be a finding
        groups.setdefault(arena or f"\0{place}", []).append(place)
    firsts = [places[0] for places in groups.values()]
    columns: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for name in names:
        texts, column = clean[name].tolist(), ARENOR[name]
        if name in _SHARED:
            columns[name] = [
                _together([texts[place] for place in places], column) for places in groups.values()
            ]
            continue
        columns[name] = []
        for places in groups.values():
            filled = [place for place in places if texts[place]]
            columns[name].append(texts[filled[0]] if filled else EMPTY)
            findings += [
                _disagreement(clean, place, filled[0], column)
                for place in filled[1:]
                if texts[place] != texts[filled[0]] and not _same(texts[place], texts[filled[0]], column)
            ]
    return pd.DataFrame(columns, index=clean.index[firsts], dtype="str"), findings


def _same(one: str, other: str, column: Column) -> bool:
    value = _value(one, column)
    return value is not None and value == _value(other, column)


def _disagreement(clean: pd.DataFrame, place: int, first: int, column: Column) -> Finding:
    texts, rows = clean[column.name], clean.index
    details = {
        "arena": str(clean["arena_id"].iloc[place]),
        "other": texts.iloc[first],
        "other_row": str(rows[first]),
    }
    row = int(rows[place])
    return Finding("arena-cells-disagree", ARENOR.name, row, column.name, texts.iloc[place], details)


def _together(texts: Iterable[str], column: Column) -> str:
    """Give the one cell that stands for all the rows of an arena."""
    different = [text for text in dict.fromkeys(texts) if text]
    if len(different) < 2:
        return different[0] if different else EMPTY
    if column.kind is Kind.DATE or column.vocabulary is not None:
        values = {text: _value(text, column) for text in different}
        if None in values.values():
            # so that the cell that does not fit is told
            return next(text for text, value in values.items() if value is None)
        if column.kind is Kind.DATE:
            return max(different, key=lambda text: (values[text].last, len(text)))
        return min(different, key=lambda text: [*(column.vocabulary or ())].index(values[text]))
    if column.kind in schema.LISTS:
        parts = (part for text in different for part in parts_of(text, column))
        return LIST_JOINER.join(dict.fromkeys(parts))
    return " ".join(different)


def _value(text: str, column: Column) -> Any:
    reading = read_cell(text, column)
    return None if reading is None else reading.value
