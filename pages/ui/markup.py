"""Show texts from the data as text: every template escapes, so that a name can never become markup."""

from functools import cache
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapping import organisation, vocabulary
from mapping.tables import UNKNOWN
from mapping.wording import span


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "vocabulary": vocabulary,
        "organisation": organisation,
        "UNKNOWN": UNKNOWN,
        "span": span,
    }
    environment.tests["web_address"] = is_web_address
    return environment


def is_web_address(text: str | None) -> bool:
    """Tell whether a text is a web address and nothing else: only those become links."""
    return bool(text and text.startswith(("http://", "https://")) and not set(text) & set(' \t\r\n<>"'))


def show(template: str, **values: object) -> None:
    """Draw a template of `pages/ui/templates` with values that are shown as they are written."""
    st.html(_templates().get_template(f"{template}.html").render(values))


def paragraph(text: str, *, kind: str = "text") -> None:
    """Draw one paragraph of text that may hold anything; `kind` is `text`, `caption`, `lead` or `notice`."""
    show("paragraph", text=text, kind=kind)
