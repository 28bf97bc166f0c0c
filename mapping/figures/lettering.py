"""Measure and break lines of text in the reports' typeface, so that words stay inside what is drawn."""

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from PIL import ImageFont

_DRAWN_AT: Final = 100


def directory() -> Path:
    """Give the directory with the typeface's files."""
    return Path(str(resources.files("font_source_sans_pro") / "files"))


@lru_cache(maxsize=2)
def _face(*, bold: bool) -> ImageFont.FreeTypeFont:
    name = "SourceSansPro-Bold.ttf" if bold else "SourceSansPro-Regular.ttf"
    return ImageFont.truetype(str(directory() / name), _DRAWN_AT)


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Give how wide a line of text is, in points."""
    return float(_face(bold=bold).getlength(text)) * size / _DRAWN_AT


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines no wider than `room` points; a word that is wider is broken, too.

    Examples
    --------
    >>> wrapped("Stöd under hela uppväxten", 10, 60)
    ('Stöd under', 'hela', 'uppväxten')
    """
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size, bold=bold) <= room:
            lines[-1] = joined
            continue
        rest = word
        while width(rest, size, bold=bold) > room and len(rest) > 1:
            fits = next(
                (n for n in range(len(rest) - 1, 1, -1) if width(rest[:n], size, bold=bold) <= room), 1
            )
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return tuple(lines)
