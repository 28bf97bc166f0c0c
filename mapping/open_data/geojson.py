"""Write arenas as GeoJSON (RFC 7946)."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from mapping.arenas.filters import PROVED
from mapping.arenas.rows import contract_rows, offered
from mapping.arenas.select import Selection
from mapping.dataset.dataset import Dataset

_LIST_COLUMNS: Final = ("betjanar_kommuner", "huvudman", "kalla")


def feature_collection(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    """Describe arenas as GeoJSON, with the contract's codes as properties.

    An arena without coordinates of its own has no geometry (`null`, RFC 7946 § 3.2): a point somewhere in its
    municipality would be read as a fact. `lage` says how exact a point is. Missing facts are `null`. `traff`
    is the arena's code in `mapping.arenas.filters.HITS`; `uppgift_saknas` says whether it is not the proved.
    `exempeldata` says whether it is all made up. Only the dataset's public view is used.
    """
    rows = arena_facts(dataset, selection.shown)
    rows["traff"] = selection.hits.to_numpy()
    return {
        "type": "FeatureCollection",
        "dataversion": dataset.version,
        "titel": dataset.title,
        "urval": selection.filters.sentence,
        "exempeldata": dataset.example,
        "features": [_feature(row, example=dataset.example) for row in rows.to_dict("records")],
    }


def arena_facts(dataset: Dataset, arena_ids: pd.Index) -> pd.DataFrame:
    """Lay out arenas in order: `contract_rows`, its lists as lists, with the columns of `offered`."""
    rows = contract_rows(dataset, arena_ids)
    offers = offered(dataset).reindex(arena_ids)
    for column in _LIST_COLUMNS:
        rows[column] = list(dataset.arenor.loc[arena_ids, column])
    for column in ("insatser", "preventionsniva", "alder_fran", "alder_till"):
        rows[column] = offers[column].to_numpy()
    return rows


def as_json(value: Mapping[str, Any]) -> bytes:
    """Write plain values as JSON, in UTF-8 and without spaces."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _feature(row: dict[Any, Any], *, example: bool) -> dict[str, Any]:
    properties = {name: _plain(value) for name, value in row.items() if name not in {"lat", "lon"}}
    properties["uppgift_saknas"] = row["traff"] != PROVED
    if example:
        # QGIS drops what stands beside the features, so each must tell of itself
        properties["exempeldata"] = True
    has_point = not (pd.isna(row["lat"]) or pd.isna(row["lon"]))
    point = {"type": "Point", "coordinates": [round(float(row["lon"]), 6), round(float(row["lat"]), 6)]}
    return {
        "type": "Feature",
        "id": row["arena_id"],
        "geometry": point if has_point else None,
        "properties": properties,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return list(value) or None
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
