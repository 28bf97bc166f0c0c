"""Read and write the choice of arenas in an address, and say it in one Swedish sentence.

The map, the table, the download and the API all use the same `Filters`, so that they cannot disagree. Which
arenas a choice finds is `mapping.arenas.select`.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapping.contract import vocabulary
from mapping.settings import DEMO
from mapping.swedish import either, span

LEVEL_UNKNOWN: Final = "okand"
LEVELS: Final[Mapping[str, str]] = {**vocabulary.PREVENTION_LEVEL, LEVEL_UNKNOWN: "Nivå okänd"}
DEFAULT_STATUS: Final = ("aktiv", "planerad", "okand")
WHOLE_CHILDHOOD: Final = (vocabulary.CHILDHOOD[0], vocabulary.CHILDHOOD[-1])
SEARCH_LIMIT: Final = 100
"""Characters of free text that are searched for."""
_LONGEST_NUMBER: Final = 9
_YEARS: Final = range(1900, 2200)

PROVED: Final = "belagd"
HITS: Final[Mapping[str, str]] = {PROVED: "Belagd", "trolig": "Trolig", "okand": "Saknar uppgift"}
"""How surely an arena is what is asked for: stated, by the mandate of its type, not known."""
FACTS: Final[Mapping[str, str]] = {
    "preventionsniva": "preventionsnivå",
    "alder": "ålder",
    "sprak": "språk",
    "huvudman": "huvudman",
}
"""Facts that may be unknown about an arena, as they are called in a sentence."""

_STATUS_WORDS: Final = {
    "aktiv": "är aktiva",
    "planerad": "är planerade",
    "okand": "har okänd status",
    "stangd": "är stängda",
}
_CODED: Final[Mapping[str, Mapping[str, str]]] = {
    "kommun": vocabulary.MUNICIPALITIES,
    "lansdel": vocabulary.COUNTY_PART,
    "arenatyp": vocabulary.ARENA_TYPE,
    "preventionsniva": LEVELS,
    "sprak": vocabulary.LANGUAGE,
    "status": vocabulary.STATUS,
    "traff": HITS,
}
PARAMETERS: Final[Mapping[str, str]] = {
    "kommun": "kommunkod eller kommunens namn; flera går bra",
    "lansdel": "`norr`, `vaster`, `soder`, `orebro`; flera går bra",
    "arenatyp": "en kod ur datakontraktet; flera går bra",
    "preventionsniva": "`universell`, `selektiv`, `indikerad` eller `okand`; flera går bra",
    "alder": "hela år 0–18, båda ändarna räknas: `13-18` eller `4`",
    "huvudman": "namnet som det står i uppgifterna; flera går bra",
    "sprak": "språkkod (ISO 639-1); flera går bra",
    "status": "`aktiv`, `planerad`, `okand`, `stangd`; utan val visas alla utom stängda",
    "sok": "fri text; alla ord ska finnas",
    "visa_okanda": "`ja` tar med arenor som är troliga eller saknar uppgift om det som valts",
    "traff": "`belagd`, `trolig`, `okand` (saknar uppgift); flera går bra, utan val bara belagda",
}
"""Every parameter of an address, in the order they are written, with what it takes."""
DATA: Final = "data"
DATA_TAKES: Final = f"`{DEMO}` för det påhittade exempellänet, eller utelämna parametern"
"""What the parameter `data` takes: which data to choose from, never which arenas."""


@dataclass(frozen=True)
class Rejected:
    """A value in an address that no filter understands."""

    parameter: str
    value: str

    @property
    def message(self) -> str:
        """Say in Swedish what is wrong with the address, with what to write instead."""
        return (
            f"”{self.value}” går inte att använda som {self.parameter}. "
            f"Skriv {PARAMETERS.get(self.parameter, DATA_TAKES)}."
        )


@dataclass(frozen=True)
class Filters:
    """Which arenas somebody asks for. An empty choice leaves nothing out.

    Choices of one kind are alternatives (Nora *or* Lindesberg); different kinds must all hold.
    """

    kommun: tuple[str, ...] = ()
    lansdel: tuple[str, ...] = ()
    arenatyp: tuple[str, ...] = ()
    preventionsniva: tuple[str, ...] = ()
    alder: tuple[int, int] = WHOLE_CHILDHOOD
    huvudman: tuple[str, ...] = ()
    sprak: tuple[str, ...] = ()
    status: tuple[str, ...] = DEFAULT_STATUS
    sok: str = ""
    visa_okanda: bool = False
    traff: tuple[str, ...] = ()
    """Which of `HITS` to show; empty leaves it to `visa_okanda`, which shows all of them or the proved."""

    def query(self) -> dict[str, list[str]]:
        """Write the choices as parameters of an address; defaults are left out.

        Examples
        --------
        >>> Filters(kommun=("1884",), alder=(13, 18)).query()
        {'kommun': ['1884'], 'alder': ['13-18']}
        """
        written: dict[str, list[str]] = {
            name: list(getattr(self, name))
            for name in ("kommun", "lansdel", "arenatyp", "preventionsniva")
            if getattr(self, name)
        }
        if self.alder != WHOLE_CHILDHOOD:
            written["alder"] = ["{}-{}".format(*self.alder)]
        written |= {name: list(getattr(self, name)) for name in ("huvudman", "sprak") if getattr(self, name)}
        if set(self.status) != set(DEFAULT_STATUS):
            written["status"] = list(self.status)
        if self.sok:
            written["sok"] = [self.sok]
        if self.visa_okanda:
            written["visa_okanda"] = ["ja"]
        return written | ({"traff": list(self.traff)} if self.traff else {})

    @property
    def sentence(self) -> str:
        """Describe the choices in one Swedish sentence.

        Examples
        --------
        >>> Filters().sentence
        'Alla arenor i länet, utom stängda.'
        >>> Filters(kommun=("1884",), preventionsniva=("universell",), alder=(13, 18)).sentence
        'Arenor som betjänar Nora, med insatser på universell nivå för barn 13–18 år, utom stängda.'
        """
        clauses = []
        places = [either(vocabulary.MUNICIPALITIES[code] for code in self.kommun)] if self.kommun else []
        if self.lansdel:
            places.append("länsdel " + either(vocabulary.COUNTY_PART[code] for code in self.lansdel))
        if places:
            clauses.append("som betjänar " + " och samtidigt ".join(places))
        if self.arenatyp:
            clauses.append(
                "av typen " + either(vocabulary.ARENA_TYPE[code].lower() for code in self.arenatyp)
            )
        clauses += self._offer()
        if self.huvudman:
            clauses.append(f"med {either(self.huvudman)} som huvudman")
        if self.sok:
            clauses.append(f"där texten innehåller ”{self.sok}”")
        if self.traff:
            words = {
                PROVED: "belagda",
                "trolig": "troliga",
                "okand": "de som saknar uppgift om det som valts",
            }
            clauses.append("bara " + either((words[code] for code in self.traff), last="och"))
        elif self.visa_okanda:
            clauses.append("även troliga och de som saknar uppgift om det som valts")
        subject = f"Arenor {', '.join(clauses)}" if clauses else "Alla arenor i länet"
        return f"{subject}, {self._status()}."

    @property
    def short(self) -> str:
        """Name the choices in a few words, to stand before a count.

        Examples
        --------
        >>> Filters(lansdel=("norr",), alder=(13, 18)).short
        'Norr, 13–18 år'
        """
        known = [LEVELS[code].lower() for code in self.preventionsniva if code != LEVEL_UNKNOWN]
        named = (
            either(vocabulary.MUNICIPALITIES[code] for code in self.kommun),
            either(vocabulary.COUNTY_PART[code] for code in self.lansdel),
            "" if self.kommun or self.lansdel else "Hela länet",
            either(vocabulary.ARENA_TYPE[code].lower() for code in self.arenatyp),
            f"{either(known)} nivå" if known else "",
            LEVELS[LEVEL_UNKNOWN].lower() if LEVEL_UNKNOWN in self.preventionsniva else "",
            f"{span(*self.alder)} år" if self.alder != WHOLE_CHILDHOOD else "",
            either(vocabulary.LANGUAGE.get(code, code).lower() for code in self.sprak),
            either(self.huvudman),
            f"”{self.sok}”" if self.sok else "",
            "" if set(self.status) == set(DEFAULT_STATUS) else self._status(),
        )
        return ", ".join(filter(None, named))

    @property
    def facts(self) -> tuple[str, ...]:
        """Those of `FACTS` that the choices ask about."""
        default = Filters()
        return tuple(name for name in FACTS if getattr(self, name) != getattr(default, name))

    @property
    def places(self) -> tuple[str, ...]:
        """Kommunkoder that the choices of kommun and länsdel name, in code order; none means all."""
        parts = {code for part in self.lansdel for code in vocabulary.COUNTY_PARTS[part]}
        named = [set(codes) for codes in (self.kommun, parts) if codes]
        return tuple(sorted(set.intersection(*named))) if named else ()

    def _offer(self) -> Iterable[str]:
        offer = []
        known = [LEVELS[code].lower() for code in self.preventionsniva if code != LEVEL_UNKNOWN]
        if known:
            offer.append(f"på {either(known)} nivå")
        if LEVEL_UNKNOWN in self.preventionsniva:
            offer.append(f"{'eller ' if known else ''}av okänd nivå")
        if self.alder != WHOLE_CHILDHOOD:
            offer.append(f"för barn {span(*self.alder)} år")
        if self.sprak:
            offer.append("på " + either(vocabulary.LANGUAGE.get(code, code).lower() for code in self.sprak))
        if offer:
            yield "med insatser " + " ".join(offer)

    def _status(self) -> str:
        chosen = set(self.status)
        if chosen == set(vocabulary.STATUS):
            return "även stängda"
        if chosen == set(DEFAULT_STATUS):
            return "utom stängda"
        return "som " + either(words for code, words in _STATUS_WORDS.items() if code in chosen)


def from_query(query: Mapping[str, Sequence[str]]) -> tuple[Filters, tuple[Rejected, ...]]:
    """Read filters from the parameters of an address.

    Codes are the contract; labels are understood too, whatever their case. A parameter may have several
    values; parameters that are not ours are left alone. Values that could not be read are given too.

    Examples
    --------
    >>> filters, rejected = from_query({"kommun": ["Nora", "Narnia"], "alder": ["4"]})
    >>> filters.kommun, filters.alder, [r.value for r in rejected]
    (('1884',), (4, 4), ['Narnia'])
    """
    chosen: dict[str, object] = {}
    rejected: list[Rejected] = []
    for name, labels in _CODED.items():
        codes = _codes(name, labels, query.get(name, ()), rejected)
        if codes:
            chosen[name] = codes
    ages = _ages(query.get("alder", ()), rejected)
    if ages is not None:
        chosen["alder"] = ages
    operators = tuple(dict.fromkeys(text.strip() for text in query.get("huvudman", ()) if text.strip()))
    if operators:
        chosen["huvudman"] = operators
    searched = " ".join(" ".join(query.get("sok", ())).split())[:SEARCH_LIMIT].strip()
    if searched:
        chosen["sok"] = searched
    for answer in query.get("visa_okanda", ()):
        if answer.strip().lower() in {"ja", "nej", ""}:
            chosen["visa_okanda"] = answer.strip().lower() == "ja"
        else:
            rejected.append(Rejected("visa_okanda", answer))
    return replace(Filters(), **chosen), tuple(rejected)  # type: ignore[arg-type]


def asks_for_example(query: Mapping[str, Sequence[str]]) -> tuple[bool, tuple[Rejected, ...]]:
    """Tell whether an address asks for the made-up county in place of the county's own data.

    Values that could not be understood ask for nothing, and are given too.

    Examples
    --------
    >>> asks_for_example({"data": ["demo"]})
    (True, ())
    >>> asks_for_example({"data": ["../hemligt"]})[0]
    False
    """
    values = [value.strip() for value in query.get(DATA, ()) if value.strip()]
    rejected = tuple(Rejected(DATA, value) for value in values if value.casefold() != DEMO)
    return bool(values) and not rejected, rejected


def whole_number(text: str) -> int | None:
    """Read a number in an address; None for what is none, or is longer than any number that we ask for.

    Examples
    --------
    >>> [whole_number(text) for text in ("07", " 3 ", "-1", "1_0", "²", "", "9" * 5000)]
    [7, 3, None, None, None, None, None]
    """
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else None


def whole_day(text: str) -> datetime.date | None:
    """Read a day in an address; None for what is none, or lies so far off that no fact can be of that time.

    Examples
    --------
    >>> [str(whole_day(text)) for text in ("2026-06-01", "0001-01-01", "9999-12-31", "20260601", "i dag")]
    ['2026-06-01', 'None', 'None', 'None', 'None']
    """
    try:
        day = datetime.date.fromisoformat(text) if len(text) == len("2026-06-01") else None
    except ValueError:
        return None
    return day if day and day.year in _YEARS else None


def _codes(
    name: str, labels: Mapping[str, str], values: Sequence[str], rejected: list[Rejected]
) -> tuple[str, ...]:
    by_word = {label.casefold(): code for code, label in labels.items()} | {code: code for code in labels}
    found = set()
    for value in values:
        word = value.strip().casefold()
        if word in by_word:
            found.add(by_word[word])
        # a language that we have no word for may still stand in the data
        elif name == "sprak" and len(word) in {2, 3} and word.isascii() and word.isalpha():
            found.add(word)
        elif word:
            rejected.append(Rejected(name, value))
    known = tuple(code for code in labels if code in found)
    return known + tuple(sorted(found - set(known)))


def _ages(values: Sequence[str], rejected: list[Rejected]) -> tuple[int, int] | None:
    if not values or not values[-1].strip():
        return None
    parts = values[-1].replace("–", "-").partition("-")
    first, last = whole_number(parts[0]), whole_number(parts[2] or parts[0])
    if first is not None and last is not None and first <= last <= WHOLE_CHILDHOOD[1]:
        return first, last
    rejected.append(Rejected("alder", values[-1]))
    return None
