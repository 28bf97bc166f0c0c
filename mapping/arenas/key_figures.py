"""Sum up a dataset in a few figures, for the first page."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.arenas.filters import DEFAULT_STATUS
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


def key_figures(dataset: Dataset) -> tuple[Figure, ...]:
    """Count arenas, insatser and familjecentraler, each with what is not known about them.

    Closed arenas and insatser are not counted.
    """
    arenor = dataset.arenor[dataset.arenor["status"].isin(DEFAULT_STATUS)]
    insatser = dataset.insatser[dataset.insatser["status"].isin(DEFAULT_STATUS)]
    centres = arenor[arenor["arenatyp"] == "familjecentral"]
    no_level = int((insatser["preventionsniva"].map(len) == 0).sum())
    no_ages = int((insatser["alder_fran"].isna() | insatser["alder_till"].isna()).sum())
    places = arenor.loc[arenor["kommunkod"] != "18", "kommunkod"].nunique()
    return (
        Figure(
            len(arenor),
            "arenor",
            f"i {places} {'kommun' if places == 1 else 'kommuner'}; {_statuses(arenor['status'])}",
        ),
        Figure(len(insatser), "insatser", f"{no_level} saknar nivå, {no_ages} saknar ålder"),
        Figure(len(centres), "familjecentraler", _statuses(centres["status"])),
    )


def _statuses(status: "pd.Series[str]") -> str:
    counts = status.value_counts()
    told = [(int(counts.get(code, 0)), one, many) for code, one, many in _STATUS_WORDS]
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in told if count)
