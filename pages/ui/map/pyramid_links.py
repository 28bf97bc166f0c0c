"""Draw the prevention pyramid, each step a link to its arenas on the map."""

import streamlit as st

from mapping.arenas.key_figures import Step, pyramid
from mapping.dataset.dataset import Dataset
from pages.ui import links


def pyramid_links(dataset: Dataset) -> None:
    """Draw the pyramid with indikerad on top, and under it the arenas whose level nobody states."""
    universal, selective, indicated, unknown = pyramid(dataset)
    with st.container(key="pyramid", gap="xsmall"):
        for step in (indicated, selective, universal, unknown):
            with st.container(key=f"step_{step.level}"):
                st.page_link(
                    "karta.py",
                    label=f"{step.label}: **{_count(step)}**",
                    icon="",
                    width="stretch",
                    query_params=links.carried_with(step.filters),
                )


def _count(step: Step) -> str:
    if not step.arenas:
        return "ingen känd arena"
    return f"{step.arenas} {'arena' if step.arenas == 1 else 'arenor'}"
