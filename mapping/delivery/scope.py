"""Replace a part of what is published: some municipalities' rows of some tables, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, BEFOLKNING, DIALOG, EMPTY, INSATSER, KOMMUNLAGE, TABLES
from mapping.swedish import either, swedish_order
from mapping.tables import identity, typed_table
from mapping.tables.typed_table import RawTable

Areas = frozenset[str]
"""Kommunkoder; `18` is what concerns the county as a whole."""

DIVISIBLE: Final = tuple(table.name for table in (ARENOR, INSATSER, KOMMUNLAGE, DIALOG, BEFOLKNING))
"""The tables whose rows belong to municipalities. The others are replaced whole."""


@dataclass(frozen=True)
class Scope:
    """What a delivery replaces.

    Parameters
    ----------
    areas
        Table → the municipalities whose rows are replaced; None: the whole table. Tables that are not named
        stay as they are.

    Examples
    --------
    >>> Scope.of(["arenor", "insatser"], {"1884"}).areas["insatser"]
    frozenset({'1884'})
    """

    areas: Mapping[str, Areas | None]

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
class Part:
    """What becomes of one table that is delivered.

    Parameters
    ----------
    table
        Which table.
    areas
        The municipalities whose rows are replaced; None: the whole table.
    delivered
        Rows of the delivery that are used.
    left_out
        Rows of the delivery that are not, because they are about other municipalities.
    replaced
        Published rows that the delivered ones stand in for.
    kept
        Published rows that stay.
    kept_areas
        The municipalities that they are about.
    """

    table: str
    areas: Areas | None
    delivered: int
    left_out: int
    replaced: int
    kept: int
    kept_areas: Areas


@dataclass(frozen=True)
class Replacement:
    """The tables of a new version, and what of them is old.

    Parameters
    ----------
    tables
        Every table of the new version. Rows of the delivery have the labels they came with; rows that stay
        have negative ones.
    parts
        What became of each delivered table, in the contract's order.
    untouched
        Published tables that stay whole, in the contract's order.
    orphans
        Published insatser outside the scope that go because their arenas do.
    """

    tables: Mapping[str, RawTable]
    parts: tuple[Part, ...]
    untouched: tuple[str, ...]
    orphans: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say in Swedish what is replaced and what stays."""
        return tuple(_sentences(self))


def replaced(
    published: Mapping[str, RawTable], delivered: Mapping[str, RawTable], scope: Scope
) -> Replacement:
    """Put delivered rows in the place of published ones, within a scope.

    A published row stays if it is about a municipality outside the scope, unless the delivery has a row with
    its id: an arena may move. A row about several municipalities is within the scope if all of them are. Rows
    of the delivery about others are left out; those that do not say what they are about are taken, so that
    the check can tell. Insatser follow their arenas: those of an arena that is gone go with it.

    Parameters
    ----------
    published
        The tables that are published now; empty if nothing is.
    delivered
        The tables to publish.
    scope
        What to replace. A delivered table that it does not name is not used.

    Returns
    -------
    Replacement
        Ids that the delivery lacks are made, as reading would, so that they do not collide with what stays.
    """
    fresh = {name: _keyed(table) for name, table in delivered.items() if name in scope.areas}
    stale = {name: typed_table.keyed(table) for name, table in published.items()}
    homes = _Homes(_homes(stale), {**_homes(stale), **_homes(fresh)})
    tables: dict[str, RawTable] = {}
    parts = []
    for name in TABLES:
        if name in fresh:
            areas = scope.areas[name] if name in DIVISIBLE else None
            tables[name], part = _joined(stale.get(name), fresh[name], areas, homes)
            parts.append(part)
        elif name in stale:
            tables[name] = _relabelled(stale[name])
    untouched = tuple(name for name in TABLES if name in stale and name not in fresh)
    orphans = 0
    if INSATSER.name in tables and ARENOR.name in fresh and fresh[ARENOR.name].is_readable:
        tables[INSATSER.name], orphans = _without_orphans(tables[INSATSER.name], tables[ARENOR.name])
        parts = [
            replace(part, kept=part.kept - orphans) if part.table == INSATSER.name else part for part in parts
        ]
    return Replacement(tables, tuple(parts), untouched, orphans)


def suggested(published: Mapping[str, RawTable], delivered: Mapping[str, RawTable]) -> Scope:
    """Suggest the scope under which nothing is lost that the delivery says nothing about.

    A table that names fewer municipalities than the published one replaces only theirs; otherwise all of it.

    Parameters
    ----------
    published
        The tables that are published now.
    delivered
        The tables to publish.
    """
    fresh = {name: typed_table.keyed(table) for name, table in delivered.items()}
    stale = {name: typed_table.keyed(table) for name, table in published.items()}
    old_homes = _homes(stale)
    homes = {**old_homes, **_homes(fresh)}
    areas: dict[str, Areas | None] = {}
    for name, table in fresh.items():
        areas[name] = None
        if name in DIVISIBLE and name in stale and table.is_readable:
            named = _all(_areas(table, homes))
            areas[name] = None if _all(_areas(stale[name], old_homes)) <= named else named
    return Scope({name: areas[name] for name in TABLES if name in areas})


class _Homes(NamedTuple):
    """Where arenas lie: as published, and as they will be."""

    before: Mapping[str, str]
    after: Mapping[str, str]


