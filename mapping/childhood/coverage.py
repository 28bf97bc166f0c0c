"""Tell which years of childhood have support, on each level, in each municipality.

Any insats counts, not only the knowledge-based ones of objective 1.1, unless a choice says otherwise. How
rows stand on a day (rules G1, G2, G4, G10, G11) is the engine's business: `mapping.verdicts.row_status` and
`mapping.verdicts.bounds` decide what is proven and what may be; here the years are joined. The sets of
years are masks as in `mapping.verdicts.known`: level × year, universell's years lowest.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, folded, span, swedish_order
from mapping.verdicts.answers import year_of
from mapping.verdicts.bounds import Evidence
from mapping.verdicts.explanations import years_in_words
from mapping.verdicts.judge import evidences
from mapping.verdicts.known import LEVELS, Days, Facts, Flags, Words, place_slot, years_mask
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN
from mapping.verdicts.strategy import Strategy

COVERED, SHARED, UNKNOWN, EMPTY = "belagd", "delad", "okand", "tom"
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Belagt: minst en insats i kommunen",
        SHARED: "Delat: en arena i en annan kommun eller för hela länet",
        UNKNOWN: "Underlag saknas: det kan finnas stöd",
        EMPTY: "Inget känt stöd, och kartläggningen är klar",
    }
)
"""The four states of a year, with what each means."""

SUPPORT: Final[Mapping[str, str]] = MappingProxyType(
    {"universell": "universellt stöd", "selektiv": "selektivt stöd", "indikerad": "indikerat stöd"}
)
_NEVER: Final = np.iinfo(np.int64).max
_Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """What somebody asks to see; an empty choice leaves nothing out, several values are alternatives.

    Parameters
    ----------
    lansdel
        Which municipalities to list.
    kunskapsbas, tema
        Which insatser count. One that does not state the fact may be of any kind.
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
    """One level in one municipality.

    Parameters
    ----------
    level
        Its code.
    states
        A state of `STATES` for each year of childhood.
    is_older
        For each year, whether rows too old to count on the day say that it is covered. With older rows
        counted those years are covered because of them.
    is_typical
        For each year, whether arenas of a type that is there usually reach it. It proves nothing.
    years
        The same in words: state → years, "" where there are none; also `planerat`, `aldre`, `typvarde`.
    older_year
        The year of the oldest row behind `is_older`.
    expectant
        Whether an insats that counts is also for expectant parents.
    """

    level: str
    states: tuple[str, ...]
    is_older: tuple[bool, ...]
    is_typical: tuple[bool, ...]
    years: Mapping[str, str]
    older_year: int | None
    expectant: bool
    is_narrow: bool
    counts_older: bool

    def runs(self, places: Iterable[int]) -> list[tuple[str, bool, int]]:
        """Join neighbouring years that look the same: state, whether older rows say it, how many years.

        Parameters
        ----------
        places
            Which years, as places in `states`.
        """
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
    """The three strips of one municipality.

    Parameters
    ----------
    kommunkod, kommun
        Where.
    is_mapped
        Whether it has declared its mapping complete: only then can a year be empty.
    strips
        One a level.
    typical_without_level
        In words, type values of arenas there whose type has no usual level.
    offers, undescribed
        Insatser of its own arenas that may be active; those of them that lack level or age.
    """

    kommunkod: str
    kommun: str
    is_mapped: bool
    strips: tuple[Strip, ...]
    typical_without_level: tuple[str, ...]
    offers: int
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
        return next(
            (
                vocabulary.COUNTY_PART[part]
                for part, codes in vocabulary.COUNTY_PARTS.items()
                if self.kommunkod in codes
            ),
            "",
        )

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
        cells = len(self.listed) * len(LEVELS) * self.strategy.childhood_years
        unknown = sum(one.count(UNKNOWN) for one in self.listed)
        if not unknown:
            return ""
        most = "Nästan allt är okänt i dag: underlag" if unknown >= _MOST * cells else "Underlag"
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


_MOST: Final = 0.9
"""The share of unknown years from which a page says so first."""


