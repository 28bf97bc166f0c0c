"""Turn a picture into PNG, by the same engine that sets the reports."""

from functools import cache
from typing import TYPE_CHECKING, Final

from mapping.figures.lettering import directory
from mapping.figures.picture import Picture

if TYPE_CHECKING:
    import typst

PIXELS_PER_INCH: Final = 200
_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


@cache
def fonts() -> "typst.Fonts":
    """Give the typefaces of reports, read once: the same on every machine, so none of the system's own."""
    import typst  # noqa: PLC0415 - 7 MB that a page without a picture does without

    return typst.Fonts(include_system_fonts=False, font_paths=[str(directory())])


def png(picture: Picture, *, pixels_per_inch: int = PIXELS_PER_INCH) -> bytes:
    """Paint a picture on white paper."""
    import typst  # noqa: PLC0415

    painted = typst.compile(
        _PAGE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": picture.svg},
        format="png",
        ppi=pixels_per_inch,
    )
    return painted if isinstance(painted, bytes) else painted[0]
