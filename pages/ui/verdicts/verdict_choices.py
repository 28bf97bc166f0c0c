"""Let a visitor choose verdicts; the choices live in the address."""

import streamlit as st

from mapping.contract import vocabulary
from mapping.verdicts.judge import STATUS
from mapping.verdicts.matrix import EVERY_AREA, MatrixChoice
from mapping.verdicts.strategy import Strategy
from pages.ui import address, choices

_BY_PART = "lansdelar"


def choice_form(strategy: Strategy) -> tuple[MatrixChoice, bool]:
    """Draw the choices in the sidebar; return them, and whether columns are parts of the county.

    The address decides, as for the filters of the map; a presentation shows what the address says.
    """
    asked = _asked(strategy)
    if not address.presenting():
        with st.sidebar:
            st.header("Välj bedömningar", anchor=False)
            areas = {str(EVERY_AREA): "Alla", **{str(n): f"{n}. {t}" for n, t in strategy.areas.items()}}
            _one("Målområde", address.AREA, areas, str(asked[0].area), default=str(EVERY_AREA))
            choices.several_in_address("matrix", "lansdel", "Länsdel", vocabulary.COUNTY_PART, asked[0].parts)
            choices.several_in_address("matrix", address.STATUS_SHOWN, "Bedömning", STATUS, asked[0].statuses)
            columns = {"kommuner": "Kommuner", _BY_PART: "Länsdelar"}
            chosen = _BY_PART if asked[1] else "kommuner"
            _one("Kolumner", address.COLUMNS, columns, chosen, default="kommuner")
    return asked


def _asked(strategy: Strategy) -> tuple[MatrixChoice, bool]:
    area = address.number(address.AREA)
    return (
        MatrixChoice(
            area=area if area is not None and area in strategy.areas else EVERY_AREA,
            parts=tuple(code for code in vocabulary.COUNTY_PART if code in address.choices("lansdel")),
            statuses=tuple(code for code in STATUS if code in address.choices(address.STATUS_SHOWN)),
        ),
        address.choice(address.COLUMNS) == _BY_PART,
    )


def _one(label: str, name: str, options: dict[str, str], asked: str, *, default: str) -> None:
    key = f"matrix_{name}"
    st.session_state[key] = asked

    def changed() -> None:
        value = st.session_state[key]
        address.choose(name, None if value == default else value)

    st.radio(label, list(options), key=key, format_func=lambda code: options[code], on_change=changed)
