"""Say how strongly something is known: three strengths, each with what the one before it counts and more."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mapping.swedish import either, folded

PROVED: Final = "belagt"
MANDATE: Final = "uppdrag"
OLDER: Final = "aldre"

STRENGTHS: Final[Mapping[str, str]] = MappingProxyType(
    {PROVED: "Belagt", MANDATE: "Enligt uppdrag", OLDER: "Äldre uppgift"}
)
"""Each strength as what is known is marked with it, the strongest first."""

BASIS: Final[Mapping[str, str]] = MappingProxyType(
    {PROVED: "Bara belagt", MANDATE: "Även enligt uppdrag", OLDER: "Bästa kända bild"}
)
"""What somebody may choose to see: what is known at least so strongly."""

BEST_KNOWN: Final = OLDER
"""The choice where nobody has chosen."""

OLDER_ROWS: Final = "aldre_rader"
"""Dated rows however old, and no mandates: what `gaps --include-older` and `older` in open data tell."""

COUNTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        PROVED: "Bara belagt: uppgifter äldre än två år räknas inte.",
        MANDATE: "Även det som lag eller nationellt program säger ska erbjudas räknas. "
        "Uppgifter äldre än två år räknas inte.",
        OLDER: "Bästa kända bild: även det som lag eller nationellt program säger ska erbjudas, och äldre "
        "uppgifter, räknas.",
        OLDER_ROWS: "Äldre uppgifter räknas med.",
    }
)
"""What each choice counts, in a Swedish sentence or two."""


def up_to(basis: str) -> tuple[str, ...]:
    """Give the strengths that a choice takes in, the strongest first."""
    every = tuple(STRENGTHS)
    return every[: every.index(basis) + 1]


def basis_of(text: str, *, older: bool = False) -> tuple[str, str]:
    """Read a choice from an address: `underlag=`, or the earlier `aldre=ja`; and a Swedish sentence of fault.

    Examples
    --------
    >>> basis_of(""), basis_of("Uppdrag"), basis_of("", older=True)[0]
    (('aldre', ''), ('uppdrag', ''), 'aldre')
    >>> basis_of("allt")[1]
    '”allt” går inte att använda som underlag. Skriv belagt, uppdrag eller aldre.'
    """
    word = folded(text.strip())
    if not word:
        return (OLDER if older else BEST_KNOWN), ""
    if word in BASIS:
        return word, ""
    return BEST_KNOWN, f"”{text}” går inte att använda som underlag. Skriv {either(BASIS)}."
