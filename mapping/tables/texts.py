"""Hold a column of text as its different texts, so that each is read once however many rows have it."""

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# Arrow's own allocator asks for memory in huge pages. Where the machine has to find them first, that took as
# long as all the rest of a check; the system's allocator takes what is at hand.
pa.set_memory_pool(pa.system_memory_pool())

BETWEEN = "\0"
"""Stands between texts that are joined; no text of a file holds it."""

SAMPLE = 1_000
"""Rows at the beginning of a column that tell whether most of its texts are different."""


class Texts:
    """The cells of one column.

    Parameters
    ----------
    different
        Every text that occurs: once, unless most texts of the column are different.
    places
        For each row, where among `different` its text is.
    is_row_by_row
        Whether `different` is each row's text, in the order of the rows.

    Examples
    --------
    >>> texts = Texts.of(pd.Series(["Nora", "", "Nora"], dtype="str"))
    >>> texts.different, texts.places.tolist(), texts.is_filled.tolist()
    (['Nora', ''], [0, 1, 0], [True, False, True])
    """

    def __init__(
        self, different: list[str] | pa.Array, places: npt.NDArray[np.int64], *, is_row_by_row: bool = False
    ) -> None:
        """Keep the texts; an array becomes a list only if it is asked for."""
        self._texts = different
        self.places = places
        self.is_row_by_row = is_row_by_row
        self.readings: dict[Any, Any] = {}
        """How the texts were read, by column of the contract; kept by whoever reads them."""

    @classmethod
    def of(cls, cells: "pd.Series[str]") -> "Texts":
        """Take the cells of a column, none of which is missing."""
        held = arrow(cells)
        sample = held[:SAMPLE].to_pylist()
        different = len(set(sample))
        if different == 1 and pc.all(pc.equal(held, sample[0])).as_py():
            return cls.alike(sample[0], len(held))
        if different == len(sample):
            # most are different, as names are: to find the few that are not would take longer
            return cls(held, np.arange(len(held)), is_row_by_row=True)
        encoded = held.dictionary_encode()
        return cls(encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64))

    @classmethod
    def alike(cls, text: str, rows: int) -> "Texts":
        """Make a column whose every cell says the same."""
        return cls([text], np.broadcast_to(np.zeros((), dtype=int), rows))

    @cached_property
    def different(self) -> list[str]:
        """The different texts, see the class."""
        if isinstance(self._texts, list):
            return self._texts
        parted = self.joined.split(BETWEEN)  # half the time of to_pylist
        return parted if len(parted) == self.count else self._texts.to_pylist()

    @property
    def count(self) -> int:
        """How many different texts there are."""
        return len(self._texts)

    @property
    def array(self) -> pa.Array:
        """The different texts as Arrow holds them."""
        return pa.array(self._texts, pa.large_string()) if isinstance(self._texts, list) else self._texts

    @cached_property
    def joined(self) -> str:
        """The different texts in one string, with `BETWEEN` between them."""
        if isinstance(self._texts, list):
            return BETWEEN.join(self._texts)
        return joined(self._texts)

    @cached_property
    def is_filled(self) -> npt.NDArray[np.bool_]:
        """Whether each row has any text."""
        is_filled: npt.NDArray[np.bool_] = pc.not_equal(self.array, "").to_numpy(zero_copy_only=False)
        return is_filled if self.is_row_by_row else self.spread(is_filled)

    def spread(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give each row its value, of one value for each different text."""
        spread: npt.NDArray[Any] = values[self.places]
        return spread

    def listed(self) -> list[str]:
        """Give each row's text."""
        texts: list[str] = self.spread(as_objects(self.different)).tolist()
        return texts

    def text(self, number: int) -> str:
        """Give one of the different texts, counted from 0."""
        return self._texts[number] if isinstance(self._texts, list) else self._texts[number].as_py()

    def at(self, place: int) -> str:
        """Give the text of one row, counted from 0."""
        return self.text(int(self.places[place]))


def arrow(cells: "pd.Series[str]") -> pa.Array:
    """Give a column of text as one Arrow array."""
    held = pa.array(cells, pa.large_string())
    return held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held


def known(cells: "pd.Series[str]", is_known: npt.NDArray[np.bool_]) -> "pd.Series[str]":
    """Give a column with the cells that are not known missing; eight times as fast as its `where`."""
    texts = pc.if_else(pa.array(is_known), arrow(cells), None)
    return pd.Series(texts, index=cells.index, dtype="str")


def joined(texts: pa.Array) -> str:
    """Give texts in one string, with `BETWEEN` between them."""
    all_of_them = pa.LargeListArray.from_arrays(pa.array([0, len(texts)], pa.int64()), texts)
    text: str = pc.binary_join(all_of_them, pa.scalar(BETWEEN, pa.large_string()))[0].as_py()
    return text


def parted(text: str) -> pa.Array:
    """Give the texts that were joined; no text at all if there was none."""
    texts = pc.split_pattern(pa.array([text], pa.large_string()), BETWEEN).flatten()
    return texts if text else texts[:0]


def as_objects(values: list[Any]) -> npt.NDArray[np.object_]:
    """Give values as an array of objects, tuples kept whole."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
