"""Tell which years of childhood have support, on each level, in each municipality.

Any insats counts, not only the knowledge-based ones that objectives ask for, unless a choice says otherwise.
Each year is told as strongly as it is known (`mapping.verdicts.strength`). How rows stand on a day (rules G1,
G2, G4, G10, G11) is the engine's business: `mapping.verdicts.bounds` decides what is proven and what may be;
here the years are joined.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import ClassVar, Final

import pandas as pd

from mapping.childhood.year_states import HEADINGS, STATES
from mapping.contract import schema, vocabulary
from mapping.contract.cells import read_cell
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, folded, swedish_number, swedish_order
from mapping.verdicts.bounds import Place, judgings
from mapping.verdicts.known import LEVELS, Arena, Cell, Insats, rows_of, surely_covered
from mapping.verdicts.objectives.figure import (
    COVERED,
    EMPTY,
    KNOWN,
    OBLIGED,
    PLANNED,
    SHARED,
    UNKNOWN,
    states,
)
from mapping.verdicts.row_status import MAYBE
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strength import BASIS, OLDER, PROVED
from mapping.verdicts.words import years_in_words

SUPPORT: Final[Mapping[str, str]] = MappingProxyType(
    {"universell": "universellt stöd", "selektiv": "selektivt stöd", "indikerad": "indikerat stöd"}
)
_Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """What somebody asks to see; an empty choice leaves nothing out, several values are alternatives.

    `lansdel` tells which municipalities are listed, the others which insatser count: one that does not state
    the fact may be of any kind.
    """

    lansdel: tuple[str, ...] = ()
    kunskapsbas: tuple[str, ...] = ()
    tema: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether only some insatser count."""
        return bool(self.kunskapsbas or self.tema)

    @property
    def sentence(self) -> str:
        """Describe the choice in one Swedish sentence.

        Examples
        --------
        >>> Choice().sentence
        'Allt föräldraskapsstöd i hela länet.'
        >>> Choice(("norr",), ("evidens",), ("Samspel",)).sentence
        'Föräldraskapsstöd i länsdel Norr, med kunskapsbasen evidensbaserad, på temat Samspel.'
        """
        subject = "Föräldraskapsstöd" if self.is_narrow else "Allt föräldraskapsstöd"
        part = either(vocabulary.COUNTY_PART[code] for code in self.lansdel)
        clauses = [f"{subject} i {f'länsdel {part}' if part else 'hela länet'}"]
        if self.kunskapsbas:
            kinds = either(vocabulary.KNOWLEDGE_BASE[code].lower() for code in self.kunskapsbas)
            clauses.append(f"med kunskapsbasen {kinds}")
        if self.tema:
            clauses.append(f"på temat {either(self.tema)}")
        return f"{', '.join(clauses)}."

    @property
    def places(self) -> frozenset[str]:
        """Kommunkoder of the municipalities to list; none means all."""
        return frozenset(code for part in self.lansdel for code in vocabulary.COUNTY_PARTS[part])


EVERYTHING: Final = Choice()


def choice_of(lansdel: tuple[str, ...], query: _Lists) -> tuple[Choice, tuple[str, ...]]:
    """Read a choice from the parameters of an address, with Swedish sentences on what it could not use.

    Examples
    --------
    >>> choice, faults = choice_of((), {"kunskapsbas": ["Evidensbaserad", "magi"]})
    >>> choice.kunskapsbas, faults[0].split(".")[0]
    (('evidens',), '”magi” går inte att använda som kunskapsbas')
    """
    labels = vocabulary.KNOWLEDGE_BASE
    codes = {folded(word): code for code, label in labels.items() for word in (code, label)}
    asked = [value for value in query.get("kunskapsbas", ()) if value.strip()]
    wanted = {codes.get(folded(value.strip())) for value in asked}
    faults = tuple(
        f"”{value}” går inte att använda som kunskapsbas. Skriv {either(labels)}."
        for value in asked
        if folded(value.strip()) not in codes
    )
    themes = tuple(dict.fromkeys(value.strip() for value in query.get("tema", ()) if value.strip()))
    return Choice(lansdel, tuple(code for code in labels if code in wanted), themes), faults


def themes(dataset: Dataset) -> tuple[str, ...]:
    """Give every theme that some insats states, in Swedish order."""
    stated = {theme for cell in dataset.insatser["tema"] for theme in cell}
    return tuple(sorted(stated, key=swedish_order))


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
        return text[:1].upper() + text[1:]

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


