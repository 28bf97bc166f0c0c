"""Lay out arenas as rows: on screen, in a file for Excel, as open data."""

from functools import lru_cache
from typing import Final

import pandas as pd

from mapping.arenas.filters import HITS
from mapping.arenas.select import Selection
from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, LIST_JOINER
from mapping.dataset.dataset import Dataset
from mapping.swedish import span

UNKNOWN: Final = "uppgift saknas"
"""What stands in a cell for people when the fact is not known."""

HIT: Final = "Träff"
"""The heading of how surely an arena is what was asked for."""

CONTRACT_COLUMNS: Final = tuple(
    column.name for column in ARENOR.columns if column.name not in {"sweref_n", "sweref_e"}
)
"""The contract's columns that are handed out; a position is given in WGS 84 alone."""


def arena_rows(dataset: Dataset, arena_ids: pd.Index) -> pd.DataFrame:
    """Lay out arenas for people: Swedish headings and labels, `uppgift saknas` where nothing is known.

    Texts, in the order of `arena_ids`. Ålder is the widest span that the arena's insatser state, in years.
    """
    return _every_row(dataset).loc[arena_ids]


def selected_rows(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Lay out the arenas to show as `arena_rows` does, with how surely each one is what was asked for.

    Without that column where nothing was asked that may be unknown.
    """
    rows = arena_rows(dataset, selection.shown)
    if selection.filters.facts:
        rows.insert(1, HIT, selection.hits.map(HITS))
    return rows


@lru_cache(maxsize=4)  # a filter then only picks rows
def _every_row(dataset: Dataset) -> pd.DataFrame:
    arenor = dataset.arenor
    offers = offered(dataset).reindex(arenor.index)
    rows = pd.DataFrame(
        {
            "Namn": arenor["namn"],
            "Typ": arenor["arenatyp"].map(vocabulary.ARENA_TYPE),
            "Kommun": arenor["kommun"],
            "Nivå": offers["preventionsniva"].map(
                lambda codes: ", ".join(vocabulary.PREVENTION_LEVEL[code] for code in codes),
                na_action="ignore",
            ),
            "Ålder": [
                pd.NA if pd.isna(first) else f"{span(int(first), int(last))} år"
                for first, last in zip(offers["alder_fran"], offers["alder_till"], strict=True)
            ],
            "Huvudman": arenor["huvudman"].map(", ".join),
            "Status": arenor["status"].map(vocabulary.STATUS),
            "Läge": arenor["lage"].map(vocabulary.POSITION_ACCURACY),
            "Underlag": arenor["belagg"].map(vocabulary.EVIDENCE),
            "Senast bekräftad": arenor["kontrollerad_datum"],
        },
        index=arenor.index,
    ).astype("str")
    return rows.where(rows.notna() & (rows != ""), UNKNOWN)


def offered(dataset: Dataset) -> pd.DataFrame:
    """Summarise what each arena offers, from its insatser that are not closed.

    Indexed by `arena_id`, only those with such insatser: `insatser` (names, list), `preventionsniva` (codes
    in order, list), `alder_fran` and `alder_till` (whole years, lowest and highest among the insatser that
    state both; missing when none does).
    """
    insatser = dataset.insatser[dataset.insatser["status"] != "stangd"]
    both = insatser["alder_fran"].notna() & insatser["alder_till"].notna()
    arena = insatser["arena_id"]
    return pd.DataFrame(
        {
            "insatser": insatser["namn"].groupby(arena).agg(list),
            "preventionsniva": insatser["preventionsniva"]
            .groupby(arena)
            .agg(
                lambda lists: [
                    code for code in vocabulary.PREVENTION_LEVEL if any(code in one for one in lists)
                ]
            ),
            "alder_fran": insatser["alder_fran"].where(both).groupby(arena).min(),
            "alder_till": insatser["alder_till"].where(both).groupby(arena).max(),
        }
    )


def excel_rows(
    dataset: Dataset, arena_ids: pd.Index, *, sentence: str, hits: "pd.Series[str] | None" = None
) -> pd.DataFrame:
    """Lay out the rows of the screen's table for Excel, with address, sources, choice and data version.

    The choice is the filter's sentence, with how surely each arena is what it asks for (`Selection.hits`) if
    that is given. Made-up data is marked in the first column.
    """
    arenor = dataset.arenor.loc[arena_ids]
    rows = arena_rows(dataset, arena_ids)
    offers = offered(dataset).reindex(arena_ids)
    rows["Insatser"] = offers["insatser"].map(", ".join, na_action="ignore").astype("str")
    for heading, column in (("Adress", "adress"), ("Postnummer", "postnummer"), ("Ort", "ort")):
        rows[heading] = arenor[column]
    rows["Betjänar också"] = arenor["betjanar_kommuner"].map(
        lambda codes: ", ".join(vocabulary.AREAS[code] for code in codes)
    )
    rows["Latitud"], rows["Longitud"] = arenor["lat"], arenor["lon"]
    rows["Webbplats"] = arenor["webbplats"]
    rows["Källor"] = arenor["kalla"].map(LIST_JOINER.join)
    rows["Anmärkning"] = arenor["anmarkning"]
    rows["Id"] = arena_ids
    if hits is not None:
        rows[HIT] = hits.loc[arena_ids].map(HITS)
    # on each row, so that a copied row still says where it comes from
    rows["Urval"] = sentence
    rows["Dataversion"] = dataset.version
    if dataset.example:
        rows.insert(0, "Exempeldata", vocabulary.EXAMPLE_MARK)
    return rows


def file_name(dataset: Dataset, what: str, suffix: str) -> str:
    """Name a file that is saved from a dataset: what it holds, which version, whether it is made up.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> file_name(SimpleNamespace(example=False, version="1f0c"), "arenor", "csv")
    'stodkartan-arenor-1f0c.csv'
    """
    mark = "EXEMPELDATA-" if dataset.example else ""
    return f"stodkartan-{mark}{what}-{dataset.version}.{suffix}"


def contract_rows(dataset: Dataset, arena_ids: pd.Index) -> pd.DataFrame:
    """Lay out arenas with the data contract's columns and codes, as far as they may be shown to anyone.

    Coordinates stand only where they are the arena's own or those it is derived from: a position that only
    the map chose, at a locality or in a municipality, is nobody's fact. `lage` says which.
    """
    arenor = dataset.arenor.loc[arena_ids].reset_index(names="arena_id")
    placed = arenor["lage"].isin(["exakt", "harlett"])
    rows = arenor.reindex(columns=[*CONTRACT_COLUMNS, "lage"])
    rows["lat"], rows["lon"] = arenor["lat"].where(placed), arenor["lon"].where(placed)
    for column in ("betjanar_kommuner", "huvudman", "kalla"):
        rows[column] = arenor[column].map(LIST_JOINER.join)
    return rows
