"""Read the scripts and styles of our components, as text.

Streamlit loads a component's script from no address, so that it cannot import its neighbours.
"""

from pathlib import Path

from mapping.map import browser

_HERE = Path(__file__).parent


def text(name: str) -> str:
    """Give a file of this folder, or of one in it."""
    return (_HERE / name).read_text(encoding="utf-8")


def with_elements(name: str) -> str:
    """Give a script after what it shares with the other tables."""
    return "\n".join((browser.focus_script(), text("elements.js"), text(name)))
