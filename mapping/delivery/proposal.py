"""Put together what a delivery would publish: what it replaces, what is wrong, what changes; and publish it.

`publish` refuses what `mapping.delivery.check` stops, and what nobody has confirmed; the store refuses those
who may not, by `mapping.store.permission`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mapping.changes.rows import Changes, changes
from mapping.changes.verdicts import VerdictChange, verdict_changes
from mapping.contract.findings import Finding, Severity
from mapping.dataset.dataset import from_contents
from mapping.delivery import check
from mapping.delivery.check import Checked, Published
from mapping.delivery.confirm_rows import confirmed
from mapping.delivery.delivery import Delivery
from mapping.delivery.scope import Outcome, Scope, replaced, suggested
from mapping.errors import NothingChangedError, UnconfirmedError
from mapping.store.permission import Actor, decide
from mapping.store.store import Store
from mapping.store.versions import Head, Kind
from mapping.tables import canonical_csv
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy import Strategy


@dataclass(frozen=True, eq=False)
class Proposal:
    """A new version that is not published yet."""

    delivery: Delivery
    published: Published
    """What it is compared with."""
    scope: Scope
    suggested: Scope
    """The scope that we would have suggested."""
    outcome: Outcome
    checked: Checked

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What has to be seen and accepted before it is published."""
        return tuple(finding for finding in self.checked.findings if finding.severity is Severity.WARN)

    @cached_property
    def changes(self) -> Changes | None:
        """What differs from what is published; None if the delivery is stopped, or nothing is published."""
        return self._changes(public=True)

    @cached_property
    def changes_for_editors(self) -> Changes | None:
        """The same, with what protected places keep secret."""
        return self._changes(public=False)

    def _changes(self, *, public: bool) -> Changes | None:
        if self.checked.dataset is None or self.published.dataset is None:
            return None
        return changes(self.published.dataset, self.checked.dataset, public=public)

    @property
    def is_new(self) -> bool:
        """Whether anything would differ from what is published."""
        return self.checked.contents != self.published.contents

    @property
    def words_to_confirm(self) -> str:
        """What must be written to publish in spite of the drops; empty if nothing must."""
        return check.words_to_confirm(self.checked.drops)

    def verdict_changes(self, strategy: Strategy, on: dt.date) -> tuple[VerdictChange, ...]:
        """Tell which verdicts differ from what is published, on the same day; none if it cannot be told."""
        # they name rows and columns, never what stands in a cell
        before, after, differing = self.published.dataset, self.checked.dataset, self.changes_for_editors
        if before is None or after is None or differing is None:
            return ()
        previous = Wave.of(self.published.wave, on) if self.published.wave else None
        return verdict_changes(
            judge(before, strategy, on, previous=previous),
            judge(after, strategy, on, previous=previous),
            differing,
        )


def propose(
    delivery: Delivery,
    published: Published,
    *,
    scope: Scope | None = None,
    boundaries: Path | None = None,
    today: dt.date,
) -> Proposal:
    """Work out what a delivery would publish, if it replaces `scope`; only what it tells of, if not given.

    Parameters
    ----------
    boundaries, today
        See `mapping.dataset.dataset.examined`.

    Raises
    ------
    BoundariesError
        If the boundaries cannot be used.
    """
    advised = suggested(published.tables, delivery.tables)
    chosen = scope or advised
    outcome = replaced(published.tables, delivery.tables, chosen)
    checked = check.check(delivery, outcome.tables, published, boundaries=boundaries, today=today)
    return Proposal(delivery, published, chosen, advised, outcome, checked)


def publish(  # noqa: PLR0913 - what is decided, one thing each
    proposal: Proposal,
    store: Store,
    *,
    actor: Actor,
    comment: str,
    accepts_warnings: bool,
    confirmed_words: str = "",
) -> Head:
    """Publish a proposal as a new version, if the store's policy lets the actor.

    Parameters
    ----------
    comment
        What is new, and why.
    confirmed_words
        What the actor wrote to confirm a large drop.

    Raises
    ------
    UnconfirmedError
        If something stops it, a warning is not accepted or a drop not confirmed.
    NothingChangedError
        If it would be the same as what is published.
    NotPermittedError, CommentMissingError, PersonalDataError, OutdatedVersionError, StoreUnavailableError
        As `Store.publish` does.
    """
    contents = proposal.checked.contents
    if contents is None:
        raise UnconfirmedError(advice="Rätta felen som stoppar publiceringen och lämna filerna igen.")
    if not proposal.is_new:
        raise NothingChangedError
    if proposal.warnings and not accepts_warnings:
        raise UnconfirmedError(advice="Kryssa i att du har sett varningarna.")
    if not check.is_confirmed(confirmed_words, proposal.checked.drops):
        raise UnconfirmedError(advice=f"Skriv ”{proposal.words_to_confirm}” för att bekräfta minskningen.")
    if proposal.published.is_public and decide(actor, store.policy).granted:
        raise UnconfirmedError(advice="Lämna filerna igen, så att de jämförs med allt som är publicerat.")
    return store.publish(
        contents,
        base=proposal.published.number,
        actor=actor,
        comment=comment,
        sources=proposal.delivery.sources,
        accepted=[accepted(finding) for finding in proposal.warnings],
    )


def confirm_unchanged(  # noqa: PLR0913 - what is decided, one thing each
    published: Published,
    store: Store,
    *,
    actor: Actor,
    comment: str,
    day: dt.date,
    arena_ids: Iterable[str] = (),
    insats_ids: Iterable[str] = (),
) -> Head:
    """Publish a version in which chosen rows were confirmed unchanged on a day, as `publish` does.

    Raises
    ------
    UnknownRowsError
        If there is no row with one of the ids.
    NothingChangedError
        If every chosen row already was confirmed then or later.
    NotPermittedError, CommentMissingError, PersonalDataError, OutdatedVersionError, StoreUnavailableError
        As `Store.publish` does.
    """
    tables = confirmed(
        published.tables, day=day, arena_ids=frozenset(arena_ids), insats_ids=frozenset(insats_ids)
    )
    contents = dict(published.contents)
    for name, table in tables.items():
        if table.frame is not published.tables[name].frame:
            contents[f"{name}.csv"] = canonical_csv.written(table)
    if published.contents == contents:
        raise NothingChangedError
    from_contents(contents, today=day)
    return store.publish(contents, base=published.number, actor=actor, comment=comment, kind=Kind.CONFIRM)


def accepted(finding: Finding) -> dict[str, Any]:
    """Give a finding as it is kept with the version that was published in spite of it."""
    return {
        "code": finding.code,
        "table": finding.table,
        "column": finding.column,
        "message": finding.message,
        "count": finding.count,
    }
