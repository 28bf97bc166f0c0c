"""Put a delivery into what is published, in one of three ways, cell by cell; what it does not name stays."""

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, BEFOLKNING, EMPTY, INSATSER, KOMMUNLAGE, TABLES
from mapping.dataset.positions import own_positions
from mapping.dataset.public_view import COORDINATES, PROTECTED, SECRET_TEXTS
from mapping.delivery.matching import distinct_id, near_duplicates, published_rows
from mapping.swedish import either, swedish_order
from mapping.tables import identity
from mapping.tables.raw_table import ROW, RawTable, empty, with_keys
from mapping.tables.typed_table import typed_table

Areas = frozenset[str]
"""Kommunkoder; `18` is what concerns the county as a whole."""

KEPT: Final = -1
"""Stands as the sheet of a row that stays as it is published, see `RawTable.origins`."""

_DATED: Final = (KOMMUNLAGE.name, BEFOLKNING.name)
"""Series over time: a part of them is not replaced, only added to."""
_FEW: Final = 3
"""So many cells of a column a delivery may empty without a finding."""
_PAIRS: Final = (("lat", "lon"), ("sweref_n", "sweref_e"))
_PLACE: Final = frozenset({"kommunkod", "kommun"})
_DISPLAY: Final = "adress_visning"
_SECRET: Final = frozenset({*SECRET_TEXTS, *COORDINATES, "ort"})


class Way(StrEnum):
    """What a delivery does with published rows that it does not name."""

    ADD = "add"
    """They stay."""
    PART = "part"
    """Those of the municipalities that the delivery touches go, of each table that it has."""
    WHOLE = "whole"
    """They go, of each table that it has."""


WAY_WORDS: Final[Mapping[Way, str]] = {
    Way.ADD: "Lägg till och ändra: det som filerna inte nämner står kvar",
    Way.PART: "Ersätt det som filerna rör: kommunernas övriga rader i samma tabell tas bort",
    Way.WHOLE: "Ersätt hela tabellen: det som filerna inte nämner tas bort",
}


@dataclass(frozen=True)
class TableOutcome:
    """What becomes of one table that is delivered."""

    table: str
    areas: Areas | None
    """The municipalities whose rows are replaced, none if rows are only added; None: the whole table."""
    added: int
    updated: int
    """Published rows that the delivery names."""
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
    """Published insatser that go because their arenas do."""
    findings: tuple[Finding, ...] = ()
    """What was found in putting them together. Their rows are those of `tables`."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say in Swedish what is replaced and what stays."""
        return tuple(_sentences(self))


def replaced(
    published: Mapping[str, RawTable], delivered: Mapping[str, RawTable], way: Way = Way.ADD
) -> Outcome:
    """Put delivered rows into the published tables.

    A published row that the delivery names is updated where it stands: a column that the delivery lacks
    keeps its cell, and so does one that says the same in other words. New rows come last. A row about several
    municipalities is touched if all of them are. Insatser follow their arenas: those of an arena that is gone
    go with it. Which rows are the same, and which ids they have, `mapping.delivery.matching` tells.
    """
    old, new, rows, before, after = _told_apart(published, delivered, way)
    tables: dict[str, RawTable] = {}
    outcomes: dict[str, TableOutcome] = {}
    findings: list[Finding] = []
    for name in TABLES:
        if name in rows:
            areas = _touched(new[name], way, after)
            tables[name], outcomes[name] = _joined(old[name], new[name], rows[name], areas, before, after)
            findings += _emptied(old[name], new[name], rows[name])
        elif name in new or name in published:
            tables[name] = new.get(name) or published[name]
    orphans = 0
    may_lose = way is not Way.ADD and {ARENOR.name, INSATSER.name} <= {*tables} and ARENOR.name in new
    if may_lose and ARENOR.key in tables[ARENOR.name].frame:
        insatser = _without_orphans(tables[INSATSER.name], set(_ids(tables[ARENOR.name])))
        orphans = len(tables[INSATSER.name].frame) - len(insatser.frame)
        tables[INSATSER.name] = insatser
        if INSATSER.name in outcomes:
            outcome = outcomes[INSATSER.name]
            outcomes[INSATSER.name] = replace(outcome, kept=outcome.kept - orphans)
    if ARENOR.name in rows:
        is_known = {
            key for key, row in zip(_ids(new[ARENOR.name]), rows[ARENOR.name], strict=True) if row is None
        }
        findings += near_duplicates(
            tables[ARENOR.name], [key in is_known for key in _ids(tables[ARENOR.name])]
        )
    untouched = tuple(name for name in tables if name not in new)
    return Outcome(tables, tuple(outcomes.values()), untouched, orphans, tuple(findings))


