"""Recognise where a protected arena is, however a text says it.

In full, without the number, shortened (`Hemligst. 19`), in a web address, as coordinates or a link to a map.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote_plus

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import Transformer

ADDRESS: Final = "adressen"
"""What is found where street and number stand written out; anything else is a likely form of it."""
SHORTEST_STREET: Final = 4
"""Letters of a street's name that are looked for without its number; shorter ones hit ordinary words."""
SHORTEST_NAME: Final = 8
"""Letters of an arena's name, or of an address without number, that are looked for in texts of others."""
NEAR_DEGREES, NEAR_METRES = 0.002, 200

_NUMBERED = re.compile(r"(?P<street>.*?[^\W\d_])\W*\s(?P<number>\d+)", re.DOTALL)
_ENDS = (
    *("gatan", "vagen", "stigen", "granden", "torget", "backen", "allen", "leden", "platsen", "straket"),
    *("gata", "vag", "stig", "grand", "torg", "backe", "alle", "led", "plats", "strak", "plan"),
)
_APART = r"[\W_]{0,3}"
_DEGREES = re.compile(r"(?<![\d.,])\d{1,2}[.,]\d{3,}")
_MINUTES = re.compile(r"(\d{1,2})\s?°\s?(\d{1,2})\D{1,3}(\d{1,2}(?:[.,]\d+)?)")
_METRES = re.compile(r"(?<![\d.,])\d{6,7}(?=[.,]\d|\D|$)")
_TO_SWEREF = Transformer.from_crs(4326, 3006, always_xy=True)


def plain(text: str) -> str:
    """Give a text as it is compared: percent-encoding read, lower case, without dots and rings on letters.

    Examples
    --------
    >>> plain("https://nora.se/?q=V%C3%A4stra+V\u00e4gen")
    'https://nora.se/?q=vastra vagen'
    """
    if "%" in text:
        text = unquote_plus(unquote_plus(text))
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return decomposed if decomposed.isascii() else re.sub(r"[\u0300-\u036f]", "", decomposed)


@dataclass(frozen=True)
class SecretPlace:
    """What tells where one protected arena is; empty or None: not known, or no secret."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    locality: str = ""
    """Only of a wholly hidden arena, and where it says more than the municipality."""
    position: tuple[float, float] | None = None
    """Latitude and longitude in WGS 84."""

    @cached_property
    def _street_and_number(self) -> tuple[str, str]:
        address = plain(self.address).strip()
        numbered = _NUMBERED.match(address)
        return (numbered["street"], numbered["number"]) if numbered else (address.split(",")[0], "")

    @property
    def first_word(self) -> str:
        """The word that every form of the address holds; empty if there is none."""
        *words, last = re.findall(r"[^\W_]+", self._street_and_number[0]) or [""]
        longest: str = max([*words, _parted(last)[0]], key=len)
        return longest if len(longest) > 1 else last

    @cached_property
    def _forms(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """What is found → how it is written, the surest first."""
        street, number = self._street_and_number
        words = re.findall(r"[^\W_]+", street)
        forms = []
        if words:
            stem, end = _parted(words[-1])
            before = "".join(f"{re.escape(word)}{_APART}" for word in words[:-1])
            whole = rf"(?<![^\W_]){before}{re.escape(words[-1])}"
            letters = len("".join(words[:-1]) + stem)
            short = "(?:".join(end[:-1]) + ")?" * (len(end) - 2) if len(end) > 1 else end
            shortened = rf"(?<![^\W_]){before}{stem}{_APART}(?:{short}|{end}|{end[:1]}t)s?" if end else whole
            if number:
                forms.append((ADDRESS, rf"{whole}{_APART}{number}(?!\d)"))
                forms.append(("gatan", rf"{shortened}{_APART}{number}(?!\d)"))
            elif len(plain(self.address)) >= SHORTEST_NAME:
                forms.append((ADDRESS, rf"{whole}(?![^\W_])"))
            if len("".join(words)) >= SHORTEST_STREET:
                forms.append(("gatan", rf"{shortened if letters >= SHORTEST_STREET else whole}(?![^\W_])"))
        if self.postcode:
            code = re.sub(r"\D", "", self.postcode)
            forms.append(("postnumret", rf"(?<!\d){code[:3]}[\W_]{{0,2}}{code[3:]}(?!\d)"))
        if self.locality:
            forms.append(("orten", rf"(?<![^\W_]){re.escape(plain(self.locality))}s?(?![^\W_])"))
        return tuple((word, re.compile(form)) for word, form in forms)

    def is_named_in(self, text: str) -> bool:
        """Tell whether a text, as `plain` gives it, speaks of the arena by its name."""
        return len(self.name) >= SHORTEST_NAME and plain(self.name) in text

    def found_in(self, text: str, *, is_own: bool) -> str | None:
        """Tell what of the place stands in a text, as `plain` gives it; None: nothing.

        In Swedish and definite form. In a text that is not the arena's own, or about it, only what tells the
        place alone is found: street with number, or both coordinates.
        """
        is_own = is_own or self.is_named_in(text)
        for word, form in self._forms if is_own else [each for each in self._forms if each[0] == ADDRESS]:
            if form.search(text):
                return word
        near = self._coordinates_in(text)
        return "koordinaterna" if len(near) > 1 or (near and is_own) else None

    def _coordinates_in(self, text: str) -> set[str]:
        if self.position is None:
            return set()
        latitude, longitude = self.position
        numbers = [float(found.replace(",", ".")) for found in _DEGREES.findall(text)]
        numbers += [
            int(whole) + int(minutes) / 60 + float(seconds.replace(",", ".")) / 3600
            for whole, minutes, seconds in _MINUTES.findall(text)
        ]
        metres = [int(found) for found in _METRES.findall(text)]
        near = {"lat" for number in numbers if abs(number - latitude) <= NEAR_DEGREES}
        near |= {"lon" for number in numbers if abs(number - longitude) <= NEAR_DEGREES}
        if metres:
            east, north = _TO_SWEREF.transform(longitude, latitude)
            near |= {"n" for number in metres if abs(number - north) <= NEAR_METRES}
            near |= {"e" for number in metres if abs(number - east) <= NEAR_METRES}
        return near


def _parted(word: str) -> tuple[str, str]:
    """Part a street's last word into its name and what kind of street it is: `hemligstigen`."""
    end = next((end for end in _ENDS if word.endswith(end)), "")
    return word.removesuffix(end), end


def found(text: str, own: Iterable[SecretPlace], others: Iterable[SecretPlace]) -> str | None:
    """Tell what of any of the places stands in a text as it is written; None: nothing."""
    compared = plain(text)
    told = (place.found_in(compared, is_own=True) for place in own)
    told_elsewhere = (place.found_in(compared, is_own=False) for place in others)
    return next((word for word in (*told, *told_elsewhere) if word), None)


def may_mention(texts: Sequence[str | None], places: Iterable[SecretPlace]) -> np.ndarray:
    """Tell quickly, text by text, which may hold one of the addresses, names or coordinates.

    Arrow looks for all of them at once, in time that does not grow with how many there are.
    """
    words = {word for place in places for word in (place.first_word, plain(place.name)) if len(word) > 1}
    joined = pc.utf8_normalize(pc.utf8_lower(pa.array(texts, pa.large_string(), from_pandas=True)), "NFKD")
    joined = pc.replace_substring_regex(joined, r"\p{Mn}", "")
    pattern = "|".join([r"%|°|\d{6}|\d\d[.,]\d{3}", *map(re.escape, sorted(words))])
    found = pc.match_substring_regex(joined, pattern)
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=bool)  # noqa: FBT003
