"""Recognise what Statistics Sweden's database (PxWeb) exports as CSV, and make it rows of befolkning."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.ages import read_ages
from mapping.contract.findings import LONGEST_VALUE, Finding
from mapping.delivery.headers import Header, header_words, matched, missing, table_named
from mapping.tables.raw_table import ROW, clean_text

TABLE = "befolkning"
OLDEST = 120
_YEAR = re.compile(r"(?:.*\D)?((?:19|20)\d\d)", re.ASCII)
_REGION = re.compile(r"(\d{2}|\d{4})(?:\s+\D.*)?", re.ASCII)
_TOTAL = re.compile(r"(?:totalt|samtliga|tot|total|summa)\b.*", re.IGNORECASE)
_SOURCE = "SCB, statistikdatabasen"
# the database's own code for the measure is BE0101N1
_POPULATION = re.compile(
    r"(?:antal )?(?:folkmängd|befolkning|invånare|be0101n1)(?:en)?\b"
    r"(?!.*(?:\bper\b|andel|procent|täthet|förändring|ökning|medel)).*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class _Shape:
    """Which columns of an export are what; the rest divide the population further, such as sex."""

    region: int
    age: int
    year: int | None
    counts: Mapping[int, str | None]
    divisions: tuple[int, ...]
    measure: str
    """What the header says is counted; empty if nothing."""
    content: int | None
    """The column whose cells say what each row counts."""


def is_export(header: Sequence[str]) -> bool:
    """Tell whether a header row is that of a table of population by region and age.

    Examples
    --------
    >>> is_export(["region", "ålder", "kön", "2022", "2023"]), is_export(["kommunkod", "ar", "antal"])
    (True, False)
    """
    return _shape(header) is not None


def is_population(measure: str) -> bool:
    """Tell whether a measure's name says that it is how many people live in a place.

    Examples
    --------
    >>> is_population("Folkmängden efter region, ålder och år"), is_population("Förvärvsarbetande 16+ år")
    (True, False)
    """
    return _POPULATION.fullmatch(measure.strip()) is not None


def other_measure(
    records: Mapping[int, Sequence[str]], header_row: int, header: Header, names: Iterable[str]
) -> str | None:
    """Say what a table of places and ages counts, unless it is the population; None of any other table.

    The header, the cells or the title say it; the names of the file and the sheet, if nothing else does.
    """
    shape = _shape(header.written)
    by_column = dict(zip(header.columns, header.written, strict=True))
    if shape is None and (header.layout != TABLE or "antal" not in by_column):
        return None
    measures = [by_column["antal"] if shape is None else shape.measure]
    if shape is not None and shape.content is not None:
        place, below = shape.content, (cells for row, cells in records.items() if row > header_row)
        measures = list(dict.fromkeys(clean_text(cells[place]) for cells in below if place < len(cells)))
    if measures == [""]:
        measures = [clean_text(cell) for row in records if row < header_row for cell in records[row]]
    measures = list(filter(None, measures))
    is_named = any(table_named(name) == TABLE for name in names)
    is_plain = all(matched([name], TABLE) == ("antal",) for name in measures)
    is_ours = not missing({*header.written}, TABLE)
    if any(map(is_population, measures)) or is_ours or (is_named and is_plain):
        return None
    return f"”{measures[0][:LONGEST_VALUE]}”" if measures else "något som inte är namngivet"


def rows(records: Mapping[int, Sequence[str]], header_row: int) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Make an export rows of befolkning: the county's municipalities, persons summed over sex and the like.

    Totals over all ages, other regions, and counts that the source withholds are left out. What stands above
    the header names the source. The frame is raw text with the columns of befolkning, indexed by the row
    number that it first came from; a row of the export gives several rows, one a year. Findings: that it was
    recognised, and ages that were not understood.
    """
    shape = _shape([clean_text(cell) for cell in records[header_row]])
    if shape is None:
        raise ValueError(header_row)
    title = " ".join(clean_text(cell) for row in records if row < header_row for cell in records[row]).strip()
    source = f"{_SOURCE}: {title.rstrip('.')}" if title else _SOURCE
    sums: dict[tuple[str, str, str, str], int] = {}
    labels: dict[tuple[str, str, str, str], int] = {}
    findings: list[Finding] = []
    body = {row: [clean_text(cell) for cell in cells] for row, cells in records.items() if row > header_row}
    for row, cells in _county_rows(body, shape).items():
        span = read_ages(cells[shape.age])
        if span is None:
            findings.append(Finding("population-not-understood", TABLE, row, "alder_fran", cells[shape.age]))
            continue
        ages = (span[0] or "0", span[1] or str(OLDEST))
        for place, stated in shape.counts.items():
            year = stated or (cells[shape.year] if shape.year is not None else "")
            count = re.sub(r"\s", "", cells[place]) if place < len(cells) else ""
            if re.fullmatch(r"\d+", count, re.ASCII):
                key = (cells[shape.region].split()[0], year, *ages)
                sums[key] = sums.get(key, 0) + int(count)
                labels.setdefault(key, row)
    index = pd.Index(list(labels.values()), dtype="int64", name=ROW)
    frame = pd.DataFrame(
        [[*key, str(count), source] for key, count in sums.items()],
        columns=["kommunkod", "ar", "alder_fran", "alder_till", "antal", "kalla"],
        index=index,
        dtype="str",
    )
    note = Finding("population-export-recognised", TABLE, value=str(len(frame)))
    return frame, (note, *findings)


