"""The headers and the shell that every page stands in."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.page_shell import in_swedish, script_hashes
from mapping.server.security_headers import ResponseHeaders, content_security_policy

SHELL = '<html lang="en"><head><title>Streamlit</title><script>let a = 1</script></head>' + " " * 2000


@pytest.fixture
def client():
    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(SHELL, headers={"etag": '"x"'})),
            Route("/text", lambda _: PlainTextResponse('<html lang="en">')),
        ],
        middleware=[
            Middleware(ResponseHeaders, policy="default-src 'self'", rewrite=in_swedish),
            Middleware(GZipMiddleware),
        ],
    )
    return TestClient(app)


def test_the_shell_is_swedish_also_for_a_browser_that_takes_compressed_pages(client):
    response = client.get("/", headers={"accept": "text/html,*/*", "accept-encoding": "gzip, br"})
    assert '<html lang="sv">' in response.text
    assert "<title>Stödkartan</title>" in response.text
    assert response.headers["content-length"] == str(len(response.content))
    assert "etag" not in response.headers


def test_other_texts_are_left_as_they_are(client):
    assert client.get("/text").text == '<html lang="en">'


def test_a_compressed_answer_is_passed_on_untouched(client):
    with client.stream("GET", "/", headers={"accept": "*/*", "accept-encoding": "gzip"}) as response:
        assert gzip.decompress(b"".join(response.iter_raw())).decode() == SHELL


def test_only_the_shells_own_scripts_are_allowed_inline():
    policy = content_security_policy(scripts=script_hashes(SHELL))
    script_policy = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'sha256-" in script_policy
    assert "unsafe-inline" not in script_policy
