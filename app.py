"""Serve Stödkartan: the pages, the open data, the map's files, the headers that keep it all on this host."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit import config
from streamlit.web import cli

from mapping.errors import StodkartanError
from mapping.server.page_shell import MAP_CHUNKS, in_swedish, script_hashes, with_imports
from mapping.server.rate_limit import RateLimit
from mapping.server.routes import Gateway
from mapping.server.security_headers import ResponseHeaders, content_security_policy
from mapping.server.sign_in_gate import Readers
from mapping.settings import PROJECT, Settings
from pages.ui.frame import cold_start, sign_in
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


@asynccontextmanager
async def _start(_: st.App) -> AsyncIterator[None]:
    """Read the data once the server listens: one after the other, a cold start would be twice as slow."""
    cold_start.read_in_background(_refuse)
    yield


def _core() -> Starlette:
    from mapping.server import open_data  # noqa: PLC0415 - slow to import
    from pages.ui.frame import server  # noqa: PLC0415

    return Starlette(
        routes=open_data.routes(
            server.dataset,
            demo=server.demo,
            strategy=server.strategy,
            version=server.published,
            named=server.named,
            before=server.wave_before,
            settings=settings,
        ),
        exception_handlers={Exception: api_mishap},
    )


STATIC = Path(st.__file__).parent / "static"
SHELL = (STATIC / "index.html").read_text(encoding="utf-8")
PRELOADS = (
    *(
        f"./static/js/{name}"
        for name in with_imports(STATIC / "static" / "js", MAP_CHUNKS)
        if name not in SHELL
    ),
    "./leaflet/leaflet-src.esm.js",
)


def _shell(path: str, shell: str) -> str:
    return in_swedish(shell, PRELOADS if path.endswith("/karta") else ())


try:
    settings = Settings.from_environment(os.environ)
except StodkartanError as error:
    _refuse(error)

BASE_PATH = str(config.get_option("server.baseUrlPath") or "")
policy = content_security_policy(settings.tiles, script_hashes(SHELL))
app = st.App(
    PROJECT / "pages" / "router.py",
    lifespan=_start,
    middleware=[
        Middleware(ResponseHeaders, policy=policy, rewrite=_shell),
        Middleware(RateLimit, per_minute=settings.requests_per_minute, prefix=BASE_PATH),
        Middleware(
            Readers,
            must_sign_in=sign_in.is_required,
            is_signed_in=sign_in.is_account,
            prefix=BASE_PATH,
        ),
        Middleware(Gateway, core=_core, early=cold_start.early, prefix=BASE_PATH),
    ],
    on_script_error=show_mishap,
)