def gone(published: Mapping[str, RawTable], delivered: Mapping[str, RawTable], way: Way) -> dict[str, int]:
    """Count the published rows that would go in a way, by table, without putting anything together."""
    old, new, rows, before, after = _told_apart(published, delivered, way)
    lost: dict[str, set[int]] = {}
    for name, same in rows.items():
        stays = _stays(old[name], same, _touched(new[name], way, after), before, after)
        named = {*same}
        lost[name] = {place for place, is_kept in enumerate(stays) if not is_kept and place not in named}
    if lost.get(ARENOR.name) and INSATSER.name in published:
        ids = _ids(old[ARENOR.name])
        arenas = {ids[place] for place in lost[ARENOR.name]}
        named = {*rows.get(INSATSER.name, ())}
        theirs = enumerate(published[INSATSER.name].canonical["arena_id"].tolist())
        with_them = {place for place, arena in theirs if arena in arenas and place not in named}
        lost[INSATSER.name] = lost.get(INSATSER.name, set()) | with_them
    return {name: len(lost[name]) for name in TABLES if lost.get(name)}


def _told_apart(
    published: Mapping[str, RawTable], delivered: Mapping[str, RawTable], way: Way
) -> tuple[
    dict[str, RawTable], dict[str, RawTable], dict[str, list[int | None]], dict[str, str], dict[str, str]
]:
    """Give published and delivered tables with ids, which rows are the same, and where arenas lay and lie."""
    new = {name: with_keys(table) for name, table in delivered.items()}
    for name, table in new.items():
        if table.origins is None:  # otherwise the same object, which keeps what it has worked out
            new[name] = replace(table, origins=_origins(table, sheet=0))
    old = {name: with_keys(published.get(name) or empty(TABLES[name])) for name in new}
    rows: dict[str, list[int | None]] = {}
    for name in (name for name in TABLES if name in new and new[name].is_readable):
        rows[name] = published_rows(old[name], new[name], _made(new[name]), renames=way is Way.ADD)
        if TABLES[name].key in new[name].frame:
            new = _with_published_ids(name, old[name], new, rows[name])
    before = _homes(published)
    return old, new, rows, before, {**before, **_homes(new)}


def _touched(new: RawTable, way: Way, homes: Mapping[str, str]) -> Areas | None:
    """Give the municipalities whose rows a delivered table replaces; None: the whole table."""
    if way is Way.WHOLE:
        return None
    return _all(_areas(new, homes)) if way is Way.PART and new.table.name not in _DATED else Areas()


