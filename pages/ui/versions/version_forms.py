"""Draw what an editor can do with a version: go back to it, mark it as a wave, withdraw it, download it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from mapping.errors import StodkartanError
from mapping.store.files import packed
from mapping.store.versions import WAVES, Version
from mapping.swedish import either
from mapping.tables.excel_csv import files_for_excel
from mapping.verdicts.objectives import rules
from pages.ui import data, markup
from pages.ui.download import download_button
from pages.ui.frame import server
from pages.ui.versions import version_actions
from pages.ui.versions.version_actions import (
    MARKED,
    NO_WAVE,
    RESTORE_COMMENT,
    RESTORE_ROLE,
    RESTORE_SHOWS,
    RESTORED,
    WAVE,
    WITHDRAW_REASON,
    WITHDRAWN,
)
from pages.ui.versions.version_list import title

_DOWNLOADED = "download_version"


def forms(listed: Sequence[Version]) -> None:
    """Draw a form for each thing that can be done."""
    titles = {one.number: title(one) for one in listed}
    with st.expander("Återställ en tidigare version"):
        markup.paragraph("Den tidigare versionen publiceras igen, som en ny. Ingenting tas bort.")
        earlier = [number for number in titles if number != listed[0].number] if listed else []
        if earlier:
            st.selectbox("Version", earlier, key=RESTORED, format_func=titles.__getitem__)
            st.text_area("Kommentar: varför?", key=RESTORE_COMMENT, height="content")
            st.text_input("Din funktion, inte ditt namn (frivilligt)", key=RESTORE_ROLE)
            st.checkbox("Adresser som har varit skyddade får visas för alla", key=RESTORE_SHOWS)
            st.button("Återställ", icon=":material/history:", key="restore", on_click=version_actions.restore)
        else:
            markup.paragraph("Det finns ingen tidigare version.")
    compared = [code for code, rule in rules(server.strategy()).items() if rule.needs_two_waves]
    with st.expander("Märk en version som mätomgång"):
        markup.paragraph(
            "Strategin följs upp i mätomgångar. "
            f"Mål {either(compared, last='och')} jämför med omgången före. "
            "Ett år hör till en version i taget."
        )
        st.selectbox("Version", list(titles), key=MARKED, format_func=titles.__getitem__)
        st.selectbox(
            "Mätomgång",
            [*WAVES, NO_WAVE],
            key=WAVE,
            format_func=lambda year: str(year) if year else "Ingen mätomgång",
        )
        st.button("Märk", icon=":material/bookmark:", key="mark", on_click=version_actions.mark)
    with st.expander("Återkalla en version"):
        markup.paragraph(
            "En återkallad version är kvar i listan med skälet, men visas inte längre för någon. Det går "
            "inte att ångra. Det som står i den är kvar i databasen. Ska det bort för gott, ta bort det "
            "nedan."
        )
        st.selectbox("Version", list(titles), key=WITHDRAWN, format_func=titles.__getitem__)
        st.text_area("Skäl, som visas för alla", key=WITHDRAW_REASON, height="content")
        st.button("Återkalla", icon=":material/block:", key="withdraw", on_click=version_actions.withdraw)
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
        files = packed(files_for_excel(store.contents(number)))
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
        return
    download_button("Ladda ned som zip", files, f"stodkartan-version-{number}.zip")
