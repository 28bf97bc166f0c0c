"""Hold the datasets that this server shows, each read once: the latest, the earlier, the made-up."""

import datetime
import logging
import threading
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Final

from mapping.contract.schema import ARENOR
from mapping.dataset.dataset import Dataset, contents_of, from_contents, load
from mapping.dataset.public_view import EVERYTHING, Hidden, hidden_in
from mapping.errors import (
    DamagedVersionError,
    SettingError,
    StoreUnavailableError,
    WithdrawnVersionError,
)
from mapping.settings import DEMO_DATA, DEMO_DAY, DEMO_PREVIOUS, Settings
from mapping.store.store import Store
from mapping.store.versions import Head
from mapping.tables.csv_file import FILES_IN_A_TABLE
from mapping.tables.raw_table import raw_table

_log = logging.getLogger("stodkartan")
_KNOWN_WHEN_PUBLISHED: Final = frozenset({"future-date"})
"""What was past when a version was published is not impossible because a clock was set back."""
_ARENOR: Final = f"{ARENOR.name}.csv"


class Datasets:
    """The versions in the settings' store, or the directory that they name, each read once and kept.

    While the store cannot be reached, what was last shown is shown: nobody is sent away for it. Whatever
    reads may raise `DatasetRefusedError`, `DatasetNotFoundError` and `BoundariesError` as
    `mapping.dataset.dataset.load` does, and `StoreUnavailableError` if the store never was reached.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._reading = threading.RLock()
        self._read = lru_cache(maxsize=8)(self._from_store)
        self._hidden_after = lru_cache(maxsize=64)(self._hidden_in_later)
        self._hidden_in = lru_cache(maxsize=256)(self._hidden_in_file)
        self._directory: Dataset | None = None
        self._first_day: datetime.date | None = None
        self._latest_day = datetime.date.max
        # what was last seen of the store, for when it cannot be reached
        self._shown: Dataset | None = None
        self._head: Head | None = None
        self._waves: Mapping[int, int] = {}
        self._seen: dict[int, Head] = {}

    @cached_property
    def store(self) -> Store:
        """The store, opened when first asked for, and seeded from the settings' directory if it was empty.

        A directory that cannot be used seeds nothing.
        """
        if self.settings.database is None:
            advice = "Servern visar en mapp med filer. Ange en databas för att ha versioner."
            raise SettingError(variable="STODKARTAN_DATABASE_URL", advice=advice)
        with self._reading:
            opened = Store.open(self.settings.database)
            if opened.latest() is None:
                contents = contents_of(self.settings.data)
                day = self._first_day or datetime.date.max
                from_contents(contents, boundaries=self.settings.boundaries, today=day)
                opened.ensure_seeded(contents)
            return opened

    def latest(self, day: datetime.date) -> Dataset:
        """Give the latest version, or the directory's data where there is no store.

        A latest version that is damaged gives way to the newest that is not.

        Parameters
        ----------
        day
            Today. Of a directory only that of the first call matters: it is read once. A version is read anew
            on a new day, on which its dates mean something else.

        Raises
        ------
        DamagedVersionError
            If every version is damaged; the error is about the latest.
        """
        self._first_day = self._first_day or day
        newest = self.latest_head()
        if newest is None:
            with self._reading:
                if self._directory is None:
                    where, boundaries = self.settings.data, self.settings.boundaries
                    self._directory = load(where, boundaries=boundaries, today=self._first_day)
                return self._directory
        try:
            self._shown = self._newest_sound(newest, day)
        except StoreUnavailableError as error:
            if self._shown is None:
                raise
            _log.warning("%s", error)
        return self._shown

    def latest_head(self) -> Head | None:
        """Give the latest version's number and name; None without a store."""
        if self.settings.database is None:
            return None
        try:
            self._head = self.store.latest() or self._head
        except StoreUnavailableError as error:
            if self._head is None:
                raise
            _log.warning("%s", error)
        return self._head

    def by_number(self, number: int, day: datetime.date) -> Dataset:
        """Give a version by its number.

        Raises
        ------
        VersionNotFoundError, DamagedVersionError, WithdrawnVersionError
            As `mapping.store.store.Store.contents` does.
        """
        self.latest_head()  # what is newest protects what is older
        return self.version(self.head(number), day)

    def by_version(self, content_version: str, day: datetime.date) -> Dataset | None:
        """Find a dataset by what it contains: the newest version of that content."""
        if self.settings.database is None:
            shown = self.latest(day)
            return shown if shown.version == content_version else None
        try:
            self.latest_head()
            listed = self.store.versions()
            known = [Head(one.number, one.content_version) for one in listed if one.withdrawn is None]
        except StoreUnavailableError:
            known = [*self._seen.values(), *([self._head] if self._head else [])]
        found = next((one for one in known if one.content_version == content_version), None)
        return None if found is None else self.version(found, day)

    def head(self, number: int) -> Head:
        """Give the name of a version.

        Raises
        ------
        VersionNotFoundError
            If there is none with that number.
        WithdrawnVersionError
            If it was withdrawn.
        """
        try:
            found = self.store.version(number)
            if found.withdrawn is not None:
                self._seen.pop(number, None)
                raise WithdrawnVersionError(version=number, reason=found.withdrawn)
        except StoreUnavailableError:
            if number not in self._seen:
                raise
        else:
            self._seen[number] = Head(found.number, found.content_version)
        return self._seen[number]

    def version(self, asked: Head, day: datetime.date) -> Dataset:
        """Give a version that `head` or `latest_head` has named; errors as of `by_number`."""
        self._latest_day = day
        # at a cold start one reads and the others wait; later nobody waits for what another one opens
        first = self._reading if self._shown is None else nullcontext()
        try:
            with first:
                return self._read(asked, day, self._hidden_from(asked.number))
        except StoreUnavailableError:
            kept = self._shown
            if kept is None or (kept.number, kept.version) != (asked.number, asked.content_version):
                raise
            return kept

    def wave_before(self, shown: Dataset) -> Dataset | None:
        """Give the wave before a dataset, to compare with.

        For a version that is marked as a wave it is the wave before that; for any other version it is the
        latest wave that was published before it. The made-up county has two waves.
        """
        if shown.example and shown.version == example().version:
            return example_before()
        if shown.number is None or self.settings.database is None:
            return None
        try:
            self._waves = self.store.waves()
        except StoreUnavailableError as error:
            _log.warning("%s", error)
        before = _wave_before(shown.number, self._waves)
        return None if before is None else self.by_number(before, self._latest_day)

    def ever_hidden(self) -> frozenset[Hidden]:
        """Give what any version has protected, withdrawn ones too; everything, if that cannot be read."""
        return frozenset() if self.latest_head() is None else self._hidden_from(0)

    def _newest_sound(self, newest: Head, day: datetime.date) -> Dataset:
        try:
            return self.version(newest, day)
        except DamagedVersionError as error:
            _log.error("%s", error)
            for earlier in self.store.versions():
                if earlier.number >= newest.number or earlier.withdrawn is not None:
                    continue
                try:
                    return self.version(Head(earlier.number, earlier.content_version), day)
                except DamagedVersionError:
                    continue
            raise

    def _hidden_from(self, number: int) -> frozenset[Hidden]:
        newest = self._head.newest if self._head else number
        try:
            return self._hidden_after(number, newest) if number < newest else frozenset()
        except DamagedVersionError:  # not kept: it may be mended
            return EVERYTHING

    def _hidden_in_later(self, number: int, newest: int) -> frozenset[Hidden]:
        """Give what the versions after one protect: what is hidden now is hidden in every version."""
        files = self.store.digests(_ARENOR, after=number)
        found = set(self._hidden_in(files.pop(newest, "")))  # the newest judges, so it must be read
        for sha256 in files.values():
            with suppress(DamagedVersionError):
                found |= self._hidden_in(sha256)
        return frozenset(found)

    def _hidden_in_file(self, sha256: str) -> frozenset[Hidden]:
        return hidden_in(raw_table(self.store.file(sha256), ARENOR, files=FILES_IN_A_TABLE))

    def _from_store(self, asked: Head, day: datetime.date, hidden: frozenset[Hidden]) -> Dataset:
        contents = self.store.contents(asked.number)
        opened = from_contents(
            contents,
            boundaries=self.settings.boundaries,
            today=day,
            accepted=_KNOWN_WHEN_PUBLISHED,
            hidden=hidden,
        )
        published_on = self.store.version(asked.number).published_on
        return replace(opened, version=asked.content_version, number=asked.number, published_on=published_on)


@cache
def datasets(settings: Settings) -> Datasets:
    """Give the datasets that some settings name: the same object each time."""
    return Datasets(settings)


def example(settings: Settings | None = None) -> Dataset:
    """Give the made-up county that is shipped beside the data, with the boundaries of some settings."""
    return datasets(replace(settings or Settings(), data=DEMO_DATA, database=None)).latest(DEMO_DAY)


def example_before() -> Dataset:
    """Give the made-up county's wave before."""
    return datasets(Settings(data=DEMO_PREVIOUS, database=None)).latest(DEMO_DAY)


def _wave_before(number: int, waves: Mapping[int, int]) -> int | None:
    own = next((year for year, marked in waves.items() if marked == number), None)
    earlier = {
        year: marked for year, marked in waves.items() if (year < own if own is not None else marked < number)
    }
    return earlier[max(earlier)] if earlier else None
