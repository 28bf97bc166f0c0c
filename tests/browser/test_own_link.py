"""Attacks on a server where nobody can sign in: only who opened the link of its start may publish."""

import os
import stat
import time
from http.cookies import SimpleCookie
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import expect

from mapping.store.store import Store
from tests import apart, balancer, own_link
from tests.benchmarks.servers import free_port
from tests.benchmarks.visitors import visit
from tests.browser.conftest import running, seeing
from tests.browser.handing_in import MENDED, drop, in_swedish_excel, publish
from tests.conftest import do_without, write_county


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """Start and stop a server; give its port and the cookie that its link gave."""
    with running(tmp_path_factory.mktemp("earlier") / "log.txt") as server:
        return server.address.rpartition(":")[2], server.cookies


@pytest.fixture(scope="module")
def server(tmp_path_factory, earlier):
    """Serve as README's first command does, on the port of a server that was stopped."""
    place = tmp_path_factory.mktemp("own")
    wishes = {
        "STODKARTAN_DATA": str(write_county(place / "county")),
        "STODKARTAN_DATABASE_URL": f"sqlite:///{place / 'versions.sqlite'}",
        "STREAMLIT_SERVER_PORT": earlier[0],
    }
    with running(place / "log.txt", **wishes) as started:
        yield started


@pytest.fixture(scope="module")
def proxied(server):
    """Give the server's address behind proxies that tell it nothing, as a bare `proxy_pass` of nginx does."""
    haproxy = balancer.program()
    if haproxy is None:
        do_without("HAProxy is not installed (Debian: apt-get install haproxy)")
    as_nginx = [
        "http-request set-header Host 127.0.0.1:{}".format(server.address.rpartition(":")[2]),
        *(f"http-request del-header X-Forwarded-{what}" for what in ("For", "Proto")),
    ]
    with (
        balancer.balancing(haproxy, free_port(), [server.address]) as plain,
        balancer.balancing(haproxy, free_port(), [server.address], as_nginx) as bare,
    ):
        yield {"direct": server.address, "haproxy": plain, "nginx": bare}


def may_publish(address, cookies=(), headers=()):
    """Come as a program does; tell whether the page lets one change what is published."""

    async def tried():
        async with visit(address, "versioner", cookies=cookies, headers=headers) as visitor:
            return bool(visitor.elements("text_area"))

    return apart.run(tried())


FORGED = [
    {}, {"Host": "localhost"}, {"Host": "localhost:{port}", "Origin": "http://localhost:{port}"},
    {
        "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost", "X-Real-IP": "127.0.0.1",
        "Forwarded": "for=127.0.0.1;host=localhost", "Via": "1.1 localhost",
    },
]  # fmt: skip


@pytest.mark.parametrize("headers", FORGED, ids=lambda one: " ".join(one) or "nothing")
@pytest.mark.parametrize("way", ["direct", "haproxy", "nginx"])
def test_no_header_and_no_proxy_lets_anyone_publish(server, proxied, way, headers):
    port = server.address.rpartition(":")[2]
    said = {name: value.format(port=port) for name, value in headers.items()}
    assert not may_publish(proxied[way], headers=said)


def test_only_the_cookie_of_this_start_lets_one_publish_from_a_page_of_this_server(server, proxied, earlier):
    (name, value), (earlier_name, earlier_value) = *server.cookies.items(), *earlier[1].items()
    assert (name, len(value) > 40, value != earlier_value) == (earlier_name, True, True)
    for wrong in (earlier_value, "", "x", value[:-1], f"{value}x", value.swapcase()):
        assert not may_publish(server.address, {name: wrong}), wrong
    assert not may_publish(server.address, {"stodkartan_lank": value})
    for origin in ("http://localhost:1", "http://127.0.0.1:8501"):  # Streamlit itself refuses other sites
        assert not may_publish(server.address, server.cookies, {"Origin": origin})
    for address in (proxied["direct"], proxied["haproxy"]):
        assert may_publish(address, server.cookies)
        assert may_publish(address, server.cookies, {"Origin": address})


