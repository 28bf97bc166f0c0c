"""Answer each address only so often, so that one cannot keep the server from all others."""

import ipaddress
import math
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from mapping.server.kept_uploads import SENT_FROM

if TYPE_CHECKING:
    from limits.strategies import RateLimiter
    from starlette.types import ASGIApp, Receive, Scope, Send

HEAVY: Final = ("/api/dataset.zip", "/api/dcat.rdf", "/api/gaps.json", "/_stcore/upload_file/")
"""How the addresses begin that take long to answer, or much memory."""
LIMITED: Final = ("/api/", "/_stcore/upload_file/")
NEVER_LIMITED: Final = "/api/health"
HEAVY_SHARE: Final = 10
"""A request for something heavy counts as so many."""
UNKNOWN: Final = "okänd"
_WINDOW_S: Final = 60


class Rate:
    """How often each visitor may do something; 0 sets no limit. Safe to use from many threads."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._lock = threading.Lock()

    def wait_s(self, visitor: str, *, cost: int = 1) -> int:
        """Count `cost` times more, and give 0; or the seconds to wait, if it was too often."""
        if not self.per_minute:
            return 0
        from limits import RateLimitItemPerMinute  # noqa: PLC0415 - slow to import

        item = RateLimitItemPerMinute(self.per_minute)
        with self._lock:
            if self._limiter.hit(item, visitor, cost=min(cost, self.per_minute)):
                return 0
            ends = self._limiter.get_window_stats(item, visitor).reset_time
        return min(_WINDOW_S, max(1, math.ceil(ends - time.time())))

    @cached_property
    def _limiter(self) -> "RateLimiter":
        from limits.storage import MemoryStorage  # noqa: PLC0415 - slow to import
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415

        # counters by the minute let one more through where a minute ends
        return MovingWindowRateLimiter(MemoryStorage())


class RateLimit:
    """Wrap an ASGI app: answer 429 to an address that asks for too much, and say when to come back.

    What is `HEAVY` counts as `HEAVY_SHARE` requests. The base path is from `mapping.server.routes.base_path`.
    """

    def __init__(self, app: "ASGIApp", per_minute: int, base: str = "") -> None:
        self.app = app
        self.rate = Rate(per_minute)
        self.base = base

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        path = str(scope.get("path", "")).removeprefix(self.base)
        if scope["type"] != "http" or not path.startswith(LIMITED) or path == NEVER_LIMITED:
            await self.app(scope, receive, send)
            return
        client = scope.get("client")
        cost = HEAVY_SHARE if path.startswith(HEAVY) else 1
        visitor = visitor_of(client[0] if client else None)
        wait_s = self.rate.wait_s(visitor, cost=cost)
        if not wait_s:
            SENT_FROM.set(visitor)
            await self.app(scope, receive, send)
            return
        answer = JSONResponse(
            {"error": "for_manga_anrop", "message": refusal(wait_s)},
            status_code=429,
            headers={
                "Retry-After": str(wait_s),
                "Cache-Control": "no-store",
                "Access-Control-Allow-Origin": "*",
            },
        )
        await answer(scope, receive, send)


def refusal(wait_s: int) -> str:
    """Say in Swedish that it was too often, and when to come back.

    Examples
    --------
    >>> refusal(40)
    'Det kom för många anrop härifrån på kort tid. Försök igen om 40 sekunder.'
    """
    seconds = "1 sekund" if wait_s == 1 else f"{wait_s} sekunder"
    return f"Det kom för många anrop härifrån på kort tid. Försök igen om {seconds}."


def visitor_of(address: str | None) -> str:
    """Tell visitors apart by address: an IPv6 network of 64 bits is one, since whoever has one has all of it.

    Examples
    --------
    >>> visitor_of("192.0.2.7"), visitor_of("2001:db8:1:2:3:4:5:6"), visitor_of(None)
    ('192.0.2.7', '2001:db8:1:2::/64', 'okänd')
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or UNKNOWN
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
