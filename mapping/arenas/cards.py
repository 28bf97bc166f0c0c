"""Gather what is known about one arena, or one municipality, for a panel or a sheet."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapping.arenas.filters import DEFAULT_STATUS
from mapping.arenas.measures import PILES, family_centre_piles, population
from mapping.arenas.select import serves
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.freshness import freshness
from mapping.swedish import swedish_number


@dataclass(frozen=True)
class Fact:
    """One thing about an arena; `value` is `None` when it is not known."""

    label: str
    value: str | None


@dataclass(frozen=True)
class Offer:
    """One insats as a panel shows it. Unknown levels are an empty tuple, unknown ages `None`."""

    name: str
    levels: tuple[str, ...]
    ages: tuple[int | None, int | None]
    expectant: bool
    details: tuple[Fact, ...]
    status: str
    evidence: str
    confirmed: str | None

    @property
    def years(self) -> tuple[str, ...]:
        """Say for each year 0–18 whether it is `covered`, `outside` or `unknown`."""
        first, last = self.ages
        if first is None and last is None:
            return ("unknown",) * len(vocabulary.CHILDHOOD)
        return tuple(_covered(year, first, last) for year in vocabulary.CHILDHOOD)


def _covered(year: int, first: int | None, last: int | None) -> str:
    if first is not None and last is not None:
        return "covered" if first <= year <= last else "outside"
    if year in (first, last):
        return "covered"
    beyond = year < first if first is not None else last is not None and year > last
    return "outside" if beyond else "unknown"


@dataclass(frozen=True)
class ArenaCard:
    """Everything that may be shown about one arena."""

    arena_id: str
    name: str
    kind: str
    status: str
    facts: tuple[Fact, ...]
    parts: tuple[tuple[str, str | None], ...]
    """The four parts of a familjecentral with `ja`, `nej` or `None`; empty for other arenas."""
    offers: tuple[Offer, ...]
    evidence: str
    sources: tuple[str, ...]
    confirmed: str | None
    freshness: str
    note: str | None
    website: str | None


@dataclass(frozen=True)
class MunicipalityCard:
    """A municipality in short."""

    code: str
    name: str
    county_part: str
    facts: tuple[Fact, ...]
    kinds: tuple[tuple[str, str, int], ...]
    """Code, label and number of arenas of each type that is there, most common first."""
    missing_kinds: tuple[str, ...]
    """Labels of the types that nobody has listed there."""


def arena_card(dataset: Dataset, arena_id: str, day: datetime.date) -> ArenaCard | None:
    """Gather what is known about one arena; None if the dataset has no such arena.

    Only the dataset's public view is read; how old a confirmation is depends on the `day`.
    """
    if arena_id not in dataset.arenor.index:
        return None
    row = dataset.arenor.loc[[arena_id]].to_dict("records")[0]
    served = [vocabulary.AREAS[code] for code in row["betjanar_kommuner"]]
    position = vocabulary.POSITION_ACCURACY[row["lage"]]
    if row["lage"] in {"ort", "kommun"}:
        position = f"{position} ({row['placed_at']})"
    dates = (("Öppnade", "start_datum"), ("Utvecklades senast", "utvecklad_datum"))
    is_centre = row["arenatyp"] == "familjecentral"
    offers = dataset.insatser[dataset.insatser["arena_id"] == arena_id]
    return ArenaCard(
        arena_id=arena_id,
        name=row["namn"],
        kind=row["arenatyp"],
        status=row["status"],
        facts=(
            Fact("Huvudman", ", ".join(row["huvudman"]) or None),
            Fact("Kommun", row["kommun"]),
            *([Fact("Betjänar också", ", ".join(served))] if served else []),
            Fact("Adress", address(row)),
            Fact("Läge på kartan", position),
            *_shared_premises(dataset, row),
            *(Fact(label, str(row[column])) for label, column in dates if pd.notna(row[column])),
        ),
        parts=tuple((label, _known(row[column])) for column, label in vocabulary.FAMILY_CENTRE_PART.items())
        if is_centre
        else (),
        offers=tuple(_offer(offer) for offer in offers.to_dict("records")),
        evidence=vocabulary.EVIDENCE[row["belagg"]],
        sources=row["kalla"],
        confirmed=_known(row["kontrollerad_datum"]),
        freshness=freshness(row["kontrollerad_datum_first_day"], day),
        note=_known(row["anmarkning"]),
        website=_known(row["webbplats"]),
    )


def municipality_card(dataset: Dataset, code: str) -> MunicipalityCard | None:
    """Gather a municipality in short: its arenas by type, those that serve it too, its children.

    Arenas of its own that are not closed are counted; those elsewhere that serve it are counted apart.
    """
    if code not in vocabulary.MUNICIPALITIES:
        return None
    open_arenas = dataset.arenor[dataset.arenor["status"].isin(DEFAULT_STATUS)]
    own = open_arenas[open_arenas["kommunkod"] == code]
    # those that serve it include its own, and those of the whole county
    shared = int(serves(open_arenas, {code}).sum()) - len(own)
    counts = own["arenatyp"].value_counts()
    children = population(dataset.befolkning, [code])
    number = children.by_municipality[code]
    centre = next(pile for pile in family_centre_piles(dataset.arenor) if code in pile.years)
    year = centre.years[code]
    part = next(part for part, codes in vocabulary.COUNTY_PARTS.items() if code in codes)
    return MunicipalityCard(
        code=code,
        name=vocabulary.MUNICIPALITIES[code],
        county_part=vocabulary.COUNTY_PART[part],
        facts=(
            Fact("Arenor i kommunen", str(len(own))),
            Fact("Arenor på annat håll som också betjänar kommunen", str(shared)),
            Fact(
                f"Barn 0–15 år ({children.year})" if children.year else "Barn 0–15 år",
                None if pd.isna(number) else swedish_number(number),
            ),
            Fact(
                "Familjecentral",
                f"{PILES[centre.status].capitalize()}{f' (uppgift från {year})' if year else ''}",
            ),
        ),
        kinds=tuple(
            (str(kind), vocabulary.ARENA_TYPE[str(kind)], int(count)) for kind, count in counts.items()
        ),
        missing_kinds=tuple(
            label for kind, label in vocabulary.ARENA_TYPE.items() if kind not in counts.index
        ),
    )


def _known(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def address(row: Mapping[Any, Any]) -> str | None:
    """Write the address of a row of `Dataset.arenor` as far as it may be shown; None if it is not known."""
    if row["adress_visning"] == "dold":
        return "Visas inte"
    town = " ".join(filter(None, (_known(row["postnummer"]), _known(row["ort"]))))
    return ", ".join(filter(None, (_known(row["adress"]), town))) or None


def _shared_premises(dataset: Dataset, row: Mapping[Any, Any]) -> Sequence[Fact]:
    other = _known(row["samlokaliserad_med"])
    if other is None:
        return ()
    if other == "ingen":
        return (Fact("Delar lokal", "Nej"),)
    name = dataset.arenor["namn"].get(other, other)
    return (Fact("Delar lokal med", str(name)),)


def _offer(row: Mapping[Any, Any]) -> Offer:
    words: tuple[tuple[str, Sequence[str], Mapping[str, str]], ...] = (
        ("För", row["malgrupp"], {}),
        ("Form", row["form"], vocabulary.FORM),
        ("Språk", row["sprak"], vocabulary.LANGUAGE),
        ("Tema", row["tema"], {}),
        ("Tillsammans", row["parter"], {**vocabulary.PARTY, **vocabulary.AREAS}),
    )
    details = [
        Fact(label, ", ".join(names.get(value, value) for value in values))
        for label, values, names in words
        if values
    ]
    if pd.notna(row["metod"]):
        details.insert(0, Fact("Metod", row["metod"]))
    if pd.notna(row["kunskapsbas"]):
        details.insert(1, Fact("Kunskapsbas", vocabulary.KNOWLEDGE_BASE[row["kunskapsbas"]]))
    first, last = (None if pd.isna(row[name]) else int(row[name]) for name in ("alder_fran", "alder_till"))
    return Offer(
        name=row["namn"],
        levels=row["preventionsniva"],
        ages=(first, last),
        expectant=bool(row["blivande_foraldrar"] == "ja"),
        details=tuple(details),
        status=row["status"],
        evidence=vocabulary.EVIDENCE[row["belagg"]],
        confirmed=_known(row["kontrollerad_datum"]),
    )
