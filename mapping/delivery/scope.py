"""Replace what a delivery is about: some municipalities' rows of some tables, and nothing else."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.schema import ARENOR, BEFOLKNING, DIALOG, EMPTY, INSATSER, KOMMUNLAGE, TABLES
from mapping.swedish import either, swedish_order
from mapping.tables import identity
from mapping.tables.raw_table import ROW, RawTable, empty, with_keys

Areas = frozenset[str]
"""Kommunkoder; `18` is what concerns the county as a whole."""

DIVISIBLE: Final = tuple(table.name for table in (ARENOR, INSATSER, KOMMUNLAGE, DIALOG, BEFOLKNING))
"""The tables whose rows belong to municipalities. The others are replaced whole."""

KEPT: Final = -1
"""Stands as the sheet of a row that stays as it is published, see `RawTable.origins`."""


@dataclass(frozen=True)
class Scope:
    """What a delivery replaces."""

    areas: Mapping[str, Areas | None]
    """Table → the municipalities whose rows are replaced; None: the whole table. Tables that are not named
    stay as they are."""

    @classmethod
    def of(cls, tables: Iterable[str], kommuner: Iterable[str] | None = None) -> "Scope":
        """Name the same municipalities for every table; None: the tables as a whole."""
        chosen = None if kommuner is None else frozenset(kommuner)
        return cls({name: chosen if name in DIVISIBLE else None for name in tables})

    @property
    def tables(self) -> frozenset[str]:
        """The tables that are replaced, in part or as a whole."""
        return frozenset(self.areas)

    @property
    def kommuner(self) -> Areas | None:
        """The municipalities that any table is limited to; None if all tables are replaced whole."""
        limited = [areas for areas in self.areas.values() if areas is not None]
        return frozenset().union(*limited) if limited else None


@dataclass(frozen=True)
class TableOutcome:
    """What becomes of one table that is delivered."""

    table: str
    areas: Areas | None
    """As in `Scope`."""
    delivered: int
    """Rows of the delivery that are used."""
    left_out: int = 0
    """Rows of the delivery that are not, because they are about other municipalities."""
    replaced: int = 0
    """Published rows that the delivered ones stand in for."""
    kept: int = 0
    kept_areas: Areas = frozenset()
    """The municipalities that the rows that stay are about."""


@dataclass(frozen=True)
class Outcome:
    """The tables of a new version, and what of them is old."""

    tables: Mapping[str, RawTable]
    """Every table of the new version. One that holds delivered rows tells their `origins`, and those of the
    rows that stay beside them; one that stays whole is the published one."""
    delivered: tuple[TableOutcome, ...]
    """What became of each delivered table, in the contract's order."""
    untouched: tuple[str, ...]
    """Published tables that stay whole, in the contract's order."""
    orphans: int
    """Published insatser outside the scope that go because their arenas do."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say in Swedish what is replaced and what stays."""
        return tuple(_sentences(self))


def replaced(published: Mapping[str, RawTable], delivered: Mapping[str, RawTable], scope: Scope) -> Outcome:
    """Put delivered rows in the place of published ones, within a scope.

    A published row stays if it is about a municipality outside the scope, unless the delivery has a row with
    its id: an arena may move. A row about several municipalities is within the scope if all of them are. Rows
    of the delivery about others are left out; those that do not say what they are about are taken, so that
    the check can tell. Insatser follow their arenas: those of an arena that is gone go with it. A delivered
    table that the scope does not name is not used. Ids that the delivery lacks are made, as reading would, so
    that they do not collide with what stays.
    """
    new = {name: with_keys(table) for name, table in delivered.items() if name in scope.areas}
    before = _homes(published)
    after = {**before, **_homes(new)}
    tables: dict[str, RawTable] = {}
    outcomes: dict[str, TableOutcome] = {}
    for name in TABLES:
        if name in new:
            areas = scope.areas[name] if name in DIVISIBLE else None
            old = published.get(name) or empty(TABLES[name])
            if areas is None or not new[name].is_readable:
                tables[name] = new[name]
                outcomes[name] = TableOutcome(name, None, len(new[name].frame), replaced=len(old.frame))
            else:
                tables[name], outcomes[name] = _joined(old, new[name], areas, before, after)
        elif name in published:
            tables[name] = published[name]
    untouched = tuple(name for name in tables if name not in new)
    orphans = 0
    if INSATSER.name in tables and ARENOR.name in new and ARENOR.key in tables[ARENOR.name].frame:
        insatser = _without_orphans(tables[INSATSER.name], set(_ids(tables[ARENOR.name])))
        orphans = len(tables[INSATSER.name].frame) - len(insatser.frame)
        tables[INSATSER.name] = insatser
        if INSATSER.name in outcomes:
            outcome = outcomes[INSATSER.name]
            outcomes[INSATSER.name] = replace(outcome, kept=outcome.kept - orphans)
    return Outcome(tables, tuple(outcomes.values()), untouched, orphans)


def suggested(published: Mapping[str, RawTable], delivered: Mapping[str, RawTable]) -> Scope:
    """Suggest the scope under which nothing is lost that the delivery says nothing about.

    A table that names fewer municipalities than the published one replaces only theirs; otherwise all of it.
    """
    before = _homes(published)
    after = {**before, **_homes(delivered)}
    areas: dict[str, Areas | None] = {}
    for name in (name for name in TABLES if name in delivered):
        areas[name] = None
        if name in DIVISIBLE and name in published and delivered[name].is_readable:
            named = _all(_areas(delivered[name], after))
            areas[name] = None if _all(_areas(published[name], before)) <= named else named
    return Scope(areas)


