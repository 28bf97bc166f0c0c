"""Hand our own addresses to our own routes, which are built when first asked for."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

if TYPE_CHECKING:
    from starlette.responses import Response
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
    early
        Given the path of a request, answers it without the core, or gives `None`.
    prefix
        The server's base path (Streamlit's `server.baseUrlPath`), with or without slashes.
    """

    def __init__(
        self,
        app: "ASGIApp",
        core: Callable[[], "ASGIApp"],
        early: "Callable[[str], Response | None]",
        prefix: str = "",
    ) -> None:
        self.app = app
        self.core: Callable[[], ASGIApp] = lru_cache(maxsize=1)(core)
        self.early = early
        self.base = f"/{prefix.strip('/')}" if prefix.strip("/") else ""

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        own = tuple(f"{self.base}{start}" for start in OWN)
        if scope["type"] != "http" or not scope["path"].startswith(own):
            await self.app(scope, receive, send)
            return
        # answers that name their own address need the base path, which the routes do not have
        inner = {
            **scope,
            "path": scope["path"].removeprefix(self.base),
            "root_path": "",
            "app_root_path": self.base,
        }
        answer: ASGIApp | None = await run_in_threadpool(self.early, inner["path"])
        if answer is None:
            answer = await run_in_threadpool(self.core)
        await answer(inner, receive, send)
