"""Set what was said in the dialogues side by side, municipality by municipality."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.contract import schema
from mapping.contract.cells import read_cell
from mapping.contract.vocabulary import (
    COUNTY_CODE,
    COUNTY_PART,
    COUNTY_PARTS,
    DIALOGUE_READING,
    MUNICIPALITIES,
)
from mapping.swedish import date_words, either, swedish_order
from mapping.verdicts.matrix import cell_key

HEADING: Final[Mapping[str, str]] = {
    "framgangsfaktor": "Framgångsfaktorer",
    "utmaning": "Utmaningar",
    "behov": "Behov",
    "nasta_steg": "Nästa steg",
}
"""What a column of each kind is called."""


@dataclass(frozen=True)
class Voice:
    """One thing that was said.

    `row` is its place in the table. `date` is in words, as coarse as it was written, and `day` its last day.
    `scope` tells whom else it was said for; empty if for nobody else.
    """

    row: int
    kind: str
    text: str
    date: str | None
    day: datetime.date | None
    reading: str
    sources: tuple[str, ...]
    scope: str


@dataclass(frozen=True)
class Place:
    """What was said for one municipality: by itself, and for the part of the county that it lies in."""

    code: str
    name: str
    own: tuple[Voice, ...]
    shared: tuple[Voice, ...]

    @property
    def shared_scope(self) -> str:
        """Whom the shared ones were said for."""
        return either(dict.fromkeys(voice.scope for voice in self.shared), last="och")


def side_by_side(
    dialog: pd.DataFrame, *, codes: Sequence[str] = (), kinds: Sequence[str] = ()
) -> tuple[Place, ...]:
    """Give what was said for each municipality, in alphabetical order; those without anything are left out.

    No `codes` (kommunkoder) or `kinds` (codes of `vocabulary.DIALOGUE_KIND`) means all.
    """
    numbered = dialog.assign(row=range(len(dialog))).to_dict("records")
    wanted = []
    for row in numbered:
        if not kinds or row["typ"] in kinds:
            # what a cell names: kommunkoder, länsdelar, the county
            reading = read_cell(row["kommun"], schema.DIALOG["kommun"])
            wanted.append((reading.value if reading else (), row))
    chosen = sorted(codes or MUNICIPALITIES, key=lambda code: swedish_order(MUNICIPALITIES[code]))
    places = (_place(code, wanted) for code in chosen)
    return tuple(place for place in places if place.own or place.shared)


def of_objectives(dialog: pd.DataFrame) -> Mapping[str, tuple[Voice, ...]]:
    """Give what each municipality itself has said of an objective, by the objective's cell in the matrix.

    What was said for the county or a länsdel is nobody's own word, and is left out.
    """
    found: dict[str, tuple[Voice, ...]] = {}
    for place in side_by_side(dialog):
        for voice in place.own:
            for objective in dialog["mal"].iloc[voice.row]:
                key = cell_key(objective, place.code)
                found[key] = (*found.get(key, ()), voice)
    return found


def _place(code: str, rows: Sequence[tuple[tuple[str, ...], Mapping[Any, Any]]]) -> Place:
    own = [_voice(row, _together(areas, code)) for areas, row in rows if code in areas]
    around = {COUNTY_CODE, *(part for part, members in COUNTY_PARTS.items() if code in members)}
    shared = [
        _voice(row, either((_named(area) for area in areas if area in around), last="och"))
        for areas, row in rows
        if code not in areas and around & set(areas)
    ]
    return Place(code, MUNICIPALITIES[code], tuple(own), tuple(shared))


def _together(areas: Sequence[str], code: str) -> str:
    others = [_named(area) for area in areas if area != code]
    return f"tillsammans med {either(others, last='och')}" if others else ""


def _named(area: str) -> str:
    if area in COUNTY_PART and area not in MUNICIPALITIES:
        return f"länsdel {COUNTY_PART[area]}"
    return "hela länet" if area == COUNTY_CODE else MUNICIPALITIES[area]


def _voice(row: Mapping[Any, Any], scope: str) -> Voice:
    return Voice(
        row=row["row"],
        kind=row["typ"],
        text=row["text"],
        date=None if pd.isna(row["datum"]) else date_words(row["datum"]),
        day=None if pd.isna(row["datum_last_day"]) else row["datum_last_day"].date(),
        reading="" if pd.isna(row["tolkning"]) else DIALOGUE_READING[row["tolkning"]],
        sources=tuple(row["kalla"]),
        scope=scope,
    )


def sentence(places: Sequence[Place]) -> str:
    """Say how much was said, where and when; what was said for several municipalities is counted once."""
    if not places:
        return "Ingen uppgift om vad som har sagts i dialoger."
    every = [voice for place in places for voice in (*place.own, *place.shared)]
    voices = list({voice.row: voice for voice in every}.values())
    counted = [(label, sum(one.kind == kind for one in voices)) for kind, label in HEADING.items()]
    numbers = either((f"{count} {label.lower()}" for label, count in counted if count), last="och")
    dated = sorted((voice.day, voice.date) for voice in voices if voice.day and voice.date)
    dates = dict.fromkeys((dated[0][1], dated[-1][1])) if dated else ()
    when = f" Dialogerna hölls {' – '.join(dates)}." if dates else ""
    return f"{numbers} från {len(places)} {'kommun' if len(places) == 1 else 'kommuner'}.{when}"
