"""Let an editor publish what they have seen; whether they may is decided in the core."""

import streamlit as st

from mapping import proposal as proposals
from mapping.errors import NothingChangedError, StodkartanError
from mapping.proposal import Proposal
from pages.ui import address, data, delivered, markup, visitor

_COMMENT, _ROLE, _ACCEPTS, _WORDS = "publish_comment", "publish_role", "publish_accepts", "publish_words"
_OUTCOME = "publish_outcome"


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
    if shown.drops:
        for drop in shown.drops:
            markup.paragraph(drop.sentence, kind="notice")
        st.text_input(f"Skriv ”{shown.words_to_confirm}” för att bekräfta", key=_WORDS)
    st.text_area(
        "Kommentar: vad är nytt, och varför?",
        key=_COMMENT,
        height="content",
        placeholder="Till exempel: Uppgifter från Nora efter mötet i november",
    )
    st.text_input(
        "Din funktion, inte ditt namn (visas i listan över versioner)",
        key=_ROLE,
        placeholder="Till exempel: Folkhälsostrateg, Region Örebro län",
    )
    st.button("Publicera", type="primary", icon=":material/publish:", key="publish", on_click=publish)


def publish() -> None:
    """Publish the proposal that the visitor saw, as who they are."""
    shown, store = delivered.kept_proposal(), visitor.store()
    if shown is None or store is None:
        return
    said = st.session_state
    try:
        head = proposals.publish(
            shown,
            store,
            actor=visitor.actor(str(said.get(_ROLE, ""))),
            comment=str(said.get(_COMMENT, "")),
            accepts_warnings=bool(said.get(_ACCEPTS)),
            confirmed_words=str(said.get(_WORDS, "")),
        )
    except StodkartanError as error:
        st.session_state[_OUTCOME] = (False, str(error))
    else:
        delivered.empty_the_place()
        for key in (_COMMENT, _ACCEPTS, _WORDS):
            st.session_state.pop(key, None)
        st.session_state[_OUTCOME] = (True, f"Version {head.number} är publicerad och syns för alla.")


def outcome() -> None:
    """Tell once what came of the last attempt."""
    told = st.session_state.pop(_OUTCOME, None)
    if told is None:
        return
    is_done, sentence = told
    if is_done:
        st.success(sentence)
        st.page_link("karta.py", label="Se den på kartan", query_params=address.carried(version=None))
        st.page_link("versioner.py", label="Se alla versioner", query_params=address.carried(version=None))
    else:
        st.error(sentence)


def _counted(warnings: int) -> str:
    return "varningen" if warnings == 1 else f"de {warnings} varningarna"
