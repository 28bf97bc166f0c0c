"""Read the data once the first visitor sees the map, or while the browser loads if no first view was kept.

Nothing here imports pandas: that is what the visitor would wait for. Importing it beside the serving of the
first view takes as long as serving the view after it, since both share one interpreter.
"""

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response
from xstatic.pkg import leaflet

from mapping.errors import StodkartanError
from mapping.server import first_view
from mapping.settings import Settings
from pages.ui.frame import sign_in
from pages.ui.map.arena_map import LEAFLET_FILES, arena_map

_log = logging.getLogger("stodkartan")
_begun, _wanted, _read = threading.Event(), threading.Event(), threading.Event()
_PATIENCE_S: Final = 3.0
"""How long to leave the interpreter to a first visitor's browser before reading the data anyway."""
_SWITCH_S: Final = 0.001
"""How long one thread may keep the interpreter. A click changes threads with each element that it sends; with
Python's own 0.005 it took twice as long while somebody's report was made."""
_sent: set[str] = set()
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def read_in_background(refuse: Callable[[StodkartanError], None]) -> None:
    """Begin to read the server's data in a thread; a fault in it is handed to `refuse`."""
    _begun.set()
    threading.Thread(target=_read_data, args=(refuse,), name="dataset", daemon=True).start()


def _read_data(refuse: Callable[[StodkartanError], None]) -> None:
    if first_view.read(_place()):
        _wanted.wait(_PATIENCE_S)
    from pages.ui.frame import server  # noqa: PLC0415 - slow to import

    try:
        server.strategy()
        server.dataset()
    except StodkartanError as error:
        refuse(error)
    _read.set()
    try:
        server.keep_first_view(_named_anew())
    except OSError as error:
        _log.warning("Kartans första vy kunde inte sparas: %s", error)
    _make_room()


def _make_room() -> None:
    """Let no one visitor's work hold up the others', now that nothing more is read."""
    gc.freeze()  # what is kept until the end: no need to find that out anew, while everybody waits
    sys.setswitchinterval(_SWITCH_S)


@cache
def _place() -> Path:
    """Name where the first view was kept when the server started."""
    return _named_anew()


def _named_anew() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return first_view.folder(Path(home) / "stodkartan", Settings.from_environment(os.environ))


def early(path: str) -> Response | None:
    """Answer a request for Leaflet, or for a kept file of the map, without waiting for the data."""
    name = path.removeprefix("/leaflet/")
    if name in LEAFLET_FILES:
        return FileResponse(Path(leaflet.BASE_DIR) / name, headers={"Cache-Control": "no-cache"})
    kept = first_view.file(_place(), path)
    if kept is None:
        _wanted.set()
        return None
    _sent.add(kept.name)
    after = BackgroundTask(_wanted.set) if len(_sent) == first_view.FILES else None
    return FileResponse(kept, headers=_FOREVER, background=after)


def wait() -> None:
    """Wait until the data is read, with the map in sight where it can be."""
    if not _begun.is_set():
        return
    meanwhile = st.empty()  # in every run: without it all that follows would change place, and be drawn anew
    if _read.is_set():
        return
    view = first_view.read(_place())
    may_be_shown = not sign_in.is_required() or sign_in.is_signed_in()
    if (
        may_be_shown
        and view
        and urlsplit(st.context.url or "").path.endswith("/karta")
        and not st.query_params
    ):
        with meanwhile.container():
            _draw(view)
    else:
        _wanted.set()
    _read.wait()
    meanwhile.empty()


def _draw(view: first_view.FirstView) -> None:
    st.title("Karta", anchor=False)
    st.text("Uppgifterna läses in …")
    arena_map(
        key="first_view",
        version=view.version,
        visible=view.visible,
    )
