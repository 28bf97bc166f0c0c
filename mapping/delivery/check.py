"""Decide what a delivery may publish: every fault of it, and the files that it would make.

Any finding with the severity "stop" refuses it. Warnings and large losses of rows are confirmed by the person
who publishes, see `mapping.delivery.proposal.publish`; who may is decided in `mapping.store.permission`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final

from mapping.contract import schema
from mapping.contract.findings import Finding, Severity, merged
from mapping.contract.schema import ARENOR, EMPTY, TABLES
from mapping.dataset import dataset
from mapping.dataset.dataset import DESCRIPTION_FILE, Dataset, Examined
from mapping.dataset.public_view import PROTECTED, Hidden, hidden_in
from mapping.dataset.secret_place import ADDRESS
from mapping.delivery.delivery import Delivery
from mapping.delivery.losses import Loss, losses
from mapping.delivery.protection import Protection, whereabouts
from mapping.tables import canonical_csv
from mapping.tables.csv_file import FILES_IN_A_TABLE, LARGEST_FILE_BYTES, MOST_ROWS
from mapping.tables.garbage import collection_paused
from mapping.tables.raw_table import RawTable, empty, with_keys


@dataclass(frozen=True, eq=False)
class Published:
    """The version that a delivery is compared with."""

    number: int | None
    """Which version; None if nothing is published."""
    contents: Mapping[str, bytes]
    """Its files: name → bytes."""
    dataset: Dataset | None
    """The same, opened; None if nothing is published, or it cannot be opened."""
    wave: Dataset | None = None
    """The wave before it, which some objectives compare with."""
    is_public: bool = False
    """Whether it lacks what protected places keep secret: it may be compared with, but not built upon."""
    hidden: frozenset[Hidden] = frozenset()
    """What any version has protected, see `mapping.server.datasets.Datasets.ever_hidden`."""

    def for_visitors(self, *, boundaries: Path | None = None, today: dt.date) -> "Published":
        """Give what anyone may know of it: by handing in guesses nobody learns more."""
        if self.dataset is None:
            return replace(NOTHING_PUBLISHED, number=self.number, is_public=True)
        shown = dataset.for_visitors(self.dataset, boundaries=boundaries, today=today)
        tables = {f"{name}.csv": canonical_csv.written(table) for name, table in shown.tables.items()}
        contents = {name: tables.get(name, data) for name, data in self.contents.items()}
        return replace(self, contents=contents, dataset=shown, is_public=True, hidden=frozenset())

    @cached_property
    def tables(self) -> Mapping[str, RawTable]:
        """Its tables as raw text, parsed when it was opened."""
        if self.dataset is not None:
            return self.dataset.tables
        # what cannot be opened is still there to be replaced, and must not be lost
        return dataset.tables_of({PurePath(name).stem: data for name, data in self.contents.items()})

    @cached_property
    def protection(self) -> Protection:
        """How much of each place may be shown."""
        arenor = self.tables.get(ARENOR.name) or empty(ARENOR)
        ids = with_keys(arenor).filled(ARENOR.key)
        written = dict(zip(ids, (text or EMPTY for text in arenor.row_values("adress_visning")), strict=True))
        if self.dataset is None:  # any version may protect what this one shows
            in_force = {key: display for key, display in written.items() if display in PROTECTED}
        else:
            displays = self.dataset.arenor["adress_visning"]
            in_force = dict(zip(displays.index.tolist(), displays.tolist(), strict=True))
        hidden = self.hidden | hidden_in(arenor)
        return Protection(written, in_force, hidden, whereabouts(arenor) if hidden else {})


NOTHING_PUBLISHED: Final = Published(None, {}, None)


@dataclass(frozen=True, eq=False)
class Checked:
    """The answer to a delivery."""

    findings: tuple[Finding, ...]
    """Everything that was found, merged, most serious first. Rows are those of the files."""
    places: tuple[Finding, ...]
    """The same, one for each place."""
    contents: Mapping[str, bytes] | None
    """The files of the version that would be published, by name; None if anything stops it."""
    losses: tuple[Loss, ...]
    """The tables that lose rows, which must be confirmed in words."""
    today: dt.date
    _examined: Examined

    @property
    def stops(self) -> bool:
        """Whether anything stops the delivery from being published."""
        return self.contents is None

    @property
    def has_personal_data(self) -> bool:
        """Whether there is personal data anywhere in the delivery."""
        return any(finding.code == "personal-data" for finding in self.places)

    @cached_property
    def dataset(self) -> Dataset | None:
        """What the new version would show; None if anything stops it."""
        if self.contents is None:
            return None
        return dataset.opened(self._examined, self.contents, findings=self.findings, today=self.today)


@collection_paused()
def check(
    delivery: Delivery,
    tables: Mapping[str, RawTable] | None = None,
    published: Published = NOTHING_PUBLISHED,
    *,
    boundaries: Path | None = None,
    today: dt.date,
) -> Checked:
    """Check what would be published: a delivery together with what stays of the published version.

    Parameters
    ----------
    tables
        Every table of the new version, as `mapping.delivery.scope.replaced` gives them; only those that were
        handed in, if not given.
    boundaries, today
        See `mapping.dataset.dataset.examined`.

    Raises
    ------
    BoundariesError
        If the boundaries cannot be used.
    """
    tables = delivery.tables if tables is None else tables
    examined = dataset.examined(tables, boundaries=boundaries, today=today)
    found = list(delivery.findings)
    absent = {finding for finding in found if finding.code == "missing-column"}
    for finding in examined.findings:
        if located := delivery.located(finding, tables):
            # an address of a protected place that the delivery writes stops it
            is_written = located.code == "protected-address-in-id" or located.details.get("what") == ADDRESS
            written = (
                replace(located, code="protected-address-written", details={}) if is_written else located
            )
            # many cells may be empty because of one column
            if written not in absent:
                found.append(written)
            if written.code == "missing-column":
                absent.add(written)
    lost = losses(published.tables, tables)
    found += [loss.finding for loss in lost]
    contents = None
    if not _stops(found):
        contents = _contents(delivery, tables, published)
        found += _too_large(contents, tables)
        contents = None if _stops(found) else contents
    return Checked(merged(found), tuple(found), contents, lost, today, examined)


def _stops(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.STOP for finding in findings)


def _contents(delivery: Delivery, tables: Mapping[str, RawTable], published: Published) -> dict[str, bytes]:
    contents = {}
    for name, table in tables.items():
        old = published.tables.get(name)
        same = [file for file in published.contents if schema.table_of(PurePath(file).stem) is TABLES[name]]
        written = EMPTY.encode() if table is old and same else canonical_csv.written(table)
        # a table that says what the published one does is that very file: writing it anew is no change
        if same and (table is old or (old is not None and written == canonical_csv.written(old))):
            contents[same[0]] = published.contents[same[0]]
        else:
            contents[f"{name}.csv"] = written
    description = delivery.description or published.contents.get(DESCRIPTION_FILE)
    return contents if description is None else {**contents, DESCRIPTION_FILE: description}


def _too_large(contents: Mapping[str, bytes], tables: Mapping[str, RawTable]) -> Iterator[Finding]:
    """Tell which table would be larger than what can be read again."""
    largest, most = FILES_IN_A_TABLE * LARGEST_FILE_BYTES, FILES_IN_A_TABLE * MOST_ROWS
    for name, table in tables.items():
        if len(contents.get(f"{name}.csv", b"")) > largest or len(table.frame) > most:
            limit = f"{most:_} rader och {largest // 1024**2} MB".replace("_", " ")
            yield Finding("table-too-large", name, details={"limit": limit})