def coverage(  # noqa: PLR0913
    dataset: Dataset,
    strategy: Strategy,
    day: dt.date,
    choice: Choice = EVERYTHING,
    *,
    include_older: bool = False,
    municipalities: Mapping[str, str] = vocabulary.MUNICIPALITIES,
) -> Coverage:
    """Join what covers each year of childhood, on each level, in each municipality.

    Parameters
    ----------
    dataset, strategy, day
        What is known, the ages of childhood, the day of judging.
    choice
        Which insatser count, and which municipalities are listed.
    include_older
        Whether dated rows count however old they are.
    municipalities
        kommunkod → name.
    """
    codes = tuple(municipalities)
    strict, older = (
        _Joined(evidence, words_of(evidence.facts, choice, strategy), choice.is_narrow)
        for evidence in evidences(dataset, strategy, day, kommunkoder=codes)
    )
    joined = older if include_older else strict
    ages = np.asarray(older.proven[1] & ~strict.proven[1], dtype=np.uint64)
    first = joined.oldest_days(strict, older)
    typical, loose = joined.typical
    offers, undescribed = joined.counts
    order = sorted(range(len(codes)), key=lambda place: swedish_order(municipalities[codes[place]]))
    found = []
    for place in order:
        masks = {
            "own": joined.proven[0][place],
            "all": joined.proven[1][place],
            "best": joined.possible[place],
            "planned": joined.planned[place] & ~joined.proven[1][place],
            "older": ages[place],
            "typical": typical[place],
            "expectant": joined.expectant[place],
        }
        strips = tuple(
            _strip(
                level,
                {name: _of_level(int(mask), k, strategy) for name, mask in masks.items()},
                strategy,
                older_day=int(first[k][place]),
                is_narrow=choice.is_narrow,
                counts_older=include_older,
            )
            for k, level in enumerate(LEVELS)
        )
        code = codes[place]
        is_mapped = joined.evidence.is_mapped[place]
        counts = (offers[place], undescribed[place])
        found.append(Municipality(code, municipalities[code], is_mapped, strips, loose[place], *counts))
    return Coverage(strategy, choice, day, include_older, tuple(found))


def _of_level(mask: int, level: int, strategy: Strategy) -> int:
    years = strategy.childhood_years
    return (mask >> (level * years)) & ((1 << years) - 1)


def _strip(  # noqa: PLR0913
    level: str,
    masks: Mapping[str, int],
    strategy: Strategy,
    *,
    older_day: int,
    is_narrow: bool,
    counts_older: bool,
) -> Strip:
    every = (1 << strategy.childhood_years) - 1
    proven = masks["all"]
    sets = {
        COVERED: masks["own"],
        SHARED: proven & ~masks["own"],
        UNKNOWN: masks["best"] & ~proven,
        EMPTY: every & ~(masks["best"] | proven),
    }
    words = sets | {"planerat": masks["planned"], "aldre": masks["older"], "typvarde": masks["typical"]}
    years = range(strategy.childhood_years)
    return Strip(
        level=level,
        states=tuple(next(state for state, mask in sets.items() if mask >> year & 1) for year in years),
        is_older=tuple(bool(masks["older"] >> year & 1) for year in years),
        is_typical=tuple(bool(masks["typical"] >> year & 1) for year in years),
        years=MappingProxyType({name: years_in_words(mask, strategy) for name, mask in words.items()}),
        older_year=None if older_day == _NEVER else year_of(older_day),
        expectant=masks["expectant"] > 0,
        is_narrow=is_narrow,
        counts_older=counts_older,
    )


def words_of(facts: Facts, choice: Choice, strategy: Strategy) -> tuple[Words, Words]:
    """Pack the levels and years of each insats that fits a choice: as stated, and with empty cells filled in.

    Parameters
    ----------
    facts
        The dataset, packed.
    choice
        Which insatser count: surely, where they state it; perhaps, where the cell is empty.
    strategy
        The ages of childhood.
    """
    frame = facts.dataset.insatser
    themes_wanted = {folded(theme) for theme in choice.tema}

    def fits(base: str, themes_stated: tuple[str, ...], *, is_best: bool) -> bool:
        known = not choice.kunskapsbas or base in choice.kunskapsbas or (is_best and not base)
        stated = {folded(theme) for theme in themes_stated}
        return known and (not choice.tema or bool(themes_wanted & stated) or (is_best and not stated))

    def packed(row: tuple[Any, ...], *, is_best: bool) -> int:
        levels, first, last, base, themes_stated = row
        if not fits(base, themes_stated, is_best=is_best):
            return 0
        ages = (None if first < 0 else first, None if last < 0 else last)
        years = years_mask(*ages, strategy)
        if is_best and None in ages:
            years = (1 << strategy.childhood_years) - 1
        on = (LEVELS if is_best and not levels else levels) if years else ()
        return sum(years << (strategy.childhood_years * LEVELS.index(level)) for level in on)

    columns = [
        frame["preventionsniva"],
        frame["alder_fran"].fillna(-1),
        frame["alder_till"].fillna(-1),
        frame["kunskapsbas"].fillna(""),
        frame["tema"],
    ]
    return (
        _worked_out(columns, lambda row: packed(row, is_best=False)),
        _worked_out(columns, lambda row: packed(row, is_best=True)),
    )


