"""Account for a verdict: every row and answer that it counts, so that its numbers can be added again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.swedish import span
from mapping.verdicts.judge import Verdict

_MARKS = {
    "derived": "härledd",
    "look_over": "bör ses över",
    "older": "äldre uppgift",
    "shared": "delad",
}


@dataclass(frozen=True)
class Counted:
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


def account(dataset: Dataset, verdict: Verdict) -> tuple[Counted, ...]:
    """List the rows that a verdict counts: insatser, arenas, answers."""
    marks = {
        identity: tuple(word for name, word in _MARKS.items() if identity in verdict.evidence.get(name, ()))
        for identity in verdict.counted
    }
    answers = {answer["id"]: answer for answer in verdict.evidence["answers"]}
    return tuple(
        _row(dataset, identity, answers.get(identity), marks[identity]) for identity in verdict.counted
    )


def planned(dataset: Dataset, verdict: Verdict) -> tuple[Counted, ...]:
    """List the planned rows that would bear on the objective; they never raise the status."""
    rows = verdict.evidence.get("planned_rows", ())
    return tuple(_row(dataset, str(identity), None, ("planerad",)) for identity in rows)


def _row(
    dataset: Dataset, identity: str, answer: Mapping[str, Any] | None, marks: tuple[str, ...]
) -> Counted:
    if answer is not None:
        return _answer(dataset, answer, marks)
    if identity in dataset.insatser.index:
        row = dataset.insatser.loc[[identity]].to_dict("records")[0]
        arena = dataset.arenor.loc[[row["arena_id"]]].to_dict("records")[0]
        return Counted(
            identity,
            f"{row['namn']} – {arena['namn']}",
            row["arena_id"],
            _offered(row),
            _date(row) or _date(arena),
            row["kalla"] or arena["kalla"],
            marks,
        )
    row = dataset.arenor.loc[[identity]].to_dict("records")[0]
    kind = vocabulary.ARENA_TYPE[row["arenatyp"]]
    return Counted(identity, row["namn"], identity, kind, _date(row), row["kalla"], marks)


def _answer(dataset: Dataset, answer: Mapping[str, Any], marks: tuple[str, ...]) -> Counted:
    code, question, date = answer["id"].split(":", 2)
    rows = dataset.kommunlage
    same = rows[(rows["kommunkod"] == code) & (rows["fraga"] == question) & (rows["datum"] == answer["date"])]
    sources = tuple(
        source for cell in same["kalla"] for source in (cell if isinstance(cell, tuple) else (cell,))
    )
    parties = ", ".join({**vocabulary.PARTY, **vocabulary.AREAS}.get(p, p) for p in answer["parties"])
    what = f"Svar: {answer['answer']}" + (f" (tillsammans: {parties})" if parties else "")
    name = f"{vocabulary.AREAS.get(code, code)}: frågan {question}"
    return Counted(answer["id"], name, None, what, str(answer["date"] or date), sources, marks)


def _offered(row: Mapping[Any, Any]) -> str:
    levels = ", ".join(vocabulary.PREVENTION_LEVEL[code].lower() for code in row["preventionsniva"])
    first, last = row["alder_fran"], row["alder_till"]
    ages = "" if pd.isna(first) or pd.isna(last) else f"{span(int(first), int(last))} år"
    base = row["kunskapsbas"]
    known = "" if pd.isna(base) else vocabulary.KNOWLEDGE_BASE[base].lower()
    return ", ".join(filter(None, (levels, ages, known))) or "nivå och ålder: uppgift saknas"


def _date(row: Mapping[Any, Any]) -> str | None:
    confirmed = row["kontrollerad_datum"]
    return None if pd.isna(confirmed) else str(confirmed)
