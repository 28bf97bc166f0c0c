"""Say which facts are missing where a verdict is open, so that somebody can find them out.

What several objectives lack is said here; what only one lacks, in its own module.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import either
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import MAPPING, Place
from mapping.verdicts.known import UNSURE, Insats
from mapping.verdicts.row_status import MAYBE, WEAK, ArenaOnDay, InsatsOnDay

WAVE: Final = "matomgang"
"""The key of an earlier follow-up to compare with."""
NAMED_AT_MOST: Final = 3
"""Rows that a sentence names; the rest are counted."""

QUESTION_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kartlaggning": "kartläggningen av arenor och insatser är klar",
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

CELL_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "preventionsniva": "preventionsnivå",
        "alder": "ålder",
        "kunskapsbas": "kunskapsbas",
        "barnratt": "barnets rättigheter",
        "malgrupp": "målgrupp",
        "form": "form",
        "sprak": "språk",
        "parter": "alla parter",
    }
)
"""Cells of an insats that objectives ask for, in words."""

_CELLS: Final[Mapping[str, Callable[[Insats], bool]]] = MappingProxyType(
    {
        "preventionsniva": lambda insats: not insats.levels,
        "alder": lambda insats: None in insats.ages,
        "kunskapsbas": lambda insats: insats.knowledge_base is None,
        "barnratt": lambda insats: insats.rights is None,
        "malgrupp": lambda insats: not insats.groups,
        "form": lambda insats: not insats.forms,
        "sprak": lambda insats: not insats.languages,
        "parter": lambda insats: not insats.has_all_parties,
    }
)
"""Whether an insats lacks each of them."""


@dataclass(frozen=True)
class Missing:
    """A fact that is missing."""

    key: str
    """The same key in two verdicts is the same thing to find out."""
    kommunkod: str
    """Who can find it out."""
    sentence: str
    is_stale: bool = False
    """Whether there is an answer, too old to count."""

    @property
    def what(self) -> str:
        """What it is, whosever it is."""
        return self.key.partition(":")[2] or self.key

    @property
    def can_be_found_out(self) -> bool:
        """Whether anybody can do anything about it: an earlier follow-up there is, or is not."""
        return self.what != WAVE

    @classmethod
    def of(cls, kommunkod: str, what: str, sentence: str) -> "Missing":
        """Name a fact of one kommunkod; `what` tells it from its others."""
        return cls(f"{kommunkod}:{what}", kommunkod, sentence)


def reconciliation(place: Place, question: str) -> Missing:
    """Say that an answer and the facts about arenas contradict each other (rule G6)."""
    answer = place.answers[question][0]
    facts = "det finns sådana insatser" if answer.answer == "0" else "det finns inga sådana insatser"
    return Missing.of(
        place.kommunkod,
        f"stam_av:{question}",
        f"Stäm av: {place.kommun} har svarat {answer.answer} på frågan {about(question)} ({answer.date}), "
        f"men enligt uppgifterna om arenor {facts}.",
    )


def answers(place: Place, question: str) -> Iterator[Missing]:
    """Say that a question is not answered, or that the answers of one day differ."""
    found = place.answers.get(question, ())
    if not found:
        yield unanswered(place, question, place.kommunkod, place.kommun)
    if len({(a.answer, a.parties, a.has_all_parties, a.ages, a.has_evidence) for a in found}) > 1:
        yield Missing.of(place.kommunkod, f"svar:{question}", _differing(place, question, found[0].date))


def _differing(place: Place, question: str, date: str) -> str:
    asked = about(question)
    return f"Vilket svar som gäller för {place.kommun}: svaren på frågan {asked} ({date}) säger olika saker."


def unanswered(place: Place, question: str, code: str, name: str) -> Missing:
    """Say that a kommunkod has not answered a question, or only with an answer that is too old."""
    stale = _latest(place, question, code)
    if stale is not None:
        sentence = f"{name} behöver bekräfta eller ändra sitt svar från {stale} på frågan {about(question)}."
    else:
        sentence = f"{name} har inte svarat på {about(question)}."
    return replace(Missing.of(code, f"svar:{question}", sentence), is_stale=stale is not None)


def about(question: str) -> str:
    """Give a question as the end of "… har inte svarat på …"."""
    words = QUESTION_WORDS[question]
    return words if words.startswith(("hur ", "vilka ")) else f"om {words}"


def _latest(place: Place, question: str, code: str) -> str | None:
    """Give the date of the newest answer, stale or not."""
    rows = place.judging.history.get((code, question), ())
    return rows[0].answer.date if rows else None


def parties(place: Place, found: Iterable[Answer], asked: str) -> Iterator[Missing]:
    """Say that not all the parties of a `ja` are told; `asked` is what to find out."""
    for answer in found:
        if answer.answer == "ja" and not answer.has_all_parties:
            named = either((vocabulary.PARTY.get(p, p).lower() for p in sorted(answer.parties)), last="och")
            known = f" Hittills nämns {named}." if named else ""
            sentence = f"{_who(place, answer)}: {asked} (svaret {answer.date}).{known}"
            yield Missing.of(answer.kommunkod, f"parter:{answer.question}", sentence)


def ages(place: Place, found: Iterable[Answer]) -> Iterator[Missing]:
    """Say that the ages of a `ja` are not told."""
    for answer in found:
        if answer.answer == "ja" and None in answer.ages:
            yield Missing.of(
                answer.kommunkod,
                f"aldrar:{answer.question}",
                f"{_who(place, answer)}: vilka åldrar svaret på frågan {about(answer.question)} "
                f"({answer.date}) gäller.",
            )


def _who(place: Place, answer: Answer) -> str:
    return vocabulary.AREAS.get(answer.kommunkod, place.kommun)


def mapping(place: Place) -> Iterator[Missing]:
    """Say that the mapping is not known to be complete, so that there may be more than is listed."""
    if place.is_mapped:
        return
    found = place.answers.get(MAPPING, ())
    unlisted = " Tills dess kan det finnas arenor och insatser som inte är listade."
    stale = _latest(place, MAPPING, place.kommunkod)
    if len({answer.answer for answer in found}) > 1:
        sentence, unlisted = _differing(place, MAPPING, found[0].date), ""
    elif found:
        sentence = (
            f"Om kartläggningen i {place.kommun} är klar; svaret {found[0].date} är att den inte är det."
        )
    elif stale is not None:
        sentence = (
            f"{place.kommun} behöver bekräfta eller ändra sitt svar från {stale} på frågan {about(MAPPING)}."
        )
    else:
        sentence = f"{place.kommun} har inte svarat på {about(MAPPING)}."
    fact = Missing.of(place.kommunkod, f"svar:{MAPPING}", f"{sentence}{unlisted}")
    yield replace(fact, is_stale=stale is not None)


def insatser(place: Place, rows: Sequence[InsatsOnDay], cells: Iterable[str]) -> Iterator[Missing]:
    """Name the insatser that may add something, by what is not known of them; `cells` are those asked for."""
    named = [(row, f"{row.insats.name} ({row.insats.arena.name})") for row in rows]
    freshness = place.judging.freshness
    unsure = [(row.insats, name) for row, name in named if row.status == MAYBE]
    tests: Mapping[str, Callable[[Insats], bool]] = {
        "bekrafta": lambda one: not (freshness.holds(one.day) and freshness.holds(one.arena.day)),
        "status": lambda one: UNSURE in {one.status, one.arena.status},
        "belagg": lambda one: WEAK in {one.evidence, one.arena.evidence},
    }
    chosen = {key: [name for one, name in unsure if is_so(one)] for key, is_so in tests.items()}
    yield from _reasons(place, chosen, "insats", "insatser")
    for column in cells:
        is_empty, words = _CELLS[column], CELL_WORDS[column]
        lacking = [name for row, name in named if is_empty(row.insats)]
        if lacking:
            count = many(lacking, "insats", "insatser")
            sentence = f"{count} saknar uppgift om {words}: {listed(lacking)}."
            yield Missing.of(place.kommunkod, f"cell:{column}", sentence)


def unsure_arenas(place: Place, rows: Iterable[ArenaOnDay]) -> Iterator[Missing]:
    """Say why arenas that may be active are not proven to be."""
    unsure = [row for row in rows if row.status == MAYBE]
    tests: Mapping[str, Callable[[ArenaOnDay], bool]] = {
        "bekrafta": lambda row: not row.holds,
        "status": lambda row: row.arena.status == UNSURE,
        "belagg": lambda row: row.arena.evidence == WEAK,
    }
    chosen = {key: [row.arena.name for row in unsure if is_so(row)] for key, is_so in tests.items()}
    yield from _reasons(place, chosen, "arena", "arenor")


def _reasons(place: Place, named: Mapping[str, Sequence[str]], one: str, several: str) -> Iterator[Missing]:
    words = {
        "bekrafta": "behöver bekräftas, eftersom uppgiften är för gammal eller saknar datum",
        "status": "har okänd status: finns de, och är de aktiva?",
        "belagg": "har svagt stöd i källan och behöver en säkrare",
    }
    for key, names in named.items():
        if names:
            sentence = f"{many(names, one, several)} {words[key]}: {listed(names)}."
            yield Missing.of(place.kommunkod, f"{key}:{several}", sentence)


def undescribed(place: Place, rows: Iterable[ArenaOnDay]) -> Iterator[Missing]:
    """Name arenas of which nobody has said what they offer."""
    named = [row.arena.name for row in rows if row.is_undescribed]
    if named:
        sentence = f"Vad {many(named, 'arena', 'arenor')} utan insatser erbjuder: {listed(named)}."
        yield Missing.of(place.kommunkod, "insatser", sentence)


def wave(place: Place) -> Iterator[Missing]:
    """Say that there is no earlier follow-up to compare with (rule G7)."""
    if place.previous is None:
        yield Missing(WAVE, place.kommunkod, "En tidigare mätomgång att jämföra med.")


def many(named: Sequence[str], one: str, several: str) -> str:
    """Count rows in words."""
    return f"{len(named)} {one if len(named) == 1 else several}"


def listed(named: Sequence[str]) -> str:
    """Name the first rows and count the rest.

    Examples
    --------
    >>> listed(["a", "b", "b", "c", "d", "e"])
    'a, b, c och 2 till'
    """
    different = list(dict.fromkeys(named))
    first = different[:NAMED_AT_MOST]
    rest = len(different) - len(first)
    return either([*first, *([f"{rest} till"] if rest else [])], last="och")
