"""Answer other programs: the open data, the map's own files, the server's health."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from mapping.arenas.filters import Rejected, asks_for_example, from_query
from mapping.arenas.rows import contract_rows, file_name
from mapping.arenas.select import Selection, select
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import compiled_sources
from mapping.map.points import arena_features, municipality_features
from mapping.open_data.bundle import open_data_zip
from mapping.open_data.dcat import Catalogue, catalogue_rdf
from mapping.open_data.geojson import as_json, feature_collection
from mapping.server.datasets import earlier, example
from mapping.settings import DEMO_DAY, SHIPPED_STRATEGY, Settings
from mapping.tables.excel_csv import write_csv
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import Verdict, judge
from mapping.verdicts.strategy import Strategy, read

GEOJSON: Final = "application/geo+json"
_OPEN: Final = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
LONGEST_NUMBER: Final = 10
"""Digits of a version's number, at most one less: more cannot be one."""


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
    settings: Settings | None = None,
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
    settings
        Who publishes, and how to reach them.
    """
    own = settings or Settings()

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

    def whole(request: Request, shown: Dataset) -> Response:
        return _described(request, shown, own, _zip)

    def catalogue(request: Request, shown: Dataset) -> Response:
        return _described(request, shown, own, _rdf)

    def map_points(request: Request) -> Response:
        return _map_file(request, (dataset, demo), named, points)

    def map_municipalities(request: Request) -> Response:
        return _map_file(request, (dataset, demo), named, municipalities)

    return [
        Route("/api/health", answering(_health)),
        Route("/api/arenas.geojson", answering(_arenas_geojson)),
        Route("/api/arenas.csv", answering(_arenas_csv)),
        Route("/api/gaps.json", answering(gaps)),
        Route("/api/dataset.zip", answering(whole)),
        Route("/api/dcat.rdf", answering(catalogue)),
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


def _described(
    request: Request,
    dataset: Dataset,
    settings: Settings,
    write: Callable[[Dataset, Settings, Catalogue], Response],
) -> Response:
    """Answer with what names its own address."""
    address = quote(str(request.base_url), safe=":/[]%")
    asked = {
        name: request.query_params[name].strip()
        for name in ("data", "version")
        if name in request.query_params
    }
    query = f"?{urlencode(asked)}" if asked else ""
    return write(dataset, settings, Catalogue(address, settings.publisher, settings.contact, query))


def _zip(dataset: Dataset, settings: Settings, catalogue: Catalogue) -> Response:
    compiled = () if dataset.example else compiled_sources(settings.data)
    packed = open_data_zip(dataset, compiled, catalogue)
    name = file_name(dataset, "data", "zip")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(packed, media_type="application/zip", headers={**_OPEN, **disposition})


def _rdf(dataset: Dataset, _: Settings, catalogue: Catalogue) -> Response:
    return Response(catalogue_rdf(dataset, catalogue), media_type="application/rdf+xml", headers=_OPEN)


def _selected(
    request: Request, dataset: Dataset, write: Callable[[Dataset, Selection], tuple[bytes, str, str]]
) -> Response:
    filters, rejected = from_query(_query(request))
    if rejected:
        return _refusal(rejected)
    body, media_type, suffix = write(dataset, select(dataset, filters))
    name = file_name(dataset, "arenor", suffix)
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
        as_json(verdict_collection(dataset, strategy, day, verdicts, include_older=include_older)),
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
        As `mapping.verdicts.judge.judge` gives them.
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
    return as_json(feature_collection(dataset, selection)), GEOJSON, "geojson"


def _csv(dataset: Dataset, selection: Selection) -> tuple[bytes, str, str]:
    rows = contract_rows(dataset, selection.shown)
    rows["dataversion"] = dataset.version
    if dataset.example:
        rows.insert(0, "exempeldata", vocabulary.EXAMPLE_MARK)
    return write_csv(rows), "text/csv; charset=utf-8", "csv"


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
    return as_json(arena_features(dataset.arenor))


@lru_cache(maxsize=4)
def municipalities(dataset: Dataset) -> bytes:
    """Write the map's municipalities as the browser reads them."""
    return as_json(municipality_features(dataset.municipalities))
