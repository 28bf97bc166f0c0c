"""Which dataset is shown: the latest version, a named one, the wave before."""

import pytest

from mapping import current
from mapping.dataset import contents_of
from mapping.errors import DatasetRefusedError, SettingError, StoreUnavailableError
from mapping.permission import Actor
from mapping.settings import Settings
from tests.conftest import ARENAS, DAY, write_table


@pytest.fixture
def settings(tmp_path, county_directory):
    """Name a store that is seeded from the small county."""
    return Settings(data=county_directory, database=f"sqlite:///{tmp_path}/store.sqlite")


def _publish(settings, comment="ny"):
    """Publish the same rows with one blank line more; give the version's number."""
    store, head = current.store(settings), current.head(settings)
    contents = store.contents(head.number)
    contents["arenor.csv"] += b"\n"
    return store.publish(contents, base=head.number, actor=Actor.command(), comment=comment).number


def test_a_store_is_seeded_from_the_directory_and_the_latest_version_is_shown(settings, county_directory):
    first = current.current(settings, DAY)
    assert first.number == 1
    assert current.store(settings).contents(1) == contents_of(county_directory)
    number = _publish(settings)
    latest = current.current(settings, DAY)
    assert (latest.number, number) == (2, 2)
    assert latest.version != first.version
    assert current.current(settings, DAY) is latest
    assert current.named(settings, first.version, DAY).number == 1
    assert current.named(settings, "0" * 12, DAY) is None


def test_a_directory_that_cannot_be_used_makes_no_version(settings, county_directory):
    write_table(county_directory / "arenor.csv", [{**ARENAS[0], "arenatyp": "rymdbas"}])
    with pytest.raises(DatasetRefusedError):
        current.current(settings, DAY)
    write_table(county_directory / "arenor.csv", ARENAS)
    assert current.current(settings, DAY).number == 1


def test_a_directory_alone_has_no_versions(county_directory):
    alone = Settings(data=county_directory, database=None)
    shown = current.current(alone, DAY)
    assert shown.number is None
    assert current.head(alone) is None
    assert current.named(alone, shown.version, DAY) is shown
    assert current.earlier(shown, alone) is None
    with pytest.raises(SettingError):
        current.store(alone)


def test_a_version_is_compared_with_the_wave_before_it(settings):
    current.current(settings, DAY)
    for _ in range(3):
        _publish(settings)
    store = current.store(settings)

    def compared_with(number):
        shown = current.version(settings, current.numbered(settings, number), DAY)
        before = current.earlier(shown, settings)
        return before.number if before else None

    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None] * 4
    store.mark_wave(2, 2024, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 2]
    store.mark_wave(3, 2026, actor=Actor.command())
    assert [compared_with(number) for number in (1, 2, 3, 4)] == [None, None, 2, 3]


def test_while_the_store_is_gone_the_last_version_is_shown(settings, monkeypatch):
    shown = current.current(settings, DAY)

    def gone(_):
        raise StoreUnavailableError("Den svarar inte.")

    monkeypatch.setattr("mapping.store.Store.latest", gone)
    assert current.current(settings, DAY) is shown
    current.forget()
    with pytest.raises(StoreUnavailableError):
        current.current(settings, DAY)
