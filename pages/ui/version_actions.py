"""Let an editor go back to a version, mark it as a wave, download it; the core decides whether they may."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import streamlit as st

from mapping.errors import StodkartanError
from mapping.store import Store
from mapping.versions import WAVES, Version
from pages.ui import data, markup, visitor
from pages.ui.version_list import title

_OUTCOME = "versions_outcome"
_RESTORED, _RESTORE_COMMENT, _RESTORE_ROLE = "restore_version", "restore_comment", "restore_role"
_MARKED, _WAVE = "wave_version", "wave_year"
_DOWNLOADED = "download_version"
_NO_WAVE = 0


def forms(listed: Sequence[Version]) -> None:
    """Draw a form for each thing that can be done."""
    titles = {one.number: title(one) for one in listed}
    with st.expander("Återställ en tidigare version"):
        markup.paragraph("Den tidigare versionen publiceras igen, som en ny. Ingenting tas bort.")
        earlier = [number for number in titles if number != listed[0].number] if listed else []
        if earlier:
            st.selectbox("Version", earlier, key=_RESTORED, format_func=titles.__getitem__)
            st.text_area("Kommentar: varför?", key=_RESTORE_COMMENT, height="content")
            st.text_input("Din funktion, inte ditt namn", key=_RESTORE_ROLE)
            st.button("Återställ", icon=":material/history:", key="restore", on_click=restore)
        else:
            markup.paragraph("Det finns ingen tidigare version.")
    with st.expander("Märk en version som mätomgång"):
        markup.paragraph(
            "Strategin följs upp i mätomgångar. Mål 1.4, 2.2 och 2.4 jämför med omgången före. "
            "Ett år hör till en version i taget."
        )
        st.selectbox("Version", list(titles), key=_MARKED, format_func=titles.__getitem__)
        st.selectbox(
            "Mätomgång",
            [*WAVES, _NO_WAVE],
            key=_WAVE,
            format_func=lambda year: str(year) if year else "Ingen mätomgång",
        )
        st.button("Märk", icon=":material/bookmark:", key="mark", on_click=mark)
    with st.expander("Ladda ned en version som den var", key="download", on_change="rerun") as opened:
        if opened.open:
            _download(titles)


def _download(titles: Mapping[int, str]) -> None:
    markup.paragraph(
        "Filerna innehåller också det som är skyddat för besökare. Sprid dem inte vidare.", kind="notice"
    )
    number = st.selectbox("Version", list(titles), key=_DOWNLOADED, format_func=titles.__getitem__)
    store = data.store()
    if store is None:
        return
    try:
        packed = archive(store, number)
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
        return
    st.download_button(
        "Ladda ned som zip",
        data=packed,
        file_name=f"stodkartan-version-{number}.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
    )


def restore() -> None:
    """Publish an earlier version again, as who the visitor is."""
    store, latest = visitor.store(), data.latest()
    if store is None:
        return
    said = st.session_state
    try:
        head = store.restore(
            int(said[_RESTORED]),
            actor=visitor.attempting(str(said.get(_RESTORE_ROLE, ""))),
            comment=str(said.get(_RESTORE_COMMENT, "")),
            base=latest.number if latest else None,
        )
    except StodkartanError as error:
        st.session_state[_OUTCOME] = (False, str(error))
    else:
        st.session_state.pop(_RESTORE_COMMENT, None)
        told = f"Version {said[_RESTORED]} är återställd som version {head.number} och syns för alla."
        st.session_state[_OUTCOME] = (True, told)


def mark() -> None:
    """Mark a version as a wave, or as none, as who the visitor is."""
    store = visitor.store()
    if store is None:
        return
    number, year = int(st.session_state[_MARKED]), int(st.session_state[_WAVE]) or None
    try:
        taken_from = store.mark_wave(number, year, actor=visitor.attempting())
    except StodkartanError as error:
        st.session_state[_OUTCOME] = (False, str(error))
        return
    told = (
        f"Version {number} är märkt som mätomgång {year}."
        if year
        else f"Version {number} är inte märkt som någon mätomgång längre."
    )
    moved = f" Märkningen har flyttats från version {taken_from}." if taken_from else ""
    st.session_state[_OUTCOME] = (True, told + moved)


def tell(sentence: str, *, is_done: bool) -> None:
    """Keep what came of an attempt until the page is drawn."""
    st.session_state[_OUTCOME] = (is_done, sentence)


def outcome() -> None:
    """Tell once what came of the last attempt."""
    told = st.session_state.pop(_OUTCOME, None)
    if told is None:
        return
    is_done, sentence = told
    if is_done:
        st.success(sentence, icon=":material/check_circle:")
    else:
        st.error(markup.literal(sentence), icon=":material/error:")


def archive(store: Store, number: int) -> bytes:
    """Pack a version's files as a zip.

    Raises
    ------
    VersionNotFoundError, DamagedVersionError, StoreUnavailableError
        As `mapping.store.Store.contents` does.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in store.contents(number).items():
            file.writestr(name, content)
    return packed.getvalue()
