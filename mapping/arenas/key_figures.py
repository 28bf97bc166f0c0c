"""Sum up a dataset in a few figures, and in the prevention pyramid.

The pyramid is RISE's, in the regional strategy's figure 1.
"""

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mapping.arenas.filters import DEFAULT_STATUS, LEVELS, Filters
from mapping.arenas.measures import family_centre_sentence
from mapping.arenas.select import select
from mapping.contract.vocabulary import COUNTY_CODE
from mapping.dataset.dataset import Dataset

_STATUS_WORDS: Final = (
    ("aktiv", "aktiv", "aktiva"),
    ("planerad", "planerad", "planerade"),
    ("okand", "med okänd status", "med okänd status"),
)


@dataclass(frozen=True)
class Figure:
    """One key figure: a number, what it counts, what it leaves out."""

    number: int
    label: str
    remark: str


@dataclass(frozen=True)
class Step:
    """One step of the pyramid, with the filter that selects exactly the arenas it counts."""

    level: str
    label: str
    arenas: int
    filters: Filters


def key_figures(dataset: Dataset) -> tuple[Figure, ...]:
    """Count the arenas, insatser and familjecentraler that are not closed, with what is unknown of each."""
    arenor = dataset.arenor[dataset.arenor["status"].isin(DEFAULT_STATUS)]
    insatser = dataset.insatser[dataset.insatser["status"].isin(DEFAULT_STATUS)]
    centres = arenor[arenor["arenatyp"] == "familjecentral"]
    no_level = int((insatser["preventionsniva"].map(len) == 0).sum())
    no_ages = int((insatser["alder_fran"].isna() | insatser["alder_till"].isna()).sum())
    places = arenor.loc[arenor["kommunkod"] != COUNTY_CODE, "kommunkod"].nunique()
    whole_county = int((arenor["kommunkod"] == COUNTY_CODE).sum())
    unplaced = int((arenor["lage"] == "ingen").sum())
    closed = len(dataset.arenor) - len(arenor)
    apart = (
        (whole_county, "i hela länet"),
        (unplaced, "utan plats på kartan"),
        (closed, "till är stängda och räknas inte"),
    )
    return (
        Figure(
            len(arenor),
            "arenor",
            "; ".join(
                (
                    f"i {places} {'kommun' if places == 1 else 'kommuner'}",
                    _statuses(arenor["status"]),
                    *(f"{count} {words}" for count, words in apart if count),
                )
            ),
        ),
        Figure(len(insatser), "insatser", f"{no_level} saknar nivå, {no_ages} saknar ålder"),
        Figure(
            len(centres),
            "familjecentraler",
            f"{_statuses(centres['status'])}. {family_centre_sentence(dataset.arenor)}",
        ),
    )


def _statuses(status: "pd.Series[str]") -> str:
    counts = status.value_counts()
    counted = [(int(counts.get(code, 0)), one, many) for code, one, many in _STATUS_WORDS]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counted if count)


def pyramid(dataset: Dataset, within: Filters | None = None) -> tuple[Step, ...]:
    """Count the arenas that offer something on each level, and those whose level nobody states.

    An arena with insatser on two levels is counted on both; the steps do not add up to the whole. Other
    choices than the level may be made in `within`. The last step is `Nivå okänd`.
    """
    steps = []
    for level, label in LEVELS.items():
        filters = replace(within or Filters(), preventionsniva=(level,), visa_okanda=False)
        steps.append(Step(level, label, len(select(dataset, filters).matched), filters))
    return tuple(steps)
