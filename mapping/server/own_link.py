"""Know whoever started the server by a link that only they were shown: the way in where nobody can sign in.

Nothing that a request tells of itself is believed, neither its host nor what a proxy adds: who has not opened
the link reads only.
"""

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse

PATH: Final = "/lank"


class OwnLink:
    """The link of one start of the server: it opens once, for a cookie that is good until the server ends."""

    def __init__(self) -> None:
        self.cookie = ""
        """The cookie's name. A browser sends it to each port of a host, so it is told apart by the port."""
        self._token: str | None = None
        self._value: str | None = None

    @property
    def is_offered(self) -> bool:
        """Tell whether there is such a link at all, opened or not."""
        return bool(self.cookie)

    def offer(self, port: int) -> str:
        """Make the link; give its path, to be shown to nobody but the person who started the server."""
        self.cookie = f"stodkartan_lank_{port}"
        self._token = secrets.token_urlsafe(32)
        return f"{PATH}?token={self._token}"

    def opens(self, request: Request) -> bool:
        """Tell whether a request opens the link, and use it up."""
        server = request.scope.get("server") or (None, None)
        # what the connection itself says, whatever address the server was meant to listen on
        if request.method != "GET" or not is_own_computer(server[0]):
            return False
        if not _same(request.query_params.get("token"), self._token):
            return False
        self._token, self._value = None, secrets.token_urlsafe(32)
        return True

    async def answer(self, request: Request) -> RedirectResponse:
        """Give the cookie to who opens the link, and send everybody on to an address without the token."""
        answer = RedirectResponse("./", status_code=303, headers={"Cache-Control": "no-store"})
        if self.opens(request):
            answer.set_cookie(
                self.cookie,
                self._value or "",
                path=request.url.path.removesuffix(PATH) or "/",
                secure=request.url.scheme == "https",
                httponly=True,
                samesite="strict",
            )
        return answer

    def is_known(self, cookies: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        """Tell whether a visit comes from the browser that opened the link, and from a page of this server.

        Pages of other ports of this computer are of the same site, so their browser sends the cookie along.
        """
        origin = headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("Host"):
            return False
        return _same(cookies.get(self.cookie), self._value)


def is_own_computer(address: str | None) -> bool:
    """Tell whether what listens on an address is reached from this computer alone.

    Examples
    --------
    >>> [is_own_computer(address) for address in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", None)]
    [True, True, True, False, False, False]
    """
    try:
        return address == "localhost" or ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _same(said: str | None, secret: str | None) -> bool:
    """Compare in a time that tells nothing; nothing is ever the same as a secret that is not there."""
    return secret is not None and hmac.compare_digest((said or "").encode(), secret.encode())
