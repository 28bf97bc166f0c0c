"""Pack what each insats states into bits: what it proves, and what it may be where a cell is empty.

Nothing here depends on a day, so a dataset is packed once and judged on any day. An insats is two machine
words in two readings. *Stated* has only what its cells say; *possible* has also what an empty cell may stand
for. Words of many rows are joined with bitwise or, which is what "covered by any of them" means.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapping import vocabulary
from mapping.dataset import Dataset
from mapping.schema import folded
from mapping.strategy import Strategy

Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
Days = npt.NDArray[np.int64]

UNIVERSAL: Final = "universell"
INCOMPLETE_LIST: Final = "ofullstandig"
LEVELS: Final = tuple(vocabulary.PREVENTION_LEVEL)
NO_DAY: Final = np.iinfo(np.int64).min
"""A date that is not known, as a day number."""
NOWHERE: Final = -1
COUNTY: Final = -2
"""Place of an arena in no judged municipality, and of one that serves the whole county."""

OLDEST_AGE: Final = 25
_STATED, _NARROWER, _FORM_2_1, _FORM_2_2, _OTHER_2_1, _OTHER_2_2 = 1, 2, 2, 4, 2, 4
_CLOSED_LIST, _SEVERAL, _WITH_REGION, _WITH_CIVIL = 1, 2, 4, 8


@dataclass(frozen=True)
class Field:
    """A run of bits in the second word."""

    shift: int
    width: int

    @property
    def ones(self) -> int:
        """Every bit of the field, in its place."""
        return ((1 << self.width) - 1) << self.shift

    def of(self, word: int) -> int:
        """Take the field out of a word."""
        return (word >> self.shift) & ((1 << self.width) - 1)


@dataclass(frozen=True, eq=False)
class Layout:
    """Where each fact lies in the two words.

    The first word is level × year (1.1): universell's years in the lowest bits. The second holds the rest.
    Level × phase is packed likewise, universell's phases lowest.
    """

    years: int
    phases: int
    types: int

    @property
    def every_cell(self) -> int:
        """The first word when every level and year is covered."""
        return (1 << (len(LEVELS) * self.years)) - 1

    @property
    def every_year(self) -> int:
        """Every year of childhood."""
        return (1 << self.years) - 1

    @property
    def every_phase(self) -> int:
        """Every phase."""
        return (1 << self.phases) - 1

    @property
    def every_method(self) -> int:
        """Every level × phase."""
        return (1 << (len(LEVELS) * self.phases)) - 1

    @property
    def every_type(self) -> int:
        """Every arena type that 2.4 asks for."""
        return (1 << self.types) - 1

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """The fields of the second word by name.

        `universal` years, `adapted` phases (2.1), `rights` phases (1.2), `methods` and `joint` methods of at
        least so many parties (1.4), arena `types` (2.4), `outreach` (2.2), `regional` and `civil` sharing
        (3.4), whether the row is `complete` (2.3).
        """
        methods = len(LEVELS) * self.phases
        widths = {
            "universal": self.years,
            "adapted": self.phases,
            "rights": self.phases,
            "methods": methods,
            "joint": methods,
            "types": self.types,
            "outreach": 1,
            "regional": 1,
            "civil": 1,
            "complete": 1,
        }
        fields, shift = {}, 0
        for name, width in widths.items():
            fields[name] = Field(shift, width)
            shift += width
        return fields

    @property
    def anything(self) -> int:
        """The second word of an insats that nobody has described; its arena's type is known."""
        known = self.fields["types"].ones | self.fields["complete"].ones
        return sum(field.ones for field in self.fields.values()) & ~known


