"""Run a HAProxy of the tests' own before several servers: each visitor stays at one of them, by a cookie."""

import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

COOKIE = "stodkartan_server"
_PATIENCE_S = 30
_CONFIGURATION = """
defaults
    mode http
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout tunnel 1h
    timeout check 10s

frontend visitors
    bind 127.0.0.1:{port}
    default_backend servers

backend servers
    balance roundrobin
    cookie {cookie} insert indirect nocache httponly
    option httpchk GET /api/health
{servers}
"""


def program():
    """Find HAProxy; Debian keeps it where only administrators look."""
    return shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def balancing(haproxy, port, addresses):
    """Balance between servers until the block ends; gives the address that they share."""
    listed = "\n".join(
        f"    server s{number} 127.0.0.1:{urlsplit(address).port} cookie s{number} check inter 1s fall 10"
        for number, address in enumerate(addresses, start=1)
    )
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "haproxy.cfg"
        configuration.write_text(_CONFIGURATION.format(port=port, cookie=COOKIE, servers=listed))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([haproxy, "-db", "-f", configuration], **quiet)
        try:
            address = f"http://localhost:{port}"
            _wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address):
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(f"{address}/api/health", timeout=5).close()
        except (OSError, urllib.error.HTTPError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
