"""Översikt: tell where we stand, with how much we know."""

import streamlit as st

from mapping.arenas.completeness import MEASURED, completeness
from mapping.arenas.key_figures import key_figures
from mapping.verdicts.judge import next_facts
from mapping.verdicts.matrix import settled_sentence
from pages.ui import address, data, markup
from pages.ui.frame import frame
from pages.ui.map.pyramid_links import pyramid_links
from pages.ui.verdicts import judged

FACTS_SHOWN = 8

dataset = data.dataset()

st.title("Föräldraskapsstöd i Örebro län", anchor=False)
markup.paragraph(
    "Stödkartan visar var föräldrar får stöd, för barn i vilken ålder och på vilken nivå – och vad som ännu "
    "inte är känt.",
    kind="lead",
)
markup.paragraph(frame.data_version(), kind="caption")

markup.show("overview/key_figures", figures=key_figures(dataset))

st.header("Arenor på varje nivå", anchor=False)
markup.paragraph(
    "Så många arenor har minst en insats på nivån, enligt någon källa. En arena kan finnas på flera nivåer. "
    "Välj en nivå för att se arenorna på kartan."
)
pyramid_links(dataset)

st.header("Så långt är målen bedömda", anchor=False)
verdicts = judged.verdicts()
markup.paragraph(settled_sentence(verdicts))
st.page_link("mal.py", label="Öppna målmatrisen", icon=":material/grid_on:", query_params=address.carried())
markup.show("overview/next_facts", facts=next_facts(verdicts)[:FACTS_SHOWN])

st.header("Så komplett är kartläggningen", anchor=False)
markup.paragraph(
    "Andelen av kommunens arenor där uppgiften är känd. En låg andel säger något om underlaget, inte om "
    "stödet. Stängda arenor räknas inte."
)
markup.show("overview/completeness", table=completeness(dataset, data.today()), measured=MEASURED)