def _shape(header: Sequence[str]) -> _Shape | None:
    words = [header_words(name) for name in header]
    if "region" not in words or "alder" not in words:
        return None
    year = next((place for place, word in enumerate(words) if word in {"ar", "tid"}), None)
    content = next((place for place, word in enumerate(words) if word == "tabellinnehall"), None)
    region, age = words.index("region"), words.index("alder")
    labels = {place: name for place, name in enumerate(header) if place not in {region, age, year, content}}
    counts: dict[int, str | None]
    if year is not None:
        last = len(words) - 1
        counts = {place: None for place, name in labels.items() if place == last or is_population(name)}
    else:
        found = {place: match for place, name in labels.items() if (match := _YEAR.fullmatch(name))}
        labels = {place: labels[place][: match.start(1)].strip() for place, match in found.items()}
        counts = {place: match[1] for place, match in found.items()}
    # beside the population, others' counts are left out
    counts = {place: stated for place, stated in counts.items() if is_population(labels[place])} or counts
    if not counts:
        return None
    used = {region, age, year, content, *counts}
    divisions = tuple(place for place in range(len(words)) if place not in used)
    return _Shape(region, age, year, counts, divisions, labels[next(iter(counts))], content)


def _county_rows(body: Mapping[int, Sequence[str]], shape: _Shape) -> Mapping[int, Sequence[str]]:
    """Give the rows of the county, without totals over ages, and without parts where the whole is given."""
    width = max(shape.region, shape.age, shape.content or 0, *shape.divisions) + 1
    rows = {
        row: cells
        for row, cells in body.items()
        if len(cells) >= width
        and (region := _REGION.fullmatch(cells[shape.region]))
        and region[1] in vocabulary.AREAS
        and not _TOTAL.fullmatch(cells[shape.age])
    }
    if shape.content is not None:
        counted = {row: is_population(cells[shape.content]) for row, cells in rows.items()}
        rows = {row: cells for row, cells in rows.items() if counted[row] or not any(counted.values())}
    for place in shape.divisions:
        is_total = {row: bool(_TOTAL.fullmatch(cells[place])) for row, cells in rows.items()}
        if any(is_total.values()):
            rows = {row: cells for row, cells in rows.items() if is_total[row]}
    return rows
