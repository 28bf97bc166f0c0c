"""Let an editor erase a text, a row or a cell from every version: first where it stands, then for good."""

import streamlit as st

from mapping.contract.guidance import TABLE_TITLE
from mapping.delivery import erase
from mapping.errors import EraseError, StodkartanError
from pages.ui import markup
from pages.ui.frame import visitor
from pages.ui.versions import version_actions

KIND, TEXT, TABLE, ROW, COLUMN = "erase_kind", "erase_text", "erase_table", "erase_row", "erase_column"
REASON, _FOUND = "erase_reason", "erase_found"
OF_TEXT, OF_ROW, OF_CELL = "En text, var den än står", "En rad", "En cell i en rad"


def form() -> None:
    """Draw what is to be erased, where it stands once that was asked for, and the button that erases it."""
    with st.expander("Ta bort något ur alla versioner"):
        markup.paragraph(
            "Det tas bort för gott ur varje version, ur kommentarer och ur loggen. Det går inte att ångra. "
            "Att något tas bort och varför står i loggen, men inte vad det var."
        )
        kind = st.radio("Vad ska tas bort?", [OF_TEXT, OF_ROW, OF_CELL], key=KIND)
        if kind == OF_TEXT:
            st.text_input("Texten", key=TEXT)
        else:
            st.selectbox("Tabell", list(TABLE_TITLE), key=TABLE, format_func=TABLE_TITLE.__getitem__)
            st.text_input("Radens id, till exempel arenans", key=ROW)
            if kind == OF_CELL:
                st.text_input("Kolumn, som den heter i filen", key=COLUMN)
        st.button("Visa var det står", icon=":material/search:", key="erase_look", on_click=look)
        target, found = st.session_state.get(_FOUND, (None, None))
        if found is None or target != _target():
            return
        for line in erase.told(found):
            markup.paragraph(line)
        st.text_area("Skäl, utan det som ska tas bort", key=REASON, height="content")
        st.button("Ta bort för gott", icon=":material/delete_forever:", key="erase", on_click=carry_out)


def look() -> None:
    """Find out what would be erased."""
    store = visitor.store()
    if store is None:
        return
    try:
        target = _target()
        if st.session_state.get(KIND) == OF_CELL and not target.column:
            asked = "vilken kolumn" if target.key else "vilken rad och vilken kolumn"
            raise EraseError(reason=f"Skriv {asked} det gäller.")
        st.session_state[_FOUND] = (target, erase.plan(store, target, actor=visitor.attempting()))
    except StodkartanError as error:
        version_actions.tell(str(error), is_done=False)


def carry_out() -> None:
    """Erase what was found, as who the visitor is."""
    store = visitor.store()
    target, found = st.session_state.get(_FOUND, (None, None))
    if store is None or found is None:
        return
    try:
        reason = str(st.session_state.get(REASON, ""))
        erase.erase(store, target, found, actor=visitor.attempting(), reason=reason)
    except StodkartanError as error:
        version_actions.tell(str(error), is_done=False)
    else:
        for key in (_FOUND, TEXT, ROW, COLUMN, REASON):
            st.session_state.pop(key, None)
        version_actions.tell(f"Borttaget ur alla versioner. {erase.AFTERWARDS}", is_done=True)


def _target() -> erase.Target:
    """Give what the form names."""
    state = st.session_state
    kind = state.get(KIND, OF_TEXT)
    if kind == OF_TEXT:
        return erase.Target(text=str(state.get(TEXT, "")).strip())
    column = str(state.get(COLUMN, "")).strip() if kind == OF_CELL else ""
    return erase.Target(table=str(state.get(TABLE, "")), key=str(state.get(ROW, "")).strip(), column=column)
