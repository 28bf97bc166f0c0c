"""Write SVG elements, with every text and attribute escaped."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr  # they write XML and read none  # nosec B406

from mapping.figures.palette import HATCH_GROUND, HATCH_LINE

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FONT: Final = "'Source Sans Pro', 'Source Sans 3', Arial, sans-serif"
"""The reports' typeface first; a computer without it takes the next."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Leave out the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)


def words(text: str) -> str:
    """Write text as an element's content, without signs that XML cannot hold.

    Examples
    --------
    >>> words("Mor & barn <3")
    'Mor &amp; barn &lt;3'
    """
    return escape(legal(text))


def element(tag: str, *content: str, **attributes: str | float) -> str:
    """Write an element. Underscores in a name become hyphens; numbers get two decimals at most.

    Examples
    --------
    >>> element("rect", x=1.004, stroke_width=2, fill="#fff")
    '<rect x="1" stroke-width="2" fill="#fff"/>'
    """
    named = "".join(
        f" {name.rstrip('_').replace('_', '-')}="
        + (quoteattr(legal(value)) if isinstance(value, str) else f'"{number(value)}"')
        for name, value in attributes.items()
    )
    inside = "".join(content)
    return f"<{tag}{named}>{inside}</{tag}>" if inside else f"<{tag}{named}/>"


def number(value: float) -> str:
    """Write a number with two decimals at most.

    Examples
    --------
    >>> number(2.0), number(1.237), number(-0.001)
    ('2', '1.24', '0')
    """
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def text(x: float, y: float, written: str, *, size: float, **attributes: str | float) -> str:
    """Write one line of text with its baseline at `y`; size in points."""
    return element("text", words(written), x=x, y=y, font_size=size, **attributes)


def polygon(corners: Iterable[tuple[float, float]], **attributes: str | float) -> str:
    """Draw a closed shape."""
    return element("path", d=closed(corners), **attributes)


def closed(corners: Iterable[tuple[float, float]]) -> str:
    """Write a closed path through corners."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"


def hatch(name: str) -> str:
    """Define a hatched fill, for what is not known."""
    return element(
        "pattern",
        element("rect", width=5, height=5, fill=HATCH_GROUND),
        element("rect", width=2, height=5, fill=HATCH_LINE),
        id=name,
        width=5,
        height=5,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def drawing(  # noqa: PLR0913 - what an svg element states
    content: Sequence[str], *, width: float, height: float, title: str, described: str, defined: str = ""
) -> str:
    """Write a whole picture, sizes in points, with its name and its words for those who do not see it."""
    return element(
        "svg",
        element("title", words(title)),
        element("desc", words(described)),
        element("defs", defined) if defined else "",
        *content,
        xmlns=NAMESPACE,
        width=f"{number(width)}pt",
        height=f"{number(height)}pt",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        font_family=FONT,
    )
