"""Show the published versions, what differs between two of them, and every attempt to change them."""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

import streamlit as st

from mapping import public_changes
from mapping.changes import Changes, changes
from mapping.dataset import Dataset
from mapping.errors import StodkartanError
from mapping.strategy import Strategy
from mapping.verdict_changes import VerdictChange, verdict_changes
from mapping.verdicts import judge
from mapping.versions import Version
from mapping.vocabulary import TABLE_NOUN
from mapping.worlds import Wave
from pages.ui import address, data, judged, markup, server, visitor
from pages.ui.changes_view import changes_view

_SWEDEN = ZoneInfo("Europe/Stockholm")


def versions() -> tuple[Version, ...]:
    """Give every version, the latest first."""
    store = data.store()
    if store is None:
        return ()
    try:
        return store.versions()
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
        return ()


def why_there_is_none() -> str:
    """Say why there are no versions where there is no store."""
    if data.dataset().example:
        return "Exempeldata är påhittade och ändras inte, så de har inga versioner."
    return (
        "Den här servern visar en mapp med filer och har inga versioner. Den som driver servern kan ange en "
        "databas, så sparas varje publicering."
    )


def summary(listed: Sequence[Version]) -> str:
    """Say how many versions there are, and which is the latest."""
    latest = listed[0]
    return (
        f"{len(listed)} {'version' if len(listed) == 1 else 'versioner'}. Den senaste är version "
        f"{latest.number}, publicerad {moment(latest.created_at)}."
    )


def moment(at: datetime.datetime | None) -> str:
    """Write a moment as Swedish clocks show it."""
    return "okänd tid" if at is None else f"{at.astimezone(_SWEDEN):%Y-%m-%d %H.%M}"


def title(version: Version) -> str:
    """Name a version in a list of choices."""
    wave = f", mätomgång {version.wave}" if version.wave else ""
    return f"Version {version.number}, {moment(version.created_at)}{wave}"


def table(listed: Sequence[Version]) -> None:
    """Draw the versions as a table; accounts are for editors only."""
    shown, damage = data.dataset().number, {}
    try:
        damage = _damage(listed[0].number)
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
    markup.show(
        "versions",
        versions=[
            {
                "version": one,
                "at": moment(one.created_at),
                "kind": one.kind_label,
                "counts": [
                    noun.counted(one.counts[name])
                    for name, noun in TABLE_NOUN.items()
                    if one.counts.get(name)
                ],
                "link": address.link("karta", version=str(one.number)),
                "is_shown": one.number == shown,
                "damage": damage.get(one.number),
            }
            for one in listed
        ],
        with_accounts=visitor.decision().granted,
    )


@st.cache_data(ttl="1m", show_spinner=False)
def _damage(latest: int) -> dict[int, str]:  # noqa: ARG001 - names what is kept
    """Say what is wrong with each version that is damaged; all is read for it, so at most once a minute."""
    store = data.store()
    return {number: str(error) for number, error in store.damaged().items()} if store else {}


def comparison(listed: Sequence[Version]) -> None:
    """Let a visitor choose two versions, and draw what differs."""
    if len(listed) < 2:
        markup.paragraph("Det finns bara en version, så det finns inget att jämföra med.")
        return
    by_number = {one.number: one for one in listed}
    numbers = list(by_number)
    before, after = st.columns(2)
    with before:
        first = _chosen("Från", address.FROM, numbers, by_number, default=numbers[1])
    with after:
        second = _chosen("Till", address.TO, numbers, by_number, default=numbers[0])
    if first == second:
        markup.paragraph("Välj två olika versioner.")
        return
    try:
        older, newer = server.published(first), server.published(second)
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
        return
    if older is None or newer is None:
        return
    with st.spinner("Jämför versionerna …"):
        waves = (server.wave_before(older), server.wave_before(newer))
        found, verdicts = _compared(older, newer, *waves, judged.strategy(), judged.day())
    if not visitor.decision().granted:
        found = public_changes.public(found, older, newer)
    changes_view(older, newer, found, verdicts, key="comparison")


def audit_log() -> None:
    """Draw the latest attempts to change something, granted or not, when it is opened."""
    with st.expander("Logg över försök att ändra", key="audit_log", on_change="rerun") as opened:
        store = data.store()
        if not opened.open or store is None:
            return
        try:
            entries = [(moment(entry.at), entry) for entry in store.audit_log(100)]
        except StodkartanError as error:
            markup.paragraph(str(error), kind="notice")
        else:
            markup.show("audit_log", entries=entries)


def _chosen(label: str, name: str, numbers: list[int], by_number: dict[int, Version], *, default: int) -> int:
    asked = address.choice(name) or ""
    key = f"versions_{name}"
    wanted = int(asked) if asked.isdecimal() and int(asked) in by_number else default
    st.session_state[key] = wanted

    def changed() -> None:
        address.choose(name, str(st.session_state[key]))

    chosen = st.selectbox(
        label, numbers, key=key, format_func=lambda number: title(by_number[number]), on_change=changed
    )
    return int(chosen)


@lru_cache(maxsize=8)
def _compared(  # noqa: PLR0913, PLR0917 - together they are the key
    older: Dataset,
    newer: Dataset,
    wave_before_older: Dataset | None,
    wave_before_newer: Dataset | None,
    strategy: Strategy,
    on: datetime.date,
) -> tuple[Changes, tuple[VerdictChange, ...]]:
    found = changes(older, newer)
    before, after = (
        judge(shown, strategy, on, previous=Wave.of(wave, on) if wave else None)
        for shown, wave in ((older, wave_before_older), (newer, wave_before_newer))
    )
    return found, verdict_changes(before, after, found)
