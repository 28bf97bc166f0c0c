"""Open a dataset: every table of the contract as typed frames, of which only what may be shown is public."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from mapping import geography, positions, protection, reading, schema, vocabulary
from mapping.errors import DatasetNotFoundError, DatasetRefusedError
from mapping.findings import Finding, Severity, merged
from mapping.geography import Municipalities
from mapping.reading import RawTable, TypedTable
from mapping.schema import ARENOR, INSATSER, KOMMUNLAGE, NO_CO_LOCATION, TABLES
from mapping.wording import either

DESCRIPTION_FILE = "dataset.toml"

PART_TYPES = {
    "fc_bmm": "bmm",
    "fc_bvc": "bvc",
    "fc_oppen_forskola": "oppen_forskola",
    "fc_socialtjanst": "socialtjanst",
}
"""The arena type that each part of a familjecentral is when it has a row of its own."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """One version of the data. Its frames are shared: read them, never change them.

    Parameters
    ----------
    arenor
        One row an arena, indexed by `arena_id`: the public view, all that may be shown to anyone. What a
        protected place keeps secret is not in it. The contract's columns as `mapping.reading.typed_table`
        gives them, but `lat` and `lon` are the position to draw, `lage` its accuracy
        (`vocabulary.POSITION_ACCURACY`) and `placed_at` what the position is: address, locality or
        municipality. Missing without a position.
    insatser
        One row an insats, indexed by `insats_id`.
    kommunlage, dialog, befolkning, orter, typvarden
        The other tables; without rows if there is no file.
    municipalities
        kommunkod → polygon in WGS 84, in code order.
    tables
        Every file's cells as raw text, for editors. Not for visitors: protected addresses stand here.
    findings
        What is worth knowing about the data; nothing here stopped it.
    version
        Names the content: the first 12 hexadecimal digits of a SHA-256 of the files.
    latest_date
        The newest date that the data states, no later than the day it was opened.
    title, compiled_on, example
        From `dataset.toml`: the dataset's name, the day it was compiled, whether it is made up.
    """

    arenor: pd.DataFrame
    insatser: pd.DataFrame
    kommunlage: pd.DataFrame
    dialog: pd.DataFrame
    befolkning: pd.DataFrame
    orter: pd.DataFrame
    typvarden: pd.DataFrame
    municipalities: Municipalities
    version: str
    title: str
    latest_date: dt.date | None = None
    compiled_on: dt.date | None = None
    example: bool = False
    findings: tuple[Finding, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def load(directory: Path, *, boundaries: Path | None = None, today: dt.date) -> Dataset:
    """Open the dataset in a directory of CSV files, one for each table of the contract.

    Parameters
    ----------
    directory
        Holds `arenor.csv`, any of the other tables, and perhaps `dataset.toml`.
    boundaries
        Finer municipal boundaries, see `mapping.geography.municipalities`.
    today
        Later dates are impossible, but for the start of something planned.

    Raises
    ------
    DatasetNotFoundError
        If there is no such directory.
    DatasetRefusedError
        If anything in any table stops the dataset; it carries all such findings.
    BoundariesError
        If the boundaries cannot be used.
    """
    contents, stray = _contents(directory)
    description, findings = _description(directory)
    findings += stray
    raw = {name: _raw(name, contents) for name in TABLES}
    typed = {name: reading.typed_table(table, today=today) for name, table in raw.items()}
    polygons = geography.municipalities(boundaries)
    findings += [finding for table in typed.values() for finding in table.findings]
    arenor, found = positions.own_positions(typed["arenor"].frame)
    findings += [*found, *_findings_between_rows(typed, arenor, polygons)]
    frames = {name: table.frame for name, table in typed.items()}
    public, insatser, found = protection.public_view(arenor, frames["insatser"])
    findings = list(merged(protection.without_secrets([*findings, *found], arenor, frames["insatser"])))
    stopping = [finding for finding in findings if finding.severity is Severity.STOP]
    if stopping:
        raise DatasetRefusedError(stopping)
    return Dataset(
        arenor=positions.placed(public, frames["orter"], polygons).set_index("arena_id"),
        insatser=insatser.set_index("insats_id"),
        kommunlage=frames["kommunlage"].reset_index(drop=True),
        dialog=frames["dialog"].reset_index(drop=True),
        befolkning=frames["befolkning"].reset_index(drop=True),
        orter=frames["orter"].reset_index(drop=True),
        typvarden=frames["typvarden"].reset_index(drop=True),
        municipalities=polygons,
        version=_version(contents),
        latest_date=_latest_date(frames.values(), today),
        findings=tuple(findings),
        tables={name: table.frame for name, table in raw.items() if name in contents},
        **description,
    )


def _contents(directory: Path) -> tuple[dict[str, bytes], list[Finding]]:
    """Read the files of the contract's tables, and tell of CSV files that are none."""
    contents: dict[str, bytes] = {}
    stray: list[Finding] = []
    try:
        paths = sorted(
            path for path in directory.iterdir() if path.suffix.casefold() == ".csv" and path.is_file()
        )
        for path in paths:
            name = path.stem.casefold()
            if name in TABLES and name not in contents:
                contents[name] = path.read_bytes()
            else:
                allowed = either(f"{table}.csv" for table in TABLES)
                stray.append(
                    Finding("unknown-table", path.name, value=path.name, details={"allowed": allowed})
                )
    except OSError as error:
        raise DatasetNotFoundError(directory) from error
    return contents, stray


