"""Open a dataset: every table of the contract as typed frames, of which only what may be shown is public."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from mapping import swedish
from mapping.contract import vocabulary
from mapping.contract.findings import Finding, Severity, merged
from mapping.contract.schema import ARENOR, INSATSER, KOMMUNLAGE, NO_CO_LOCATION, TABLES, Table, table_of
from mapping.dataset import geography, positions, public_view
from mapping.dataset.geography import Municipalities
from mapping.dataset.public_view import Hidden
from mapping.errors import DatasetNotFoundError, DatasetRefusedError
from mapping.swedish import date_words, either
from mapping.tables import raw_table, typed_table
from mapping.tables.csv_file import FILES_IN_A_TABLE
from mapping.tables.raw_table import RawTable

DESCRIPTION_FILE = "dataset.toml"
UNTITLED = "Stödkartan"

PART_TYPES = {part: part.removeprefix("fc_") for part in vocabulary.FAMILY_CENTRE_PART}
"""The arena type that each part of a familjecentral is when it has a row of its own."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """One version of the data. Its frames are shared: read them, never change them."""

    arenor: pd.DataFrame
    """One row an arena, indexed by `arena_id`: the public view, all that may be shown to anyone. What a
    protected place keeps secret is not in it. The contract's columns as
    `mapping.tables.typed_table.typed_table` gives them, but `lat` and `lon` are the position to draw, `lage`
    its accuracy (`vocabulary.POSITION_ACCURACY`) and `placed_at` what the position is: address, locality or
    municipality. Missing without a position."""
    insatser: pd.DataFrame
    """One row an insats, indexed by `insats_id`."""
    kommunlage: pd.DataFrame
    dialog: pd.DataFrame
    befolkning: pd.DataFrame
    orter: pd.DataFrame
    uppdrag: pd.DataFrame
    """Like the four before it without rows, if there is no file."""
    municipalities: Municipalities
    """kommunkod → polygon in WGS 84, in code order."""
    version: str
    """Names the content: the first 12 hexadecimal digits of a SHA-256 of the files."""
    title: str
    number: int | None = None
    """Which published version it is, if it comes from a store."""
    latest_date: dt.date | None = None
    """The newest date that the data states, no later than the day it was opened."""
    compiled_on: dt.date | None = None
    published_on: dt.date | None = None
    """The day when somebody published it, if it is not as it was compiled."""
    example: bool = False
    """Whether it is made up."""
    findings: tuple[Finding, ...] = ()
    """What is worth knowing about the data; nothing here stopped it."""
    tables: Mapping[str, RawTable] = field(default_factory=dict)
    """Every file as it is written, for editors. Not for visitors: protected addresses stand here."""
    hidden: frozenset[Hidden] = frozenset()
    """What later versions protect, and is therefore not in `arenor` either."""

    @property
    def view(self) -> str:
        """Name what anyone sees: other than `version` where a later version hides more."""
        # without what tells where they are, which could be guessed from a hash of it
        hidden = sorted((one.arena_id, one.name, one.display) for one in self.hidden)
        digest = hashlib.sha256(repr(hidden).encode()).hexdigest()
        return f"{self.version}-{digest[:12]}" if hidden else self.version

    @property
    def label(self) -> str:
        """Name the version for people: its number if it was published, and what it contains."""
        return self.version if self.number is None else f"{self.number} ({self.version})"

    @property
    def day(self) -> dt.date | None:
        """The day that it is from: when it was published, or else compiled."""
        return self.published_on or self.compiled_on

    @property
    def dated(self) -> str:
        """Say what day it is from, after a comma; nothing if that is not known."""
        kind = "publicerad" if self.published_on else "sammanställd"
        return f", {kind} {date_words(self.day.isoformat())}" if self.day else ""


@dataclass(frozen=True, eq=False)
class Examined:
    """All the tables of a dataset, looked through, whether they may be shown or not."""

    raw: Mapping[str, RawTable]
    """Every table of the contract by name, as written; an absent table has no rows."""
    frames: Mapping[str, pd.DataFrame]
    """Every table typed. `arenor` has its own positions, and is not for visitors."""
    public: Mapping[str, pd.DataFrame]
    """The public view of `frames`."""
    municipalities: Municipalities
    findings: tuple[Finding, ...]
    """All of them, one for each place, not yet merged."""


def load(directory: Path, *, boundaries: Path | None = None, today: dt.date) -> Dataset:
    """Open the dataset in a directory of CSV files, see `contents_of` and `from_contents`."""
    title = directory.resolve().name
    return from_contents(contents_of(directory), title=title, boundaries=boundaries, today=today)


def contents_of(directory: Path) -> dict[str, bytes]:
    """Read the files of a dataset's directory as they are: file name → bytes.

    Raises
    ------
    DatasetNotFoundError
        If there is no such directory.
    """
    try:
        return {path.name: path.read_bytes() for path in sorted(directory.iterdir()) if _belongs(path)}
    except OSError as error:
        raise DatasetNotFoundError(directory=directory) from error


def from_contents(  # noqa: PLR0913 - what stands elsewhere, each thing by its name
    contents: Mapping[str, bytes],
    *,
    title: str = UNTITLED,
    boundaries: Path | None = None,
    today: dt.date,
    accepted: Container[str] = (),
    hidden: frozenset[Hidden] = frozenset(),
) -> Dataset:
    """Open the dataset in its files: `arenor.csv`, any of the other tables, and perhaps `dataset.toml`.

    Parameters
    ----------
    title
        What the dataset is called if `dataset.toml` does not say.
    boundaries, today
        See `examined`.
    accepted
        Codes of findings that are neither told nor stop anything.
    hidden
        What later versions protect.

    Raises
    ------
    DatasetRefusedError
        If anything in any table stops the dataset; it carries all such findings.
    BoundariesError
        If the boundaries cannot be used.
    """
    files, stray = _files_of_tables(contents)
    _, findings = _description(contents, title)
    raw = tables_of(files)
    judged = examined(raw, boundaries=boundaries, today=today, hidden=hidden)
    every = [*findings, *stray, *judged.findings]
    found = list(merged(finding for finding in every if finding.code not in accepted))
    stopping = [finding for finding in found if finding.severity is Severity.STOP]
    if stopping:
        raise DatasetRefusedError(findings=stopping)
    return replace(opened(judged, contents, title=title, findings=found, today=today), hidden=hidden)


def opened(
    judged: Examined,
    contents: Mapping[str, bytes],
    *,
    title: str = UNTITLED,
    findings: Iterable[Finding],
    today: dt.date,
) -> Dataset:
    """Make a dataset of tables that have been looked through and may be shown.

    The contents are the files that hold these tables; they name the version. The findings are merged.
    """
    frames = judged.public
    description, _ = _description(contents, title)
    files, _ = _files_of_tables(contents)
    arenor = positions.placed(frames["arenor"], frames["orter"], judged.municipalities)
    return Dataset(
        arenor=arenor.set_index("arena_id"),
        insatser=frames["insatser"].set_index("insats_id"),
        kommunlage=frames["kommunlage"].reset_index(drop=True),
        dialog=frames["dialog"].reset_index(drop=True),
        befolkning=frames["befolkning"].reset_index(drop=True),
        orter=frames["orter"].reset_index(drop=True),
        uppdrag=frames["uppdrag"].reset_index(drop=True),
        municipalities=judged.municipalities,
        version=_version(files),
        latest_date=_latest_date(frames.values(), today),
        findings=tuple(findings),
        tables={table.name: judged.raw[table.name] for table in map(table_of, files) if table is not None},
        **description,
    )


def examined(
    raw: Mapping[str, RawTable],
    *,
    boundaries: Path | None = None,
    today: dt.date,
    hidden: Iterable[Hidden] = (),
) -> Examined:
    """Look through all the tables together, and find every fault of cells, rows and tables at once.

    Nothing is refused here: even tables that may not be shown are looked through to the end.

    Parameters
    ----------
    raw
        Tables of the contract by name, as written. One that is not there is read as empty; an absent
        `arenor` is a finding.
    boundaries
        Finer municipal boundaries, see `mapping.dataset.geography.municipalities`.
    today
        Later dates are impossible, but for the start of something planned.
    hidden
        What later versions protect.

    Raises
    ------
    BoundariesError
        If the boundaries cannot be used.
    """
    tables = {name: raw.get(name) or _absent(table) for name, table in TABLES.items()}
    typed = {name: typed_table.typed_table(table, today=today) for name, table in tables.items()}
    polygons = geography.municipalities(boundaries)
    findings = [finding for table in typed.values() for finding in table.findings]
    arenor, found = positions.own_positions(typed["arenor"].frame)
    findings += [
        *found,
        *_unknown_arenas(typed["insatser"].frame, arenor),
        *_unknown_co_locations(arenor),
        *_contradicting_answers(typed["kommunlage"].frame),
        *_same_name_same_place(arenor),
        *_contradicted_parts(arenor),
        *_unstated_parts(arenor),
        *positions.far_from_municipality(arenor, polygons),
    ]
    frames = {name: table.frame for name, table in typed.items()}
    arenor, elsewhere = public_view.stricter(arenor, hidden)
    frames["arenor"] = arenor
    public, found = public_view.public_view(frames, elsewhere)
    covered = public_view.without_secrets([*findings, *found], frames)
    return Examined(tables, frames, public, polygons, tuple(covered))


def for_visitors(dataset: Dataset, *, boundaries: Path | None = None, today: dt.date) -> Dataset:
    """Give a dataset whose tables, too, hold only what anyone may see; itself, if nothing is protected."""
    if not dataset.arenor["adress_visning"].isin(public_view.PROTECTED).any():
        return dataset
    known = examined(dataset.tables, boundaries=boundaries, today=today, hidden=dataset.hidden)
    tables = public_view.raw_without_secrets(dataset.tables, known.frames, known.public)
    return replace(dataset, tables=tables, hidden=frozenset())


def _belongs(path: Path) -> bool:
    is_read = path.suffix.casefold() == ".csv" or path.name == DESCRIPTION_FILE
    return is_read and path.is_file()


def tables_of(files: Mapping[str, bytes]) -> dict[str, RawTable]:
    """Read tables, by name, from their files by name without ending, perhaps that of earlier versions."""
    found = ((table_of(stem), data) for stem, data in files.items())
    return {
        table.name: raw_table.raw_table(data, table, files=FILES_IN_A_TABLE)
        for table, data in found
        if table is not None
    }


def _files_of_tables(contents: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Finding]]:
    """Give the files of the contract's tables, by their names without endings, and tell of files of none."""
    files: dict[str, bytes] = {}
    stray: list[Finding] = []
    for file_name, data in contents.items():
        name, _, suffix = file_name.casefold().rpartition(".")
        table = table_of(name) if suffix == "csv" else None
        if (
            table is not None
            and name not in files
            and (name == table.name or f"{table.name}.csv" not in contents)
        ):
            files[name] = data
        elif file_name != DESCRIPTION_FILE:
            allowed = either(f"{table}.csv" for table in TABLES)
            stray.append(Finding("unknown-table", file_name, value=file_name, details={"allowed": allowed}))
    return files, stray