def _worked_out(columns: Sequence["pd.Series[Any]"], code: Callable[[tuple[Any, ...]], int]) -> Words:
    """Give the code of each row of some columns, worked out once for each different row."""
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    known = {row: code(row) for row in set(rows)}
    return np.array([known[row] for row in rows], dtype=np.uint64)


@dataclass(frozen=True, eq=False)
class _Joined:
    """The words of insatser, joined for each municipality."""

    evidence: Evidence
    words: tuple[Words, Words]
    is_narrow: bool

    @cached_property
    def proven(self) -> tuple[Words, Words]:
        """What is proven by the municipality's own arenas, and by its own and shared ones."""
        return self._joined(self.words[0], self.evidence.standing.insatser == PROVEN)

    @cached_property
    def planned(self) -> Words:
        """What is planned, as far as it is stated."""
        return self._joined(self.words[0], self.evidence.standing.insatser == PLANNED_NOW)[1]

    @cached_property
    def expectant(self) -> Words:
        """The levels on which something proven is also for expectant parents: their lowest bit."""
        facts, years = self.evidence.facts, self.evidence.facts.layout.years
        is_for = np.asarray(facts.dataset.insatser["blivande_foraldrar"] == "ja", dtype=bool)
        levels = _worked_out(
            [facts.dataset.insatser["preventionsniva"]],
            lambda row: sum(1 << (years * k) for k, level in enumerate(LEVELS) if level in row[0]),
        )
        chosen = (self.evidence.standing.insatser == PROVEN) & is_for
        if self.is_narrow:
            chosen &= self.words[0] > 0
        return self._joined(levels, chosen)[1]

    @cached_property
    def possible(self) -> Words:
        """What there may be: rows that may be active, arenas without rows, and what nobody has listed."""
        evidence, facts = self.evidence, self.evidence.facts
        by_arena = self._by_arena(self.words[1], evidence.standing.insatser >= MAYBE)
        by_arena[bare_arenas(evidence)] = np.uint64(facts.layout.every_cell)
        _, best = _by_place(facts, by_arena, np.bitwise_or, 0)
        best[~np.array(evidence.is_mapped, dtype=bool)] = np.uint64(facts.layout.every_cell)
        return np.asarray(best, dtype=np.uint64)

    @cached_property
    def typical(self) -> tuple[Words, list[tuple[str, ...]]]:
        """What arenas that may be active usually reach; in words where their type has no usual level."""
        evidence, facts = self.evidence, self.evidence.facts
        values = facts.dataset.typvarden
        strategy, years = evidence.strategy, facts.layout.years
        words = np.zeros(len(vocabulary.ARENA_TYPE) + 1, dtype=np.uint64)
        loose: dict[int, str] = {}
        kinds = tuple(vocabulary.ARENA_TYPE)
        ages = (values[name].fillna(-1).tolist() for name in ("alder_fran", "alder_till"))
        for kind, levels, first, last in zip(
            values["arenatyp"], values["preventionsniva"], *ages, strict=True
        ):
            if kind not in kinds or first < 0 or last < 0:
                continue
            mask = years_mask(int(first), int(last), strategy)
            number = kinds.index(kind)
            words[number] |= np.uint64(sum(mask << (years * LEVELS.index(level)) for level in levels))
            if not levels:
                loose[number] = f"{vocabulary.ARENA_TYPE[kind]} {years_in_words(mask, strategy)}"
        there = evidence.standing.arenas >= MAYBE
        _, masks = _by_place(facts, words[facts.arena_type] * there, np.bitwise_or, 0)
        bits = np.where(there, np.uint64(1) << facts.arena_type.astype(np.uint64), np.uint64(0))
        _, present = _by_place(facts, bits.astype(np.uint64), np.bitwise_or, 0)
        return masks, [
            tuple(text for number, text in loose.items() if int(here) >> number & 1) for here in present
        ]

    @cached_property
    def counts(self) -> tuple[list[int], list[int]]:
        """Count the municipality's own insatser that may be active, and those without level or ages."""
        facts = self.evidence.facts
        frame = facts.dataset.insatser
        ages = (frame["alder_fran"].notna() & frame["alder_till"].notna()).to_numpy(dtype=bool)
        levels = np.array([bool(cell) for cell in frame["preventionsniva"]], dtype=bool)
        place = facts.place[facts.arena_of]
        there = (self.evidence.standing.insatser >= MAYBE) & (place >= 0)
        size = len(facts.kommunkoder)
        every = np.bincount(place[there], minlength=size)
        lacking = np.bincount(place[there & ~(ages & levels)], minlength=size)
        return every.tolist(), lacking.tolist()

    def oldest_days(self, strict: "_Joined", older: "_Joined") -> list[Days]:
        """Give, for each level and municipality, the first day of what counts only because older rows do."""
        facts = self.evidence.facts
        is_older = (older.evidence.standing.insatser == PROVEN) & (
            strict.evidence.standing.insatser != PROVEN
        )
        day = np.minimum(facts.day, facts.arena_day[facts.arena_of])
        found = []
        for k in range(len(LEVELS)):
            ones = np.uint64(((1 << facts.layout.years) - 1) << (facts.layout.years * k))
            rows = np.flatnonzero(is_older & ((self.words[0] & ones) > 0))
            by_arena = np.full(len(facts.place), _NEVER, dtype=np.int64)
            np.minimum.at(by_arena, facts.arena_of[rows], day[rows])
            found.append(_by_place(facts, by_arena, np.minimum, _NEVER)[1])
        return found

    def _joined(self, words: Words, chosen: Flags) -> tuple[Words, Words]:
        return _by_place(self.evidence.facts, self._by_arena(words, chosen), np.bitwise_or, 0)

    def _by_arena(self, words: Words, chosen: Flags) -> Words:
        facts = self.evidence.facts
        found = np.zeros(len(facts.place), dtype=np.uint64)
        rows = np.flatnonzero(chosen)
        np.bitwise_or.at(found, facts.arena_of[rows], words[rows])
        return found