def _description(directory: Path) -> tuple[dict[str, Any], list[Finding]]:
    """Read what the dataset is called, when it was compiled and whether it is an example."""
    description: dict[str, Any] = {"title": directory.resolve().name, "compiled_on": None, "example": False}
    path = directory / DESCRIPTION_FILE
    if not path.is_file():
        return description, []
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return description, [Finding("bad-dataset-file", DESCRIPTION_FILE, details={"reason": str(error)})]
    kinds = {"title": str, "compiled_on": dt.date, "example": bool}
    wrong = [name for name, kind in kinds.items() if name in stated and type(stated[name]) is not kind]
    if wrong:
        reason = f"{either(wrong)} har fel typ av värde"
        return description, [Finding("bad-dataset-file", DESCRIPTION_FILE, details={"reason": reason})]
    return description | {name: stated[name] for name in kinds if name in stated}, []


def _raw(name: str, contents: Mapping[str, bytes]) -> RawTable:
    table = TABLES[name]
    if name in contents:
        return reading.raw_table(contents[name], table)
    absent = reading.empty(table)
    if not table.required:
        return absent
    return RawTable(table, absent.frame, (Finding("missing-table", name),), is_readable=False)


def _version(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\0{len(contents[name])}\0".encode())
        digest.update(contents[name])
    return digest.hexdigest()[:12]


def _latest_date(frames: Iterable[pd.DataFrame], today: dt.date) -> dt.date | None:
    days = [frame[name] for frame in frames for name in frame if str(name).endswith("_last_day")]
    stated = pd.concat(days).dropna()
    past = stated[stated <= pd.Timestamp(today)]
    return None if past.empty else past.max().date()


def _findings_between_rows(
    typed: Mapping[str, TypedTable], arenor: pd.DataFrame, polygons: Municipalities
) -> Iterator[Finding]:
    yield from _unknown_arenas(typed["insatser"].frame, arenor)
    yield from _unknown_co_locations(arenor)
    yield from _contradicting_answers(typed["kommunlage"].frame)
    yield from _same_name_same_place(arenor)
    yield from _contradicted_parts(arenor)
    yield from _unstated_parts(arenor)
    yield from positions.far_from_municipality(arenor, polygons)


def _unknown_arenas(insatser: pd.DataFrame, arenor: pd.DataFrame) -> Iterator[Finding]:
    known = set(arenor["arena_id"].dropna())
    for row, arena in insatser["arena_id"].dropna().items():
        if arena not in known:
            details = {"suggestion": schema.suggestion(arena, known)}
            yield Finding("unknown-arena", INSATSER.name, _row(row), "arena_id", arena, details)


def _unknown_co_locations(arenor: pd.DataFrame) -> Iterator[Finding]:
    known = set(arenor["arena_id"].dropna())
    named = arenor[arenor["samlokaliserad_med"].notna() & (arenor["samlokaliserad_med"] != NO_CO_LOCATION)]
    for row, arena, other in zip(named.index, named["arena_id"], named["samlokaliserad_med"], strict=True):
        if other not in known or other == arena:
            details = {"suggestion": schema.suggestion(other, known - {arena})}
            yield Finding("unknown-co-location", ARENOR.name, _row(row), "samlokaliserad_med", other, details)


def _contradicting_answers(kommunlage: pd.DataFrame) -> Iterator[Finding]:
    answered = kommunlage.dropna(subset=["kommunkod", "fraga", "svar", "datum_last_day"])
    for (_, question, _), group in answered.groupby(["kommunkod", "fraga", "datum_last_day"], sort=False):
        first_row, first = group.index[0], group["svar"].iloc[0]
        for row, answer in group.loc[group["svar"] != first, "svar"].items():
            details = {"question": str(question), "other": first, "other_row": str(first_row)}
            yield Finding("contradicting-answers", KOMMUNLAGE.name, _row(row), "svar", answer, details)


def _same_name_same_place(arenor: pd.DataFrame) -> Iterator[Finding]:
    keys = [arenor["namn"].str.casefold(), arenor["kommunkod"]]
    together = arenor.assign(alike=arenor.groupby(keys)["namn"].transform("size"))
    for _, group in together[together["alike"] > 1].groupby(keys, sort=False):
        rows = list(group[["namn", "adress", "ort"]].itertuples())
        for place, (row, name, *where) in enumerate(rows):
            twin = next((earlier for earlier, _, *there in rows[:place] if _may_be_same(where, there)), None)
            if twin is not None:
                yield Finding(
                    "same-name-same-place", ARENOR.name, _row(row), "namn", name, {"other_row": str(twin)}
                )


def _may_be_same(one: list[Any], other: list[Any]) -> bool:
    """Tell whether no part of two addresses is known to differ."""
    return all(
        pd.isna(a) or pd.isna(b) or a.casefold() == b.casefold() for a, b in zip(one, other, strict=True)
    )


def _contradicted_parts(arenor: pd.DataFrame) -> Iterator[Finding]:
    centres = arenor[arenor["arenatyp"] == "familjecentral"].drop_duplicates("arena_id").set_index("arena_id")
    rows = dict(zip(arenor["arena_id"], arenor.index, strict=True))
    for column, part in PART_TYPES.items():
        denied = set(centres.index[centres[column] == "nej"])
        others = arenor[(arenor["arenatyp"] == part) & arenor["samlokaliserad_med"].isin(denied)]
        for other_row, other, centre in zip(
            others.index, others["arena_id"], others["samlokaliserad_med"], strict=True
        ):
            details = {"other": other, "other_row": str(other_row)}
            yield Finding("part-contradicted", ARENOR.name, _row(rows[centre]), column, centre, details)


def _unstated_parts(arenor: pd.DataFrame) -> Iterator[Finding]:
    parts = list(vocabulary.FAMILY_CENTRE_PART)
    silent = arenor[(arenor["arenatyp"] == "familjecentral") & arenor[parts].isna().all(axis="columns")]
    for row, arena in silent["arena_id"].items():
        yield Finding("no-part-stated", ARENOR.name, _row(row), None, arena)


def _row(label: Any) -> int:
    return int(label)
