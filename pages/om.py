"""Om: method, definitions, sources, accessibility, how to report a fault."""

from pathlib import Path

import streamlit as st

from mapping.arenas.filters import PARAMETERS
from mapping.dataset.sources import cited_sources, compiled_sources
from pages.ui import data, links, markup
from pages.ui.frame import frame

TEXTS = Path(__file__).parent / "ui" / "texts"

dataset = data.dataset()
settings = data.settings()

st.title("Om Stödkartan", anchor=False)
markup.paragraph(frame.data_version(), kind="caption")
st.markdown((TEXTS / "om.md").read_text(encoding="utf-8"))

st.header("Källor", anchor=False)
compiled, cited = compiled_sources(settings.data), cited_sources(dataset)
if compiled:
    markup.show("about/sources", sources=compiled)
with st.expander(f"Alla {len(cited)} källor som en rad hänvisar till"):
    markup.show("about/cited", cited=cited)

st.header("Det vi har märkt i uppgifterna", anchor=False)
if dataset.findings:
    with st.expander(f"{len(dataset.findings)} anmärkningar"):
        markup.show("about/findings", findings=dataset.findings)
else:
    markup.paragraph("Kontrollen av uppgifterna gav inga anmärkningar.")

st.header("Öppna data", anchor=False)
markup.show("about/open_data", parameters=PARAMETERS, query=links.of_data())

st.header("Ett exempel att öva på", anchor=False)
way_in = None if dataset.example else links.written(links.carried_to(example=True))
markup.show("about/example", way_in=way_in)

st.header("Tillgänglighet", anchor=False)
st.markdown((TEXTS / "tillganglighet.md").read_text(encoding="utf-8"))

st.header("Anmäl ett fel", anchor=False)
markup.show("about/contact", contact=settings.contact)
