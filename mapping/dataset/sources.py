"""List where a dataset comes from: the compiler's own list, and every source that a row names."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mapping.dataset.dataset import Dataset

SOURCE_FILE = "kallor.toml"


@dataclass(frozen=True)
class Source:
    """One source as the dataset's `kallor.toml` describes it."""

    name: str
    publisher: str
    date: str
    licence: str
    gives: str


def compiled_sources(directory: Path) -> tuple[Source, ...]:
    """Read the compiler's list of sources; a dataset without one has none."""
    path = directory / SOURCE_FILE
    if not path.is_file():
        return ()
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("kalla", [])
    return tuple(
        Source(
            name=row["namn"],
            publisher=row["utgivare"],
            date=row["datum"],
            licence=row["licens"],
            gives=row["ger"],
        )
        for row in listed
    )


def cited_sources(dataset: Dataset) -> list[tuple[str, int]]:
    """Count how many rows name each source, most named first, then in alphabetical order."""
    named: Counter[str] = Counter()
    for frame in (dataset.arenor, dataset.insatser, dataset.kommunlage, dataset.dialog, dataset.befolkning):
        for cell in frame["kalla"]:
            named.update(cell if isinstance(cell, tuple) else [cell] if isinstance(cell, str) else [])
    return sorted(named.items(), key=lambda item: (-item[1], item[0].casefold()))
