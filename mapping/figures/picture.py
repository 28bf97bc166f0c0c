"""Hold a picture: its drawing, its words for those who do not see it, and its frame when it travels alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapping.figures import svg
from mapping.figures.lettering import wrapped
from mapping.figures.palette import INK, PAPER, SOFT_INK

_MARGIN = 14.0
_TITLE_SIZE, _CAPTION_SIZE = 15.0, 9.0


@dataclass(frozen=True)
class Picture:
    """Something drawn from data; sizes in points."""

    name: str
    """What a file of it is called: in lower case without å, ä and ö."""
    title: str
    alt: str
    content: tuple[str, ...]
    """SVG elements with the legend inside, the origin in the upper left corner."""
    defined: str
    """What the elements refer to, such as hatched fills."""
    width: float
    height: float

    @property
    def svg(self) -> str:
        """The picture alone, for a document that says the rest beside it."""
        return svg.drawing(
            self.content,
            width=self.width,
            height=self.height,
            title=self.title,
            described=self.alt,
            defined=self.defined,
        )

    def framed(self, captions: Sequence[str]) -> "Picture":
        """Give the picture with its title above and captions below: what it needs to travel alone."""
        room = self.width
        heads = wrapped(self.title, _TITLE_SIZE, room, bold=True)
        notes = [line for caption in captions for line in wrapped(caption, _CAPTION_SIZE, room)]
        top = _MARGIN + len(heads) * _TITLE_SIZE * 1.2 + 6
        below = top + self.height + 8
        height = below + len(notes) * _CAPTION_SIZE * 1.35 + _MARGIN
        width = self.width + 2 * _MARGIN
        return replace(
            self,
            alt=" ".join((self.alt, *captions)),
            content=(
                svg.element("rect", width=width, height=height, fill=PAPER),
                *(
                    svg.text(
                        _MARGIN,
                        _MARGIN + _TITLE_SIZE * (0.9 + 1.2 * row),
                        line,
                        size=_TITLE_SIZE,
                        font_weight="bold",
                        fill=INK,
                    )
                    for row, line in enumerate(heads)
                ),
                svg.element(
                    "g", *self.content, transform=f"translate({svg.number(_MARGIN)} {svg.number(top)})"
                ),
                *(
                    svg.text(
                        _MARGIN,
                        below + _CAPTION_SIZE * (1 + 1.35 * row),
                        line,
                        size=_CAPTION_SIZE,
                        fill=SOFT_INK,
                    )
                    for row, line in enumerate(notes)
                ),
            ),
            width=width,
            height=height,
        )
