"""Answer other programs: the open data, the map's own files, the server's health."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from mapping import maps, tables, vocabulary
from mapping.current import earlier, example
from mapping.dataset import Dataset
from mapping.filters import Rejected, Selection, asks_for_example, from_query, select
from mapping.settings import DEMO_DAY, SHIPPED_STRATEGY
from mapping.strategy import Strategy, read
from mapping.verdicts import Verdict, judge
from mapping.worlds import Wave

GEOJSON: Final = "application/geo+json"
_OPEN: Final = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
LONGEST_NUMBER: Final = 10
"""Digits of a version's number, at most one less: more cannot be one."""
_LIST_COLUMNS: Final = ("betjanar_kommuner", "huvudman", "kalla")


def _shipped_strategy() -> Strategy:
    return read(SHIPPED_STRATEGY)


def _no_version(_: int | str) -> Dataset | None:
    return None


def routes(  # noqa: PLR0913 - what it answers from, one thing each
    dataset: Callable[[], Dataset],
    *,
    demo: Callable[[], Dataset] = example,
    strategy: Callable[[], Strategy] = _shipped_strategy,
    version: Callable[[int], Dataset | None] = _no_version,
    named: Callable[[str], Dataset | None] = _no_version,
    before: Callable[[Dataset], Dataset | None] = earlier,
) -> list[BaseRoute]:
    """List what the server answers beside the pages.

    Parameters
    ----------
    dataset
        Gives the dataset to answer from, at each request.
    demo
        Gives the made-up county, for addresses with `data=demo`.
    strategy
        Gives the strategy to judge by.
    version
        Gives a published version by its number, for addresses with `version=`; None if there is none.
    named
        Gives a dataset by its version's name, for the map's files; None if there is none.
    before
        Gives the wave before a dataset, to compare with.
    """

    def answering(answer: Callable[[Request, Dataset], Response]) -> Callable[[Request], Response]:
        """Answer from the data that the address asks for."""

        def answered(request: Request) -> Response:
            wants_example, rejected = asks_for_example(_query(request))
            if rejected:
                return _refusal(rejected)
            asked = request.query_params.get("version", "").strip()
            if asked and not wants_example:
                found = version(int(asked)) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else None
                takes = "numret på en publicerad version"
                return answer(request, found) if found else _bad_parameter(_fault("version", asked, takes))
            return answer(request, demo() if wants_example else dataset())

        return answered

    def gaps(request: Request, shown: Dataset) -> Response:
        return _gaps(request, shown, strategy(), before(shown))

    def map_points(request: Request) -> Response:
        return _map_file(request, (dataset, demo), named, points)

    def map_municipalities(request: Request) -> Response:
        return _map_file(request, (dataset, demo), named, municipalities)

    return [
        Route("/api/health", answering(_health)),
        Route("/api/arenas.geojson", answering(_arenas_geojson)),
        Route("/api/arenas.csv", answering(_arenas_csv)),
        Route("/api/gaps.json", answering(gaps)),
        Route("/api/{rest:path}", _no_such),
        Route("/map/{version}/points.json", map_points),
        Route("/map/{version}/municipalities.json", map_municipalities),
        Mount("/leaflet", StaticFiles(directory=leaflet.BASE_DIR)),
    ]


def _health(_: Request, dataset: Dataset) -> Response:
    state: dict[str, Any] = {"status": "ok", "version": dataset.version}
    return JSONResponse(state | ({"exempeldata": True} if dataset.example else {}), headers=_OPEN)


def _arenas_geojson(request: Request, dataset: Dataset) -> Response:
    return _selected(request, dataset, _geojson)


def _arenas_csv(request: Request, dataset: Dataset) -> Response:
    return _selected(request, dataset, _csv)


