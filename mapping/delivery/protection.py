"""Keep what is protected so: an address is shown again only where a file says so, and somebody agrees."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, EMPTY
from mapping.contract.vocabulary import ADDRESS_DISPLAY
from mapping.dataset.public_view import PROTECTED, Hidden, with_positions
from mapping.delivery.scope import KEPT
from mapping.swedish import folded
from mapping.tables.raw_table import RawTable, empty, with_keys

_DISPLAY = "adress_visning"
_NEAR_DEGREES = 0.0005
"""A new arena so near a protected one, some 50 m, is taken to be at the same place."""


@dataclass(frozen=True, eq=False)
class Protection:
    """How much of each place may be shown."""

    written: Mapping[str, str]
    """Published `arena_id` → its `adress_visning`; empty where the cell is."""
    in_force: Mapping[str, str]
    """The same, as it is shown: another version may protect more."""
    hidden: frozenset[Hidden] = frozenset()
    """What any version has protected."""

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

    def of(self, key: str, name: str, code: str, address: str, at: tuple[float, float]) -> str:
        """Give the strictest `adress_visning` of an arena that is not published by that id."""
        found = [*self._by_word.get(("id", key), ()), *self._by_word.get(("id", EMPTY), ())]
        found += [
            one for one in self._by_word.get(("namn", folded(name), code), ()) if key not in one.namesakes
        ]
        found += self._by_word.get(("adress", folded(address)), ()) if address else ()
        found += [one for one in self._placed if _is_near(one.place.position, at)]
        return max((one.display for one in found), key=_strictness, default=EMPTY)

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
    canonical, origins = keyed.canonical, arenor.origins
    texts = {
        name: canonical[name].tolist() if name in canonical else [EMPTY] * len(canonical)
        for name in ("arena_id", "namn", "kommunkod", "adress", _DISPLAY)
    }
    cells = keyed.frame[_DISPLAY].tolist() if _DISPLAY in keyed.frame else texts[_DISPLAY]
    positions = _positions(keyed, [key not in protection.in_force for key in texts["arena_id"]], protection)
    is_ours = [False] * len(cells)
    if origins is not None:
        told = zip(origins["sheet"].tolist(), origins["absent"].tolist(), strict=True)
        is_ours = [sheet != KEPT and _DISPLAY not in absent for sheet, absent in told]
    after, lifted, findings = list(cells), [], []
    for place, (key, name, code, address, display) in enumerate(zip(*texts.values(), strict=True)):
        said, row = display if is_ours[place] else EMPTY, int(keyed.frame.index[place])
        is_known = key in protection.in_force
        now = (
            protection.in_force[key]
            if is_known
            else protection.of(key, name, code, address, positions[place])
        )
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
    if after != list(cells):
        column = pd.Series(after, index=keyed.frame.index, dtype="str")
        kept = replace(keyed, frame=keyed.frame.assign(**{_DISPLAY: column}))
        tables = {**tables, ARENOR.name: kept}
    return Upheld(tables, tuple(lifted), tuple(findings))


def _positions(arenor: RawTable, is_new: Iterable[bool], protection: Protection) -> list[tuple[float, float]]:
    """Give where new arenas are; far from everything where nobody asks."""
    found = [(float("nan"), float("nan"))] * len(arenor.frame)
    asked = [place for place, new in enumerate(is_new) if new]
    if asked and any(one.place.position for one in protection.hidden):
        typed = with_positions(replace(arenor, frame=arenor.frame.iloc[asked], origins=None))
        for place, *at in zip(asked, typed["lat"].tolist(), typed["lon"].tolist(), strict=True):
            found[place] = (at[0], at[1])
    return found


def _is_near(one: tuple[float, float] | None, other: tuple[float, float]) -> bool:
    return one is not None and all(abs(a - b) < _NEAR_DEGREES for a, b in zip(one, other, strict=True))


def _strictness(display: str) -> int:
    return ("full", *PROTECTED).index(display) if display in PROTECTED else 0
