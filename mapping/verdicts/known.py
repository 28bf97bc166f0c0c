"""Pack what each insats states into bits: what it proves, and what it may be where a cell is empty.

Nothing here depends on a day, so a dataset is packed once and judged on any day. An insats is two machine
words in two readings. *Stated* has only what its cells say; *possible* has also what an empty cell may stand
for. Words of many rows are joined with bitwise or, which is what "covered by any of them" means.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import folded
from mapping.verdicts.strategy import Strategy

Words = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]
Rows = npt.NDArray[np.signedinteger[Any]]
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
_STATED, _FORM_2_1, _FORM_2_2, _OTHER_2_1, _OTHER_2_2 = 1, 2, 4, 2, 4
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
    def every_method(self) -> int:
        """Every level × phase."""
        return (1 << (len(LEVELS) * self.phases)) - 1

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
    target
        Position of the arena whose premises each arena shares; `NOWHERE` for none or not known.
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
    target: Places
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

    @cached_property
    def shelves(self) -> "Shelves":
        """The insatser gathered by where their arena lies."""
        return Shelves.of(self)

    @cached_property
    def inside(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Arenas that lie in a judged municipality, and which."""
        arenas = np.flatnonzero(self.place >= 0)
        return arenas, self.place[arenas].astype(np.int64)

    @cached_property
    def shared_rows(self) -> tuple[npt.NDArray[np.int64], Places]:
        """Pairs of an insats and another municipality that its arena serves."""
        if not len(self.serves_arena):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        by_arena = np.argsort(self.serves_arena, kind="stable")
        many = np.bincount(self.serves_arena, minlength=len(self.place))
        begins = np.cumsum(many) - many
        rows = np.flatnonzero(many[self.arena_of])
        times = many[self.arena_of[rows]]
        within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        pairs = by_arena[np.repeat(begins[self.arena_of[rows]], times) + within]
        return np.repeat(rows, times), self.serves_place[pairs]


@dataclass(frozen=True, eq=False)
class Shelves:
    """Insatser in the order of the place of their arena, so that words are joined place by place.

    Attributes
    ----------
    order
        Position of each insats in the facts.
    slots, starts
        The places that have insatser (`NOWHERE` and `COUNTY` last, as `place_slot` numbers them), and where
        each begins.
    stated, possible
        The words in that order.
    """

    order: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    stated: tuple[Words, Words]
    possible: tuple[Words, Words]

    @classmethod
    def of(cls, facts: Facts) -> "Shelves":
        """Gather the insatser of a packed dataset."""
        slot = place_slot(facts.place, len(facts.kommunkoder))[facts.arena_of].astype(np.uint16)
        order = np.argsort(slot, kind="stable")
        ordered = slot[order]
        starts = np.flatnonzero(np.diff(ordered, prepend=np.uint16(0)) != 0)
        if len(ordered) and (len(starts) == 0 or starts[0] != 0):
            starts = np.concatenate([[0], starts])
        return cls(
            order=order,
            slots=ordered[starts].astype(np.int64),
            starts=starts,
            stated=(facts.stated[0][order], facts.stated[1][order]),
            possible=(facts.possible[0][order], facts.possible[1][order]),
        )

    def joined(self, words: Words, chosen: Flags, size: int) -> Words:
        """Join the words of the chosen insatser of each slot."""
        found = np.zeros(size, dtype=np.uint64)
        if len(self.order):
            found[self.slots] = np.bitwise_or.reduceat(words * chosen, self.starts)
        return found


def place_slot(place: Places, count: int) -> Places:
    """Give places numbers so that `NOWHERE` and `COUNTY` come after the municipalities."""
    return np.where(place == COUNTY, count + 1, np.where(place == NOWHERE, count, place))


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
        target=positions(arenor["samlokaliserad_med"], arenor.index),
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


