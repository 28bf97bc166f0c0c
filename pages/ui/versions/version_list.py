"""Show the published versions, and every attempt to change them."""

import datetime
from collections.abc import Sequence

import streamlit as st

from mapping.contract.schema import TABLES
from mapping.contract.vocabulary import TABLE_NOUN
from mapping.errors import StodkartanError
from mapping.store.versions import SWEDEN, Version
from pages.ui import data, links, markup
from pages.ui.frame import visitor


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


def shown(listed: Sequence[Version]) -> list[Version]:
    """Leave out the versions that are withdrawn."""
    return [one for one in listed if one.withdrawn is None]


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
    latest = shown(listed)[0]
    return (
        f"{len(listed)} {'version' if len(listed) == 1 else 'versioner'}. Den senaste är version "
        f"{latest.number}, publicerad {moment(latest.created_at)}."
    )


def moment(at: datetime.datetime | None) -> str:
    """Write a moment as Swedish clocks show it."""
    return "okänd tid" if at is None else f"{at.astimezone(SWEDEN):%Y-%m-%d %H.%M}"


def title(version: Version) -> str:
    """Name a version in a list of choices."""
    wave = f", mätomgång {version.wave}" if version.wave else ""
    return f"Version {version.number}, {moment(version.created_at)}{wave}"


def table(listed: Sequence[Version]) -> None:
    """Draw the versions as a table; accounts are for editors only."""
    number, damage = data.dataset().number, {}
    try:
        damage = _damage(listed[0].number)
    except StodkartanError as error:
        markup.paragraph(str(error), kind="notice")
    markup.show(
        "versions/versions",
        versions=[
            {
                "version": one,
                "at": moment(one.created_at),
                "kind": one.kind_label,
                "counts": [
                    noun.counted(number_of)
                    for name, noun in TABLE_NOUN.items()
                    if (number_of := one.counts.get(name) or one.counts.get(TABLES[name].former))
                ],
                "link": links.to("karta", version=str(one.number)),
                "is_shown": one.number == number,
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
            markup.show("versions/audit_log", entries=entries)
