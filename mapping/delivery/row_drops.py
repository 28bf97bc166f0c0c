"""Notice that a new version has far fewer rows than the published one, and ask for it to be said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import either

LARGEST_SHARE: Final = 0.2
"""A table may lose this share of its rows without anybody having to say so."""


@dataclass(frozen=True)
class RowDrop:
    """A table that loses more than `LARGEST_SHARE` of its rows.

    Parameters
    ----------
    table
        Which table.
    before, after
        How many rows are published, and how many there would be.
    """

    table: str
    before: int
    after: int

    @property
    def lost(self) -> int:
        """How many rows fewer."""
        return self.before - self.after

    @property
    def share(self) -> float:
        """The share of the published rows that is lost, 0–1."""
        return self.lost / self.before

    @property
    def sentence(self) -> str:
        """Say in Swedish what is lost.

        Examples
        --------
        >>> RowDrop("arenor", 108, 70).sentence
        'Tabellen arenor minskar från 108 till 70 rader (35 procent färre).'
        """
        percent = int(self.share * 100)
        rows = f"från {self.before} till {self.after} rader"
        return f"Tabellen {self.table} minskar {rows} ({percent} procent färre)."

    def as_json(self) -> dict[str, str | int]:
        """Give the drop as open data."""
        return {"table": self.table, "before": self.before, "after": self.after, "message": self.sentence}


def row_drops(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[RowDrop, ...]:
    """Find the tables that lose more than a fifth of their rows.

    Parameters
    ----------
    before, after
        Table → number of rows, published and to publish. A table that is not named has no rows.
    """
    found = (RowDrop(name, rows, after.get(name, 0)) for name, rows in before.items())
    return tuple(drop for drop in found if drop.before and drop.share > LARGEST_SHARE)


def confirmation(drops: Iterable[RowDrop]) -> str:
    """Give the words that somebody must write to publish in spite of the drops; empty if there is none.

    Examples
    --------
    >>> confirmation([RowDrop("arenor", 108, 70), RowDrop("insatser", 124, 60)])
    '38 arenor färre och 64 insatser färre'
    """
    words = (f"{vocabulary.TABLE_NOUN[drop.table].counted(drop.lost)} färre" for drop in drops)
    return either(words, last="och")


def is_confirmed(text: str, drops: Iterable[RowDrop]) -> bool:
    """Tell whether somebody has written the words of `confirmation`; spaces, case and full stop do not count.

    Examples
    --------
    >>> is_confirmed(" 38 Arenor  färre. ", [RowDrop("arenor", 108, 70)])
    True
    """
    return _plain(text) == _plain(confirmation(drops))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\N{NO-BREAK SPACE}", " ").strip(' .”"').split())
