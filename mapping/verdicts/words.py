"""Write what rules and reasons are made of in Swedish: shares, years, phases, parties, answers."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import either, span, swedish_number
from mapping.verdicts.answers import Answer
from mapping.verdicts.strategy import Strategy

LEVEL_WORDS: Final = {code: label.lower() for code, label in vocabulary.PREVENTION_LEVEL.items()}
NO_ANSWER: Final = "inget gällande svar"
_ANSWER_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"ej_paborjad": "ej påbörjad", "pagar": "pågår", "utan_uppdrag": "finns, men utan uppdrag"}
)


def percent(share: float) -> str:
    """Write a share."""
    return f"{swedish_number(share * 100)} %"


def labels(codes: Iterable[str], words: Mapping[str, str], *, last: str = "och") -> str:
    """Name codes in lower case, in the vocabulary's order."""
    order = [code for code in words if code in set(codes)]
    return either((words[code].lower() for code in order), last=last)


def years_in_words(years: Iterable[int]) -> str:
    """Name years of age as spans.

    Examples
    --------
    >>> years_in_words({0, 1, 4, 5, 6}), years_in_words(())
    ('0–1 och 4–6 år', '')
    """
    spans: list[tuple[int, int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return f"{either((span(*ages) for ages in spans), last='och')} år" if spans else ""


def phases_in_words(phases: Iterable[int], strategy: Strategy) -> str:
    """Name phases, given as places in the strategy's list, by their ages."""
    named = [span(*strategy.phases[number]) for number in sorted(phases)]
    return f"{either(named, last='och')} år" if named else ""


def every_phase(strategy: Strategy) -> str:
    """Name all phases, each with its unit, as rules do."""
    return either((f"{span(*phase)} år" for phase in strategy.phases), last="och")


def parties_in_words(parties: Iterable[str]) -> str:
    """Name parties, which may be kommunkoder."""
    words = {**vocabulary.AREAS, **{code: label.lower() for code, label in vocabulary.PARTY.items()}}
    named = (words.get(party, party) for party in sorted(parties))
    return either(named, last="och") or "okända parter"


def said(answers: Sequence[Answer]) -> str:
    """Write answers with their dates; `NO_ANSWER` where there is none."""
    return " och ".join(f"{_ANSWER_WORDS.get(a.answer, a.answer)} ({a.date})" for a in answers) or NO_ANSWER
