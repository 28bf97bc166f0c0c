"""Serve Stödkartan: the pages, the open data, the map's files, the headers that keep it all on this host."""

import gc
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config
from streamlit.web import cli

from mapping.errors import StodkartanError
from mapping.server.own_link import PATH
from mapping.server.page_shell import PageShell, script_hashes
from mapping.server.rate_limit import RateLimit
from mapping.server.routes import base_path, own_routes
from mapping.server.security_headers import ResponseHeaders, content_security_policy
from mapping.server.sign_in_gate import SignInGate
from mapping.server.sign_in_return import SignInReturn
from mapping.settings import PROJECT, settings
from pages.ui.frame import sign_in, site, start_link, uploads
from pages.ui.frame.error_page import api_mishap, show_mishap

if __name__ == "__main__":
    # as `streamlit run app.py`: only that command reads STREAMLIT_SERVER_PORT and its like
    sys.argv[:] = ["streamlit", "run", __file__, *sys.argv[1:]]
    cli.main()


def _refuse(error: StodkartanError) -> None:
    """Tell why nothing can be shown, and end with exit code 1."""
    sys.stderr.write(f"{error}\n")
    sys.stderr.flush()
    os._exit(1)  # from a thread, nothing milder ends the server with this code


def _read_data() -> None:
    try:
        # pandas takes longer to import than the browser takes to load the page, so both go on at once
        from pages.ui.frame import server  # noqa: PLC0415

        server.strategy()
        server.dataset()
    except StodkartanError as error:
        _refuse(error)
    gc.freeze()  # what is kept until the end: no need to find that out anew, while everybody waits


@asynccontextmanager
async def _start(_: st.App) -> AsyncIterator[None]:
    """Read the data once the server listens: one after the other, a cold start would be twice as slow."""
    threading.Thread(target=_read_data, name="dataset", daemon=True).start()
    file = start_link.show()
    yield
    if file:
        file.unlink(missing_ok=True)


def _answers() -> Starlette:
    from mapping.server import map_files, open_data  # noqa: PLC0415 - slow to import
    from pages.ui.frame import server  # noqa: PLC0415

    return Starlette(
        routes=[
            *map_files.routes(server.datasets(), server.calendar_day, BASE),
            *open_data.routes(server.datasets(), server.calendar_day, BASE),
        ],
        exception_handlers={Exception: api_mishap},
    )


try:
    decided = settings()
except StodkartanError as error:
    _refuse(error)

BASE = base_path(str(config.get_option("server.baseUrlPath") or ""))
SHELL = PageShell(
    (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"), site.TITLES, BASE
)
policy = content_security_policy(decided.tiles, script_hashes(SHELL.swedish))
uploads.keep_on_disk()
app = st.App(
    PROJECT / "pages" / "router.py",
    lifespan=_start,
    routes=[*own_routes(_answers, BASE), Route(f"{BASE}{PATH}", start_link.own_link.answer)],
    middleware=[
        Middleware(ResponseHeaders, policy=policy, page=SHELL, is_behind_tls=sign_in.is_behind_tls),
        Middleware(RateLimit, per_minute=decided.requests_per_minute, base=BASE),
        Middleware(
            SignInGate,
            must_sign_in=sign_in.is_required,
            is_signed_in=sign_in.is_account,
            sign_out=sign_in.sign_out,
            base=BASE,
        ),
        Middleware(SignInReturn, origin=sign_in.origin, base=BASE),
    ],
    on_script_error=show_mishap,
)
