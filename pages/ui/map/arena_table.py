"""List the arenas that the map shows, as a table that mouse, keyboard and screen reader can use.

Streamlit's own data frame is a canvas with English menus and a CSV that Swedish Excel opens wrong; this is an
HTML table with real buttons.
"""

import pandas as pd
import streamlit as st

from mapping.arenas.rows import HIT, UNKNOWN, selected_rows
from mapping.arenas.select import Selection
from mapping.dataset.dataset import Dataset
from mapping.swedish import swedish_order
from pages.ui import address
from pages.ui.map import clicks
from pages.ui.row_table import row_table

ROWS_AT_ONCE = 50
_COLUMNS = ("Namn", HIT, "Typ", "Kommun", "Nivå", "Ålder", "Huvudman", "Status", "Senast bekräftad")
_KEY, _ORDER, _LIMIT = "arena_table", "arena_table_order", "arena_table_limit"


def arena_table(dataset: Dataset, selection: Selection) -> pd.Index:
    """Draw the table, and return the `arena_id` of all its rows in the order they stand."""
    rows = selected_rows(dataset, selection)
    column, descending = st.session_state.get(_ORDER, ("", False))
    if column in rows:
        rows = _sorted(rows, column, descending=descending)
    unplaced = int((dataset.arenor.loc[rows.index, "lage"] == "ingen").sum())
    limit = st.session_state.get(_LIMIT, ROWS_AT_ONCE)
    row_table(
        key=_KEY,
        label="Tabell över arenor",
        caption=f"{len(rows)} arenor, "
        + (f"varav {unplaced} utan plats på kartan" if unplaced else "de som kartan visar"),
        columns=_columns(rows),
        rows=[[str(arena_id), *row] for arena_id, row in _texts(rows.head(limit))],
        selected=address.choice(address.ARENA),
        on_open=clicks.open_arena,
        total=len(rows),
        sorted_by=(column, descending),
        on_order=_reorder,
        on_more=_show_more,
    )
    return rows.index


def _columns(rows: pd.DataFrame) -> list[str]:
    return [column for column in _COLUMNS if column in rows]


def _texts(rows: pd.DataFrame) -> "list[tuple[str, list[str]]]":
    return list(zip(rows.index, rows[_columns(rows)].to_numpy().tolist(), strict=True))


def _sorted(rows: pd.DataFrame, column: str, *, descending: bool) -> pd.DataFrame:
    """Sort as Swedish does; what is unknown stands last whichever way."""
    unknown = rows[column] == UNKNOWN
    known = rows[~unknown].sort_values(
        column, key=lambda words: words.map(swedish_order), ascending=not descending, kind="stable"
    )
    return pd.concat([known, rows[unknown]])


def _reorder(column: str) -> None:
    if column in _COLUMNS:
        before, descending = st.session_state.get(_ORDER, ("", False))
        st.session_state[_ORDER] = (column, column == before and not descending)


def _show_more() -> None:
    st.session_state[_LIMIT] = st.session_state.get(_LIMIT, ROWS_AT_ONCE) + 4 * ROWS_AT_ONCE
