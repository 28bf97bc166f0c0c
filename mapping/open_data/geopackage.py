"""Write arenas, what they offer and the municipalities as a GeoPackage, for QGIS and its like."""

import tempfile
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio

from mapping.contract import vocabulary
from mapping.contract.schema import INSATSER, LIST_JOINER
from mapping.dataset.dataset import Dataset
from mapping.open_data.geojson import arena_facts

CRS: Final = "EPSG:4326"
_GEOMETRY: Final = {"arenor": "Point", "kommuner": "MultiPolygon"}


def geopackage(dataset: Dataset) -> bytes:
    """Write the layers `arenor` (points), `insatser` (no geometry) and `kommuner` (polygons).

    WGS 84; only the dataset's public view. An arena without coordinates of its own is a row without geometry.
    Every row names the data version, and says if it is made up; lists are texts with ` | ` between.
    """
    insatser = dataset.insatser.reset_index()
    own_columns = [column.name for column in INSATSER.columns if column.name in insatser]
    layers = {
        "arenor": (_arenor(dataset), "Arenor"),
        "insatser": (_marked(_flat(insatser[own_columns]), dataset), "Insatser"),
        "kommuner": (_municipalities(dataset), "Kommuner (gränser: SCB)"),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arenor.gpkg"
        for name, (frame, title) in layers.items():
            geometry = {"geometry_type": _GEOMETRY[name]} if name in _GEOMETRY else {}
            pyogrio.write_dataframe(
                frame,
                path,
                layer=name,
                driver="GPKG",
                append=False,
                layer_options={"IDENTIFIER": title, "DESCRIPTION": _about(dataset)},
                **geometry,
            )
        return path.read_bytes()


def _arenor(dataset: Dataset) -> gpd.GeoDataFrame:
    rows = _marked(_flat(arena_facts(dataset, dataset.arenor.index)), dataset)
    points = gpd.points_from_xy(rows["lon"], rows["lat"])
    placed = rows["lat"].notna().to_numpy()
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(points, crs=CRS).where(placed))


def _municipalities(dataset: Dataset) -> gpd.GeoDataFrame:
    codes = list(dataset.municipalities)
    rows = pd.DataFrame(
        {"kommunkod": codes, "kommun": [vocabulary.MUNICIPALITIES.get(code, code) for code in codes]}
    )
    shapes = gpd.GeoSeries([dataset.municipalities[code] for code in codes], crs=CRS)
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=CRS)


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Give lists as texts, and whole numbers as whole numbers: the format knows no lists."""
    return pd.DataFrame({name: _flat_column(frame[name]) for name in frame}, index=frame.index)


def _flat_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if column.name in {"alder_fran", "alder_till"}:
        return column.astype("Int64")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    texts = [
        LIST_JOINER.join(value) or None
        if isinstance(value, list | tuple)
        else None
        if pd.isna(value)
        else str(value)
        for value in column.tolist()
    ]
    return pd.Series(texts, index=column.index, dtype="str")


def _marked(frame: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    mark = {"exempeldata": vocabulary.EXAMPLE_MARK} if dataset.example else {}
    return frame.assign(dataversion=dataset.version, **mark)


def _about(dataset: Dataset) -> str:
    about = f"{dataset.title}, dataversion {dataset.version}{dataset.dated}."
    return f"{vocabulary.EXAMPLE_MARK}. {about}" if dataset.example else about
