"""Share what several tests need: a small county, and caches that start empty."""

import csv
import datetime
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest
import streamlit as st

from mapping.dataset.dataset import Dataset, load
from mapping.server import datasets
from mapping.settings import SHIPPED_DATA
from tests import postgresql as postgresql_cluster

DAY = datetime.date(2026, 11, 21)

# machines are shared and noisy: how long an example takes proves nothing
hypothesis.settings.register_profile("stodkartan", deadline=None)
hypothesis.settings.load_profile("stodkartan")

ARENAS: Sequence[Mapping[str, str]] = (
    {
        "arena_id": "nora-fc",
        "namn": "Familjecentralen Eken",
        "arenatyp": "familjecentral",
        "status": "aktiv",
        "kommunkod": "1884",
        "huvudman": "Nora kommun | Region Örebro län",
        "adress": "Storgatan 1",
        "postnummer": "71331",
        "ort": "Nora",
        "lat": "59.5191",
        "lon": "15.0396",
        "fc_bvc": "ja",
        "fc_oppen_forskola": "ja",
        "fc_bmm": "nej",
        "kalla": "https://nora.example/eken",
        "kontrollerad_datum": "2026-09-30",
    },
    {
        "arena_id": "nora-hus",
        "namn": "Ungdomshuset",
        "arenatyp": "forening",
        "status": "planerad",
        "kommunkod": "1884",
        "betjanar_kommuner": "1885",
        "huvudman": "Föreningen Eken",
        "belagg": "harledd",
        "kalla": "Broschyr",
    },
    {
        "arena_id": "kumla-bvc",
        "namn": "Barnavårdscentralen i Kumla",
        "arenatyp": "bvc",
        "status": "",
        "kommunkod": "1881",
        "ort": "Kumla",
        "belagg": "harledd",
        "kalla": "1177",
        "kontrollerad_datum": "2021",
    },
    {
        "arena_id": "kumla-skydd",
        "namn": "Skyddat stöd",
        "arenatyp": "specialist",
        "status": "aktiv",
        "kommunkod": "1881",
        "huvudman": "Kumla kommun",
        "adress": "Hemliga vägen 7",
        "postnummer": "69230",
        "ort": "Kumla",
        "adress_visning": "dold",
        "lat": "59.1277",
        "lon": "15.1434",
        "samlokaliserad_med": "kumla-bvc",
        "kalla": "Kommunen",
        "kontrollerad_datum": "2026-01-15",
    },
    {
        "arena_id": "laxa-stangd",
        "namn": "Nedlagd mottagning",
        "arenatyp": "bmm",
        "status": "stangd",
        "kommunkod": "1860",
        "huvudman": "Region Örebro län",
        "kalla": "Kommunen",
        "kontrollerad_datum": "2025-05",
    },
    {
        "arena_id": "lan-digital",
        "namn": "Råd på nätet",
        "arenatyp": "digital",
        "status": "aktiv",
        "kommunkod": "18",
        "huvudman": "Region Örebro län",
        "kalla": "1177",
        "kontrollerad_datum": "2026-02-01",
    },
    {
        "arena_id": "degerfors-tom",
        "namn": "Arenan utan uppgifter",
        "arenatyp": "annan",
        "status": "okand",
        "kommunkod": "1862",
        "kalla": "Rapporten",
    },
)

OFFERS: Sequence[Mapping[str, str]] = (
    {
        "insats_id": "eken-oppet",
        "arena_id": "nora-fc",
        "namn": "Öppet hus",
        "preventionsniva": "universell",
        "alder_fran": "0",
        "alder_till": "6",
        "sprak": "sv | ar",
        "malgrupp": "alla_foraldrar",
        "status": "aktiv",
    },
    {
        "insats_id": "eken-samtal",
        "arena_id": "nora-fc",
        "namn": "Samtal",
        "preventionsniva": "selektiv | indikerad",
        "alder_fran": "13",
        "status": "aktiv",
        "metod": "COS-P",
    },
    {
        "insats_id": "hus-kurs",
        "arena_id": "nora-hus",
        "namn": "Tonårskurs",
        "alder_fran": "13",
        "alder_till": "18",
        "status": "planerad",
        "sprak": "so",
    },
    {
        "insats_id": "bvc-halsa",
        "arena_id": "kumla-bvc",
        "namn": "Barnhälsovård",
        "preventionsniva": "universell",
        "alder_till": "5",
        "status": "aktiv",
    },
    {
        "insats_id": "skydd-stod",
        "arena_id": "kumla-skydd",
        "namn": "Stöd",
        "preventionsniva": "indikerad",
        "alder_fran": "0",
        "alder_till": "18",
        "status": "stangd",
    },
    {
        "insats_id": "natet-chatt",
        "arena_id": "lan-digital",
        "namn": "Chatt",
        "form": "digital",
        "sprak": "sv",
        "status": "aktiv",
    },
)

POPULATION: Sequence[Mapping[str, str]] = tuple(
    {
        "kommunkod": code,
        "ar": "2023",
        "alder_fran": "0",
        "alder_till": "15",
        "antal": children,
        "kalla": "Påhittat för test",
    }
    for code, children in (("1884", "2000"), ("1881", "4000"), ("1860", "900"))
)


def write_table(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as a contract CSV; the columns are those that any row names."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def county_directory(tmp_path: Path) -> Path:
    """Write the small county: seven arenas in four municipalities, one of the whole county."""
    directory = tmp_path / "county"
    directory.mkdir()
    write_table(directory / "arenor.csv", ARENAS)
    write_table(directory / "insatser.csv", OFFERS)
    write_table(directory / "befolkning.csv", POPULATION)
    return directory


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Read the small county once."""
    directory = tmp_path_factory.mktemp("county")
    write_table(directory / "arenor.csv", ARENAS)
    write_table(directory / "insatser.csv", OFFERS)
    write_table(directory / "befolkning.csv", POPULATION)
    return load(directory, today=DAY)


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """Read the shipped dataset once."""
    return load(Path(__file__).parent.parent / "data", today=DAY)


@pytest.fixture
def changed_county(county_directory: Path) -> Callable[..., Dataset]:
    """Read the small county with other rows in some tables."""

    def read(**tables: Sequence[Mapping[str, str]]) -> Dataset:
        for table, rows in tables.items():
            write_table(county_directory / f"{table}.csv", rows)
        return load(county_directory, today=DAY)

    return read


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_cluster.Cluster]:
    """Run a real PostgreSQL while the tests last; `new_database()` gives an empty database's address."""
    place = postgresql_cluster.programs()
    if place is None:
        missing = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with postgresql_cluster.running(place) as cluster:
        yield cluster


@pytest.fixture
def small_disk() -> Iterator[Path]:
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


def fill(disk: Path) -> Path:
    """Fill a disk to its last byte; give the file that does."""
    filler = disk / "fill"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return filler


@pytest.fixture(autouse=True)
def _shipped_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show the shipped directory, read-only: a test that wants a store names its own."""
    monkeypatch.setenv("STODKARTAN_DATA", str(SHIPPED_DATA))


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()
    st.cache_resource.clear()
    datasets.forget()
