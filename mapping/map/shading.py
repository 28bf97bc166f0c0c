"""Measure a selection in each municipality, for the map's colours."""

import pandas as pd

from mapping.arenas.measures import arenas_per_1000_children, arenas_per_municipality
from mapping.arenas.select import Selection
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import Dataset
from mapping.map import points
from mapping.swedish import swedish_order


def municipality_shading(
    selection: Selection, dataset: Dataset, *, per_1000_children: bool
) -> points.Shading:
    """Shade the municipalities by the arenas of a selection that lie in them.

    A municipality where no matching arena is listed is missing, not zero: nobody has said that there is none.

    Parameters
    ----------
    selection
        The arenas to count: those that are known to match, not those that lack a fact.
    dataset
        The dataset that was selected from.
    per_1000_children
        Divide by the children 0–15 (only active arenas are counted then); otherwise count.
    """
    arenor = dataset.arenor.loc[selection.matched]
    codes = list(MUNICIPALITIES)
    if not per_1000_children:
        counts = arenas_per_municipality(arenor, codes)
        return points.shading(
            counts.where(counts > 0),
            title="Antal arenor i kommunen som stämmer med urvalet",
            unit=("arena", "arenor"),
        )
    rate = arenas_per_1000_children(arenor, dataset.befolkning, codes)
    first, last = rate.ages
    return points.shading(
        rate.by_municipality.where(rate.by_municipality > 0),
        title="Aktiva arenor som stämmer med urvalet, per 1 000 barn",
        source=f"Barn {first}–{last} år, {rate.year}. {rate.source}"
        if rate.year
        else "Befolkningsuppgift saknas",
        decimals=1,
    )


def municipality_rows(selection: Selection, dataset: Dataset, *, per_1000_children: bool) -> pd.DataFrame:
    """Lay out what the colours tell, for people: one row a municipality, as Swedish sorts them.

    Parameters
    ----------
    selection, dataset, per_1000_children
        As for `municipality_shading`; the count always stands there, the rate if it is asked for.

    Returns
    -------
    pandas.DataFrame
        Texts, indexed by `kommunkod`: Kommun, Antal arenor and perhaps Per 1 000 barn.
    """
    by_name = sorted(MUNICIPALITIES, key=lambda code: swedish_order(MUNICIPALITIES[code]))
    columns = {"Kommun": pd.Series(MUNICIPALITIES)}
    for heading, rate in (("Antal arenor", False), ("Per 1 000 barn", True)):
        if per_1000_children or not rate:
            shade = municipality_shading(selection, dataset, per_1000_children=rate)
            columns[heading] = pd.Series(dict(shade.text)).str.removeprefix(f"{shade.title}: ")
    return pd.DataFrame(columns).loc[by_name]
