"""Tell which years of childhood have support, on each level, in each municipality.

Any insats counts, not only the knowledge-based ones that objectives ask for, unless a choice says otherwise.
Each year is told as strongly as it is known (`mapping.verdicts.strength`). How rows stand on a day (rules G1,
G2, G4, G10, G11) is the engine's business: `mapping.verdicts.bounds` decides what is proven and what may be;
here the years are joined.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from mapping.childhood.choice import EVERYTHING, Choice
from mapping.childhood.strips import CountyStrip, Municipality, Said, Strip
from mapping.childhood.year_states import HEADINGS, STATES
from mapping.contract import schema, vocabulary
from mapping.contract.cells import read_cell
from mapping.dataset.dataset import Dataset
from mapping.swedish import folded, swedish_number, swedish_order
from mapping.verdicts.bounds import Place, judgings
from mapping.verdicts.known import LEVELS, Arena, Cell, Insats, rows_of, surely_covered
from mapping.verdicts.objectives.figure import (
    COVERED,
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
        return self.strategy.phase_years

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