def bare_arenas(evidence: Evidence) -> Flags:
    """Tell which arenas may be active and have no insats row at all: what they offer is unknown (G11)."""
    return np.asarray((evidence.standing.arenas >= MAYBE) & ~evidence.facts.has_rows)


def _by_place(facts: Facts, by_arena: Any, join: np.ufunc, nothing: int) -> tuple[Any, Any]:
    """Join what each arena gives, for each municipality: its own arenas, and its own and shared ones."""
    count = len(facts.kommunkoder)
    own = np.full(count + 2, nothing, dtype=by_arena.dtype)
    join.at(own, place_slot(facts.place, count), by_arena)
    every = join(own[:-2], own[-1])
    join.at(every, facts.serves_place, by_arena[facts.serves_arena])
    return own[:-2], every


HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        COVERED: "Belagt",
        SHARED: "Delat",
        UNKNOWN: "Underlag saknas",
        EMPTY: "Inget känt stöd",
        "planerat": "Planerat",
        "aldre": "Äldre uppgifter",
    }
)
"""The table's columns of years, with their headings."""

TYPICAL_HEADING: Final = "Typvärde (inget belägg)"
NO_YEARS: Final = "–"


def rows(shown: Coverage, *, typical: bool = False) -> pd.DataFrame:
    """Lay out the strips as a table: one row for each municipality and level, years in words.

    Parameters
    ----------
    shown
        What the page shows.
    typical
        Whether to add the type values.
    """
    columns = dict(HEADINGS) | ({"typvarde": TYPICAL_HEADING} if typical else {})
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
    return years or NO_YEARS


def excel_rows(shown: Coverage, dataset: Dataset, *, typical: bool = False) -> pd.DataFrame:
    """Lay out the same table for Excel, with the choice, the data version and the day on each row."""
    table = rows(shown, typical=typical)
    table.insert(1, "Länsdel", [one.county_part for one in shown.listed for _ in one.strips])
    example = "EXEMPELDATA – påhittade uppgifter. " if dataset.example else ""
    return table.assign(
        Urval=f"{example}{shown.sentence}", Dataversion=dataset.version, Bedömningsdag=shown.day.isoformat()
    )
