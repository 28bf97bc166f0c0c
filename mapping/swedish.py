"""Write numbers, spans, dates and lists as Swedish does, and compare words however they are spelled."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def span(first: int, last: int) -> str:
    """Write a span of ages with an en dash, or one age.

    Examples
    --------
    >>> span(0, 6), span(4, 4)
    ('0–6', '4')
    """
    return str(first) if first == last else f"{first}–{last}"


def either(words: Iterable[str], *, last: str = "eller") -> str:
    """Join words with commas, and `last` before the last one.

    Examples
    --------
    >>> either(["Nora", "Laxå", "Kumla"]), either([])
    ('Nora, Laxå eller Kumla', '')
    """
    *first, final = [*words] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def capital(text: str) -> str:
    """Begin a sentence with a capital letter, and leave the rest as it is.

    Examples
    --------
    >>> capital("är BVC känd?")
    'Är BVC känd?'
    """
    return text[:1].upper() + text[1:]


def swedish_order(word: str) -> str:
    """Give a key that sorts words as Swedish does: å, ä, ö after z.

    Examples
    --------
    >>> sorted(["Örebro", "Askersund", "Åmål", "Ängelholm"], key=swedish_order)
    ['Askersund', 'Åmål', 'Ängelholm', 'Örebro']
    """
    # { and | are the two signs after z in Unicode; ö stays, since it comes after them
    return word.casefold().translate(str.maketrans("åäö", "{|}"))


def swedish_number(value: float, decimals: int = 0) -> str:
    """Write a number with decimal comma, and a no-break space between thousands.

    Examples
    --------
    >>> swedish_number(1234.5, 1) == "1\N{NO-BREAK SPACE}234,5"
    True
    """
    return f"{value:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
)


def date_words(date: str) -> str:
    """Write a date of the contract in words, as coarse as it is.

    Examples
    --------
    >>> date_words("2018"), date_words("2021-04"), date_words("2021-02-03")
    ('2018', 'april 2021', '3 februari 2021')
    """
    year, *finer = date.split("-")
    words = [year, *(_MONTHS[int(month) - 1] for month in finer[:1]), *(str(int(day)) for day in finer[1:])]
    return " ".join(reversed(words))


def at_date(date: str) -> str:
    """Write when something was, as a part of a sentence.

    Examples
    --------
    >>> at_date("2018"), at_date("2021-04"), at_date("2021-02-03")
    ('år 2018', 'i april 2021', 'den 3 februari 2021')
    """
    return f"{('år', 'i', 'den')[date.count('-')]} {date_words(date)}"


def folded(text: str) -> str:
    """Give a word as a code would spell it: lower case, no å, ä, ö, underscores for spaces and hyphens.

    Examples
    --------
    >>> folded("Hälso- och sjukvård")
    'halso_och_sjukvard'
    """
    # NFKD parts å into a and a ring, and the rings are left out
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[\s_-]+", "_", plain).strip("_")


class Names:
    """Names of things, to find which one a text is: as it is spelled, else without å, ä and ö.

    The latter only if one thing is left that it can be: Håbo is not Habo.

    Examples
    --------
    >>> names = Names([("Habo", "0643"), ("Håbo", "0305"), ("Örebro", "1880")])
    >>> names.find("HÅBO"), names.find("habo"), names.find("orebro"), names.find("hábo")
    ('0305', '0643', '1880', None)
    """

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        """Take names, each with what it names."""
        self._spelled: dict[str, str] = {}
        self._folded: dict[str, set[str]] = {}
        for name, thing in named:
            self._spelled[name.casefold()] = thing
            self._folded.setdefault(folded(name), set()).add(thing)

    def find(self, text: str) -> str | None:
        """Give what a text names; None if nothing, or it cannot be told which."""
        if (thing := self._spelled.get(text.casefold())) is not None:
            return thing
        close = self._folded.get(folded(text), set())
        return next(iter(close)) if len(close) == 1 else None


def municipality_names(names: Mapping[str, str]) -> Names:
    """Give the names that people write for municipalities (kommunkod → name), or for the county."""
    return Names(
        (word, code) for code, name in names.items() for word in (name, f"{name} kommun", f"{name}s kommun")
    )


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

    The likeness asked for is from 0 to 1; see `difflib.get_close_matches`.

    Examples
    --------
    >>> resembling("oppen forskola", ["bvc", "öppen_förskola"])
    ['öppen_förskola']
    """
    by_fold = {folded(word): word for word in words}
    return [by_fold[fold] for fold in get_close_matches(folded(text), by_fold, n=most, cutoff=likeness)]