@dataclass(frozen=True, eq=False)
class Facts:
    """What a dataset states, as arrays by the position of arenas and insatser in its frames.

    Attributes
    ----------
    dataset
        Without insatser whose arena does not exist.
    kommunkoder
        The municipalities that are judged; `place` is a position in it.
    layout
        Where each fact lies in the words.
    place, serves_arena, serves_place
        Where each arena lies (or `NOWHERE`, `COUNTY`), and pairs of arena and another municipality it serves.
    arena_status, arena_type
        Codes: positions in `STATUSES`, in `vocabulary.ARENA_TYPE`.
    arena_is_weak
        Whether the source is weak (`belagg` = svag).
    arena_day, arena_type_bits, has_rows
        Day number of the confirmation; the 2.4 type of the arena as a second word; any insats row at all.
    started, developed
        Last day of `start_datum` and of `utvecklad_datum`, and their first days, as day numbers.
    arena_of
        Position of each insats' arena.
    status, is_weak, day
        Of each insats; without a date of its own it has its arena's.
    stated, possible
        The two words of each insats, in each reading.
    """

    dataset: Dataset
    kommunkoder: tuple[str, ...]
    layout: Layout
    place: Places
    serves_arena: Places
    serves_place: Places
    arena_status: npt.NDArray[np.int8]
    arena_type: npt.NDArray[np.int8]
    arena_is_weak: Flags
    arena_day: Days
    arena_type_bits: Words
    has_rows: Flags
    started: tuple[Days, Days]
    developed: tuple[Days, Days]
    arena_of: Places
    status: npt.NDArray[np.int8]
    is_weak: Flags
    day: Days
    stated: tuple[Words, Words]
    possible: tuple[Words, Words]


STATUSES: Final = ("stangd", "planerad", "okand", "aktiv")
CLOSED, PLANNED, UNSURE, ACTIVE = range(4)
"""Codes of a status as it stands in the table."""


@lru_cache(maxsize=4)
def facts(dataset: Dataset, strategy: Strategy, kommunkoder: tuple[str, ...]) -> Facts:
    """Pack a dataset.

    Parameters
    ----------
    dataset
        Any dataset.
    strategy
        Its lists say what counts as a method, as adapted, as outreach, as a party.
    kommunkoder
        The municipalities to judge.
    """
    arenor, insatser = dataset.arenor, dataset.insatser
    layout = Layout(strategy.childhood_years, len(strategy.phases), len(strategy["2.4"].limits["arenatyper"]))
    arena_type = _codes(arenor["arenatyp"], tuple(vocabulary.ARENA_TYPE))
    place, serves = _places(arenor, kommunkoder)
    arena_of = positions(insatser["arena_id"], arenor.index)
    is_known = arena_of != NOWHERE
    if not is_known.all():
        insatser, arena_of = insatser[is_known], arena_of[is_known]
        dataset = replace(dataset, insatser=insatser)
    arena_day = days(arenor["kontrollerad_datum_first_day"])
    own_day = days(insatser["kontrollerad_datum_first_day"])
    has_rows = np.zeros(len(arenor), dtype=bool)
    has_rows[arena_of] = True
    type_bits = _type_bits(strategy, layout)[arena_type]
    stated, possible = _words(insatser, strategy, layout, type_bits[arena_of])
    return Facts(
        dataset=dataset,
        kommunkoder=kommunkoder,
        layout=layout,
        place=place,
        serves_arena=serves[0],
        serves_place=serves[1],
        arena_status=_codes(arenor["status"], STATUSES),
        arena_type=arena_type,
        arena_is_weak=_is(arenor["belagg"], "svag"),
        arena_day=arena_day,
        arena_type_bits=type_bits,
        has_rows=has_rows,
        started=(days(arenor["start_datum_first_day"]), days(arenor["start_datum_last_day"])),
        developed=(days(arenor["utvecklad_datum_first_day"]), days(arenor["utvecklad_datum_last_day"])),
        arena_of=arena_of,
        status=_codes(insatser["status"], STATUSES),
        is_weak=_is(insatser["belagg"], "svag"),
        day=np.where(own_day == NO_DAY, arena_day[arena_of], own_day),
        stated=stated,
        possible=possible,
    )


