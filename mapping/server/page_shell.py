"""Rewrite the page shell that Streamlit serves in Swedish, and answer 404 where it stands for no page."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_NEEDS_SCRIPT: Final = (
    "<noscript><p>Stödkartan behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.</p></noscript>"
)


@dataclass(frozen=True)
class PageShell:
    """What a browser gets in place of Streamlit's shell, which Streamlit serves at every unknown address."""

    streamlits: str
    """The shell as Streamlit serves it."""
    pages: Mapping[str, str]
    """The pages' titles by their names in the address."""
    base: str = ""
    """From `mapping.server.routes.base_path`."""

    @cached_property
    def swedish(self) -> str:
        """The shell with its language, title and words put right.

        Streamlit's says `lang="en"`, which makes a screen reader pronounce Swedish as English. Nor does its
        client know where the server is: below `/karta` it asks `/karta/_stcore/health` first, and gets a 404.
        It also offers to record the screen wherever a browser can.
        """
        told = (
            f"window.__streamlit = {{ BACKEND_BASE_URL: location.origin + {json.dumps(self.base + '/')} }}; "
            "if (navigator.mediaDevices) navigator.mediaDevices.getDisplayMedia = undefined"
        )
        shell = self.streamlits.replace('<html lang="en">', '<html lang="sv">')
        shell = shell.replace("<title>Streamlit</title>", f"<title>Stödkartan</title><script>{told}</script>")
        return _NO_SCRIPT.sub(_NEEDS_SCRIPT, shell)

    def answer(self, text: str, path: str, query: str) -> tuple[int | None, str]:
        """Give the text, and the status if it is another, for a page that Streamlit serves as `text`."""
        if text != self.streamlits:
            return None, text
        if path.removeprefix(self.base).strip("/") in self.pages:
            return None, self.swedish
        return 404, _not_found().render(path=path, base=self.base, pages=self.pages, query=query)


@cache
def _not_found() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "not_found.html"
    )


def script_hashes(shell: str) -> tuple[str, ...]:
    """Name the scripts that stand in a page's own text, so that a policy can allow just those.

    Examples
    --------
    >>> script_hashes("<script>let a = 1</script><script src='x.js'></script>")
    ("'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='",)
    """
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in _INLINE_SCRIPT.findall(shell))
    return tuple(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
