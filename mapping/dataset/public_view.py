"""Keep hidden addresses, and what would give them away, out of every page, export and report.

`adress_visning` says how much of a place may be shown: the whole address (`full`), the locality (`ort`) or
nothing (`dold`). The public view is made once, here, and everything downstream uses only that.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from mapping.contract import personal_data, schema, vocabulary
from mapping.contract.findings import Finding, Severity
from mapping.contract.schema import ARENOR, INSATSER, TABLES, Kind, Table

PROTECTED = ("ort", "dold")
"""The values of `adress_visning` that keep something secret."""
SECRET_TEXTS = ("adress", "postnummer", "samlokaliserad_med")
COORDINATES = ("lat", "lon", "sweref_n", "sweref_e")
FREE_TEXT = frozenset({Kind.TEXT, Kind.TEXTS, Kind.URL})
_GIVEN = {"adress": "adress", "postnummer": "postnummer", "lat": "koordinater"}
SHORTEST_STREET = 4
"""Letters of a street's name that are looked for in other texts; shorter ones would hit ordinary words."""


def public_view(
    arenor: pd.DataFrame, insatser: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Finding, ...]]:
    """Take away what protected places must not tell.

    For `ort`: address, postcode, own coordinates and whose premises it shares. For `dold`: the locality too.
    Another arena that says it shares a protected place's premises would give the place away, so that is taken
    away as well, and so is any text about the arena or what it offers that mentions the address.

    Parameters
    ----------
    arenor
        Typed, with own coordinates in `lat` and `lon`, indexed by the row in a spreadsheet.
    insatser
        Typed, indexed likewise.

    Returns
    -------
    arenor, insatser
        Copies without what is secret.
    findings
        Where the file holds more than may be shown.
    """
    protected = arenor[arenor["adress_visning"].isin(PROTECTED)]
    if protected.empty:
        return arenor, insatser, ()
    findings = list(_exact_addresses(protected))
    arenor, insatser = arenor.copy(), insatser.copy()
    told = zip(protected["arena_id"], protected["adress"], protected["postnummer"], strict=True)
    for arena, address, postcode in told:
        secrets = secrets_of(address, postcode)
        findings += _blank_mentions(arenor, ARENOR, arenor["arena_id"] == arena, secrets)
        findings += _blank_mentions(insatser, INSATSER, insatser["arena_id"] == arena, secrets)
    rows = protected.index
    arenor.loc[rows, list(SECRET_TEXTS)] = None
    arenor.loc[rows, list(COORDINATES)] = float("nan")
    arenor.loc[arenor["adress_visning"] == "dold", "ort"] = None
    arenor.loc[arenor["samlokaliserad_med"].isin(protected["arena_id"]), "samlokaliserad_med"] = None
    return arenor, insatser, tuple(findings)


def without_secrets(
    findings: Iterable[Finding], arenor: pd.DataFrame, insatser: pd.DataFrame
) -> Iterator[Finding]:
    """Cover what findings about protected places repeat of free text, addresses and coordinates.

    A finding that stops the dataset is left as it is: it goes to the person who mends the file.

    Parameters
    ----------
    findings
        Of any tables, not yet merged.
    arenor, insatser
        Typed, indexed by the row in a spreadsheet.
    """
    protected = arenor[arenor["adress_visning"].isin(PROTECTED)]
    rows = {
        ARENOR.name: set(protected.index),
        INSATSER.name: set(insatser.index[insatser["arena_id"].isin(protected["arena_id"])]),
    }
    for finding in findings:
        may_tell = finding.severity is Severity.STOP or finding.row not in rows.get(finding.table, ())
        if may_tell or finding.column is None or _is_harmless(finding.column, TABLES[finding.table]):
            yield finding
        else:
            value = None if finding.value is None else personal_data.MASK
            meaning = {"meaning": personal_data.MASK} if "meaning" in finding.details else {}
            yield replace(finding, value=value, details={**finding.details, **meaning})


def _is_harmless(column: str, table: Table) -> bool:
    is_free = column not in table or table[column].kind in {*FREE_TEXT, Kind.POSTCODE, Kind.DECIMAL}
    return not is_free and column not in SECRET_TEXTS


def _exact_addresses(protected: pd.DataFrame) -> Iterator[Finding]:
    for column, word in _GIVEN.items():
        given = protected[protected[column].notna()]
        for row, display in given["adress_visning"].items():
            details = {"display": vocabulary.ADDRESS_DISPLAY[display].lower(), "given": word}
            yield Finding("protected-address", ARENOR.name, _row(row), column, None, details)


def secrets_of(address: str | float | None, postcode: str | float | None) -> list[str]:
    """Give the texts that tell where an arena is, casefolded: street with and without number, postcode.

    Parameters
    ----------
    address, postcode
        As typed; missing if not known.
    """
    secrets = []
    if isinstance(address, str):
        street = re.split(r"[\d,]", address)[0].strip()
        secrets += [address, *([street] if len(street) >= SHORTEST_STREET else [])]
    if isinstance(postcode, str):
        secrets += [postcode, f"{postcode[:3]} {postcode[3:]}"]
    return [secret.casefold() for secret in secrets]


def _blank_mentions(
    frame: pd.DataFrame, table: Table, of_arena: "pd.Series[bool]", secrets: list[str]
) -> Iterator[Finding]:
    """Empty, in place, the texts of an arena's rows that hold a secret, and tell where."""
    for column in table.columns:
        if column.name in {*SECRET_TEXTS, "ort", "namn"} or column.kind not in FREE_TEXT:
            continue
        is_list = column.kind in schema.LISTS
        cells = []
        for row, cell, is_own in zip(frame.index, frame[column.name], of_arena, strict=True):
            texts = (cell if is_list else () if pd.isna(cell) else (cell,)) if is_own else ()
            if any(secret in text.casefold() for text in texts for secret in secrets):
                cells.append(() if is_list else None)
                yield Finding("protected-address-in-text", table.name, _row(row), column.name)
            else:
                cells.append(cell)
        frame[column.name] = pd.Series(cells, index=frame.index, dtype=frame[column.name].dtype)


def _row(label: object) -> int:
    return int(str(label))
