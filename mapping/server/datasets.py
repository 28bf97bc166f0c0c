"""Hold the datasets that this server shows, each read once: the latest, the earlier, the made-up."""

import datetime
import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from mapping.dataset.dataset import Dataset, contents_of, from_contents, load
from mapping.errors import DamagedVersionError, SettingError, StoreUnavailableError
from mapping.settings import DEMO_DATA, DEMO_DAY, DEMO_PREVIOUS, Settings
from mapping.store.store import Store
from mapping.store.versions import Head

_log = logging.getLogger("stodkartan")
_KNOWN_WHEN_PUBLISHED: Final = frozenset({"future-date"})
"""What was past when a version was published is not impossible because a clock was set back."""
_first_day: dict[Settings, datetime.date] = {}
_latest_day: dict[Settings, datetime.date] = {}
_last_shown: dict[Settings, Dataset] = {}
_last_head: dict[Settings, Head] = {}
_last_waves: dict[Settings, Mapping[int, int]] = {}
_seen: dict[tuple[Settings, int], Head] = {}


def current(settings: Settings, day: datetime.date) -> Dataset:
    """Give the dataset that the settings name, the latest version if there is a store; read once and kept.

    A latest version that is damaged gives way to the newest that is not. While the store cannot be reached,
    what was last shown is shown.

    Parameters
    ----------
    settings
        Which store, or directory, and boundaries.
    day
        Today. Of a directory only that of the first call matters: it is read once. A version is read anew on
        a new day, on which its dates mean something else.

    Raises
    ------
    DatasetRefusedError, DatasetNotFoundError, BoundariesError
        As `mapping.dataset.dataset.load` does.
    StoreUnavailableError
        If the store cannot be reached and never was.
    DamagedVersionError
        If every version is damaged; the error is about the latest.
    """
    first_day = _first_day.setdefault(settings, day)
    newest = head(settings)
    if newest is None:
        return _from_directory(settings, first_day)
    try:
        shown = _newest_sound(settings, newest, day)
    except StoreUnavailableError as error:
        if settings not in _last_shown:
            raise
        _log.warning("%s", error)
        return _last_shown[settings]
    _last_shown[settings] = shown
    return shown


def head(settings: Settings) -> Head | None:
    """Give the latest version's number and name; None without a store.

    A store that cannot be reached for a while has the version that it last had: nobody is sent away for it.

    Raises
    ------
    StoreUnavailableError
        If it cannot be reached and never was.
    """
    if settings.database is None:
        return None
    try:
        newest = store(settings).latest()
    except StoreUnavailableError as error:
        if settings not in _last_head:
            raise
        _log.warning("%s", error)
        return _last_head[settings]
    if newest is not None:
        _last_head[settings] = newest
    return newest


def numbered(settings: Settings, number: int) -> Head:
    """Give the name of a version; from memory while the store cannot be reached.

    Raises
    ------
    VersionNotFoundError
        If there is none with that number.
    StoreUnavailableError
        If the store cannot be reached and the version was not asked for before.
    """
    try:
        found = store(settings).version(number)
    except StoreUnavailableError:
        if (settings, number) not in _seen:
            raise
        return _seen[settings, number]
    _seen[settings, number] = Head(found.number, found.content_version)
    return _seen[settings, number]


def version(settings: Settings, asked: Head, day: datetime.date) -> Dataset:
    """Give a version as it was; what was last shown is remembered while the store cannot be reached.

    Parameters
    ----------
    settings
        Which store and boundaries.
    asked
        The version, as the store names it.
    day
        As for `current`.

    Raises
    ------
    VersionNotFoundError, DamagedVersionError, StoreUnavailableError
        As `mapping.store.store.Store.contents` does.
    """
    _latest_day[settings] = day
    try:
        return _from_store(settings, asked, day)
    except StoreUnavailableError:
        kept = _last_shown.get(settings)
        if kept is None or (kept.number, kept.version) != (asked.number, asked.content_version):
            raise
        return kept


