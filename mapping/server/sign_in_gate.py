"""Let only those who have signed in read what our own addresses answer, where the operator wants that."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CLOSED: Final = ("/api/", "/map/")
"""How the addresses begin that answer with data, under the server's base path."""
ALWAYS_OPEN: Final = "/api/health"
NEVER_OPEN: Final = "/_stcore/metrics"
"""What Streamlit counts: sessions, memory, times."""
SIGNS_OUT: Final = "/auth/logout"
REFUSAL: Final = "Logga in för att läsa uppgifterna."


class SignInGate:
    """Wrap an ASGI app: answer 401 where data is asked for by somebody who may not read it, 404 to metrics.

    Whether reading wants a signed-in account is asked at each request. `sign_out` lets a request's cookies
    be of no use any more, whoever has copied them. The base path is from `mapping.server.routes.base_path`.
    """

    def __init__(
        self,
        app: "ASGIApp",
        must_sign_in: Callable[[], bool],
        is_signed_in: Callable[[Mapping[str, str]], bool],
        sign_out: Callable[[Mapping[str, str]], None],
        base: str = "",
    ) -> None:
        self.app = app
        self.sign_out = sign_out
        self.must_sign_in = must_sign_in
        self.is_signed_in = is_signed_in
        self.base = base

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        path = str(scope.get("path", "")).removeprefix(self.base)
        if path == NEVER_OPEN:
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        if path == SIGNS_OUT and scope["type"] == "http":
            await run_in_threadpool(self.sign_out, Request(scope).cookies)
        if not self._is_data(scope) or not await run_in_threadpool(self.must_sign_in):
            await self.app(scope, receive, send)
        elif await run_in_threadpool(self.is_signed_in, Request(scope).cookies):
            await self.app(scope, receive, _privately(send))
        else:
            answer = JSONResponse(
                {"error": "inte_inloggad", "message": REFUSAL},
                status_code=401,
                headers={"Cache-Control": "no-store"},
            )
            await answer(scope, receive, send)

    def _is_data(self, scope: "Scope") -> bool:
        if scope["type"] != "http":
            return False
        path = str(scope["path"]).removeprefix(self.base)
        return path.startswith(CLOSED) and path != ALWAYS_OPEN


def _privately(send: "Send") -> "Send":
    """Keep what one account may read out of caches that others share, and from other sites' scripts."""

    async def send_privately(message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            kept = headers.get("cache-control", "no-cache").replace("public", "").strip(", ")
            headers["cache-control"] = f"private, {kept}"
            headers.add_vary_header("Cookie")
            del headers["access-control-allow-origin"]
        await send(message)

    return send_privately
