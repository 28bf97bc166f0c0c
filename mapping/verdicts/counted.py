"""List the rows and answers that a verdict counts, so that its numbers can be added again."""

from collections.abc import Iterator
from dataclasses import dataclass

from mapping.contract import vocabulary
from mapping.contract.guidance import ANSWER_LABEL, QUESTION_TITLE
from mapping.swedish import span
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import Mandate, Place
from mapping.verdicts.judge import Verdict
from mapping.verdicts.known import Arena, Insats
from mapping.verdicts.row_status import PLANNED_NOW

DERIVED = "härledd"
LOOK_OVER, OLDER = "bör ses över", "äldre uppgift"
SHARED, PLANNED = "delad", "planerad"


@dataclass(frozen=True)
class CountedRow:
    """One row that a verdict counts.

    `arena_id` leads to the arena on the map; it is `None` for an answer. `confirmed` is missing where no date
    is known.
    """

    key: str
    name: str
    arena_id: str | None
    what: str
    confirmed: str | None
    sources: tuple[str, ...]
    marks: tuple[str, ...]


def counted_rows(verdict: Verdict) -> tuple[CountedRow, ...]:
    """List the rows that a verdict counts: insatser, arenas, answers."""
    place, rule = verdict.place, verdict.rule_of
    return (
        *(_insats(row.insats, marks_of(place, row.insats)) for row in rule.insatser(place)),
        *(_mandate(place, one) for one in rule.mandates(place) if one.is_proven),
        *(_arena(row.arena, marks_of(place, row.arena)) for row in rule.arenas(place)),
        *(_answer(place, answer) for answer in rule.answers(place.lowest)),
    )


def planned_rows(verdict: Verdict) -> tuple[CountedRow, ...]:
    """List the planned rows that would bear on the objective; they never raise the status."""
    place = verdict.place
    serving = verdict.rule_of.serving(place)
    rows = [row.insats for arena in serving for row in arena.insatser if row.status == PLANNED_NOW]
    rows.sort(key=lambda insats: insats.number)
    return (
        *(_insats(insats, (PLANNED,)) for insats in rows),
        *(_arena(row.arena, (PLANNED,)) for row in serving if row.status == PLANNED_NOW),
    )


def marks_of(place: Place, row: Insats | Arena) -> tuple[str, ...]:
    """Mark what must be said of a row that counts; an insats together with its arena."""
    arena = row.arena if isinstance(row, Insats) else row
    marks = [DERIVED] if "harledd" in {row.evidence, arena.evidence} else []
    days = [day for day in (row.day, arena.day) if day is not None]
    age_days = (place.judging.day - min(days)).days if days else 0
    strategy = place.judging.strategy
    if age_days > strategy.fresh_days:
        marks.append(OLDER if age_days > strategy.counted_days else LOOK_OVER)
    if arena.kommunkod != place.kommunkod:
        marks.append(SHARED)
    return tuple(marks)


def _insats(insats: Insats, marks: tuple[str, ...]) -> CountedRow:
    return CountedRow(
        insats.insats_id,
        f"{insats.name} – {insats.arena.name}",
        insats.arena.arena_id,
        _offered(insats),
        insats.confirmed,
        insats.sources,
        marks,
    )


def _mandate(place: Place, one: Mandate) -> CountedRow:
    """Tell what law or programme obliges: the arena that is of the type, or the municipality."""
    row, arena = one.insats, one.arena.arena if one.arena else None
    ground = "§ enligt uppdrag"
    marks = (ground,) if arena is None else (ground, *marks_of(place, arena))
    where = row.arena.name if arena is None else arena.name
    when = row.confirmed if arena is None else arena.confirmed
    link = None if arena is None else arena.arena_id
    return CountedRow(one.identity, f"{row.name} – {where}", link, _offered(row), when, row.sources, marks)


def _arena(arena: Arena, marks: tuple[str, ...]) -> CountedRow:
    kind = vocabulary.ARENA_TYPE[arena.kind]
    return CountedRow(arena.arena_id, arena.name, arena.arena_id, kind, arena.confirmed, arena.sources, marks)


def _answer(place: Place, answer: Answer) -> CountedRow:
    parties = ", ".join({**vocabulary.PARTY, **vocabulary.AREAS}.get(p, p) for p in sorted(answer.parties))
    what = f"Svar: {ANSWER_LABEL.get(answer.answer, answer.answer).lower()}" + (
        f" (tillsammans: {parties})" if parties else ""
    )
    name = f"{vocabulary.AREAS.get(answer.kommunkod, answer.kommunkod)}: {QUESTION_TITLE[answer.question]}"
    return CountedRow(answer.identity, name, None, what, answer.date, tuple(_sources(place, answer)), ())


def _sources(place: Place, answer: Answer) -> Iterator[str]:
    rows = place.judging.dataset.kommunlage
    same = (
        (rows["kommunkod"] == answer.kommunkod)
        & (rows["fraga"] == answer.question)
        & (rows["datum"] == answer.date)
    )
    for cell in rows.loc[same, "kalla"]:
        yield from cell


def _offered(insats: Insats) -> str:
    levels = ", ".join(vocabulary.PREVENTION_LEVEL[code].lower() for code in insats.levels)
    first, last = insats.ages
    ages = "" if first is None or last is None else f"{span(first, last)} år"
    base = insats.knowledge_base
    known = "" if base is None else vocabulary.KNOWLEDGE_BASE[base].lower()
    return ", ".join(filter(None, (levels, ages, known))) or "nivå och ålder: uppgift saknas"
