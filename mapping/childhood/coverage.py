"""Tell which years of childhood have support, on each level, in each municipality.

Any insats counts, not only the knowledge-based ones that objectives ask for, unless a choice says otherwise.
How rows stand on a day (rules G1, G2, G4, G10, G11) is the engine's business: `mapping.verdicts.bounds`
decides what is proven and what may be; here the years are joined.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Final

import pandas as pd

from mapping.childhood.year_states import HEADINGS, OLDER, PLANNED
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, folded, span, swedish_order
from mapping.verdicts.bounds import Place, judgings
from mapping.verdicts.known import LEVELS, Arena, Cell, Insats, rows_of, surely_covered
from mapping.verdicts.objectives.strips import COVERED, EMPTY, SHARED, UNKNOWN
from mapping.verdicts.row_status import MAYBE
from mapping.verdicts.strategy import Strategy
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
    is_older: tuple[bool, ...]
    """For each year, whether rows say so that only count where older rows do."""
    is_typical: tuple[bool, ...]
    """For each year, whether arenas of a type that is there usually reach it. It proves nothing."""
    years: Mapping[str, str]
    """The same in words: state → years, "" where there are none; also `planerat`, `aldre`, `typvarde`."""
    older_year: int | None
    """The year of the oldest row that covers some years of the level only where older rows count."""
    expectant: bool
    """Whether something proven on the level is also for expectant parents."""
    is_narrow: bool
    counts_older: bool

    def runs(self, places: Iterable[int]) -> list[tuple[str, bool, int]]:
        """Join neighbouring years (places in `states`) that look the same: state, is older, how many."""
        looks = ((self.states[place], self.is_older[place]) for place in places)
        return [(*look, len(list(years))) for look, years in groupby(looks)]

    @property
    def words(self) -> str:
        """Say in Swedish what the strip shows."""
        chosen = " i urvalet" if self.is_narrow else ""
        named = (
            (COVERED, "belagt"),
            (SHARED, "delat"),
            (EMPTY, f"inget känt {SUPPORT[self.level]}{chosen}"),
            (UNKNOWN, "underlag saknas"),
        )
        parts = [f"{words} {self.years[state]}" for state, words in named if self.years[state]]
        if self.expectant:
            parts.append("även blivande föräldrar")
        text = "; ".join(parts)
        return text[:1].upper() + text[1:]

    @property
    def older_words(self) -> str:
        """Say what older rows tell, "" if nothing."""
        if not self.years["aldre"]:
            return ""
        if self.counts_older:
            return f"Äldre uppgifter räknas för {self.years['aldre']} (äldsta från {self.older_year})"
        return f"Äldre uppgifter: {self.years['aldre']} ({self.older_year})"

    @property
    def label(self) -> str:
        """Say everything the strip shows, for those who do not see it."""
        said = [f"{vocabulary.PREVENTION_LEVEL[self.level]} nivå: {self.words}", self.older_words]
        if self.years["planerat"]:
            said.append(f"Planerat {self.years['planerat']}")
        return ". ".join(filter(None, said)) + "."


@dataclass(frozen=True, eq=False)
class Municipality:
    """The three strips of one municipality."""

    kommunkod: str
    kommun: str
    is_mapped: bool
    """Whether it has declared its mapping complete: only then can a year be empty."""
    strips: tuple[Strip, ...]
    typical_without_level: tuple[str, ...]
    """In words, type values of arenas there whose type has no usual level."""
    offers: int
    """Insatser of its own arenas that may be active; `undescribed` are those that lack level or age."""
    undescribed: int

    @property
    def offers_sentence(self) -> str:
        """Say how many insatser are known, and how many lack what would place them in a strip."""
        if not self.offers:
            return "Ingen insats i kommunen är känd."
        many = f"{self.offers} {'känd insats' if self.offers == 1 else 'kända insatser'} i kommunen"
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
    counts_older: bool
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

    @property
    def summary(self) -> str:
        """Say in one Swedish sentence where the whole of childhood is covered."""
        total = len(self.listed)
        whole = [
            sum(not {UNKNOWN, EMPTY} & set(one.strips[k].states) for one in self.listed)
            for k in range(len(LEVELS))
        ]
        years = span(*self.strategy.childhood)
        return (
            f"I {whole[0]} av {total} kommuner är universellt stöd belagt för hela uppväxten, {years} år; "
            f"selektivt stöd i {whole[1]} och indikerat stöd i {whole[2]}."
        )

    @property
    def remark(self) -> str:
        """Say how much is unknown; "" where nothing is."""
        cells = len(self.listed) * len(LEVELS) * len(self.strategy.childhood_ages)
        unknown = sum(one.count(UNKNOWN) for one in self.listed)
        if not unknown:
            return ""
        most = "Nästan allt är okänt i dag: underlag" if unknown >= 0.9 * cells else "Underlag"
        return (
            f"{most} saknas för {unknown} av {cells} rutor (nivå × år × kommun). "
            "Det betyder inte att stödet saknas, utan att ingen aktuell källa visar det."
        )

    @property
    def older_remark(self) -> str:
        """Say where older facts tell more than what counts; "" where they do not."""
        told = [one.kommun for one in self.listed if any(any(strip.is_older) for strip in one.strips)]
        if self.counts_older or not told:
            return ""
        named = "alla kommuner som visas" if len(told) == len(self.listed) > 1 else either(told, last="och")
        return f"Äldre uppgifter säger mer om {named} (streckad ram)."

    @property
    def sentence(self) -> str:
        """Say what is shown, with the switch, for a caption or a file."""
        older = " Äldre uppgifter räknas med." if self.counts_older else ""
        return f"{self.choice.sentence}{older}"


def coverage(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    choice: Choice = EVERYTHING,
    *,
    include_older: bool = False,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> Coverage:
    """Join what covers each year of childhood, on each level, in each municipality (kommunkod → name)."""
    strict, older = judgings(dataset, strategy, day, municipalities=municipalities)
    support = Support(choice, strategy)
    usual = _usual(dataset, strategy)
    found = tuple(
        _municipality(support, strict.place(code), older.place(code), usual, include_older=include_older)
        for code in sorted(municipalities, key=lambda code: swedish_order(municipalities[code]))
    )
    return Coverage(strategy, choice, day, include_older, found)


@dataclass(frozen=True, eq=False)
class Support:
    """What insatser that fit a choice cover, as `mapping.verdicts.bounds.Bound` joins it: level and year."""

    choice: Choice
    strategy: Strategy

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


@dataclass(frozen=True)
class _Usual:
    """What arenas of a type usually reach; in words where the type has no usual level."""

    cells: frozenset[Cell]
    without_level: str


def _usual(dataset: Dataset, strategy: Strategy) -> Mapping[str, _Usual]:
    found: dict[str, _Usual] = {}
    columns = ("galler", "preventionsniva", "alder_fran", "alder_till")
    for kind, levels, first, last in rows_of(dataset.uppdrag, *columns):
        if kind not in vocabulary.ARENA_TYPE or first is None or last is None:
            continue
        years = surely_covered((first, last), strategy)
        cells, words = frozenset((level, year) for level in levels for year in years), ""
        if not levels:
            words = f"{vocabulary.ARENA_TYPE[kind]} {years_in_words(years)}"
        before = found.get(kind, _Usual(frozenset(), ""))
        found[kind] = _Usual(before.cells | cells, words or before.without_level)
    return found


def _municipality(
    support: Support, strict: Place, older: Place, usual: Mapping[str, _Usual], *, include_older: bool
) -> Municipality:
    place = older if include_older else strict
    proven = place.lowest.offered(support, shared=True)
    possible = place.highest.offered(support, shared=True)
    planned = {
        cell for insats in place.planned(shared=True) for cell in support.offers(insats, possible=False)
    }
    kinds = {row.arena.kind for row in (*place.own, *place.shared) if row.status >= MAYBE}
    typical = {cell for kind in kinds if kind in usual for cell in usual[kind].cells}
    # in the order that the type values are listed in
    loose = tuple(one.without_level for kind, one in usual.items() if one.without_level and kind in kinds)
    cells = {
        COVERED: place.lowest.offered(support, shared=False),
        SHARED: proven - place.lowest.offered(support, shared=False),
        UNKNOWN: possible - proven,
        EMPTY: support.everything - possible - proven,
        PLANNED: planned - proven,
        OLDER: older.lowest.offered(support, shared=True) - strict.lowest.offered(support, shared=True),
        "typvarde": typical,
    }
    expectant = {
        level
        for insats in place.lowest.insatser[True]
        if insats.expectant and (not support.choice.is_narrow or support.offers(insats, possible=False))
        for level in insats.levels
    }
    ages = support.strategy.childhood_ages
    strips = []
    for level in LEVELS:
        years = {name: {year for on, year in found if on == level} for name, found in cells.items()}
        states = (COVERED, SHARED, UNKNOWN, EMPTY)
        strips.append(
            Strip(
                level=level,
                states=tuple(next(state for state in states if year in years[state]) for year in ages),
                is_older=tuple(year in years[OLDER] for year in ages),
                is_typical=tuple(year in years["typvarde"] for year in ages),
                years=MappingProxyType({name: years_in_words(found) for name, found in years.items()}),
                older_year=next(
                    (
                        row.confirmed.year
                        for row in older.too_old(shared=True)
                        if any(on == level for on, _ in support.offers(row.insats, possible=False))
                    ),
                    None,
                ),
                expectant=level in expectant,
                is_narrow=support.choice.is_narrow,
                counts_older=include_older,
            )
        )
    offers = [row.insats for arena in place.own for row in arena.insatser if row.status >= MAYBE]
    return Municipality(
        kommunkod=place.kommunkod,
        kommun=place.kommun,
        is_mapped=place.is_mapped,
        strips=tuple(strips),
        typical_without_level=loose,
        offers=len(offers),
        undescribed=sum(not insats.levels or None in insats.ages for insats in offers),
    )


def rows(shown: Coverage, *, typical: bool = False) -> pd.DataFrame:
    """Lay out the strips as a table: a row for each municipality and level, years in words.

    `typical` adds the type values.
    """
    columns = dict(HEADINGS) | ({"typvarde": "Typvärde (inget belägg)"} if typical else {})
    table = [
        {
            "Kommun": one.kommun,
            "Nivå": vocabulary.PREVENTION_LEVEL[strip.level],
            **{heading: _told(strip, name) for name, heading in columns.items()},
        }
        for one in shown.listed
        for strip in one.strips
    ]
    return pd.DataFrame(table, columns=["Kommun", "Nivå", *columns.values()])


def _told(strip: Strip, name: str) -> str:
    years = strip.years[name]
    if name == "aldre" and years:
        return f"{years} ({strip.older_year})"
    return years or "–"


def excel_rows(shown: Coverage, dataset: Dataset, *, typical: bool = False) -> pd.DataFrame:
    """Lay out the same table for Excel, with the choice, the data version and the day on each row."""
    table = rows(shown, typical=typical)
    table.insert(1, "Länsdel", [one.county_part for one in shown.listed for _ in one.strips])
    example = "EXEMPELDATA – påhittade uppgifter. " if dataset.example else ""
    return table.assign(
        Urval=f"{example}{shown.sentence}", Dataversion=dataset.version, Bedömningsdag=shown.day.isoformat()
    )
