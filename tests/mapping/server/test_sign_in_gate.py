"""Where reading wants an account, our own addresses answer nobody else."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.sign_in_gate import REFUSAL, SignInGate

OPEN = {"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*"}


def client(*, closed, base="", ended=None):
    inner = Starlette(routes=[Route("/{rest:path}", lambda _: PlainTextResponse("data", headers=OPEN))])
    return TestClient(
        SignInGate(
            inner,
            lambda: closed,
            lambda cookies: cookies.get("account") == "yes",
            [].append if ended is None else ended.append,
            base,
        )
    )


@pytest.mark.parametrize("path", ["/api/arenas.csv", "/api/gaps.json", "/map/abc/points.json"])
def test_data_is_refused_without_an_account_in_swedish(path):
    answer = client(closed=True).get(path)
    assert (answer.status_code, answer.json()) == (401, {"error": "inte_inloggad", "message": REFUSAL})
    assert answer.headers["cache-control"] == "no-store"


def test_an_account_is_answered_and_no_shared_cache_keeps_it():
    answer = client(closed=True).get("/map/abc/points.json", headers={"Cookie": "account=yes"})
    assert (answer.text, answer.headers["cache-control"]) == ("data", "private, max-age=31536000, immutable")
    assert answer.headers["vary"] == "Cookie"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/api/health", "/leaflet/leaflet.css", "/karta"])
def test_what_holds_no_data_is_answered_to_anybody(path):
    assert client(closed=True).get(path).text == "data"


def test_an_open_server_answers_as_it_did_and_the_base_path_opens_nothing():
    answer = client(closed=False).get("/api/arenas.csv")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == OPEN["Cache-Control"]
    served = client(closed=True, base="/stodkartan")
    assert served.get("/stodkartan/api/arenas.csv").status_code == 401
    assert served.get("/stodkartan/api/health").status_code == 200


@pytest.mark.parametrize("base", ["", "/stodkartan"])
def test_metrics_are_for_nobody_and_signing_out_ends_what_the_cookies_were_good_for(base):
    ended = []
    served = client(closed=False, base=base, ended=ended)
    assert served.get(f"{base}/_stcore/metrics?families=x").status_code == 404
    assert served.get(f"{base}/auth/logout", headers={"Cookie": "account=yes"}).text == "data"
    assert ended == [{"account": "yes"}]
