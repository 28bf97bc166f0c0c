"""Find the arenas that a choice asks for, with those of which it cannot be told.

A filter on something that is unknown about an arena neither keeps nor drops it. An age or level that nobody
states is first answered by what arenas of the type must or usually do offer (the table `uppdrag`): it makes
the arena likely, or tells that it is for somebody else. Only what is stated makes it certain.

Kleene's three values (*Introduction to Metamathematics*, 1952, § 64) with one on each side of the unknown:
*and* is the minimum, *or* the maximum. An arena answers as the best of its insatser does to all of level, age
and language at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.arenas.filters import (
    DEFAULT_STATUS,
    FACTS,
    HITS,
    LEVEL_UNKNOWN,
    PROVED,
    WHOLE_CHILDHOOD,
    Filters,
)
from mapping.contract import vocabulary
from mapping.dataset.dataset import PART_TYPES, Dataset
from mapping.swedish import either

NO, ELSEWHERE, UNKNOWN, LIKELY, YES = range(5)
"""`ELSEWHERE` and `LIKELY`: what the mandates of the arena's type say, where nobody states a fact."""
Answers = npt.NDArray[np.int8]

_OTHERS: Final[Mapping[str, str]] = {
    "preventionsniva": "arbetar på andra nivåer",
    "alder": "vänder sig till andra åldrar",
    "sprak": "använder andra språk",
    "huvudman": "har en annan huvudman",
}


@dataclass(frozen=True, eq=False)
class Selection:
    """What a filter found, as `arena_id` in the order of the dataset."""

    filters: Filters
    matched: pd.Index
    """Those that are known to match."""
    likely: pd.Index
    """Those that match by the mandate of their type, or by the age group that an insats names."""
    unknown: pd.Index
    """Those of which it cannot be told, because a fact is missing."""
    elsewhere: pd.Index
    """Those that offer something else than what is asked for."""
    by_mandate: pd.Index
    """Those of `elsewhere` that only the mandate of their type tells it of."""
    missing_facts: Mapping[str, int] = field(default_factory=dict)
    """How many of `unknown` lack each fact of `FACTS`."""

    @property
    def hits(self) -> "pd.Series[str]":
        """The code in `HITS` of each arena to show, on its `arena_id`, surest first."""
        filters = self.filters
        wanted = filters.traff or (HITS if filters.visa_okanda else (PROVED,))
        found = zip(HITS, (self.matched, self.likely, self.unknown), strict=True)
        shown = [pd.Series(code, index=ids, dtype="str") for code, ids in found if code in wanted]
        return pd.concat(shown)

    @property
    def shown(self) -> pd.Index:
        """`arena_id` of the arenas to show, in the order of `hits`."""
        return self.hits.index

    @property
    def unproved(self) -> Mapping[str, pd.Index]:
        """Those to show that are not known to match, by their code in `HITS`."""
        hits = self.hits
        return {code: hits.index[hits == code] for code in HITS if code != PROVED and (hits == code).any()}

    @property
    def sentence(self) -> str:
        """Say how many arenas match, how surely, and how many are for others."""
        many, asked = len(self.matched), self.filters.facts
        if not asked:
            return f"{many or 'Ingen'} {'arenor' if many > 1 else 'arena'} stämmer."
        about = f" om {either(FACTS[fact] for fact in self.missing_facts)}" if len(asked) > 1 else ""
        return (
            f"{self.filters.short}: {many} {'belagd' if many == 1 else 'belagda'}, "
            f"{len(self.likely)} {'trolig' if len(self.likely) == 1 else 'troliga'}, "
            f"{len(self.unknown)} saknar uppgift{about if len(self.unknown) else ''}; "
            f"{len(self.elsewhere)} {either(_OTHERS[fact] for fact in asked)}."
        ) + (
            f" {len(self.by_mandate)} av dem bara enligt arenatypens uppdrag." if len(self.by_mandate) else ""
        )


