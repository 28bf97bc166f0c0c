"""Let a visitor choose dates, places and kinds on the page about organisation; the address keeps them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from mapping.contract import vocabulary
from mapping.municipality import leadership
from mapping.municipality.dialogue import HEADING
from mapping.municipality.leadership import Histories, Moment
from pages.ui import address, markup
from pages.ui import choices as widgets

_DRAWN = "organisation_drawn"


@dataclass(frozen=True)
class Choices:
    """What the page shows: two dates, municipalities (all when none is named) and kinds of voices."""

    before: Moment | None
    after: Moment
    places: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def highlighted(self) -> tuple[str, ...]:
        """The municipalities that were named, for the map."""
        return () if len(self.places) == len(vocabulary.MUNICIPALITIES) else self.places


def choices(found: Histories, today: datetime.date) -> Choices:
    """Read the choices in the address, and draw them in the sidebar unless the page is presented."""
    days = {moment.code: moment for moment in leadership.moments(found, today)}
    usual_before, usual = leadership.usual_moments(found, today)
    filters, rejected = address.filters()
    for fault in rejected:
        markup.paragraph(f"Adressen kunde inte läsas helt. {fault.message}", kind="notice")
    after = days[_asked(address.DATE, days, usual.code)]
    answered = leadership.moments(leadership.municipal(found), today)
    earlier = {day.code: day for day in answered if day.last < after.last}
    first = usual_before.code if usual_before and usual_before.code in earlier else next(iter(earlier), "")
    asked = _asked(address.BEFORE, days, first)
    before = earlier.get(asked, earlier.get(first))
    kind = _asked(address.KIND, HEADING, "")
    if not address.presenting():
        with st.sidebar:
            st.header("Välj datum", anchor=False)
            _one("Visa läget", address.DATE, days, after.code, usual.code)
            if before:
                _one("Jämför med", address.BEFORE, earlier, before.code, first)
            st.header("Välj kommuner", anchor=False)
            names = widgets.alphabetical(vocabulary.MUNICIPALITIES)
            widgets.several_in_address("organisation", "kommun", "Kommun", names, filters.kommun)
            parts = vocabulary.COUNTY_PART
            widgets.several_in_address("organisation", "lansdel", "Länsdel", parts, filters.lansdel)
            st.header("Välj i dialogerna", anchor=False)
            _one("Det som sades", address.KIND, {"": "Allt", **HEADING}, kind, "")
    return Choices(before, after, _places(filters.kommun, filters.lansdel), (kind,) if kind else ())


def _places(kommun: Sequence[str], lansdel: Sequence[str]) -> tuple[str, ...]:
    """Give the municipalities that both choices allow; a choice that rules out all of them is told."""
    parts = {code for part in lansdel for code in vocabulary.COUNTY_PARTS[part]}
    every = tuple(vocabulary.MUNICIPALITIES)
    both = tuple(code for code in every if (not kommun or code in kommun) and (not lansdel or code in parts))
    if not both:
        markup.paragraph("Ingen kommun ligger i den länsdel som valts. Alla kommuner visas.", kind="notice")
    return both or every


def _asked(name: str, options: Mapping[str, object], usual: str) -> str:
    """Read one choice in the address; one that is not there, or no longer fits, is the usual one."""
    asked = address.choice(name)
    if asked is None or asked in options:
        return asked or usual
    markup.paragraph(f"Adressen kunde inte läsas helt. ”{asked}” går inte att välja här.", kind="notice")
    return usual


def _one(label: str, name: str, options: Mapping[str, object], value: str, usual: str) -> None:
    """Draw a choice of one; the usual one does not stand in the address."""
    key = f"organisation_{name}"

    def label_of(code: str) -> str:
        option = options.get(code, code)
        return option.label if isinstance(option, Moment) else str(option)

    def write() -> None:
        chosen = st.session_state[key]
        address.choose(name, None if chosen == usual else chosen)

    st.session_state[key] = value
    st.selectbox(label, list(options), key=key, format_func=label_of, on_change=write)
