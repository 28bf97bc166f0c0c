"""Bring whoever signs in back to the page that they came from."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAVES: Final = "/auth/login"
RETURNS: Final = "/oauth2callback"
COOKIE: Final = "stodkartan_tillbaka"
_LONGEST: Final = 3000
"""Characters of an address that a browser surely keeps in a cookie."""
_PATIENCE_S: Final = 900
"""So long may signing in take."""


class SignInReturn:
    """Wrap an ASGI app: remember the page where somebody signs in, and send them there afterwards.

    `origin` gives scheme and host of our own pages, None without sign-in. The base path is from
    `mapping.server.routes.base_path`.
    """

    def __init__(self, app: "ASGIApp", origin: Callable[[], str | None], base: str = "") -> None:
        self.app = app
        self.origin = origin
        self.base = base

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        path = str(scope.get("path", "")).removeprefix(self.base)
        if scope["type"] != "http" or path not in {LEAVES, RETURNS}:
            await self.app(scope, receive, send)
            return
        request, change = Request(scope), Response()
        where = f"{self.base}/"
        if path == LEAVES:
            page = self._page(request.headers.get("referer", ""), await run_in_threadpool(self.origin))
            change.set_cookie(COOKIE, quote(page), _PATIENCE_S, path=where, httponly=True, samesite="lax")
        else:
            page = unquote(request.cookies.get(COOKIE, ""))
            change.delete_cookie(COOKIE, path=where)

        async def send_with_page(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", change.headers["set-cookie"])
                if path == RETURNS and headers.get("location") == where and self._is_ours(page):
                    headers["location"] = quote(page, safe="/?&=%+:,;@")
            await send(message)

        await self.app(scope, receive, send_with_page)

    def _page(self, referer: str, origin: str | None) -> str:
        parts = urlsplit(referer)
        page = f"{parts.path}?{parts.query}" if parts.query else parts.path
        is_here = origin is not None and f"{parts.scheme}://{parts.netloc}" == origin
        return page if is_here and self._is_ours(page) else f"{self.base}/"

    def _is_ours(self, page: str) -> bool:
        """Tell whether an address leads to this server: browsers take `//` and a backslash for another's."""
        start = f"{re.escape(self.base)}/(?!/)"
        return len(page) <= _LONGEST and re.fullmatch(rf"{start}[^\\\x00-\x20\x7f]*", page) is not None
