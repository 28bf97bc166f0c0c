"""Draw an HTML table whose rows open something, for mouse, keyboard and screen reader alike."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from mapping.arenas.rows import UNKNOWN
from pages.ui import address, scripts

_component = st.components.v2.component(
    "stodkartan_table", js=scripts.with_elements("table.js"), css=scripts.text("table.css")
)


def row_table(  # noqa: PLR0913 - one keyword a thing that the table shows
    *,
    key: str,
    label: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    selected: str | None,
    on_open: Callable[[str], None],
    total: int | None = None,
    sorted_by: tuple[str, bool] | None = None,
    on_order: Callable[[str], None] | None = None,
    on_more: Callable[[], None] | None = None,
) -> None:
    """Draw the table.

    Parameters
    ----------
    label, caption
        What a screen reader calls it; what stands above its rows.
    columns
        Headings; the first one's cells are the buttons.
    rows
        Each row's identity, then its texts.
    selected
        The identity of the row that is open now.
    on_open
        Called with the identity of a row that somebody opens, before the page runs.
    total
        How many rows there are, if not all are given: a button asks for more.
    sorted_by
        A heading ("" = none) and whether it is descending; without it the headings are no buttons.
    on_order, on_more
        Called with the heading that was chosen; called when more rows are asked for.
    """

    def passed_on(event: str, answer: Callable[[str], None] | None) -> Callable[[], None]:
        def callback() -> None:
            value: Any = st.session_state[key].get(event)
            if value and answer:
                answer(str(value))

        return callback

    _component(
        key=key,
        data={
            "label": label,
            "caption": caption,
            "columns": list(columns),
            "rows": [list(row) for row in rows],
            "total": len(rows) if total is None else total,
            "sorted": {"column": sorted_by[0], "descending": sorted_by[1]} if sorted_by else None,
            "selected": selected,
            "unknown": UNKNOWN,
            "open": "Visa",
            "presentation": address.presenting(),
        },
        on_opened_change=passed_on("opened", on_open),
        on_order_change=passed_on("order", on_order),
        on_more_change=passed_on("more", lambda _: on_more() if on_more else None),
    )
