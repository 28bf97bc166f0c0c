"""Let a visitor choose which municipalities' sheets to make, and in which format."""

import streamlit as st

from mapping.contract import vocabulary
from mapping.reports import formats
from pages.ui import choices
from pages.ui.reports.downloads import FORMAT_WORD


def municipalities() -> tuple[str, ...]:
    """Draw the choice of a part of the county; give its municipalities in alphabetical order."""
    part = st.selectbox(
        "Vilka kommuner?",
        [None, *vocabulary.COUNTY_PART],
        key="report_part",
        format_func=lambda code: f"Länsdel {vocabulary.COUNTY_PART[code]}" if code else "Alla tolv",
    )
    names = choices.alphabetical(vocabulary.MUNICIPALITIES)
    return tuple(code for code in names if not part or code in vocabulary.COUNTY_PARTS[part])


def suffix() -> str:
    """Draw the choice of format; give the file's ending."""
    return str(
        st.radio(
            "Format",
            list(formats.SHEET),
            key="report_format",
            horizontal=True,
            format_func=FORMAT_WORD.__getitem__,
        )
    )
