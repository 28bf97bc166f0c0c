"""Describe the tables as a Frictionless Data Package, with where each fact comes from."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from mapping.contract import vocabulary
from mapping.contract.guidance import TABLE_TITLE
from mapping.contract.schema import TABLES, Table
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import Source, cited_sources
from mapping.open_data.public_tables import EXAMPLE_COLUMN
from mapping.open_data.table_schema import table_schema

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_EXAMPLE_FIELD: Final = {
    "name": EXAMPLE_COLUMN,
    "type": "string",
    "title": "Exempeldata",
    "description": "Står på varje rad, eftersom uppgifterna är påhittade.",
    "constraints": {"required": True, "enum": [vocabulary.EXAMPLE_MARK]},
}


def title_of(dataset: Dataset) -> str:
    """Give a dataset's title, which first of all says if it is made up."""
    return f"{vocabulary.EXAMPLE_MARK}: {dataset.title}" if dataset.example else dataset.title


def data_package(
    dataset: Dataset, files: Mapping[str, bytes], compiled: Iterable[Source] = ()
) -> dict[str, Any]:
    """Describe a dataset's `public_files`, to lie beside them as `datapackage.json` (version 2).

    `compiled` is the compiler's own list of sources.
    """
    day = dataset.day or dataset.latest_date
    tables = [table for table in TABLES.values() if f"{table.name}.csv" in files]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "stodkartan",
        "title": title_of(dataset),
        "version": dataset.version,
        "description": "Arenor och insatser för stöd till föräldrar i Örebro län. Tom cell betyder att "
        "uppgiften inte är känd, aldrig nej eller noll. Skyddade adresser ingår inte.",
        **({"created": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "keywords": ["föräldraskapsstöd", "familjecentral", "öppna data", "Örebro län"],
        "sources": [
            *(
                {"title": f"{one.name} – {one.publisher} – {one.date}. Licens: {one.licence}"}
                for one in compiled
            ),
            *(
                {"title": source, **({"path": source} if _ADDRESS.fullmatch(source) else {})}
                for source, _ in cited_sources(dataset)
            ),
        ],
        "resources": [
            _resource(table, files[f"{table.name}.csv"], example=dataset.example) for table in tables
        ],
    }


def _resource(table: Table, data: bytes, *, example: bool) -> dict[str, Any]:
    schema = table_schema(table)
    if example:
        schema["fields"].insert(0, _EXAMPLE_FIELD)
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": TABLE_TITLE[table.name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ";", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }
