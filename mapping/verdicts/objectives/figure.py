"""Show what is known of an objective in one municipality, settled or not: a small figure and a sentence.

A figure is rows of boxes, each in a state: one of those that a year of childhood may have
(`mapping.verdicts.objectives.strips`), planned, or not the one of several. Everything that draws, reads aloud
or exports a figure does it from these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeVar

from mapping.contract import vocabulary
from mapping.swedish import capital, either
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import Offers, Place
from mapping.verdicts.strength import MANDATE, OLDER, PROVED, STRENGTHS, up_to
from mapping.verdicts.words import years_in_words

COVERED, SHARED, UNKNOWN, EMPTY = "belagd", "delad", "okand", "tom"
"""A year has something of the municipality's own, something shared, perhaps something, or nothing."""
OBLIGED: Final = MANDATE
"""A year has only what must be offered by law or national programme; or (`OLDER`) what older facts say."""
PLANNED: Final = "planerat"
OTHER: Final = "annan"
"""One of several, of which another is the one."""
KNOWN: Final = (COVERED, SHARED, OBLIGED, OLDER)
"""The states in which something is known to be there, the strongest first."""
STATE_OF: Final[Mapping[str, str]] = {PROVED: COVERED, MANDATE: OBLIGED, OLDER: OLDER}

MEANING: Final[Mapping[str, str]] = {
    COVERED: "känt i kommunen",
    SHARED: "delas med andra",
    OBLIGED: "§ ska erbjudas enligt lag eller nationellt program",
    OLDER: "enligt en äldre uppgift",
    PLANNED: "planeras, finns inte än",
    EMPTY: "inget känt, och kartläggningen är klar",
}
"""What a box in each state of which something is known says."""

_MOST_APART: Final = 9

Places = Mapping[str, Place]
"""One municipality as it is known in each strength."""
T = TypeVar("T")


@dataclass(frozen=True)
class Box:
    """One thing that may be known: what it is, and its state."""

    label: str
    state: str


