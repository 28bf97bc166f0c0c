"""Keep hidden addresses, and what would give them away, out of every page, export and report.

`adress_visning` says how much of a place may be shown: the whole address (`full`), the locality (`ort`) or
nothing (`dold`). The public view is made once, here, and everything downstream uses only that.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.contract import personal_data, schema, vocabulary
from mapping.contract.findings import Finding, Severity
from mapping.contract.schema import ARENOR, EMPTY, INSATSER, LIST_JOINER, TABLES, Kind, Table
from mapping.dataset import positions
from mapping.dataset.secret_place import SecretPlace, found, may_mention
from mapping.tables.raw_table import RawTable
from mapping.tables.typed_table import typed_table

PROTECTED = ("ort", "dold")
"""The values of `adress_visning` that keep something secret."""
SECRET_TEXTS = ("adress", "postnummer", "samlokaliserad_med")
COORDINATES = ("lat", "lon", "sweref_n", "sweref_e")
FREE_TEXT = frozenset({Kind.TEXT, Kind.TEXTS, Kind.URL})
_GIVEN = {"adress": "adress", "postnummer": "postnummer", "lat": "koordinater"}
WITHHELD: Final = "(visas inte)"
"""Stands in the place of a text that must be there but would give a protected place away."""
_NO_ARENA: Final = ""
_NOTHING: Final[Mapping[str, Collection[SecretPlace]]] = {}


@dataclass(frozen=True)
class Hidden:
    """An arena that a version protects, and what tells where it is: other versions hide it, too."""

    arena_id: str
    name: tuple[str, str]
    """Its name, casefolded, and its kommunkod: an arena that was given another id is known by them."""
    namesakes: frozenset[str]
    """The ids of the version's arenas of that name, of which it is one: an earlier one is itself."""
    display: str
    """One of `PROTECTED`."""
    place: SecretPlace


EVERYTHING: Final = frozenset({Hidden(_NO_ARENA, ("", ""), frozenset(), "ort", SecretPlace())})
"""What stands for a version that cannot be read: nobody knows what it protects."""


def hidden_in(raw: RawTable) -> frozenset[Hidden]:
    """Give what a version's `arenor` protects."""
    # only those protected and their namesakes: reading all of every version takes ten times as long
    judged = replace(raw, frame=raw.frame[[name for name in ("adress_visning", "namn") if name in raw.frame]])
    called = [name.casefold() for name in judged.filled("namn")]
    displays = zip(called, judged.row_values("adress_visning"), strict=True)
    protected = {name for name, display in displays if display in PROTECTED}
    if not protected:
        return frozenset()
    arenor = with_positions(replace(raw, frame=raw.frame[[name in protected for name in called]]))
    names: dict[tuple[str, str], set[str]] = {}
    known = list(zip(*(arenor[name].tolist() for name in ("namn", "kommunkod", "arena_id")), strict=True))
    for name, code, arena in known:
        names.setdefault((str(name).casefold(), code), set()).add(arena)
    places = secret_places(arenor)
    return frozenset(
        Hidden(arena, named, frozenset(names[named]), display, places[arena])
        for (name, code, arena), display in zip(known, arenor["adress_visning"], strict=True)
        if arena in places
        for named in [(str(name).casefold(), code)]
    )


def with_positions(raw: RawTable) -> pd.DataFrame:
    """Give a raw `arenor` typed, with own positions."""
    return positions.own_positions(typed_table(raw, today=dt.date.max).frame)[0]


def secret_places(arenor: pd.DataFrame, displays: Mapping[str, str] | None = None) -> dict[str, SecretPlace]:
    """Give where each protected arena is: `arena_id` → what must not be told.

    The arenas are typed, with own positions. `displays` is `arena_id` → how much of it may be shown; as the
    table says, if not given.
    """
    displays = displays or dict(zip(arenor["arena_id"], arenor["adress_visning"], strict=True))
    protected = {arena for arena, display in displays.items() if display in PROTECTED}
    rows = arenor[arenor["arena_id"].isin(protected)]
    rows = rows.astype("object").where(rows.notna(), "")
    return {
        row["arena_id"]: SecretPlace(
            name=row["namn"],
            address=row["adress"],
            postcode=row["postnummer"],
            # a locality of the municipality's own name says no more than the municipality does
            locality=row["ort"]
            if displays.get(row["arena_id"]) == "dold" and row["ort"] != row["kommun"]
            else "",
            position=None if "" in {row["lat"], row["lon"]} else (row["lat"], row["lon"]),
        )
        for row in rows.to_dict("records")
    }


