"""Which dataset is shown: the latest version, a named one, the wave before."""

import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from mapping.dataset.dataset import contents_of
from mapping.errors import DamagedVersionError, DatasetRefusedError, SettingError, StoreUnavailableError
from mapping.open_data.bundle import open_data
from mapping.open_data.dcat import Catalogue
from mapping.reports.judged import Judged
from mapping.server.datasets import Datasets
from mapping.settings import Settings
from mapping.store.permission import Actor
from mapping.store.schema import VERSION_FILE
from tests.conftest import ARENAS, DAY, write_table
from tests.gap_county import STRATEGY


@pytest.fixture
def datasets(tmp_path, county_directory):
    return Datasets(Settings(data=county_directory, database=f"sqlite:///{tmp_path}/store.sqlite"))


def _publish(datasets, comment="ny"):
    """Publish the same rows with one blank line more; give the version's number."""
    store, head = datasets.store, datasets.latest_head()
    contents = store.contents(head.number)
    contents["arenor.csv"] += b"\n"
    return store.publish(contents, base=head.number, actor=Actor.command(), comment=comment).number


def test_a_store_is_seeded_from_the_directory_and_the_latest_version_is_shown(datasets, county_directory):
    first = datasets.latest(DAY)
    assert (first.number, datasets.store.contents(1)) == (1, contents_of(county_directory))
    number = _publish(datasets)
    latest = datasets.latest(DAY)
    assert (latest.number, number) == (2, 2)
    assert latest.version != first.version
    assert datasets.latest(DAY) is latest
    assert datasets.by_version(first.version, DAY).number == 1
    assert datasets.by_version("0" * 12, DAY) is None


def test_a_version_tells_the_day_it_was_published_and_the_first_when_it_was_compiled(
    county_directory, tmp_path, monkeypatch
):
    (county_directory / "dataset.toml").write_text("compiled_on = 2026-11-21", encoding="utf-8")
    datasets = Datasets(Settings(data=county_directory, database=f"sqlite:///{tmp_path}/dated.sqlite"))
    first = datasets.latest(DAY)
    # after midnight in Sweden
    published = datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(datasets.store, "_clock", lambda: published)
    _publish(datasets)
    second = datasets.latest(DAY)
    restored = datasets.store.restore(1, actor=Actor.command(), comment="åter", base=2).number
    for shown, words, day in (
        (first, ", sammanställd 21 november 2026", "2026-11-21"),
        (second, ", publicerad 1 december 2026", "2026-12-01"),
        (datasets.by_number(restored, DAY), ", publicerad 1 december 2026", "2026-12-01"),
        (datasets.by_number(1, DAY), ", sammanställd 21 november 2026", "2026-11-21"),
    ):
        files = open_data(shown, catalogue=Catalogue("https://stodkartan.example/"))
        assert f"Dataversion: {shown.label}{words}\n" in files["LAS-MIG.txt"].decode()
        assert (
            f"dataversion {shown.version}{words}"
            in dict(Judged.of(shown, STRATEGY, DAY).provenance("Allt.").rows)["Data"]
        )
        assert all(day in files[name].decode() for name in ("dataset.toml", "datapackage.json", "dcat.rdf"))


def test_a_directory_that_cannot_be_used_makes_no_version(datasets, county_directory):
    write_table(county_directory / "arenor.csv", [{**ARENAS[0], "arenatyp": "rymdbas"}])
    with pytest.raises(DatasetRefusedError):
        datasets.latest(DAY)
    write_table(county_directory / "arenor.csv", ARENAS)
    assert datasets.latest(DAY).number == 1


def test_a_directory_alone_has_no_versions(county_directory):
    alone = Datasets(Settings(data=county_directory, database=None))
    shown = alone.latest(DAY)
    assert shown.number is None
    assert alone.latest_head() is None
    assert alone.by_version(shown.version, DAY) is shown
    assert alone.wave_before(shown) is None
    with pytest.raises(SettingError):
        _ = alone.store


