"""Rewrite the page shell that Streamlit serves: Swedish, with the map's scripts asked for early."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STATIC_IMPORT: Final = re.compile(r"""\b(?:import|from)\s*["']\./([\w.\-]+\.js)["']""")
_SWEDISH: Final = (
    ('<html lang="en">', '<html lang="sv">'),
    ("<title>Streamlit</title>", "<title>Stödkartan</title>"),
    (
        "You need to enable JavaScript to run this app.",
        "Stödkartan behöver JavaScript. Slå på det i webbläsaren och ladda om sidan.",
    ),
)

MAP_CHUNKS: Final = (
    "BidiComponent",
    "Button",
    "Checkbox",
    "DownloadButton",
    "Html",
    "Multiselect",
    "PageLink",
    "Radio",
    "Slider",
    "TextInput",
)
"""Streamlit's own scripts that the map page needs, by the name before the hash in their file's name.

Streamlit asks for each when its first widget arrives, one after the other; asked for with the shell they are
there in time. A name that a later Streamlit lacks is passed over.
"""


def in_swedish(shell: str, preloads: Sequence[str] = ()) -> str:
    """Put a shell's language, title and words right, and have it ask for some scripts at once.

    Streamlit's shell says `lang="en"`, which makes a screen reader pronounce Swedish as English.

    Parameters
    ----------
    shell
        The page as Streamlit serves it.
    preloads
        Addresses of ES modules, relative to the shell.

    Examples
    --------
    >>> in_swedish('<html lang="en"><head></head>', ["./a.js"])
    '<html lang="sv"><head><link rel="modulepreload" crossorigin href="./a.js"></head>'
    """
    for english, swedish in _SWEDISH:
        shell = shell.replace(english, swedish)
    links = "".join(f'<link rel="modulepreload" crossorigin href="{address}">' for address in preloads)
    return shell.replace("</head>", f"{links}</head>", 1)


def script_hashes(shell: str) -> tuple[str, ...]:
    """Name the scripts that stand in a page's own text, so that a policy can allow just those.

    Examples
    --------
    >>> script_hashes("<script>let a = 1</script><script src='x.js'></script>")
    ("'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='",)
    """
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in _INLINE_SCRIPT.findall(shell))
    return tuple(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)


def with_imports(folder: Path, names: Iterable[str]) -> list[str]:
    """List the script files that begin with some names, with all that they import.

    Parameters
    ----------
    folder
        Where the scripts lie, named as `Name.hash.js`.
    names
        The parts before the first dot.

    Returns
    -------
    list
        File names, sorted.
    """
    wanted = set(names)
    found: set[str] = set()
    waiting = [path.name for path in folder.glob("*.js") if path.name.split(".")[0] in wanted]
    while waiting:
        name = waiting.pop()
        if name in found or not (folder / name).is_file():
            continue
        found.add(name)
        waiting += _STATIC_IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return sorted(found)
