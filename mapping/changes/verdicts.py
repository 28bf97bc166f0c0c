"""Tell which verdicts change between two versions, from what to what, because of which rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from mapping.changes.rows import CHANGED, KIND_WORDS, Changes, RowChange, told
from mapping.contract import vocabulary
from mapping.contract.schema import KOMMUNLAGE
from mapping.swedish import capital, either
from mapping.verdicts.judge import STATUS, Verdict

ROWS_NAMED: Final = 3
"""Rows that a sentence names; the rest are counted."""

_ROW: Final = {"kommunlage": "svaret", "insatser": "insatsen", "arenor": "arenan"}
"""What a row is called in a reason, the tables whose rows tell most first."""


@dataclass(frozen=True, eq=False)
class VerdictChange:
    """One verdict that two versions judge differently: the same objective in the same place.

    The rows are those that differ between the versions and bear on it, if any does.
    """

    before: Verdict = field(repr=False)
    after: Verdict = field(repr=False)
    rows: tuple[RowChange, ...]

    @property
    def objective(self) -> str:
        """The objective's code."""
        return self.after.objective

    @property
    def name(self) -> str:
        """What the objective is called."""
        return self.after.rule_of.objective.name

    @property
    def kommunkod(self) -> str:
        """Where; 18 is the county."""
        return self.after.kommunkod

    @property
    def kommun(self) -> str:
        """Where, by name."""
        return self.after.kommun

    @property
    def changes_status(self) -> bool:
        """Whether the verdict itself is another; otherwise only its floor or its ceiling is."""
        return _shown(self.before) != _shown(self.after)

    @property
    def words(self) -> tuple[str, str]:
        """The verdicts before and after, in Swedish."""
        return status_words(self.before), status_words(self.after)

    @property
    def reason(self) -> str:
        """Which rows it comes from, as a Swedish clause; empty if no changed row explains it."""
        named = [_row_words(row) for row in self.rows[:ROWS_NAMED]]
        more = len(self.rows) - len(named)
        if more:
            named.append(f"{more} {'rad' if more == 1 else 'rader'} till har ändrats")
        return either(named, last="och")

    @property
    def account(self) -> str:
        """The reason as a sentence of its own, with the span where only that changes."""
        words = [] if self.changes_status else [f"{self._spans.capitalize()}."]
        if self.rows:
            words.append(f"{capital(self.reason)}.")
        return " ".join(words) or "Ingen ändrad rad förklarar det."

    @property
    def _spans(self) -> str:
        return f"förut {_span_words(self.before)}, nu {_span_words(self.after)}"

    @property
    def sentence(self) -> str:
        """Say in Swedish what changes, and why."""
        old, new = self.words
        what = f"från {old} till {new}" if self.changes_status else f"fortfarande {new} ({self._spans})"
        because = f", eftersom {self.reason}" if self.rows else ""
        return f"{self.kommun}, mål {self.objective}: {what}{because}."

    def as_json(self) -> dict[str, Any]:
        """Give the change as open data."""
        return {
            "objective": self.objective,
            "kommunkod": self.kommunkod,
            "kommun": self.kommun,
            "before": _as_json(self.before),
            "after": _as_json(self.after),
            "rows": [{"table": row.table, "kind": row.kind, "key": row.key} for row in self.rows],
            "message": self.sentence,
        }


def verdict_changes(
    before: Sequence[Verdict], after: Sequence[Verdict], changes: Changes
) -> tuple[VerdictChange, ...]:
    """Compare the verdicts of two versions.

    A row explains a change if it differs between the versions and is counted in only one of them, itself or
    through its arena. Where there is none, the rows that differ and may bear on the objective there do: those
    that both count, those that would count if more were known of them, and answers to its questions.

    Both are judged on the same day by the same strategy. Every verdict whose status, floor or ceiling differs
    is given, in the order of `after`; those that only one side judges are passed over.
    """
    old = {(verdict.objective, verdict.kommunkod): verdict for verdict in before}
    pairs = ((old.get((verdict.objective, verdict.kommunkod)), verdict) for verdict in after)
    return tuple(
        VerdictChange(was, now, _causes(was, now, changes))
        for was, now in pairs
        if was is not None and _state(was) != _state(now)
    )