def memo(column: "pd.Series[Any]", code: Callable[[Any], int]) -> npt.NDArray[np.uint32]:
    """Give the code of each cell of a list column, worked out once for each different tuple.

    `mapping.tables` gives cells of the same text the same tuple, so that tuples can be told apart by where
    they lie in memory, faster than by what they hold. Equal tuples in different places do no harm.

    Examples
    --------
    >>> memo(pd.Series([("sv",), (), ("sv", "so")], dtype=object), len).tolist()
    [1, 0, 2]
    """
    cells = column.to_numpy(dtype=object)
    places = np.frombuffer(cells.tobytes(), dtype=np.intp)
    number, different = pd.factorize(places)
    first = np.zeros(len(different), dtype=np.intp)
    first[number[::-1]] = np.arange(len(cells) - 1, -1, -1)
    known: dict[Any, int] = {}
    for cell in cells[first].tolist():
        if cell not in known:
            known[cell] = code(cell)
    return np.array([known[cell] for cell in cells[first].tolist()], dtype=np.uint32)[number]


def _codes(values: "pd.Series[str]", among: Sequence[str]) -> npt.NDArray[np.int8]:
    return positions(values, among).astype(np.int8)


def _is(values: "pd.Series[str]", code: str) -> Flags:
    return np.asarray(values == code, dtype=bool)


