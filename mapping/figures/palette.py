"""Name the colours of levels and statuses, the same on paper as on screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.verdicts.judge import UNKNOWN
from mapping.verdicts.strength import MANDATE, OLDER

INK: Final = "#16242b"
SOFT_INK: Final = "#44525a"
PAPER: Final = "#ffffff"
LINE: Final = "#8b979d"
GROUND: Final = "#f2f5f6"
ACCENT: Final = "#1b5e72"
HATCH_GROUND: Final = "#eceff0"
HATCH_LINE: Final = "#c3c9cc"
HATCH_EDGE: Final = "#7d868a"


@dataclass(frozen=True)
class Colours:
    """Fill, text and edge of something that is told by its colour, its sign and its word together."""

    fill: str
    text: str
    edge: str
    is_dashed: bool = False


def lighter(colour: str, share: float = 0.55) -> str:
    """Mix a colour with white: what must be offered is drawn in a lighter shade than what is there.

    Examples
    --------
    >>> lighter("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


STATUS: Final[Mapping[str, Colours]] = MappingProxyType(
    {
        "uppfyllt": Colours("#1a5fa8", "#ffffff", "#1a5fa8"),
        "delvis": Colours("#b9d8f2", "#0d2a44", "#5a8cb8"),
        "gap": Colours("#f3a24d", "#2b1600", "#a65c0b"),
        UNKNOWN: Colours(HATCH_GROUND, "#2c3438", HATCH_EDGE),
    }
)
"""The status scale; `underlag_saknas` is hatched besides."""

LEVEL: Final[Mapping[str, str]] = MappingProxyType(
    {"universell": "#8cc98a", "selektiv": "#f2cf4a", "indikerad": "#ee8d84"}
)
"""RISE's colours, for levels only."""

_TONE: Final = {**STATUS, **{level: Colours(fill, INK, INK) for level, fill in LEVEL.items()}}

TONE: Final[Mapping[str, Colours]] = MappingProxyType(
    {
        **_TONE,
        **{f"{code}_{MANDATE}": Colours(lighter(one.fill), INK, one.edge) for code, one in _TONE.items()},
        **{f"{code}_{OLDER}": Colours(PAPER, INK, one.edge, is_dashed=True) for code, one in _TONE.items()},
    }
)
"""Every code that has colours of its own: statuses and levels, by themselves and by strength."""
