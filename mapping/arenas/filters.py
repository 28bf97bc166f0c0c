"""Choose arenas, and say in one Swedish sentence what was chosen.

The map, the table, the download and the API all use the same `Filters`, so that they cannot disagree. A
filter on something that is unknown about an arena neither keeps nor drops it: the arena is counted apart.

Three-valued logic (Kleene, *Introduction to Metamathematics*, 1952, § 64): no < unknown < yes; *and* is the
minimum, *or* the maximum. An arena answers yes when one of its insatser answers yes to all of level, age and
language at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.settings import DEMO
from mapping.swedish import either, span

NO, UNKNOWN, YES = 0, 1, 2
Answers = npt.NDArray[np.int8]

LEVEL_UNKNOWN: Final = "okand"
LEVELS: Final[Mapping[str, str]] = {**vocabulary.PREVENTION_LEVEL, LEVEL_UNKNOWN: "Nivå okänd"}
DEFAULT_STATUS: Final = ("aktiv", "planerad", "okand")
WHOLE_CHILDHOOD: Final = (vocabulary.CHILDHOOD[0], vocabulary.CHILDHOOD[-1])
SEARCH_LIMIT: Final = 100
"""Characters of free text that are searched for."""

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
    "visa_okanda": "`ja` tar med arenor som saknar uppgift om det som valts",
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
        return written

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
        clauses = [*self._place(), *self._kind(), *self._offer(), *self._rest()]
        subject = f"Arenor {', '.join(clauses)}" if clauses else "Alla arenor i länet"
        return f"{subject}, {self._status()}."

    @property
    def places(self) -> tuple[str, ...]:
        """Kommunkoder that the choices of kommun and länsdel name, in code order; none means all."""
        parts = {code for part in self.lansdel for code in vocabulary.COUNTY_PARTS[part]}
        named = [set(codes) for codes in (self.kommun, parts) if codes]
        return tuple(sorted(set.intersection(*named))) if named else ()

    def _place(self) -> Iterable[str]:
        places = [either(vocabulary.MUNICIPALITIES[code] for code in self.kommun)] if self.kommun else []
        if self.lansdel:
            places.append("länsdel " + either(vocabulary.COUNTY_PART[code] for code in self.lansdel))
        if places:
            yield "som betjänar " + " och samtidigt ".join(places)

    def _kind(self) -> Iterable[str]:
        if self.arenatyp:
            yield "av typen " + either(vocabulary.ARENA_TYPE[code].lower() for code in self.arenatyp)

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

    def _rest(self) -> Iterable[str]:
        if self.huvudman:
            yield f"med {either(self.huvudman)} som huvudman"
        if self.sok:
            yield f"där texten innehåller ”{self.sok}”"
        if self.visa_okanda:
            yield "även de som saknar uppgift om det som valts"

    def _status(self) -> str:
        chosen = set(self.status)
        if chosen == set(vocabulary.STATUS):
            return "även stängda"
        if chosen == set(DEFAULT_STATUS):
            return "utom stängda"
        return "som " + either(words for code, words in _STATUS_WORDS.items() if code in chosen)


def from_query(query: Mapping[str, Sequence[str]]) -> tuple[Filters, tuple[Rejected, ...]]:
    """Read filters from the parameters of an address.

    Codes are the contract; labels are understood too, whatever their case. Parameters that are not ours are
    left alone.

    Parameters
    ----------
    query
        Each parameter's values, in order.

    Returns
    -------
    tuple
        The filters that could be read, with the values that could not.

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

    Parameters
    ----------
    query
        Each parameter's values, in order.

    Returns
    -------
    tuple
        Whether it does, with the values that could not be understood. Those ask for nothing.

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


def _codes(
    name: str, labels: Mapping[str, str], values: Sequence[str], rejected: list[Rejected]
) -> tuple[str, ...]:
    by_word = {label.casefold(): code for code, label in labels.items()} | {code: code for code in labels}
    found = set()
    for value in values:
        word = value.strip().casefold()
        if word in by_word:
            found.add(by_word[word])
        elif name == "sprak" and len(word) in {2, 3} and word.isascii() and word.isalpha():
            found.add(word)
        elif word:
            rejected.append(Rejected(name, value))
    known = tuple(code for code in labels if code in found)
    return known + tuple(sorted(found - set(known)))


