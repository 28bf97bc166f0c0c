"""Find the arenas that a choice asks for, with those of which it cannot be told.

A filter on something that is unknown about an arena neither keeps nor drops it: the arena is counted apart.

Three-valued logic (Kleene, *Introduction to Metamathematics*, 1952, § 64): no < unknown < yes; *and* is the
minimum, *or* the maximum. An arena answers yes when one of its insatser answers yes to all of level, age and
language at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.arenas.filters import DEFAULT_STATUS, LEVEL_UNKNOWN, WHOLE_CHILDHOOD, Filters
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import either

NO, UNKNOWN, YES = 0, 1, 2
Answers = npt.NDArray[np.int8]

FACTS: Final[Mapping[str, str]] = {
    "preventionsniva": "preventionsnivå",
    "alder": "ålder",
    "sprak": "språk",
    "huvudman": "huvudman",
}
"""Facts that may be unknown about an arena, as they are called in a sentence."""


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
    level, age or language; one whose insatser are all closed offers nothing. Only the dataset's public view
    is searched, so a hidden address cannot be found by searching.
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
    own = {*codes, vocabulary.COUNTY_CODE}
    places = zip(arenor["kommunkod"], arenor["betjanar_kommuner"], strict=True)
    return np.array([code in own or not codes.isdisjoint(served) for code, served in places], dtype=bool)


def _any_of(lists: "pd.Series[Any]", chosen: Sequence[str]) -> Answers:
    """Answer, for each list of values, whether it holds any chosen one; an empty list is unknown."""
    if not chosen:
        return np.full(len(lists), YES, dtype=np.int8)
    wanted = set(chosen)
    answers = [UNKNOWN if not values else NO if wanted.isdisjoint(values) else YES for values in lists]
    return np.array(answers, dtype=np.int8)


def _overlaps(insatser: pd.DataFrame, first: int, last: int) -> Answers:
    """Answer, for each insats, whether its ages overlap a span; half a span is known to be one year."""
    start = insatser["alder_fran"].to_numpy(dtype=float, na_value=np.nan)
    end = insatser["alder_till"].to_numpy(dtype=float, na_value=np.nan)
    # a comparison with a missing age is False, so that only what is stated decides
    too_late, too_early = start > last, end < first
    meets = (
        (start >= first) & (start <= last) | (end >= first) & (end <= last) | (start <= first) & (end >= last)
    )
    return np.where(too_late | too_early, NO, np.where(meets, YES, UNKNOWN)).astype(np.int8)


def _offered(dataset: Dataset, filters: Filters) -> tuple[Answers, dict[str, npt.NDArray[np.bool_]]]:
    """Answer for each arena whether one of its insatser is what is asked for, or which facts are lacking."""
    arenor, insatser = dataset.arenor, dataset.insatser
    insatser = insatser[insatser["status"] != "stangd"]

    # each insats answers each choice; an arena without any row in the table answers as `without_rows` says
    answers: dict[str, Answers] = {}
    without_rows: dict[str, int] = {}
    if filters.preventionsniva:
        levels = _any_of(insatser["preventionsniva"], [*filters.preventionsniva])
        without_rows["preventionsniva"] = UNKNOWN
        if LEVEL_UNKNOWN in filters.preventionsniva:
            # the level of an arena is unknown where none of its insatser states one, not where one does not
            stated = insatser["preventionsniva"].map(len) > 0
            states_any = stated.groupby(insatser["arena_id"]).transform("any").to_numpy(dtype=bool)
            levels = np.where(states_any, levels, YES).astype(np.int8)
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

    # one insats must be all that is asked for; the arena answers as its best insats does
    joint = np.minimum.reduce(list(answers.values()))
    best = pd.Series(joint, index=insatser["arena_id"]).groupby(level=0).max()
    # without open insatser: no, if all of them are closed; unknown, if nobody has listed any
    has_rows = arenor.index.isin(dataset.insatser["arena_id"])
    empty = np.where(has_rows, NO, min(without_rows.values()))
    offered = best.reindex(arenor.index).to_numpy(dtype=float, na_value=np.nan)
    offered = np.where(np.isnan(offered), empty, offered).astype(np.int8)

    # a fact is lacking only where it keeps an insats from an answer: one that fails on age lacks no level
    facts = {}
    for name, answer in answers.items():
        lacking = insatser.loc[(joint == UNKNOWN) & (answer == UNKNOWN), "arena_id"]
        facts[name] = arenor.index.isin(lacking) | (~has_rows & (without_rows[name] == UNKNOWN))
    return offered, facts


@lru_cache(maxsize=4)  # gathering the texts takes longer than searching them
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
