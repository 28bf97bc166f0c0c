"""Check a delivery against the contract and what is published: what is wrong, and what would be published."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from mapping.contract.findings import Finding, Severity, merged
from mapping.contract.schema import TABLES
from mapping.dataset import dataset
from mapping.dataset.dataset import DESCRIPTION_FILE, Dataset, Examined
from mapping.delivery.delivery import Delivery
from mapping.tables import canonical_csv, typed_table
from mapping.tables.csv_file import LARGEST_FILE_BYTES, MOST_ROWS, too_many_rows
from mapping.tables.typed_table import RawTable

LARGEST_DROP = 0.2
"""A table may lose this share of its published rows before it is a finding."""

PUBLISHED = "publicerade uppgifter"
"""Stands as the file of findings about rows that are kept from the published version."""

Merge = Callable[[Mapping[str, RawTable], Mapping[str, RawTable]], Mapping[str, RawTable]]
"""Given the published tables and those handed in: all the tables of the new version."""


@dataclass(frozen=True, eq=False)
class Checked:
    """The answer to a delivery.

    Parameters
    ----------
    findings
        Everything that was found, merged, most serious first. Rows are those of the files.
    places
        The same, one for each place.
    contents
        The files of the version that would be published, by name; None if anything stops it.
    today
        The day of the check.
    """

    findings: tuple[Finding, ...]
    places: tuple[Finding, ...]
    contents: Mapping[str, bytes] | None
    today: dt.date
    _judged: Examined

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
        return dataset.opened(self._judged, self.contents, findings=self.findings, today=self.today)


def check(
    delivery: Delivery,
    *,
    published: Mapping[str, bytes] | None = None,
    merge: Merge | None = None,
    boundaries: Path | None = None,
    today: dt.date,
) -> Checked:
    """Check a delivery together with what stays of the published version.

    Parameters
    ----------
    delivery
        What was handed in.
    published
        Contents of the latest version, file name → bytes; None if there is none.
    merge
        How the delivery replaces what is published; whole tables by whole tables if not given. Rows that are
        kept from what is published have negative labels.
    boundaries
        Finer municipal boundaries, see `mapping.dataset.geography.municipalities`.
    today
        Later dates are impossible, but for the start of something planned.

    Raises
    ------
    BoundariesError
        If the boundaries cannot be used.
    """
    before = _published_tables(published or {})
    after = (merge or whole_tables)(before, delivery.tables)
    judged = dataset.examined(after, boundaries=boundaries, today=today)
    found = [*delivery.findings, *_located(delivery, judged.findings)]
    found += _row_drops(before, after)
    contents = None
    if not any(finding.severity is Severity.STOP for finding in found):
        contents = _contents(delivery, published or {}, before, after)
        found += _too_large(contents, after)
        if any(finding.severity is Severity.STOP for finding in found):
            contents = None
    return Checked(merged(found), tuple(found), contents, today, judged)


def _located(delivery: Delivery, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give findings their places in the files. What is kept, and was accepted before, is told if it stops."""
    for finding in findings:
        is_delivered = finding.table in delivery.tables and (finding.row is None or finding.row > 0)
        if is_delivered:
            yield delivery.located(finding)
        elif finding.severity is Severity.STOP:
            row = None if finding.row is None else abs(finding.row)
            yield replace(finding, row=row, file=PUBLISHED)


def whole_tables(
    published: Mapping[str, RawTable], delivered: Mapping[str, RawTable]
) -> Mapping[str, RawTable]:
    """Replace each published table that was handed in, and keep the others."""
    return {**published, **delivered}


def _published_tables(published: Mapping[str, bytes]) -> dict[str, RawTable]:
    """Read what is published, with labels that no row of a delivery has."""
    tables = {}
    for name, table in TABLES.items():
        if f"{name}.csv" in published:
            raw = typed_table.raw_table(published[f"{name}.csv"], table)
            labels = pd.Index(-raw.frame.index, name=typed_table.ROW)
            tables[name] = RawTable(table, raw.frame.set_axis(labels, axis="index"), (), raw.is_readable)
    return tables


def _contents(
    delivery: Delivery,
    published: Mapping[str, bytes],
    before: Mapping[str, RawTable],
    after: Mapping[str, RawTable],
) -> dict[str, bytes]:
    contents = {
        f"{name}.csv": _file(table, before.get(name), published.get(f"{name}.csv"))
        for name, table in after.items()
    }
    description = delivery.description or published.get(DESCRIPTION_FILE)
    return contents if description is None else {**contents, DESCRIPTION_FILE: description}


def _file(after: RawTable, before: RawTable | None, published: bytes | None) -> bytes:
    """Write a table; one that says what the published file does is that file, however it was written."""
    if published is not None and after is before:
        return published
    written = canonical_csv.written(after)
    same = published is not None and before is not None and canonical_csv.written(before) == written
    return published if same and published is not None else written


def _row_drops(before: Mapping[str, RawTable], after: Mapping[str, RawTable]) -> Iterator[Finding]:
    for name, table in before.items():
        was, now = len(table.frame), len(after[name].frame) if name in after else 0
        if was and now < was * (1 - LARGEST_DROP):
            details = {"before": str(was), "after": str(now), "percent": f"{(was - now) / was:.0%}"[:-1]}
            yield Finding("row-drop", name, details=details)


def _too_large(contents: Mapping[str, bytes], after: Mapping[str, RawTable]) -> Iterator[Finding]:
    """Tell which table would be larger than what can be read again."""
    for name, table in after.items():
        size = len(contents[f"{name}.csv"])
        if size > LARGEST_FILE_BYTES:
            details = {"limit": f"{LARGEST_FILE_BYTES // 1024**2} MB"}
            value = f"{size / 1024**2:.1f} MB".replace(".", ",")
            yield Finding("file-too-large", name, value=value, details=details)
        if len(table.frame) > MOST_ROWS:
            yield too_many_rows(name)