def _ages(values: Sequence[str], rejected: list[Rejected]) -> tuple[int, int] | None:
    if not values or not values[-1].strip():
        return None
    first, _, last = values[-1].replace("–", "-").partition("-")
    try:
        ages = int(first), int(last or first)
    except ValueError:
        ages = (-1, -1)
    if WHOLE_CHILDHOOD[0] <= ages[0] <= ages[1] <= WHOLE_CHILDHOOD[1]:
        return ages
    rejected.append(Rejected("alder", values[-1]))
    return None


@dataclass(frozen=True, eq=False)
class Selection:
    """What a filter found: the arenas that match, the arenas that may, what is unknown about those."""

    filters: Filters
    matched: pd.Index
    """`arena_id` of the arenas that are known to match."""
    unknown: pd.Index
    """`arena_id` of the arenas that neither match nor fail, because a fact is missing."""
    missing_facts: Mapping[str, int] = field(default_factory=dict)
    """How many of `unknown` lack each fact of `FACTS`."""

    @property
    def shown(self) -> pd.Index:
        """`arena_id` of the arenas to show, in the order of the dataset within each group."""
        return self.matched.append(self.unknown) if self.filters.visa_okanda else self.matched

    @property
    def sentence(self) -> str:
        """Say how many arenas match, with how many were left out because a fact is unknown."""
        many = len(self.matched)
        counted = f"{many or 'Ingen'} {'arenor' if many > 1 else 'arena'} stämmer."
        if not len(self.unknown):
            return counted
        facts = either(FACTS[fact] for fact in FACTS if self.missing_facts.get(fact))
        return f"{counted} {len(self.unknown)} till saknar uppgift om {facts}."


def select(dataset: Dataset, filters: Filters) -> Selection:
    """Find the arenas of a dataset that a filter asks for.

    Insatser that are closed count for nothing. An arena without any insats row is unknown to every filter on
    level, age or language; one whose insatser are all closed offers nothing.

    Parameters
    ----------
    dataset
        Any dataset; only its public view is searched, so a hidden address cannot be found by searching.
    filters
        What is asked for.

    Returns
    -------
    Selection
        Arenas that match, and arenas that cannot be told, in the order of `dataset.arenor`.
    """
    arenor = dataset.arenor
    certain = _certain(dataset, filters)
    operator = _any_of(arenor["huvudman"], filters.huvudman)
    offered, offer_facts = _offered(dataset, filters)
    answer = np.minimum(operator, offered)
    matched = certain & (answer == YES)
    unknown = certain & (answer == UNKNOWN)
    facts = {name: lacking & unknown for name, lacking in offer_facts.items()}
    facts["huvudman"] = (operator == UNKNOWN) & unknown
    return Selection(
        filters,
        arenor.index[matched],
        arenor.index[unknown],
        {name: int(lacking.sum()) for name, lacking in facts.items() if lacking.any()},
    )


def _certain(dataset: Dataset, filters: Filters) -> npt.NDArray[np.bool_]:
    """Judge what is always known about an arena: place, type, status, text."""
    arenor = dataset.arenor
    keep = arenor["status"].isin(filters.status or DEFAULT_STATUS).to_numpy(dtype=bool)
    if filters.arenatyp:
        keep = keep & arenor["arenatyp"].isin(filters.arenatyp).to_numpy(dtype=bool)
    for codes in (
        set(filters.kommun),
        {code for part in filters.lansdel for code in vocabulary.COUNTY_PARTS[part]},
    ):
        if codes:
            keep = keep & serves(arenor, codes)
    if filters.sok:
        texts = _searchable(dataset)
        for word in filters.sok.casefold().split():
            keep = keep & texts.str.contains(word, regex=False).to_numpy(dtype=bool)
    return keep


def serves(arenor: pd.DataFrame, codes: set[str]) -> npt.NDArray[np.bool_]:
    """Tell which arenas serve any of some municipalities: lie there, serve it too, or serve the county."""
    own: npt.NDArray[np.bool_] = (
        arenor["kommunkod"].isin({*codes, vocabulary.COUNTY_CODE}).to_numpy(dtype=bool)
    )
    shared = np.fromiter(
        (not codes.isdisjoint(served) for served in arenor["betjanar_kommuner"]),
        dtype=bool,
        count=len(arenor),
    )
    either_way: npt.NDArray[np.bool_] = np.logical_or(own, shared)
    return either_way


