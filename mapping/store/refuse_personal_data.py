"""Let no personal data into the store, and no text that a database cannot keep.

The last gate, whoever checked before.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mapping.contract import personal_data
from mapping.errors import PersonalDataError
from mapping.store.files import FILE_NAME, Contents, rows


def check_text(place: str, *values: Any) -> None:
    """Refuse personal data in any text.

    Parameters
    ----------
    place
        Where the texts stand, as a Swedish noun in definite form.
    values
        Texts, or lists and mappings of them.

    Raises
    ------
    PersonalDataError
        If there is any.
    """
    if any(True for text in _texts(values) for _ in personal_data.matches(text)):
        raise PersonalDataError(place=place)


def _texts(value: Any) -> Iterator[str]:
    """Give every text in a value as JSON knows it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def check_contents(contents: Contents) -> None:
    """Refuse personal data in any cell of any file.

    Parameters
    ----------
    contents
        File name → bytes; CSV files in their canonical form.

    Raises
    ------
    PersonalDataError
        If there is any.
    ValueError
        If a file's name is not that of a file of a dataset.
    """
    for name, data in contents.items():
        if not FILE_NAME.fullmatch(name):
            raise ValueError(name)
        text = data.decode("utf-8", errors="replace")
        if name.endswith(".csv"):
            # joined so that no detail can be seen to begin in one cell and end in the next
            text = "\x1f".join(cell for row in rows(text) for cell in row)
        check_text(f"filen {name}", [text])


def masked(text: str) -> str:
    """Give a text as it may be logged: plain, and with personal data covered."""
    return personal_data.masked(plain(text))


def plain(text: str) -> str:
    """Take away what a database cannot keep in a text: halves of characters, and NUL."""
    return text.encode("utf-8", errors="ignore").decode("utf-8").replace("\0", "").strip()