def test_a_version_is_compared_with_the_wave_before_it(datasets):
    datasets.latest(DAY)
    for _ in range(3):
        _publish(datasets)
    store = datasets.store

    def compared_with(number):
        before = datasets.wave_before(datasets.by_number(number, DAY))
        return before.number if before else None

    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None] * 4
    store.mark_wave(2, 2024, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 2]
    store.mark_wave(3, 2026, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 3]


def test_while_the_store_is_gone_the_last_version_is_shown(datasets, monkeypatch):
    shown = datasets.latest(DAY)

    def gone(_):
        raise StoreUnavailableError(reason="Den svarar inte.")

    monkeypatch.setattr("mapping.store.store.Store.latest", gone)
    assert datasets.latest(DAY) is shown
    datasets = Datasets(datasets.settings)
    with pytest.raises(StoreUnavailableError):
        datasets.latest(DAY)


def _damage(datasets, number):
    its = (VERSION_FILE.c.version == number, VERSION_FILE.c.name == "arenor.csv")
    with datasets.store.engine.begin() as connection:
        connection.execute(sa.delete(VERSION_FILE).where(*its))


def test_what_was_last_shown_stays_while_the_store_is_gone_however_much_was_read_since(datasets):
    datasets.latest(DAY)
    for _ in range(10):
        _publish(datasets)
    last = datasets.latest(DAY)
    for number in range(1, 11):
        datasets.by_number(number, DAY)
    file = datasets.settings.database.removeprefix("sqlite:///")
    Path(file).rename(f"{file}-borta")
    assert datasets.latest(DAY) is last
    assert datasets.latest(DAY + datetime.timedelta(days=1)) is last
    assert datasets.version(datasets.latest_head(), DAY) is last
    assert datasets.by_version(last.version, DAY) is last
    Path(f"{file}-borta").rename(file)
    assert (_publish(datasets), datasets.latest(DAY).number) == (12, 12)


def test_a_damaged_latest_version_gives_way_to_the_newest_that_is_whole(datasets):
    datasets.latest(DAY)
    for _ in range(3):
        _publish(datasets)
    datasets = Datasets(datasets.settings)
    _damage(datasets, 4)
    _damage(datasets, 3)
    assert (datasets.latest(DAY).number, datasets.latest_head().number) == (2, 4)
    with pytest.raises(DamagedVersionError, match="Version 4 är skadad"):
        datasets.version(datasets.latest_head(), DAY)
    datasets = Datasets(datasets.settings)
    for number in (1, 2):
        _damage(datasets, number)
    with pytest.raises(DamagedVersionError, match="Version 4 är skadad"):
        datasets.latest(DAY)


TOMORROW = DAY + datetime.timedelta(days=1)


def _confirmed_on(datasets, day):
    """Publish the same rows with one of them confirmed on another day; give the version's number."""
    store, head = datasets.store, datasets.latest_head()
    contents = store.contents(head.number)
    contents["arenor.csv"] = contents["arenor.csv"].replace(b"2026-09-30", day.isoformat().encode())
    return store.publish(contents, base=head.number, actor=Actor.command(), comment="ny").number


def test_what_is_published_today_is_shown_by_a_server_that_started_yesterday(datasets):
    assert (datasets.latest(DAY).number, _confirmed_on(datasets, TOMORROW)) == (1, 2)
    shown = datasets.latest(TOMORROW)
    assert (shown.number, shown.latest_date) == (2, TOMORROW)
    assert datasets.wave_before(shown) is None


@pytest.mark.parametrize("day", [DAY, datetime.date(1970, 1, 1), datetime.date(2031, 5, 1)])
def test_whatever_a_server_s_clock_says_the_latest_version_is_shown(datasets, day):
    datasets.latest(DAY)
    _confirmed_on(datasets, TOMORROW)
    datasets = Datasets(datasets.settings)
    shown = datasets.latest(day)
    assert (shown.number, len(shown.arenor)) == (2, len(ARENAS))
    assert shown.latest_date is None or shown.latest_date <= day
    assert not [finding for finding in shown.findings if finding.code == "future-date"]
