"""Refuse, before anything is written, words that may not be kept and changes of what is outdated."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mapping.contract import personal_data
from mapping.errors import CommentMissingError, OutdatedVersionError, PersonalDataError, ReasonMissingError
from mapping.store.permission import Actor
from mapping.store.records import latest_in
from mapping.store.versions import DeliveredFile
from mapping.swedish import either


def check_words(
    comment: str,
    actor: Actor,
    sources: Iterable[DeliveredFile] = (),
    accepted: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Refuse a version without a comment, and personal data in what is told of it."""
    if not plain(comment):
        raise CommentMissingError
    told = {
        "kommentaren": comment,
        "funktionen": actor.role,
        "filernas namn": [source.name for source in sources],
        "de godkända anmärkningarna": accepted,
    }
    if places := [place for place, value in told.items() if personal_data.is_in(value)]:
        raise PersonalDataError(place=either(places, last="och"))


def check_reason(reason: str) -> None:
    """Refuse a reason that is missing, or that holds personal data."""
    if not plain(reason):
        raise ReasonMissingError
    refuse_personal_data("skälet", reason)


def refuse_personal_data(place: str, value: Any) -> None:
    """Raise `PersonalDataError` if there is any in a value, however deep in it."""
    if personal_data.is_in(value):
        raise PersonalDataError(place=place)


def loggable(text: str) -> str:
    """Give a text as the log may keep it."""
    return personal_data.masked(plain(text))


def plain(text: str) -> str:
    """Take away what a database cannot keep in a text: halves of characters, and NUL."""
    return text.encode("utf-8", errors="ignore").decode("utf-8").replace("\0", "").strip()


def check_base(connection: sa.Connection, base: int | None) -> None:
    """Raise `OutdatedVersionError` if another version is the latest than a change was made from."""
    latest = latest_in(connection)
    number = None if latest is None else latest.number
    if base != number:
        raise OutdatedVersionError(base=base, latest=number)
