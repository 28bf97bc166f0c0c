"""Översikt: tell where we stand, with how much we know."""

import streamlit as st

from mapping.arenas.completeness import MEASURED, completeness
from mapping.arenas.key_figures import key_figures
from mapping.childhood import findings
from mapping.verdicts.display import SYMBOL
from mapping.verdicts.judge import STATUS
from mapping.verdicts.matrix import settled_sentence
from mapping.verdicts.summary import objective_bars
from mapping.verdicts.tasks import tasks
from pages.ui import address, data, links, markup
from pages.ui.frame import frame
from pages.ui.map.pyramid_links import pyramid_links
from pages.ui.verdicts import coverage_choices, coverage_view, judged

TASKS_SHOWN = 5

dataset = data.dataset()
everything = coverage_choices.of_all()

st.title(findings.strongest(everything), anchor=False)
markup.paragraph(
    "Föräldraskapsstöd i Örebro län: vad som är känt, hur säkert det är känt, och vad ingen vet.", kind="lead"
)
judged.basis_control()
coverage_view.legend(everything)
coverage_view.county(everything)
st.page_link(
    "tackning.py",
    label="Se varje kommun",
    icon=":material/child_care:",
    query_params=address.carried(),
)

st.header("Så långt är målen bedömda", anchor=False)
verdicts = judged.verdicts()
markup.paragraph(settled_sentence(verdicts))
markup.show(
    "overview/objectives",
    bars=objective_bars(verdicts, judged.strategy()),
    areas=judged.strategy().areas,
    symbols=SYMBOL,
    statuses=STATUS,
    link=links.to("mal", **{address.AREA: ""}),
)
st.page_link("mal.py", label="Öppna målmatrisen", icon=":material/grid_on:", query_params=address.carried())

st.header("Ta reda på först", anchor=False)
markup.paragraph("Överst står det som kan avgöra flest bedömningar.")
markup.show("overview/tasks", tasks=tasks(verdicts)[:TASKS_SHOWN])

st.header("Arenor på varje nivå", anchor=False)
markup.show("overview/key_figures", figures=key_figures(dataset))
markup.paragraph(
    "Så många arenor har minst en insats på nivån, enligt någon källa. En arena kan finnas på flera nivåer. "
    "Välj en nivå för att se arenorna på kartan."
)
pyramid_links(dataset)

st.header("Så komplett är kartläggningen", anchor=False)
markup.paragraph(
    "Andelen av kommunens arenor där uppgiften är känd. En låg andel säger något om underlaget, inte om "
    "stödet. Stängda arenor räknas inte."
)
markup.show("overview/completeness", table=completeness(dataset, data.today()), measured=MEASURED)
markup.paragraph(frame.data_version(), kind="caption")
if not dataset.example and not address.presenting():
    markup.show("overview/practise", way_in=links.written(links.carried_to(example=True)))
