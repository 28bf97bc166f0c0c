"""How the app starts, and when it does not."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mapping.store.store import Store
from tests.conftest import ARENAS, write_table

ROOT = Path(__file__).parent.parent
COMMANDS = ([sys.executable, "app.py"], [sys.executable, "-m", "streamlit", "run", "app.py"])


def _start(command, **environment):
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true", "STREAMLIT_SERVER_PORT": "0", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS, ids=["app", "streamlit-run"])
def test_a_dataset_with_stopping_faults_is_refused_with_all_of_them_listed(tmp_path, command):
    broken = {**ARENAS[0], "arenatyp": "rymdstation", "kommunkod": "0000"}
    write_table(tmp_path / "arenor.csv", [broken, {**ARENAS[1], "kontrollerad_datum": "2026-02-30"}])
    write_table(tmp_path / "insatser.csv", [{"insats_id": "x", "arena_id": "ingen", "namn": "X"}])
    result = _start(command, STODKARTAN_DATA=str(tmp_path))
    assert result.returncode == 1
    for part in ("rymdstation", "0000", "2026-02-30", "ingen", "rad 2", "rad 3"):
        assert part in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"STODKARTAN_DATA": "finns-inte"}, "finns-inte"),
        ({"STODKARTAN_BOUNDARIES": "finns-inte.gpkg"}, "finns-inte.gpkg"),
        ({"STODKARTAN_TILES_URL": "https://x.example/{z}/{x}/{y}"}, "STODKARTAN_TILES_ATTRIBUTION"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_with_a_sentence(environment, told):
    result = _start(COMMANDS[0], **environment)
    assert result.returncode == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_database_stops_the_start_with_what_to_do_and_is_left_as_it_is(tmp_path):
    path = tmp_path / "versions.sqlite"
    store = Store.open(f"sqlite:///{path}")
    store.ensure_seeded({"arenor.csv": bytes(200_000)})
    store.close()
    damaged = path.read_bytes()[:4096] + b"\xff" * 60_000
    path.write_bytes(damaged)
    result = _start(COMMANDS[0], STODKARTAN_DATABASE_URL=f"sqlite:///{path}")
    assert result.returncode == 1
    assert "Filen är skadad. Flytta undan den" in result.stderr
    assert "säkerhetskopia (från stodkartan backup)" in result.stderr
    assert "Traceback" not in result.stderr
    assert path.read_bytes() == damaged


def test_the_server_listens_on_this_computer_only_and_walks_no_objects_after_a_click():
    configured = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert configured["server"]["address"] == "localhost"
    # it took more than half of each click's processor time
    assert configured["runner"]["postScriptGC"] is False
