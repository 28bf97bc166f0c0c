"""Set the response headers that keep a visitor's browser from asking any other host."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from mapping.server.page_shell import PageShell
from mapping.settings import Tiles

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def content_security_policy(tiles: Tiles | None = None, scripts: Sequence[str] = ()) -> str:
    """Write the policy: everything from this server, nothing from any other.

    Streamlit loads a component's script from a `blob:` of its own making, sets styles inline, and draws its
    charts with Vega, which compiles expressions; hence `blob:`, `'unsafe-inline'` for styles only, and
    `'unsafe-eval'`.

    A configured background layer is the only other host a browser may ask, and for pictures only. The
    scripts are hashes of those in the page shell, from `mapping.server.page_shell.script_hashes`.
    """
    pictures = "'self' data: blob:" + (f" {tiles.origin}" if tiles else "")
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob: 'unsafe-eval'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            f"img-src {pictures}",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class ResponseHeaders:
    """Wrap an ASGI app: security headers on every answer, every page's shell replaced on its way out.

    `is_behind_tls` tells whether the operator said that browsers come over https, also if no proxy says so.
    """

    def __init__(
        self, app: "ASGIApp", policy: str, page: PageShell, is_behind_tls: Callable[[], bool]
    ) -> None:
        self.app = app
        self.page = page
        self.is_behind_tls = is_behind_tls
        self.headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Frame-Options": "SAMEORIGIN",
        }

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _uncompressed_page(scope)
        held: list[Message] = []

        async def send_with_headers(message: "Message") -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                self._keep_to_tls(scope, headers)
                if _is_shell(scope, headers):
                    held.append(message)
                    return
            if held and message["type"] == "http.response.body":
                held.append(message)
                if not message.get("more_body", False):
                    for ready in _rewritten(held, self.page, scope):
                        await send(ready)
                    held.clear()
                return
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _keep_to_tls(self, scope: "Scope", headers: MutableHeaders) -> None:
        """Tell the browser to come over https alone, and to send no cookie without it.

        Streamlit marks its cookies only if it holds the certificate itself. The scheme is what a proxy named
        in `FORWARDED_ALLOW_IPS` says; uvicorn heeds no other.
        """
        is_https = scope.get("scheme") == "https"
        if is_https:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        cookies = headers.getlist("set-cookie")
        if cookies and (is_https or self.is_behind_tls()):
            del headers["set-cookie"]
            for cookie in cookies:
                is_marked = "; secure" in cookie.casefold()
                headers.append("set-cookie", cookie if is_marked else f"{cookie}; Secure")


def _uncompressed_page(scope: "Scope") -> "Scope":
    """Ask for a page as plain text, so that its shell can be rewritten; it is a few kilobytes."""
    headers = Headers(scope=scope)
    if "text/html" not in headers.get("accept", ""):
        return scope
    kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": kept}


def _is_shell(scope: "Scope", headers: MutableHeaders) -> bool:
    return (
        scope["method"] == "GET"
        and headers.get("content-type", "").startswith("text/html")
        and "content-encoding" not in headers
    )


def _rewritten(held: "list[Message]", shell: PageShell, scope: "Scope") -> "list[Message]":
    start, *parts = held
    served = b"".join(part.get("body", b"") for part in parts).decode("utf-8")
    status, text = shell.answer(served, str(scope["path"]), scope["query_string"].decode("latin-1"))
    body = text.encode("utf-8")
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(body))
    # they name Streamlit's file, not what we made of it
    del headers["etag"], headers["last-modified"]
    start["status"] = status or start["status"]
    return [start, {"type": "http.response.body", "body": body, "more_body": False}]
