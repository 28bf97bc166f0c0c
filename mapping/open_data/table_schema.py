"""Describe the contract's tables as Frictionless Table Schemas: types, codes and limits.

The form is Table Schema and Data Package, version 2 (datapackage.org). It says less than our own rules, which
also compare cells and rows, and knows only our files' way of writing: codes, `|` between those of a list.
"""

from typing import Any, Final

from mapping.contract import vocabulary
from mapping.contract.guidance import TABLE_MEANING, TABLE_TITLE, answers, guidance
from mapping.contract.schema import ARENOR, INSATSER, LISTS, Column, Kind, Table

NUMBERS: Final = frozenset({Kind.WHOLE, Kind.AGE})


def table_schema(table: Table) -> dict[str, Any]:
    """Describe a table; columns that are not required may be left out, and others added.

    Examples
    --------
    >>> table_schema(ARENOR)["fields"][0]["constraints"]
    {'required': True, 'unique': True}
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


def _field(table: Table, column: Column) -> dict[str, Any]:
    words = guidance(table, column)
    sentences = [words.meaning, words.form]
    if column.name == "svar":
        sentences += [f"{question}: {either}." for question, either in answers().items()]
    return {
        "name": column.name,
        "type": "integer" if column.kind in NUMBERS else "string",
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
    codes = _codes(column)
    if column.kind in NUMBERS:
        constraints |= {"minimum": column.lowest, "maximum": column.highest}
    elif codes and column.kind in LISTS:
        # no group is non-capturing and no flag is used: Table Schema's patterns are those of XML Schema
        one = f"({'|'.join(codes)})"
        constraints["pattern"] = rf"{one}( *\| *{one})*"
    elif codes:
        constraints["enum"] = codes
    return constraints


def _codes(column: Column) -> list[str]:
    """Give everything that may be one value of a cell; none if any text will do."""
    if column.name == "svar":
        return list(dict.fromkeys(answer for allowed in vocabulary.ANSWERS.values() for answer in allowed))
    if column.kind in {Kind.AREA, Kind.AREAS}:
        areas = {**vocabulary.AREAS, **(column.vocabulary or {})}
        return list(dict.fromkeys([*areas, *areas.values()]))
    if column.kind is Kind.LANGUAGES:
        return sorted(vocabulary.ISO_639_1 | {*(column.vocabulary or {})})
    return list(column.vocabulary or {})
