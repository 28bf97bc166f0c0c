"""Give the map's drawing as one script and one style sheet, for the app and for a map saved as one file."""

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_IN_ORDER = (
    "words.js",
    "symbols.js",
    "spread.js",
    "points.js",
    "municipalities.js",
    "arena_layer.js",
    "page_parts.js",
    "legend.js",
    "map.js",
)
_STREAMLIT = ("focus.js", "component.js")
_OWN_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[a-z_]+\.js";\n', re.MULTILINE)


@cache
def script(*, streamlit: bool = True) -> str:
    """Join the modules into one: a script that is not loaded from an address cannot import its neighbours.

    With the adapter, whose default export Streamlit calls; without it there is only ``createMap(…)``.
    """
    names = (*_IN_ORDER, *_STREAMLIT) if streamlit else _IN_ORDER
    return "\n".join(_OWN_IMPORT.sub("", (_HERE / name).read_text(encoding="utf-8")) for name in names)


@cache
def focus_script() -> str:
    """Give what carries the focus to what was opened, for other components that open things."""
    return (_HERE / "focus.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """Give the style sheet of the map and its legend."""
    return (_HERE / "map.css").read_text(encoding="utf-8")
