"""Who signs in comes back to the page that they came from, and to no other site."""

import pytest
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.sign_in_return import COOKIE, SignInReturn

HERE = "https://karta.exempel.se"


def client(base=""):
    provider, home = RedirectResponse("https://inloggning.exempel.se/"), RedirectResponse(f"{base}/")
    routes = [
        Route(f"{base}/auth/login", lambda _: provider),
        Route(f"{base}/oauth2callback", lambda _: home),
    ]
    served = SignInReturn(Starlette(routes=routes), lambda: HERE, base)
    return TestClient(served, base_url=HERE, follow_redirects=False)


def came_back(visitor, base=""):
    return visitor.get(f"{base}/oauth2callback").headers["location"]


@pytest.mark.parametrize("base", ["", "/stodkartan"])
@pytest.mark.parametrize(
    "page", ["/", "/karta", "/karta?kommun=1884&sok=%C3%A5%20%26", "/versioner?fran=1&till=2"]
)
def test_signing_in_leads_back_to_the_page_once(base, page):
    visitor = client(base)
    left = visitor.get(f"{base}/auth/login", headers={"Referer": f"{HERE}{base}{page}"})
    assert left.headers["location"] == "https://inloggning.exempel.se/"
    told = left.headers["set-cookie"].casefold()
    assert [part in told for part in ("httponly", "samesite=lax", "max-age=900")] == [True] * 3
    assert came_back(visitor, base) == f"{base}{page}"
    assert came_back(visitor, base) == f"{base}/"


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://annan.exempel.se/karta",
        "https://karta.exempel.se.annan.se/karta",
        "http://karta.exempel.se/karta",
        f"{HERE}//annan.exempel.se/",
        f"{HERE}/\\annan.exempel.se/",
        f"{HERE}/{'x' * 5000}",
    ],
)
def test_no_other_site_is_come_back_to(referer):
    visitor = client()
    visitor.get("/auth/login", headers={"Referer": referer})
    assert came_back(visitor) == "/"


@pytest.mark.parametrize(
    "planted",
    [
        "//annan.se",
        "%2F%2Fannan.se",
        "/%5Cannan.se",
        "/%0D%0AX:%201",
        "/%09/annan.se",
        "https://annan.se",
        "x",
    ],
)
def test_a_planted_cookie_leads_nowhere_else(planted):
    visitor = client()
    visitor.cookies.set(COOKIE, planted)
    assert came_back(visitor) == "/"