def summary(found: Iterable[VerdictChange]) -> str:
    """Say in Swedish how many verdicts change."""
    every = list(found)
    changed = sum(one.changes_status for one in every)
    narrowed = len(every) - changed
    first = f"{changed or 'Ingen'} {'bedömning' if changed <= 1 else 'bedömningar'} ändras."
    if not narrowed:
        return first
    rest = "bedömning" if narrowed == 1 else "bedömningar"
    return f"{first} För {narrowed} {rest} ändras bara det sämsta eller bästa som uppgifterna medger."


def status_words(verdict: Verdict) -> str:
    """Write a verdict's status in lower case, in Swedish."""
    return "minst delvis" if verdict.at_least else STATUS[verdict.status].lower()


def _state(verdict: Verdict) -> tuple[Any, ...]:
    return (*_shown(verdict), verdict.floor, verdict.ceiling)


def _shown(verdict: Verdict) -> tuple[str, bool]:
    return verdict.status, verdict.at_least


def _span_words(verdict: Verdict) -> str:
    worst, best = STATUS[verdict.floor].lower(), STATUS[verdict.ceiling].lower()
    words = worst if worst == best else f"mellan {worst} och {best}"
    return f"{words}, att stämma av" if verdict.needs_reconciling else words


def _row_words(row: RowChange) -> str:
    word = KIND_WORDS[row.kind]
    kind = word.neuter if vocabulary.TABLE_NOUN[row.table].is_neuter else word.one
    columns = ", ".join(cell.column for cell in told(row))
    what = f" ({columns})" if row.kind == CHANGED else ""
    return f"{_ROW[row.table]} ”{row.name}” är {kind}{what}"


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "at_least": verdict.at_least,
        "floor": verdict.floor,
        "ceiling": verdict.ceiling,
    }


def _causes(before: Verdict, after: Verdict, changes: Changes) -> tuple[RowChange, ...]:
    """Give the changed rows that explain a changed verdict, the surest kind only."""
    sides = (before, after)
    counted = [set(verdict.counted) for verdict in sides]
    in_one = counted[0] ^ counted[1]
    arenas = {
        row.insats.arena.arena_id
        for verdict in sides
        for row in verdict.rule_of.insatser(verdict.place)
        if row.insats.insats_id in in_one
    }
    surest = _changed(in_one | arenas, changes)
    if surest:
        return surest
    may_bear = {key for verdict in sides for key in _bearing(verdict)}
    named = _changed(counted[0] | counted[1] | may_bear, changes)
    return _ordered((*named, *_answers(before, changes)))


def _changed(keys: set[str], changes: Changes) -> tuple[RowChange, ...]:
    """Give the changed rows with these keys: answers, then insatser, then arenas."""
    return _ordered(row for key in keys for row in changes.by_key.get(key, ()) if row.table in _ROW)


def _ordered(rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
    tables, kinds = list(_ROW), list(KIND_WORDS)

    def place(row: RowChange) -> tuple[int, int, str]:
        return tables.index(row.table), kinds.index(row.kind), row.key

    return tuple(sorted(dict.fromkeys(rows), key=place))


def _bearing(verdict: Verdict) -> Iterator[str]:
    """Name the insatser and arenas that bear on the objective there, or may."""
    rule, place = verdict.rule_of, verdict.place
    yield from (row.insats.insats_id for row in rule.bearing(place))
    yield from (row.arena.arena_id for row in rule.serving(place))


def _answers(verdict: Verdict, changes: Changes) -> Iterator[RowChange]:
    """Give the changed answers to the questions that a verdict asks."""
    questions = verdict.rule_of.asks()
    asked = {verdict.kommunkod, vocabulary.COUNTY_CODE}
    table = changes.tables.get(KOMMUNLAGE.name)
    for row in table.rows if table else ():
        kommunkod, question, _ = row.key.split(":", 2)
        if question in questions and kommunkod in asked:
            yield row