@dataclass(frozen=True)
class Row:
    """Boxes side by side. `share` is x of y where that is what is shown."""

    label: str
    boxes: tuple[Box, ...]
    share: tuple[int, int] | None = None

    @property
    def is_lane(self) -> bool:
        """Whether the boxes are years of childhood, too many to be drawn apart."""
        return len(self.boxes) > _MOST_APART

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any box, be it that there is nothing."""
        return bool(self.share and self.share[0]) or any(
            box.state not in {UNKNOWN, OTHER} for box in self.boxes
        )

    def as_json(self) -> dict[str, Any]:
        """Give it as open data."""
        boxes = [{"label": box.label, "state": box.state} for box in self.boxes]
        return {"label": self.label, "boxes": boxes, "share": list(self.share) if self.share else None}


@dataclass(frozen=True)
class Figures:
    """What is known, as rows of boxes and in a sentence; kinds with more to tell add to it."""

    rows: tuple[Row, ...]
    sentence: str


def states(asked: Offers, places: Places, basis: str, *, shared: bool = True) -> Mapping[Any, str]:
    """Give the state of everything that may be offered: as strongly as it is known, of what was chosen.

    `basis` is the weakest strength that counts; `shared` whether what serves the place from elsewhere does.
    """
    possible = places[basis].highest.offered(asked, shared=shared)
    found = {thing: UNKNOWN if thing in possible else EMPTY for thing in asked.everything}
    for strength in reversed(up_to(basis)):
        state = SHARED if strength == PROVED else STATE_OF[strength]
        found |= dict.fromkeys(places[strength].lowest.offered(asked, shared=shared), state)
    return found | dict.fromkeys(places[PROVED].lowest.offered(asked, shared=False), COVERED)


def strongest(places: Places, basis: str, ask: Callable[[Place], T]) -> tuple[T, str]:
    """Give what the strongest of the chosen strengths says, if any says anything, and its state."""
    for strength in up_to(basis):
        said = ask(places[strength])
        if said:
            return said, STATE_OF[strength]
    return said, UNKNOWN


def answered(places: Places, basis: str, question: str) -> tuple[tuple[Answer, ...], str]:
    """Give the answers to a question, as strongly as they are known, and their state."""
    return strongest(places, basis, lambda place: place.answers.get(question, ()))


def how(state: str, year: int | None = None) -> str:
    """Say how strongly something is known, for a bracket; "" where it is proven."""
    if state == OBLIGED:
        return f" ({STRENGTHS[MANDATE].lower()})"
    if state == OLDER:
        return f" (uppgift från {year})" if year else " (äldre uppgift)"
    return ""


def year_of(answers: Sequence[Answer]) -> int | None:
    """Give the year of an answer."""
    return answers[0].first_day.year if answers else None


def years(states_of: Iterable[str], ages: Sequence[int]) -> tuple[str, str, str]:
    """Say at which ages something is known and how strongly, at which not, and where there is nothing.

    Examples
    --------
    >>> years(["uppdrag"] * 6 + ["okand"] * 13, range(19))
    ('0–5 år (enligt uppdrag)', '6–18 år', '')
    """
    alike = [SHARED if state == COVERED else state for state in states_of]
    found: dict[str, list[int]] = {}
    for state, age in zip(alike, ages, strict=True):
        found.setdefault(state, []).append(age)
    known = [f"{years_in_words(found[state])}{how(state)}" for state in KNOWN if state in found]
    blank, none = (years_in_words(found.get(state, ())) for state in (UNKNOWN, EMPTY))
    return either(known, last="och"), blank, none


def told(subject: str, known: str, unknown: str, none: str) -> str:
    """Say what is known of something, what is not, and where there is none."""
    parts = [f"{subject} är känt för {known}"] if known else []
    if none:
        parts.append(f"för {none} finns inget känt" if known else f"{subject} finns inte för {none}")
    if unknown:
        parts.append(
            f"om {unknown} vet vi inget" if parts else f"om {subject[:1].lower()}{subject[1:]} vet vi inget"
        )
    text = "; ".join(parts)
    return f"{capital(text)}."


def scale(places: Places, basis: str, question: str) -> tuple[Row, str]:
    """Show a self-assessment from 0 to 3, and say it."""
    answers, state = answered(places, basis, question)
    levels = {answer.answer for answer in answers}
    cells = tuple(Box(str(level), _of(str(level), levels, state)) for level in range(4))
    said = either(sorted(levels), last="och")
    words = (
        f"kommunen skattar sig till {said} av 3{how(state, year_of(answers))}"
        if levels
        else ("kommunen har inte skattat sig")
    )
    return Row("Självskattning", cells), words


def steps(
    places: Places, basis: str, question: str, words: Mapping[str, str]
) -> tuple[Row, Sequence[Answer], str]:
    """Show which of a question's answers (code → word) is given."""
    answers, state = answered(places, basis, question)
    given = {answer.answer for answer in answers}
    return Row("", tuple(Box(word, _of(code, given, state)) for code, word in words.items())), answers, state


def _of(one: str, given: set[str], state: str) -> str:
    return UNKNOWN if not given else state if one in given else OTHER


def parties(given: Mapping[str, str], wanted: Iterable[str], *, is_complete: bool) -> Row:
    """Show which parties take part: party → state; the others do not if the list is complete."""
    order = [code for code in vocabulary.PARTY if code in set(wanted)]
    rest = EMPTY if is_complete else UNKNOWN
    return Row("Parter", tuple(Box(vocabulary.PARTY[code], given.get(code, rest)) for code in order))


def party_words(row: Row) -> str:
    """Name the parties that are known to take part, those that do not, and those nobody knows of."""
    groups: dict[str, list[str]] = {}
    for state, cells in groupby(sorted(row.boxes, key=lambda cell: cell.state), key=lambda cell: cell.state):
        groups[state] = [cell.label.lower() for cell in cells]
    known = [name for state in KNOWN for name in groups.get(state, [])]
    parts = [f"med {either(known, last='och')}"] if known else []
    if EMPTY in groups:
        parts.append(f"utan {either(groups[EMPTY], last='och')}")
    if UNKNOWN in groups:
        parts.append(f"om {either(groups[UNKNOWN], last='och')} vet vi inget")
    return ", ".join(parts)
