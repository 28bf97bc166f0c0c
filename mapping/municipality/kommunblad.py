"""Gather everything about one municipality on one sheet: what is fed back to it, on a page or in a report."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from mapping.arenas import rows
from mapping.arenas.cards import MunicipalityCard, municipality_card
from mapping.arenas.completeness import completeness
from mapping.arenas.filters import DEFAULT_STATUS
from mapping.childhood.year_states import HEADINGS, STATES
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.municipality import dialogue
from mapping.municipality.leadership import (
    Histories,
    Leadership,
    Moment,
    histories,
    leadership,
    usual_moments,
)
from mapping.swedish import capital, swedish_number
from mapping.verdicts.display import VerdictLabel, verdict_label
from mapping.verdicts.judge import UNKNOWN, Verdict
from mapping.verdicts.matrix import cell_key
from mapping.verdicts.objectives.family_centre import Centre, CoLocation, FamilyCentreFigures
from mapping.verdicts.objectives.figure import Figures
from mapping.verdicts.objectives.strips import StripFigures
from mapping.verdicts.strategy import Strategy
from mapping.verdicts.tasks import Task, tasks
from mapping.verdicts.words import years_in_words

_STRIPS: Final = {
    "behovsanpassat": "Allt stöd på {level} nivå",
    "tackning": "Kunskapsbaserat stöd, {level} nivå",
}
"""What the strips of each kind of objective are called, in the order that they stand."""


@dataclass(frozen=True)
class Line:
    """One objective's verdict in short; `missing` is how many facts it waits for.

    `reason` is what is known: what the verdict stands on, or all there is where nothing is settled.
    """

    objective: str
    name: str
    kommunkod: str
    is_regional: bool
    label: VerdictLabel
    reason: str
    missing: int
    said: tuple[dialogue.Voice, ...]
    """What the municipality itself has said of the objective; it changes no verdict."""
    figures: Figures
    """What is known, drawn where the verdict is unsettled."""

    @property
    def cell(self) -> str:
        """The verdict's place in the matrix, as addresses write it."""
        return f"{self.objective}-{self.kommunkod}"


@dataclass(frozen=True)
class Area:
    """One målområde with its verdicts."""

    number: int
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Strip:
    """One level through childhood: a key of `STATES` for each year, and the same in words."""

    title: str
    objective: str
    level: str
    years: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class FamilyCentres:
    """Objective 2.6: (a) the familjecentraler with their parts, (b) who shares premises, "x av y"."""

    centres: tuple[Centre, ...]
    planned: tuple[str, ...]
    co_location: str
    nearest: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """What is fed back to one municipality: its own verdicts and the county's, and what they build on."""

    card: MunicipalityCard
    summary: str
    areas: tuple[Area, ...]
    strips: tuple[Strip, ...]
    legend: Mapping[str, str]
    """The part of `STATES` that the strips use."""
    phases: tuple[tuple[tuple[int, int], ...], ...]
    """Which of a strip's years belong together: place and age."""
    family_centres: FamilyCentres | None
    """None if the strategy asks for none."""
    leadership: Leadership
    before: Moment | None
    after: Moment
    dialogue: dialogue.Place | None
    completeness: pd.DataFrame
    """Its row of `mapping.arenas.completeness.completeness`, with the county's below."""
    steps: tuple[Task, ...]
    """What to find out next, most valuable first."""
    arenas: pd.DataFrame
    """`mapping.arenas.rows.arena_rows` of its own arenas that are not closed."""


def municipality_sheet(
    dataset: Dataset,
    strategy: Strategy,
    kommunkod: str,
    day: datetime.date,
    *,
    verdicts: Iterable[Verdict],
) -> Sheet | None:
    """Gather the sheet of one municipality; None if the county has no such municipality.

    The verdicts to show are those of the whole county.
    """
    card = municipality_card(dataset, kommunkod)
    if card is None:
        return None
    shown = tuple(one for one in verdicts if one.kommunkod in {kommunkod, vocabulary.COUNTY_CODE})
    own = {one.objective: one for one in shown if one.kommunkod == kommunkod}
    answers = _histories(dataset)
    before, after = usual_moments(answers, day)
    places = dialogue.side_by_side(dataset.dialog, codes=[kommunkod])
    said = dialogue.of_objectives(dataset.dialog)
    lines = [
        (strategy[one.objective].area, _line(one, strategy, said.get(cell_key(one.objective, kommunkod), ())))
        for one in shown
    ]
    strips = _strips(own, strategy)
    open_arenas = dataset.arenor[dataset.arenor["status"].isin(DEFAULT_STATUS)]
    return Sheet(
        card=card,
        summary=_summary(tuple(own.values()), len(strategy.objectives)),
        areas=tuple(
            Area(number, name, tuple(line for area, line in lines if area == number))
            for number, name in strategy.areas.items()
        ),
        strips=strips,
        legend={state: label for state, label in STATES.items() if any(state in one.years for one in strips)},
        phases=strategy.phase_years,
        family_centres=_family_centres(dataset, own),
        leadership=leadership(answers, before, after, [kommunkod])[0],
        before=before,
        after=after,
        dialogue=places[0] if places else None,
        completeness=completeness(dataset, day).loc[[kommunkod, vocabulary.COUNTY_CODE]],
        steps=tasks(tuple(own.values())),
        arenas=rows.arena_rows(dataset, open_arenas.index[open_arenas["kommunkod"] == kommunkod]),
    )


