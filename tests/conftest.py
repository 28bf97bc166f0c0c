"""Share what several tests need: a small county, and caches that start empty."""

import csv
import datetime
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest
import streamlit as st

from mapping.dataset.dataset import load
from mapping.server.datasets import datasets
from mapping.settings import SHIPPED_DATA, settings
from tests import postgresql as postgresql_cluster

DAY = datetime.date(2026, 11, 21)

# machines are shared and noisy: how long an example takes proves nothing
hypothesis.settings.register_profile("stodkartan", deadline=None)
hypothesis.settings.load_profile("stodkartan")

COUNTY = Path(__file__).parent / "county"


def _rows(table):
    """Read a table of the small county, of each row the status and the cells that say something."""
    with (COUNTY / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple({name: cell for name, cell in row.items() if cell or name == "status"} for row in rows)


ARENAS, OFFERS, POPULATION = map(_rows, ("arenor", "insatser", "befolkning"))


def write_table(path, rows):
    """Write rows as a contract CSV; the columns are those that any row names."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_county(directory):
    """Write the small county's tables; give their directory."""
    directory.mkdir()
    for table, rows in (("arenor", ARENAS), ("insatser", OFFERS), ("befolkning", POPULATION)):
        write_table(directory / f"{table}.csv", rows)
    return directory


@pytest.fixture
def county_directory(tmp_path):
    """Write the small county: seven arenas in four municipalities, one of the whole county."""
    return write_county(tmp_path / "county")


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    return load(write_county(tmp_path_factory.mktemp("small") / "county"), today=DAY)


@pytest.fixture(scope="session")
def shipped():
    return load(Path(__file__).parent.parent / "data", today=DAY)


@pytest.fixture
def changed_county(county_directory):
    """Read the small county with other rows in some tables, or without a table that is given no rows."""

    def read(**tables):
        for table, rows in tables.items():
            if rows:
                write_table(county_directory / f"{table}.csv", rows)
            else:
                (county_directory / f"{table}.csv").unlink(missing_ok=True)
        return load(county_directory, today=DAY)

    return read


def do_without(missing):
    """Skip what needs something that is missing; CI has everything, and fails."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


@pytest.fixture(scope="session")
def postgresql():
    """Run a real PostgreSQL while the tests last; `new_database()` gives an empty database's address."""
    place = postgresql_cluster.programs()
    if place is None:
        do_without("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with postgresql_cluster.running(place) as cluster:
        yield cluster


@pytest.fixture
def small_disk():
    """Mount a disk of one megabyte, which `fill` fills; only root may, so others skip."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None:
        pytest.skip("nothing here mounts disks")
    disk = Path(tempfile.mkdtemp(prefix="disk"))  # pytest's own directories only its user may enter
    command = [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run([unmount, "-l", str(disk)], check=True)
    disk.rmdir()


def fill(disk):
    """Fill a disk to its last byte; give the file that does."""
    filler = disk / "fill"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


SLOW = (
    "browser/", "pages/", "security/", "test_demo.py", "test_start.py", "mapping/commands/test_reports.py",
    "mapping/delivery/test_delivery_fuzz.py", "mapping/open_data/test_table_schema.py", "mapping/reports/",
    "mapping/store/test_store_crash.py", "mapping/tables/test_typed_table.py",
    "mapping/verdicts/test_gap_oracle.py", "mapping/verdicts/test_gap_properties.py",
    "mapping/verdicts/test_matrix.py",
)  # fmt: skip
"""Folders and files whose tests start servers and browsers, open pages, write documents, or try very much."""

UNTRACED = ("browser/", "mapping/verdicts/test_gap_oracle.py", "mapping/verdicts/test_gap_properties.py")
"""What reaches no line that others do not reach: tracing it took half as much time again."""


def pytest_collection_modifyitems(items):
    """Mark what `-m "not slow"` leaves out, and what coverage does not trace."""
    tests = Path(__file__).parent
    slow, untraced = (tuple(str(tests / name) for name in names) for names in (SLOW, UNTRACED))
    for item in items:
        if str(item.path).startswith(slow):
            item.add_marker("slow")
        if str(item.path).startswith(untraced):
            item.add_marker("no_cover")


@pytest.fixture(autouse=True)
def _shipped_directory(monkeypatch):
    """Show the shipped directory, read-only: a test that wants a store names its own."""
    monkeypatch.setenv("STODKARTAN_DATA", str(SHIPPED_DATA))


@pytest.fixture(autouse=True)
def _empty_caches():
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    datasets.cache_clear()
    settings.cache_clear()
