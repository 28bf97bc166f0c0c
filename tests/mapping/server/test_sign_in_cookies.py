"""Cookies of who has signed in are short, go by TLS and die at sign-out; people come back to their page."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from mapping.server.sign_in_cookies import BACK_COOKIE, SIGNED_IN_S, SignInCookies

MONTH = 30 * 24 * 60 * 60


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def signing_in_app(base, clock):
    """Give an app that sets and reads cookies as Streamlit does."""

    def cookies(request):
        return JSONResponse(dict(request.cookies))

    def login(_):
        return RedirectResponse("https://login.example/", 302)

    def callback(_):
        answer = RedirectResponse(f"{base}/", 302)
        for name in ("_streamlit_user", "_streamlit_user_tokens", "_streamlit_user_1"):
            answer.set_cookie(name, f"{name}-value", httponly=True, samesite="lax", max_age=MONTH)
        return answer

    def logout(_):
        answer = RedirectResponse(f"{base}/", 302)
        answer.delete_cookie("_streamlit_user")
        return answer

    async def stream(websocket):
        await websocket.accept()
        await websocket.send_json(dict(websocket.cookies))
        await websocket.close()

    found = {"/auth/login": login, "/oauth2callback": callback, "/auth/logout": logout, "/karta": cookies}
    routes = [Route(base + path, answer) for path, answer in found.items()]
    routes.append(WebSocketRoute(f"{base}/_stcore/stream", stream))
    return Starlette(routes=routes, middleware=[Middleware(SignInCookies, base=base, clock=clock)])


@pytest.fixture
def clock():
    return Clock()


def browser(clock, base="", scheme="https"):
    app = signing_in_app(base, clock)
    return TestClient(app, base_url=f"{scheme}://karta.example", follow_redirects=False)


@pytest.mark.parametrize(("scheme", "is_secure"), [("https", True), ("http", False)])
def test_cookies_last_a_working_day_and_go_by_tls_only_where_visitors_do(clock, scheme, is_secure):
    answer = browser(clock, scheme=scheme).get("/oauth2callback")
    sent = answer.headers.get_list("set-cookie")
    assert [f"Max-Age={SIGNED_IN_S}" in one for one in sent] == [True] * 3
    assert [str(MONTH) in one for one in sent] == [False] * 3
    assert ["Secure" in one for one in sent] == [is_secure] * 3
    assert ("strict-transport-security" in answer.headers) == is_secure


@pytest.mark.parametrize("base", ["", "/stod"])
@pytest.mark.parametrize("page", ["/karta?kommun=1884&alder=13-18", "/versioner", "/"])
def test_who_signs_in_comes_back_to_the_page_they_left(clock, base, page):
    visitor = browser(clock, base)
    visitor.get(f"{base}/auth/login", headers={"Referer": f"https://karta.example{base}{page}"})
    answer = visitor.get(f"{base}/oauth2callback")
    assert answer.headers["location"] == f"{base}{page}"
    assert BACK_COOKIE not in visitor.cookies
    assert visitor.get(f"{base}/oauth2callback").headers["location"] == f"{base}/"


@pytest.mark.parametrize(
    "left",
    [
        "https://elak.example/karta",
        "https://karta.example.elak.example/karta",
        "https://karta.example//elak.example",
        "https://karta.example/\\elak.example",
        "https://karta.example/" + "x" * 3000,
        "javascript:alert(1)",
        "",
    ],
)
def test_nobody_is_led_to_another_host(clock, left):
    visitor = browser(clock)
    visitor.get("/auth/login", headers={"Referer": left} if left else {})
    assert BACK_COOKIE not in visitor.cookies
    for forged in ("//elak.example", "/%5Celak.example", "https://elak.example", "/a%0d%0aX: y"):
        visitor.cookies.set(BACK_COOKIE, forged)
        assert visitor.get("/oauth2callback").headers["location"] == "/"


def test_a_copy_of_the_cookie_is_good_for_nothing_after_sign_out(clock):
    visitor = browser(clock)
    visitor.get("/oauth2callback")
    stolen = dict(visitor.cookies)
    assert visitor.get("/karta").json().keys() >= {"_streamlit_user", "_streamlit_user_tokens"}
    visitor.get("/auth/logout")
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in {**stolen, "other": "kept"}.items())}
    thief = TestClient(visitor.app, base_url="https://karta.example")
    assert thief.get("/karta", headers=headers).json() == {"other": "kept"}
    with thief.websocket_connect("/_stcore/stream", headers=headers) as page:
        assert page.receive_json() == {"other": "kept"}
    fresh = {"Cookie": "_streamlit_user=another"}
    assert thief.get("/karta", headers=fresh).json() == {"_streamlit_user": "another"}
