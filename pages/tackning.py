"""Uppväxten: tell which years of childhood have support, on each level, in each municipality."""

from functools import partial

import streamlit as st

from mapping.childhood import coverage
from mapping.contract.vocabulary import PREVENTION_LEVEL
from mapping.figures.childhood import county_strips, municipality_strips
from mapping.tables.excel_csv import write_csv
from pages.ui import address, data, markup
from pages.ui.download import download_button
from pages.ui.reports import pictures
from pages.ui.verdicts import coverage_choices, coverage_view, judged

dataset = data.dataset()
chosen = coverage_choices.choice()
shown = coverage_choices.shown(chosen)

st.title("Uppväxten", anchor=False)
markup.paragraph(shown.summary, kind="lead")
markup.paragraph(f"{chosen.sentence} {judged.rests_on()}", kind="caption")
judged.basis_control()
coverage_view.legend(shown)
asked = address.choice(address.PLACE)
one = shown.municipality(asked)
if one:
    coverage_view.municipality(shown, one, coverage_choices.supporting(one.kommunkod, chosen))
else:
    if asked:
        markup.paragraph(f"Kommunen ”{asked}” finns inte i länet. Skriv en kommunkod.", kind="notice")
    coverage_view.county(shown)
    coverage_view.municipalities(shown)
if shown.remark:
    markup.paragraph(shown.remark, kind="notice")

if not address.presenting():
    st.header("Samma uppgifter som tabell", anchor=False)
    if st.toggle("Visa tabellen", key="coverage_table"):
        coverage_view.table(shown)
    download_button(
        "Ladda ned för Excel",
        lambda: write_csv(coverage.excel_rows(shown, dataset)),
        f"stodkartan-uppvaxten-{dataset.version}.csv",
    )
    if one:
        code = one.kommunkod
        drawn = {f"uppvaxten-{code}": (one.kommun, partial(municipality_strips, shown, code))}
    else:
        drawn = {
            f"uppvaxten-{level}": (f"{label} nivå", partial(county_strips, shown, level))
            for level, label in PREVENTION_LEVEL.items()
        }
    pictures.choice(drawn, chosen.sentence)
