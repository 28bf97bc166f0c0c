"""`stodkartan check`, `publish` and `diff`: what they say, and what they end with."""

import json

import pytest

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from mapping.settings import SHIPPED_DATA
from tests.conftest import ARENAS, OFFERS, write_table
from tests.mapping.stores import stodkartan


@pytest.fixture
def run(tmp_path):
    address = {"STODKARTAN_DATABASE_URL": f"sqlite:///{tmp_path}/store.sqlite"}
    return lambda *arguments, **data: stodkartan(*map(str, arguments), **address | data)


@pytest.fixture
def small(tmp_path):
    """Write the small county; gives its directory and a file with one arena renamed."""
    folder = tmp_path / "lan"
    folder.mkdir()
    write_table(folder / "arenor.csv", ARENAS)
    write_table(folder / "insatser.csv", OFFERS)
    changed = tmp_path / "arenor.csv"
    write_table(changed, [{**ARENAS[0], "namn": "Nya Eken"}, *ARENAS[1:]])
    return folder, changed


def test_the_shipped_files_can_be_published_and_one_that_is_not_there_is_wrong_use(run, tmp_path):
    code, out, _ = run("check", *sorted(SHIPPED_DATA.glob("*.csv")))
    assert code == DONE
    assert out.endswith("Filerna går att publicera.\n")
    assert not (tmp_path / "store.sqlite").exists()
    code, _, told = run("check", tmp_path / "ingen.csv")
    assert code == WRONG_USE
    assert "ingen.csv går inte att läsa" in told


def test_what_stops_is_told_with_its_place_as_text_and_json(run, tmp_path, small):
    folder, _ = small
    faulty = tmp_path / "arenor.csv"
    write_table(faulty, [{**ARENAS[0], "arenatyp": "rymdbas"}, *ARENAS[1:]])
    code, out, _ = run("check", faulty, STODKARTAN_DATA=str(folder))
    assert code == REFUSED
    assert "arenor.csv, arenor, rad 2, kolumn arenatyp: ”rymdbas”" in out
    assert out.endswith("Filerna går inte att publicera än.\n")
    code, out, _ = run("check", faulty, "--json", STODKARTAN_DATA=str(folder))
    assert code == REFUSED
    stops = [row for row in json.loads(out) if row["severity"] == "stop"]
    assert [(row["code"], row["table"], row["row"], row["column"], row["value"]) for row in stops] == [
        ("unknown-arena-type", "arenor", 2, "arenatyp", "rymdbas")
    ]
    assert {"severity", "message", "count"} <= set(stops[0])


def test_files_are_published_as_a_version_that_can_be_compared(run, small):
    folder, changed = small
    data = {"STODKARTAN_DATA": str(folder)}
    code, out, told = run("publish", changed, "--comment", "Nytt namn", "--accept-warnings", **data)
    assert (code, out) == (DONE, "Version 2 är publicerad.\n"), told
    code, out, _ = run("diff", 1, 2, **data)
    assert code == DONE
    assert "Arenor: 1 ändrad." in out
    assert f"namn: ”{ARENAS[0]['namn']}” → ”Nya Eken”" in out
    code, out, _ = run("diff", 1, 2, "--json", **data)
    whole = json.loads(out)
    assert whole["tables"]["arenor"]["changed"] == 1
    assert isinstance(whole["verdicts"], list)
    code, _, told = run("publish", changed, "--comment", "Igen", "--accept-warnings", **data)
    assert code == REFUSED
    assert "redan publicerade" in told
    assert run("diff", 1, 9, **data)[0] == WRONG_USE


@pytest.mark.parametrize(("way", "arenas"), [((), 7), (("--add",), 7), (("--part",), 7), (("--whole",), 1)])
def test_what_goes_must_be_confirmed_in_words(run, small, way, arenas):
    folder, changed = small
    data = {"STODKARTAN_DATA": str(folder)}
    write_table(changed, [{**ARENAS[-1], "namn": "Annat"}])
    publish = ("publish", changed, *way, "--accept-warnings", "--comment", "Färre")
    code, _, told = run(*publish, **data)
    assert code == (DONE if arenas == 7 else REFUSED)
    if code == REFUSED:
        found = json.loads(run("check", changed, *way, "--json", **data)[1])
        drops = [row["message"] for row in found if row["code"] == "row-drop"]
        assert drops[0].startswith("6 av 6 publicerade arenor i 3 kommuner tas bort.")
        words = told.rpartition("Skriv ”")[2].partition("”")[0]
        assert words.startswith("6 arenor och ")
        assert json.loads(run("versions", "--json", **data)[1])[0]["version"] == 1
        code, _, told = run(*publish, "--confirm", words, **data)
    assert code == DONE, told
    assert json.loads(run("versions", "--json", **data)[1])[0]["counts"]["arenor"] == arenas


def test_without_a_comment_or_a_database_nothing_is_published(run, small):
    folder, changed = small
    code, _, told = run(
        "publish", changed, "--comment", " ", "--accept-warnings", STODKARTAN_DATA=str(folder)
    )
    assert code == WRONG_USE
    assert "Kommentaren saknas" in told
    alone = {"STODKARTAN_DATA": str(folder), "STODKARTAN_DATABASE_URL": ""}
    code, _, told = run("publish", changed, "--comment", "x", **alone)
    assert code == WRONG_USE
    assert "ingen databas" in told
