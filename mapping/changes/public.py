"""Keep what protected places must not tell out of a comparison of versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mapping.changes.rows import Cell, Changes, RowChange
from mapping.contract.schema import ARENOR, EMPTY, INSATSER, TABLES
from mapping.dataset.dataset import Dataset
from mapping.dataset.public_view import COORDINATES, FREE_TEXT, PROTECTED, SECRET_TEXTS, secrets_of

HIDDEN: Final = "visas inte"
"""What stands in the place of a text that only editors may see."""

_ALWAYS: Final = frozenset({*SECRET_TEXTS, *COORDINATES})
_CO_LOCATION: Final = "samlokaliserad_med"


def public(changes: Changes, before: Dataset, after: Dataset) -> Changes:
    """Give the view of the changes that may be shown to anyone.

    A place that is protected in either version is protected in both: its address, postcode, coordinates and
    whose premises it shares, its locality if it is wholly hidden, and every text about it or what it offers
    that mentions one of its addresses. So is the word of another arena that it shares its premises.

    Parameters
    ----------
    changes
        As `mapping.changes.rows.changes` gives them.
    before, after
        The versions that were compared.

    Returns
    -------
    Changes
        The same rows and cells; `HIDDEN` stands where a text is secret.
    """
    protected = _protected(before) | _protected(after)
    if not protected:
        return changes
    secrets: dict[str, list[str]] = {arena: [] for arena in protected}
    for dataset in (before, after):
        for arena, address, postcode in _addresses(dataset):
            if arena in secrets:
                secrets[arena] += secrets_of(address, postcode)
    tables = {
        name: replace(table, rows=tuple(_public(row, protected, secrets) for row in table.rows))
        if name in {ARENOR.name, INSATSER.name}
        else table
        for name, table in changes.tables.items()
    }
    return replace(changes, tables=tables)


def _protected(dataset: Dataset) -> dict[str, bool]:
    """Give the protected arenas, and whether each is wholly hidden."""
    display = dataset.arenor["adress_visning"]
    shown = display[display.isin(PROTECTED)]
    return {str(arena): value == "dold" for arena, value in shown.items()}


def _addresses(dataset: Dataset) -> Iterator[tuple[str, str | None, str | None]]:
    """Give each arena's address and postcode as they are written; None: not known."""
    arenor = dataset.tables[ARENOR.name].canonical
    nothing = [EMPTY] * len(arenor)
    columns = (arenor.get(name, nothing) for name in ("arena_id", "adress", "postnummer"))
    for arena, address, postcode in zip(*columns, strict=True):
        yield arena, address or None, postcode or None


def _public(row: RowChange, protected: Mapping[str, bool], secrets: Mapping[str, Sequence[str]]) -> RowChange:
    named = {text for cell in row.cells if cell.column == "arena_id" for text in cell[1:]}
    arenas = ({row.arena_id} | named) & protected.keys()
    told = tuple(secret for arena in arenas for secret in secrets[str(arena)])
    is_hidden = any(protected[str(arena)] for arena in arenas)

    def shown(column: str, text: str) -> str:
        if not text:
            return EMPTY
        if column == _CO_LOCATION and text in protected:
            return HIDDEN
        if not arenas:
            return text
        is_secret = (
            (row.table == ARENOR.name and (column in _ALWAYS or (column == "ort" and is_hidden)))
            or column not in TABLES[row.table]
            or (column != "namn" and _mentions(row.table, column, text, told))
        )
        return HIDDEN if is_secret else text

    cells = (Cell(name, shown(name, old), shown(name, new)) for name, old, new in row.cells)
    return replace(row, cells=tuple(cells))


def _mentions(table: str, column: str, text: str, secrets: tuple[str, ...]) -> bool:
    is_free = TABLES[table][column].kind in FREE_TEXT
    return is_free and any(secret in text.casefold() for secret in secrets)