@lru_cache(maxsize=8)
def _histories(dataset: Dataset) -> Histories:
    return histories(dataset.kommunlage)


def _line(verdict: Verdict, strategy: Strategy, said: tuple[dialogue.Voice, ...]) -> Line:
    objective = strategy[verdict.objective]
    reason = verdict.figures.sentence if verdict.status == UNKNOWN else verdict.known
    return Line(
        objective=verdict.objective,
        name=objective.name,
        kommunkod=verdict.kommunkod,
        is_regional=objective.is_regional,
        label=verdict_label(verdict),
        reason=capital(reason),
        missing=len(verdict.facts_missing),
        said=said,
        figures=verdict.figures,
    )


def _summary(own: Sequence[Verdict], every: int) -> str:
    """Say how many verdicts there are facts for. It counts what is known, not how well it goes."""
    total, of_county = len(own), every - len(own)
    aims = "mål som gäller kommunen"
    if of_county:
        aims += f" (av strategins {every}; {of_county} gäller hela länet)"
    open_ = [one for one in own if one.status == UNKNOWN]
    hints = sum(verdict_label(one).older is not None for one in open_)
    if not open_:
        return f"Det finns underlag för alla {total} {aims}."
    known = total - len(open_)
    summary = f"Det finns aktuellt underlag för {known} av de {total} {aims}."
    if any(one.is_changed_by_older for one in own):
        summary = f"Med äldre uppgifter finns underlag för {known} av de {total} {aims}."
    if not known:
        summary = f"De aktuella uppgifterna räcker inte för att bedöma något av de {total} {aims}."
    return summary + (f" Om {hints} mål säger äldre uppgifter något." if hints else "")


def _strips(own: Mapping[str, Verdict], strategy: Strategy) -> tuple[Strip, ...]:
    found = []
    for objective in (one for kind in _STRIPS for one in strategy.of_kind(kind)):
        figures = own[objective.code].figures
        if not isinstance(figures, StripFigures):
            continue
        for level, seen in figures.strips.items():
            # as "Finns: 0–6 år. Uppgift saknas: 7–18 år."
            ages = list(zip(strategy.childhood_ages, seen, strict=True))
            words = " ".join(
                f"{label}: {years_in_words(year for year, one in ages if one == state)}."
                for state, label in HEADINGS.items()
                if state in seen
            )
            title = _STRIPS[objective.kind].format(level=vocabulary.PREVENTION_LEVEL[level].lower())
            found.append(Strip(title, objective.code, level, seen, words))
    return tuple(found)


def _family_centres(dataset: Dataset, own: Mapping[str, Verdict]) -> FamilyCentres | None:
    """Tell of familjecentraler, by the first objective that judges them; None if the strategy has none."""
    for verdict in own.values():
        figures = verdict.figures
        if isinstance(figures, FamilyCentreFigures):
            shares = _co_located(figures.b)
            nearest = ""
            if figures.nearest:
                place, km, arena_id = max(figures.nearest, key=lambda one: (one[1], one[0]))
                name = dataset.arenor["namn"][arena_id]
                nearest = f"Längst har {place}: {swedish_number(km, 1)} km fågelvägen till {name}."
            return FamilyCentres(
                centres=figures.a.centres,
                planned=tuple(str(dataset.arenor["namn"][arena_id]) for arena_id in figures.a.planned),
                co_location=shares or "ingen egen barnmorskemottagning eller barnavårdscentral är känd",
                nearest=nearest,
            )
    return None


def _co_located(figures: CoLocation) -> str:
    """Say "x av y"; nothing where there is no y."""
    if not figures.units:
        return ""
    units = "mottagning" if figures.units == 1 else "mottagningar"
    return f"{figures.co_located} av {figures.units} {units} är samlokaliserade"
