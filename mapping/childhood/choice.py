"""Let somebody choose whose years, and which insatser, are shown; the choice is read from an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either, folded, swedish_order

_Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choice:
    """What somebody asks to see; an empty choice leaves nothing out, several values are alternatives.

    `lansdel` tells which municipalities are listed, the others which insatser count: one that does not state
    the fact may be of any kind.
    """

    lansdel: tuple[str, ...] = ()
    kunskapsbas: tuple[str, ...] = ()
    tema: tuple[str, ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether only some insatser count."""
        return bool(self.kunskapsbas or self.tema)

    @property
    def sentence(self) -> str:
        """Describe the choice in one Swedish sentence.

        Examples
        --------
        >>> Choice().sentence
        'Allt föräldraskapsstöd i hela länet.'
        >>> Choice(("norr",), ("evidens",), ("Samspel",)).sentence
        'Föräldraskapsstöd i länsdel Norr, med kunskapsbasen evidensbaserad, på temat Samspel.'
        """
        subject = "Föräldraskapsstöd" if self.is_narrow else "Allt föräldraskapsstöd"
        part = either(vocabulary.COUNTY_PART[code] for code in self.lansdel)
        clauses = [f"{subject} i {f'länsdel {part}' if part else 'hela länet'}"]
        if self.kunskapsbas:
            kinds = either(vocabulary.KNOWLEDGE_BASE[code].lower() for code in self.kunskapsbas)
            clauses.append(f"med kunskapsbasen {kinds}")
        if self.tema:
            clauses.append(f"på temat {either(self.tema)}")
        return f"{', '.join(clauses)}."

    @property
    def places(self) -> frozenset[str]:
        """Kommunkoder of the municipalities to list; none means all."""
        return frozenset(code for part in self.lansdel for code in vocabulary.COUNTY_PARTS[part])


EVERYTHING: Final = Choice()


def choice_of(lansdel: tuple[str, ...], query: _Lists) -> tuple[Choice, tuple[str, ...]]:
    """Read a choice from the parameters of an address, with Swedish sentences on what it could not use.

    Examples
    --------
    >>> choice, faults = choice_of((), {"kunskapsbas": ["Evidensbaserad", "magi"]})
    >>> choice.kunskapsbas, faults[0].split(".")[0]
    (('evidens',), '”magi” går inte att använda som kunskapsbas')
    """
    labels = vocabulary.KNOWLEDGE_BASE
    codes = {folded(word): code for code, label in labels.items() for word in (code, label)}
    asked = [value for value in query.get("kunskapsbas", ()) if value.strip()]
    wanted = {codes.get(folded(value.strip())) for value in asked}
    faults = tuple(
        f"”{value}” går inte att använda som kunskapsbas. Skriv {either(labels)}."
        for value in asked
        if folded(value.strip()) not in codes
    )
    themes = tuple(dict.fromkeys(value.strip() for value in query.get("tema", ()) if value.strip()))
    return Choice(lansdel, tuple(code for code in labels if code in wanted), themes), faults


def themes(dataset: Dataset) -> tuple[str, ...]:
    """Give every theme that some insats states, in Swedish order."""
    stated = {theme for cell in dataset.insatser["tema"] for theme in cell}
    return tuple(sorted(stated, key=swedish_order))
