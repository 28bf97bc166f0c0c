"""What the operator keeps secret stands in no log, no message and no page, also when something fails."""

import logging
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import Secrets

from mapping.errors import TargetInUseError
from mapping.store.backup import copy_to
from mapping.store.store import Store
from pages.ui.frame import error_page, sign_in
from tests import apart
from tests.browser.conftest import running
from tests.mapping.stores import FIRST, stodkartan

ROOT = Path(__file__).parent.parent.parent
SECRET = "Sjuhemliga!Ord"  # noqa: S105
COOKIE_SECRET = "Kakan-är-hemlig"  # noqa: S105
LOUD = {"STREAMLIT_LOGGER_LEVEL": "debug", "STREAMLIT_SERVER_HEADLESS": "true"}
UNREACHABLE = (
    f"postgresql+psycopg://konto:{SECRET}@127.0.0.1:1/x",
    f"postgresql+psycopg://konto@127.0.0.1:1/x?password={SECRET}",
    f"postgresql+psycopg://konto:a/{SECRET}@127.0.0.1:1/x",
    f"postgresql+psycopg://konto:{SECRET}@127.0.0.1:port/x",
    f"postgresql+psycopg://konto:{SECRET}@127.0.0.1:1/x?okand={SECRET}",
)


@pytest.fixture
def guarded(postgresql):
    """Give the address of a real database with a password in it, which PostgreSQL itself does not ask for."""
    address = postgresql.new_database()
    return address.replace("@/", f":{SECRET}@/"), f"{address}&password={SECRET}"


@pytest.mark.parametrize("address", UNREACHABLE)
@pytest.mark.parametrize(
    "arguments", [("versions",), ("migrate",), ("backup", "x.sqlite"), ("publish", "x.csv", "--comment", "x")]
)
def test_a_command_that_cannot_reach_the_database_does_not_tell_its_password(arguments, address, caplog):
    caplog.set_level(logging.DEBUG)
    code, out, errors = stodkartan(*arguments, STODKARTAN_DATABASE_URL=address)
    assert code
    assert SECRET not in out + errors + caplog.text


def test_a_store_with_a_password_works_and_tells_nobody(guarded, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    said = []
    for address in guarded:
        store = Store.open(address)
        store.ensure_seeded(FIRST)
        with pytest.raises(TargetInUseError) as refused:
            copy_to(store, address)
        said += [str(refused.value), repr(refused.value), repr(store.engine), str(store.audit_log())]
        store.close()
        for arguments in (
            ("versions", "--json"),
            ("copy", "--to", address),
            ("copy", "--to", UNREACHABLE[0]),
        ):
            said += map(str, stodkartan(*arguments, STODKARTAN_DATABASE_URL=address))
    assert SECRET not in "".join(said) + caplog.text


def test_an_error_nobody_foresaw_is_logged_without_the_password(caplog):
    def answered():
        try:
            Store.open(UNREACHABLE[0])
        except Exception as error:  # noqa: BLE001 - whatever it is
            return apart.run(error_page.api_mishap(None, error))
        raise AssertionError

    body = answered().body.decode()
    assert "Traceback" in caplog.text
    assert SECRET not in caplog.text + body


def test_a_server_that_cannot_reach_its_database_does_not_tell_the_password():
    refused = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **LOUD, "STODKARTAN_DATABASE_URL": UNREACHABLE[1], "STREAMLIT_SERVER_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 1
    assert "Databasen går inte att använda." in refused.stderr
    assert SECRET not in refused.stdout + refused.stderr


def ask(address, **headers):
    """Give the status and the text of an answer, without following it elsewhere."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8", "replace")


def secrets_file(path, client_secret):
    lines = [
        "[auth]", 'redirect_uri = "http://localhost:1/oauth2callback"',
        f'cookie_secret = "{COOKIE_SECRET}"', 'client_id = "stodkartan"',
        f"client_secret = {client_secret}",
        'server_metadata_url = "http://localhost:1/.well-known/openid-configuration"', "[stodkartan]",
        'reading = "signed_in"',
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def closed(tmp_path):
    """Serve with sign-in at a provider that does not answer."""
    secrets = secrets_file(tmp_path / "secrets.toml", f'"{SECRET}"')
    limited = {"STODKARTAN_REQUESTS_PER_MINUTE": "20"}
    with running(tmp_path / "log.txt", STREAMLIT_SECRETS_FILES=secrets, **LOUD, **limited) as server:
        yield server


def test_a_server_does_not_tell_its_secrets_and_answers_nobody_without_end(closed):
    visitors = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in (1, 2)]
    paths = ("/", "/_stcore/host-config", "/auth/login", "/oauth2callback?code=x&state=y", "/api/arenas.csv")
    answers = [ask(f"{closed.address}{path}", **visitors[0]) for path in paths]
    assert answers[-1][0] == 401
    assert [ask(f"{closed.address}/api/arenas.geojson", **visitors[0])[0] for _ in range(20)][-1] == 429
    assert 429 not in {ask(f"{closed.address}/api/arenas.geojson", **visitors[1])[0] for _ in range(3)}
    told = closed.log.read_text(encoding="utf-8") + "".join(text for _, text in answers)
    assert "Starting uvicorn" in told
    for secret in (SECRET, COOKIE_SECRET):
        assert secret not in told


def test_a_misspelt_file_of_secrets_is_not_repeated(tmp_path, monkeypatch, caplog, capfd):
    path = secrets_file(tmp_path / "secrets.toml", SECRET)
    read = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: [path] if name == "secrets.files" else read(name))
    monkeypatch.setattr(st, "secrets", Secrets())
    with pytest.raises(StreamlitSecretNotFoundError) as refused:
        sign_in.is_required()
    error_page.show_mishap(refused.value)
    assert "secrets.toml" in caplog.text
    for secret in (SECRET, COOKIE_SECRET):
        assert secret not in caplog.text + str(refused.value) + "".join(capfd.readouterr())
