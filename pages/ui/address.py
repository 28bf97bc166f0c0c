"""Keep what a visitor has chosen in the address, so that a link shows a colleague the same view.

Codes stand in the address, as in the open data: the map's address with `/karta` replaced by
`/api/arenas.csv` gives the same rows. Streamlit's `bind="query-params"` would write the labels instead, and
would drop the choices on every page that does not draw the widget.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from mapping.arenas.filters import (
    DATA,
    PARAMETERS,
    Filters,
    Rejected,
    asks_for_example,
    from_query,
    whole_number,
)

ARENA, PLACE, SHADING, PRESENTATION = "arena", "visa_kommun", "farglagg", "presentation"
DATE, BEFORE, KIND = "datum", "jamfor", "typ"
BASIS, OLDER, JUDGED_ON = "underlag", "aldre", "dag"
VERSION, FROM, TO = "version", "fran", "till"
CELL, AREA, STATUS_SHOWN, COLUMNS = "ruta", "malomrade", "bedomning", "kolumner"
KNOWLEDGE, THEME = "kunskapsbas", "tema"
_OURS = (
    *(*PARAMETERS, ARENA, PLACE, SHADING, PRESENTATION, DATA, DATE, BEFORE, KIND, BASIS, OLDER, JUDGED_ON),
    *(VERSION, FROM, TO, CELL, AREA, STATUS_SHOWN, COLUMNS, KNOWLEDGE, THEME),
)


def carried(**changes: str | None) -> dict[str, list[str]]:
    """Give every parameter of ours in the address, with some changed or (`None`) left out, for a link."""
    present = set(st.query_params)  # asked once: Streamlit counts every look into its own
    kept = {name: st.query_params.get_all(name) for name in _OURS if name in present}
    for name, value in changes.items():
        kept.pop(name, None)
        if value is not None:
            kept[name] = [value]
    return kept


def example() -> tuple[bool, tuple[Rejected, ...]]:
    """Tell whether the address asks for the made-up county, with what could not be understood."""
    return asks_for_example({name: st.query_params.get_all(name) for name in st.query_params})


def filters() -> tuple[Filters, tuple[Rejected, ...]]:
    """Read the filters in the address, with what could not be understood."""
    return from_query({name: st.query_params.get_all(name) for name in st.query_params})


def write_filters(chosen: Filters) -> None:
    """Put filters in the address in place of those that stand there."""
    others = {name: values for name, values in carried().items() if name not in PARAMETERS}
    _replace(chosen.query() | others)


def choice(name: str) -> str | None:
    """Read one parameter of ours; nothing chosen is `None`."""
    return st.query_params.get(name) or None


def number(name: str) -> int | None:
    """Read one parameter of ours that is a whole number; None for what is none, or too long to be one."""
    return whole_number(choice(name) or "")


def choices(name: str) -> tuple[str, ...]:
    """Read every value of one parameter of ours."""
    return tuple(st.query_params.get_all(name)) if name in st.query_params else ()


def choose_several(name: str, values: Sequence[str]) -> None:
    """Set every value of one parameter of ours in the address; none takes it away."""
    kept = {other: given for other, given in carried().items() if other != name}
    _replace(kept | ({name: list(values)} if values else {}))


def choose(name: str, value: str | None) -> None:
    """Set one parameter of ours in the address, or take it away."""
    if choice(name) != value:
        _replace(carried(**{name: value}))


def presenting() -> bool:
    """Tell whether the pages are shown to a room: `?presentation=ja`."""
    return choice(PRESENTATION) == "ja"


def _replace(query: Mapping[str, list[str]]) -> None:
    st.query_params.from_dict(query)
