"""Draw choices in Swedish order: of one or several, kept in the address or by the page that draws them."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.swedish import swedish_order
from pages.ui import address


def alphabetical(labels: Mapping[str, str]) -> dict[str, str]:
    """Put codes in the order of their labels, with å, ä and ö last."""
    return dict(sorted(labels.items(), key=lambda item: swedish_order(item[1])))


def municipality(key: str, placeholder: str, on_change: Callable[[], None] | None = None) -> str | None:
    """Draw a choice of one municipality, or none."""
    return st.selectbox(
        "Kommun",
        list(alphabetical(MUNICIPALITIES)),
        index=None,
        key=key,
        format_func=MUNICIPALITIES.__getitem__,
        placeholder=placeholder,
        on_change=on_change,
    )


def several(
    key: str, label: str, options: Mapping[str, str], on_change: Callable[[], None] | None = None
) -> None:
    """Draw a choice of several codes, in the order of the options; no choice means all."""
    st.multiselect(
        label,
        list(options),
        key=key,
        format_func=lambda code: options.get(code, code),
        placeholder="Alla",
        on_change=on_change,
    )


def several_in_address(
    page: str, name: str, label: str, options: Mapping[str, str], chosen: Sequence[str]
) -> None:
    """Draw a choice of several as the address has it; a change is written there before the page runs."""
    key = f"{page}_{name}"
    st.session_state[key] = list(chosen)

    def write() -> None:
        picked = st.session_state[key]
        address.choose_several(name, [code for code in options if code in picked])

    several(key, label, options, write)


def in_order(key: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Give what a choice of several holds in the order of its options, so that a choice has one address.

    What the options do not name, as a value of another version in the address, comes last.
    """
    chosen = st.session_state[key]
    known = tuple(code for code in options if code in chosen)
    return known + tuple(sorted(code for code in chosen if code not in options))
