"""Arrange verdicts as a matrix: objectives by målområde, municipalities or parts of the county."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.swedish import swedish_order
from mapping.verdicts.display import SYMBOL, VerdictLabel, verdict_label
from mapping.verdicts.judge import STATUS, UNKNOWN, Verdict
from mapping.verdicts.strategy import Strategy

EVERY_AREA: Final = 0


@dataclass(frozen=True)
class MatrixChoice:
    """Which verdicts to show: one målområde or `EVERY_AREA`, parts of the county, statuses; empty is all."""

    area: int = EVERY_AREA
    parts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def allows(self, verdict: Verdict, strategy: Strategy) -> bool:
        """Tell whether a verdict is chosen. Parts of the county leave the county's own verdicts in."""
        codes = {code for part in self.parts for code in vocabulary.COUNTY_PARTS[part]}
        return (
            self.area in {EVERY_AREA, strategy[verdict.objective].area}
            and (not codes or verdict.kommunkod in codes | {vocabulary.COUNTY_CODE})
            and (not self.statuses or verdict.status in self.statuses)
        )

    @property
    def sentence(self) -> str:
        """Describe the choice in Swedish, for captions and files."""
        words = [f"målområde {self.area}"] if self.area else []
        if self.parts:
            words.append("länsdel " + ", ".join(vocabulary.COUNTY_PART[part] for part in self.parts))
        if self.statuses:
            words.append(", ".join(STATUS[code].lower() for code in self.statuses))
        return f"Bedömningar: {'; '.join(words)}." if words else "Alla mål och kommuner."


@dataclass(frozen=True)
class Cell:
    """One cell: where a click leads, how it looks, what a screen reader says, how many columns it spans."""

    key: str
    shown: VerdictLabel
    label: str
    span: int = 1


@dataclass(frozen=True)
class Row:
    """One objective; a municipality that the choice of status leaves out has no cell (`None`)."""

    code: str
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Group:
    """The objectives of one målområde."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Matrix:
    """The whole matrix."""

    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def cell_key(objective: str, place: str) -> str:
    """Name a cell: an objective in a municipality (kommunkod) or a part of the county."""
    return f"{objective}-{place}"


def matrix(
    verdicts: Sequence[Verdict], strategy: Strategy, choice: MatrixChoice, *, by_part: bool = False
) -> Matrix:
    """Arrange verdicts, one column a municipality in alphabetical order (å, ä, ö last).

    With `by_part` there is one column a part of the county, in the strategy's order, which counts its
    municipalities by status. Nothing is weighed together: there is no verdict on a part of the county.
    """
    parts = choice.parts or tuple(vocabulary.COUNTY_PART)
    codes = sorted(
        (code for part in parts for code in vocabulary.COUNTY_PARTS[part]),
        key=lambda code: swedish_order(vocabulary.MUNICIPALITIES[code]),
    )
    names = vocabulary.COUNTY_PART if by_part else vocabulary.MUNICIPALITIES
    places = list(parts) if by_part else codes
    by_objective: dict[str, dict[str, Verdict]] = {}
    for verdict in verdicts:
        if choice.allows(verdict, strategy):
            by_objective.setdefault(verdict.objective, {})[verdict.kommunkod] = verdict
    groups = []
    for area, title in strategy.areas.items():
        rows = [
            Row(o.code, o.name, _cells(by_objective[o.code], places, o.code, by_part=by_part))
            for o in strategy.objectives
            if o.area == area and o.code in by_objective
        ]
        if rows:
            groups.append(Group(f"Målområde {area}: {title}", tuple(rows)))
    return Matrix(tuple(names[place] for place in places), tuple(groups))


def _cells(
    found: Mapping[str, Verdict], places: Sequence[str], objective: str, *, by_part: bool
) -> tuple[Cell | None, ...]:
    county = found.get(vocabulary.COUNTY_CODE)
    if county is not None:
        return (_cell(county, "hela länet", len(places)),)
    if by_part:
        return tuple(_part_cell(found, objective, part) for part in places)
    return tuple(_cell(found[place], found[place].kommun) if place in found else None for place in places)


def _cell(verdict: Verdict, where: str, span: int = 1) -> Cell:
    shown = verdict_label(verdict)
    label = f"{verdict.objective}, {where}: {shown.sentence}"
    return Cell(cell_key(verdict.objective, verdict.kommunkod), shown, label, span)


def _part_cell(found: Mapping[str, Verdict], objective: str, part: str) -> Cell | None:
    here = [found[code] for code in vocabulary.COUNTY_PARTS[part] if code in found]
    if not here:
        return None
    counts = Counter(verdict.status for verdict in here)
    words = tuple(f"{SYMBOL[code]} {counts[code]} {STATUS[code].lower()}" for code in STATUS if counts[code])
    shared = next(iter(counts)) if len(counts) == 1 else "blandat"
    shown = VerdictLabel(shared, "", words[0], words[1:])
    label = f"{objective}, länsdel {vocabulary.COUNTY_PART[part]}: {shown.sentence}"
    return Cell(cell_key(objective, part), shown, label)


def find(verdicts: Iterable[Verdict], key: str) -> tuple[Verdict, ...]:
    """Give the verdicts behind a cell: one, or those of a part of the county; none for an unknown key."""
    objective, _, place = key.partition("-")
    codes = vocabulary.COUNTY_PARTS.get(place, (place,))
    return tuple(v for v in verdicts if v.objective == objective and v.kommunkod in codes)


def settled_sentence(verdicts: Sequence[Verdict]) -> str:
    """Say how many verdicts are settled, and how many wait for facts."""
    settled = sum(verdict.floor == verdict.ceiling and not verdict.needs_reconciling for verdict in verdicts)
    older = sum(v.status == UNKNOWN and v.older.status != UNKNOWN for v in verdicts)
    sentence = (
        f"{settled or 'Ingen'} av {len(verdicts)} bedömningar är "
        f"{'avgjord' if settled <= 1 else 'avgjorda'}; "
        f"{len(verdicts) - settled} väntar på uppgifter."
    )
    return f"{sentence} Om {older} av dem säger äldre uppgifter något." if older else sentence


def listed(verdicts: Iterable[Verdict], strategy: Strategy) -> pd.DataFrame:
    """List verdicts as rows of texts, for a table and for Excel."""
    return pd.DataFrame(
        [
            {
                "Mål": v.objective,
                "Målets namn": strategy[v.objective].name,
                "Kommun": v.kommun,
                "Bedömning": verdict_label(v).word,
                "Golv": STATUS[v.floor],
                "Tak": STATUS[v.ceiling],
                "Anmärkning": "; ".join(verdict_label(v).remarks),
                "Varför": v.reason,
                "Saknas": " | ".join(v.missing),
                "Räknade rader": " | ".join(v.counted),
            }
            for v in verdicts
        ]
    )
