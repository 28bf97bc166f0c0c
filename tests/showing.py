"""Datasets of a server that were never read from anywhere."""

from types import MappingProxyType

from starlette.applications import Starlette
from starlette.testclient import TestClient

from mapping.errors import VersionNotFoundError
from mapping.server import map_files, open_data
from mapping.server.datasets import Datasets
from mapping.settings import Settings
from tests.conftest import DAY

_NONE = MappingProxyType({})


class Showing(Datasets):
    """What a server has that shows one dataset, and has published others under their numbers."""

    def __init__(self, shown, published=_NONE, settings=None):
        super().__init__(settings or Settings())
        self.shown, self.published = shown, published

    def latest(self, day):
        return self.shown

    def by_number(self, number, day):
        if number not in self.published:
            raise VersionNotFoundError(version=number)
        return self.published[number]

    def by_version(self, content_version, day):
        return None


def routes(datasets, base=""):
    """List all that is answered from the data."""
    return [*open_data.routes(datasets, lambda: DAY, base), *map_files.routes(datasets, lambda: DAY, base)]


def asking(shown):
    """Give a client of a server that shows one dataset."""
    return TestClient(Starlette(routes=routes(Showing(shown))))
