"""Name the pages, in the order of the links to them."""

from collections.abc import Mapping
from typing import Final

FIRST: Final = "oversikt"
"""The page that stands at the server's own address."""

PAGES: Final[Mapping[str, tuple[str, str]]] = {
    FIRST: ("Översikt", "home"),
    "karta": ("Karta", "map"),
    "tackning": ("Uppväxten", "child_care"),
    "mal": ("Målmatris", "grid_on"),
    "organisation": ("Stödjande organisation", "groups"),
    "kommun": ("Kommunblad", "description"),
    "rapporter": ("Rapporter", "print"),
    "uppdatera": ("Uppdatera", "upload_file"),
    "versioner": ("Versioner", "history"),
    "om": ("Om", "info"),
}
"""Each page's title and Material symbol, by the name of its file and in the address."""

TITLES: Final = {"" if name == FIRST else name: title for name, (title, _) in PAGES.items()}
"""The pages' titles by what their addresses end with."""
