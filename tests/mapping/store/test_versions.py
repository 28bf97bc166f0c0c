"""A version as a value."""

import datetime

import pytest

from mapping.store.versions import KIND_LABELS, Kind, Version


def test_every_kind_has_swedish_words():
    assert set(KIND_LABELS) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "via", "role", "words"),
    [
        (Kind.PUBLISH, "oidc", "Folkhälsostrateg", "Folkhälsostrateg"),
        (Kind.PUBLISH, "oidc", "", "en redaktör"),
        (Kind.RESTORE, "local", "", "den egna datorn"),
        (Kind.CONFIRM, "command", "", "den som driver servern"),
        (Kind.SEED, "command", "", "servern vid första starten"),
    ],
)
def test_who_made_it_is_a_function_and_never_an_address(kind, via, role, words):
    at = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
    assert Version(1, at, "redaktor@exempel.se", via, role, "Nytt", kind, None, "abc").made_by == words
