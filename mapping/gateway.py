"""Hand our own addresses to our own routes, which are built when first asked for."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

OWN: Final = ("/api/", "/map/", "/leaflet/")
"""How our own addresses begin, under the server's base path."""


class Gateway:
    """Wrap an ASGI app: answer what begins as `OWN` from another one.

    Parameters
    ----------
    app
        Streamlit's own app, for everything else.
    core
        Builds the app that answers; called once, in a thread, at the first such request. It may import
        what is slow to import.
    prefix
        The server's base path (Streamlit's `server.baseUrlPath`), with or without slashes.
    """

    def __init__(self, app: "ASGIApp", core: Callable[[], "ASGIApp"], prefix: str = "") -> None:
        self.app = app
        self.core = lru_cache(maxsize=1)(core)
        self.base = f"/{prefix.strip('/')}" if prefix.strip("/") else ""

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        own = tuple(f"{self.base}{start}" for start in OWN)
        if scope["type"] == "http" and scope["path"].startswith(own):
            core = await run_in_threadpool(self.core)
            inner = {**scope, "path": scope["path"].removeprefix(self.base), "root_path": ""}
            await core(inner, receive, send)
        else:
            await self.app(scope, receive, send)
