"""Go back to a version, mark or withdraw it, as who the visitor is; the core decides whether they may."""

import streamlit as st

from mapping.delivery import proposal as proposals
from mapping.errors import StodkartanError
from pages.ui import data, markup
from pages.ui.frame import visitor

_OUTCOME = "versions_outcome"
RESTORED, RESTORE_COMMENT, RESTORE_ROLE = "restore_version", "restore_comment", "restore_role"
RESTORE_SHOWS = "restore_shows_protected"
MARKED, WAVE = "wave_version", "wave_year"
WITHDRAWN, WITHDRAW_REASON = "withdraw_version", "withdraw_reason"
NO_WAVE = 0


def restore() -> None:
    """Publish an earlier version again, as who the visitor is."""
    store, number, latest = visitor.store(), _chosen(RESTORED), data.latest()
    if store is None or number is None:
        return
    state = st.session_state
    try:
        head = proposals.restore(
            number,
            store,
            base=latest.number if latest else None,
            actor=visitor.attempting(str(state.get(RESTORE_ROLE, ""))),
            comment=str(state.get(RESTORE_COMMENT, "")),
            shows_protected=bool(state.get(RESTORE_SHOWS)),
        )
    except StodkartanError as error:
        tell(str(error), is_done=False)
    else:
        for key in (RESTORE_COMMENT, RESTORE_SHOWS):
            state.pop(key, None)
        tell(f"Version {number} är återställd som version {head.number} och syns för alla.", is_done=True)


def mark() -> None:
    """Mark a version as a wave, or as none, as who the visitor is."""
    store, number, year = visitor.store(), _chosen(MARKED), _chosen(WAVE)
    if store is None or number is None or year is None:
        return
    year = year or None
    try:
        taken_from = store.mark_wave(number, year, actor=visitor.attempting())
    except StodkartanError as error:
        tell(str(error), is_done=False)
        return
    marked = (
        f"Version {number} är märkt som mätomgång {year}."
        if year
        else f"Version {number} är inte märkt som någon mätomgång längre."
    )
    moved = f" Märkningen har flyttats från version {taken_from}." if taken_from else ""
    tell(marked + moved, is_done=True)


def withdraw() -> None:
    """Let a version show nothing any more, as who the visitor is."""
    store, number = visitor.store(), _chosen(WITHDRAWN)
    if store is None or number is None:
        return
    reason = str(st.session_state.get(WITHDRAW_REASON, ""))
    try:
        shown = store.withdraw(number, actor=visitor.attempting(), reason=reason)
    except StodkartanError as error:
        tell(str(error), is_done=False)
    else:
        st.session_state.pop(WITHDRAW_REASON, None)
        tell(f"Version {number} är återkallad. Den som visas är version {shown.number}.", is_done=True)


def _chosen(key: str) -> int | None:
    """Give a chosen number; None, which is told, if what was chosen is called something else by now."""
    chosen = st.session_state.get(key)
    if isinstance(chosen, int):
        return chosen
    tell("Listan över versioner har ändrats sedan du öppnade sidan. Välj igen.", is_done=False)
    return None


def tell(sentence: str, *, is_done: bool) -> None:
    """Keep what came of an attempt until the page is drawn."""
    st.session_state[_OUTCOME] = (is_done, sentence)


def outcome() -> None:
    """Tell once what came of the last attempt."""
    kept = st.session_state.pop(_OUTCOME, None)
    with st.container():  # always there, or what follows would be drawn anew, and closed, when the words go
        if kept is None:
            return
        is_done, sentence = kept
        if is_done:
            st.success(sentence, icon=":material/check_circle:")
        else:
            st.error(markup.literal(sentence), icon=":material/error:")