def _keyed(raw: RawTable) -> RawTable:
    """Make ids where they are missing, and tell of it as reading would."""
    keyed = typed_table.keyed(raw)
    if keyed is raw:
        return raw
    source = "namn och kommun" if raw.table is ARENOR else "arena, namn och åldrar"
    finding = Finding("id-made", raw.table.name, 1, raw.table.key, source)
    return replace(keyed, findings=(*keyed.findings, finding))


def _homes(tables: Mapping[str, RawTable]) -> dict[str, str]:
    arenor = tables.get(ARENOR.name)
    return identity.places_of_arenas(identity.meant(arenor)) if arenor is not None else {}


def _areas(raw: RawTable, homes: Mapping[str, str]) -> list[Areas]:
    return identity.areas(identity.meant(raw), raw.table, homes)


def _all(areas: Iterable[Areas]) -> Areas:
    return frozenset().union(*areas)


def _joined(
    published: RawTable | None, delivered: RawTable, areas: Areas | None, homes: _Homes
) -> tuple[RawTable, Part]:
    """Join what stays of a published table with what is used of a delivered one."""
    name = delivered.table.name
    old = published if published is not None else typed_table.empty(delivered.table)
    if not delivered.is_readable:
        return delivered, Part(name, areas, 0, 0, 0, len(old.frame), frozenset())
    if areas is None:
        return delivered, Part(name, None, len(delivered.frame), 0, len(old.frame), 0, frozenset())
    used = [not about or about <= areas for about in _areas(delivered, homes.after)]
    ids = {key for key, is_used in zip(_ids(delivered), used, strict=True) if is_used}
    # an insats is in the scope if its arena was there or has come there
    here = zip(_areas(old, homes.before), _areas(old, homes.after), strict=True)
    stays = [
        not _within(before, areas) and not _within(after, areas) and key not in ids
        for (before, after), key in zip(here, _ids(old), strict=True)
    ]
    kept, taken = old.frame[stays], delivered.frame[used]
    about = _areas(replace(old, frame=kept), homes.before)
    part = Part(
        name, areas, len(taken), len(used) - len(taken), len(stays) - len(kept), len(kept), _all(about)
    )
    return replace(delivered, frame=_stacked(kept, taken)), part


def _within(about: Areas, areas: Areas) -> bool:
    return bool(about) and about <= areas


def _ids(raw: RawTable) -> list[str]:
    """Give each row's id; in tables that know of none, a name that no other row has."""
    if raw.table.key and raw.table.key in raw.frame:
        return [typed_table.clean_text(text) for text in raw.frame[raw.table.key].tolist()]
    return [f"{id(raw)} {label}" for label in raw.frame.index]


def _stacked(kept: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    names = [*taken.columns, *(name for name in kept.columns if name not in taken)]
    both = pd.concat([_negative(kept), taken]).reindex(columns=names).fillna(EMPTY).astype("str")
    return both.rename_axis(typed_table.ROW)


def _negative(frame: pd.DataFrame) -> pd.DataFrame:
    """Label rows as what stays; those that already are labelled so keep their labels."""
    return frame.set_axis(
        pd.Index([-abs(label) for label in frame.index], dtype="int64", name=typed_table.ROW)
    )


def _relabelled(raw: RawTable) -> RawTable:
    return replace(raw, frame=_negative(raw.frame))


def _without_orphans(insatser: RawTable, arenor: RawTable) -> tuple[RawTable, int]:
    """Take away the published insatser whose arenas are not among the new ones."""
    if "arena_id" not in insatser.frame or ARENOR.key not in arenor.frame:
        return insatser, 0
    known = set(_ids(arenor))
    stays = [
        label > 0 or typed_table.clean_text(arena) in known
        for label, arena in zip(insatser.frame.index, insatser.frame["arena_id"].tolist(), strict=True)
    ]
    return replace(insatser, frame=insatser.frame[stays]), stays.count(False)


def _sentences(done: Replacement) -> Iterable[str]:
    groups: dict[Areas | None, list[Part]] = {}
    for part in done.parts:
        groups.setdefault(part.areas, []).append(part)
    for areas, parts in groups.items():
        nouns = [vocabulary.TABLE_NOUN[part.table] for part in parts]
        if areas is None:
            yield f"Leveransen ersätter alla {either((noun.many for noun in nouns), last='och')}."
        else:
            words = either((noun.definite for noun in nouns), last="och")
            yield f"Leveransen ersätter {words} {_where(areas)}."
        staying = [part for part in parts if part.kept]
        if staying:
            counts = [vocabulary.TABLE_NOUN[part.table].counted(part.kept) for part in staying]
            others = _all(part.kept_areas for part in staying) - (areas or frozenset())
            yield f"{either(counts, last='och')} {_elsewhere(others)}står kvar."
    untouched = [name for name in done.untouched if not (name == INSATSER.name and done.orphans)]
    if untouched:
        words = either((vocabulary.TABLE_NOUN[name].many for name in untouched), last="och")
        yield f"Alla {words} står kvar."
    for part in done.parts:
        if part.left_out:
            counted = vocabulary.TABLE_NOUN[part.table].counted(part.left_out)
            yield f"{counted} i leveransen rör annat än det som ersätts och används inte."
    if done.orphans:
        counted = vocabulary.TABLE_NOUN[INSATSER.name].counted(done.orphans)
        rest = "" if INSATSER.name in {part.table for part in done.parts} else " Övriga insatser står kvar."
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
