"""One address cannot keep the server from all others."""

import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.rate_limit import HEAVY_SHARE, Rate, RateLimit


def client(per_minute, *, address="192.0.2.1", base=""):
    app = Starlette(
        routes=[Route("/{rest:path}", lambda _: PlainTextResponse("svar"), methods=["GET", "PUT"])],
        middleware=[Middleware(RateLimit, per_minute=per_minute, base=base)],
    )
    return lambda address=address: TestClient(app, client=(address, 50000))


def test_too_many_requests_are_told_in_swedish_when_to_come_back():
    visitors = client(5)
    assert [visitors().get("/api/arenas.csv").status_code for _ in range(7)] == [200] * 5 + [429] * 2
    refused = visitors().get("/api/arenas.csv")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["message"].startswith("Det kom för många anrop härifrån på kort tid.")
    assert refused.headers["cache-control"] == "no-store"
    assert visitors("192.0.2.2").get("/api/arenas.csv").status_code == 200


def test_no_more_is_let_through_where_a_minute_of_the_clock_ends(monkeypatch):
    now = [1_800_000_059.9]
    monkeypatch.setattr(time, "time", lambda: now[0])
    rate = Rate(2)
    assert [rate.wait_s("någon") for _ in range(2)] == [0, 0]
    now[0] += 0.2
    assert rate.wait_s("någon") == 60
    now[0] += 60
    assert rate.wait_s("någon") == 0


def test_pages_health_and_the_map_are_never_refused():
    visitor = client(1)()
    assert visitor.get("/api/arenas.csv").status_code == 200
    for path in ("/", "/karta", "/api/health", "/map/abc/points.json", "/_stcore/health"):
        assert {visitor.get(path).status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("path", ["/api/dataset.zip", "/api/gaps.json", "/_stcore/upload_file/a/b"])
def test_what_is_heavy_counts_as_several(path):
    visitor = client(2 * HEAVY_SHARE)()
    assert [visitor.put(path).status_code for _ in range(3)] == [200, 200, 429]


def test_the_limit_holds_under_a_base_path_and_what_is_above_it_is_answered_once():
    visitor = client(1)()
    assert [visitor.get("/api/dataset.zip").status_code for _ in range(2)] == [200, 429]
    visitor = client(1, base="/lan")()
    assert [visitor.get("/lan/api/arenas.csv").status_code for _ in range(2)] == [200, 429]


def test_an_office_of_twenty_or_a_server_without_a_limit_is_never_refused():
    visitor = client(600)()
    heavy = [visitor.get("/api/dataset.zip").status_code for _ in range(20)]
    assert {*heavy, *[visitor.get("/api/arenas.geojson").status_code for _ in range(20 * 10)]} == {200}
    visitor = client(0)()
    assert {visitor.get("/api/dataset.zip").status_code for _ in range(50)} == {200}


def test_addresses_of_one_ipv6_network_are_one_visitor():
    visitors = client(1)
    asked = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1", "::ffff:192.0.2.9", "192.0.2.9"]
    assert [visitors(one).get("/api/arenas.csv").status_code for one in asked] == [200, 429, 200, 200, 429]