def _any_of(lists: "pd.Series[Any]", chosen: Sequence[str]) -> Answers:
    """Answer, for each list of values, whether it holds any chosen one; an empty list is unknown."""
    if not chosen:
        return np.full(len(lists), YES, dtype=np.int8)
    wanted = set(chosen)
    return np.fromiter(
        (UNKNOWN if not values else NO if wanted.isdisjoint(values) else YES for values in lists),
        dtype=np.int8,
        count=len(lists),
    )


def _overlaps(insatser: pd.DataFrame, first: int, last: int) -> Answers:
    """Answer, for each insats, whether its ages overlap a span; half a span is known to be one year."""
    start = insatser["alder_fran"].to_numpy(dtype=float, na_value=np.nan)
    end = insatser["alder_till"].to_numpy(dtype=float, na_value=np.nan)
    too_late, too_early = start > last, end < first
    meets = (
        (start >= first) & (start <= last) | (end >= first) & (end <= last) | (start <= first) & (end >= last)
    )
    return np.where(too_late | too_early, NO, np.where(meets, YES, UNKNOWN)).astype(np.int8)


def _offered(dataset: Dataset, filters: Filters) -> tuple[Answers, dict[str, npt.NDArray[np.bool_]]]:
    """Answer for each arena whether one of its insatser is what is asked for, or which facts are lacking."""
    arenor, insatser = dataset.arenor, dataset.insatser
    insatser = insatser[insatser["status"] != "stangd"]
    answers: dict[str, Answers] = {}
    without_rows: dict[str, int] = {}
    if filters.preventionsniva:
        levels = _any_of(insatser["preventionsniva"], [*filters.preventionsniva])
        without_rows["preventionsniva"] = UNKNOWN
        if LEVEL_UNKNOWN in filters.preventionsniva:
            stated = insatser["preventionsniva"].map(len) > 0
            told = stated.groupby(insatser["arena_id"]).any()
            untold = ~insatser["arena_id"].map(told).to_numpy(dtype=bool)
            levels = np.where(untold, YES, levels).astype(np.int8)
            without_rows["preventionsniva"] = YES
        answers["preventionsniva"] = levels
    if filters.alder != WHOLE_CHILDHOOD:
        answers["alder"] = _overlaps(insatser, *filters.alder)
        without_rows["alder"] = UNKNOWN
    if filters.sprak:
        answers["sprak"] = _any_of(insatser["sprak"], filters.sprak)
        without_rows["sprak"] = UNKNOWN
    if not answers:
        return np.full(len(arenor), YES, dtype=np.int8), {}

    joint = np.minimum.reduce(list(answers.values()))
    best = pd.Series(joint, index=insatser["arena_id"]).groupby(level=0).max()
    has_rows = arenor.index.isin(dataset.insatser["arena_id"])
    empty = np.where(has_rows, NO, min(without_rows.values()))
    offered = best.reindex(arenor.index).to_numpy(dtype=float, na_value=np.nan)
    offered = np.where(np.isnan(offered), empty, offered).astype(np.int8)

    facts = {}
    for name, answer in answers.items():
        lacking = insatser.loc[(joint == UNKNOWN) & (answer == UNKNOWN), "arena_id"]
        facts[name] = arenor.index.isin(lacking) | (~has_rows & (without_rows[name] == UNKNOWN))
    return offered, facts


@lru_cache(maxsize=4)
def _searchable(dataset: Dataset) -> "pd.Series[str]":
    """Gather the public texts of each arena, casefolded, on the index of `dataset.arenor`."""
    arenor, insatser = dataset.arenor, dataset.insatser
    own = _joined(arenor, ("namn", "kommun", "adress", "ort", "anmarkning"), ("huvudman",))
    own = own + " " + arenor["arenatyp"].map(vocabulary.ARENA_TYPE)
    offers = _joined(insatser, ("namn", "metod", "anmarkning"), ("malgrupp", "tema"))
    offers = offers.groupby(insatser["arena_id"]).agg(" ".join).reindex(arenor.index, fill_value="")
    return (own + " " + offers).str.casefold()


def _joined(frame: pd.DataFrame, texts: Sequence[str], lists: Sequence[str]) -> "pd.Series[str]":
    joined = pd.Series("", index=frame.index, dtype="str")
    for name in texts:
        joined = joined + " " + frame[name].fillna("")
    for name in lists:
        joined = joined + " " + frame[name].map(" ".join).astype("str")
    return joined
