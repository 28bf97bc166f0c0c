"""Answer other programs: the open data, the gaps, the server's health."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from mapping.arenas.filters import Rejected, asks_for_example, from_query, whole_day, whole_number
from mapping.arenas.rows import contract_rows, file_name
from mapping.arenas.select import Selection, select
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import compiled_sources
from mapping.errors import VersionNotFoundError, WithdrawnVersionError
from mapping.open_data.dcat import Catalogue, catalogue_rdf
from mapping.open_data.geojson import as_json, feature_collection
from mapping.server.datasets import Datasets, example
from mapping.settings import DEMO_DAY, Settings
from mapping.tables.excel_csv import write_csv
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import Verdict, judge
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strategy_file import read
from mapping.verdicts.strength import BASIS, OLDER, OLDER_ROWS, PROVED

GEOJSON: Final = "application/geo+json"
_OPEN: Final = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


def routes(datasets: Datasets, today: Callable[[], datetime.date], base: str = "") -> list[BaseRoute]:
    """List what the server answers other programs, under its base path; `today` is asked at each request."""

    def answering(answer: Callable[[Request, Dataset], Response]) -> Callable[[Request], Response]:
        """Answer from the data that the address asks for."""

        def answered(request: Request) -> Response:
            wants_example, rejected = asks_for_example(_query(request))
            if rejected:
                return _refusal(rejected)
            if wants_example:
                return answer(request, example(datasets.settings))
            asked = request.query_params.get("version", "").strip()
            if not asked:
                return answer(request, datasets.latest(today()))
            try:
                found = _published(datasets, asked, today())
            except WithdrawnVersionError as error:
                told = {"error": "aterkallad", "message": str(error)}
                return JSONResponse(told, status_code=410, headers=_OPEN)
            takes = "numret på en publicerad version"
            return answer(request, found) if found else _bad_parameter(_fault("version", asked, takes))

        return answered

    def gaps(request: Request, shown: Dataset) -> Response:
        return _gaps(request, shown, read(datasets.settings.strategy), datasets.wave_before(shown))

    def whole(request: Request, shown: Dataset) -> Response:
        return _zip(shown, datasets.settings, _catalogue(request, datasets.settings, base))

    def catalogue(request: Request, shown: Dataset) -> Response:
        return _rdf(shown, _catalogue(request, datasets.settings, base))

    answers: dict[str, Callable[[Request, Dataset], Response]] = {
        "health": _health,
        "arenas.geojson": _arenas_geojson,
        "arenas.csv": _arenas_csv,
        "gaps.json": gaps,
        "dataset.zip": whole,
        "dcat.rdf": catalogue,
    }
    return [
        *(Route(f"{base}/api/{name}", answering(answer)) for name, answer in answers.items()),
        Route(f"{base}/api/{{rest:path}}", no_such),
    ]


def _published(datasets: Datasets, asked: str, day: datetime.date) -> Dataset | None:
    """Give a published version; None where there is none with that number, or where it is no number."""
    number = whole_number(asked)
    if datasets.settings.database is None or number is None:
        return None
    try:
        return datasets.by_number(number, day)
    except VersionNotFoundError:
        return None


def _health(_: Request, dataset: Dataset) -> Response:
    state: dict[str, Any] = {"status": "ok", "version": dataset.version}
    return JSONResponse(state | ({"exempeldata": True} if dataset.example else {}), headers=_OPEN)


def _arenas_geojson(request: Request, dataset: Dataset) -> Response:
    return _selected(request, dataset, _geojson)


def _arenas_csv(request: Request, dataset: Dataset) -> Response:
    return _selected(request, dataset, _csv)


def _catalogue(request: Request, settings: Settings, base: str) -> Catalogue:
    """Tell the metadata where it was asked for."""
    address = quote(f"{str(request.base_url).rstrip('/')}{base}/", safe=":/[]%")
    asked = {
        name: request.query_params[name].strip()
        for name in ("data", "version")
        if name in request.query_params
    }
    query = f"?{urlencode(asked)}" if asked else ""
    return Catalogue(address, settings.publisher, settings.contact, query)


def _zip(dataset: Dataset, settings: Settings, catalogue: Catalogue) -> Response:
    from mapping.open_data.bundle import open_data_zip  # noqa: PLC0415 - the GeoPackage's GDAL takes 35 MB

    compiled = () if dataset.example else compiled_sources(settings.data)
    packed = open_data_zip(dataset, compiled, catalogue)
    name = file_name(dataset, "data", "zip")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(packed, media_type="application/zip", headers={**_OPEN, **disposition})


def _rdf(dataset: Dataset, catalogue: Catalogue) -> Response:
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
    "underlag": "belagt, uppdrag eller aldre: hur svagt något får vara känt; utan val belagt",
    "aldre": "`ja` räknar även äldre uppgifter, men inte uppdrag",
}
"""The parameters of `/api/gaps.json`, with what each takes."""


def _gaps(request: Request, dataset: Dataset, strategy: Strategy, before: Dataset | None) -> Response:
    """Answer with every verdict on a day."""
    query = request.query_params
    faults = [
        _fault(name, value, GAP_PARAMETERS[name])
        for name, read_ in (("datum", whole_day), ("aldre", _yes), ("underlag", _basis))
        if (value := query.get(name, "").strip()) and read_(value) is None
    ]
    if faults:
        return _bad_parameter(*faults)
    today = DEMO_DAY if dataset.example else datetime.datetime.now(tz=datetime.UTC).date()
    day = whole_day(query.get("datum", "").strip()) or today
    include_older = bool(_yes(query.get("aldre", "").strip()))
    basis = _basis(query.get("underlag", "").strip()) or (OLDER_ROWS if include_older else PROVED)
    previous = Wave.of(before, day) if before else None
    verdicts = judge(dataset, strategy, day, previous=previous, basis=basis)
    return Response(
        as_json(verdict_collection(dataset, strategy, day, verdicts, basis=basis)),
        media_type="application/json",
        headers=_OPEN,
    )


def verdict_collection(
    dataset: Dataset,
    strategy: Strategy,
    day: datetime.date,
    verdicts: Iterable[Verdict],
    *,
    basis: str,
) -> dict[str, Any]:
    """Write verdicts as open data: what was judged, when and by what, and one row a verdict."""
    return {
        "dataversion": dataset.version,
        "titel": dataset.title,
        "exempeldata": dataset.example,
        "strategi": strategy.title,
        "datum": day.isoformat(),
        "aldre": basis in {OLDER_ROWS, OLDER},
        "underlag": basis,
        "verdicts": [verdict.row() for verdict in verdicts],
    }


def _basis(text: str) -> str | None:
    return text.casefold() if text.casefold() in BASIS else None


def _yes(text: str) -> bool | None:
    return {"ja": True, "nej": False}.get(text.casefold())


def _fault(parameter: str, value: str, takes: str) -> dict[str, str]:
    message = f"”{value}” går inte att använda som {parameter}. Skriv {takes}."
    return {"parameter": parameter, "value": value, "message": message}


def _geojson(dataset: Dataset, selection: Selection) -> tuple[bytes, str, str]:
    return as_json(feature_collection(dataset, selection)), GEOJSON, "geojson"


def _csv(dataset: Dataset, selection: Selection) -> tuple[bytes, str, str]:
    rows = contract_rows(dataset, selection.shown)
    rows["traff"] = selection.hits.to_numpy()
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


def no_such(_: Request) -> Response:
    """Answer an address that is none of ours."""
    message = "Adressen finns inte. Öppna data beskrivs på sidan Om."
    return JSONResponse({"error": "finns_inte", "message": message}, status_code=404, headers=_OPEN)
