"""Uppdatera: hand in files, read what is wrong, see what would change, publish."""

import streamlit as st

from pages.ui import data, markup
from pages.ui.frame import visitor
from pages.ui.update import delivery_view, findings_view, publish_form, template_downloads, upload

st.title("Uppdatera uppgifterna", anchor=False)
markup.paragraph(
    "Lämna en eller flera filer. Du får veta allt som behöver rättas och ser vad som ändras, "
    "innan något publiceras.",
    kind="lead",
)
decision = visitor.decision()
if data.store() is None:
    shown = "Du ser exempeldata" if data.dataset().example else "Den här servern visar en mapp med filer"
    markup.paragraph(f"{shown}. Här kan du kontrollera filer, men inte publicera.", kind="notice")
elif not decision.granted:
    markup.paragraph(f"Här kan du kontrollera filer, men inte publicera. {decision.reason}", kind="notice")
publish_form.outcome()

files = upload.files()
proposal = upload.proposal(files) if files else None
if proposal is not None:
    delivery_view.recognised(proposal)
    st.header("Kontroll", anchor=False)
    findings_view.findings(proposal, files)
    if proposal.delivery.tables:
        delivery_view.way_choice(proposal)
    delivery_view.preview(proposal)
    if proposal.checked.contents is not None:
        publish_form.form(proposal)
        publish_form.refusal()
elif not files:
    template_downloads.offered()
