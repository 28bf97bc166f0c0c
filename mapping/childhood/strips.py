"""Hold the strips of years: one level in one municipality, and in the whole county."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import capital
from mapping.verdicts.objectives.figure import COVERED, EMPTY, KNOWN, OBLIGED, PLANNED, SHARED, UNKNOWN
from mapping.verdicts.strength import OLDER
from mapping.verdicts.words import years_in_words

SUPPORT: Final[Mapping[str, str]] = MappingProxyType(
    {"universell": "universellt stöd", "selektiv": "selektivt stöd", "indikerad": "indikerat stöd"}
)


@dataclass(frozen=True)
class Strip:
    """One level in one municipality."""

    level: str
    states: tuple[str, ...]
    """A state of `STATES` for each year of childhood."""
    is_planned: tuple[bool, ...]
    """For each year, whether something is planned that would reach it."""
    years: Mapping[str, str]
    """The same in words: state → years, "" where there are none; also `planerat`."""
    older_year: int | None
    """The year of the oldest row that covers some years of the level only because older rows count."""
    expectant: bool
    """Whether something on the level is also for expectant parents."""
    is_narrow: bool

    def runs(self, places: Iterable[int]) -> list[tuple[str, bool, int]]:
        """Join neighbouring years (places in `states`) that look the same: state, is planned, how many."""
        looks = ((self.states[place], self.is_planned[place]) for place in places)
        return [(*look, len(list(years))) for look, years in groupby(looks)]

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any year."""
        return not {*KNOWN}.isdisjoint(self.states)

    @property
    def words(self) -> str:
        """Say in Swedish what the strip shows."""
        chosen = " i urvalet" if self.is_narrow else ""
        since = f" (från {self.older_year})" if self.older_year else ""
        named = (
            (COVERED, "finns {}"),
            (SHARED, "delas med andra kommuner {}"),
            (OBLIGED, "ska erbjudas enligt lag eller nationellt program {}"),
            (OLDER, f"fanns enligt äldre uppgift {{}}{since}"),
            (PLANNED, "planeras {}"),
            (EMPTY, f"inget känt {SUPPORT[self.level]}{chosen} {{}}"),
            (UNKNOWN, "uppgift saknas {}"),
        )
        parts = [words.format(self.years[state]) for state, words in named if self.years[state]]
        if self.expectant:
            parts.append("även blivande föräldrar")
        text = "; ".join(parts)
        return capital(text)

    @property
    def label(self) -> str:
        """Say everything the strip shows, for those who do not see it."""
        return f"{vocabulary.PREVENTION_LEVEL[self.level]} nivå: {self.words}."


@dataclass(frozen=True)
class Said:
    """A point of a dialogue that itself names ages: what the municipality says of support there."""

    statement: str
    """A code of `vocabulary.STATEMENT`."""
    levels: tuple[str, ...]
    """None where the text names no level: then it is of support on any."""
    years: frozenset[int]
    text: str

    @property
    def words(self) -> str:
        """Say it as the municipality's word."""
        said = vocabulary.STATEMENT[self.statement].lower()
        return f"{years_in_words(self.years)}, {said}: ”{self.text}”"


@dataclass(frozen=True)
class CountyStrip:
    """One level in the whole county: in how many municipalities something is known of each year."""

    level: str
    counts: tuple[Mapping[str, int], ...]
    """For each year of childhood: strength → municipalities where that is the strongest that is known."""
    planned: tuple[int, ...]
    """For each year: municipalities where nothing is known to be there, and something is planned."""
    missing: tuple[int, ...]
    """For each year: municipalities that have said that support is missing, on the level or on any."""
    youngest: int
    """The age of the first year."""
    total: int

    def known(self, place: int) -> int:
        """Count the municipalities where something is known of a year (its place in `counts`)."""
        return sum(self.counts[place].values())

    @property
    def words(self) -> str:
        """Say in Swedish where something is known, and where nothing is."""
        every = enumerate(map(self.known, range(len(self.counts))), start=self.youngest)
        runs = [(many, [year for year, _ in group]) for many, group in groupby(every, key=itemgetter(1))]
        parts = [
            f"{years_in_words(years)}: "
            + (f"känt i {many} av {self.total} kommuner" if many else "inget är känt")
            for many, years in runs
        ]
        return f"{vocabulary.PREVENTION_LEVEL[self.level]} nivå: {'; '.join(parts)}."


@dataclass(frozen=True, eq=False)
class Municipality:
    """The three strips of one municipality."""

    kommunkod: str
    kommun: str
    is_mapped: bool
    """Whether it has declared its mapping complete: only then can a year be empty."""
    strips: tuple[Strip, ...]
    said: tuple[Said, ...]
    """What it has itself said in dialogues of support at some ages."""
    offers: int
    """Insatser of its own arenas that may be active; `undescribed` are those that lack level or age."""
    undescribed: int

    @property
    def offers_sentence(self) -> str:
        """Say how many insatser are known, and how many lack what would place them in a strip."""
        if not self.offers:
            return "Ingen insats i kommunens egna arenor är känd."
        many = (
            f"{self.offers} {'känd insats' if self.offers == 1 else 'kända insatser'} i kommunens egna arenor"
        )
        if not self.undescribed:
            return f"{many}, alla med nivå och ålder."
        all_lack = "den" if self.offers == 1 else "alla"
        lacking = all_lack if self.offers == self.undescribed else f"{self.undescribed} av dem"
        return f"{many}; {lacking} saknar nivå eller ålder."

    @property
    def county_part(self) -> str:
        """Its länsdel, in words; "" outside the county."""
        parts = [part for part, codes in vocabulary.COUNTY_PARTS.items() if self.kommunkod in codes]
        return vocabulary.COUNTY_PART[parts[0]] if parts else ""

    def count(self, *states: str) -> int:
        """Count level-years in some states."""
        return sum(strip.states.count(state) for strip in self.strips for state in states)
