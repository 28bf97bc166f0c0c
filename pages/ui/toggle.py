"""Draw a toggle that the address keeps: `?aldre=ja` is on, nothing is off."""

import streamlit as st

from pages.ui import address

ON = "ja"


def is_on(parameter: str) -> bool:
    """Tell whether the address has a toggle on."""
    return address.choice(parameter) == ON


def toggle(parameter: str, label: str) -> None:
    """Draw a toggle as the address has it."""
    # It comes to the browser as it should first stand. A value that is sent after it, as through the session
    # state, is lost on a visitor who is quick, and the toggle would then turn itself off.
    asked, kept = is_on(parameter), f"toggle_{parameter}"
    number, at_first = st.session_state.get(kept, (0, asked))
    if st.session_state.get(_key(parameter, number)) != asked:
        # first drawn here, or the address was changed by something else: a new toggle
        number, at_first = number + 1, asked
        st.session_state[kept] = (number, at_first)
    key = _key(parameter, number)
    st.toggle(label, value=at_first, key=key, on_change=_write, args=(parameter, key))


def _key(parameter: str, number: int) -> str:
    return f"{parameter}_{number}"


def _write(parameter: str, key: str) -> None:
    address.choose(parameter, ON if st.session_state[key] else None)
