"""Serve the map's own files: the points and the municipalities of one version."""

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mapping.dataset.dataset import Dataset
from mapping.map.points import arena_features, municipality_features
from mapping.open_data.geojson import as_json
from mapping.server.datasets import Datasets, example
from mapping.server.open_data import no_such

_FOREVER: Final = {"Cache-Control": "private, max-age=31536000, immutable"}
"""Kept by the browser, but by no proxy: what is hidden one day would stay there."""


def routes(datasets: Datasets, today: Callable[[], datetime.date], base: str = "") -> list[BaseRoute]:
    """List the map's files; parameters as of `mapping.server.open_data.routes`.

    Each stands under its version's name, so that a browser may keep it for good.
    """

    def answering(write: Callable[[Dataset], bytes]) -> Callable[[Request], Response]:
        def answered(request: Request) -> Response:
            asked, _, _ = request.path_params["version"].partition("-")  # see `Dataset.view`
            at_hand = (datasets.latest(today()), example(datasets.settings))
            shown = next((one for one in at_hand if one.version == asked), None)
            shown = shown or datasets.by_version(asked, today())
            if shown is None:
                return no_such(request)
            return Response(write(shown), media_type="application/json", headers=_FOREVER)

        return answered

    return [
        Route(f"{base}/map/{{version}}/points.json", answering(points)),
        Route(f"{base}/map/{{version}}/municipalities.json", answering(municipalities)),
    ]


@lru_cache(maxsize=4)
def points(dataset: Dataset) -> bytes:
    """Write the map's arenas as the browser reads them."""
    return as_json(arena_features(dataset.arenor))


@lru_cache(maxsize=4)
def municipalities(dataset: Dataset) -> bytes:
    """Write the map's municipalities as the browser reads them."""
    return as_json(municipality_features(dataset.municipalities))
