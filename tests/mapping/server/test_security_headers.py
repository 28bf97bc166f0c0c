"""The headers and the shell that every page stands in."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mapping.server.page_shell import in_swedish, script_hashes, with_imports
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
            Middleware(
                ResponseHeaders, policy="default-src 'self'", rewrite=lambda _, shell: in_swedish(shell)
            ),
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


def test_a_shell_asks_early_for_scripts_and_all_that_they_import(tmp_path):
    (tmp_path / "Map.a1.js").write_text('import{a}from"./part.b2.js";import"./side.c3.js";x("./no.js")')
    (tmp_path / "part.b2.js").write_text('import{b}from"./side.c3.js"')
    (tmp_path / "side.c3.js").write_text('import{c}from"./Map.a1.js";import"./gone.d4.js"')
    (tmp_path / "Other.e5.js").write_text("")
    assert with_imports(tmp_path, ["Map", "Unheard"]) == ["Map.a1.js", "part.b2.js", "side.c3.js"]


def test_streamlit_has_the_scripts_that_the_map_page_asks_for_early():
    from pathlib import Path

    import streamlit

    from mapping.server.page_shell import MAP_CHUNKS

    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    found = {name.split(".")[0] for name in with_imports(folder, MAP_CHUNKS)}
    assert set(MAP_CHUNKS) <= found
