"""Rewrite the page shell that Streamlit serves in Swedish, and name its scripts for the security policy."""

import base64
import hashlib
import re
from typing import Final

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SWEDISH: Final = (
    ('<html lang="en">', '<html lang="sv">'),
    ("<title>Streamlit</title>", "<title>Stödkartan</title>"),
    (
        "You need to enable JavaScript to run this app.",
        "Stödkartan behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
    ),
)


def in_swedish(shell: str) -> str:
    """Put a shell's language, title and words right, as Streamlit serves it.

    Streamlit's shell says `lang="en"`, which makes a screen reader pronounce Swedish as English.

    Examples
    --------
    >>> in_swedish('<html lang="en"><head></head>')
    '<html lang="sv"><head></head>'
    """
    for english, swedish in _SWEDISH:
        shell = shell.replace(english, swedish)
    return shell


def script_hashes(shell: str) -> tuple[str, ...]:
    """Name the scripts that stand in a page's own text, so that a policy can allow just those.

    Examples
    --------
    >>> script_hashes("<script>let a = 1</script><script src='x.js'></script>")
    ("'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='",)
    """
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in _INLINE_SCRIPT.findall(shell))
    return tuple(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
