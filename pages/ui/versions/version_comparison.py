"""Let a visitor choose two versions, and show what differs between them."""

import datetime
from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from mapping.changes.rows import Changes, changes
from mapping.changes.verdicts import VerdictChange, verdict_changes
from mapping.dataset.dataset import Dataset
from mapping.errors import StodkartanError
from mapping.store.versions import Version
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy import Strategy
from pages.ui import address, markup
from pages.ui.frame import server, visitor
from pages.ui.update.changes_view import changes_view
from pages.ui.verdicts import judged
from pages.ui.versions.version_list import title


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
        public = not visitor.decision().granted
        found, verdicts = _compared(older, newer, *waves, judged.strategy(), judged.day(), public=public)
    changes_view(older, newer, found, verdicts, key="comparison")


def _chosen(label: str, name: str, numbers: list[int], by_number: dict[int, Version], *, default: int) -> int:
    asked = address.number(name)
    key = f"versions_{name}"
    wanted = asked if asked in by_number else default
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
    *,
    public: bool,
) -> tuple[Changes, tuple[VerdictChange, ...]]:
    found = changes(older, newer, public=public)
    before, after = (
        judge(shown, strategy, on, previous=Wave.of(wave, on) if wave else None)
        for shown, wave in ((older, wave_before_older), (newer, wave_before_newer))
    )
    return found, verdict_changes(before, after, found)