def stricter(
    arenor: pd.DataFrame, hidden: Iterable[Hidden]
) -> tuple[pd.DataFrame, dict[str, tuple[SecretPlace, ...]]]:
    """Protect what other versions protect, each arena as the strictest of them does.

    Gives a copy with another `adress_visning`, if anything is hidden, and for each `arena_id` where it is in
    those other versions.
    """
    by_id: dict[str, list[Hidden]] = {}
    by_name: dict[tuple[str, str], list[Hidden]] = {}
    for one in hidden:
        by_id.setdefault(one.arena_id, []).append(one)
        by_name.setdefault(one.name, []).append(one)
    if not by_id:
        return arenor, {}
    displays, elsewhere = arenor["adress_visning"].tolist(), dict[str, tuple[SecretPlace, ...]]()
    rows = zip(
        arenor["arena_id"].tolist(), arenor["namn"].tolist(), arenor["kommunkod"].tolist(), strict=True
    )
    for place, (arena, name, code) in enumerate(rows):
        namesakes = by_name.get((str(name).casefold(), code), ())
        found = [
            *by_id.get(arena, ()),
            *by_id.get(_NO_ARENA, ()),
            *(one for one in namesakes if arena not in one.namesakes),
        ]
        if found:
            displays[place] = max([displays[place], *(one.display for one in found)], key=_strictness)
            elsewhere[arena] = tuple(one.place for one in found)
    column = pd.Series(displays, index=arenor.index, dtype=arenor["adress_visning"].dtype)
    return arenor.assign(adress_visning=column), elsewhere


def _strictness(display: str) -> int:
    return PROTECTED.index(display) if display in PROTECTED else -1


def public_view(
    frames: Mapping[str, pd.DataFrame], elsewhere: Mapping[str, Collection[SecretPlace]] = _NOTHING
) -> tuple[Mapping[str, pd.DataFrame], tuple[Finding, ...]]:
    """Take away what protected places must not tell.

    For `ort`: address, postcode, own coordinates and whose premises it shares. For `dold`: the locality too.
    Another arena that says it shares a protected place's premises would give the place away, so that is taken
    away as well, and so is any text, in whatever table, that tells where the place is.

    The frames are all the tables typed, indexed by the row in a spreadsheet, `arenor` with own coordinates;
    `elsewhere` is as of `stricter`. Gives copies without what is secret, and where the file holds it.
    """
    arenor = frames[ARENOR.name]
    places = {arena: (place, *elsewhere.get(arena, ())) for arena, place in secret_places(arenor).items()}
    if not places:
        return frames, ()
    public = {name: frame.copy() for name, frame in frames.items()}
    findings = []
    for column, word in _GIVEN.items():
        given = arenor.loc[arenor["arena_id"].isin(places) & arenor[column].notna(), "adress_visning"]
        for row, display in given.items():
            details = {"display": vocabulary.ADDRESS_DISPLAY[display].lower(), "given": word}
            findings.append(Finding("protected-address", ARENOR.name, _row(row), column, None, details))
    for name, frame in public.items():
        findings += _withheld(frame, TABLES[name], places)
    arenor = public[ARENOR.name]
    is_protected = arenor["arena_id"].isin(places)
    arenor.loc[is_protected, list(SECRET_TEXTS)] = None
    arenor.loc[is_protected, list(COORDINATES)] = float("nan")
    arenor.loc[arenor["adress_visning"] == "dold", "ort"] = None
    arenor.loc[arenor["samlokaliserad_med"].isin(places), "samlokaliserad_med"] = None
    return public, tuple(findings)


