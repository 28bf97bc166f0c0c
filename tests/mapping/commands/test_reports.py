"""The commands `stodkartan report` and `stodkartan action-plan`."""

import pytest

from mapping.commands.terminal import DONE, REFUSED, WRONG_USE
from tests.mapping.stores import stodkartan
from tests.report_texts import docx_text, pdf_text, plain

BEGINNING = {"pdf": b"%PDF", "docx": b"PK", "pptx": b"PK", "xlsx": b"PK"}


@pytest.mark.parametrize(
    ("command", "kommun", "suffix"),
    [
        *(("report", "Nora", suffix) for suffix in ("pdf", "docx", "pptx")),
        *(("action-plan", "örebro", suffix) for suffix in ("docx", "xlsx")),
    ],
)
def test_a_report_and_an_action_plan_are_written_in_each_format(tmp_path, command, kommun, suffix):
    path = tmp_path / f"fil.{suffix}"
    code, out, errors = stodkartan(command, kommun, "--format", suffix, "--output", str(path))
    assert (code, out, errors) == (DONE, f"{path}\n", "")
    assert path.read_bytes().startswith(BEGINNING[suffix])


def test_the_made_up_county_is_judged_on_its_own_day_and_marked(tmp_path):
    path = tmp_path / "plan.docx"
    stodkartan("action-plan", "1884", "--format", "docx", "--output", str(path), "--data", "data/demo/2026")
    text = docx_text(path.read_bytes())
    assert "EXEMPELDATA" in text
    assert "2026-06-01" in text


def test_day_and_switch_can_be_chosen(tmp_path):
    path = tmp_path / "nora.pdf"
    chosen = ("--date", "2026-05-01", "--include-older")
    assert stodkartan("report", "Nora", "--format", "pdf", "--output", str(path), *chosen)[0] == DONE
    text = plain(pdf_text(path.read_bytes()))
    assert plain("2026-05-01") in text
    assert plain("Äldre uppgifter räknas med.") in text


def test_the_county_has_a_presentation_and_nothing_else(tmp_path):
    path = tmp_path / "lan.pptx"
    assert stodkartan("report", "Örebro län", "--format", "pptx", "--output", str(path))[0] == DONE
    code, _, errors = stodkartan("report", "län", "--format", "pdf", "--output", str(tmp_path / "lan.pdf"))
    assert code == WRONG_USE
    assert "--format pptx" in errors


@pytest.mark.parametrize(
    "arguments",
    [
        "report Göteborg --format pdf --output x.pdf", "report Nora --format xlsx --output x",
        "report Nora --format pdf", "action-plan län --format docx --output x",
        "report Nora --format pdf --output /finns/inte/x.pdf",
        "report Nora --format pdf --output x --data /finns/inte",
        "report Nora --format pdf --output x --date i-går",
    ],
)  # fmt: skip
def test_wrong_use_is_told_and_writes_nothing(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code, out, errors = stodkartan(*arguments.split())
    assert (code, out) == (WRONG_USE, "")
    assert errors or capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_refused_data_writes_nothing(tmp_path):
    (tmp_path / "arenor.csv").write_text("arena_id;namn\na;b\n", encoding="utf-8")
    path = tmp_path / "nora.pdf"
    asked = ("report", "Nora", "--format", "pdf", "--output", str(path), "--data", str(tmp_path))
    code, _, errors = stodkartan(*asked)
    assert code == REFUSED
    assert "Datamängden" in errors
    assert not path.exists()