def test_the_link_opens_once_and_nothing_else_opens_it(server, tmp_path):
    with running(tmp_path / "log.txt") as fresh:
        link = own_link.link(fresh.log)
        start = link.partition("?")[0]
        assert httpx2.head(link).status_code == 303
        assert httpx2.post(link).status_code == 405
        longer = f"{link.removeprefix(start)}x"
        for wrong in ("", "?token=", "?token=x", "?token=%ff%00å", longer, "?token=" + "9" * 9000):
            answer = httpx2.get(start + wrong)
            assert (answer.status_code, answer.headers["location"]) == (303, "./")
            assert "set-cookie" not in answer.headers
        answer = httpx2.get(link, headers={"X-Forwarded-Proto": "https"})
        (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "strict")
        assert [cookie[name] for name in ("secure", "max-age", "expires", "domain")] == [True, "", "", ""]
        assert (answer.headers["location"], answer.headers["cache-control"]) == ("./", "no-store")
        assert "set-cookie" not in httpx2.get(link).headers
        assert "set-cookie" not in httpx2.get(link, headers={"Host": "localhost"}).headers


def test_a_file_of_another_site_s_page_is_not_taken(server):
    refused = httpx2.put(
        f"{server.address}/_stcore/upload_file/x/y",
        files={"file": ("x.csv", b"namn")},
        cookies=dict(server.cookies),
        headers={"Origin": "http://localhost:1"},
    )
    assert refused.status_code == 403


def test_who_opens_the_link_publishes_and_the_address_keeps_no_token(chromium, tmp_path):
    data = str(write_county(tmp_path / "county"))
    url = f"sqlite:///{tmp_path / 'versions.sqlite'}"
    loud = {"STREAMLIT_LOGGER_LEVEL": "debug"}
    with (
        running(tmp_path / "log.txt", STODKARTAN_DATA=data, STODKARTAN_DATABASE_URL=url, **loud) as started,
        seeing(chromium) as reader,
        seeing(chromium) as editor,
    ):
        page = reader.open(f"{started.address}/versioner")
        expect(page.get_by_text("Öppna länken som skrevs ut när programmet startades")).to_be_visible()
        page = editor.open(own_link.link(started.log))
        assert page.url == f"{started.address}/"
        page.get_by_role("link", name="Uppdatera").click()
        drop(page, "nora.csv", in_swedish_excel(MENDED))
        expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
        editor.settle()
        publish(editor)
        expect(page.get_by_text("Version 2 är publicerad och syns för alla.")).to_be_visible()
        editor.open(own_link.link(started.log))  # used up, and this browser may publish all the same
        page.get_by_role("link", name="Versioner", exact=True).click()
        expect(page.get_by_text("Återställ en tidigare version")).to_be_visible()
        page = reader.open(own_link.link(started.log))
        page.get_by_role("link", name="Versioner", exact=True).click()
        expect(page.get_by_text("Öppna länken som skrevs ut")).to_be_visible()
        assert started.log.read_text(encoding="utf-8").count("token=") == 1
        store = Store.open(url)
        assert (store.latest().number, store.audit_log()[0].via) == (2, "local")


AUTH = '[auth]\nredirect_uri = "http://localhost:1/oauth2callback"\ncookie_secret = "hemligt"\n'


@pytest.mark.parametrize(
    ("environment", "secrets"),
    [
        ({}, AUTH),
        ({}, AUTH + "client_id = "),
        ({"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, ""),  # noqa: S104 - what is tried
        ({"STREAMLIT_SERVER_ADDRESS": "::"}, ""),
        ({"JOURNAL_STREAM": "{}"}, ""),
    ],
    ids=["sign-in", "broken secrets", "every address", "every IPv6 address", "journal"],
)
def test_there_is_no_link_where_others_could_use_it(tmp_path, environment, secrets):
    log = tmp_path / "log.txt"
    log.touch()
    file = tmp_path / "secrets.toml"
    file.write_text(secrets, encoding="utf-8")
    journal = f"{log.stat().st_dev}:{log.stat().st_ino}"
    wishes = {name: value.format(journal) for name, value in environment.items()}
    with running(log, STREAMLIT_SECRETS_FILES=str(file), **wishes) as started:
        assert own_link.link(log) is None
        for asked in ("/lank", "/lank?token="):
            assert "set-cookie" not in httpx2.get(started.address + asked).headers
        if not secrets:
            assert not may_publish(started.address, {"": "", "stodkartan_lank": ""})


def test_the_browser_that_is_opened_is_told_the_link_where_no_other_user_reads(tmp_path):
    program, told = tmp_path / "xdg-open", tmp_path / "told.txt"
    script = f'#!/bin/sh\nprintf "%s" "$*" > {told}.part && mv {told}.part {told}\n'
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    with running(tmp_path / "log.txt", PATH=path, STREAMLIT_SERVER_HEADLESS="false") as started:
        until = time.monotonic() + 20
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.05)
        file = Path(told.read_text(encoding="utf-8").removeprefix("file://"))
        assert own_link.link(started.log) in file.read_text(encoding="utf-8")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.exists()
