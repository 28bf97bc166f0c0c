"""Show verdicts as a matrix of buttons."""

from typing import Any, Final

import streamlit as st

from mapping.verdicts.display import PLANNED
from mapping.verdicts.matrix import Cell, LegendEntry, Matrix, legend
from mapping.verdicts.objectives import figure
from mapping.verdicts.strength import OLDER, PROVED
from pages.ui import address, scripts

_KEY = "verdict_matrix"
_CAPTION = (
    "Ett mål på varje rad, en kommun eller länsdel i varje kolumn. Välj en ruta för att se hur vi räknade."
)
_LETTER: Final = dict(
    zip(
        (figure.COVERED, figure.SHARED, figure.OBLIGED, OLDER, figure.PLANNED, figure.UNKNOWN,
         figure.EMPTY, figure.OTHER),
        "bduapotn",
        strict=True,
    )
)  # fmt: skip
"""How the browser is told the state of a figure's box: the class of its style."""

_component = st.components.v2.component(
    "stodkartan_matrix",
    js=scripts.with_elements("verdicts/matrix.js"),
    css=scripts.text("verdicts/matrix.css"),
)


def verdict_matrix(shown: Matrix) -> None:
    """Draw the matrix; a click on a cell opens its detail."""
    _component(
        key=_KEY,
        data={
            "caption": _CAPTION,
            "corner": "Mål",
            "columns": list(shown.columns),
            "selected": address.choice(address.CELL),
            "presentation": address.presenting(),
            "groups": [
                {
                    "title": group.title,
                    "rows": [
                        {
                            "number": row.code,
                            "title": row.name,
                            "cells": [cell and _cell(cell) for cell in row.cells],
                        }
                        for row in group.rows
                    ],
                }
                for group in shown.groups
            ],
            "legend": [_entry(entry) for entry in legend(shown)],
        },
        on_cell_change=_open,
    )


def _cell(cell: Cell) -> dict[str, Any]:
    """Tell the browser of a cell; what most cells have not is left out."""
    sometimes = {
        "strength": "" if cell.shown.strength == PROVED else cell.shown.strength,
        "mark": cell.mark,
        "note": ", ".join(cell.notes),
        "plan": PLANNED if PLANNED in cell.shown.remarks else "",
        "said": cell.is_said,
        # a row of letters, or x:y
        "figure": "/".join(
            f"{row.share[0]}:{row.share[1]}"
            if row.share
            else "".join(_LETTER[box.state] for box in row.boxes)
            for row in cell.known
        ),
        "span": cell.span if cell.span > 1 else 0,
    }
    return {
        "id": cell.key,
        "status": cell.shown.status,
        "symbol": cell.shown.symbol,
        "word": cell.word,
        "label": cell.label,
        **{name: value for name, value in sometimes.items() if value},
    }


def _entry(entry: LegendEntry) -> dict[str, str]:
    if entry.cell:
        look, sign = (
            f"cell {entry.cell.status} is-{entry.cell.strength}",
            entry.cell.symbol or entry.cell.mark,
        )
    elif entry.state:
        look, sign = f"box b-{_LETTER[entry.state]}", ""
    else:
        look, sign = "plan" if entry.sign == PLANNED else "said", entry.sign
    return {"look": look, "sign": sign, "words": entry.words}


def _open() -> None:
    key = st.session_state[_KEY].get("cell")
    if key:
        address.choose(address.CELL, str(key))
