"""Give the pages what this visitor sees: which data, which version of it, on which day."""

import datetime
from dataclasses import replace

import streamlit as st

from mapping.dataset.dataset import Dataset, contents_of
from mapping.errors import (
    DamagedVersionError,
    StodkartanError,
    StoreUnavailableError,
    VersionNotFoundError,
    WithdrawnVersionError,
)
from mapping.settings import DEMO_DATA, Settings
from mapping.settings import settings as decided
from mapping.store.store import Store
from mapping.store.versions import Head
from pages.ui import address
from pages.ui.frame import server

_LATEST, _SHOWN, _FAULT = "latest_version", "shown_version", "version_fault"
_UNSEEN = (DamagedVersionError, StoreUnavailableError, VersionNotFoundError, WithdrawnVersionError)


def settings() -> Settings:
    """Give what the operator decided, with the made-up county's data where the address asks for it."""
    return replace(decided(), data=DEMO_DATA, database=None) if address.example()[0] else decided()


def look() -> None:
    """Find out, once in each run of a page, which version is the latest and which one the address asks for.

    So a new version is seen at the next action, and no page is drawn of two versions. A version that cannot
    be read gives way to the latest that can, and the page says so.
    """
    latest = shown = server.datasets().latest_head()
    fault = ""
    if not address.example()[0]:
        try:
            shown = _asked_for() or latest
            if shown is not None:
                server.datasets().version(shown, server.calendar_day())
        except _UNSEEN as error:
            instead = server.dataset()
            if instead.number is not None:
                shown = Head(instead.number, instead.version)
            which = "den senaste" if shown == latest else f"version {instead.number}"
            fault = f"{_why_not(error)} Du ser {which}."
    st.session_state[_LATEST] = latest
    st.session_state[_SHOWN] = shown
    st.session_state[_FAULT] = fault


def latest() -> Head | None:
    """Give the latest version as this visitor's page knows it; None without a store."""
    if _LATEST not in st.session_state:
        look()
    found: Head | None = st.session_state[_LATEST]
    return found


def version_fault() -> str:
    """Say what is wrong with the version that would be shown, and which is; empty if nothing is wrong."""
    return str(st.session_state.get(_FAULT, ""))


def dataset() -> Dataset:
    """Give the dataset that this visitor sees."""
    if address.example()[0]:
        return server.demo()
    shown = st.session_state.get(_SHOWN) or latest()
    if shown is None:
        return server.dataset()
    return server.datasets().version(shown, server.calendar_day())


def store() -> Store | None:
    """Give the store of what this visitor sees; None if the server shows a directory, or made-up data."""
    if decided().database is None or address.example()[0]:
        return None
    return server.datasets().store


def contents() -> dict[str, bytes]:
    """Give the files of the directory that this visitor sees, where there is no store."""
    return contents_of(settings().data)


def earlier() -> Dataset | None:
    """Give the wave before what this visitor sees, to compare with."""
    return server.wave_before(dataset())


def today() -> datetime.date:
    """Give today's date in Sweden's sense of a day: the server's own calendar day.

    Made-up data is seen on the day it was compiled, so that it teaches the same thing every year.
    """
    shown = dataset()
    return shown.compiled_on if shown.example and shown.compiled_on else server.calendar_day()


def _asked_for() -> Head | None:
    """Give the version that the address asks for; None if it asks for none."""
    if not address.choice(address.VERSION):
        return None
    asked = address.number(address.VERSION)
    found = None if asked is None else server.head_of(asked)
    if found is None:
        raise VersionNotFoundError(version=0)
    return found


def _why_not(error: StodkartanError) -> str:
    if isinstance(error, VersionNotFoundError):
        return f"Version ”{address.choice(address.VERSION)}” finns inte."
    return str(error)
