"""Let an editor publish what they have seen; whether they may is decided in the core."""

import streamlit as st

from mapping.delivery import proposal as proposals
from mapping.delivery.proposal import Proposal
from mapping.errors import NothingChangedError, StodkartanError
from pages.ui import address, data, markup
from pages.ui.frame import visitor
from pages.ui.update import upload

_COMMENT, _ROLE, _ACCEPTS, _WORDS = "publish_comment", "publish_role", "publish_accepts", "publish_words"
_SHOWS = "publish_shows_protected"
_DONE, _REFUSED = "publish_done", "publish_refused"


def form(shown: Proposal) -> None:
    """Draw what has to be said and confirmed, and the button."""
    if data.store() is None:
        return
    st.header("Publicera", anchor=False)
    decision = visitor.decision()
    if not decision.granted:
        markup.paragraph(decision.reason, kind="notice")
        return
    if not shown.is_new:
        markup.paragraph(str(NothingChangedError()))
        return
    if shown.warnings:
        st.checkbox(f"Jag har sett {_counted(len(shown.warnings))} och vill publicera ändå", key=_ACCEPTS)
    if shown.lifted:
        st.checkbox(markup.literal(proposals.lifted_words(shown.lifted)), key=_SHOWS)
    if shown.checked.losses:
        for loss in shown.checked.losses:
            markup.paragraph(loss.sentence, kind="notice")
        st.text_input(f"Skriv ”{shown.words_to_confirm}” för att bekräfta", key=_WORDS)
    st.text_area(
        "Kommentar: vad är nytt, och varför?",
        key=_COMMENT,
        height="content",
        placeholder="Till exempel: Uppgifter från Nora efter mötet i november",
    )
    st.text_input(
        "Din funktion, inte ditt namn (frivilligt, visas i listan över versioner)",
        key=_ROLE,
        placeholder="Till exempel: Folkhälsostrateg, Region Örebro län",
    )
    st.button("Publicera", type="primary", icon=":material/publish:", key="publish", on_click=publish)


def publish() -> None:
    """Publish the proposal that the visitor saw, as who they are."""
    shown, store = upload.kept_proposal(), visitor.store()
    if shown is None or store is None:
        return
    said = st.session_state
    try:
        head = proposals.publish(
            shown,
            store,
            actor=visitor.attempting(str(said.get(_ROLE, ""))),
            comment=str(said.get(_COMMENT, "")),
            accepts_warnings=bool(said.get(_ACCEPTS)),
            confirmed_words=str(said.get(_WORDS, "")),
            shows_protected=bool(said.get(_SHOWS)),
        )
    except StodkartanError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        upload.empty_the_place()
        for key in (_COMMENT, _ACCEPTS, _SHOWS, _WORDS):
            st.session_state.pop(key, None)
        st.session_state[_DONE] = f"Version {head.number} är publicerad och syns för alla."


def outcome() -> None:
    """Tell once, at the top of the page, that something was published."""
    place = st.container()  # always there, or what follows would be drawn anew when the words go
    if sentence := st.session_state.pop(_DONE, ""):
        place.success(sentence, icon=":material/check_circle:")
        carried = address.carried(version=None)
        with place.container(horizontal=True):
            st.page_link("karta.py", label="Se den på kartan", icon=":material/map:", query_params=carried)
            st.page_link(
                "versioner.py", label="Se alla versioner", icon=":material/history:", query_params=carried
            )


def refusal() -> None:
    """Tell once, beside the button, why nothing was published."""
    if sentence := st.session_state.pop(_REFUSED, ""):
        st.error(markup.literal(sentence), icon=":material/error:")


def _counted(warnings: int) -> str:
    return "varningen" if warnings == 1 else f"de {warnings} varningarna"
