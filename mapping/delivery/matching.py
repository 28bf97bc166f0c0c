"""Find which published row each row of a delivery is, and which rows may be one thing under two names."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from difflib import SequenceMatcher

from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, EMPTY, INSATSER
from mapping.swedish import Names, folded
from mapping.tables import identity
from mapping.tables.raw_table import RawTable

_ALIKE = 0.85
"""How alike two names are, see `difflib.SequenceMatcher.ratio`, that may be one."""


_Named = tuple[str, str, str]
"""Where a row belongs, its name, and what tells namesakes apart."""


def published_rows(old: RawTable, new: RawTable, made: Sequence[bool], *, renames: bool) -> list[int | None]:
    """Give for each row of `new` the place in `old` of the row that it is; None: it is new.

    Rows are told by id, or in tables without ids by `identity.IDENTITY`. An arena whose id was `made` is the
    one of the same name in the same municipality, an insats the one of the same name at the same arena. With
    `renames` so is an arena that has another id in the file, unless the addresses differ.
    """
    keys = identity.row_keys(new.canonical, new.table)
    if new.table in {ARENOR, INSATSER}:
        keys = [EMPTY if is_made else key for key, is_made in zip(keys, made, strict=True)]
    free: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(identity.row_keys(old.canonical, old.table)):
        free[key].append(place)
    found = [free[key].pop(0) if key and free.get(key) else None for key in keys]
    left = {place for places in free.values() for place in places}
    if new.table in {ARENOR, INSATSER}:
        by_name = [row for row, place in enumerate(found) if place is None and not keys[row]]
        _match_names(_named(old), _named(new), by_name, left, found)
        if renames and new.table is ARENOR:
            others = [row for row, place in enumerate(found) if place is None and keys[row]]
            _match_names(_named(old), _named(new), others, left, found, may_move=False)
    return found


def _match_names(  # noqa: PLR0913 - two sides, and what is known of them
    old: Sequence[_Named],
    new: Sequence[_Named],
    asked: Sequence[int],
    left: set[int],
    found: list[int | None],
    *,
    may_move: bool = True,
) -> None:
    """Find the rows of `old`, of those that are `left`, that the rows asked for are by their names."""
    by_home: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (home, name, _) in enumerate(old):
        by_home[home][name].append(place)
    spelled: dict[str, Names] = {}
    # a name that is spelled just so goes first: "Asen" is not "Åsen" if both are there
    for is_exact in (True, False):
        for row in asked:
            home, name, finer = new[row]
            if found[row] is not None or not home or not name:
                continue
            if not is_exact and home not in spelled:
                spelled[home] = Names((word, word) for word in by_home[home])
            called = name if is_exact else spelled[home].find(name)
            same = [place for place in by_home[home].get(called or EMPTY, ()) if place in left]
            if not may_move:
                same = [place for place in same if not (finer and old[place][2]) or finer == old[place][2]]
            if len(same) > 1:
                same = [place for place in same if old[place][2] == finer]
            if len(same) == 1:
                (found[row],) = same
                left -= {*same}


def _named(raw: RawTable) -> list[_Named]:
    frame = raw.canonical
    where, *finer = (
        ("kommunkod", "adress") if raw.table is ARENOR else ("arena_id", "alder_fran", "alder_till")
    )
    parts = (
        frame[name].tolist() if name in frame else [EMPTY] * len(frame) for name in (where, "namn", *finer)
    )
    rows = zip(*parts, strict=True)
    return [(home, name.casefold(), "–".join(more).casefold()) for home, name, *more in rows]


def near_duplicates(raw: RawTable, is_new: Sequence[bool]) -> Iterator[Finding]:
    """Tell which new arenas may be one that is published, under another name or id.

    They are of one type in one municipality, and their names are alike or their street address is the same.
    """
    if not any(is_new):
        return
    frame, texts = raw.canonical, {}
    for name in ("kommunkod", "arenatyp", "namn", "adress"):
        texts[name] = frame[name].tolist() if name in frame else [EMPTY] * len(frame)
    rows = list(zip(*texts.values(), strict=True))
    names, streets = defaultdict(list), defaultdict(list)
    for place, (code, kind, name, address) in enumerate(rows):
        if not is_new[place]:
            names[code, kind, _initials(name)].append(place)
            streets[code, kind, _street(address)].append(place)
    for place, (code, kind, name, address) in enumerate(rows):
        if not is_new[place] or not code:
            continue
        alike = [other for other in names[code, kind, _initials(name)] if _may_be_one(name, rows[other][2])]
        beside = streets[code, kind, _street(address)] if address else []
        for other in [*alike, *beside][:1]:
            # a namesake without another address is told by the check of the whole table
            if name.casefold() != rows[other][2].casefold() or beside[:1] != [other]:
                details = {"other": rows[other][2], "other_row": str(frame.index[other])}
                yield Finding("near-duplicate", ARENOR.name, int(frame.index[place]), "namn", name, details)


def _initials(name: str) -> tuple[str, ...]:
    return tuple(sorted(word[0] for word in re.findall(r"\w+", folded(name).replace("_", " "))))


def _street(address: str) -> str:
    return folded(address.split(",", maxsplit=1)[0])


def _may_be_one(name: str, other: str) -> bool:
    one, two = folded(name), folded(other)
    has_same_numbers = re.findall(r"\d+", one) == re.findall(r"\d+", two)
    return has_same_numbers and SequenceMatcher(None, one, two, autojunk=False).ratio() >= _ALIKE


def distinct_id(key: str, taken: Container[str]) -> str:
    """Give a made id a number if another row has it, so that neither is taken for the other."""
    number, free = 2, key
    while free in taken:
        free, number = f"{key}-{number}", number + 1
    return free
