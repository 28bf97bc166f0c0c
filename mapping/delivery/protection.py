"""Keep what is protected so: an address is shown again only where a file says so, and somebody agrees."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, EMPTY
from mapping.contract.vocabulary import ADDRESS_DISPLAY
from mapping.dataset.public_view import FREE_TEXT, PROTECTED, Hidden, with_positions
from mapping.dataset.secret_place import ADDRESS, found, may_mention
from mapping.delivery.scope import KEPT
from mapping.swedish import folded
from mapping.tables.raw_table import RawTable, empty, with_keys

_DISPLAY = "adress_visning"
_NEAR_DEGREES = 0.0005
"""An arena so near a protected one, some 50 m, is taken to be at the same place."""
_NOWHERE: Final = float("nan")


@dataclass(frozen=True, eq=False)
class Protection:
    """How much of each place may be shown."""

    written: Mapping[str, str]
    """Published `arena_id` → its `adress_visning`; empty where the cell is."""
    in_force: Mapping[str, str]
    """The same, as it is shown: another version may protect more."""
    hidden: frozenset[Hidden] = frozenset()
    """What any version has protected."""
    at: Mapping[str, tuple[str, float, float]] = field(default_factory=dict)
    """Published `arena_id` → its address and position, which have been shown if it is not protected."""

    @cached_property
    def _by_word(self) -> Mapping[tuple[str, ...], list[Hidden]]:
        found = defaultdict[tuple[str, ...], list[Hidden]](list)
        for one in self.hidden:
            name, code = one.name
            found["id", one.arena_id].append(one)
            found["namn", folded(name), code].append(one)
            if one.place.address:
                found["adress", folded(one.place.address)].append(one)
        return found

    def of(self, key: str, name: str, code: str, at: tuple[str, float, float]) -> str:
        """Give the strictest `adress_visning` that an arena at a place has to have."""
        address, *position = at
        found: list[Hidden] = []
        if key not in self.in_force:
            found += [*self._by_word.get(("id", key), ()), *self._by_word.get(("id", EMPTY), ())]
            namesakes = self._by_word.get(("namn", folded(name), code), ())
            found += [one for one in namesakes if key not in one.namesakes]
        known, *shown = self.at.get(key, (EMPTY, _NOWHERE, _NOWHERE))
        if address and folded(address) != folded(known):
            found += self._by_word.get(("adress", folded(address)), ())
        if not _is_near(shown, position):
            found += [one for one in self._placed if _is_near(one.place.position or (), position)]
        every = [self.in_force.get(key, EMPTY), *(one.display for one in found)]
        return max(every, key=_strictness)

    @cached_property
    def _placed(self) -> list[Hidden]:
        return [one for one in self.hidden if one.place.position is not None]


@dataclass(frozen=True)
class Upheld:
    """Tables in which every arena is protected that was, but for what a file says is not."""

    tables: Mapping[str, RawTable]
    lifted: tuple[str, ...]
    """The names of the places that would be shown again, or more of them."""
    findings: tuple[Finding, ...]


def upheld(tables: Mapping[str, RawTable], protection: Protection) -> Upheld:
    """Protect what is protected already, and tell what a delivery would show."""
    arenor = tables.get(ARENOR.name) or empty(ARENOR)
    keyed = with_keys(arenor)
    if not keyed.is_readable or ARENOR.key not in keyed.frame:
        return Upheld(tables, (), ())
    canonical = keyed.canonical
    texts = (
        canonical[name].tolist() if name in canonical else [EMPTY] * len(canonical)
        for name in (ARENOR.key, "namn", "kommunkod", _DISPLAY)
    )
    cells = keyed.frame[_DISPLAY].tolist() if _DISPLAY in keyed.frame else [EMPTY] * len(canonical)
    is_delivered, is_ours = _delivered(arenor)
    places = whereabouts(keyed) if protection.hidden else {}
    after, lifted, findings = list(cells), [], []
    for place, (key, name, code, display) in enumerate(zip(*texts, strict=True)):
        said, row = display if is_ours[place] else EMPTY, int(keyed.frame.index[place])
        is_known = key in protection.in_force
        now = protection.in_force.get(key, EMPTY)
        if is_delivered[place]:
            now = protection.of(key, name, code, places.get(key, (EMPTY, _NOWHERE, _NOWHERE)))
        if now not in PROTECTED:
            # an empty cell is full: neither replaces the other
            if is_known and is_ours[place] and {said, protection.written[key]} <= {EMPTY, "full"}:
                after[place] = protection.written[key]
        elif said in ADDRESS_DISPLAY and _strictness(said) < _strictness(now):
            lifted.append(name or key)
            details = {"display": ADDRESS_DISPLAY[now].lower(), "shown": said, "code": now}
            findings.append(Finding("protection-lifted", ARENOR.name, row, _DISPLAY, name or key, details))
        elif not said and display != now:
            after[place] = now
            if is_ours[place] or not is_known:
                details = {"display": ADDRESS_DISPLAY[now].lower()}
                findings.append(Finding("protection-kept", ARENOR.name, row, _DISPLAY, name or key, details))
    findings += _mentions(tables, protection, frozenset(folded(address) for address, *_ in places.values()))
    if after != list(cells):
        column = pd.Series(after, index=keyed.frame.index, dtype="str")
        kept = replace(keyed, frame=keyed.frame.assign(**{_DISPLAY: column}))
        tables = {**tables, ARENOR.name: kept}
    return Upheld(tables, tuple(lifted), tuple(findings))


def _delivered(arenor: RawTable) -> tuple[list[bool], list[bool]]:
    """Tell which rows a delivery has, and of which it says itself how much may be shown."""
    if arenor.origins is None:
        return ([False] * len(arenor.frame),) * 2
    delivered = [sheet != KEPT for sheet in arenor.origins["sheet"].tolist()]
    told = zip(delivered, arenor.origins["absent"].tolist(), strict=True)
    return delivered, [is_delivered and _DISPLAY not in absent for is_delivered, absent in told]


def whereabouts(arenor: RawTable) -> dict[str, tuple[str, float, float]]:
    """Give each arena's address and own position, NaN where it is not known, by `arena_id`."""
    typed = with_positions(replace(arenor, origins=None))
    columns = (typed[name].tolist() for name in (ARENOR.key, "adress", "lat", "lon"))
    return {
        key: (address if isinstance(address, str) else EMPTY, *at)
        for key, address, *at in zip(*columns, strict=True)
    }