def feature_collection(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    """Write arenas as GeoJSON (RFC 7946), with the contract's codes as properties.

    An arena without coordinates of its own has no geometry (`null`, RFC 7946 § 3.2): a point somewhere in its
    municipality would be read as a fact. `lage` says how exact a point is. Missing facts are `null`.
    `exempeldata` says whether it is all made up.
    """
    shown = selection.shown
    rows = tables.contract_rows(dataset, shown)
    offers = tables.offered(dataset).reindex(shown)
    for column in _LIST_COLUMNS:
        rows[column] = list(dataset.arenor.loc[shown, column])
    for column in ("insatser", "preventionsniva", "alder_fran", "alder_till"):
        rows[column] = offers[column].to_numpy()
    unknown = set(selection.unknown)
    return {
        "type": "FeatureCollection",
        "dataversion": dataset.version,
        "titel": dataset.title,
        "urval": selection.filters.sentence,
        "exempeldata": dataset.example,
        "features": [_feature(row, unknown, example=dataset.example) for row in rows.to_dict("records")],
    }


def _feature(row: dict[Any, Any], unknown: set[str], *, example: bool) -> dict[str, Any]:
    properties = {name: _plain(value) for name, value in row.items() if name not in {"lat", "lon"}}
    properties["uppgift_saknas"] = row["arena_id"] in unknown
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


def _selected(
    request: Request, dataset: Dataset, write: Callable[[Dataset, Selection], tuple[bytes, str, str]]
) -> Response:
    filters, rejected = from_query(_query(request))
    if rejected:
        return _refusal(rejected)
    body, media_type, suffix = write(dataset, select(dataset, filters))
    name = tables.file_name(dataset, "arenor", suffix)
    disposition = f'attachment; filename="{name}"' if suffix == "csv" else f'inline; filename="{name}"'
    return Response(body, media_type=media_type, headers={**_OPEN, "Content-Disposition": disposition})


def _query(request: Request) -> Mapping[str, list[str]]:
    return {name: request.query_params.getlist(name) for name in request.query_params}


GAP_PARAMETERS: Final[Mapping[str, str]] = {
    "datum": "dagen som bedömningen gäller, till exempel 2026-06-01; utan val i dag",
    "aldre": "`ja` räknar även äldre uppgifter",
}
"""The parameters of `/api/gaps.json`, with what each takes."""


def _gaps(request: Request, dataset: Dataset, strategy: Strategy, before: Dataset | None) -> Response:
    """Answer with every verdict on a day."""
    query = request.query_params
    faults = [
        _fault(name, value, GAP_PARAMETERS[name])
        for name, read_ in (("datum", _day), ("aldre", _yes))
        if (value := query.get(name, "").strip()) and read_(value) is None
    ]
    if faults:
        return _bad_parameter(*faults)
    today = DEMO_DAY if dataset.example else datetime.datetime.now(tz=datetime.UTC).date()
    day = _day(query.get("datum", "").strip()) or today
    include_older = bool(_yes(query.get("aldre", "").strip()))
    previous = Wave.of(before, day) if before else None
    verdicts = judge(dataset, strategy, day, previous=previous, include_older=include_older)
    return Response(
        _as_json(verdict_collection(dataset, strategy, day, verdicts, include_older=include_older)),
        media_type="application/json",
        headers=_OPEN,
    )


def verdict_collection(
    dataset: Dataset,
    strategy: Strategy,
    day: datetime.date,
    verdicts: Iterable[Verdict],
    *,
    include_older: bool,
) -> dict[str, Any]:
    """Write verdicts as open data: what was judged, when and by what, and one row a verdict.

    Parameters
    ----------
    dataset, strategy, day
        What was judged.
    verdicts
        As `mapping.verdicts.judge` gives them.
    include_older
        Whether older rows were counted.
    """
    return {
        "dataversion": dataset.version,
        "titel": dataset.title,
        "exempeldata": dataset.example,
        "strategi": strategy.title,
        "datum": day.isoformat(),
        "aldre": include_older,
        "verdicts": [verdict.row() for verdict in verdicts],
    }


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2026-06-01") else None
    except ValueError:
        return None


def _yes(text: str) -> bool | None:
    return {"ja": True, "nej": False}.get(text.casefold())


def _fault(parameter: str, value: str, takes: str) -> dict[str, str]:
    message = f"”{value}” går inte att använda som {parameter}. Skriv {takes}."
    return {"parameter": parameter, "value": value, "message": message}


def _geojson(dataset: Dataset, selection: Selection) -> tuple[bytes, str, str]:
    return _as_json(feature_collection(dataset, selection)), GEOJSON, "geojson"


def _csv(dataset: Dataset, selection: Selection) -> tuple[bytes, str, str]:
    rows = tables.contract_rows(dataset, selection.shown)
    rows["dataversion"] = dataset.version
    if dataset.example:
        rows.insert(0, "exempeldata", vocabulary.EXAMPLE_MARK)
    return tables.write_csv(rows), "text/csv; charset=utf-8", "csv"


def _bad_parameter(*faults: dict[str, str]) -> Response:
    return JSONResponse({"error": "okand_parameter", "faults": faults}, status_code=400, headers=_OPEN)


def _refusal(rejected: tuple[Rejected, ...]) -> Response:
    return _bad_parameter(
        *({"parameter": r.parameter, "value": r.value, "message": r.message} for r in rejected)
    )


def _no_such(_: Request) -> Response:
    message = "Adressen finns inte. Öppna data beskrivs på sidan Om."
    return JSONResponse({"error": "finns_inte", "message": message}, status_code=404, headers=_OPEN)


def _map_file(
    request: Request,
    datasets: Iterable[Callable[[], Dataset]],
    named: Callable[[str], Dataset | None],
    write: Callable[[Dataset], bytes],
) -> Response:
    """Serve a file of the map under its version, so that a browser may keep it for good."""
    asked = request.path_params["version"]
    shown = next((dataset for dataset in (give() for give in datasets) if dataset.version == asked), None)
    shown = shown or named(asked)
    if shown is None:
        return _no_such(request)
    return Response(write(shown), media_type="application/json", headers=_FOREVER)


@lru_cache(maxsize=4)
def points(dataset: Dataset) -> bytes:
    """Write the map's arenas as the browser reads them."""
    return _as_json(maps.arena_features(dataset.arenor))


@lru_cache(maxsize=4)
def municipalities(dataset: Dataset) -> bytes:
    """Write the map's municipalities as the browser reads them."""
    return _as_json(maps.municipality_features(dataset.municipalities))


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
