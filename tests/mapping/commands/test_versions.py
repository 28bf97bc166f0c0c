"""The commands `versions`, `restore`, `export` and `wave`: the same on SQLite and on PostgreSQL."""

import io
import json

import pytest
import sqlalchemy as sa

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from mapping.store.schema import VERSION_FILE
from tests.mapping.stores import FIRST, PERSONAL, SECOND, publish, stodkartan


@pytest.fixture
def run(store, address):
    store.ensure_seeded(FIRST)
    publish(store, SECOND, comment="Ny stuga")
    return lambda *arguments: stodkartan(*arguments, STODKARTAN_DATABASE_URL=address)


def test_versions_are_listed_the_latest_first_and_as_json_tell_everything(run, store):
    code, out, errors = run("versions")
    assert (code, errors, [line.split()[0] for line in out.splitlines()]) == (DONE, "", ["2", "1"])
    assert "2026-11-21 09:02 UTC  Publicerad, redaktor@exempel.se: Ny stuga" in out
    code, out, _ = run("versions", "--json")
    rows = json.loads(out)
    assert code == DONE
    assert rows == [{**version.as_json(), "damage": None} for version in store.versions()]
    names = "version created_at account via role comment kind restored_from content_version wave withdrawn"
    assert list(rows[0]) == [*names.split(), "counts", "accepted", "files", "sources", "damage"]


def test_a_damaged_version_is_marked_and_told_of(run, store):
    with store.engine.begin() as connection:
        connection.execute(sa.delete(VERSION_FILE).where(VERSION_FILE.c.version == 1))
    code, out, errors = run("versions")
    assert code == DONE
    assert ["[skadad]" in line for line in out.splitlines()] == [False, True]
    assert "Version 1 är skadad i databasen" in errors
    damage = [row["damage"] for row in json.loads(run("versions", "--json")[1])]
    assert damage[0] is None
    assert "Version 1 är skadad" in damage[1]


def test_a_version_is_withdrawn_and_marked(run):
    code, out, _ = run("withdraw", "2", "--reason", "Fel fil")
    assert (code, "Den som visas är version 1." in out) == (DONE, True)
    assert "Ny stuga [återkallad: Fel fil]" in run("versions")[1]
    assert run("withdraw", "1", "--reason", "Fel fil")[0] == REFUSED


def test_a_store_without_versions_says_so(address):
    code, out, errors = stodkartan("versions", STODKARTAN_DATABASE_URL=address)
    assert (code, out) == (DONE, "")
    assert "inga versioner" in errors
    assert stodkartan("versions", "--json", STODKARTAN_DATABASE_URL=address)[:2] == (DONE, "[]\n")


def test_a_text_to_erase_is_read_from_standard_input_so_that_no_shell_keeps_it(run, store, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("familjehuset\n"))
    code, out, _ = run("erase", "--text", "-", "--reason", "Begäran")
    assert (code, "Version 1: 1 ställe." in out, "Version 2: 1 ställe." in out) == (DONE, True, True)
    assert store.contents(1)["arenor.csv"].decode() == "arena_id,namn\nhuset,[borttaget] i Ånäs\n"
    assert run("erase", "--reason", "x")[0] == WRONG_USE


def test_a_version_is_restored_as_a_new_one(run, store):
    code, out, _ = run("restore", "1", "--comment", "Fel fil")
    assert (code, out) == (DONE, "Version 1 är publicerad igen, som version 3.\n")
    assert (store.contents(3), store.version(3).comment) == (FIRST, "Fel fil")
    assert "Återställd från version 1, den som driver servern: Fel fil" in run("versions")[1]


@pytest.mark.parametrize(
    ("arguments", "expected", "told"),
    [
        (("restore", "9", "--comment", "x"), WRONG_USE, "ingen version 9"),
        (("restore", "1", "--comment", " "), WRONG_USE, "Kommentaren saknas"),
        (("restore", "1", "--comment", PERSONAL), REFUSED, "personuppgift"),
        (("withdraw", "9", "--reason", "x"), WRONG_USE, "ingen version 9"),
        (("withdraw", "1", "--reason", " "), WRONG_USE, "Skälet saknas"),
        (("wave", "1", "2025"), WRONG_USE, "2024, 2026, 2028, 2030"),
        (("wave", "9", "2026"), WRONG_USE, "ingen version 9"),
        (("export", "9", "mapp"), WRONG_USE, "ingen version 9"),
        (("export", "1"), WRONG_USE, "export 1 MAPP"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(run, store, arguments, expected, told):
    code, out, errors = run(*arguments)
    assert (code, out) == (expected, "")
    assert told in errors
    assert (store.latest().number, store.waves()) == (2, {})


@pytest.mark.parametrize(
    "arguments", [("restore", "1"), ("restore", "x", "--comment", "y"), ("wave", "1", "i fjol"), ("export",)]
)
def test_wrong_use_is_told_in_swedish(run, arguments, capsys):
    assert run(*arguments)[0] == WRONG_USE
    assert "går inte att förstå" in capsys.readouterr().err


def test_a_version_is_marked_as_a_wave_and_unmarked(run, store):
    assert run("wave", "1", "2026")[1] == "Version 1 är märkt som mätomgång 2026.\n"
    assert "[mätomgång 2026]" in run("versions")[1]
    assert run("wave", "2", "2026")[1] == "Version 2 är märkt som mätomgång 2026 i stället för version 1.\n"
    assert store.waves() == {2026: 2}
    assert run("wave", "2", "ingen")[1] == "Version 2 är inte märkt som någon mätomgång.\n"
    assert store.waves() == {}


def test_a_version_is_written_as_it_was_and_never_over_something(run, tmp_path):
    (tmp_path / "arenor.csv").write_text("viktigt", encoding="utf-8")
    code, _, errors = run("export", "1", str(tmp_path))
    assert code == REFUSED
    assert "skrivs inte över" in errors
    assert [path.name for path in tmp_path.iterdir()] == ["arenor.csv"]
    assert (tmp_path / "arenor.csv").read_text(encoding="utf-8") == "viktigt"
    code, _, errors = run("export", "1", str(tmp_path / "arenor.csv"))
    assert code == WRONG_USE
    assert "går inte att skriva" in errors
    code, out, _ = run("export", "1", str(tmp_path / "a" / "b"))
    assert code == DONE
    assert "arenor.csv, dataset.toml, insatser.csv" in out
    written = {path.name: path.read_bytes() for path in (tmp_path / "a" / "b").iterdir()}
    assert written == {
        "arenor.csv": "\ufeffarena_id;namn\r\nhuset;Familjehuset i Ånäs\r\n".encode(),
        "insatser.csv": "\ufeffinsats_id;arena_id\r\n".encode(),
        "dataset.toml": FIRST["dataset.toml"],
    }
