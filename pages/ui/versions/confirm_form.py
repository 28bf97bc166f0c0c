"""Let an editor confirm chosen rows as unchanged: "confirmed unchanged" is an update, too."""

import pandas as pd
import streamlit as st

from mapping.delivery import proposal as proposals
from mapping.errors import CommentMissingError, StodkartanError
from pages.ui import choices, data, markup
from pages.ui.frame import server, visitor
from pages.ui.update import upload
from pages.ui.versions import version_actions

_PLACE, _ARENAS, _WITH_OFFERS, _DAY = "confirm_place", "confirm_arenas", "confirm_offers", "confirm_day"
_COMMENT, _ROLE = "confirm_comment", "confirm_role"


def form() -> None:
    """Draw a choice of arenas, the day of the check, and the button."""
    arenor = data.dataset().arenor
    with st.expander("Bekräfta rader som oförändrade"):
        markup.paragraph(
            "Du har gått igenom uppgifterna och inget har ändrats. Då sätts dagens kontroll på de rader du "
            "väljer, och de räknas som aktuella."
        )
        place = choices.municipality(_PLACE, "Alla kommuner")
        rows = arenor if place is None else arenor[arenor["kommunkod"] == place]
        names = _names(rows)
        st.multiselect(
            "Arenor",
            list(names),
            key=_ARENAS,
            format_func=lambda identity: names.get(identity, identity),
            placeholder="Välj arenor",
            select_all=True,
        )
        st.checkbox("Bekräfta också arenornas insatser", value=True, key=_WITH_OFFERS)
        st.date_input(
            "Dag för kontrollen",
            value=server.calendar_day(),
            max_value=server.calendar_day(),
            key=_DAY,
            format="YYYY-MM-DD",
        )
        st.text_area("Kommentar: hur har uppgifterna kontrollerats?", key=_COMMENT, height="content")
        st.text_input("Din funktion, inte ditt namn (frivilligt)", key=_ROLE)
        st.button("Bekräfta", icon=":material/fact_check:", key="confirm", on_click=confirm)


def _names(arenor: pd.DataFrame) -> dict[str, str]:
    """Name arenas by their ids; one that shares its name is told apart by its id."""
    is_shared = arenor["namn"].duplicated(keep=False)
    names = arenor["namn"].where(~is_shared, arenor["namn"] + " (" + arenor.index.to_series() + ")")
    return {str(identity): str(name) for identity, name in names.items()}


def confirm() -> None:
    """Publish a version with the chosen rows confirmed, as who the visitor is."""
    store, state = visitor.store(), st.session_state
    if store is None:
        return
    arenas = [str(identity) for identity in state.get(_ARENAS, [])]
    if not arenas:
        unsaid = "" if str(state.get(_COMMENT, "")).strip() else f" {CommentMissingError()}"
        version_actions.tell(f"Välj minst en arena att bekräfta.{unsaid}", is_done=False)
        return
    try:
        published = upload.published()
        offers: list[str] = []
        if state.get(_WITH_OFFERS) and published.dataset is not None:
            insatser = published.dataset.insatser
            offers = [str(identity) for identity in insatser.index[insatser["arena_id"].isin(arenas)]]
        head = proposals.confirm_unchanged(
            published,
            store,
            actor=visitor.attempting(str(state.get(_ROLE, ""))),
            comment=str(state.get(_COMMENT, "")),
            day=state[_DAY],
            arena_ids=arenas,
            insats_ids=offers,
        )
    except StodkartanError as error:
        version_actions.tell(str(error), is_done=False)
    else:
        for key in (_ARENAS, _COMMENT):
            state.pop(key, None)
        counted = "1 arena är bekräftad" if len(arenas) == 1 else f"{len(arenas)} arenor är bekräftade"
        version_actions.tell(f"{counted} i version {head.number}.", is_done=True)
