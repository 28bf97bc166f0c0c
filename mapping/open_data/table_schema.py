"""State the contract as Frictionless Table Schemas, so that other programs can check files against it.

The form is Table Schema and Data Package, version 2 (datapackage.org). What it cannot say stands in `UNSAID`.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from mapping.contract import vocabulary
from mapping.contract.guidance import TABLE_MEANING, TABLE_TITLE, answers, guidance
from mapping.contract.schema import (
    ARENOR,
    EARLIEST_YEAR,
    INSATSER,
    LATEST_YEAR,
    LISTS,
    TABLES,
    Column,
    Kind,
    Table,
)

UNSAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contradicting-municipality": "two cells of one row",
        "age-span-reversed": "two cells of one row",
        "half-coordinate": "two cells of one row",
        "invalid-answer": "two cells of one row; only an answer to no question at all is told",
        "county-only-question": "two cells of one row",
        "protected-address": "two cells of one row",
        "protected-address-in-text": "cells of several rows",
        "no-part-stated": "several cells of one row",
        "part-contradicted": "cells of two rows",
        "contradicting-answers": "cells of two rows",
        "same-name-same-place": "cells of two rows",
        "unknown-co-location": "a key that may also be the word `ingen`",
        "future-date": "today's date",
        "personal-data": "what no cell may hold, in any column, known or not",
        "outside-sweden": "numbers that may have a decimal comma are text there",
        "swapped-coordinates": "how numbers are understood",
        "coordinate-columns-mixed": "how numbers are understood",
        "coordinate-system-recognised": "how numbers are understood",
        "far-from-municipality": "a map",
        "type-guessed": "a remark on what is right; the aliases are allowed",
        "values-normalised": "a remark on what is right; another spelling of a label is refused there",
        "encoding-recognised": "a remark on what is right",
        "delimiter-recognised": "a remark on what is right",
        "id-made": "a remark on what is right; a missing id column is refused there",
        "unknown-column": "a remark on what is allowed",
        "no-rows": "a remark on what is allowed",
        "unknown-table": "a remark on the dataset",
        "bad-dataset-file": "a remark on the dataset",
        "missing-table": "a remark on the dataset",
        "duplicate-column": "a header whose columns cannot be told apart by name",
        "file-too-large": "a limit of the file",
        "too-many-rows": "a limit of the file",
        "too-many-columns": "a limit of the file",
        "unreadable-file": "the file's form, not the table's",
        "not-a-table": "the file's form, not the table's",
        "broken-quotes": "the file's form, not the table's",
    }
)
"""Codes of findings that a Table Schema cannot bring about, and why."""

_SEPARATOR = r"\s*[|;][\s|;]*"
# no group is non-capturing and no flag is used: Table Schema's patterns are those of XML Schema
_DAYS_BY_MONTH = (
    "(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?"
    "|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
    "|02(-(0[1-9]|1[0-9]|2[0-8]))?"
)
_YEAR = "|".join(f"{century}[0-9][0-9]" for century in range(EARLIEST_YEAR // 100, LATEST_YEAR // 100 + 1))
_LEAP_YEAR = "((19|21)(0[48]|[2468][048]|[13579][26])|20([02468][048]|[13579][26]))"
_NOT_IN_ADDRESS = r"\s<>\"\x00-\x1f"
_HOST = rf"[^{_NOT_IN_ADDRESS}/?#@:\[\]]*"

_PATTERNS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.SLUG: "[a-z0-9-]+",
        Kind.DATE: f"({_YEAR})(-({_DAYS_BY_MONTH}))?|{_LEAP_YEAR}-02-29",
        Kind.DECIMAL: "[-−]? *[0-9]( *[0-9]){0,8} *([.,][0-9 ]*)?",
        Kind.POSTCODE: "(SE?[- ]?)?[0-9]{3} ?[0-9]{2}",
        Kind.URL: rf"[Hh][Tt][Tt][Pp][Ss]?://([^{_NOT_IN_ADDRESS}/?#]*@)?{_HOST}\.{_HOST}(:[^{_NOT_IN_ADDRESS}/?#]*)?"
        rf"([/?#][^{_NOT_IN_ADDRESS}]*)?",
    }
)


def table_schema(table: Table) -> dict[str, Any]:
    """Describe a table as a Table Schema.

    Parameters
    ----------
    table
        Any table of the contract.

    Returns
    -------
    dict
        As it stands in JSON. Codes may be written as code, label or alias, all as they are spelled; columns
        that are not required may be left out and others added.

    Examples
    --------
    >>> table_schema(ARENOR)["fields"][0]["constraints"]
    {'required': True, 'unique': True, 'pattern': '([a-z0-9-]+)'}
    """
    described: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": table.name,
        "title": TABLE_TITLE[table.name],
        "description": TABLE_MEANING[table.name],
        "fieldsMatch": "partial",
        "missingValues": [""],
        "fields": [_field(table, column) for column in table.columns],
    }
    if table is INSATSER:
        key = {"fields": [ARENOR.key], "reference": {"resource": ARENOR.name, "fields": [ARENOR.key]}}
        described["foreignKeys"] = [key]
    return described


def data_package(contents: Mapping[str, bytes], *, title: str, version: str) -> dict[str, Any]:
    """Describe a whole dataset as a Data Package, to lie beside its files as `datapackage.json`.

    Parameters
    ----------
    contents
        File name → bytes, the CSV files in the contract's canonical form. Other files are left out.
    title
        What the dataset is called.
    version
        What names this version of it.

    Returns
    -------
    dict
        As it stands in JSON, with size and SHA-256 of each file.
    """
    files = {table: f"{table.name}.csv" for table in TABLES.values() if f"{table.name}.csv" in contents}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "stodkartan",
        "title": title,
        "version": version,
        "resources": [_resource(table, path, contents[path], files) for table, path in files.items()],
    }


def _resource(table: Table, path: str, data: bytes, present: Iterable[Table]) -> dict[str, Any]:
    schema = table_schema(table)
    if ARENOR not in present:
        schema.pop("foreignKeys", None)
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "title": TABLE_TITLE[table.name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    words = guidance(table, column)
    sentences = [words.meaning, words.form]
    if column.name == "svar":
        sentences += [f"{question}: {either}." for question, either in answers().items()]
    return {
        "name": column.name,
        "type": "integer" if column.kind in {Kind.WHOLE, Kind.AGE} else "string",
        "title": words.title,
        "description": " ".join(sentence for sentence in sentences if sentence),
        "example": words.example,
        "constraints": _constraints(table, column),
    }


def _constraints(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required or column.name == table.key:
        constraints["required"] = True
    if column.name == table.key:
        constraints["unique"] = True
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        constraints |= {"minimum": column.lowest, "maximum": column.highest}
    elif column.name == "svar":
        answers_to_any = (answer for allowed in vocabulary.ANSWERS.values() for answer in allowed)
        constraints["enum"] = list(dict.fromkeys(answers_to_any))
    elif column.kind in LISTS and (items := _items(column)):
        item = f"({'|'.join(items)})"
        constraints["pattern"] = rf"[\s|;]*({item}({_SEPARATOR}{item})*[\s|;]*)?"
    elif column.kind is Kind.AREA:
        constraints["enum"] = [
            form for code, name in vocabulary.AREAS.items() for form in (code, *_forms(name))
        ]
    elif column.vocabulary is not None:
        labels = column.vocabulary
        constraints["enum"] = list(dict.fromkeys([*labels, *labels.values(), *(column.aliases or {})]))
    elif column.kind in _PATTERNS:
        constraints["pattern"] = f"({_PATTERNS[column.kind]})"
    return constraints


def _forms(name: str) -> tuple[str, str, str]:
    """Give the ways in which an area's name is understood."""
    return name, f"{name} kommun", f"{name}s kommun"


def _items(column: Column) -> list[str]:
    """Give patterns of everything that may be one value of a list; none if any text will do."""
    labels = column.vocabulary or {}
    words = {*labels, *labels.values()}
    items = []
    if column.kind is Kind.LANGUAGES:
        words |= vocabulary.ISO_639_1
    if column.kind is Kind.AREAS:
        words -= {*vocabulary.AREAS, *vocabulary.AREAS.values()}
        items = [f"{code}|{name}(s? kommun)?" for code, name in vocabulary.AREAS.items()]
    return items + [_escaped(word) for word in sorted(words)]


def _escaped(word: str) -> str:
    # re.escape also escapes spaces and hyphens, which other readers of patterns refuse
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", word)
