"""Show everything that a check found, most serious first, and give it back as files to work in."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

import streamlit as st

from mapping.contract.findings import Severity
from mapping.delivery import corrections
from mapping.delivery.check import Checked
from mapping.delivery.corrections import SEVERITY_WORDS
from mapping.delivery.delivery import SourceFile
from mapping.delivery.proposal import Proposal
from mapping.errors import CorrectionsError
from pages.ui import markup
from pages.ui.download import download_button

LISTED_AT_MOST = 100
"""Findings of one severity that a page shows; the files have them all."""


def findings(shown: Proposal, files: Sequence[SourceFile]) -> None:
    """Draw the findings of a check, with what to download."""
    checked = shown.checked
    found = {level: [one for one in checked.findings if one.severity is level] for level in Severity}
    markup.paragraph(
        _summary(checked, {level: sum(one.count for one in every) for level, every in found.items()}),
        kind="count",
    )
    for level, every in found.items():
        if every:
            label = f"{SEVERITY_WORDS[level]}: {len(every)} {'sak' if len(every) == 1 else 'saker'}"
            with st.expander(
                label, expanded=level is Severity.STOP, key=f"findings_{level.value}", on_change="rerun"
            ) as opened:
                if opened.open:
                    markup.show(
                        "update/findings_table",
                        title=SEVERITY_WORDS[level],
                        findings=every[:LISTED_AT_MOST],
                        left_out=len(every) - LISTED_AT_MOST,
                    )
    if checked.findings:
        _downloads(shown, files)


def _summary(checked: Checked, counts: dict[Severity, int]) -> str:
    if checked.has_personal_data:
        return (
            "Filerna innehåller personuppgifter. De har inte sparats och visas inte i sin helhet. "
            "Ta bort dem och lämna filerna igen."
        )
    if checked.stops:
        number = counts[Severity.STOP]
        return f"{number} {'fel'} måste rättas innan uppgifterna kan publiceras."
    if counts[Severity.WARN]:
        number = counts[Severity.WARN]
        word = "varning" if number == 1 else "varningar"
        return f"Uppgifterna går att publicera. Se först över {number} {word}."
    return "Uppgifterna går att publicera. Inget behöver rättas."


def _downloads(shown: Proposal, files: Sequence[SourceFile]) -> None:
    checked = shown.checked
    with st.container(horizontal=True):
        download_button(
            "Ladda ned listan för Excel",
            lambda: corrections.list_as_workbook(checked.places),
            "att-ratta.xlsx",
        )
        download_button(
            "Ladda ned listan som CSV", lambda: corrections.list_as_csv(checked.places), "att-ratta.csv"
        )
        if checked.has_personal_data:
            return
        for number, file in enumerate(files):
            if corrections.needs_correction(file, checked.places):
                _own_file(shown, file, number)


@lru_cache(maxsize=4)
def _marked(shown: Proposal, file: SourceFile) -> bytes:
    """Write in a file what is to be corrected in it, once for each check."""
    return corrections.corrected(file, shown.delivery, shown.checked.places)


def _own_file(shown: Proposal, file: SourceFile, number: int) -> None:
    try:
        marked = _marked(shown, file)
    except CorrectionsError as error:
        markup.paragraph(str(error), kind="caption")
        return
    path = PurePath(file.name)
    download_button(
        f"Ladda ned {markup.literal(path.name)} med kolumnen Att rätta",
        marked,
        f"{path.stem}-att-ratta{path.suffix}",
        key=f"own_file_{number}",
    )
