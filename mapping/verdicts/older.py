"""Tell how old the facts are that a verdict rests on only where older rows count."""

import datetime as dt
from collections.abc import Iterator

from mapping.verdicts.bounds import Place
from mapping.verdicts.objectives.rule import Rule


def oldest_year(rule: Rule, strict: Place, older: Place, *, differs: bool) -> int | None:
    """Give the year of the oldest row or answer that counts only because older ones do.

    None where nothing older counts. Where the verdicts differ, something old makes them do so even where no
    row that counts is: a plan that may have come true, a row that is no longer in the way, the previous wave.
    """
    days = [*_counted(rule, strict, older)]
    if not days and differs:
        days = [*_bearing(rule, strict, older)]
        if strict.previous is not None and older.previous is not None:
            days += _bearing(rule, strict.previous, older.previous)
    return min(days).year if days else None


def _counted(rule: Rule, strict: Place, older: Place) -> Iterator[dt.date]:
    """Give the days of what counts with older rows, and is too old to count without them."""
    freshness = strict.judging.freshness
    oldest = rule.oldest_insats(older)
    if oldest is not None:
        yield oldest.confirmed
    for arena in rule.arenas(older):
        yield from _too_old(strict, arena.arena.day)
    for mandate in rule.mandates(older):
        yield from _too_old(strict, mandate.day)
    for answer in rule.answers(older.lowest):
        if answer.first_day < freshness.oldest:
            yield answer.first_day


def _bearing(rule: Rule, strict: Place, older: Place) -> Iterator[dt.date]:
    """Give the days of all that bears on the objective and is too old to count without older rows."""
    for row in rule.bearing(older):
        yield from _too_old(strict, row.confirmed)
    for arena in rule.serving(older):
        yield from _too_old(strict, arena.arena.day)
    for question in rule.asks():
        for answer in older.answers.get(question, ()):
            yield from _too_old(strict, answer.first_day)


def _too_old(strict: Place, day: dt.date | None) -> Iterator[dt.date]:
    if day is not None and day < strict.judging.freshness.oldest:
        yield day