@dataclass(frozen=True, eq=False)
class Coverage:
    """Every municipality's strips on a day, in alphabetical order; those chosen are `listed`."""

    strategy: Strategy
    choice: Choice
    day: dt.date
    basis: str
    """The weakest strength that is shown, of `mapping.verdicts.strength`."""
    every: tuple[Municipality, ...]

    @cached_property
    def listed(self) -> tuple[Municipality, ...]:
        """The municipalities of the chosen länsdelar."""
        places = self.choice.places
        return tuple(one for one in self.every if not places or one.kommunkod in places)

    @property
    def phases(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The years of each phase, each with its place in a strip."""
        youngest = self.strategy.childhood[0]
        return tuple(
            tuple((year - youngest, year) for year in range(first, last + 1))
            for first, last in self.strategy.phases
        )

    def municipality(self, kommunkod: str | None) -> Municipality | None:
        """Find a municipality by its code."""
        return next((one for one in self.every if one.kommunkod == kommunkod), None)

    @cached_property
    def county(self) -> tuple[CountyStrip, ...]:
        """The listed municipalities together, level by level."""
        ages = self.strategy.childhood_ages
        found = []
        for place, level in enumerate(LEVELS):
            strips = [one.strips[place] for one in self.listed]
            by_year = list(zip(*(strip.states for strip in strips), strict=True)) or [()] * len(ages)
            heard = [
                sum(
                    any(
                        said.statement == "saknas" and year in said.years and level in (said.levels or LEVELS)
                        for said in one.said
                    )
                    for one in self.listed
                )
                for year in ages
            ]
            found.append(
                CountyStrip(
                    level=level,
                    counts=tuple(
                        {
                            PROVED: sum(state in {COVERED, SHARED} for state in year),
                            OBLIGED: sum(state == OBLIGED for state in year),
                            OLDER: sum(state == OLDER for state in year),
                        }
                        for year in by_year
                    ),
                    planned=tuple(
                        sum(
                            strip.is_planned[number] and strip.states[number] not in KNOWN for strip in strips
                        )
                        for number in range(len(ages))
                    ),
                    missing=tuple(heard),
                    youngest=ages[0],
                    total=len(self.listed),
                )
            )
        return tuple(found)

    @property
    def summary(self) -> str:
        """Say in one Swedish sentence what is known of universal support, and where nothing is."""
        universal, total = self.county[0], len(self.listed)
        many = [universal.known(place) for place in range(len(universal.counts))]
        best = max(many, default=0)
        ages = self.strategy.childhood_ages
        if not total or not best:
            return "Om universellt stöd är inget känt för något år i uppväxten."
        at_best = years_in_words(age for age, known in zip(ages, many, strict=True) if known == best)
        nothing = years_in_words(age for age, known in zip(ages, many, strict=True) if not known)
        where = "alla" if best == total else f"{best} av"
        blank = f" Om {nothing} är inget känt någonstans." if nothing else ""
        return f"Universellt stöd är känt i {where} {total} kommuner för {at_best}.{blank}"

    @property
    def remark(self) -> str:
        """Say how much is unknown; "" where nothing is."""
        cells = len(self.listed) * len(LEVELS) * len(self.strategy.childhood_ages)
        unknown = sum(one.count(UNKNOWN) for one in self.listed)
        if not unknown:
            return ""
        return (
            f"Uppgift saknas för {swedish_number(unknown)} av {swedish_number(cells)} rutor (nivå × år × "
            "kommun). Det betyder inte att stödet saknas, utan att ingen källa visar det."
        )

    @property
    def sentence(self) -> str:
        """Say what is shown and how strongly it is known, for a caption or a file."""
        return f"{self.choice.sentence} {BASIS[self.basis]}."


def coverage(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    choice: Choice = EVERYTHING,
    *,
    basis: str = PROVED,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> Coverage:
    """Join what covers each year of childhood, on each level, in each municipality (kommunkod → name)."""
    every = judgings(dataset, strategy, day, municipalities=municipalities)._asdict()
    support, heard = Support(choice, strategy), said(dataset, strategy)
    found = tuple(
        _municipality(support, {name: one.place(code) for name, one in every.items()}, basis, heard)
        for code in sorted(municipalities, key=lambda code: swedish_order(municipalities[code]))
    )
    return Coverage(strategy, choice, day, basis, found)


def said(dataset: Dataset, strategy: Strategy) -> Mapping[str, tuple[Said, ...]]:
    """Gather what municipalities (by kommunkod) have said of support at ages that the text itself names.

    What was said for the county or a länsdel is nobody's own word, and is left out.
    """
    found: dict[str, list[Said]] = {}
    columns = ("kommun", "text", "utsaga", "alder_fran", "alder_till", "preventionsniva")
    for areas, text, statement, first, last, levels in rows_of(dataset.dialog, *columns):
        years = surely_covered((first, last), strategy)
        if statement is None or not years:
            continue
        reading = read_cell(areas, schema.DIALOG["kommun"])
        for code in reading.value if reading else ():
            if code in vocabulary.MUNICIPALITIES:
                found.setdefault(code, []).append(Said(statement, levels, years, text))
    return {code: tuple(rows) for code, rows in found.items()}


@dataclass(frozen=True, eq=False)
class Support:
    """What insatser that fit a choice cover, as `mapping.verdicts.bounds.Bound` joins it: level and year."""

    choice: Choice
    strategy: Strategy
    counts_mandates: ClassVar[bool] = True

    @cached_property
    def everything(self) -> frozenset[Cell]:
        """Every level and year."""
        return frozenset((level, year) for level in LEVELS for year in self.strategy.childhood_ages)

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Cell]:
        """Give the levels and years of an insats that fits: surely if it says so."""
        base, wanted = insats.knowledge_base, self.choice
        fits = not wanted.kunskapsbas or base in wanted.kunskapsbas or (possible and base is None)
        if fits and wanted.tema:
            stated = {folded(theme) for theme in insats.themes}
            fits = not stated.isdisjoint(map(folded, wanted.tema)) or (possible and not stated)
        return insats.reach(possible=possible).cells if fits else frozenset()

    def offers_undescribed(self, arena: Arena) -> frozenset[Cell]:  # noqa: ARG002 - of any type
        """Give what an arena may offer that nobody has described."""
        return self.everything


def _municipality(
    support: Support, places: Mapping[str, Place], basis: str, heard: Mapping[str, tuple[Said, ...]]
) -> Municipality:
    place = places[basis]
    planned = {
        cell for insats in place.planned(shared=True) for cell in support.offers(insats, possible=False)
    }
    for mandate in place.mandates:
        if not mandate.is_proven:
            planned |= support.offers(mandate.insats, possible=False)
    found = states(support, places, basis)
    there = [*place.lowest.insatser[True], *(one.insats for one in place.mandates if one.is_proven)]
    expectant = {
        level
        for insats in there
        if insats.expectant and (not support.choice.is_narrow or support.offers(insats, possible=False))
        for level in insats.levels
    }
    ages = support.strategy.childhood_ages
    strips = []
    for level in LEVELS:
        seen = tuple(found[level, year] for year in ages)
        years = {
            state: {year for year, one in zip(ages, seen, strict=True) if one == state} for state in STATES
        }
        years[PLANNED] = {year for on, year in planned if on == level} - {
            year for state in KNOWN for year in years[state]
        }
        strips.append(
            Strip(
                level=level,
                states=seen,
                is_planned=tuple(year in years[PLANNED] for year in ages),
                years=MappingProxyType({name: years_in_words(those) for name, those in years.items()}),
                older_year=_older_year(support, places, level) if years[OLDER] else None,
                expectant=level in expectant,
                is_narrow=support.choice.is_narrow,
            )
        )
    offers = [row.insats for arena in place.own for row in arena.insatser if row.status >= MAYBE]
    return Municipality(
        kommunkod=place.kommunkod,
        kommun=place.kommun,
        is_mapped=place.is_mapped,
        strips=tuple(strips),
        said=heard.get(place.kommunkod, ()),
        offers=len(offers),
        undescribed=sum(not insats.levels or None in insats.ages for insats in offers),
    )


def _older_year(support: Support, places: Mapping[str, Place], level: str) -> int | None:
    """Give the year of the oldest fact on a level that counts only because older ones do."""
    oldest = places[PROVED].judging.freshness.oldest
    rows = [(row.confirmed, row.insats) for row in places[OLDER].too_old(shared=True)]
    rows += [
        (one.day, one.insats)
        for one in places[OLDER].mandates
        if one.is_proven and one.day is not None and one.day < oldest
    ]
    days = [
        day for day, insats in rows if any(on == level for on, _ in support.offers(insats, possible=False))
    ]
    return min(days).year if days else None


def rows(shown: Coverage) -> pd.DataFrame:
    """Lay out the strips as a table: a row for each municipality and level, years in words."""
    table = [
        {
            "Kommun": one.kommun,
            "Nivå": vocabulary.PREVENTION_LEVEL[strip.level],
            **{heading: _told(strip, name) for name, heading in HEADINGS.items()},
            "Sagt i dialog": "; ".join(
                said.words for said in one.said if strip.level in (said.levels or LEVELS)
            )
            or "–",
        }
        for one in shown.listed
        for strip in one.strips
    ]
    return pd.DataFrame(table, columns=["Kommun", "Nivå", *HEADINGS.values(), "Sagt i dialog"])


def _told(strip: Strip, name: str) -> str:
    years = strip.years[name]
    if name == OLDER and years and strip.older_year:
        return f"{years} (från {strip.older_year})"
    return years or "–"


def excel_rows(shown: Coverage, dataset: Dataset) -> pd.DataFrame:
    """Lay out the same table for Excel, with the choice, the data version and the day on each row."""
    table = rows(shown)
    table.insert(1, "Länsdel", [one.county_part for one in shown.listed for _ in one.strips])
    example = "EXEMPELDATA – påhittade uppgifter. " if dataset.example else ""
    return table.assign(
        Urval=f"{example}{shown.sentence}", Dataversion=dataset.version, Bedömningsdag=shown.day.isoformat()
    )