def _homes(tables: Mapping[str, RawTable]) -> dict[str, str]:
    """Tell in which municipality each arena lies."""
    arenor = tables.get(ARENOR.name)
    return identity.places_of_arenas(arenor.canonical) if arenor is not None else {}


def _areas(raw: RawTable, homes: Mapping[str, str]) -> list[Areas]:
    return identity.areas(raw.canonical, raw.table, homes)


def _all(areas: Iterable[Areas]) -> Areas:
    return frozenset().union(*areas)


def _ids(raw: RawTable) -> list[str]:
    """Give each row's id; empty in tables that know of none."""
    key = raw.table.key
    return raw.canonical[key].tolist() if key in raw.frame else [EMPTY] * len(raw.frame)


def _joined(
    old: RawTable, new: RawTable, areas: Areas, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[RawTable, TableOutcome]:
    """Join what stays of a published table with what is used of a delivered one.

    `before` and `after` tell where each arena lies, as published and as it will be.
    """
    old = with_keys(old)
    used = [not about or about <= areas for about in _areas(new, after)]
    ids = {key for key, is_used in zip(_ids(new), used, strict=True) if is_used and key}
    lay = _areas(old, before)
    # an insats is in the scope if its arena was there or has come there
    stays = [
        key not in ids and not any(about and about <= areas for about in places)
        for key, *places in zip(_ids(old), lay, _areas(old, after), strict=True)
    ]
    kept, taken = old.frame[stays], new.frame[used]
    names = [*taken.columns, *(name for name in kept.columns if name not in taken)]
    # from 2, as a spreadsheet with the header on row 1: findings take row 1 for the header
    rows = pd.RangeIndex(2, 2 + len(kept) + len(taken), name=ROW)
    frame = pd.concat([kept, taken]).reindex(columns=names).fillna(EMPTY).astype("str")
    origins = pd.concat([_origins(old)[stays], _origins(new, sheet=0)[used]])
    outcome = TableOutcome(
        new.table.name,
        areas,
        delivered=len(taken),
        left_out=len(used) - len(taken),
        replaced=len(stays) - len(kept),
        kept=len(kept),
        kept_areas=_all(about for about, is_kept in zip(lay, stays, strict=True) if is_kept),
    )
    return replace(new, frame=frame.set_axis(rows), origins=origins.set_axis(rows)), outcome


def _origins(raw: RawTable, *, sheet: int = KEPT) -> pd.DataFrame:
    if raw.origins is not None:
        return raw.origins
    return pd.DataFrame({"sheet": sheet, "row": raw.frame.index}, index=raw.frame.index)


def _without_orphans(insatser: RawTable, arenas: Container[str]) -> RawTable:
    """Take away the published insatser whose arenas are not among the new ones."""
    if "arena_id" not in insatser.frame:
        return insatser
    origins = _origins(insatser)
    named = zip(origins["sheet"].tolist(), insatser.canonical["arena_id"].tolist(), strict=True)
    stays = [sheet != KEPT or arena in arenas for sheet, arena in named]
    if all(stays):
        return insatser
    return replace(insatser, frame=insatser.frame[stays], origins=origins[stays])


def _sentences(done: Outcome) -> Iterable[str]:
    nouns = vocabulary.TABLE_NOUN
    groups: dict[Areas | None, list[TableOutcome]] = {}
    for one in done.delivered:
        groups.setdefault(one.areas, []).append(one)
    for areas, group in groups.items():
        if areas is None:
            words = either((nouns[one.table].many for one in group), last="och")
            yield f"Leveransen ersätter alla {words}."
        else:
            words = either((nouns[one.table].definite for one in group), last="och")
            yield f"Leveransen ersätter {words} {_where(areas)}."
        staying = [one for one in group if one.kept]
        if staying:
            words = either((nouns[one.table].counted(one.kept) for one in staying), last="och")
            others = _all(one.kept_areas for one in staying) - (areas or frozenset())
            yield f"{words} {_elsewhere(others)}står kvar."
    untouched = [name for name in done.untouched if not (name == INSATSER.name and done.orphans)]
    if untouched:
        yield f"Alla {either((nouns[name].many for name in untouched), last='och')} står kvar."
    for one in done.delivered:
        if one.left_out:
            counted = nouns[one.table].counted(one.left_out)
            yield f"{counted} i leveransen rör annat än det som ersätts och används inte."
    if done.orphans:
        rest = " Övriga insatser står kvar." if INSATSER.name in done.untouched else ""
        counted = nouns[INSATSER.name].counted(done.orphans)
        yield f"{counted} tas bort, eftersom arenan inte finns kvar.{rest}"


def _where(areas: Areas) -> str:
    names = sorted(
        (vocabulary.MUNICIPALITIES[code] for code in areas - {vocabulary.COUNTY_CODE}), key=swedish_order
    )
    places = f"i {either(names, last='och')}" if names else EMPTY
    county = "för länet som helhet" if vocabulary.COUNTY_CODE in areas else EMPTY
    return either(filter(None, (places, county)), last="och")


def _elsewhere(areas: Areas) -> str:
    number = len(areas - {vocabulary.COUNTY_CODE})
    places = EMPTY if not number else "i en annan kommun" if number == 1 else f"i {number} andra kommuner"
    county = "för länet som helhet" if vocabulary.COUNTY_CODE in areas else EMPTY
    words = either(filter(None, (places, county)), last="och")
    return f"{words} " if words else EMPTY