def raw_without_secrets(
    raw: Mapping[str, RawTable], frames: Mapping[str, pd.DataFrame], public: Mapping[str, pd.DataFrame]
) -> dict[str, RawTable]:
    """Empty, in tables as written, what their `public_view` does not show; all three on the same indexes."""
    arenor = frames[ARENOR.name]
    displays = dict(zip(arenor["arena_id"], arenor["adress_visning"], strict=True))
    protected = {arena for arena, display in displays.items() if display in PROTECTED}
    emptied = {}
    for name, table in raw.items():
        frame, contract = table.frame.copy(), TABLES[name]
        arenas = frames[name].get("arena_id", pd.Series("", index=frame.index))
        is_protected = arenas.isin(protected)
        for column in map(str, frame):
            if column not in contract or (contract is ARENOR and column in {*SECRET_TEXTS, *COORDINATES}):
                frame.loc[is_protected, column] = EMPTY
            elif contract is ARENOR and column == "ort":
                frame.loc[arenas.map(displays) == "dold", column] = EMPTY
            elif contract[column].kind in FREE_TEXT:
                cells = zip(frame[column], frames[name][column], public[name][column], strict=True)
                frame[column] = [_as_shown(*cell) for cell in cells]
            if column == "samlokaliserad_med":
                frame.loc[frame[column].isin(protected), column] = EMPTY
        emptied[name] = replace(table, frame=frame)
    return emptied


def _as_shown(written: str, typed: Any, public: Any) -> str:
    is_shown = typed == public if isinstance(typed, tuple) else pd.isna(typed) or typed == public
    return written if is_shown else public if isinstance(public, str) else EMPTY


def without_secrets(findings: Iterable[Finding], frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Cover what findings about protected places repeat of free text, addresses and coordinates.

    A finding that stops the dataset is left as it is: it goes to the person who mends the file. The findings
    are not yet merged; the frames are all the tables typed.
    """
    places = secret_places(frames[ARENOR.name])
    rows = {
        name: set(frames[name].index[frames[name]["arena_id"].isin(places)])
        for name in (ARENOR.name, INSATSER.name)
    }
    for finding in findings:
        if not places or finding.severity is Severity.STOP or finding.column is None:
            yield finding
            continue
        is_about = finding.row in rows.get(finding.table, ())
        is_bare = is_about and not _is_harmless(finding.column, TABLES[finding.table])
        if is_bare or found(finding.value or "", (), places.values()):
            value = None if finding.value is None else personal_data.MASK
            meaning = {"meaning": personal_data.MASK} if "meaning" in finding.details else {}
            yield replace(finding, value=value, details={**finding.details, **meaning})
        else:
            yield finding


def _is_harmless(column: str, table: Table) -> bool:
    is_free = column not in table or table[column].kind in {*FREE_TEXT, Kind.POSTCODE, Kind.DECIMAL}
    return not is_free and column not in SECRET_TEXTS


def _withheld(
    frame: pd.DataFrame, table: Table, places: Mapping[str, Collection[SecretPlace]]
) -> Iterator[Finding]:
    """Take away, in place, the texts of a table that tell where a protected arena is, and say which."""
    every = [place for own in places.values() for place in own]
    has_arenas = table in {ARENOR, INSATSER}
    arenas = frame["arena_id"].tolist() if has_arenas else [None] * len(frame)
    is_own = np.array([arena in places for arena in arenas], dtype=bool)
    for column in table.columns:
        name = column.name
        is_id = name == table.key
        if name in {*SECRET_TEXTS, "ort"} or not (is_id or column.kind in FREE_TEXT):
            continue
        cells, is_list = frame[name].tolist(), column.kind in schema.LISTS
        texts = [LIST_JOINER.join(cell) if is_list else cell for cell in cells]
        for place in np.flatnonzero(is_own | may_mention(texts, every)).tolist():
            text = texts[place]
            what = None if pd.isna(text) else found(text, places.get(arenas[place] or "", ()), every)
            if what is None:
                continue
            # rows are told apart by their ids, so those have to stand
            code = "protected-address-in-id" if is_id else "protected-address-in-text"
            yield Finding(code, table.name, _row(frame.index[place]), name, None, {"what": what})
            if is_list:
                cells[place] = ()
            elif table is ARENOR and name == "namn":
                kind = vocabulary.ARENA_TYPE.get(frame["arenatyp"].iloc[place], "")
                cells[place] = f"{kind} {WITHHELD}".strip()
            elif not is_id:
                cells[place] = WITHHELD if column.required else None
        frame[name] = pd.Series(cells, index=frame.index, dtype=frame[name].dtype)


def _row(label: object) -> int:
    return int(str(label))
