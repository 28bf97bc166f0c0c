"""Översikt: where do we stand, how much do we know?"""

import streamlit as st

from mapping.completeness import MEASURED, completeness
from mapping.overview import key_figures
from mapping.pyramid import pyramid
from pages.ui import address, data, frame, markup

dataset = data.dataset()

st.title("Föräldraskapsstöd i Örebro län", anchor=False)
markup.paragraph(
    "Stödkartan visar var föräldrar får stöd, för barn i vilken ålder och på vilken nivå – och vad som ännu inte är känt.",
    kind="lead",
)
markup.paragraph(frame.data_version(), kind="caption")

markup.show("key_figures", figures=key_figures(dataset))

st.subheader("Arenor på varje nivå", anchor=False)
markup.paragraph(
    "Så många arenor har minst en insats på nivån, enligt någon källa. En arena kan finnas på flera nivåer. "
    "Välj en nivå för att se arenorna på kartan."
)
with st.container(key="pyramid", horizontal_alignment="center", gap="xsmall"):
    for step in reversed(pyramid(dataset)[:3]):
        with st.container(key=f"step_{step.level}", horizontal_alignment="center"):
            st.page_link(
                "karta.py",
                label=f"{step.label}: **{step.arenas}** arenor",
                icon="",
                query_params=address.carried_with(step.filters),
            )
    unknown = pyramid(dataset)[3]
    with st.container(key="step_okand", horizontal_alignment="center"):
        st.page_link(
            "karta.py",
            label=f"Nivå okänd: **{unknown.arenas}** arenor",
            icon="",
            query_params=address.carried_with(unknown.filters),
        )

st.subheader("Så komplett är kartläggningen", anchor=False)
markup.paragraph(
    "Andelen av kommunens arenor där uppgiften är känd. En låg andel säger något om underlaget, inte om stödet. "
    "Stängda arenor räknas inte."
)
markup.show("completeness", table=completeness(dataset, data.today()), measured=MEASURED)
