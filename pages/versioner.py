"""Versioner: tell who published what and when; compare, go back, mark waves, confirm rows unchanged."""

import streamlit as st

from pages.ui import address, data, markup
from pages.ui.frame import visitor
from pages.ui.versions import (
    confirm_form,
    erase_form,
    version_actions,
    version_comparison,
    version_forms,
    version_list,
)

st.title("Versioner", anchor=False)
versions = version_list.versions()
if data.store() is None:
    markup.paragraph(version_list.why_there_is_none(), kind="lead")
elif versions:
    markup.paragraph(version_list.summary(versions), kind="lead")
    version_list.table(versions)

    st.header("Jämför två versioner", anchor=False)
    version_comparison.comparison(version_list.shown(versions))

    if not address.presenting():
        st.header("Ändra", anchor=False)
        version_actions.outcome()
        decision = visitor.decision()
        if decision.granted:
            version_forms.forms(version_list.shown(versions))
            confirm_form.form()
            erase_form.form()
            version_list.audit_log()
        else:
            markup.paragraph(decision.reason, kind="notice")
