"""Tell what each column of a delivery was taken for, and let the visitor say what the unknown ones are."""

import streamlit as st

from mapping.contract.schema import ARENOR
from mapping.contract.vocabulary import AREAS, ARENA_TYPE
from mapping.delivery.delivery import Sheet
from mapping.delivery.headers import FLAT, IGNORED, Header
from mapping.errors import StodkartanError
from pages.ui import data, markup
from pages.ui.frame import visitor

_COLUMNS, _GIVEN, _NOT_REMEMBERED = "upload_columns", "upload_given", "upload_not_remembered"
_UNDECIDED = "?"
_SAME_FOR_ALL = {
    ("arenatyp",): ("Vilken typ är alla arenor i", ARENA_TYPE),
    ("kommunkod", "kommun"): ("I vilken kommun ligger alla arenor i", AREAS),
}
"""Columns of which arenas must have one → what is asked of a sheet that has none of them, and the answers."""


def known() -> dict[str, dict[str, str]]:
    """Give what is known of columns: what is remembered, and what this visitor chose."""
    store = data.store()
    remembered: dict[str, dict[str, str]] = {}
    if store is not None:
        try:
            remembered = store.columns()
        except StodkartanError as error:
            markup.paragraph(str(error), kind="notice")
    chosen: dict[str, dict[str, str]] = st.session_state.get(_COLUMNS, {})
    return {name: {**remembered.get(name, {}), **chosen.get(name, {})} for name in {*remembered, *chosen}}


def given() -> dict[tuple[str, str | None], dict[str, str]]:
    """Give what this visitor said that every row of a sheet has, as `deliver` takes it.

    It is not remembered: the next file with the same headers may be about something else.
    """
    found: dict[tuple[str, str | None], dict[str, str]] = st.session_state.get(_GIVEN, {})
    return found


def let_go() -> None:
    """Let go of what this visitor chose."""
    for key in (_COLUMNS, _GIVEN):
        st.session_state.pop(key, None)


def fault() -> str:
    """Say once why the last choice was not kept for the next file; empty if it was."""
    return str(st.session_state.pop(_NOT_REMEMBERED, ""))


def choose(sheet: Sheet, header: Header, place: int, chosen: dict[str, str]) -> None:
    """Draw one header row's columns, each with what it was taken for."""
    unknown = [name for name, column in header.taken.items() if column is None]
    told = f" – {len(unknown)} känns inte igen" if unknown else ""
    with st.expander(
        f"Kolumnerna i {markup.literal(_named(sheet))}{told}",
        expanded=bool(unknown) and header.layout is None,
    ):
        if unknown:
            markup.paragraph(
                "Säg vad kolumnerna är, så läses filen om. Valen gäller alla filer med samma rubriker."
            )
        if header.layout == FLAT:
            markup.paragraph("Filen läses som en enda tabell med en rad för varje insats.")
        ordered = [*unknown, *(name for name in header.taken if name not in unknown)]
        columns = st.columns(2)
        for number, name in enumerate(ordered):
            with columns[number % 2]:
                _column(header, place, name, chosen)


def _named(sheet: Sheet) -> str:
    return sheet.file if sheet.sheet is None else f"{sheet.file}, bladet {sheet.sheet}"


def same_for_all(sheet: Sheet) -> None:
    """Ask what every row has, of a sheet of arenas without a column that they must have."""
    if sheet.header is None or ARENOR.name not in sheet.frames:
        return
    for names, (question, labels) in _SAME_FOR_ALL.items():
        key, column = f"given_{sheet.key}_{names[0]}", names[0]
        if set(names) & set(sheet.header.columns):
            continue

        def changed(key: str = key, column: str = column) -> None:
            st.session_state.setdefault(_GIVEN, {}).setdefault(sheet.key, {})[column] = st.session_state[key]

        st.session_state[key] = sheet.given.get(column)
        st.selectbox(
            f"{question} {markup.literal(_named(sheet))}?",
            list(labels),
            index=None,
            key=key,
            placeholder="Välj",
            format_func=labels.__getitem__,
            on_change=changed,
        )


def _column(header: Header, place: int, name: str, chosen: dict[str, str]) -> None:
    taken = header.taken[name]
    suggested = header.suggestions.get(name, ())
    rest = [column for column in header.choices if column not in suggested]
    options = [_UNDECIDED, IGNORED, *suggested, *rest]
    current = chosen.get(name, taken)
    key = f"column_{header.fingerprint}_{place}_{name}"
    wanted = _UNDECIDED if current is None else current
    st.session_state[key] = wanted if wanted in options else _UNDECIDED

    def changed() -> None:
        value = st.session_state[key]
        every = st.session_state.setdefault(_COLUMNS, {})
        of_header = every.setdefault(header.fingerprint, dict(chosen))
        if value == _UNDECIDED:
            of_header.pop(name, None)
        else:
            of_header[name] = value
        _remember(header.fingerprint, of_header)

    st.selectbox(
        f"Kolumnen ”{markup.literal(name)}” är",
        options,
        key=key,
        format_func=lambda column: {
            _UNDECIDED: "Välj kolumn" if taken is None else f"{taken} (känns igen)",
            IGNORED: "Tas inte med",
        }.get(column, column),
        on_change=changed,
    )


def _remember(fingerprint: str, columns: dict[str, str]) -> None:
    """Keep the choice for the next file with the same headers, if the visitor may."""
    store = visitor.store()
    if store is None or not visitor.decision().granted:
        return
    try:
        store.remember_columns(fingerprint, columns, actor=visitor.attempting())
    except StodkartanError as error:
        st.session_state[_NOT_REMEMBERED] = str(error)
