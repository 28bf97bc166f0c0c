"""Compare words however they are spelled: capitals, å, ä, ö, hyphens, slips of the pen."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def folded(text: str) -> str:
    """Give a word as a code would spell it: lower case, no å, ä, ö, underscores for spaces and hyphens.

    Examples
    --------
    >>> folded("Hälso- och sjukvård")
    'halso_och_sjukvard'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", plain).strip("_")


def slug(*words: str) -> str:
    """Make an identity of words.

    Examples
    --------
    >>> slug("Örebro", "Familjecentralen Vivalla")
    'orebro-familjecentralen-vivalla'
    """
    joined = folded("-".join(word for word in words if word))
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-")


def suggestion(text: str, words: Iterable[str]) -> str:
    """Give a sentence with the word that the text most resembles, with a space before it; or nothing.

    Examples
    --------
    >>> suggestion("familjecentrl", ["familjecentral", "bvc"])
    ' Menade du ”familjecentral”?'
    """
    close = resembling(text, words)
    return f" Menade du ”{close[0]}”?" if close else ""


def resembling(text: str, words: Iterable[str], *, most: int = 1, likeness: float = 0.75) -> list[str]:
    """Give the words that a text resembles, the closest first.

    Parameters
    ----------
    text
        Any text.
    words
        What it may resemble.
    most
        How many are given.
    likeness
        How alike they must be, from 0 to 1; see `difflib.get_close_matches`.

    Examples
    --------
    >>> resembling("oppen forskola", ["bvc", "öppen_förskola"])
    ['öppen_förskola']
    """
    by_fold = {folded(word): word for word in words}
    return [by_fold[fold] for fold in get_close_matches(folded(text), by_fold, n=most, cutoff=likeness)]
