"""Arrange verdicts as a matrix: objectives by målområde, municipalities or parts of the county."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.swedish import swedish_order
from mapping.verdicts.display import PLANNED, SYMBOL, VerdictLabel, verdict_label
from mapping.verdicts.judge import STATUS, UNKNOWN, Verdict
from mapping.verdicts.objectives import figure
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.strength import MANDATE, OLDER, PROVED, STRENGTHS
from mapping.verdicts.words import years_in_words

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
    known: tuple[figure.Row, ...] = ()
    """What is known of an unsettled verdict, little as it may be."""
    mark: str = ""
    """How strongly it is known, in signs: "§" and years."""
    is_said: bool = False
    """Whether the municipality itself has said something of the objective."""

    @property
    def is_known(self) -> bool:
        """Whether anything is known: the verdict is settled, or its figure is not all blank."""
        return self.shown.status != UNKNOWN or any(row.is_known for row in self.known)

    @property
    def word(self) -> str:
        """What stands in the cell: of an unsettled verdict the years that are known, or that anything is."""
        if not self.known or not self.is_known:
            return self.shown.word
        lanes = [box for row in self.known if row.is_lane for box in row.boxes]
        years = years_in_words({int(box.label) for box in lanes if box.state in figure.KNOWN})
        return f"Känt {years}" if years else "Något känt"

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks that neither mark nor dots tell."""
        strength = self.shown.remarks[-1:] if self.shown.mark else ()
        return tuple(one for one in self.shown.remarks if one != PLANNED and one not in strength)


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

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple(one for group in self.groups for row in group.rows for one in row.cells if one)


@dataclass(frozen=True)
class LegendEntry:
    """A sign that a matrix uses: a cell, a figure's box in a state, a plan or a quotation mark."""

    words: str
    cell: VerdictLabel | None = None
    state: str = ""
    sign: str = ""


def legend(shown: Matrix) -> tuple[LegendEntry, ...]:
    """Explain the signs that a matrix uses, and no others."""
    cells = shown.cells
    statuses = {cell.shown.status for cell in cells}
    strengths = {cell.shown.strength for cell in cells}
    rows = [row for cell in cells for row in cell.known]
    has_plan = any(PLANNED in cell.shown.remarks for cell in cells)
    states = {box.state for row in rows for box in row.boxes} - ({figure.PLANNED} if has_plan else set())
    if any(row.share and row.share[0] for row in rows):
        states.add(figure.COVERED)
    drawn = {MANDATE: ("§", "ljusare: "), OLDER: ("år", "streckad, med året: ")}
    entries = [
        LegendEntry(STATUS[code], VerdictLabel(code, SYMBOL[code], "")) for code in STATUS if code in statuses
    ]
    entries += [
        LegendEntry(how + STRENGTHS[code].lower(), VerdictLabel("delvis", "", "", (), code, mark))
        for code, (mark, how) in drawn.items()
        if code in strengths
    ]
    entries += [LegendEntry(words, state=one) for one, words in figure.MEANING.items() if one in states]
    if has_plan:
        entries.append(LegendEntry("planerat, finns inte än", sign=PLANNED))
    if any(cell.is_said for cell in cells):
        entries.append(LegendEntry("kommunen har själv sagt något om målet i en dialog", sign="”"))
    return tuple(entries)


def cell_key(objective: str, place: str) -> str:
    """Name a cell: an objective in a municipality (kommunkod) or a part of the county."""
    return f"{objective}-{place}"


def matrix(
    verdicts: Sequence[Verdict],
    strategy: Strategy,
    choice: MatrixChoice,
    *,
    by_part: bool = False,
    said: Collection[str] = (),
) -> Matrix:
    """Arrange verdicts, one column a municipality in alphabetical order (å, ä, ö last).

    With `by_part` there is one column a part of the county, in the strategy's order, which counts its
    municipalities by status. Nothing is weighed together: there is no verdict on a part of the county. `said`
    names the cells of which the municipality itself has said something.
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
            Row(o.code, o.name, _cells(by_objective[o.code], places, o.code, said, by_part=by_part))
            for o in strategy.objectives
            if o.area == area and o.code in by_objective
        ]
        if rows:
            groups.append(Group(f"Målområde {area}: {title}", tuple(rows)))
    return Matrix(tuple(names[place] for place in places), tuple(groups))


def _cells(
    found: Mapping[str, Verdict],
    places: Sequence[str],
    objective: str,
    said: Collection[str],
    *,
    by_part: bool,
) -> tuple[Cell | None, ...]:
    county = found.get(vocabulary.COUNTY_CODE)
    if county is not None:
        return (_cell(county, "hela länet", said, len(places)),)
    if by_part:
        return tuple(_part_cell(found, objective, part) for part in places)
    return tuple(
        _cell(found[place], found[place].kommun, said) if place in found else None for place in places
    )


def _cell(verdict: Verdict, where: str, said: Collection[str], span: int = 1) -> Cell:
    shown, key = verdict_label(verdict), cell_key(verdict.objective, verdict.kommunkod)
    known: tuple[figure.Row, ...] = ()
    mark = shown.mark
    if verdict.status == UNKNOWN:
        known = verdict.figures.rows
        states = {box.state for row in known for box in row.boxes}
        signs = {figure.OBLIGED: "§", OLDER: str(verdict.year or "äldre")}
        mark = " ".join(sign for state, sign in signs.items() if state in states)
    cell = Cell(key, shown, "", span, known, mark, key in said)
    words = [shown.sentence if cell.word == shown.word else f"{shown.sentence}; {cell.word.lower()}"]
    words.append(verdict.figures.sentence.rstrip("."))
    if cell.is_said:
        words.append("Kommunen har själv sagt något om målet")
    return replace(cell, label=f"{verdict.objective}, {where}: {'. '.join(words)}.")


def _part_cell(found: Mapping[str, Verdict], objective: str, part: str) -> Cell | None:
    here = [found[code] for code in vocabulary.COUNTY_PARTS[part] if code in found]
    if not here:
        return None
    counts = Counter(verdict.status for verdict in here)
    words = tuple(f"{SYMBOL[code]} {counts[code]} {STATUS[code].lower()}" for code in STATUS if counts[code])
    if something := sum(v.status == UNKNOWN and any(row.is_known for row in v.figures.rows) for v in here):
        words = (*words, f"något känt om {something}")
    shared = next(iter(counts)) if len(counts) == 1 else "blandat"
    drawn = {(label.strength, label.mark) for label in map(verdict_label, here) if label.status != UNKNOWN}
    strengths = {strength for strength, _ in drawn}
    strength = next(iter(strengths)) if len(strengths) == 1 else PROVED
    # as strong as all that is settled in it; older facts of several years by the first and the last
    marks = sorted({mark for _, mark in drawn if mark}) if strength != PROVED else []
    shown = VerdictLabel(shared, "", words[0], words[1:], strength)
    label = f"{objective}, länsdel {vocabulary.COUNTY_PART[part]}: {shown.sentence}"
    return Cell(
        cell_key(objective, part), shown, label, mark="–".join(dict.fromkeys((*marks[:1], *marks[-1:])))
    )


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
                "Styrka": STRENGTHS[verdict_label(v).strength] if v.status != UNKNOWN else "",
                "Känt i dag": v.figures.sentence,
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
