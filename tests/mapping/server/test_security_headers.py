"""The headers and the shell that every page stands in."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.page_shell import PageShell, script_hashes
from mapping.server.security_headers import ResponseHeaders, content_security_policy

SHELL = '<html lang="en"><head><title>Streamlit</title><script>let a = 1</script></head>' + " " * 2000


def cookies(_):
    answer = PlainTextResponse("")
    answer.set_cookie("a", "1", httponly=True)
    answer.set_cookie("b", "2", secure=True)
    return answer


def served(*, is_behind_tls=False):
    return Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(SHELL, headers={"etag": '"x"'})),
            Route("/cookies", cookies),
            Route("/stod/{rest:path}", lambda _: HTMLResponse(SHELL)),
            Route("/html", lambda _: HTMLResponse("<p>Page</p>", status_code=403)),
            Route("/text", lambda _: PlainTextResponse('<html lang="en">')),
        ],
        middleware=[
            Middleware(
                ResponseHeaders,
                policy="default-src 'self'",
                page=PageShell(SHELL, {"": "Översikt", "karta": "Karta"}, "/stod"),
                is_behind_tls=lambda: is_behind_tls,
            ),
            Middleware(GZipMiddleware),
        ],
    )


@pytest.fixture
def client():
    return TestClient(served())


@pytest.mark.parametrize(
    ("scheme", "is_behind_tls", "marked", "kept"),
    [("http", False, 1, False), ("http", True, 2, False), ("https", False, 2, True)],
)
def test_over_tls_every_cookie_is_for_tls_alone_and_the_browser_is_told_to_stay(
    scheme, is_behind_tls, marked, kept
):
    answer = TestClient(served(is_behind_tls=is_behind_tls), base_url=f"{scheme}://karta").get("/cookies")
    given = answer.headers.get_list("set-cookie")
    assert [sum("; Secure" in one for one in given), sum(one.count("ecure") for one in given)] == [marked] * 2
    assert [one[:3] for one in given] == ["a=1", "b=2"]
    assert ("strict-transport-security" in answer.headers) is kept


def test_the_shell_is_swedish_also_for_a_browser_that_takes_compressed_pages(client):
    response = client.get("/", headers={"accept": "text/html,*/*", "accept-encoding": "gzip, br"})
    assert '<html lang="sv">' in response.text
    assert "<title>Stödkartan</title>" in response.text
    assert response.headers["content-length"] == str(len(response.content))
    assert "etag" not in response.headers


@pytest.mark.parametrize(
    ("path", "status"), [("", 200), ("karta", 200), ("karta/", 200), ("Karta", 404), ("a/karta", 404)]
)
def test_an_address_of_no_page_is_answered_404_with_links_that_carry_the_choices(client, path, status):
    response = client.get(f"/stod/{path}?kommun=1884&x=%22>", headers={"accept": "text/html"})
    assert response.status_code == status
    assert ('href="/stod/karta?kommun=1884&amp;x=%22%3E">Karta</a>' in response.text) is (status == 404)


def test_other_texts_and_compressed_answers_are_passed_on_untouched(client):
    assert client.get("/text").text == '<html lang="en">'
    assert (client.get("/html").status_code, client.get("/html").text) == (403, "<p>Page</p>")
    with client.stream("GET", "/", headers={"accept": "*/*", "accept-encoding": "gzip"}) as response:
        assert gzip.decompress(b"".join(response.iter_raw())).decode() == SHELL


def test_only_the_shells_own_scripts_are_allowed_inline():
    policy = content_security_policy(scripts=script_hashes(SHELL))
    script_policy = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'sha256-" in script_policy
    assert "unsafe-inline" not in script_policy
