"""What is handed in is kept in the store and nowhere else, whatever it is called."""

import io
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose, publish
from mapping.errors import DamagedVersionError
from mapping.store.files import content_version, packed
from mapping.store.permission import Actor
from mapping.store.schema import VERSION, VERSION_FILE
from mapping.store.store import Store
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import NEW_ARENA, arenas_in, written
from tests.mapping.stores import stodkartan

NAMES = (
    "/tmp/ute.csv",  # noqa: S108 - that is what must not happen
    "../../ute.csv", "..\\..\\ute.csv", "C:\\ute.csv", "ute\0.csv", "CON.csv", "aux", ".htaccess",
    "arenor.csv/../../ute.csv", "~/.ssh/authorized_keys", "file:///etc/passwd", "å" * 300 + ".csv",
    "\u202evsc.rona", "$(touch ute).csv", "`touch ute`; rm -rf *.csv", "",
)  # fmt: skip
PUBLISHED = {"arenor.csv": written(ARENAS), "insatser.csv": written(OFFERS)}
ROWS = [*arenas_in("1884"), NEW_ARENA]


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'store' / 'versions.sqlite'}")
    opened.ensure_seeded(PUBLISHED)
    yield opened
    opened.close()


def files_in(directory):
    return {path for path in directory.rglob("*") if "store" not in path.parts}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_is_published_whatever_it_is_called_and_written_nowhere(name, store, tmp_path, monkeypatch):
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    there_before = files_in(tmp_path)
    delivery = deliver([SourceFile(name, written(ROWS, delimiter=";"))])
    proposed = propose(delivery, Published(1, PUBLISHED, None), today=DAY)
    assert not proposed.checked.stops
    head = publish(proposed, store, actor=Actor.command(), comment="Nytt", accepts_warnings=True)
    assert set(store.contents(head.number)) == set(PUBLISHED)
    with zipfile.ZipFile(io.BytesIO(packed(store.contents(head.number)))) as zipped:
        assert set(zipped.namelist()) == set(PUBLISHED)
    assert files_in(tmp_path) == there_before
    assert not Path("/tmp/ute.csv").exists()  # noqa: S108


@pytest.mark.parametrize("name", ["../ute.csv", "/tmp/ute.csv", "a/b.csv", "..\\ute.csv"])  # noqa: S108
def test_a_store_that_somebody_has_tampered_with_writes_nothing_outside(name, store, tmp_path):
    with store.engine.begin() as connection:
        arenas = sa.update(VERSION_FILE).where(VERSION_FILE.c.name == "arenor.csv")
        connection.execute(arenas.values(name=name))
        contents = {(name if one == "arenor.csv" else one): data for one, data in PUBLISHED.items()}
        connection.execute(sa.update(VERSION).values(content_version=content_version(contents)))
    with pytest.raises(DamagedVersionError):
        packed(store.contents(1))
    target = tmp_path / "export"
    address = f"sqlite:///{tmp_path / 'store' / 'versions.sqlite'}"
    code, _, errors = stodkartan("export", "1", str(target), STODKARTAN_DATABASE_URL=address)
    assert code
    assert "skadad" in errors
    assert not target.exists()
    assert not (tmp_path / "ute.csv").exists()
    assert not Path("/tmp/ute.csv").exists()  # noqa: S108
