"""How an IT department puts this on a server, as docs/drift.md tells it: every block of it is tried."""

import configparser
import io
import re
import shutil
import ssl
import subprocess
import time
import tomllib
from contextlib import contextmanager

import httpx2
import pytest
from streamlit import config
from websockets.asyncio.client import connect

from mapping.commands.main import run
from mapping.settings import PROJECT, SETTINGS
from tests import apart
from tests.balancer import program as haproxy_program
from tests.benchmarks.servers import free_port
from tests.browser.conftest import running
from tests.conftest import do_without

FILES = PROJECT / "docs" / "drift"
GUIDE = (PROJECT / "docs" / "drift.md").read_text(encoding="utf-8")


def program(name, found):
    """Give a proxy's program; CI installs it."""
    return found or do_without(f"{name} is not installed (Debian: apt-get install {name})")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make a certificate of our own; give the files of key and certificate, and both in one."""
    place = tmp_path_factory.mktemp("tls")
    key, public, both = place / "own.key", place / "own.pem", place / "both.pem"
    wishes = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    wishes += ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", public]
    openssl = program("openssl", shutil.which("openssl"))
    subprocess.run([openssl, "req", "-x509", *wishes], check=True, capture_output=True)
    both.write_bytes(public.read_bytes() + key.read_bytes())
    return key, public, both


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve with the guide's own settings, but for database, secrets and port."""
    place = tmp_path_factory.mktemp("served")
    settings = dict(line.split("=", 1) for line in (FILES / "stodkartan.env").read_text().splitlines())
    del settings["STREAMLIT_SERVER_PORT"]  # a free one is taken
    own = {
        "STODKARTAN_DATABASE_URL": f"sqlite:///{place / 'versions.sqlite'}",
        "STREAMLIT_SECRETS_FILES": str(FILES / "secrets.toml"),
    }
    with running(place / "log.txt", **settings | own) as started:
        yield started


def rewritten(name, port, server, certificate):
    """Give a proxy's file with ports and certificates of this test."""
    key, public, both = certificate
    text = (FILES / name).read_text(encoding="utf-8")
    text = text.replace("/etc/ssl/stodkartan.key", str(key))
    text = text.replace("/etc/ssl/stodkartan.pem", str(both if name.endswith("cfg") else public))
    text = re.sub(r"127\.0\.0\.1:850[12]", f"127.0.0.1:{server.address.rpartition(':')[2]}", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    return text.replace("bind :443", f"bind 127.0.0.1:{port}")


@contextmanager
def process(*command):
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        try:
            yield started
        finally:
            started.terminate()
            started.wait(timeout=20)


@pytest.fixture(scope="module", params=["nginx", "haproxy"])
def proxied(request, served, certificate, tmp_path_factory):
    """Put the guide's proxy before the server; give the address that visitors use."""
    place, port = tmp_path_factory.mktemp(request.param), free_port()
    if request.param == "nginx":
        nginx = program("nginx", shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"))
        site = rewritten("nginx.conf", port, served, certificate)
        kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        own = "".join(f"{name}_temp_path {place}/{name}; " for name in kept)
        whole = f"daemon off; pid {place}/pid; events {{}} http {{ access_log off; {own}\n{site}}}"
        (place / "nginx.conf").write_text(whole, encoding="utf-8")
        command = [nginx, "-p", str(place), "-c", str(place / "nginx.conf")]
    else:
        haproxy = program("haproxy", haproxy_program())
        whole = rewritten("haproxy.cfg", port, served, certificate)
        (place / "haproxy.cfg").write_text(whole, encoding="utf-8")
        command = [haproxy, "-db", "-f", str(place / "haproxy.cfg")]
    with process(*command):
        address = f"https://localhost:{port}"
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if httpx2.get(f"{address}/api/health", verify=False).status_code == 200:
                    break
            except httpx2.TransportError:
                pass
            time.sleep(0.1)
        yield address


def test_every_block_of_the_guide_is_the_file_that_is_tried_here():
    blocks = dict(re.findall(r"<!-- docs/drift/(\S+) -->\n```\n(.*?)```", GUIDE, re.DOTALL))
    assert blocks == {path.name: path.read_text(encoding="utf-8") for path in sorted(FILES.iterdir())}


def test_every_setting_that_the_guide_names_is_there():
    named = [line.split("=")[0] for line in (FILES / "stodkartan.env").read_text().splitlines()]
    known = {setting.variable for setting in SETTINGS} | {"FORWARDED_ALLOW_IPS", "STREAMLIT_SECRETS_FILES"}
    own = [name for name in named if name not in known]
    options = {f"STREAMLIT_{name.replace('.', '_').upper()}" for name in config.get_config_options()}
    options = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name) for name in options}
    assert [name for name in own if name not in options] == []


def test_every_command_that_the_guide_names_is_there(tmp_path):
    for name in sorted(set(re.findall(r"uv run stodkartan (\w+)", GUIDE))):
        with io.StringIO() as out, io.StringIO() as errors:
            assert run([name, "--help"], environment={}, today=None, out=out, errors=errors) == 0, name


def test_the_unit_starts_the_app_that_is_here():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(FILES / "stodkartan.service", encoding="utf-8")
    service = unit["Service"]
    program, script = service["ExecStart"].split()
    assert (PROJECT / script).is_file()
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert service["EnvironmentFile"] in GUIDE
    auth = tomllib.loads((FILES / "secrets.toml").read_text(encoding="utf-8"))["auth"]
    assert set(auth) == {"redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url"}


def test_a_visitor_comes_through_the_proxy_by_tls_and_the_page_stays_open(proxied, certificate):
    with httpx2.Client(base_url=proxied, verify=False) as visitor:
        page = visitor.get("/karta")
        assert (page.status_code, 'id="root"' in page.text) == (200, True)
        assert visitor.get("/api/health").json()["status"] == "ok"
        refused = visitor.put("/_stcore/upload_file/x/y", content=b"x" * 45 * 1024**2)
        assert refused.status_code in {400, 403, 413}
    trusted = ssl.create_default_context(cafile=str(certificate[1]))

    async def opened():
        stream = f"{proxied.replace('https', 'wss')}/_stcore/stream"
        async with connect(stream, ssl=trusted, origin=proxied) as page:
            await page.ping()

    apart.run(opened())


def test_nobody_publishes_through_the_proxy_without_signing_in(proxied, served):
    log = served.log.read_text(encoding="utf-8")
    assert "token=" not in log
    for headers in ({}, {"Host": "localhost", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}):
        answer = httpx2.get(f"{proxied}/lank?token=x", headers=headers, verify=False)
        assert "stodkartan_lank" not in answer.headers.get("set-cookie", "")


def test_every_test_that_the_promises_name_is_there():
    promises = (PROJECT / "docs" / "trust.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:security|mapping|browser)/[\w/]+\.py)`", promises)
    assert len(named) > 10
    assert [name for name in named if not (PROJECT / "tests" / name).is_file()] == []
