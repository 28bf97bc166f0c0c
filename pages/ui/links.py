"""Link to our own pages with what a visitor has chosen carried along."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from mapping.arenas.filters import DATA, Filters
from mapping.settings import DEMO
from pages.ui.address import ARENA, FROM, PRESENTATION, SHADING, TO, VERSION, carried

_KEPT_WITH_OTHER_FILTERS = frozenset({SHADING, PRESENTATION, DATA, VERSION})
_OF_ONE_DATASET = (ARENA, "huvudman", VERSION, FROM, TO)
"""Parameters whose values mean something in one dataset only."""


def to(page: str, **changes: str | None) -> str:
    """Give the relative address of another page of ours, with what is chosen carried along."""
    query = urlencode(carried(**changes), doseq=True)
    return f"./{page}?{query}" if query else f"./{page}"


@dataclass(frozen=True)
class Links:
    """Links that carry along what is chosen now; equal if that is the same."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...]

    def __call__(self, page: str, **changes: str) -> str:
        """Give the relative address of another page of ours, as `to` does."""
        query = urlencode({**dict(self.chosen), **changes}, doseq=True)
        return f"./{page}?{query}" if query else f"./{page}"


def carrying() -> Links:
    """Give links for markup that is kept from one run to the next."""
    return Links(tuple((name, tuple(values)) for name, values in carried().items()))


def carried_with(filters: Filters) -> dict[str, list[str]]:
    """Give the parameters of a link to other filters, keeping how things are shown."""
    kept = {name: values for name, values in carried().items() if name in _KEPT_WITH_OTHER_FILTERS}
    return filters.query() | kept


def carried_to(*, example: bool) -> dict[str, list[str]]:
    """Give the parameters of a link to the made-up county, or back from it, with the same choices."""
    return carried(**dict.fromkeys(_OF_ONE_DATASET), **{DATA: DEMO if example else None})


def written(query: Mapping[str, list[str]]) -> str:
    """Write parameters as the end of an address, for a link that opens the app anew.

    Between the county's data and the made-up county such links are the only way: nothing that a visit has
    gathered comes along, and the address always says which is shown.
    """
    return f"?{urlencode(query, doseq=True)}"


def of_data() -> str:
    """Write which data is shown, a version or the made-up county, as the end of an address."""
    named = {name: st.query_params[name] for name in (DATA, VERSION) if name in st.query_params}
    return f"?{urlencode(named)}" if named else ""
