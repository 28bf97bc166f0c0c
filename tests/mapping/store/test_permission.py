"""Who may publish, restore and mark."""

from itertools import product

import pytest

from mapping.store.permission import Actor, Policy, decide, is_own_computer

EDITORS = Policy(frozenset({"Redaktor@exempel.se", "Folkhälsa"}), has_sign_in=True)


@pytest.mark.parametrize(
    ("actor", "granted", "told"),
    [
        (Actor("redaktor@EXEMPEL.se", via="oidc"), True, "Kontot är redaktör"),
        (Actor("redaktor@exempel.se", via="oidc", is_verified=True), True, "Kontot är redaktör"),
        (Actor("redaktor@exempel.se", via="oidc", is_verified=False), False, "inte bekräftad"),
        (Actor("annan@exempel.se", frozenset({"folkhälsa", "x"}), via="oidc"), True, "grupp"),
        (Actor("annan@exempel.se", frozenset({"x"}), via="oidc"), False, "inte redaktör"),
        (Actor("folkhälsa", via="oidc"), False, "inte redaktör"),
        (Actor("annan@exempel.se", frozenset({"redaktor@exempel.se"}), via="oidc"), False, "inte redaktör"),
        (Actor("", frozenset({"folkhälsa"}), via="oidc"), False, "Logga in"),
        (Actor(None, via="oidc"), False, "Logga in"),
        (Actor("redaktor@exempel.se", via="local"), False, "Logga in"),
        (Actor("redaktor@exempel.se", via="oidc", signed_in_s=8 * 3600), True, "Kontot är redaktör"),
        (Actor("redaktor@exempel.se", via="oidc", signed_in_s=8 * 3600 + 1), False, "åtta timmar"),
        (
            Actor("annan@exempel.se", frozenset({"folkhälsa"}), via="oidc", signed_in_s=1e9),
            False,
            "åtta timmar",
        ),
        (Actor.command(), True, "Kommandot"),
    ],
)
def test_with_sign_in_only_listed_accounts_and_groups_may(actor, granted, told):
    decision = decide(actor, EDITORS)
    assert decision.granted is granted
    assert told in decision.reason


def test_with_sign_in_and_nobody_listed_nobody_may():
    decision = decide(Actor("redaktor@exempel.se", via="oidc"), Policy(has_sign_in=True))
    assert not decision.granted
    assert "STODKARTAN_EDITORS" in decision.reason


def test_without_sign_in_only_a_server_for_its_own_computer_lets_anyone():
    claims = Actor("redaktor@exempel.se", frozenset({"Folkhälsa"}), via="oidc")
    for actor, is_local in product((Actor(), claims), (True, False)):
        decision = decide(actor, Policy(EDITORS.editors, is_local_only=is_local))
        assert decision.granted is is_local
        assert ("avstängd" in decision.reason) is not is_local


def test_listening_on_this_computer_gives_nobody_more_where_there_is_sign_in():
    assert not decide(Actor(), Policy(EDITORS.editors, has_sign_in=True, is_local_only=True)).granted


OWN = ["localhost", "LOCALHOST:80", "localhost.", "127.0.0.1:1", "127.8.9.1", "::1", "[::1]:80"]
OTHERS = ["0.0.0.0:80", "::", "192.168.1.2", "localhost.exempel.se", "karta.exempel.se:443", "x:y:z"]


@pytest.mark.parametrize("host", [*OWN, *OTHERS, None, ""])
def test_this_computer_has_several_names_and_every_other_is_another_computer_or_all_of_them(host):
    assert is_own_computer(host) is (host in OWN)
