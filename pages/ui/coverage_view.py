"""Draw the strips of Uppväxten: all municipalities side by side, or one with the insatser behind it."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from mapping.coverage import STATES, Coverage, Municipality, rows
from mapping.supporting import Phase
from pages.ui import address, markup

_PAGE = "tackning.py"
_STYLE = Path(__file__).with_name("coverage.css")
_SIDE_BY_SIDE = 2


def legend(shown: Coverage, *, typical: bool) -> None:
    """Draw what the strips' signs mean."""
    st.html(_STYLE)
    markup.show("coverage_legend", states=STATES, counts_older=shown.counts_older, typical=typical)


def municipalities(shown: Coverage, *, typical: bool) -> None:
    """Draw every listed municipality, each with a link to its details."""
    listed = shown.listed
    for first in range(0, len(listed), _SIDE_BY_SIDE):
        columns = st.columns(_SIDE_BY_SIDE, gap="large")
        for column, municipality in zip(columns, listed[first:], strict=False):
            with column:
                markup.show("coverage_card", **_drawn(shown, municipality, typical=typical))
                st.page_link(
                    _PAGE,
                    label=f"Visa insatserna i {municipality.kommun}",
                    query_params=address.carried(**{address.PLACE: municipality.kommunkod}),
                )


def municipality(shown: Coverage, one: Municipality, phases: tuple[Phase, ...], *, typical: bool) -> None:
    """Draw one municipality large, with the insatser of each phase under it."""
    st.page_link(
        _PAGE,
        label="Visa alla kommuner",
        icon=":material/arrow_back:",
        query_params=address.carried(**{address.PLACE: None}),
    )
    markup.show("coverage_large", **_drawn(shown, one, typical=typical))
    markup.show("coverage_phases", municipality=one, phases=phases, link=_map_link)


def table(shown: Coverage, *, typical: bool) -> None:
    """Draw the strips' twin: the same in words."""
    frame = rows(shown, typical=typical)
    markup.show("coverage_table", columns=list(frame), rows=frame.to_dict("records"))


def _drawn(shown: Coverage, municipality: Municipality, *, typical: bool) -> dict[str, object]:
    return {"municipality": municipality, "phases": shown.phases, "typical": typical}


def _map_link(arena_id: str) -> str:
    return "./karta?" + urlencode(
        address.carried(**{address.ARENA: arena_id, address.PLACE: None}), doseq=True
    )