def positions(values: "pd.Series[str]", among: "pd.Index[str] | Sequence[str]") -> Places:
    """Find where each text stands in a list; `NOWHERE` if it does not.

    Examples
    --------
    >>> positions(pd.Series(["b", None, "c"], dtype="str"), ["a", "b"]).tolist()
    [1, -1, -1]
    """
    text = pa.large_string()
    wanted = pa.array(among, type=text, from_pandas=True)
    found = pc.index_in(pa.array(values, type=text, from_pandas=True), value_set=wanted)
    return np.asarray(found.fill_null(NOWHERE).to_numpy(zero_copy_only=False), dtype=np.int32)


def days(dates: "pd.Series[pd.Timestamp]") -> Days:
    """Turn dates into day numbers; `NO_DAY` where there is none."""
    return dates.to_numpy().astype("datetime64[D]").view("int64")


def memo(values: Iterable[Any], code: Callable[[Any], int], kind: Any) -> npt.NDArray[Any]:
    """Give the code of each value, worked out once for each different value."""

    class Codes(dict[Any, int]):
        def __missing__(self, value: Any) -> int:
            found = self[value] = code(value)
            return found

    listed = list(values)
    return np.fromiter(map(Codes().__getitem__, listed), dtype=kind, count=len(listed))


def _codes(values: "pd.Series[str]", among: Sequence[str]) -> npt.NDArray[np.int8]:
    return positions(values, among).astype(np.int8)


def _is(values: "pd.Series[str]", code: str) -> Flags:
    return np.asarray((values == code).to_numpy(dtype=bool, na_value=False))


def _places(arenor: pd.DataFrame, kommunkoder: tuple[str, ...]) -> tuple[Places, tuple[Places, Places]]:
    place = positions(arenor["kommunkod"], kommunkoder)
    place = np.where(_is(arenor["kommunkod"], vocabulary.COUNTY_CODE), COUNTY, place).astype(np.int32)
    known = {code: number for number, code in enumerate(kommunkoder)}
    pairs = [
        (arena, known[code])
        for arena, codes in enumerate(arenor["betjanar_kommuner"])
        if codes
        for code in (known if vocabulary.COUNTY_CODE in codes else codes)
        if code in known and known[code] != place[arena]
    ]
    split = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return place, (split[:, 0], split[:, 1])


def _type_bits(strategy: Strategy, layout: Layout) -> Words:
    """Give the second word's type bit for each arena type, and none at the end for an unknown one."""
    shift = layout.fields["types"].shift
    bits = {code: 1 << (shift + number) for number, code in enumerate(arena_types(strategy))}
    return np.array([bits.get(code, 0) for code in (*vocabulary.ARENA_TYPE, "")], dtype=np.uint64)


def arena_types(strategy: Strategy) -> tuple[str, ...]:
    """Give the arena types of 2.4, in the order of their bits."""
    return tuple(strategy["2.4"].thresholds["arenatyper"].value)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class _Spans:
    """What each pair of ages covers, by `(alder_fran + 1) * WIDTH + alder_till + 1`; an empty cell is -1."""

    years: Words
    phases: Words
    possible_years: Words
    possible_phases: Words


WIDTH: Final = OLDEST_AGE + 2


@lru_cache(maxsize=4)
def _spans(strategy: Strategy) -> _Spans:
    tables = np.zeros((4, WIDTH * WIDTH), dtype=np.uint64)
    every = (1 << strategy.childhood_years) - 1
    for first in range(WIDTH):
        for last in range(WIDTH):
            known = years_mask(first - 1 if first else None, last - 1 if last else None, strategy)
            is_open = not (first and last)
            possible = every if is_open else known
            tables[:, first * WIDTH + last] = [
                known,
                phases_mask(known, strategy),
                possible,
                phases_mask(possible, strategy),
            ]
    return _Spans(*tables)


