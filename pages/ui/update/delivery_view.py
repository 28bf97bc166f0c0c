"""Show what a delivery was read as, what it would replace, and what would differ."""

import streamlit as st

from mapping.contract.guidance import TABLE_TITLE
from mapping.delivery.proposal import Proposal
from mapping.delivery.scope import WAY_WORDS
from mapping.swedish import either
from pages.ui import markup
from pages.ui.frame import visitor
from pages.ui.update import column_choice
from pages.ui.update.changes_view import changes_view
from pages.ui.update.upload import WAY
from pages.ui.verdicts import judged


def recognised(shown: Proposal) -> None:
    """Tell what the files were read as, and let the visitor say what unknown columns are."""
    for source in shown.delivery.sources:
        names = [TABLE_TITLE[name].lower() for name in source.tables]
        read = f"läst som {either(names, last='och')}" if names else "gick inte att läsa som någon tabell"
        markup.paragraph(f"{source.name}: {read}.")
    if fault := column_choice.fault():
        markup.paragraph(f"Valet gäller nu, men inte för nästa fil. {fault}", kind="notice")
    remembered = column_choice.known()
    for place, sheet in enumerate(shown.delivery.sheets):
        column_choice.same_for_all(sheet)
        if sheet.header is not None:
            column_choice.choose(sheet, sheet.header, place, remembered.get(sheet.header.fingerprint, {}))


def way_choice(shown: Proposal) -> None:
    """Tell what is replaced and what stays; where published rows could go, let the visitor choose."""
    if any(shown.ways.values()):
        st.radio(
            "Vad ska filerna göra med det som är publicerat?",
            list(WAY_WORDS),
            key=WAY,
            format_func=lambda way: f"{WAY_WORDS[way]}. {shown.ways[way] or 'Inget tas bort'}.",
        )
    markup.paragraph(" ".join(shown.outcome.sentences))


def preview(shown: Proposal) -> None:
    """Draw what differs from what is published, and which verdicts change because of it."""
    before, after = shown.published.dataset, shown.checked.dataset
    changes = shown.changes_for_editors if visitor.decision().granted else shown.changes
    if before is None or after is None or changes is None:
        return
    st.header("Det här ändras", anchor=False)
    verdicts = shown.verdict_changes(judged.strategy(), judged.day())
    changes_view(before, after, changes, verdicts, key="preview")