def _mentions(
    tables: Mapping[str, RawTable], protection: Protection, left: frozenset[str]
) -> Iterator[Finding]:
    """Find texts that tell an address that was protected and no arena has any more: nothing covers them.

    Of rows that stay only those are looked through whose place goes now: others are as they were published.
    """
    gone = [one for one in protection.hidden if one.place.address and folded(one.place.address) not in left]
    if not gone:
        return
    every = [one.place for one in gone]
    now = [one.place for one in gone if one.arena_id in protection.in_force]
    for name, raw in tables.items():
        stays = [sheet == KEPT for sheet in raw.origins["sheet"]] if raw.origins is not None else None
        for column, texts in raw.texts.items():
            is_free = column not in raw.table or raw.table[column].kind in FREE_TEXT
            for place in np.flatnonzero(may_mention(texts, every)).tolist() if is_free else ():
                places = now if stays is None or stays[place] else every
                if found(texts[place], (), places) == ADDRESS:
                    row = int(raw.frame.index[place])
                    yield Finding("protected-address-written", name, row, column)


def _is_near(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) > 0 and all(abs(a - b) < _NEAR_DEGREES for a, b in zip(one, other, strict=True))


def _strictness(display: str) -> int:
    return ("full", *PROTECTED).index(display) if display in PROTECTED else 0