def years_mask(first: int | None, last: int | None, strategy: Strategy) -> int:
    """Give the years of childhood that a span surely covers, youngest in the lowest bit.

    A span of which only one end is known surely covers that year; an upper end beyond childhood says
    nothing of childhood then.

    Examples
    --------
    >>> from mapping.settings import SHIPPED_STRATEGY
    >>> from mapping.strategy import read
    >>> [bin(years_mask(*span, read(SHIPPED_STRATEGY))) for span in ((0, 2), (17, 20), (3, None), (None, 20))]
    ['0b111', '0b1100000000000000000', '0b1000', '0b0']
    """
    youngest, oldest = strategy.childhood
    if first is None and last is None:
        return 0
    low, high = (last if first is None else first), (first if last is None else last)
    if low is None or high is None:
        return 0
    covered = range(max(low, youngest), min(high, oldest) + 1)
    return sum(1 << (year - youngest) for year in covered)


def phases_mask(years: int, strategy: Strategy) -> int:
    """Give the phases of which some years are a large enough share (rule G3)."""
    youngest = strategy.childhood[0]
    mask = 0
    for number, (first, last) in enumerate(strategy.phases):
        width = last - first + 1
        covered = ((years >> (first - youngest)) & ((1 << width) - 1)).bit_count()
        if covered and covered / width >= strategy.phase_share:
            mask |= 1 << number
    return mask


def _words(
    insatser: pd.DataFrame, strategy: Strategy, layout: Layout, type_bits: Words
) -> tuple[tuple[Words, Words], tuple[Words, Words]]:
    ages = _spans(strategy)
    span = _ages(insatser)
    level = memo(insatser["preventionsniva"], _levels, np.uint8)
    group = memo(insatser["malgrupp"], _group(strategy), np.uint8)
    form = memo(insatser["form"], _form(strategy), np.uint8)
    language = memo(insatser["sprak"], _language(strategy), np.uint8)
    party = memo(insatser["parter"], _parties(strategy), np.uint8)
    base = _codes(insatser["kunskapsbas"], tuple(vocabulary.KNOWLEDGE_BASE))
    rights = _codes(insatser["barnratt"], tuple(vocabulary.YES_NO))
    every = (1 << len(LEVELS)) - 1
    any_level = np.where(level == 0, every, level)
    is_open = (form & _STATED == 0) | (language & _STATED == 0)
    adapted = (group == _NARROWER) | (form & _FORM_2_1 > 0) | (language & _OTHER_2_1 > 0)
    outreach = (form & _FORM_2_2 > 0) | (language & _OTHER_2_2 > 0)
    open_list = party & _CLOSED_LIST == 0
    complete = (
        (level > 0) & (ages.years[span] == ages.possible_years[span]) & _both_ages(insatser) & (group > 0)
    )
    readings = []
    for is_possible in (False, True):
        years = ages.possible_years[span] if is_possible else ages.years[span]
        phases = ages.possible_phases[span] if is_possible else ages.phases[span]
        levels = any_level if is_possible else level
        known = [
            _accepted(strategy, code)[base] | (is_possible & (base == NOWHERE)) for code in ("1.1", "1.4")
        ]
        cells = years * _spread(layout.years)[levels] * known[0]
        methods = phases * _spread(layout.phases)[levels] * known[1]
        parts = {
            "universal": years * (levels & 1),
            "adapted": phases * (adapted | (is_possible & (is_open | (group == 0)))),
            "rights": phases * ((rights == 0) | (is_possible & (rights == NOWHERE))),
            "methods": methods,
            "joint": methods * ((party & _SEVERAL > 0) | (is_possible & open_list)),
            "outreach": outreach | (is_possible & is_open),
            "regional": (party & _WITH_REGION > 0) | (is_possible & open_list),
            "civil": (party & _WITH_CIVIL > 0) | (is_possible & open_list),
            "complete": complete,
        }
        word = type_bits.copy()
        for name, part in parts.items():
            word |= part.astype(np.uint64) << np.uint64(layout.fields[name].shift)
        readings.append((cells, word))
    return readings[0], readings[1]


