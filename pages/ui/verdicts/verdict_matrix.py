"""Show verdicts as a matrix of buttons."""

import streamlit as st

from mapping.verdicts.matrix import Matrix
from pages.ui import address, scripts

_KEY = "verdict_matrix"
_CAPTION = (
    "Ett mål på varje rad, en kommun eller länsdel i varje kolumn. Välj en ruta för att se hur vi räknade."
)

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
                            "cells": [
                                cell
                                and {
                                    "id": cell.key,
                                    "status": cell.shown.status,
                                    "symbol": cell.shown.symbol,
                                    "word": cell.shown.word,
                                    "note": ", ".join(cell.shown.remarks),
                                    "label": cell.label,
                                    "span": cell.span,
                                }
                                for cell in row.cells
                            ],
                        }
                        for row in group.rows
                    ],
                }
                for group in shown.groups
            ],
        },
        on_cell_change=_open,
    )


def _open() -> None:
    key = st.session_state[_KEY].get("cell")
    if key:
        address.choose(address.CELL, str(key))
