"""Hold a column of text as its different texts, so that each is read once however many rows have it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

BETWEEN = "\0"
"""Stands between texts that are joined; no text of a file holds it."""

SAMPLE = 1_000
"""Rows at the beginning of a column that tell whether most of its texts are different."""


@dataclass(frozen=True, eq=False)
class Texts:
    """The cells of one column.

    Parameters
    ----------
    different
        Every text that occurs: once, unless most texts of the column are different.
    places
        For each row, where among `different` its text is.

    Examples
    --------
    >>> texts = Texts.of(pd.Series(["Nora", "", "Nora"], dtype="str"))
    >>> texts.different, texts.places.tolist(), texts.is_filled.tolist()
    (['Nora', ''], [0, 1, 0], [True, False, True])
    """

    different: list[str]
    places: npt.NDArray[np.int64]
    readings: dict[Any, Any] = field(default_factory=dict, repr=False)
    """How the texts were read, by column of the contract; kept by whoever reads them."""

    @classmethod
    def of(cls, cells: "pd.Series[str]") -> "Texts":
        """Take the cells of a column, none of which is missing."""
        sample = cells.iloc[:SAMPLE].tolist()
        if len(set(sample)) == 1 and (cells == sample[0]).all():
            return cls(sample[:1], np.zeros(len(cells), dtype=int))
        if len(set(sample)) == len(sample):
            # most are different, as names are: to find the few that are not would take longer
            return cls(cells.tolist(), np.arange(len(cells)))
        places, different = pd.factorize(cells)
        return cls(different.tolist(), places)

    @cached_property
    def joined(self) -> str:
        """The different texts in one string, with `BETWEEN` between them."""
        return BETWEEN.join(self.different)

    @cached_property
    def is_filled(self) -> npt.NDArray[np.bool_]:
        """Whether each row has any text."""
        if "" not in self.different:
            return np.ones(len(self.places), dtype=bool)
        return self.spread(np.array([text != "" for text in self.different], dtype=bool))

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give each row its value, of one value for each different text."""
        spread: npt.NDArray[Any] = values[self.places]
        return spread

    @property
    def is_row_by_row(self) -> bool:
        """Whether `different` is each row's text, in the order of the rows."""
        return len(self.different) == len(self.places) and bool((np.diff(self.places) == 1).all())

    def listed(self) -> list[str]:
        """Give each row's text."""
        texts: list[str] = self.spread(as_objects(self.different)).tolist()
        return texts

    def at(self, place: int) -> str:
        """Give the text of one row, counted from 0."""
        return self.different[int(self.places[place])]


def as_objects(values: list[Any]) -> npt.NDArray[np.object_]:
    """Give values as an array of objects, tuples kept whole."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