def _spread(width: int) -> Words:
    """Give, for each set of levels, the factor that repeats a mask of `width` bits on each of them."""
    levels = range(len(LEVELS))
    sets = range(1 << len(LEVELS))
    return np.array(
        [sum(1 << (width * k) for k in levels if chosen >> k & 1) for chosen in sets], dtype=np.uint64
    )


def _accepted(strategy: Strategy, code: str) -> npt.NDArray[np.bool_]:
    """Tell for each code of `kunskapsbas`, and last for an empty cell, whether it is knowledge-based."""
    wanted = strategy[code].limits["kunskapsbas"]
    return np.array([base in wanted for base in (*vocabulary.KNOWLEDGE_BASE, "")])


def _ages(insatser: pd.DataFrame) -> npt.NDArray[np.int64]:
    first, last = (_age(insatser[name]) for name in ("alder_fran", "alder_till"))
    return (first + 1) * WIDTH + last + 1


def _age(ages: "pd.Series[int]") -> npt.NDArray[np.int64]:
    return np.clip(ages.to_numpy(dtype=np.int64, na_value=-1), -1, OLDEST_AGE)


def _both_ages(insatser: pd.DataFrame) -> Flags:
    return np.asarray(insatser["alder_fran"].notna() & insatser["alder_till"].notna(), dtype=bool)


def _levels(codes: tuple[str, ...]) -> int:
    return sum(1 << number for number, level in enumerate(LEVELS) if level in codes)


def _group(strategy: Strategy) -> Callable[[tuple[str, ...]], int]:
    def code(words: tuple[str, ...]) -> int:
        if not words:
            return 0
        narrower = any(folded(word) not in strategy.general_words for word in words)
        return _NARROWER if narrower else _STATED

    return code


def _form(strategy: Strategy) -> Callable[[tuple[str, ...]], int]:
    adapted, reaching = (strategy[code].limits["former"] for code in ("2.1", "2.2"))

    def code(forms: tuple[str, ...]) -> int:
        if not forms:
            return 0
        return (
            _STATED
            | _FORM_2_1 * (not adapted.isdisjoint(forms))
            | _FORM_2_2 * (not reaching.isdisjoint(forms))
        )

    return code


def _language(strategy: Strategy) -> Callable[[tuple[str, ...]], int]:
    usual = [strategy[code].limits["sprak"] for code in ("2.1", "2.2")]

    def code(languages: tuple[str, ...]) -> int:
        if not languages:
            return 0
        others = [not set(languages) <= common for common in usual]
        return _STATED | _OTHER_2_1 * others[0] | _OTHER_2_2 * others[1]

    return code


def is_municipality(party: str) -> bool:
    """Tell whether a party is a kommunkod."""
    return party.isdigit() and party != vocabulary.COUNTY_CODE


def _parties(strategy: Strategy) -> Callable[[tuple[str, ...]], int]:
    shared = strategy["3.4"].limits
    fewest = strategy["1.4"].limits["minst_parter"]

    def code(parties: tuple[str, ...]) -> int:
        known = {party for party in parties if party != INCOMPLETE_LIST}
        municipal = any(party in shared["kommunens_parter"] or is_municipality(party) for party in known)
        regional = any(
            party in shared["regionens_parter"] or party == vocabulary.COUNTY_CODE for party in known
        )
        civil = known & shared["civilsamhallets_parter"]
        others = known - shared["civilsamhallets_parter"]
        return (
            _CLOSED_LIST * (bool(parties) and INCOMPLETE_LIST not in parties)
            | _SEVERAL * bool(len(known) >= fewest)
            | _WITH_REGION * (municipal and regional)
            | _WITH_CIVIL * bool(civil and others)
        )

    return code
