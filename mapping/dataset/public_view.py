"""Keep hidden addresses, and what would give them away, out of every page, export and report.

`adress_visning` says how much of a place may be shown: the whole address (`full`), the locality (`ort`) or
nothing (`dold`). The public view is made once, here, and everything downstream uses only that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import pandas as pd

from mapping.contract import personal_data, schema, vocabulary
from mapping.contract.findings import Finding, Severity
from mapping.contract.schema import ARENOR, INSATSER, TABLES, Kind, Table
from mapping.tables.raw_table import RawTable

PROTECTED = ("ort", "dold")
"""The values of `adress_visning` that keep something secret."""
SECRET_TEXTS = ("adress", "postnummer", "samlokaliserad_med")
COORDINATES = ("lat", "lon", "sweref_n", "sweref_e")
FREE_TEXT = frozenset({Kind.TEXT, Kind.TEXTS, Kind.URL})
_GIVEN = {"adress": "adress", "postnummer": "postnummer", "lat": "koordinater"}
SHORTEST_STREET = 4
"""Letters of a street's name that are looked for in other texts; shorter ones would hit ordinary words."""
_NO_ARENA: Final = ""
_NOTHING: Final[Mapping[str, Iterable[str]]] = MappingProxyType({})


@dataclass(frozen=True)
class Hidden:
    """An arena that a version protects, and what tells where it is: other versions hide it, too."""

    arena_id: str
    name: tuple[str, str]
    """Its name, casefolded, and its kommunkod: an arena that was given another id is known by them."""
    namesakes: frozenset[str]
    """The ids of the version's arenas of that name, of which it is one: an earlier one is itself."""
    display: str
    """One of `PROTECTED`."""
    secrets: tuple[str, ...]


EVERYTHING: Final = frozenset({Hidden(_NO_ARENA, ("", ""), frozenset(), "ort", ())})
"""What stands for a version that cannot be read: nobody knows what it protects."""


def hidden_in(raw: RawTable) -> frozenset[Hidden]:
    """Give what a version's `arenor` protects."""
    told = ("adress_visning", "arena_id", "namn", "kommun", "kommunkod", "adress", "postnummer")
    if not any(display in PROTECTED for display in raw.values("adress_visning")):
        return frozenset()
    narrow = replace(raw, frame=raw.frame[[name for name in told if name in raw.frame]])
    cells = narrow.canonical.reindex(columns=list(told), fill_value="").to_dict("records")
    names: dict[tuple[str, str], set[str]] = {}
    for row in cells:
        names.setdefault((row["namn"].casefold(), row["kommunkod"]), set()).add(row["arena_id"])
    return frozenset(
        Hidden(
            arena_id=row["arena_id"],
            name=(name := (row["namn"].casefold(), row["kommunkod"])),
            namesakes=frozenset(names[name]),
            display=row["adress_visning"],
            secrets=tuple(secrets_of(row["adress"] or None, row["postnummer"] or None)),
        )
        for row in cells
        if row["adress_visning"] in PROTECTED
    )


def stricter(
    arenor: pd.DataFrame, hidden: Iterable[Hidden]
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """Protect what other versions protect, each arena as the strictest of them does.

    Parameters
    ----------
    arenor
        Typed, as of `public_view`.

    Returns
    -------
    arenor
        A copy with another `adress_visning`, if anything is hidden.
    secrets
        `arena_id` → what tells where it is in those other versions.
    """
    by_id: dict[str, list[Hidden]] = {}
    by_name: dict[tuple[str, str], list[Hidden]] = {}
    for one in hidden:
        by_id.setdefault(one.arena_id, []).append(one)
        by_name.setdefault(one.name, []).append(one)
    if not by_id:
        return arenor, {}
    displays, secrets = arenor["adress_visning"].tolist(), dict[str, tuple[str, ...]]()
    rows = zip(
        arenor["arena_id"].tolist(), arenor["namn"].tolist(), arenor["kommunkod"].tolist(), strict=True
    )
    for place, (arena, name, code) in enumerate(rows):
        namesakes = by_name.get((str(name).casefold(), code), ())
        found = [
            *by_id.get(arena, ()),
            *by_id.get(_NO_ARENA, ()),
            *(one for one in namesakes if arena not in one.namesakes),
        ]
        if found:
            displays[place] = max([displays[place], *(one.display for one in found)], key=_strictness)
            secrets[arena] = tuple(secret for one in found for secret in one.secrets)
    column = pd.Series(displays, index=arenor.index, dtype=arenor["adress_visning"].dtype)
    return arenor.assign(adress_visning=column), secrets


def _strictness(display: str) -> int:
    return PROTECTED.index(display) if display in PROTECTED else -1


def public_view(
    arenor: pd.DataFrame, insatser: pd.DataFrame, elsewhere: Mapping[str, Iterable[str]] = _NOTHING
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
    elsewhere
        `arena_id` → what tells where it is in other versions, see `stricter`.

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
        secrets = [*secrets_of(address, postcode), *elsewhere.get(arena, ())]
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
