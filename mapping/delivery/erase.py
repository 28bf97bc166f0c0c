"""Erase a text, a row or a cell from every published version: what must not be kept, not even by editors."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import PurePath

import pandas as pd

from mapping.contract import schema
from mapping.contract.schema import ARENOR, EMPTY, INSATSER, TABLES, Kind
from mapping.dataset.dataset import from_contents
from mapping.dataset.public_view import COORDINATES, FREE_TEXT
from mapping.errors import DatasetRefusedError, EraseError
from mapping.store.erasing import ERASED, SHORTEST, Plan, Rewritten, pattern
from mapping.store.permission import Actor
from mapping.store.store import Store
from mapping.swedish import either
from mapping.tables import canonical_csv, identity
from mapping.tables.csv_file import FILES_IN_A_TABLE
from mapping.tables.raw_table import RawTable, raw_table

_TELLING = FREE_TEXT | {Kind.POSTCODE, Kind.DECIMAL}
"""Kinds of columns whose texts may be told elsewhere; the others hold words that every row has."""
_SHORTEST_TOLD = 4
AFTERWARDS = """\
Säkerhetskopior som gjordes tidigare har det kvar. Gör en ny med stodkartan backup och förstör de äldre, också
de som servern själv har. Läggs en äldre kopia tillbaka måste det tas bort igen.
Starta om servern, så finns det inte heller kvar i dess minne. Det som någon redan har hämtat når ingen.
PostgreSQL har det dessutom kvar i sin logg (pg_wal), i arkiv av den och hos kopior som följer den, tills de
skrivs över. En disk kan ha kvar gamla block tills de används igen."""
"""What whoever erases must do themselves."""


@dataclass(frozen=True)
class Target:
    """What to erase: a text wherever it stands, or a row of a table, or one of the row's cells."""

    text: str = EMPTY
    table: str = EMPTY
    key: str = EMPTY
    """Which row, as comparisons of versions name it, see `mapping.tables.identity.IDENTITY`."""
    column: str = EMPTY

    @property
    def described(self) -> dict[str, str]:
        """Say what kind of thing it is, without what is erased: a row's key is part of it."""
        if self.text:
            return {"what": "text"}
        cell = {"what": "cell", "table": self.table, "key": self.key, "column": self.column}
        return cell if self.column else {"what": "row", "table": self.table}

    def check(self) -> None:
        """Raise `EraseError` if it is nothing that can be erased."""
        if self.text and len(self.text.strip()) < SHORTEST:
            raise EraseError(reason=f"Skriv en text med minst {SHORTEST} tecken.")
        if not self.text and (self.table not in TABLES or not self.key):
            raise EraseError(reason="Ange en text, eller en tabell och vilken rad det gäller.")
        kept = {"adress_visning", *identity.IDENTITY.get(self.table, ())}
        table = TABLES.get(self.table)
        is_needed = table is not None and self.column in table and table[self.column].required
        if self.column and (self.column in kept or is_needed):
            raise EraseError(
                reason=f"En rad kan inte vara utan {self.column}. Ta bort hela raden, eller texten i den."
            )

    def erased(self, name: str, data: bytes) -> Rewritten | None:
        """Take it out of a file, see `mapping.store.erasing.Eraser`."""
        path = PurePath(name)
        table = schema.table_of(path.stem)
        if path.suffix != ".csv" or table is None:
            text = data.decode("utf-8", errors="replace")
            anew, places = pattern(self.text).subn(ERASED, text) if self.text else (text, 0)
            return Rewritten(anew.encode(), places, frozenset()) if places else None
        raw = raw_table(data, table, files=FILES_IN_A_TABLE)
        frame, places, told = self._covered(raw) if self.text else self._without(raw)
        if not places:
            return None
        return Rewritten(canonical_csv.written(RawTable(raw.table, frame)), places, frozenset(told))

    def _covered(self, raw: RawTable) -> tuple[pd.DataFrame, int, set[str]]:
        """Cover the text in every cell; a cell that may hold no such text becomes empty."""
        frame, places, sought = raw.frame.copy(), 0, pattern(self.text)
        for name, texts in raw.texts.items():
            hits = [bool(sought.search(text)) for text in texts]
            if any(hits) and name in {raw.table.key, "arena_id"}:
                raise EraseError(reason=f"Texten är en del av ett id ({name}). Ta bort hela raden i stället.")
            is_free = name not in raw.table or raw.table[name].kind in {Kind.TEXT, Kind.TEXTS}
            is_needed = name in raw.table and raw.table[name].required

            def anew(text: str, *, is_free: bool = is_free, is_needed: bool = is_needed) -> str:
                is_whole = bool(sought.fullmatch(text.strip())) and not is_needed
                return sought.sub(ERASED, text) if is_free and not is_whole else EMPTY

            frame[name] = [anew(text) if hit else text for text, hit in zip(texts, hits, strict=True)]
            places += sum(hits)
        return frame, places, set()

    def _without(self, raw: RawTable) -> tuple[pd.DataFrame, int, set[str]]:
        """Empty a cell, or leave out a row and what belongs to it; gather what stood there."""
        frame, canonical, table = raw.frame.copy(), raw.canonical, raw.table
        keys = identity.row_keys(canonical, table) if table.name == self.table else [EMPTY] * len(frame)
        is_arena = self.table == ARENOR.name and not self.column
        if is_arena and table is INSATSER and "arena_id" in canonical:
            keys = canonical["arena_id"].tolist()
        own = pd.Series([key == self.key for key in keys], index=frame.index, dtype=bool)
        together = COORDINATES if self.column in COORDINATES else (self.column,)
        emptied = [str(name) for name in frame if not self.column or name in together]
        told = {
            text
            for name in emptied
            if name not in table or table[name].kind in _TELLING
            for source in (frame, canonical)
            if name in source
            for text in source.loc[own, name]
            if len(text.strip()) >= _SHORTEST_TOLD
        }
        if self.column:
            places = int((frame.loc[own, emptied] != EMPTY).to_numpy().sum())
            frame.loc[own, emptied] = EMPTY
            return frame, places, told
        places = int(own.sum())
        if is_arena and table is ARENOR and "samlokaliserad_med" in frame:
            sharing = (canonical["samlokaliserad_med"] == self.key) & ~own
            frame.loc[sharing, "samlokaliserad_med"] = EMPTY
            places += int(sharing.sum())
        return frame[~own], places, told