def _description(contents: Mapping[str, bytes], title: str) -> tuple[dict[str, Any], list[Finding]]:
    """Read what the dataset is called, when it was compiled and whether it is an example."""
    description: dict[str, Any] = {"title": title, "compiled_on": None, "example": False}
    if DESCRIPTION_FILE not in contents:
        return description, []
    try:
        stated = tomllib.loads(contents[DESCRIPTION_FILE].decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return description, [Finding("bad-dataset-file", DESCRIPTION_FILE, details={"reason": str(error)})]
    kinds = {"title": str, "compiled_on": dt.date, "example": bool}
    wrong = [name for name, kind in kinds.items() if name in stated and type(stated[name]) is not kind]
    if wrong:
        reason = f"{either(wrong)} har fel typ av värde"
        return description, [Finding("bad-dataset-file", DESCRIPTION_FILE, details={"reason": reason})]
    return description | {name: stated[name] for name in kinds if name in stated}, []


def _absent(table: Table) -> RawTable:
    absent = raw_table.empty(table)
    if not table.required:
        return absent
    return RawTable(table, absent.frame, (Finding("missing-table", table.name),), is_readable=False)


def _version(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]


def _latest_date(frames: Iterable[pd.DataFrame], today: dt.date) -> dt.date | None:
    days = [frame[name] for frame in frames for name in frame if str(name).endswith("_last_day")]
    stated = pd.concat(days).dropna()
    past = stated[stated <= pd.Timestamp(today)]
    return None if past.empty else past.max().date()


def _unknown_arenas(insatser: pd.DataFrame, arenor: pd.DataFrame) -> Iterator[Finding]:
    named = insatser["arena_id"].dropna()
    known = set() if named.empty else _ids(arenor)
    for row, arena in zip(named.index.tolist(), named.tolist(), strict=True):
        if arena not in known:
            details = {"suggestion": swedish.suggestion(arena, known)}
            yield Finding("unknown-arena", INSATSER.name, _row(row), "arena_id", arena, details)


def _unknown_co_locations(arenor: pd.DataFrame) -> Iterator[Finding]:
    named = arenor.loc[arenor["samlokaliserad_med"].notna(), ["arena_id", "samlokaliserad_med"]]
    named = named[named["samlokaliserad_med"] != NO_CO_LOCATION]
    known = set() if named.empty else _ids(arenor)
    columns = (named["arena_id"].tolist(), named["samlokaliserad_med"].tolist())
    for row, arena, other in zip(named.index.tolist(), *columns, strict=True):
        if other not in known or other == arena:
            details = {"suggestion": swedish.suggestion(other, known - {arena})}
            yield Finding("unknown-co-location", ARENOR.name, _row(row), "samlokaliserad_med", other, details)


def _ids(arenor: pd.DataFrame) -> set[str]:
    # a list first: pandas gives the members of its text one by one only slowly
    return set(arenor["arena_id"].dropna().tolist())


def _contradicting_answers(kommunlage: pd.DataFrame) -> Iterator[Finding]:
    answered = kommunlage.dropna(subset=["kommunkod", "fraga", "svar", "datum_last_day"])
    if answered.empty:
        return
    for (_, question, _), group in answered.groupby(["kommunkod", "fraga", "datum_last_day"], sort=False):
        first_row, first = group.index[0], group["svar"].iloc[0]
        for row, answer in group.loc[group["svar"] != first, "svar"].items():
            details = {"question": str(question), "other": first, "other_row": str(first_row)}
            yield Finding("contradicting-answers", KOMMUNLAGE.name, _row(row), "svar", answer, details)


def _same_name_same_place(arenor: pd.DataFrame) -> Iterator[Finding]:
    names = arenor["namn"].dropna()
    shared = names.index[names.str.casefold().duplicated(keep=False)]
    told = arenor.loc[shared, ["namn", "kommunkod", "adress", "ort"]].dropna(subset=["kommunkod"])
    groups: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row, (name, code, *where) in zip(told.index, told.to_numpy().tolist(), strict=True):
        groups.setdefault((name.casefold(), code), []).append((row, name, *where))
    for rows in groups.values():
        for place, (row, name, *where) in enumerate(rows):
            twin = next((earlier for earlier, _, *there in rows[:place] if _may_be_same(where, there)), None)
            if twin is not None:
                details = {"other_row": str(twin)}
                yield Finding("same-name-same-place", ARENOR.name, _row(row), "namn", name, details)


def _may_be_same(one: list[Any], other: list[Any]) -> bool:
    """Tell whether no part of two addresses is known to differ."""
    return all(
        pd.isna(a) or pd.isna(b) or a.casefold() == b.casefold() for a, b in zip(one, other, strict=True)
    )


def _contradicted_parts(arenor: pd.DataFrame) -> Iterator[Finding]:
    sharing = arenor.loc[arenor["samlokaliserad_med"].notna(), ["arena_id", "arenatyp", "samlokaliserad_med"]]
    if sharing.empty:
        return
    centres = arenor[(arenor["arenatyp"] == "familjecentral") & arenor["arena_id"].notna()]
    centres = centres.assign(row=centres.index).drop_duplicates("arena_id", keep="last").set_index("arena_id")
    rows = dict(zip(centres.index.tolist(), centres["row"].tolist(), strict=True))
    for column, part in PART_TYPES.items():
        denied = set(centres.index[centres[column] == "nej"])
        others = sharing[(sharing["arenatyp"] == part) & sharing["samlokaliserad_med"].isin(denied)]
        for other_row, other, centre in zip(
            others.index, others["arena_id"], others["samlokaliserad_med"], strict=True
        ):
            details = {"other": other, "other_row": str(other_row)}
            yield Finding("part-contradicted", ARENOR.name, _row(rows[centre]), column, centre, details)


def _unstated_parts(arenor: pd.DataFrame) -> Iterator[Finding]:
    parts = list(vocabulary.FAMILY_CENTRE_PART)
    centres = arenor.loc[arenor["arenatyp"] == "familjecentral", ["arena_id", *parts]]
    silent = centres.loc[centres[parts].isna().all(axis="columns"), "arena_id"].dropna()
    for row, arena in zip(silent.index.tolist(), silent.tolist(), strict=True):
        yield Finding("no-part-stated", ARENOR.name, _row(row), None, arena)


def _row(label: Any) -> int:
    return int(label)
