"""Say what a year of childhood may be: the one list of states and words, for strips, legends and tables."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mapping.verdicts.objectives.figure import COVERED, EMPTY, OBLIGED, PLANNED, SHARED, UNKNOWN
from mapping.verdicts.strength import OLDER

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Finns: minst en insats i kommunen",
        SHARED: "Delas: en arena i en annan kommun eller för hela länet",
        OBLIGED: "Ska erbjudas enligt lag eller nationellt program",
        OLDER: "Fanns enligt en äldre uppgift, med året",
        EMPTY: "Inget känt stöd, och kartläggningen är klar",
        UNKNOWN: "Uppgift saknas: det kan finnas stöd",
    }
)
"""The states of a year with what each means, the best known first."""

LETTER: Final[Mapping[str, str]] = MappingProxyType(
    {COVERED: "F", SHARED: "D", OBLIGED: "§", OLDER: "Ä", EMPTY: "–", UNKNOWN: "?"}
)
"""A letter for each state, so that neither colour nor pattern is alone."""

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Finns",
        SHARED: "Delas",
        OBLIGED: "Enligt uppdrag",
        OLDER: "Äldre uppgift",
        PLANNED: "Planeras",
        EMPTY: "Inget känt stöd",
        UNKNOWN: "Uppgift saknas",
    }
)
"""The states, and what is told beside them, in short: headings of a table's columns."""
