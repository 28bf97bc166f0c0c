"""Who may publish, restore and mark."""

import pytest

from mapping.store.permission import Actor, Policy, decide

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
        (Actor.command(), True, "Kommandot"),
    ],
)
def test_with_sign_in_only_listed_accounts_and_groups_may(actor, granted, told):
    decision = decide(actor, EDITORS)
    assert decision.granted is granted
    assert told in decision.reason


def test_with_sign_in_neither_nobody_listed_nor_a_link_gives_anybody_a_right():
    decision = decide(Actor("redaktor@exempel.se", via="oidc"), Policy(has_sign_in=True))
    assert not decision.granted
    assert "STODKARTAN_EDITORS" in decision.reason
    assert not decide(Actor(via="local"), Policy(EDITORS.editors, has_sign_in=True, has_link=True)).granted


def test_without_sign_in_only_who_opened_the_link_may_and_others_are_told_of_it():
    claims = Actor("redaktor@exempel.se", frozenset({"Folkhälsa"}), via="oidc")
    for has_link in (True, False):
        policy = Policy(EDITORS.editors, has_link=has_link)
        assert decide(Actor(via="local"), policy).granted
        for actor in (Actor(), claims):
            decision = decide(actor, policy)
            assert not decision.granted
            assert ("Öppna länken" in decision.reason) is has_link
            assert ("avstängd" in decision.reason) is not has_link
