"""Show whoever starts the server the link to publish with, where nobody can sign in."""

import os
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit import cli_util, config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.web.server import server_util

from mapping.server.own_link import OwnLink, is_own_computer
from mapping.settings import PROJECT
from pages.ui.frame import sign_in

own_link: Final = OwnLink()


def show() -> Path | None:
    """Print the link, and open it where there is a screen; give a file that must not be left behind.

    There is no link where visitors sign in, where other computers reach the server, or where what is printed
    goes to systemd's journal, which others read.
    """
    with suppress(StreamlitSecretNotFoundError):
        address = config.get_option("server.address")
        if sign_in.is_offered() or not is_own_computer(address) or _is_journal():
            return None
        link = server_util.get_url(address) + own_link.offer(config.get_option("server.port"))
        sys.stdout.write(f"  Öppna länken om du ska publicera. Den fungerar en gång:\n  {link}\n\n")
        sys.stdout.flush()
        return None if config.get_option("server.headless") else _open(link)
    return None


def is_opened() -> bool:
    """Tell whether this visitor has opened the link."""
    return own_link.is_known(st.context.cookies, st.context.headers)


def _is_journal() -> bool:
    journal = os.environ.get("JOURNAL_STREAM")
    with suppress(OSError, ValueError):  # standard output need not be a file
        stream = os.fstat(sys.stdout.fileno())
        return journal == f"{stream.st_dev}:{stream.st_ino}"
    return False


def _open(link: str) -> Path | None:
    """Open the link by a file that only its owner reads: every user sees the arguments of a command."""
    with suppress(OSError):
        place = PROJECT / "local"
        place.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=place, suffix=".html", delete=False) as file:
            file.write(f'<meta http-equiv="refresh" content="0;url={link}">')
        path = Path(file.name)
        threading.Thread(target=cli_util.open_browser, args=[path.as_uri()], daemon=True).start()
        return path
    return None