def select(dataset: Dataset, filters: Filters) -> Selection:
    """Find the arenas of a dataset that a filter asks for.

    Insatser that are closed count for nothing: an arena whose insatser are all closed offers nothing. Only
    the dataset's public view is searched, so a hidden address cannot be found by searching.
    """
    arenor = dataset.arenor
    certain = _certain(dataset, filters)
    operator = _any_of(arenor["huvudman"], filters.huvudman)
    offered, offer_facts, is_empty = _offered(dataset, filters)
    answer = np.minimum(operator, offered)
    unknown = certain & (answer == UNKNOWN)
    facts = {name: lacking & unknown for name, lacking in offer_facts.items()}
    facts["huvudman"] = (operator == UNKNOWN) & unknown
    return Selection(
        filters,
        matched=arenor.index[certain & (answer == YES)],
        likely=arenor.index[certain & (answer == LIKELY)],
        unknown=arenor.index[unknown],
        elsewhere=arenor.index[certain & (answer <= ELSEWHERE) & ~is_empty],
        by_mandate=arenor.index[certain & (answer == ELSEWHERE)],
        missing_facts={name: int(facts[name].sum()) for name in FACTS if name in facts and facts[name].any()},
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


def _offered(
    dataset: Dataset, filters: Filters
) -> tuple[Answers, dict[str, npt.NDArray[np.bool_]], npt.NDArray[np.bool_]]:
    """Answer for each arena whether one of its insatser is what is asked for, or which facts are lacking.

    The last array tells which arenas only have insatser that are closed.
    """
    arenor, insatser = dataset.arenor, dataset.insatser
    # places in the frame and not names: a search by name is most of the time with 30 000 arenas
    place = arenor.index.get_indexer(pd.Index(insatser["arena_id"]))
    has_rows = _at(place[place >= 0], len(arenor))
    is_open = (insatser["status"] != "stangd").to_numpy(dtype=bool) & (place >= 0)
    insatser, place = insatser[is_open], place[is_open]

    # each insats answers each choice, and so does an arena that nobody has listed any insats of
    answers: dict[str, Answers] = {}
    unlisted: dict[str, Answers] = {}
    if filters.preventionsniva:
        wanted = [code for code in filters.preventionsniva if code != LEVEL_UNKNOWN]
        levels = _any_of(insatser["preventionsniva"], [*filters.preventionsniva])
        unlisted["preventionsniva"] = np.full(len(arenor), UNKNOWN, dtype=np.int8)
        if wanted:
            unlisted["preventionsniva"] = _by_mandate(
                dataset, _any_of(dataset.uppdrag["preventionsniva"], wanted)
            )
        levels = np.where(levels == UNKNOWN, unlisted["preventionsniva"][place], levels)
        if LEVEL_UNKNOWN in filters.preventionsniva:
            # the level of an arena is unknown where none of its insatser states one, not where one does not
            stated = (insatser["preventionsniva"].map(len) > 0).to_numpy(dtype=bool)
            states_any = _at(place[stated], len(arenor))[place]
            levels = np.where(states_any, levels, YES)
            unlisted["preventionsniva"] = np.full(len(arenor), YES, dtype=np.int8)
        answers["preventionsniva"] = levels.astype(np.int8)
    if filters.alder != WHOLE_CHILDHOOD:
        ages = _overlaps(insatser, *filters.alder)
        unlisted["alder"] = _by_mandate(dataset, _overlaps(dataset.uppdrag, *filters.alder))
        named = _named_ages(dataset)
        named = named[(named["first"] <= filters.alder[1]) & (named["last"] >= filters.alder[0])]
        is_named = _at(named["row"].to_numpy(dtype=int), len(dataset.insatser))[is_open]
        likely = np.where(is_named, LIKELY, unlisted["alder"][place])
        answers["alder"] = np.where(ages == UNKNOWN, likely, ages).astype(np.int8)
    if filters.sprak:
        answers["sprak"] = _any_of(insatser["sprak"], filters.sprak)
        unlisted["sprak"] = np.full(len(arenor), UNKNOWN, dtype=np.int8)
    if not answers:
        return np.full(len(arenor), YES, dtype=np.int8), {}, np.zeros(len(arenor), dtype=bool)

    # one insats must be all that is asked for; the arena answers as its best insats does
    joint = np.minimum.reduce(list(answers.values()))
    offered = np.where(has_rows, NO, np.minimum.reduce(list(unlisted.values()))).astype(np.int8)
    np.maximum.at(offered, place, joint)

    # a fact is lacking only where it keeps an insats from an answer: one that fails on age lacks no level
    facts = {}
    for name, answer in answers.items():
        lacking = _at(place[(joint == UNKNOWN) & (answer == UNKNOWN)], len(arenor))
        facts[name] = lacking | (~has_rows & (unlisted[name] == UNKNOWN))
    is_empty = has_rows & ~_at(place, len(arenor))
    return offered, facts, is_empty


def _at(places: npt.NDArray[np.intp], length: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(length, dtype=bool)
    found[places] = True
    return found


def _by_mandate(dataset: Dataset, rows: Answers) -> Answers:
    """Answer for each arena as the best row of `uppdrag` for its type; a type without rows is unknown."""
    hints = np.select([rows == YES, rows == NO], [LIKELY, ELSEWHERE], UNKNOWN)
    by_kind = pd.Series(hints, index=dataset.uppdrag["galler"].to_numpy()).groupby(level=0).max()
    kinds = _kinds(dataset)
    answer = by_kind.reindex(kinds.columns, fill_value=UNKNOWN).to_numpy(dtype=np.int8)
    return np.asarray(np.where(kinds.to_numpy(), answer, np.int8(NO)).max(axis=1), dtype=np.int8)


@lru_cache(maxsize=4)
def _kinds(dataset: Dataset) -> pd.DataFrame:
    """Tell which types each arena is: its own, and those of its parts that have no row of their own."""
    arenor = dataset.arenor
    kinds = pd.DataFrame({kind: arenor["arenatyp"] == kind for kind in vocabulary.ARENA_TYPE})
    for part, kind in PART_TYPES.items():
        named = arenor.loc[arenor["arenatyp"] == kind, "samlokaliserad_med"]
        has = (arenor["arenatyp"] == "familjecentral") & (arenor[part] == "ja") & ~arenor.index.isin(named)
        kinds[kind] |= has.fillna(value=False)
    return kinds.astype(bool)


@lru_cache(maxsize=4)
def _named_ages(dataset: Dataset) -> pd.DataFrame:
    """List every age group that an insats names: its row in the table, and the ages, first and last."""
    rows = dataset.insatser.reset_index(drop=True)
    spans = pd.concat([rows["malgrupp"], rows["tema"]]).explode().dropna().map(age_group).dropna()
    ages = pd.DataFrame(list(spans), columns=["first", "last"])
    return ages.assign(row=spans.index.to_numpy())


def age_group(text: str) -> tuple[int, int] | None:
    """Give the ages that words of `malgrupp` or `tema` mean; None unless they say no more than an age group.

    Examples
    --------
    >>> age_group("Tonåringar"), age_group("Barn och unga med psykisk ohälsa")
    ((13, 18), (0, 18))
    >>> age_group("Tonåringar som väntar eller har barn") is None
    True
    """
    group = text.casefold().partition(" med ")[0]
    for parents in ("föräldrar till ", "vårdnadshavare till "):
        group = group.removeprefix(parents)
    return vocabulary.AGE_GROUP.get(group.strip())


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
