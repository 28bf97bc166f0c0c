"""Start Debian's Chromium so that it can reach no host but this one: the same for tests and benchmarks."""

import os
import shutil

CHROMIUM = (
    os.environ.get("STODKARTAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # nothing but this computer; a Playwright route would do, but turns the browser's cache off and costs
    # 10 ms a request, a second each page
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def launch(playwright):
    """Start it; whoever starts it closes it."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
