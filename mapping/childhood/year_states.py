"""Say what a year of childhood may be: the one list of states and words, for strips, legends and tables."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mapping.verdicts.objectives.strips import COVERED, EMPTY, SHARED, UNKNOWN

OLDER: Final = "aldre"
"""A year that only facts too old to count say is covered."""
PLANNED: Final = "planerat"

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Belagt: minst en insats i kommunen",
        SHARED: "Delat: en arena i en annan kommun eller för hela länet",
        UNKNOWN: "Underlag saknas: det kan finnas stöd",
        EMPTY: "Inget känt stöd, och kartläggningen är klar",
    }
)
"""The four states of a year, with what each means."""

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Belagt",
        SHARED: "Delat",
        UNKNOWN: "Underlag saknas",
        EMPTY: "Inget känt stöd",
        PLANNED: "Planerat",
        OLDER: "Äldre uppgifter",
    }
)
"""The states, and what is told beside them, in short: headings of a table's columns."""

SHEET: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Belagt i kommunen",
        SHARED: "Belagt, delas med andra kommuner",
        OLDER: "Bara i äldre uppgifter",
        UNKNOWN: HEADINGS[UNKNOWN],
        EMPTY: STATES[EMPTY],
    }
)
"""The states on a sheet that shows older facts as a state of their own, best known first."""