def _stays(
    old: RawTable,
    rows: Sequence[int | None],
    areas: Areas | None,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> list[bool]:
    """Tell which published rows stay as they are."""
    if areas is None:
        return [False] * len(old.frame)
    named = {*rows}
    # an insats is touched if its arena was there or has come there
    return [
        place not in named and not any(about and about <= areas for about in lies)
        for place, lies in enumerate(zip(_areas(old, before), _areas(old, after), strict=True))
    ]


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


def _made(raw: RawTable) -> list[bool]:
    """Tell which rows of a delivery do not say their ids themselves."""
    absent = _origins(raw)["absent"].tolist()
    return [not key or raw.table.key in lacks for key, lacks in zip(_ids(raw), absent, strict=True)]


def _with_published_ids(
    name: str, old: RawTable, new: Mapping[str, RawTable], rows: Sequence[int | None]
) -> dict[str, RawTable]:
    """Give the delivered tables with the ids that are published, also where they name arenas."""
    raw, published = new[name], _ids(old)
    own, made = _ids(raw), _made(raw)
    taken = set(published)
    ids = [
        published[row] if row is not None else distinct_id(key, taken) if is_made and key else key
        for key, row, is_made in zip(own, rows, made, strict=True)
    ]
    if ids == own:
        return dict(new)
    key = raw.table.key
    found = {
        **new,
        name: replace(raw, frame=raw.frame.assign(**{key: pd.Series(ids, raw.frame.index, "str")})),
    }
    if name == ARENOR.name:
        other = {was: now for was, now in zip(own, ids, strict=True) if was and was != now}
        for table, column in ((ARENOR.name, "samlokaliserad_med"), (INSATSER.name, "arena_id")):
            if table in found and column in found[table].frame:
                frame = found[table].frame
                cells = [other.get(cell, cell) for cell in found[table].canonical[column].tolist()]
                found[table] = replace(
                    found[table], frame=frame.assign(**{column: pd.Series(cells, frame.index, "str")})
                )
    return found


def _joined(  # noqa: PLR0913, PLR0917 - two tables, which rows are the same, and where they lie
    old: RawTable,
    new: RawTable,
    rows: Sequence[int | None],
    areas: Areas | None,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> tuple[RawTable, TableOutcome]:
    """Join what stays of a published table with the delivered rows, each where it stood before.

    `before` and `after` tell where each arena lies, as published and as it will be.
    """
    lay, stays = _areas(old, before), _stays(old, rows, areas, before, after)
    kept = old.frame[stays]
    places = [place for place, is_kept in enumerate(stays) if is_kept]
    places += [len(stays) if row is None else row for row in rows]
    order = sorted(range(len(places)), key=places.__getitem__)
    frame = pd.concat([kept, _updated(old, new, rows)]).fillna(EMPTY).astype("str").iloc[order]
    origins = pd.concat([_origins(old)[stays], _origins(new)]).iloc[order]
    # from 2, as a spreadsheet with the header on row 1: findings take row 1 for the header
    index = pd.RangeIndex(2, 2 + len(frame), name=ROW)
    updated = sum(row is not None for row in rows)
    outcome = TableOutcome(
        new.table.name,
        areas,
        added=len(rows) - updated,
        updated=updated,
        kept=len(kept),
        kept_areas=_all(about for about, is_kept in zip(lay, stays, strict=True) if is_kept),
    )
    return replace(new, frame=frame.set_axis(index), origins=origins.set_axis(index)), outcome


def _updated(old: RawTable, new: RawTable, rows: Sequence[int | None]) -> pd.DataFrame:
    """Give the delivered rows, those of published rows with the cells that they keep."""
    names = [*old.frame, *(name for name in new.frame if name not in old.frame)]
    found = {
        str(name): new.frame[name].tolist() if name in new.frame else [EMPTY] * len(rows) for name in names
    }
    known = [(row, place) for row, place in enumerate(rows) if place is not None]
    others = {name for name in found if name not in new.frame}
    absent = [lacks | others for lacks in _origins(new)["absent"].tolist()]
    said, told = new.canonical, old.canonical
    same = _same_positions(old, new, known) if new.table is ARENOR else set()
    secret, opened = (
        {
            row
            for row, text in enumerate(raw.row_values(_DISPLAY) if new.table is ARENOR else ())
            if text in texts
        }
        for raw, texts in ((old, PROTECTED), (new, ("full",)))
    )
    for name in found if known else ():
        together = _PLACE if new.table.places and name in _PLACE else frozenset({name})
        meaning = "kommunkod" if together is _PLACE else name
        # what an empty adress_visning means is for the protection to tell
        is_plain = name in new.table and name != "adress_visning"
        default = new.table[name].default if is_plain else EMPTY
        was = old.frame[name].tolist() if name in old.frame else [EMPTY] * len(old.frame)
        meant, means = (
            frame[meaning].tolist() if meaning in frame else [EMPTY] * len(frame) for frame in (told, said)
        )
        is_secret, is_position = name in _SECRET, name in COORDINATES
        for row, place in known:
            means_now = means[row]
            if (
                (meant[place] or default) == (means_now or default)
                or together <= absent[row]
                or (is_position and (row, place) in same)
                # an export to anyone has no address of a protected place: coming back it takes none away
                or (is_secret and not means_now and place in secret and row not in opened)
            ):
                found[name][row] = was[place]
    for pair, other in (_PAIRS, _PAIRS[::-1]) if new.table is ARENOR else ():
        # a position in one system replaces the one that is published in another
        given, was_given = (
            list(zip(*(frame[name].tolist() for name in other if name in frame), strict=True))
            for frame in (said, told)
        )
        for row, place in (both for both in known if given and both not in same):
            if any(given[row]) and (not was_given or given[row] != was_given[place]):
                for name in pair:
                    if name in found and name in absent[row]:
                        found[name][row] = EMPTY
    return pd.DataFrame(found, index=new.frame.index, dtype="str")


def _same_positions(old: RawTable, new: RawTable, known: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give those pairs of rows, delivered and published, that state one position, in whatever system."""
    if not known:
        return set()
    lies: list[np.ndarray[Any, np.dtype[np.float64]]] = []
    for raw in (new, old):
        stated = RawTable(raw.table, raw.frame[[name for name in COORDINATES if name in raw.frame]])
        degrees, _ = own_positions(typed_table(stated, today=dt.date.max).frame)
        lies.append(degrees[["lat", "lon"]].to_numpy())
    at, was = ([pair[side] for pair in known] for side in (0, 1))
    # a tenth of a metre
    is_near = (np.abs(lies[0][at] - lies[1][was]) <= 1e-6).all(axis=1)
    return {known[number] for number in np.flatnonzero(is_near).tolist()}


def _emptied(old: RawTable, new: RawTable, rows: Sequence[int | None]) -> Iterable[Finding]:
    """Tell which columns lose more than a few published cells, because they are empty in the delivery."""
    absent = _origins(new)["absent"].tolist()
    known = [(row, place) for row, place in enumerate(rows) if place is not None]
    for column in new.table.columns:
        name = column.name
        if name in old.frame and name in new.frame and name not in {*_PLACE, "adress_visning"}:
            was, now = old.filled(name), new.filled(name)
            lost = sum(bool(was[place]) and not now[row] and name not in absent[row] for row, place in known)
            if lost > _FEW:
                yield Finding("cells-emptied", new.table.name, 1, name, str(lost))


def _origins(raw: RawTable, *, sheet: int = KEPT) -> pd.DataFrame:
    if raw.origins is not None:
        return raw.origins
    absent = {column.name for column in raw.table.columns} - {*map(str, raw.frame)}
    absent |= {raw.table.key for finding in raw.findings if finding.code == "id-made"}
    rows = {"sheet": sheet, "row": raw.frame.index, "absent": [absent] * len(raw.frame)}
    return pd.DataFrame(rows, index=raw.frame.index)


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
        elif areas:
            words = either((nouns[one.table].definite for one in group), last="och")
            yield f"Leveransen ersätter {words} {_where(areas)}."
        else:
            added = either((nouns[one.table].counted(one.added) for one in group if one.added), last="och")
            updated = (nouns[one.table].counted(one.updated) for one in group if one.updated)
            parts = (f"lägger till {added}" if added else EMPTY, _updates(either(updated, last="och")))
            yield f"Leveransen {either(filter(None, parts), last='och') or 'har inga rader'}."
        staying = [one for one in group if one.kept]
        if staying:
            words = either((nouns[one.table].counted(one.kept) for one in staying), last="och")
            others = _all(one.kept_areas for one in staying) - (areas or frozenset())
            where = "som filerna inte nämner " if not areas else _elsewhere(others)
            yield f"{words} {where}står kvar."
    untouched = [name for name in done.untouched if not (name == INSATSER.name and done.orphans)]
    if untouched:
        yield f"Alla {either((nouns[name].many for name in untouched), last='och')} står kvar."
    if done.orphans:
        rest = " Övriga insatser står kvar." if INSATSER.name in done.untouched else ""
        counted = nouns[INSATSER.name].counted(done.orphans)
        yield f"{counted} tas bort, eftersom arenan inte finns kvar.{rest}"


def _updates(words: str) -> str:
    return f"uppdaterar {words} som redan finns" if words else EMPTY


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
