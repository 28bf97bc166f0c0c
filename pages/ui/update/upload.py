"""Take in files, and work out once what they would publish; the visitor's choices live in the visit."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from mapping.delivery.check import Published
from mapping.delivery.delivery import Delivery, SourceFile, deliver
from mapping.delivery.proposal import Proposal, propose
from mapping.delivery.scope import Way
from mapping.errors import StodkartanError
from mapping.settings import settings
from pages.ui import data, markup
from pages.ui.frame import server, visitor
from pages.ui.update import column_choice

_ROUND, _KEPT, WAY = "upload_round", "upload_proposal", "upload_way"
_STYLE = Path(__file__).with_name("upload.css")
_SENT_AT_MOST_MB = 40
"""Larger files the browser refuses by itself, in English; below that the check says how large one may be."""


def files() -> tuple[SourceFile, ...]:
    """Draw the place to hand in files, and give those that are there."""
    st.html(_STYLE)
    uploaded = st.file_uploader(
        "Filer: CSV eller Excel, högst 10 MB var",
        accept_multiple_files=True,
        max_upload_size=_SENT_AT_MOST_MB,
        key=f"upload_{st.session_state.get(_ROUND, 0)}",
    )
    if not uploaded:
        markup.paragraph(
            "Lämna en fil för varje tabell, en arbetsbok med ett blad för varje tabell, eller en enda tabell "
            "där arenans uppgifter upprepas på varje insats.",
            kind="caption",
        )
    return tuple(SourceFile(one.name, one.getvalue()) for one in uploaded)


def empty_the_place() -> None:
    """Let go of the files that were handed in, and of what was chosen about them."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    column_choice.let_go()
    for key in (_KEPT, WAY):
        st.session_state.pop(key, None)


def published() -> Published:
    """Give what a delivery is compared with: the latest version, for others than editors without secrets."""
    latest = _latest()
    if visitor.decision().granted:
        return latest
    return latest.for_visitors(boundaries=settings().boundaries, today=server.calendar_day())


def _latest() -> Published:
    head, opened = data.latest(), data.store()
    if head is None or opened is None:
        return Published(None, data.contents(), data.dataset(), data.earlier())
    latest = server.published(head.number)
    wave = server.wave_before(latest) if latest else None
    hidden = server.datasets().ever_hidden()
    return Published(head.number, opened.contents(head.number), latest, wave, hidden=hidden)


def proposal(handed_in: Sequence[SourceFile]) -> Proposal | None:
    """Work out what the files would publish; again only when they, a choice or the latest version change.

    None if there is nothing to compare them with just now, which is told.
    """
    head = data.latest() if data.store() else None
    columns = column_choice.known()
    key = (
        tuple((one.name, hashlib.sha256(one.data).hexdigest()) for one in handed_in),
        repr(sorted((name, sorted(chosen.items())) for name, chosen in columns.items())),
        repr(column_choice.given()),
        head.number if head else data.dataset().version,
        st.session_state.get(WAY, Way.ADD),
        visitor.decision().granted,
    )
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != key:
        earlier = kept[1] if kept else None
        try:
            with st.spinner("Kontrollerar filerna och jämför med det som är publicerat …"):
                kept = (key, _proposal(deliver(handed_in, columns=columns, given=column_choice.given())))
        except StodkartanError as error:
            markup.paragraph(str(error), kind="notice")
            return None
        if earlier is not None and earlier.published.number != kept[1].published.number:
            markup.paragraph(
                f"Version {kept[1].published.number} publicerades medan du arbetade. Granskningen här är ny "
                "och jämför med den.",
                kind="notice",
            )
        st.session_state[_KEPT] = kept
    found: Proposal = kept[1]
    return found


def kept_proposal() -> Proposal | None:
    """Give the proposal that the visitor last saw."""
    kept = st.session_state.get(_KEPT)
    return kept[1] if kept else None


def _proposal(delivery: Delivery) -> Proposal:
    way = st.session_state.get(WAY, Way.ADD)
    return propose(
        delivery,
        published(),
        way=way,
        boundaries=settings().boundaries,
        today=server.calendar_day(),
    )
