"""Show how a verdict was reached: text, rule, the rows counted, what is missing, what is planned."""

from collections.abc import Mapping, Sequence

import streamlit as st

from mapping.municipality.dialogue import Voice
from mapping.verdicts.counted import counted_rows, planned_rows
from mapping.verdicts.display import verdict_label
from mapping.verdicts.judge import Verdict
from mapping.verdicts.matrix import cell_key
from mapping.verdicts.strategy import Strategy
from pages.ui import address, markup


def verdict_detail(
    strategy: Strategy, verdicts: Sequence[Verdict], key: str, said: Mapping[str, Sequence[Voice]]
) -> None:
    """Draw *Så räknade vi* for the verdicts behind a cell; `said` by their own cells."""
    with st.container(key="verdict_detail"):
        if not verdicts:
            markup.paragraph(f"Rutan ”{key}” finns inte. Välj en ruta i matrisen.", kind="notice")
            return
        first = verdicts[0]
        markup.show(
            "verdicts/verdict_text",
            objective=strategy[first.objective],
            strategy=strategy,
            rule=first.rule,
            key=key,
        )
        for verdict in verdicts:
            markup.show(
                "verdicts/verdict",
                verdict=verdict,
                label=verdict_label(verdict),
                counted=counted_rows(verdict),
                planned=planned_rows(verdict),
                said=said.get(cell_key(verdict.objective, verdict.kommunkod), ()),
            )
        st.button("Stäng", key="close_detail", icon=":material/close:", on_click=_close)


def _close() -> None:
    address.choose(address.CELL, None)
