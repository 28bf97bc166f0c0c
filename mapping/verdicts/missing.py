"""Say which facts are missing where a verdict is open, so that somebody can find them out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from mapping.contract import vocabulary
from mapping.swedish import either
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import MAPPING
from mapping.verdicts.co_location import CENTRE, HEALTH_PARTS, of_types, premises
from mapping.verdicts.co_location import TYPES as PREMISES
from mapping.verdicts.counted import BEARS_ON, CELLS, Case, arenas_for, proves
from mapping.verdicts.known import NO_DAY, UNSURE, Places
from mapping.verdicts.row_status import MAYBE, day_number
from mapping.verdicts.rules import ON_ARENAS, QUESTIONS

NAMED_AT_MOST: Final = 3
"""Rows that a sentence names; the rest are counted."""

QUESTION_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kartlaggning": "hur långt kartläggningen av arenor och insatser har kommit",
        "behovsinventering": "föräldrarnas behov är inventerade",
        "barnratt_information": "föräldrar får information om barnets rättigheter",
        "kompetensinsats": "professioner erbjuds kompetenshöjande insatser",
        "validerade_indikatorer": "hur validerade indikatorer används",
        "ej_nadda_grupper": "hur arbetet för att nå föräldrar som inte nås ser ut",
        "regional_overenskommelse": "det finns en regional överenskommelse om familjecentraler",
        "regional_stodorganisation": "det finns en regional stödjande organisation",
        "samverkansgrupp": "det finns en lednings- eller samverkansgrupp",
        "samverkansgrupp_plan": "en befintlig samverkansgrupp ska breddas",
        "strategisk_funktion": "det finns en utsedd strategisk funktion",
        "samverkan": "hur samverkan kring insatser ser ut",
    }
)
"""Each question as the end of "… har inte svarat på …"."""

_PARTY_QUESTIONS: Final = {"1.3": "vilka professioner som erbjuds", "3.2": "vilka parter som ingår i gruppen"}
_AGE_QUESTIONS: Final = {"1.2", "3.1"}
_CELLS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "1.1": ("preventionsniva", "alder", "kunskapsbas"),
        "1.2": ("alder", "barnratt"),
        "1.4": ("preventionsniva", "alder", "kunskapsbas", "parter"),
        "2.1": ("preventionsniva", "alder", "malgrupp", "form", "sprak"),
        "2.2": ("form", "sprak"),
        "3.4": ("parter",),
    }
)
_CELL_WORDS: Final = {
    "preventionsniva": "preventionsnivå",
    "alder": "ålder",
    "kunskapsbas": "kunskapsbas",
    "barnratt": "barnets rättigheter",
    "malgrupp": "målgrupp",
    "form": "form",
    "sprak": "språk",
    "parter": "alla parter",
}
_PART_WORDS: Final = {
    name.removeprefix("fc_"): label.lower() for name, label in vocabulary.FAMILY_CENTRE_PART.items()
}


@dataclass(frozen=True)
class Missing:
    """A fact that is missing.

    Parameters
    ----------
    key
        Names the fact: the same key in two verdicts is the same thing to find out.
    kommunkod
        Who can find it out.
    sentence
        What to find out, in Swedish.
    """

    key: str
    kommunkod: str
    sentence: str


def missing_facts(case: Case) -> tuple[Missing, ...]:
    """List what would bring floor and ceiling together, answers first.

    Parameters
    ----------
    case
        A verdict's case whose floor and ceiling differ.
    """
    found = [*_answers(case)]
    if case.place >= 0 and case.code in ON_ARENAS:
        found += [*_mapping(case), *_rows(case), *_arenas(case), *_premises(case)]
    if case.code in {"1.4", "2.4"} and case.place >= 0:
        found += _wave(case)
    return tuple(dict.fromkeys(found))


def to_reconcile(case: Case) -> Missing:
    """Say that an answer and the facts about arenas contradict each other (rule G6)."""
    question = QUESTIONS[case.code][0]
    answer = case.worst.answers[question][0]
    facts = "det finns sådana insatser" if answer.answer == "0" else "det finns inga sådana insatser"
    return Missing(
        f"{case.kommunkod}:stam_av:{question}",
        case.kommunkod,
        f"Stäm av: {case.kommun} har svarat {answer.answer} på frågan {question} ({answer.date}), "
        f"men enligt uppgifterna om arenor {facts}.",
    )


def _answers(case: Case) -> Iterator[Missing]:
    for question in QUESTIONS[case.code]:
        if case.code == "1.3":
            yield from _training(case)
            continue
        answers = case.best.answers.get(question, ())
        if not answers:
            yield _unanswered(case, question, case.kommunkod, case.kommun)
        if _differ(answers):
            yield Missing(
                f"{case.kommunkod}:svar:{question}",
                case.kommunkod,
                f"Vilket svar som gäller för {case.kommun}: svaren på frågan {question} "
                f"({answers[0].date}) säger olika saker.",
            )
        yield from _open_answers(case, answers)


def _differ(answers: Sequence[Answer]) -> bool:
    """Tell whether answers of one day say different things."""
    return len({(a.answer, a.parties, a.has_all_parties, a.ages, a.has_evidence) for a in answers}) > 1


def _training(case: Case) -> Iterator[Missing]:
    county = (vocabulary.COUNTY_CODE, case.evidence.strategy.county)
    who = ((case.kommunkod, case.kommun), county)
    for (code, name), training in zip(who, case.best.training, strict=True):
        if not training.is_answered:
            yield _unanswered(case, "kompetensinsats", code, name)
        yield from _open_answers(case, training.offers)
    if case.worst.training != case.best.training:
        yield Missing(
            f"{case.kommunkod}:svar:kompetensinsats",
            case.kommunkod,
            "Vilket svar om kompetensinsats som gäller: svar från samma dag säger olika saker.",
        )


def _open_answers(case: Case, answers: Sequence[Answer]) -> Iterator[Missing]:
    for answer in answers:
        if answer.answer != "ja":
            continue
        who = vocabulary.AREAS.get(answer.kommunkod, case.kommun)
        if case.code in _PARTY_QUESTIONS and not answer.has_all_parties:
            named = either((vocabulary.PARTY.get(p, p).lower() for p in sorted(answer.parties)), last="och")
            known = f" Hittills nämns {named}." if named else ""
            yield Missing(
                f"{answer.kommunkod}:parter:{answer.question}",
                answer.kommunkod,
                f"{who}: {_PARTY_QUESTIONS[case.code]} (svaret {answer.date}).{known}",
            )
        if case.code in _AGE_QUESTIONS and None in answer.ages:
            yield Missing(
                f"{answer.kommunkod}:aldrar:{answer.question}",
                answer.kommunkod,
                f"{who}: vilka åldrar svaret på frågan {answer.question} ({answer.date}) gäller.",
            )


def _unanswered(case: Case, question: str, code: str, name: str) -> Missing:
    key = f"{code}:svar:{question}"
    stale = _latest(case, question, code)
    if stale is not None:
        sentence = f"{name} behöver bekräfta eller ändra sitt svar från {stale} på frågan {question}."
        return Missing(key, code, sentence)
    return Missing(key, code, f"{name} har inte svarat på {_asked(question)} (frågan {question}).")


def _asked(question: str) -> str:
    words = QUESTION_WORDS[question]
    return words if words.startswith(("hur ", "vilka ")) else f"om {words}"


def _latest(case: Case, question: str, code: str) -> str | None:
    """Give the date of the newest answer, stale or not."""
    rows = case.evidence.history.get((code, question), ())
    return rows[0].answer.date if rows else None


def _mapping(case: Case) -> Iterator[Missing]:
    if case.is_mapped or case.code == "2.3":
        return
    answers = case.worst.answers.get(MAPPING, ())
    key = f"{case.kommunkod}:svar:{MAPPING}"
    if len({answer.answer for answer in answers}) > 1:
        sentence = (
            f"Vilket svar som gäller för {case.kommun}: svaren på frågan {MAPPING} ({answers[0].date}) "
            "säger olika saker."
        )
    elif answers:
        sentence = (
            f"Om kartläggningen i {case.kommun} är klar; svaret {answers[0].date} är att den inte är det. "
            "Tills dess kan det finnas arenor och insatser som inte är listade."
        )
    elif (stale := _latest(case, MAPPING, case.kommunkod)) is not None:
        sentence = (
            f"{case.kommun} behöver bekräfta eller ändra sitt svar från {stale} på frågan {MAPPING}. "
            "Tills dess kan det finnas arenor och insatser som inte är listade."
        )
    else:
        sentence = (
            f"{case.kommun} har inte svarat på om kartläggningen är klar (frågan {MAPPING}). "
            "Tills dess kan det finnas arenor och insatser som inte är listade."
        )
    yield Missing(key, case.kommunkod, sentence)


def _rows(case: Case) -> Iterator[Missing]:
    """Name the insatser that may add something, by what is not known of them."""
    code, evidence = case.code, case.evidence
    if code not in BEARS_ON or (code == "1.4" and not _has_something_to_gain(case)):
        return
    facts, states = evidence.facts, evidence.standing.insatser
    serving = arenas_for(evidence, code, case.place)
    rows = np.flatnonzero((states >= MAYBE) & serving[facts.arena_of])
    rows = rows[_may_add(case, rows.astype(np.int32))]
    frame = facts.dataset.insatser.iloc[rows]
    names = facts.dataset.arenor["namn"].to_numpy()[facts.arena_of[rows]]
    labels = [f"{insats} ({arena})" for insats, arena in zip(frame["namn"], names, strict=True)]
    yield from _unsure_rows(case, rows, labels)
    for column in _CELLS.get(code, ()):
        if column == "alder":
            empty = (frame["alder_fran"].isna() | frame["alder_till"].isna()).to_numpy(dtype=bool)
        elif column == "parter":
            closed = [bool(parties) and "ofullstandig" not in parties for parties in frame["parter"]]
            empty = ~np.array(closed, dtype=bool)
        elif column in {"kunskapsbas", "barnratt"}:
            empty = frame[column].isna().to_numpy(dtype=bool)
        else:
            empty = np.array([not cell for cell in frame[column]], dtype=bool)
        lacking = [label for label, is_empty in zip(labels, empty, strict=True) if is_empty]
        if lacking:
            what = _CELL_WORDS[column]
            yield Missing(
                f"{case.kommunkod}:cell:{column}",
                case.kommunkod,
                f"{_many(lacking, 'insats', 'insatser')} saknar uppgift om {what}: {_listed(lacking)}.",
            )


def _has_something_to_gain(case: Case) -> bool:
    return case.worst.baseline is not None


def _may_add(case: Case, rows: Places) -> Any:
    """Tell which rows may add something that is not proven already."""
    facts, code = case.evidence.facts, case.code
    proven = case.worst
    first, second = facts.possible
    if CELLS in BEARS_ON[code]:
        return (first[rows] & ~np.uint64(proven.cells)) > 0
    if code == "2.3":
        return (case.evidence.standing.insatser[rows] == MAYBE) & proves(facts, code, rows)
    fields = facts.layout.fields
    there = 0
    for name in BEARS_ON[code]:
        there |= int(getattr(proven, name)) << fields[name].shift
    mask = sum(fields[name].ones for name in BEARS_ON[code]) & ~there
    if code == "1.4":
        mask |= fields["joint"].ones & ~(proven.joint << fields["joint"].shift)
    return (second[rows] & np.uint64(mask)) > 0


def _unsure_rows(case: Case, rows: Any, labels: Sequence[str]) -> Iterator[Missing]:
    """Say why insatser that may be active prove nothing: status, age, or a weak source."""
    facts, standing = case.evidence.facts, case.evidence.standing
    arena = facts.arena_of[rows]
    maybe = standing.insatser[rows] == MAYBE
    status = (facts.status[rows] == UNSURE) | (facts.arena_status[arena] == UNSURE)
    weak = facts.is_weak[rows] | facts.arena_is_weak[arena]
    oldest = day_number(case.evidence.day) - (standing.counted_days or 0)
    undated = np.zeros(len(rows), dtype=bool)
    for dates in (facts.day[rows], facts.arena_day[arena]):
        late = dates > standing.day
        stale = (dates == NO_DAY) | late | ((dates < oldest) & (standing.counted_days is not None))
        undated |= stale
    yield from _reasons(
        case, [maybe & flags for flags in (undated, status, weak)], labels, "insats", "insatser"
    )


def _reasons(
    case: Case, flags: Sequence[Any], labels: Sequence[str], one: str, many: str
) -> Iterator[Missing]:
    words = (
        ("bekrafta", "behöver bekräftas, eftersom uppgiften är för gammal eller saknar datum"),
        ("status", "har okänd status: finns de, och är de aktiva?"),
        ("belagg", "har svagt stöd i källan och behöver en säkrare"),
    )
    for (key, what), chosen in zip(words, flags, strict=True):
        named = [label for label, is_so in zip(labels, chosen, strict=True) if is_so]
        if named:
            yield Missing(
                f"{case.kommunkod}:{key}:{many}",
                case.kommunkod,
                f"{_many(named, one, many)} {what}: {_listed(named)}.",
            )


def _arenas(case: Case) -> Iterator[Missing]:
    """Name arenas that nobody has described, and arenas that count as such but are unsure."""
    code, evidence = case.code, case.evidence
    facts, states = evidence.facts, evidence.standing.arenas
    serving = arenas_for(evidence, code, case.place)
    names = facts.dataset.arenor["namn"].to_numpy()
    bare = np.flatnonzero(serving & (states >= MAYBE) & ~facts.has_rows)
    is_useful = code in BEARS_ON and code != "2.3" and not (code == "1.4" and case.worst.baseline is None)
    if len(bare) and is_useful:
        named = [str(name) for name in names[bare]]
        yield Missing(
            f"{case.kommunkod}:insatser",
            case.kommunkod,
            f"Vad {_many(named, 'arena', 'arenor')} utan insatser erbjuder: {_listed(named)}.",
        )
    if code in {"2.3", "2.4", "2.6"}:
        own = serving & (facts.place == case.place) & (states == MAYBE)
        if code == "2.6":
            own = own & of_types(facts, PREMISES)
        unsure = np.flatnonzero(own)
        standing = evidence.standing
        flags = [
            ~standing.arena_holds[unsure],
            facts.arena_status[unsure] == UNSURE,
            facts.arena_is_weak[unsure],
        ]
        yield from _reasons(case, flags, [str(name) for name in names[unsure]], "arena", "arenor")
    if code == "2.3" and case.is_mapped and not case.worst.described[1]:
        sentence = f"Vilka arenor som är aktiva i {case.kommun}: ingen aktiv arena är belagd."
        yield Missing(f"{case.kommunkod}:arenor", case.kommunkod, sentence)
    if code == "2.4" and case.evidence.previous is not None and not case.worst.is_renewed:
        own = serving & evidence.renewal(is_best=True)
        named = [str(name) for name in names[np.flatnonzero(own)]]
        if named:
            yield Missing(
                f"{case.kommunkod}:datum",
                case.kommunkod,
                f"När {_many(named, 'arena', 'arenor')} öppnade eller senast utvecklades "
                f"(start_datum, utvecklad_datum): {_listed(named)}.",
            )


def _kinds(codes: Iterable[str]) -> list[int]:
    types = tuple(vocabulary.ARENA_TYPE)
    return [types.index(code) for code in codes]


def _premises(case: Case) -> Iterator[Missing]:
    """Name the parts of familjecentraler that are not known, and units whose co-location is not."""
    if case.code != "2.6":
        return
    evidence = case.evidence
    given = premises(evidence.facts)
    names = evidence.facts.dataset.arenor["namn"].to_numpy()
    states = evidence.standing.arenas[given.arena]
    here = (given.place == case.place) & (states >= MAYBE)
    for row in np.flatnonzero(here & (given.kind == _kinds([CENTRE])[0])):
        lacking = [_PART_WORDS[name] for name, part in given.parts.items() if part[row] < 0]
        if lacking:
            name = names[given.arena[row]]
            yield Missing(
                f"{case.kommunkod}:delar:{evidence.facts.dataset.arenor.index[given.arena[row]]}",
                case.kommunkod,
                f"Om {name} har {either(lacking, last='och')}.",
            )
    alone = np.flatnonzero(here & np.isin(given.kind, _kinds(HEALTH_PARTS)) & ~_says_where(case, given))
    if len(alone) and not case.is_mapped:
        named = [str(names[arena]) for arena in given.arena[alone]]
        yield Missing(
            f"{case.kommunkod}:samlokalisering",
            case.kommunkod,
            f"Vilka lokaler {_many(named, 'mottagning', 'mottagningar')} delar (samlokaliserad_med): "
            f"{_listed(named)}.",
        )


def _says_where(case: Case, given: Any) -> Any:
    cells = case.evidence.facts.dataset.arenor["samlokaliserad_med"].iloc[given.arena]
    return cells.notna().to_numpy(dtype=bool)


def _wave(case: Case) -> Iterator[Missing]:
    """Say that there is nothing to compare with: no earlier follow-up, or one that proves nothing missing."""
    baseline = case.worst.baseline
    if baseline is None:
        yield Missing("matomgang", case.kommunkod, "En tidigare mätomgång att jämföra med.")
    elif case.code == "1.4" and not baseline.missing:
        yield Missing(
            f"{case.kommunkod}:matomgang",
            case.kommunkod,
            f"Var metoder saknades i {case.kommun} förra mätomgången: ingen ruta var bevisligen tom då. "
            "Nästa mätomgång kan jämföras med den här.",
        )


def _many(named: Sequence[str], one: str, many: str) -> str:
    return f"{len(named)} {one if len(named) == 1 else many}"


def _listed(named: Sequence[str]) -> str:
    different = list(dict.fromkeys(named))
    first = different[:NAMED_AT_MOST]
    rest = len(different) - len(first)
    return either([*first, *([f"{rest} till"] if rest else [])], last="och")
