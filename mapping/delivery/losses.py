"""Count what a new version takes away, row by row: new rows never hide that others go."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mapping.contract import vocabulary
from mapping.contract.findings import Finding
from mapping.contract.schema import ARENOR, TABLES
from mapping.swedish import either, swedish_order
from mapping.tables import identity
from mapping.tables.raw_table import RawTable

_PLACES_NAMED = 3


@dataclass(frozen=True)
class Loss:
    """Published rows of a table that a version lacks."""

    table: str
    lost: int
    published: int
    """Rows in the municipalities that lose any."""
    areas: frozenset[str]
    """Those municipalities; none if some row does not say."""

    @property
    def sentence(self) -> str:
        """Say in Swedish what is lost.

        Examples
        --------
        >>> Loss("arenor", 6, 7, frozenset({"1881"})).sentence
        '6 av 7 publicerade arenor i Kumla tas bort.'
        """
        return f"{self.lost} av {self.published} publicerade {self._noun.many}{self._where} tas bort."

    @property
    def words(self) -> str:
        """Name how many rows, as somebody who confirms the loss writes it."""
        return self._noun.counted(self.lost)

    @property
    def finding(self) -> Finding:
        """Tell of it in the check."""
        details = {"noun": self._noun.many, "where": self._where}
        return Finding("row-drop", self.table, value=f"{self.lost} av {self.published}", details=details)

    @property
    def _noun(self) -> vocabulary.Noun:
        return vocabulary.TABLE_NOUN[self.table]

    @property
    def _where(self) -> str:
        names = sorted((vocabulary.AREAS[code] for code in self.areas), key=swedish_order)
        if len(names) > _PLACES_NAMED:
            return f" i {len(self.areas - {vocabulary.COUNTY_CODE})} kommuner"
        return f" i {either(names, last='och')}" if names else ""


def losses(published: Mapping[str, RawTable], tables: Mapping[str, RawTable]) -> tuple[Loss, ...]:
    """Tell which tables would lose rows, by what the rows are about, see `identity.IDENTITY`."""
    arenor = published.get(ARENOR.name)
    homes = identity.places_of_arenas(arenor.canonical) if arenor is not None else {}
    found = []
    for name, old in published.items():
        table, new = TABLES[name], tables.get(name)
        if new is old:
            continue
        keys = identity.row_keys(old.canonical, table)
        gone = Counter(keys) - Counter(identity.row_keys(new.canonical, table) if new is not None else ())
        if gone:
            lie = identity.areas(old.canonical, table, homes)
            where = [at for key, at in zip(keys, lie, strict=True) if key in gone]
            areas = frozenset[str]().union(*where) if all(where) else frozenset[str]()
            within = sum(not areas or bool(at & areas) for at in lie)
            found.append(Loss(name, gone.total(), within, areas))
    return tuple(found)


def words_to_confirm(lost: Iterable[Loss]) -> str:
    """Give the words that somebody must write to publish in spite of the losses; empty if there are none.

    Examples
    --------
    >>> words_to_confirm([Loss("arenor", 38, 108, frozenset()), Loss("insatser", 1, 124, frozenset())])
    '38 arenor och 1 insats tas bort'
    """
    words = either((loss.words for loss in lost), last="och")
    return f"{words} tas bort" if words else words


def is_confirmed(text: str, lost: Iterable[Loss]) -> bool:
    """Tell whether somebody has written the words to confirm; spaces, case and full stop do not count."""

    def plain(text: str) -> str:
        return " ".join(text.casefold().replace("\N{NO-BREAK SPACE}", " ").strip(' .”"').split())

    return plain(text) == plain(words_to_confirm(lost))
