"""Who may read, and who is told to sign in first."""

import time

import pytest
import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.testing.v1 import AppTest

from mapping.store.permission import Actor
from pages.ui.frame import sign_in, visitor
from tests.visiting import ROUTER, words

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "hemligt nog for ett test",
    "client_id": "stodkartan",
    "client_secret": "hemligt",
    "server_metadata_url": "http://localhost:9/.well-known/openid-configuration",
}
CLOSED = {"stodkartan": {"reading": "signed_in"}}


def opened(secrets, **user):
    at = AppTest.from_file(str(ROUTER), default_timeout=60)
    at.secrets = secrets
    at.user = user
    at.run()
    assert not at.exception
    return at


def test_everybody_reads_and_is_asked_to_sign_in_only_where_that_can_be_done(visit):
    assert not [button for button in visit("oversikt.py").button if "Logga in" in button.label]
    at = opened({"auth": AUTH}, is_logged_in=False)
    assert [heading.value for heading in at.title] == [
        "Universellt stöd är känt för 0–5 år i 12 av 12 kommuner – för 6–18 år i högst 2"
    ]
    assert [button.label for button in at.sidebar.button] == ["Logga in"]


def test_a_closed_server_shows_the_way_in_and_nothing_else():
    at = opened({"auth": AUTH} | CLOSED, is_logged_in=False)
    assert [heading.value for heading in at.title] == ["Stödkartan"]
    assert [text.value for text in at.text] == ["Logga in för att läsa uppgifterna."]
    assert [button.label for button in at.button] == ["Logga in"]
    assert "Dataversion" not in words(at)
    for page in ("karta.py", "uppdatera.py", "versioner.py"):
        at.switch_page(page).run()
        assert [heading.value for heading in at.title] == ["Stödkartan"]


def test_a_closed_server_shows_everything_to_who_has_signed_in():
    since = time.time() - 7 * 3600
    at = opened({"auth": AUTH} | CLOSED, is_logged_in=True, email="lasare@exempel.se", iat=since)
    assert "Dataversion" in words(at)
    assert "Inloggad som lasare@exempel.se." in words(at)
    assert [button.label for button in at.sidebar.button] == ["Logga ut"]


@pytest.mark.parametrize("hours", [8, 720, None])
def test_yesterday_s_sign_in_holds_no_longer(hours):
    since = None if hours is None else time.time() - hours * 3600
    at = opened({"auth": AUTH} | CLOSED, is_logged_in=True, email="lasare@exempel.se", iat=since)
    assert [heading.value for heading in at.title] == ["Stödkartan"]
    assert [button.label for button in at.button] == ["Logga in"]


@pytest.mark.parametrize("word", ["signed_in", "signed-in", "inloggad"])
def test_a_server_that_should_be_closed_but_offers_no_sign_in_stays_closed(word):
    at = opened({"stodkartan": {"reading": word}})
    assert "ingen inloggning är inställd" in at.text[0].value
    assert not at.button


def test_each_provider_has_its_own_way_in():
    shared = {name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}
    provider = {name: value for name, value in AUTH.items() if name not in shared}
    at = opened({"auth": {**shared, "Regionen": provider, "Kommunen": provider}}, is_logged_in=False)
    labels = [button.label for button in at.sidebar.button]
    assert labels == ["Logga in med Regionen", "Logga in med Kommunen"]


def test_secrets_that_cannot_be_read_open_nothing(monkeypatch):
    class Broken:
        def get(self, *_):
            raise StreamlitSecretNotFoundError("Error parsing", error_id="failed-parsing-secrets-file")

    monkeypatch.setattr(st, "secrets", Broken())
    with pytest.raises(StreamlitSecretNotFoundError):
        sign_in.is_required()


def test_who_the_provider_says_it_is_becomes_the_actor(monkeypatch):
    claims = {"email": "redaktor@exempel.se", "email_verified": "false", "groups": ["Folkhälsa"]}
    monkeypatch.setattr(sign_in, "is_signed_in", lambda: True)
    monkeypatch.setattr(type(st.user), "to_dict", lambda _: claims)
    assert visitor.actor("Strateg") == Actor(
        "redaktor@exempel.se", frozenset({"Folkhälsa"}), "oidc", "Strateg", is_verified=False
    )
