"""Put all the open data of a dataset into one folder, or one zip file."""

import datetime
import io
import json
import threading
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import Source
from mapping.open_data.dcat import Catalogue, catalogue_rdf
from mapping.open_data.geojson import as_json, feature_collection
from mapping.open_data.geopackage import geopackage
from mapping.open_data.hsds import hsds_files
from mapping.open_data.packaged import data_package, title_of
from mapping.open_data.public_tables import public_files

EVERYTHING: Final = Filters(status=tuple(vocabulary.STATUS))
"""All arenas, closed ones too."""

_ABOUT: Final = """\
Det här är öppna data från Stödkartan: var föräldrar får stöd i Örebro län.

Tom cell betyder att uppgiften inte är känd, aldrig nej eller noll.
Skyddade adresser ingår inte.

*.csv                datakontraktets tabeller: UTF-8 med BOM, semikolon, decimalkomma
datapackage.json     beskriver tabellerna (Frictionless Data Package), med källor
arenor.geojson       arenorna som GeoJSON; utan känd adress finns ingen geometri
arenor.gpkg          samma arenor som GeoPackage, med insatser och kommungränser
hsds/                en delmängd av HSDS 3 (Open Referral)
"""
_CATALOGUE_LINE: Final = "dcat.rdf             beskriver datamängden för dataportaler (DCAT-AP-SE)\n"
_FIRST_ZIP_DAY: Final = datetime.date(1980, 1, 1)
_one_at_a_time = threading.RLock()


def open_data(
    dataset: Dataset, compiled: Sequence[Source] = (), catalogue: Catalogue | None = None
) -> dict[str, bytes]:
    """Write everything that is given away: path within the folder → bytes.

    `compiled` is the compiler's own list of sources. Without a catalogue there is no `dcat.rdf`, which must
    name addresses.
    """
    with _one_at_a_time:
        files = dict(_files(dataset, tuple(compiled)))
    if catalogue:
        files["dcat.rdf"] = catalogue_rdf(dataset, catalogue)
    lines = [
        title_of(dataset),
        f"Dataversion: {dataset.label}{dataset.dated}",
        "",
        _ABOUT + (_CATALOGUE_LINE if catalogue else ""),
    ]
    return {"LAS-MIG.txt": "\n".join(lines).encode("utf-8"), **files}


def open_data_zip(
    dataset: Dataset, compiled: Sequence[Source] = (), catalogue: Catalogue | None = None
) -> bytes:
    """Write what `open_data` does as one zip file, once for all who ask for the same."""
    with _one_at_a_time:
        return _zip(dataset, tuple(compiled), catalogue)


def zipped(files: Mapping[str, bytes], day: datetime.date | None) -> bytes:
    """Put files (path → bytes) into a zip file, dated; the same files of the same day are the same bytes."""
    stamp = max(day or _FIRST_ZIP_DAY, _FIRST_ZIP_DAY)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


@lru_cache(maxsize=4)
def _zip(dataset: Dataset, compiled: tuple[Source, ...], catalogue: Catalogue | None) -> bytes:
    return zipped(open_data(dataset, compiled, catalogue), dataset.day)


@lru_cache(maxsize=2)
def _files(dataset: Dataset, compiled: tuple[Source, ...]) -> Mapping[str, bytes]:
    """Write all but the catalogue, once for each dataset: for 5 000 arenas this takes seconds."""
    files = public_files(dataset)
    package = data_package(dataset, files, compiled)
    return {
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8"),
        **files,
        "arenor.geojson": as_json(feature_collection(dataset, select(dataset, EVERYTHING))),
        "arenor.gpkg": geopackage(dataset),
        **{f"hsds/{name}": data for name, data in hsds_files(dataset).items()},
    }
