"""Datasets of a server that were never read from anywhere."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.dataset.dataset import Dataset
from mapping.errors import VersionNotFoundError
from mapping.server import map_files, open_data
from mapping.server.datasets import Datasets
from mapping.settings import Settings
from tests.conftest import DAY

_NONE: Mapping[int, Dataset] = MappingProxyType({})


class Showing(Datasets):
    """What a server has that shows one dataset, and has published others under their numbers."""

    def __init__(
        self, shown: Dataset, published: Mapping[int, Dataset] = _NONE, settings: Settings | None = None
    ) -> None:
        super().__init__(settings or Settings())
        self.shown, self.published = shown, published

    def latest(self, day: datetime.date) -> Dataset:
        return self.shown

    def by_number(self, number: int, day: datetime.date) -> Dataset:
        if number not in self.published:
            raise VersionNotFoundError(version=number)
        return self.published[number]

    def by_version(self, content_version: str, day: datetime.date) -> Dataset | None:
        return None


def routes(datasets: Datasets, base: str = "") -> list:
    """List all that is answered from the data."""
    return [
        *open_data.routes(datasets, lambda: DAY, base),
        *map_files.routes(datasets, lambda: DAY, base),
    ]


def asking(shown: Dataset) -> TestClient:
    """Give a client of a server that shows one dataset."""
    return TestClient(Starlette(routes=routes(Showing(shown))))