def named(settings: Settings, content_version: str, day: datetime.date) -> Dataset | None:
    """Find a dataset by what it contains: the newest version of that content.

    Raises
    ------
    DamagedVersionError, StoreUnavailableError
        As `mapping.store.store.Store.contents` does; versions seen before are remembered.
    """
    if settings.database is None:
        shown = current(settings, day)
        return shown if shown.version == content_version else None
    seen = [head_ for (settings_, _), head_ in _seen.items() if settings_ == settings]
    try:
        known = [Head(one.number, one.content_version) for one in store(settings).versions()]
    except StoreUnavailableError:
        known = [*seen, _last_head[settings]] if settings in _last_head else seen
    found = next((one for one in known if one.content_version == content_version), None)
    return None if found is None else version(settings, found, day)


def store(settings: Settings) -> Store:
    """Give the store, opened at the first call and seeded from the settings' directory if it was empty.

    Raises
    ------
    DatasetRefusedError, DatasetNotFoundError, BoundariesError
        If it was empty and the directory cannot be used: nothing is kept then.
    StoreUnavailableError
        If it cannot be reached.
    """
    address = settings.database
    if address is None:
        advice = "Servern visar en mapp med filer. Ange en databas för att ha versioner."
        raise SettingError(variable="STODKARTAN_DATABASE_URL", advice=advice)
    return _store(settings, address)


def example(settings: Settings | None = None) -> Dataset:
    """Give the made-up county that is shipped beside the data; it is read at the first call and kept.

    Parameters
    ----------
    settings
        Whose boundaries to use. Which data they name does not matter.
    """
    return current(replace(settings or Settings(), data=DEMO_DATA, database=None), DEMO_DAY)


def earlier(dataset: Dataset, settings: Settings | None = None) -> Dataset | None:
    """Give the wave before a dataset, to compare with.

    For a version that is marked as a wave it is the wave before that; for any other version it is the latest
    wave that was published before it. The made-up county has two waves.

    Parameters
    ----------
    dataset
        The dataset that is shown.
    settings
        Where its versions are.
    """
    if dataset.example and dataset.version == example().version:
        return current(Settings(data=DEMO_PREVIOUS, database=None), DEMO_DAY)
    if dataset.number is None or settings is None or settings.database is None:
        return None
    before = _wave_before(dataset.number, _waves(settings))
    if before is None:
        return None
    return version(settings, numbered(settings, before), _latest_day[settings])


def forget() -> None:
    """Read everything anew at the next call."""
    _from_directory.cache_clear()
    _from_store.cache_clear()
    _store.cache_clear()
    _first_day.clear()
    _latest_day.clear()
    _last_shown.clear()
    _last_head.clear()
    _last_waves.clear()
    _seen.clear()


def _waves(settings: Settings) -> Mapping[int, int]:
    try:
        _last_waves[settings] = store(settings).waves()
    except StoreUnavailableError as error:
        _log.warning("%s", error)
    return _last_waves.get(settings, {})


def _wave_before(number: int, waves: Mapping[int, int]) -> int | None:
    own = next((year for year, marked in waves.items() if marked == number), None)
    earlier_waves = {
        year: marked for year, marked in waves.items() if (year < own if own is not None else marked < number)
    }
    return earlier_waves[max(earlier_waves)] if earlier_waves else None


def _newest_sound(settings: Settings, newest: Head, day: datetime.date) -> Dataset:
    try:
        return version(settings, newest, day)
    except DamagedVersionError as error:
        _log.error("%s", error)
        for earlier_one in store(settings).versions()[1:]:
            try:
                return version(settings, Head(earlier_one.number, earlier_one.content_version), day)
            except DamagedVersionError:
                continue
        raise


@lru_cache(maxsize=4)
def _from_directory(settings: Settings, day: datetime.date) -> Dataset:
    return load(settings.data, boundaries=settings.boundaries, today=day)


@lru_cache(maxsize=8)
def _from_store(settings: Settings, asked: Head, day: datetime.date) -> Dataset:
    contents = store(settings).contents(asked.number)
    opened = from_contents(
        contents, boundaries=settings.boundaries, today=day, accepted=_KNOWN_WHEN_PUBLISHED
    )
    return replace(opened, version=asked.content_version, number=asked.number)


@lru_cache(maxsize=4)
def _store(settings: Settings, address: str) -> Store:
    opened = Store.open(address)
    if opened.latest() is None:
        contents = contents_of(settings.data)
        day = _first_day.get(settings, datetime.date.max)
        from_contents(contents, boundaries=settings.boundaries, today=day)
        opened.ensure_seeded(contents)
    return opened
