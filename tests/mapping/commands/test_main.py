"""The command `stodkartan`, and `stodkartan gaps`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from tests.conftest import write_table
from tests.gap_county import answer, arena, insats
from tests.mapping.stores import stodkartan

FIELDS = (
    "objective kommunkod kommun status at_least floor ceiling planned missing counted older strengths known"
)
WHOLE = {"preventionsniva": "universell | selektiv | indikerad", "alder_fran": "0", "alder_till": "18"}


@pytest.fixture
def directory(tmp_path):
    def write(name, **tables):
        folder = tmp_path / name
        folder.mkdir()
        for table, rows in tables.items():
            write_table(folder / f"{table}.csv", rows)
        return str(folder)

    return write


def test_the_json_has_every_field_and_every_verdict_of_the_shipped_data():
    code, out, _ = stodkartan("gaps", "--date", "2026-11-21", "--json")
    rows = json.loads(out)
    assert (code, len(rows)) == (DONE, 13 * 12 + 2)
    assert all(" ".join(row) == FIELDS for row in rows)
    assert all(list(row["older"]) == ["status", "at_least", "year"] for row in rows)


def test_the_text_names_each_objective_in_its_own_words_and_older_rows_are_counted_on_demand():
    code, out, _ = stodkartan("gaps", "--date", "2026-11-21")
    assert code == DONE
    assert "1.5 Målsättningen är att det ska användas validerade indikatorer" in out
    assert sum(line.startswith("  Nora: ") for line in out.splitlines()) == 13
    assert "[äldre: uppfyllt 2021]" in out
    _, out, _ = stodkartan("gaps", "--date", "2026-11-21", "--include-older")
    assert "Äldre uppgifter räknas med." in out
    assert "[äldre uppgifter räknade]" in out


def test_header_only_tables_are_judged_with_a_note(directory, tmp_path):
    folder = Path(directory("tom"))
    (folder / "arenor.csv").write_text("arena_id,namn,arenatyp,kommunkod\n", encoding="utf-8")
    (folder / "insatser.csv").write_text("insats_id,arena_id,namn\n", encoding="utf-8")
    code, out, errors = stodkartan("gaps", "--data", str(folder), "--json")
    assert (code, len(json.loads(out))) == (DONE, 13 * 12 + 2)
    assert "inga rader" in errors


def test_a_refused_dataset_lists_every_finding_and_a_broken_strategy_is_wrong_use(directory, tmp_path):
    rows = [arena("a", "okänd sort"), arena("a", kommunkod="Narnia")]
    code, out, errors = stodkartan("gaps", "--data", directory("fel", arenor=rows))
    assert (code, out) == (REFUSED, "")
    assert "okänd sort" in errors
    assert "Narnia" in errors
    code, _, errors = stodkartan("gaps", STODKARTAN_STRATEGY=str(tmp_path / "saknas.toml"))
    assert code == WRONG_USE
    assert "strategin" in errors


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("gap",), ("gaps", "--date", "i går"), ("gaps", "--date", "2026-02-30"), ("gaps", "--what"),
        ("gaps", "--data", "/finns/inte"),
    ],
)  # fmt: skip
def test_wrong_use_exits_with_2_in_swedish(arguments, capsys):
    code, out, errors = stodkartan(*arguments)
    assert (code, out) == (WRONG_USE, "")
    told = errors + capsys.readouterr().err
    assert "går inte" in told or "Det finns ingen" in told


def test_the_previous_wave_is_another_directory(directory):
    date = {"kontrollerad_datum": "2024-05-20"}
    method = insats("i", "hus", **WHOLE, kunskapsbas="evidens", parter="kommun | region")
    before = directory(
        "forra",
        arenor=[arena("hus", **date)],
        insatser=[method | {"kunskapsbas": "beprovad"}],
        kommunlage=[answer("kartlaggning", "klar", date="2024-05-01")],
    )
    mapped = [answer("kartlaggning", "klar")]
    now = directory("nu", arenor=[arena("hus")], insatser=[method], kommunlage=mapped)
    arguments = ("gaps", "--data", now, "--date", "2026-06-01", "--json")
    for extra, expected in (((), "underlag_saknas"), (("--previous", before), "uppfyllt")):
        code, out, _ = stodkartan(*arguments, *extra)
        assert code == DONE
        (found,) = [r for r in json.loads(out) if (r["objective"], r["kommunkod"]) == ("1.4", "1884")]
        assert found["status"] == expected
    code, _, errors = stodkartan(*arguments, "--previous", now, "--date", "2024-01-01")
    assert code == WRONG_USE
    assert "tidigare mätomgång" in errors


def test_the_command_is_installed():
    script = Path(sys.executable).with_name("stodkartan")
    done = subprocess.run([script, "gaps", "--help"], capture_output=True, text=True, check=True)
    assert "--include-older" in done.stdout
