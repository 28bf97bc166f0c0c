"""Which dataset is shown: the latest version, a named one, the wave before."""

import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from mapping.dataset.dataset import contents_of
from mapping.errors import (
    DamagedVersionError,
    DatasetRefusedError,
    SettingError,
    StoreUnavailableError,
)
from mapping.server import datasets
from mapping.settings import Settings
from mapping.store.permission import Actor
from mapping.store.schema import VERSION_FILE
from tests.conftest import ARENAS, DAY, write_table


@pytest.fixture
def settings(tmp_path, county_directory):
    """Name a store that is seeded from the small county."""
    return Settings(data=county_directory, database=f"sqlite:///{tmp_path}/store.sqlite")


def _publish(settings, comment="ny"):
    """Publish the same rows with one blank line more; give the version's number."""
    store, head = datasets.store(settings), datasets.head(settings)
    contents = store.contents(head.number)
    contents["arenor.csv"] += b"\n"
    return store.publish(contents, base=head.number, actor=Actor.command(), comment=comment).number


def test_a_store_is_seeded_from_the_directory_and_the_latest_version_is_shown(settings, county_directory):
    first = datasets.current(settings, DAY)
    assert first.number == 1
    assert datasets.store(settings).contents(1) == contents_of(county_directory)
    number = _publish(settings)
    latest = datasets.current(settings, DAY)
    assert (latest.number, number) == (2, 2)
    assert latest.version != first.version
    assert datasets.current(settings, DAY) is latest
    assert datasets.named(settings, first.version, DAY).number == 1
    assert datasets.named(settings, "0" * 12, DAY) is None


def test_a_directory_that_cannot_be_used_makes_no_version(settings, county_directory):
    write_table(county_directory / "arenor.csv", [{**ARENAS[0], "arenatyp": "rymdbas"}])
    with pytest.raises(DatasetRefusedError):
        datasets.current(settings, DAY)
    write_table(county_directory / "arenor.csv", ARENAS)
    assert datasets.current(settings, DAY).number == 1


def test_a_directory_alone_has_no_versions(county_directory):
    alone = Settings(data=county_directory, database=None)
    shown = datasets.current(alone, DAY)
    assert shown.number is None
    assert datasets.head(alone) is None
    assert datasets.named(alone, shown.version, DAY) is shown
    assert datasets.earlier(shown, alone) is None
    with pytest.raises(SettingError):
        datasets.store(alone)


def test_a_version_is_compared_with_the_wave_before_it(settings):
    datasets.current(settings, DAY)
    for _ in range(3):
        _publish(settings)
    store = datasets.store(settings)

    def compared_with(number):
        shown = datasets.version(settings, datasets.numbered(settings, number), DAY)
        before = datasets.earlier(shown, settings)
        return before.number if before else None

    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None] * 4
    store.mark_wave(2, 2024, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 2]
    store.mark_wave(3, 2026, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 3]


def test_while_the_store_is_gone_the_last_version_is_shown(settings, monkeypatch):
    shown = datasets.current(settings, DAY)

    def gone(_):
        raise StoreUnavailableError(reason="Den svarar inte.")

    monkeypatch.setattr("mapping.store.store.Store.latest", gone)
    assert datasets.current(settings, DAY) is shown
    datasets.forget()
    with pytest.raises(StoreUnavailableError):
        datasets.current(settings, DAY)


def _damage(settings, number):
    """Let a version lose a file."""
    its = (VERSION_FILE.c.version == number, VERSION_FILE.c.name == "arenor.csv")
    with datasets.store(settings).engine.begin() as connection:
        connection.execute(sa.delete(VERSION_FILE).where(*its))


def test_what_was_last_shown_stays_while_the_store_is_gone_however_much_was_read_since(settings):
    datasets.current(settings, DAY)
    for _ in range(10):
        _publish(settings)
    last = datasets.current(settings, DAY)
    for number in range(1, 11):
        datasets.version(settings, datasets.numbered(settings, number), DAY)
    file = settings.database.removeprefix("sqlite:///")
    Path(file).rename(f"{file}-borta")
    assert datasets.current(settings, DAY) is last
    assert datasets.current(settings, DAY + datetime.timedelta(days=1)) is last
    assert datasets.version(settings, datasets.head(settings), DAY) is last
    assert datasets.named(settings, last.version, DAY) is last
    Path(f"{file}-borta").rename(file)
    assert _publish(settings) == 12
    assert datasets.current(settings, DAY).number == 12


def test_a_damaged_latest_version_gives_way_to_the_newest_that_is_whole(settings):
    datasets.current(settings, DAY)
    for _ in range(3):
        _publish(settings)
    datasets.forget()
    _damage(settings, 4)
    _damage(settings, 3)
    assert datasets.current(settings, DAY).number == 2
    assert datasets.head(settings).number == 4
    with pytest.raises(DamagedVersionError, match="Version 4 är skadad"):
        datasets.version(settings, datasets.head(settings), DAY)
    datasets.forget()
    for number in (1, 2):
        _damage(settings, number)
    with pytest.raises(DamagedVersionError, match="Version 4 är skadad"):
        datasets.current(settings, DAY)


TOMORROW = DAY + datetime.timedelta(days=1)


def _confirmed_on(settings, day):
    """Publish the same rows with one of them confirmed on another day; give the version's number."""
    store, head = datasets.store(settings), datasets.head(settings)
    contents = store.contents(head.number)
    contents["arenor.csv"] = contents["arenor.csv"].replace(b"2026-09-30", day.isoformat().encode())
    return store.publish(contents, base=head.number, actor=Actor.command(), comment="ny").number


def test_what_is_published_today_is_shown_by_a_server_that_started_yesterday(settings):
    assert datasets.current(settings, DAY).number == 1
    assert _confirmed_on(settings, TOMORROW) == 2
    shown = datasets.current(settings, TOMORROW)
    assert (shown.number, shown.latest_date) == (2, TOMORROW)
    assert datasets.earlier(shown, settings) is None


@pytest.mark.parametrize("day", [DAY, datetime.date(1970, 1, 1), datetime.date(2031, 5, 1)])
def test_whatever_a_server_s_clock_says_the_latest_version_is_shown(settings, day):
    datasets.current(settings, DAY)
    _confirmed_on(settings, TOMORROW)
    datasets.forget()
    shown = datasets.current(settings, day)
    assert (shown.number, len(shown.arenor)) == (2, len(ARENAS))
    assert shown.latest_date is None or shown.latest_date <= day
    assert not [finding for finding in shown.findings if finding.code == "future-date"]
