"""The command `open-data`."""

import zipfile

import pytest

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from mapping.settings import DEMO_DATA, SHIPPED_DATA
from tests.mapping.stores import stodkartan


def test_a_folder_gets_everything(county_directory, tmp_path):
    target = tmp_path / "ut" / "data"
    code, out, errors = stodkartan("export", str(target), "--data", str(county_directory))
    assert (code, errors) == (DONE, "")
    assert str(target) in out
    assert (target / "hsds" / "services.csv").is_file()
    assert not (target / "dcat.rdf").exists()


def test_a_zip_file_gets_everything_and_the_catalogue_with_an_address(tmp_path):
    target = tmp_path / "data.zip"
    code, _, errors = stodkartan(
        "export",
        str(target),
        "--address",
        "https://stodkartan.example/",
        STODKARTAN_DATA=str(SHIPPED_DATA),
        STODKARTAN_PUBLISHER="Region Exempel, 232100-0164",
    )
    assert (code, errors) == (DONE, "")
    with zipfile.ZipFile(target) as archive:
        catalogue = archive.read("dcat.rdf").decode("utf-8")
        assert "GeoNames" in archive.read("datapackage.json").decode("utf-8")
    assert "https://stodkartan.example/api/dataset.zip" in catalogue
    assert "Region Exempel<" in catalogue


def test_the_compilers_sources_are_not_those_of_made_up_data(tmp_path):
    target = tmp_path / "demo"
    assert stodkartan("export", str(target), "--data", str(DEMO_DATA))[0] == DONE
    assert "Regionfakta" not in (target / "datapackage.json").read_text(encoding="utf-8")
    assert (target / "LAS-MIG.txt").read_text(encoding="utf-8").startswith("EXEMPELDATA")


@pytest.mark.parametrize("name", ["redan.zip", "redan"])
def test_nothing_is_written_over(county_directory, tmp_path, name):
    target = tmp_path / name
    inside = target if name.endswith(".zip") else target / "min-fil.txt"
    inside.parent.mkdir(exist_ok=True)
    inside.write_text("min", encoding="utf-8")
    code, _, errors = stodkartan("export", str(target), "--data", str(county_directory))
    assert code == REFUSED
    assert str(target) in errors
    assert inside.read_text(encoding="utf-8") == "min"


@pytest.mark.parametrize(
    "arguments",
    [
        ("data.zip", "--address", "stodkartan.example"),
        ("finns/inte/data.zip",),
        ("data.zip", "--data", "/finns/inte"),
    ],
)
def test_wrong_use_is_told_of(county_directory, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    code, out, errors = stodkartan("export", *arguments, STODKARTAN_DATA=str(county_directory))
    assert (code, out) == (WRONG_USE, "")
    assert errors
