"""Take in files, and work out once what they would publish; the visitor's choices live in the visit."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from mapping import public_changes
from mapping.column_names import FLAT, IGNORED
from mapping.delivery import Delivery, Header, SourceFile, deliver
from mapping.errors import StodkartanError
from mapping.guidance import TABLE_TITLE
from mapping.parts import Scope
from mapping.proposal import Proposal, Published, propose
from mapping.vocabulary import AREAS
from mapping.wording import either, swedish_order
from pages.ui import data, judged, markup, server, visitor
from pages.ui.changes_view import changes_view

_ROUND, _KEPT, _COLUMNS, _WHOLE = "upload_round", "upload_proposal", "upload_columns", "upload_whole"
_NOT_REMEMBERED = "upload_not_remembered"
_STYLE = Path(__file__).with_name("upload.css")
_SENT_AT_MOST_MB = 40
"""Larger files the browser refuses by itself, in English; below that the check says how large one may be."""
_UNDECIDED = "?"


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
    for key in (_KEPT, _COLUMNS, _WHOLE):
        st.session_state.pop(key, None)


def published() -> Published:
    """Give the latest version, which a delivery is compared with."""
    head, opened = data.latest(), data.store()
    if head is None or opened is None:
        return Published(None, data.contents(), data.dataset(), data.earlier())
    latest = server.published(head.number)
    wave = server.wave_before(latest) if latest else None
    return Published(head.number, opened.contents(head.number), latest, wave)


def proposal(handed_in: Sequence[SourceFile]) -> Proposal | None:
    """Work out what the files would publish; again only when they, a choice or the latest version change.

    None if there is nothing to compare them with just now, which is told.
    """
    head = data.latest() if data.store() else None
    columns = _columns()
    key = (
        tuple((one.name, hashlib.sha256(one.data).hexdigest()) for one in handed_in),
        repr(sorted((name, sorted(chosen.items())) for name, chosen in columns.items())),
        head.number if head else data.dataset().version,
        st.session_state.get(_WHOLE, False),
    )
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != key:
        earlier = kept[1] if kept else None
        try:
            with st.spinner("Kontrollerar filerna och jämför med det som är publicerat …"):
                kept = (key, _proposal(deliver(handed_in, columns=columns)))
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


def recognised(shown: Proposal) -> None:
    """Tell what the files were read as, and let the visitor say what unknown columns are."""
    for source in shown.delivery.sources:
        names = [TABLE_TITLE[name].lower() for name in source.tables]
        read = f"läst som {either(names, last='och')}" if names else "gick inte att läsa som någon tabell"
        markup.paragraph(f"{source.name}: {read}.")
    if fault := st.session_state.pop(_NOT_REMEMBERED, ""):
        markup.paragraph(f"Valet gäller nu, men inte för nästa fil. {fault}", kind="notice")
    remembered = _columns()
    for place, header in enumerate(shown.delivery.headers):
        _columns_of(header, place, remembered.get(header.fingerprint, {}))


def scope_choice(shown: Proposal) -> None:
    """Tell what is replaced and what stays; where only a part is handed in, let the visitor replace all."""
    markup.paragraph(" ".join(shown.replacement.sentences))
    areas = shown.suggested.kommuner
    if areas is None:
        return
    names = sorted((AREAS[code] for code in areas), key=swedish_order)
    st.radio(
        "Vad ska filerna ersätta?",
        [False, True],
        key=_WHOLE,
        format_func=lambda whole: (
            "Hela tabellerna: det som inte finns i filerna tas bort"
            if whole
            else f"Bara det som rör {either(names, last='och')}: resten står kvar"
        ),
    )


def preview(shown: Proposal) -> None:
    """Draw what differs from what is published, and which verdicts change because of it."""
    before, after, changes = shown.published.dataset, shown.checked.dataset, shown.changes
    if before is None or after is None or changes is None:
        return
    if not visitor.decision().granted:
        changes = public_changes.public(changes, before, after)
    verdicts = shown.verdict_changes(judged.strategy(), judged.day())
    changes_view(before, after, changes, verdicts, key="preview")


def _proposal(delivery: Delivery) -> Proposal:
    scope = Scope.of(delivery.tables) if st.session_state.get(_WHOLE) else None
    return propose(
        delivery,
        published(),
        scope=scope,
        boundaries=server.settings().boundaries,
        today=server.calendar_day(),
    )


def _columns() -> dict[str, dict[str, str]]:
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


def _columns_of(header: Header, place: int, chosen: dict[str, str]) -> None:
    unknown = [name for name, column in header.taken.items() if column is None]
    where = header.file if header.sheet is None else f"{header.file}, bladet {header.sheet}"
    told = f" – {len(unknown)} känns inte igen" if unknown else ""
    with st.expander(
        f"Kolumnerna i {markup.literal(where)}{told}", expanded=bool(unknown) and header.layout is None
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


def _column(header: Header, place: int, name: str, chosen: dict[str, str]) -> None:
    taken = header.taken[name]
    suggested = header.suggestions.get(name, ())
    rest = [column for column in header.choices if column not in suggested]
    options = [_UNDECIDED, IGNORED, *suggested, *rest]
    current = chosen.get(name, taken)
    key = f"column_{header.fingerprint}_{place}_{name}"
    wanted = _UNDECIDED if current is None else current
    st.session_state[key] = wanted if wanted in options else _UNDECIDED

    def choose() -> None:
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
        on_change=choose,
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
