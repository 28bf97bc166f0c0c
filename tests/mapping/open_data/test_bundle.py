"""All the open data in one zip file: whole, marked, the same bytes for the same data."""

import datetime
import io
import threading
import zipfile
from dataclasses import replace

from mapping.dataset.dataset import load
from mapping.open_data import bundle
from mapping.open_data.bundle import open_data, open_data_zip, zipped
from mapping.open_data.dcat import Catalogue
from tests.conftest import DAY
from tests.mapping.open_data.packages import written

WHOLE = {
    "LAS-MIG.txt", "datapackage.json", "dataset.toml", "arenor.csv", "insatser.csv", "arenor.geojson",
    "arenor.gpkg", "hsds/datapackage.json", "hsds/services.csv", "hsds/locations.csv",
    "hsds/organizations.csv", "hsds/service_at_location.csv",
}  # fmt: skip


def test_everything_is_there_and_the_folder_can_be_opened_as_a_dataset(county, tmp_path):
    assert open_data(county).keys() >= WHOLE
    assert "dcat.rdf" not in open_data(county)
    assert "dcat.rdf" in open_data(county, catalogue=Catalogue("https://stodkartan.example"))
    folder = written(open_data(county), tmp_path)
    assert load(folder, today=DAY).arenor.index.tolist() == county.arenor.index.tolist()


def test_version_date_and_mark_are_told_first(shipped):
    about = open_data(replace(shipped, example=True))["LAS-MIG.txt"].decode("utf-8").splitlines()
    assert about[0].startswith("EXEMPELDATA")
    assert about[1] == f"Dataversion: {shipped.version}, sammanställd 30 november 2026"
    assert "EXEMPELDATA" not in open_data(shipped)["LAS-MIG.txt"].decode("utf-8")


def test_the_same_files_are_the_same_bytes_of_a_day_that_zip_can_tell(county):
    files = open_data(county)
    packed = zipped(files, datetime.date(2026, 11, 21))
    assert packed == zipped(files, datetime.date(2026, 11, 21))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.getinfo("arenor.csv").date_time[:3] == (2026, 11, 21)
    with zipfile.ZipFile(io.BytesIO(zipped({"a": b""}, datetime.date(1901, 1, 1)))) as archive:
        assert archive.getinfo("a").date_time[0] == 1980


def test_many_who_ask_at_once_have_it_written_once(county, monkeypatch):
    fresh, written = replace(county), []
    monkeypatch.setattr(bundle, "geopackage", lambda dataset: written.append(dataset) or b"gpkg")
    packed = []
    everyone = [threading.Thread(target=lambda: packed.append(open_data_zip(fresh))) for _ in range(8)]
    for one in everyone:
        one.start()
    for one in everyone:
        one.join()
    assert (written, [one is packed[0] for one in packed]) == ([fresh], [True] * 8)


def test_a_zip_file_for_one_address_is_not_given_at_another(county):
    def address(catalogue):
        with zipfile.ZipFile(io.BytesIO(open_data_zip(county, (), catalogue))) as archive:
            return archive.read("dcat.rdf").decode("utf-8")

    one, other = Catalogue("https://ett.example"), Catalogue("https://annat.example")
    assert "annat.example" not in address(one)
    assert "ett.example" not in address(other)
    assert "ett.example" in address(one)
