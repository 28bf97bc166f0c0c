"""Measure how complete the mapping is: the share of arenas for which each fact is known."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.freshness import REVIEW_AFTER_DAYS
from mapping.swedish import swedish_order

MEASURED: Final[Mapping[str, str]] = {
    "niva": "Nivå",
    "alder": "Ålder",
    "lage": "Läge",
    "kalla": "Källa",
    "farsk": "Bekräftad senaste året",
}
"""What is measured, as it is headed in a table."""


def known_facts(dataset: Dataset, day: datetime.date) -> pd.DataFrame:
    """Tell, for each arena that is not closed, which facts are known on a day.

    A row confirmed after the day is undated to it; a coarse date counts from its first day. One column of
    booleans for each name in `MEASURED`: a level on at least one insats, both ages on at least one insats,
    own or derived coordinates, a source, and a confirmation at most 365 days old.
    """
    arenor = dataset.arenor[dataset.arenor["status"] != "stangd"]
    insatser = dataset.insatser[dataset.insatser["status"] != "stangd"]
    levels = insatser.loc[insatser["preventionsniva"].map(len) > 0, "arena_id"]
    aged = insatser.loc[insatser["alder_fran"].notna() & insatser["alder_till"].notna(), "arena_id"]
    confirmed = arenor["kontrollerad_datum_first_day"]
    today = pd.Timestamp(day)
    oldest = today - pd.Timedelta(days=REVIEW_AFTER_DAYS)
    return pd.DataFrame(
        {
            "niva": arenor.index.isin(levels),
            "alder": arenor.index.isin(aged),
            "lage": arenor["lage"].isin(["exakt", "harlett"]).to_numpy(dtype=bool),
            "kalla": (arenor["kalla"].map(len) > 0).to_numpy(dtype=bool),
            "farsk": ((confirmed >= oldest) & (confirmed <= today)).fillna(value=False).to_numpy(dtype=bool),
        },
        index=arenor.index,
    )


@lru_cache(maxsize=8)
def completeness(dataset: Dataset, day: datetime.date) -> pd.DataFrame:
    """Give the share of arenas for which each fact is known, in each municipality and in the county.

    The table is cached: read it, never change it. Indexed by kommunkod, municipalities in alphabetical order
    (å, ä, ö last) and the county (`18`) at the end. `arenor` is the number of arenas that are not closed; the
    other columns are shares 0–1. Where a municipality has no arena, its shares are missing: nothing is known,
    which is not 0 %.
    """
    known = known_facts(dataset, day)
    place = dataset.arenor.loc[known.index, "kommunkod"]
    shares = known.groupby(place).mean()
    counts = known.groupby(place).size()
    order = sorted(vocabulary.MUNICIPALITIES, key=lambda code: swedish_order(vocabulary.MUNICIPALITIES[code]))
    table = shares.reindex(order).astype(float)
    table.insert(0, "arenor", counts.reindex(order, fill_value=0).astype(int))
    # the county's share is of all its arenas, not the mean of the municipalities' shares
    whole = known.mean() if len(known) else pd.Series(np.nan, index=known.columns)
    table.loc[vocabulary.COUNTY_CODE] = [len(known), *whole.astype(float)]
    return table.astype({"arenor": int})
