"""Put together what a delivery would publish: what it replaces, what is wrong, what changes; and publish it.

`publish` refuses what `mapping.delivery.check` stops, and what nobody has confirmed; the store refuses those
who may not, by `mapping.store.permission`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from mapping.changes.rows import Changes, changes
from mapping.changes.verdicts import VerdictChange, verdict_changes
from mapping.contract.findings import Finding, Severity
from mapping.contract.schema import ARENOR
from mapping.dataset.dataset import from_contents
from mapping.dataset.public_view import EVERYTHING, Hidden, hidden_in
from mapping.delivery import check
from mapping.delivery.check import Checked, Published
from mapping.delivery.confirm_rows import confirmed
from mapping.delivery.delivery import Delivery
from mapping.delivery.losses import Loss, is_confirmed, words_to_confirm
from mapping.delivery.protection import upheld
from mapping.delivery.scope import Outcome, Way, gone, replaced
from mapping.errors import (
    CommentMissingError,
    DamagedVersionError,
    NothingChangedError,
    UnconfirmedError,
    VersionNotFoundError,
    WithdrawnVersionError,
)
from mapping.store.checks import plain
from mapping.store.permission import Actor, decide
from mapping.store.store import Store
from mapping.store.versions import Head, Kind
from mapping.swedish import either
from mapping.tables import canonical_csv
from mapping.tables.raw_table import raw_table
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy import Strategy

_NAMED = 5
"""Places that would be shown and are named one by one."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """A new version that is not published yet."""

    delivery: Delivery
    published: Published
    """What it is compared with."""
    way: Way
    outcome: Outcome
    lifted: tuple[str, ...]
    """The names of protected places that would be shown, or more of them."""
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
        """What must be written to publish in spite of the losses; empty if nothing must."""
        return words_to_confirm(self.checked.losses)

    @cached_property
    def ways(self) -> Mapping[Way, str]:
        """What would go in each way, in words; empty if nothing would."""
        before, files = self.published.tables, self.delivery.tables
        lost = {way: gone(before, files, way).items() for way in Way}
        return {
            way: words_to_confirm(Loss(name, number, number, frozenset()) for name, number in rows)
            for way, rows in lost.items()
        }

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
    way: Way = Way.ADD,
    boundaries: Path | None = None,
    today: dt.date,
) -> Proposal:
    """Work out what a delivery would publish.

    Parameters
    ----------
    boundaries, today
        See `mapping.dataset.dataset.examined`.

    Raises
    ------
    BoundariesError
        If the boundaries cannot be used.
    """
    outcome = replaced(published.tables, delivery.tables, way)
    kept = upheld(outcome.tables, published.protection)
    outcome = replace(outcome, tables=kept.tables)
    beside = (delivery.located(one, kept.tables) for one in (*outcome.findings, *kept.findings))
    read = replace(delivery, findings=(*delivery.findings, *filter(None, beside)))
    checked = check.check(read, kept.tables, published, boundaries=boundaries, today=today)
    return Proposal(delivery, published, way, outcome, kept.lifted, checked)


def publish(  # noqa: PLR0913 - what is decided, one thing each
    proposal: Proposal,
    store: Store,
    *,
    actor: Actor,
    comment: str,
    accepts_warnings: bool,
    confirmed_words: str = "",
    shows_protected: bool = False,
) -> Head:
    """Publish a proposal as a new version, if the store's policy lets the actor.

    Parameters
    ----------
    comment
        What is new, and why.
    confirmed_words
        What the actor wrote to confirm that rows go.
    shows_protected
        Whether the actor agrees that `Proposal.lifted` are shown.

    Raises
    ------
    UnconfirmedError
        If something stops it, a warning is not accepted, or a loss or a lifted protection not confirmed.
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
    missing = []
    if proposal.warnings and not accepts_warnings:
        missing.append("Kryssa i att du har sett varningarna.")
    if not is_confirmed(confirmed_words, proposal.checked.losses):
        missing.append(f"Skriv ”{proposal.words_to_confirm}” för att bekräfta.")
    _refuse([*missing, *_unagreed(proposal.lifted, agreed=shows_protected)], comment)
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


def _unagreed(lifted: Sequence[str], *, agreed: bool) -> list[str]:
    return [f"{lifted_words(lifted)} Bekräfta det, om det är meningen."] if lifted and not agreed else []


def _refuse(missing: Sequence[str], comment: str) -> None:
    """Tell all that is missing at once; a comment alone is for the store to miss, which remembers it."""
    if missing:
        unsaid = [] if plain(comment) else [str(CommentMissingError())]
        raise UnconfirmedError(advice=" ".join([*missing, *unsaid]))


def lifted_words(lifted: Sequence[str]) -> str:
    """Say which protected places would be shown.

    Examples
    --------
    >>> lifted_words(["Eken", "Asken"])
    'Adressen till Eken och Asken har varit skyddad, men visas nu för alla.'
    """
    names = [*lifted[:_NAMED], *([f"{len(lifted) - _NAMED} till"] if len(lifted) > _NAMED else [])]
    return f"Adressen till {either(names, last='och')} har varit skyddad, men visas nu för alla."


def restore(  # noqa: PLR0913 - what is decided, one thing each
    number: int,
    store: Store,
    *,
    base: int | None,
    actor: Actor,
    comment: str,
    shows_protected: bool = False,
) -> Head:
    """Publish an earlier version again, as `Store.restore` does.

    Raises
    ------
    UnconfirmedError
        If it would show what is protected, and the actor does not agree to that.
    NotPermittedError, CommentMissingError, PersonalDataError, OutdatedVersionError, StoreUnavailableError,
    VersionNotFoundError, DamagedVersionError, WithdrawnVersionError
        As `Store.restore` does.
    """
    if decide(actor, store.policy).granted:
        # what cannot be read the store refuses, and remembers that somebody tried
        with suppress(VersionNotFoundError, DamagedVersionError, WithdrawnVersionError):
            _refuse(_unagreed(_lifted_by(store, number), agreed=shows_protected), comment)
    return store.restore(number, actor=actor, comment=comment, base=base)


def _lifted_by(store: Store, number: int) -> tuple[str, ...]:
    """Name the places that a version shows, or more of them, and that are protected."""
    file, latest = f"{ARENOR.name}.csv", store.latest()
    arenor = raw_table(store.contents(number).get(file, b""), ARENOR)
    # every cell is the version's own, also where the column is missing: empty is full
    cells = [text or "full" for text in arenor.row_values("adress_visning")]
    index = arenor.frame.index
    origins = pd.DataFrame({"sheet": 0, "row": index, "absent": [set[str]()] * len(cells)}, index)
    own = arenor.frame.assign(adress_visning=pd.Series(cells, index, "str"))
    hidden: set[Hidden] = set()
    for version, sha256 in store.digests(file, after=0).items():
        try:
            hidden |= hidden_in(raw_table(store.file(sha256), ARENOR))
        except DamagedVersionError:
            hidden |= EVERYTHING if latest and version == latest.newest else frozenset()
    now: dict[str, bytes] = {}
    with suppress(DamagedVersionError):
        now = store.contents(latest.number) if latest else now
    published = Published(None, now, None, hidden=frozenset(hidden))
    tables = {ARENOR.name: replace(arenor, frame=own, origins=origins)}
    return upheld(tables, published.protection).lifted


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
    before = upheld(published.tables, published.protection).tables
    tables = confirmed(before, day=day, arena_ids=frozenset(arena_ids), insats_ids=frozenset(insats_ids))
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
