"""Start servers on free localhost ports, and a Chromium that can reach nothing else."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from mapping.settings import PROJECT, SHIPPED_DATA
from tests.chromium import launch

START_LIMIT_S = 60.0
APP = ("-m", "streamlit", "run", "app.py")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running server, and what it has used; Linux tells."""

    address: str
    process: int
    printed: Path

    def memory_mb(self):
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii", errors="replace")
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024

    def processor_s(self):
        """Give the processor time that it and the processes it has started have used."""
        # as clock_getcpuclockid
        return sum(time.clock_gettime(~process << 3 | 2) for process in self._family())

    def _family(self):
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it may have ended
                parents[int(path.parent.name)] = int(path.read_bytes().rpartition(b")")[2].split()[1])
        family = [self.process]
        for one in family:
            family += [child for child, parent in parents.items() if parent == one]
        return family


@contextmanager
def server(*arguments, data=SHIPPED_DATA, checkout=PROJECT, **environment):
    """Run ``python …`` from a checkout's root, on a free port, until the block ends."""
    port = free_port()
    settings = {"STODKARTAN_DATA": str(data), "STREAMLIT_SERVER_PORT": str(port)}
    settings |= {"STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    with tempfile.NamedTemporaryFile(delete=False) as printed:
        process = subprocess.Popen(
            [str(program("python", checkout)), *(arguments or APP)],
            cwd=checkout,
            env=os.environ | settings | environment,
            stdout=printed,
            stderr=subprocess.PIPE,
            text=True,
        )
    try:
        _wait_for(port, process)
        yield Server(f"http://localhost:{port}", process.pid, Path(printed.name))
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.stderr is not None
        process.stderr.close()
        Path(printed.name).unlink()


def program(name, checkout=PROJECT):
    """Give a program of a checkout's own environment; ours is the one that runs."""
    return (Path(sys.executable).parent if checkout == PROJECT else checkout / ".venv" / "bin") / name


def _wait_for(port, process):
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(port)


@contextmanager
def chromium():
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


def new_page(browser):
    """Open a page in a context of its own, with nothing cached."""
    return browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
