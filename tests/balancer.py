"""Run a HAProxy of the tests' own before several servers: each visitor stays at one of them, by a cookie."""

import shutil
import ssl
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
    # a request must be whole within ten seconds, and its answer begin within three minutes
    timeout http-request 10s
    timeout http-keep-alive 10s
    timeout client 3m
    timeout server 3m
    # an open page is asked every half minute whether it is there
    timeout tunnel 2m
    timeout client-fin 30s
    timeout check 10s

frontend visitors
    bind 127.0.0.1:{port}
    default_backend servers
    # said by the proxy itself, whatever a visitor sends
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto http
    http-request set-header X-Forwarded-Proto https if {{ ssl_fc }}
{rules}

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
def balancing(haproxy, port, addresses, rules=(), certificate=None):
    """Balance between servers until the block ends, by more rules if there are any; gives their address.

    With a file that holds a certificate and its key, browsers come over TLS.
    """
    listed = "\n".join(
        f"    server s{number} 127.0.0.1:{urlsplit(address).port} cookie s{number} check inter 1s fall 10"
        for number, address in enumerate(addresses, start=1)
    )
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "haproxy.cfg"
        written = "\n".join(f"    {rule}" for rule in rules)
        bound = f"{port} ssl crt {certificate}" if certificate else port
        told = _CONFIGURATION.format(port=bound, cookie=COOKIE, servers=listed, rules=written)
        configuration.write_text(told)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([haproxy, "-db", "-f", configuration], **quiet)
        try:
            address = f"http{'s' if certificate else ''}://localhost:{port}"
            _wait_for(address, certificate)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address, certificate):
    trusting = ssl.create_default_context(cafile=certificate) if certificate else None
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(f"{address}/api/health", timeout=5, context=trusting).close()
        except (OSError, urllib.error.HTTPError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
