"""Give our own addresses to a server that listens before it has imported what answers them."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

OWN: Final = ("/api/", "/map/")
"""How the addresses begin that are answered from the data, under the server's base path."""


def base_path(prefix: str) -> str:
    """Write Streamlit's `server.baseUrlPath` as paths begin with it.

    Examples
    --------
    >>> base_path("karta/"), base_path("")
    ('/karta', '')
    """
    return f"/{prefix.strip('/')}" if prefix.strip("/") else ""


def own_routes(answers: "Callable[[], ASGIApp]", base: str = "") -> list[BaseRoute]:
    """List our own addresses, for Streamlit's server to answer beside its pages.

    What answers `OWN` is built in a thread, at the first such request: it may import what is slow to import.
    The base path is from `base_path`; Streamlit adds none to the routes that it is given.
    """
    later = _Later(answers)
    scripts = Mount(f"{base}/leaflet", StaticFiles(directory=Path(leaflet.BASE_DIR)))
    return [*(Route(f"{base}{start}{{rest:path}}", later) for start in OWN), scripts]


class _Later:
    """An ASGI app that is built when it is first asked."""

    def __init__(self, build: "Callable[[], ASGIApp]") -> None:
        self.built = cache(build)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        answer = await run_in_threadpool(self.built)
        await answer(scope, receive, send)
