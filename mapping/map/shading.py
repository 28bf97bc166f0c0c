"""Shade the municipalities: a scale of colours, and what it measures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from mapping.arenas.measures import (
    CHILDREN_AGES,
    MIRRORS_MAPPING,
    PILES,
    arenas_per_1000_children,
    arenas_per_municipality,
    family_centre_piles,
)
from mapping.arenas.select import Selection
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import Dataset
from mapping.swedish import swedish_number, swedish_order

SHADES_LIGHT: Final = ("#f4f0f8", "#ded2ea", "#bfa8d6", "#9878ba", "#6d4b96")
SHADES_DARK: Final = ("#231d2b", "#3a2d4a", "#574370", "#7a619a", "#a78fc6")
"""From none to most. Purple: no prevention level and no verdict has it."""

MISSING_LABEL: Final = "uppgift saknas"


@dataclass(frozen=True)
class ShadeClass:
    """One step of the scale: what it says, and its fill on a light and on a dark page.

    With `dots` the fill is dotted in that colour: a second sign beside the colour.
    """

    label: str
    colour: str
    colour_dark: str
    dots: str = ""
    dots_dark: str = ""


@dataclass(frozen=True)
class Shading:
    """What the municipalities are shaded by: the steps in use, lowest first, and each ``kommunkod``'s own."""

    title: str
    source: str
    classes: tuple[ShadeClass, ...]
    step: Mapping[str, int | None]
    """Index into `classes`; None = missing, drawn as hatched grey."""
    text: Mapping[str, str]
    """Its value in words: with its unit, or else with what is measured."""
    mark: Mapping[str, str] = field(default_factory=dict)
    """What stands under its name; empty when the colours are a scale."""
    missing_label: str = MISSING_LABEL

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for the drawing."""
        return {
            "title": self.title,
            "source": self.source,
            "classes": [
                {
                    "label": one.label,
                    "colour": one.colour,
                    "colourDark": one.colour_dark,
                    "dots": one.dots,
                    "dotsDark": one.dots_dark,
                }
                for one in self.classes
            ],
            "missing": self.missing_label if None in self.step.values() else "",
            "step": dict(self.step),
            "text": dict(self.text),
            "mark": dict(self.mark),
        }


def shading(
    values: pd.Series, *, title: str, source: str = "", decimals: int = 0, unit: tuple[str, str] = ("", "")
) -> Shading:
    """Divide the municipalities into steps of a colour scale.

    Zero is a step of its own. The rest are divided by rank into at most four groups of about equal
    size; equal values (as shown, with `decimals`) are never parted. A step is labelled by the lowest
    and highest value *in it*, so that the legend says nothing that the data does not.

    The values are non-negative, on ``kommunkod``; missing = unknown. The unit, in singular and plural, is
    shown after the numbers; empty to leave it to `title`.

    Examples
    --------
    >>> values = pd.Series({"1860": 0, "1884": 3, "1880": 46, "1814": None})
    >>> shade = shading(values, title="Antal arenor", unit=("arena", "arenor"))
    >>> [step.label for step in shade.classes], shade.step["1814"], shade.text["1814"]
    (['0 arenor', '3 arenor', '46 arenor'], None, 'uppgift saknas')
    """
    shown = values.astype("float64").round(decimals)
    known = shown.dropna()
    groups = _rank_groups(sorted(set(known[known > 0].tolist())), known)
    steps = [(0.0, 0.0)] if (known == 0).any() else []
    steps += groups
    # few steps still differ clearly: the ends of the scale first
    ladder: dict[int, list[int]] = {0: [], 1: [3], 2: [1, 3], 3: [1, 2, 4], 4: [1, 2, 3, 4]}
    colours = [0] * (len(steps) - len(groups)) + ladder[len(groups)]
    classes = tuple(
        ShadeClass(_span(low, high, decimals, unit), SHADES_LIGHT[colour], SHADES_DARK[colour])
        for (low, high), colour in zip(steps, colours, strict=True)
    )
    step = {
        str(code): next((i for i, (low, high) in enumerate(steps) if low <= value <= high), None)
        for code, value in shown.items()
    }
    before = "" if any(unit) else f"{title}: "
    text = {
        str(code): before + (MISSING_LABEL if math.isnan(value) else _span(value, value, decimals, unit))
        for code, value in shown.items()
    }
    return Shading(title=title, source=source, classes=classes, step=step, text=text)


def _rank_groups(distinct: Sequence[float], known: pd.Series) -> list[tuple[float, float]]:
    """Return (lowest, highest) of at most four groups of about equal size, ties together."""
    count = min(len(SHADES_LIGHT) - 1, len(distinct))
    if count == len(distinct):
        return [(value, value) for value in distinct]
    rank = known[known > 0].rank(method="average", pct=True)
    group_of = {float(known[code]): min(count - 1, int(rank[code] * count - 1e-9)) for code in rank.index}
    groups: dict[int, list[float]] = {}
    for value in distinct:
        groups.setdefault(group_of[value], []).append(value)
    return [(min(members), max(members)) for members in groups.values()]


def _span(low: float, high: float, decimals: int, unit: tuple[str, str]) -> str:
    number = swedish_number(low, decimals)
    if low != high:
        number = f"{number}–{swedish_number(high, decimals)}"
    word = unit[0] if low == high == 1 else unit[1]
    return f"{number} {word}".rstrip()


def municipality_shading(selection: Selection, dataset: Dataset, *, per_1000_children: bool) -> Shading:
    """Shade the municipalities by the arenas of a selection that lie in them.

    A municipality where no matching arena is listed is missing, not zero: nobody has said that there is none.

    Those that lack a fact are not counted. With `per_1000_children` only active arenas are, divided by the
    children 0–15.
    """
    arenor = dataset.arenor.loc[selection.matched]
    codes = list(MUNICIPALITIES)
    if not per_1000_children:
        counts = arenas_per_municipality(arenor, codes)
        return shading(
            counts.where(counts > 0),
            title="Antal arenor i kommunen som stämmer med urvalet",
            unit=("arena", "arenor"),
        )
    rate = arenas_per_1000_children(arenor, dataset.befolkning, codes)
    first, last = CHILDREN_AGES
    return shading(
        rate.by_municipality.where(rate.by_municipality > 0),
        title="Aktiva arenor som stämmer med urvalet, per 1 000 barn",
        source=f"Barn {first}–{last} år, {rate.year}. {rate.source}. {MIRRORS_MAPPING}"
        if rate.year
        else "Befolkningsuppgift saknas",
        decimals=1,
    )


def family_centre_shading(dataset: Dataset) -> Shading:
    """Shade the municipalities by what is known of the familjecentraler in them, whatever is chosen.

    Only an active one is filled; where none is known the municipality is missing.
    """
    fills = {
        "aktiv": (SHADES_LIGHT[2], SHADES_DARK[2]),
        "planerad": (SHADES_LIGHT[0], SHADES_DARK[0], SHADES_LIGHT[4], SHADES_DARK[4]),
        "okand": ("#eceff1", "#2a3238", "#7b868c", "#8b979e"),
    }
    piles = [pile for pile in family_centre_piles(dataset.arenor) if pile.years]
    shaded = [pile for pile in piles if pile.status in fills]
    mark = {
        code: f"{PILES[pile.status]} {year}".strip() for pile in piles for code, year in pile.years.items()
    }
    return Shading(
        title="Familjecentral i kommunen, med året då uppgiften senast bekräftades",
        source="Alla familjecentraler räknas, vad som än är valt. Stängda räknas inte.",
        classes=tuple(
            ShadeClass(f"{PILES[pile.status].capitalize()}: {pile.names}", *fills[pile.status])
            for pile in shaded
        ),
        step={code: shaded.index(pile) if pile in shaded else None for pile in piles for code in pile.years},
        text={code: f"Familjecentral: {words}" for code, words in mark.items()},
        mark=mark,
        missing_label=f"{PILES['ingen'].capitalize()}: "
        + "".join(pile.names for pile in piles if pile not in shaded),
    )


def municipality_rows(
    selection: Selection, dataset: Dataset, *, per_1000_children: bool, family_centres: bool = False
) -> pd.DataFrame:
    """Lay out what the colours tell, for people: one row a municipality, as Swedish sorts them.

    Texts, indexed by `kommunkod`: Kommun, Antal arenor and, if asked for, Per 1 000 barn and Familjecentral.
    """
    by_name = sorted(MUNICIPALITIES, key=lambda code: swedish_order(MUNICIPALITIES[code]))
    columns = {"Kommun": pd.Series(MUNICIPALITIES)}
    for heading, rate in (("Antal arenor", False), ("Per 1 000 barn", True)):
        if per_1000_children or not rate:
            shade = municipality_shading(selection, dataset, per_1000_children=rate)
            columns[heading] = pd.Series(dict(shade.text)).str.removeprefix(f"{shade.title}: ")
    if family_centres:
        columns["Familjecentral"] = pd.Series(dict(family_centre_shading(dataset).mark))
    return pd.DataFrame(columns).loc[by_name]
