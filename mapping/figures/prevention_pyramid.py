"""Draw the prevention pyramid: arenas on each level, and beside it those whose level nobody states."""

from collections.abc import Sequence
from typing import Final

from mapping.arenas.key_figures import Step
from mapping.figures import svg
from mapping.figures.palette import HATCH_EDGE, INK, LEVEL, SOFT_INK
from mapping.figures.picture import Picture
from mapping.swedish import either

_HATCH: Final = "sk-pyramid-unknown"
_NARROWEST: Final = 0.15


def pyramid_picture(steps: Sequence[Step]) -> Picture:
    """Draw the steps, the widest level lowest; a step's width says its level, never how many there are."""
    wide, step_height = 420.0, 58.0
    levels = [one for one in reversed(steps) if one.level in LEVEL]
    others = [one for one in steps if one.level not in LEVEL]
    content: list[str] = []
    y = 0.0
    for place, one in enumerate(levels):
        shares = [_NARROWEST + (1 - _NARROWEST) * (place + k) / max(len(levels), 1) for k in (0, 1)]
        upper, lower = (share * wide / 2 for share in shares)
        middle = wide / 2
        top, foot = [(middle - upper, y), (middle + upper, y)], y + step_height
        corners = [*top, (middle + lower, foot), (middle - lower, foot)]
        content.append(svg.polygon(corners, fill=LEVEL[one.level], stroke=INK, stroke_width=1))
        content += _words(one, middle, y + step_height * 0.42)
        y += step_height + 3
    for one in others:
        y += 5
        content.append(
            svg.element(
                "rect",
                x=0.5,
                y=y,
                width=wide - 1,
                height=step_height * 0.7,
                fill=f"url(#{_HATCH})",
                stroke=HATCH_EDGE,
            )
        )
        content += _words(one, wide / 2, y + step_height * 0.27)
        y += step_height * 0.7
    note = "En arena kan finnas på flera nivåer, så talen kan inte läggas ihop."
    content.append(svg.text(0, y + 15, note, size=9, fill=SOFT_INK))
    counts = either((f"{one.label.lower()} {one.arenas}" for one in steps), last="och")
    return Picture(
        name="preventionspyramiden",
        title="Arenor på varje preventionsnivå",
        alt=f"Pyramid med antal arenor på varje nivå: {counts}. {note}",
        content=tuple(content),
        defined=svg.hatch(_HATCH),
        width=wide,
        height=y + 22,
    )


def _words(one: Step, x: float, y: float) -> list[str]:
    count = f"{one.arenas} {'arena' if one.arenas == 1 else 'arenor'}"
    return [
        svg.text(x, y, one.label, size=11, font_weight="bold", fill=INK, text_anchor="middle"),
        svg.text(x, y + 15, count, size=12, fill=INK, text_anchor="middle"),
    ]