def _places(arenor: pd.DataFrame, kommunkoder: tuple[str, ...]) -> tuple[Places, tuple[Places, Places]]:
    place = positions(arenor["kommunkod"], kommunkoder)
    place = np.where(_is(arenor["kommunkod"], vocabulary.COUNTY_CODE), COUNTY, place).astype(np.int32)
    known = {code: number for number, code in enumerate(kommunkoder)}
    pairs = [
        (arena, known[code])
        for arena, codes in enumerate(arenor["betjanar_kommuner"].tolist())
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
    >>> from mapping.verdicts.strategy import read
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
    """Pack insatser in both readings: as stated, and with what empty cells may stand for.

    A field of phases is the insats' phases times a power of two, so all of them are one product with a factor
    that small tables give.
    """
    level = memo(insatser["preventionsniva"], _levels)
    offer = memo(insatser["malgrupp"], _group(strategy))
    offer |= memo(insatser["form"], _form(strategy)) << np.uint32(_FORM_BITS)
    offer |= memo(insatser["sprak"], _language(strategy)) << np.uint32(_LANGUAGE_BITS)
    party = memo(insatser["parter"], _parties(strategy))
    base = _codes(insatser["kunskapsbas"], tuple(vocabulary.KNOWLEDGE_BASE)) + 1
    rights = _codes(insatser["barnratt"], tuple(vocabulary.YES_NO)) + 1
    method = (level << np.uint32(6)) | (party << np.uint32(2)) | base.astype(np.uint32)
    span = _ages(insatser)
    ages, tables = _spans(strategy), _tables(strategy, layout)
    stated_group = (offer & _STATED_GROUP) > 0
    complete = (level > 0) & stated_group & _both_ages(insatser)
    readings = []
    for side, years, phases in (
        (0, ages.years[span], ages.phases[span]),
        (1, ages.possible_years[span], ages.possible_phases[span]),
    ):
        cells = years * tables.cells[side][method]
        factor = tables.methods[side][method] + tables.adapted[side][offer] + tables.rights[side][rights]
        word = type_bits | (phases * factor) | (years * tables.universal[side][level])
        word |= (
            tables.outreach[side][offer]
            | tables.sharing[side][party]
            | tables.complete[complete.view(np.int8)]
        )
        readings.append((cells, word))
    return readings[0], readings[1]


_STATED_GROUP: Final = 1
_NARROWER: Final = 2
_FORM_BITS: Final = 2
_LANGUAGE_BITS: Final = 5
"""Bits of what is offered: group stated, narrower; form stated, adapted, reaching; language likewise."""


class _Tables(NamedTuple):
    """What small codes stand for in the words, as stated and at best; see `_words`."""

    cells: tuple[Words, Words]
    methods: tuple[Words, Words]
    adapted: tuple[Words, Words]
    rights: tuple[Words, Words]
    universal: tuple[Words, Words]
    outreach: tuple[Words, Words]
    sharing: tuple[Words, Words]
    complete: Words


@lru_cache(maxsize=4)
def _tables(strategy: Strategy, layout: Layout) -> _Tables:  # noqa: C901
    fields = layout.fields

    def both(size: int, value: Callable[[int, bool], int]) -> tuple[Words, Words]:
        stated, possible = (
            np.array([value(code, is_best) for code in range(size)], dtype=np.uint64)
            for is_best in (False, True)
        )
        return stated, possible

    def levels(code: int, *, is_best: bool) -> int:
        return code or (is_best * ((1 << len(LEVELS)) - 1))

    def is_method(objective: str, base: int, *, is_best: bool) -> bool:
        wanted = strategy[objective].limits["kunskapsbas"]
        return is_best if base == 0 else tuple(vocabulary.KNOWLEDGE_BASE)[base - 1] in wanted

    def cells(code: int, is_best: bool) -> int:  # noqa: FBT001
        known = is_method("1.1", code & 3, is_best=is_best)
        return known * _spread(layout.years, levels(code >> 6, is_best=is_best))

    def methods(code: int, is_best: bool) -> int:  # noqa: FBT001
        known = is_method("1.4", code & 3, is_best=is_best)
        spread = known * _spread(layout.phases, levels(code >> 6, is_best=is_best))
        party = (code >> 2) & 15
        several = party & _SEVERAL or (is_best and not party & _CLOSED_LIST)
        return (spread << fields["methods"].shift) | bool(several) * (spread << fields["joint"].shift)

    def is_open(offer: int) -> bool:
        return not (offer >> _FORM_BITS & _STATED and offer >> _LANGUAGE_BITS & _STATED)

    def adapted(offer: int, is_best: bool) -> int:  # noqa: FBT001
        is_known = offer & _NARROWER or offer >> _FORM_BITS & 2 or offer >> _LANGUAGE_BITS & 2
        may_be = is_best and (is_open(offer) or not offer & _STATED_GROUP)
        return bool(is_known or may_be) << fields["adapted"].shift

    def outreach(offer: int, is_best: bool) -> int:  # noqa: FBT001
        is_known = offer >> _FORM_BITS & 4 or offer >> _LANGUAGE_BITS & 4
        return bool(is_known or (is_best and is_open(offer))) << fields["outreach"].shift

    def rights(code: int, is_best: bool) -> int:  # noqa: FBT001
        is_about = is_best if code == 0 else tuple(vocabulary.YES_NO)[code - 1] == "ja"
        return is_about << fields["rights"].shift

    def sharing(party: int, is_best: bool) -> int:  # noqa: FBT001
        may_be = is_best and not party & _CLOSED_LIST
        regional, civil = (bool(party & bit) or may_be for bit in (_WITH_REGION, _WITH_CIVIL))
        return (regional << fields["regional"].shift) | (civil << fields["civil"].shift)

    return _Tables(
        cells=both(1 << 9, cells),
        methods=both(1 << 9, methods),
        adapted=both(1 << 8, adapted),
        rights=both(1 + len(vocabulary.YES_NO), rights),
        universal=both(
            1 << len(LEVELS),
            lambda code, is_best: (levels(code, is_best=is_best) & 1) << fields["universal"].shift,
        ),
        outreach=both(1 << 8, outreach),
        sharing=both(1 << 4, sharing),
        complete=np.array([0, fields["complete"].ones], dtype=np.uint64),
    )


def _spread(width: int, levels: int) -> int:
    """Give the factor that repeats a mask of `width` bits on each of some levels."""
    return sum(1 << (width * number) for number in range(len(LEVELS)) if levels >> number & 1)


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
        return _STATED_GROUP | _NARROWER * narrower

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