def plan(store: Store, target: Target, *, actor: Actor) -> Plan:
    """Tell what would be erased, and that every version can be read afterwards; nothing is changed.

    Raises
    ------
    EraseError
        If the target is nothing that can be erased, or a version could not be read without it.
    NotPermittedError
        If the actor may not.
    """
    target.check()
    found = store.planned(target.erased, actor=actor)
    for number in sorted(set(found.versions) - set(found.damaged_versions)):
        as_now = replace(found, rewritten={})
        if not _is_readable(store, found, number) and _is_readable(store, as_now, number):
            raise EraseError(reason=f"Version {number} går inte att läsa utan det.")
    return found


def erase(store: Store, target: Target, found: Plan, *, actor: Actor, reason: str) -> int:
    """Carry out what `plan` told, see `mapping.store.store.Store.erase`."""
    texts = [target.text] if target.text else []
    return store.erase(found, texts, actor=actor, reason=reason, what=target.described)


def told(found: Plan) -> list[str]:
    """Say in Swedish what a plan does and where, without what is erased."""
    lines = [
        f"Version {number}: {places} {'ställe' if places == 1 else 'ställen'}."
        for number, places in found.versions.items()
    ]
    if found.left:
        where = either((f"{name} ({count})" for name, count in sorted(found.left.items())), last="och")
        lines.append(f"Texter därifrån står också på andra ställen, och är kvar där: {where}.")
    if found.damaged_versions:
        numbers = either(map(str, found.damaged_versions), last="och")
        lines.append(f"Version {numbers} är skadad. Filer som ingen kan läsa töms: de kan innehålla det.")
    return lines or ["Det finns inte i någon version."]


def _is_readable(store: Store, found: Plan, number: int) -> bool:
    try:
        from_contents(store.files_of(found, number), today=dt.date.max)
    except DatasetRefusedError:
        return False
    return True
