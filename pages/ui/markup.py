"""Show texts from the data as text: every template escapes, so that a name can never become markup."""

import re
from collections.abc import Hashable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapping.arenas.completeness import MEASURED
from mapping.arenas.rows import UNKNOWN
from mapping.childhood.year_states import LETTER
from mapping.contract import vocabulary
from mapping.municipality import leadership
from mapping.municipality.dialogue import HEADING
from mapping.swedish import span

_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>$~]")
_ADDRESS: Final = re.compile(r":(?=//)|www(?=\.)|@", re.IGNORECASE)


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
        "leadership": leadership,
        "UNKNOWN": UNKNOWN,
        "DIALOGUE_HEADING": HEADING,
        "letters": LETTER,
        "MEASURED": MEASURED,
        "span": span,
    }
    environment.tests["web_address"] = is_web_address
    return environment


def is_web_address(text: str | None) -> bool:
    """Tell whether a text is a web address and nothing else: only those become links."""
    return bool(text and text.startswith(("http://", "https://")) and not set(text) & set(' \t\r\n<>"'))


def literal(text: str) -> str:
    r"""Write text for what Streamlit reads as Markdown: a widget's label, a message.

    Addresses become links there even if they are escaped, so an invisible sign is put inside them.

    Examples
    --------
    >>> literal("*fet* [länk](x).csv")
    '\\*fet\\* \\[länk\\](x).csv'
    """
    return _ADDRESS.sub("\\g<0>\N{WORD JOINER}", _MARKDOWN.sub(r"\\\g<0>", text))


def show(template: str, **values: object) -> None:
    """Draw a template of `pages/ui/templates` with values that are shown as they are written."""
    st.html(_templates().get_template(f"{template}.html").render(values))


def show_kept(template: str, **values: Hashable) -> None:
    """Draw as `show`, keeping the result for values that are the same the next time: nothing of the visit."""
    st.html(_rendered(template, **values))


@lru_cache(maxsize=64)
def _rendered(template: str, **values: Hashable) -> str:
    return _templates().get_template(f"{template}.html").render(values)


def paragraph(text: str, *, kind: str = "text") -> None:
    """Draw one paragraph of text that may hold anything; `kind` is `text`, `caption`, `lead` or `notice`."""
    show("paragraph", text=text, kind=kind)
