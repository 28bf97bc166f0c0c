"""Keep the cookies of who has signed in short-lived, sent by TLS only, and of no use after sign-out.

Streamlit signs people in and offers no setting for any of it.
"""

import hashlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SIGNED_IN_S: Final = 8 * 60 * 60
"""How long somebody stays signed in: a working day, then the provider is asked anew, also about groups."""
USER_COOKIE: Final = "_streamlit_user"
"""How the names begin of Streamlit's cookies of who has signed in."""
BACK_COOKIE: Final = "stodkartan_tillbaka"
"""Which page somebody left to sign in."""
_LOGIN, _CALLBACK, _LOGOUT = "/auth/login", "/oauth2callback", "/auth/logout"
_BACK_S = 600
_STRICT_TRANSPORT = "max-age=31536000"


class SignInCookies:
    """Wrap an ASGI app: mend the cookies that it sets, forget those of who has signed out, lead people back.

    What says that a visitor came by TLS is the scheme, which the server takes from a trusted proxy only
    (`FORWARDED_ALLOW_IPS`). Who has signed out is forgotten when the server ends: then a copy of the cookie
    is good for what is left of `SIGNED_IN_S`.

    Parameters
    ----------
    base
        The server's base path, from `mapping.server.routes.base_path`.
    """

    def __init__(self, app: "ASGIApp", base: str = "", clock: Callable[[], float] = time.time) -> None:
        self.app = app
        self.base = base
        self._clock = clock
        self._signed_out: dict[str, float] = {}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request, or one open page."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        path, is_https = str(scope["path"]).removeprefix(self.base), scope.get("scheme") in {"https", "wss"}
        cookies = _cookies(scope)
        signed_in = _digest(cookies.get(USER_COOKIE, ""))
        if signed_in in self._signed_out:
            scope = _without_user(scope)
        if path == _LOGOUT and USER_COOKIE in cookies:
            now = self._clock()
            self._signed_out = {one: until for one, until in self._signed_out.items() if until > now}
            self._signed_out[signed_in] = now + SIGNED_IN_S

        async def send_mended(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path == _LOGIN and (page := self._page_left(scope)):
                    back = f"{BACK_COOKIE}={quote(page)}; Path=/; HttpOnly; SameSite=lax; Max-Age={_BACK_S}"
                    headers.append("set-cookie", back)
                if path == _CALLBACK and (page := unquote(cookies.get(BACK_COOKIE, ""))):
                    if _is_ours(page) and headers.get("location") == f"{self.base}/":
                        headers["location"] = page
                    headers.append("set-cookie", f"{BACK_COOKIE}=; Path=/; Max-Age=0")
                if is_https:
                    headers["strict-transport-security"] = _STRICT_TRANSPORT
                message["headers"] = [
                    (name, _mended(value, is_https=is_https) if name == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        await self.app(scope, receive, send_mended)

    def _page_left(self, scope: "Scope") -> str:
        """Give the page of ours that a request says it comes from, with what was chosen there."""
        headers = dict(scope["headers"])
        left = urlsplit(headers.get(b"referer", b"").decode("latin-1"))
        page = f"{left.path}?{left.query}" if left.query else left.path
        is_here = left.netloc == headers.get(b"host", b"").decode("latin-1")
        return page if is_here and _is_ours(page) and page.startswith(f"{self.base}/") else ""


def _is_ours(page: str) -> bool:
    """Tell whether a browser takes an address for one of this server, not `//other.example`."""
    return page.startswith("/") and page[1:2] not in {"/", "\\"} and page.isprintable() and len(page) < 2000


def _cookies(scope: "Scope") -> dict[str, str]:
    sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return cookie_parser("; ".join(sent))


def _without_user(scope: "Scope") -> "Scope":
    left = "; ".join(
        f"{name}={value}" for name, value in _cookies(scope).items() if not name.startswith(USER_COOKIE)
    )
    headers = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": [*headers, (b"cookie", left.encode("latin-1"))]}


def _mended(cookie: bytes, *, is_https: bool) -> bytes:
    name, *attributes = cookie.decode("latin-1").split("; ")
    if name.startswith(USER_COOKIE):
        # one that is taken away keeps its age of 0
        attributes = [
            f"Max-Age={SIGNED_IN_S}" if one.casefold().startswith("max-age=") and one[8:] != "0" else one
            for one in attributes
        ]
    if is_https and "secure" not in map(str.casefold, attributes):
        attributes.append("Secure")
    return "; ".join([name, *attributes]).encode("latin-1")


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
