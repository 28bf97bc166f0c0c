"""Start the real server and a real Chromium for which no host but this one exists."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from mapping.settings import SHIPPED_DATA
from tests import own_link
from tests.benchmarks.servers import free_port
from tests.chromium import CHROMIUM, launch
from tests.conftest import do_without, write_county

ROOT = Path(__file__).parent.parent.parent
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Server:
    address: str
    log: Path

    @cached_property
    def cookies(self):
        """Give the cookie of whoever started it, by its name."""
        return own_link.opened(self.log)


@contextmanager
def running(log, **environment):
    """Start the app as README says, on a free port, and stop it."""
    port = environment.get("STREAMLIT_SERVER_PORT") or free_port()
    settings = {"STODKARTAN_DATA": str(SHIPPED_DATA), "STREAMLIT_SERVER_PORT": str(port)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true", **settings, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://localhost:{port}{environment.get('STREAMLIT_SERVER_BASE_URL_PATH', '')}"
        for _ in range(300):
            if process.poll() is not None:
                pytest.fail(log.read_text(encoding="utf-8"))
            try:
                urllib.request.urlopen(f"{address}/api/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Server(address, log)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started


@pytest.fixture
def serve(tmp_path):
    """Serve with other settings; a fresh server that nobody has visited."""
    started = []

    def start(**environment):
        manager = running(tmp_path / f"log-{len(started)}.txt", **environment)
        started.append(manager)
        return manager.__enter__()

    yield start
    for manager in started:
        manager.__exit__(None, None, None)


@pytest.fixture(scope="session")
def chromium():
    """Start Debian's Chromium; a laptop without it skips, CI fails."""
    if CHROMIUM is None:
        do_without("Chromium is missing; .ci/run installs it")
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


class Visit:
    """One visitor's browser: what was asked of other hosts, and what went wrong, is kept."""

    def __init__(self, context, publishing_at=None):
        if publishing_at:
            given, url = publishing_at.cookies.items(), publishing_at.address
            context.add_cookies([{"name": name, "value": value, "url": url} for name, value in given])
        self.outside = []
        self.errors = []
        context.on("request", self._note)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda told: (self.errors.append(f"dialog: {told.message}"), told.dismiss()))
        self.page.on(
            "console",
            lambda message: (
                self.errors.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )

    def _note(self, request):
        if urlsplit(request.url).hostname not in {None, "localhost", "127.0.0.1"}:
            self.outside.append(request.url)

    def open(self, address):
        """Open an address and wait until the page, and its map where it has one, stand there."""
        self.page.goto(address)
        self.page.get_by_role("heading", level=1).wait_for()
        if any(part in address for part in ("/karta", "/organisation", "/kommun?")):
            self.page.wait_for_selector("[data-painted]")
        self.settle()
        return self.page

    def settle(self):
        """Wait until the server has finished its run."""
        self.page.wait_for_function(
            "() => !document.querySelector('[data-testid=stStatusWidget]')"
            " && document.querySelector('.stApp')?.dataset.testScriptState !== 'running'"
        )


@contextmanager
def seeing(browser, *, width=1400, height=1000, dark=False, publishing_at=None):
    """Open a browser for one visitor until the block ends; they started the server that they publish at."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale="sv-SE",
        accept_downloads=True,
    )
    try:
        yield Visit(context, publishing_at)
    finally:
        context.close()


@pytest.fixture
def visit(chromium):
    """Open a browser for one visitor; `width`, `height`, `dark` and `publishing_at` as asked."""
    with ExitStack() as contexts:
        yield lambda **wishes: contexts.enter_context(seeing(chromium, **wishes))


@pytest.fixture
def editing(serve, tmp_path, county_directory):
    store = f"sqlite:///{tmp_path / 'versions.sqlite'}"
    return serve(STODKARTAN_DATA=str(county_directory), STODKARTAN_DATABASE_URL=store)


@pytest.fixture(scope="session")
def unchanging(tmp_path_factory):
    """Serve the small county from a database to all tests that publish nothing."""
    place = tmp_path_factory.mktemp("unchanging")
    data, store = write_county(place / "county"), place / "versions.sqlite"
    wishes = {"STODKARTAN_DATA": str(data), "STODKARTAN_DATABASE_URL": f"sqlite:///{store}"}
    with running(place / "log.txt", **wishes) as started:
        yield started
