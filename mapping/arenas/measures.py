"""Measure how much support each of some municipalities has, for the map's shading.

Frames in, series out on the index that was asked for. Unknown is missing, never 0.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.swedish import either, swedish_order

_ADDRESS = re.compile(r":?\s*https?://\S+")

MIRRORS_MAPPING: Final = "Måttet speglar hur väl en kommun är kartlagd, inte hur mycket stöd som finns där."
"""What must stand beside arenas per 1 000 children."""

PILES: Final[Mapping[str, str]] = {
    "aktiv": "aktiv",
    "planerad": "planerad",
    "okand": "okänd status",
    "ingen": "ingen känd",
}
"""What is known of a municipality's familjecentraler, the best of them first."""

CHILDREN_AGES = (0, 15)
"""The age span of "children" in the rates: the one the population source publishes, ends included."""


@dataclass(frozen=True)
class Rate:
    """A rate per municipality, with the population that it was divided by."""

    by_municipality: pd.Series
    """On the index of the municipal codes that were asked for; missing where unknown."""
    year: int | None
    """The population's (31 December); None where no year has the span for all of them."""
    source: str
    """As the data says but without web addresses; empty when unknown."""


def arenas_per_municipality(arenor: pd.DataFrame, kommunkoder: Sequence[str]) -> pd.Series:
    """Count the arenas that lie in each municipality.

    Arenas of the whole county (18) are counted in none, nor does serving one from elsewhere count. A
    municipality without arenas has 0: nothing is listed there, which is known.

    Examples
    --------
    >>> arenor = pd.DataFrame({"kommunkod": ["1880", "1880", "1884", "18"]})
    >>> arenas_per_municipality(arenor, ["1880", "1884", "1860"]).to_dict()
    {'1880': 2, '1884': 1, '1860': 0}
    """
    index = pd.Index(list(kommunkoder), name="kommunkod", dtype="str")
    count = arenor["kommunkod"].value_counts()
    return count.reindex(index, fill_value=0).astype("int64").rename("arenor")


@dataclass(frozen=True)
class Pile:
    """The municipalities whose best familjecentral has a status, or which have none that is known."""

    status: str
    """A code in `PILES`."""
    years: Mapping[str, str]
    """kommunkod → the year in which somebody last confirmed one; empty where that is not known."""

    @property
    def names(self) -> str:
        """Name them with the year, as Swedish sorts them."""
        named = sorted(self.years, key=lambda code: swedish_order(MUNICIPALITIES[code]))
        told = (
            MUNICIPALITIES[code] + (f" ({self.years[code]})" if self.years[code] else "") for code in named
        )
        return either(told, last="och")


def family_centre_piles(arenor: pd.DataFrame) -> tuple[Pile, ...]:
    """Sort every municipality into one of `PILES` by the familjecentraler that lie in it.

    Closed ones count for nothing, nor do those elsewhere that serve it.
    """
    centres = arenor[arenor["arenatyp"] == "familjecentral"]
    piles: dict[str, dict[str, str]] = {status: {} for status in PILES}
    for code in MUNICIPALITIES:
        own = centres[centres["kommunkod"] == code]
        best = next((status for status in PILES if (own["status"] == status).any()), "ingen")
        dates = own.loc[own["status"] == best, "kontrollerad_datum"].dropna().astype("str")
        piles[best][code] = max(dates.str[:4], default="")
    return tuple(Pile(status, years) for status, years in piles.items())


def family_centre_sentence(arenor: pd.DataFrame) -> str:
    """Say which municipalities have a familjecentral, which do not, and of which it is not known."""
    active, planned, unknown, none = family_centre_piles(arenor)
    told = (
        (none, "Ingen familjecentral är känd i"),
        (planned, "En är planerad i"),
        (unknown, "En har okänd status i"),
        (active, "Aktiv finns i"),
    )
    said = [f"{words} {pile.names}." for pile, words in told if pile.years]
    return f"{' '.join(said)} Året säger när uppgiften senast bekräftades."


def arenas_per_1000_children(
    arenor: pd.DataFrame, befolkning: pd.DataFrame, kommunkoder: Sequence[str]
) -> Rate:
    """Count the active arenas per 1 000 children in each municipality.

    ``rate = active arenas in the municipality × 1 000 / children in it``, with children the persons
    of exactly `CHILDREN_AGES` on 31 December of the newest year that has that span for *all* of
    `kommunkoder` (spans are never added up, years never mixed). Only status ``aktiv`` counts:
    planned, closed and unknown arenas cannot be visited for sure. A municipality without children
    has no rate; without such a year none has. It mirrors how well a municipality is mapped, not how much
    support there is (`MIRRORS_MAPPING`). Source: SCB by way of Regionfakta, see ``data/KALLOR.md``.

    Examples
    --------
    >>> arenor = pd.DataFrame({"kommunkod": ["1880", "1880", "1884"], "status": ["aktiv", "stangd", "aktiv"]})
    >>> befolkning = pd.DataFrame(
    ...     [["1880", 2023, 0, 15, 2000, "SCB"], ["1884", 2023, 0, 15, 500, "SCB"],
    ...      ["1880", 2024, 0, 15, 9, "SCB"]],
    ...     columns=["kommunkod", "ar", "alder_fran", "alder_till", "antal", "kalla"],
    ... )
    >>> rate = arenas_per_1000_children(arenor, befolkning, ["1880", "1884"])
    >>> rate.year, rate.by_municipality.to_dict()
    (2023, {'1880': 0.5, '1884': 2.0})
    """
    people = population(befolkning, kommunkoder)
    active = arenas_per_municipality(arenor.loc[arenor["status"] == "aktiv"], kommunkoder)
    children = people.by_municipality
    # no children gives no rate, where pandas would give infinity
    rate = (active * 1000 / children.where(children > 0)).rename("arenor_per_1000_barn")
    return Rate(rate, people.year, people.source)


def population(befolkning: pd.DataFrame, kommunkoder: Sequence[str]) -> Rate:
    """Count the children of exactly `CHILDREN_AGES`, in the newest year that has them for all."""
    index = pd.Index(list(kommunkoder), name="kommunkod", dtype="str")
    spans = befolkning.loc[
        (befolkning["alder_fran"] == CHILDREN_AGES[0])
        & (befolkning["alder_till"] == CHILDREN_AGES[1])
        & befolkning["antal"].notna()
        & befolkning["kommunkod"].isin(index)
    ]
    # years are never mixed, nor spans added up: a rate would compare children of different ages
    covered = spans.groupby("ar")["kommunkod"].nunique()
    complete = covered.index[covered == len(index)] if len(index) else covered.index[:0]
    if len(complete) == 0:
        return Rate(pd.Series(float("nan"), index=index, name="antal", dtype="float64"), None, "")
    year = int(complete.max())
    rows = spans.loc[spans["ar"] == year].drop_duplicates("kommunkod").set_index("kommunkod").reindex(index)
    return Rate(rows["antal"].astype("float64"), year, _sources(rows["kalla"]))


def _sources(cells: pd.Series) -> str:
    """Name each source once; a cell holds one text or several."""
    named: dict[str, None] = {}
    for cell in cells:
        for text in cell if isinstance(cell, list | tuple) else [cell]:
            if isinstance(text, str) and (words := _ADDRESS.sub("", text).strip()):
                named[words] = None
    return " | ".join(named)
