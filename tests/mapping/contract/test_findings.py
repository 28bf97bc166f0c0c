"""A finding is a value with a place, a severity and a Swedish sentence."""

import re
import string
from dataclasses import replace

import pytest

from mapping.contract.findings import CATALOGUE, Finding, Severity, merged

ADVICE = re.compile("Skriv|Lägg|Spara|Ta bort|Rätta|Behåll|Ge |Dela|Sätt|Fyll|Kontrollera|måste")


def test_an_unknown_code_is_refused_and_a_long_value_is_cut_once():
    with pytest.raises(KeyError):
        Finding("no-such-code", "arenor")
    finding = Finding("bad-slug", "arenor", 2, "arena_id", "x" * 500)
    assert (len(finding.value), merged([finding, finding])[0].value) == (81, finding.value)


def test_personal_data_is_covered_wherever_a_finding_repeats_it_or_is_placed():
    number = "811218-9876"
    finding = Finding("unknown-code", "arenor", 2, f"kol {number}", f"typ {number}", {"allowed": number})
    assert number not in repr(finding)
    assert number not in finding.place + finding.message
    finding = Finding("duplicate-id", "arenor", 3, "arena_id", "nora-fc", {"other_row": "2"})
    there = {"row": 12, "file": "811218-9876.csv", "sheet": "Blad 1", "details": {"other_row": "a.b@nora.se"}}
    placed = replace(finding, **there)
    assert (placed.file, placed.details) == ("81•••.csv", {"other_row": "a.•••"})
    assert (finding.row, finding.file, finding.details) == (3, None, {"other_row": "2"})


def test_identical_faults_are_counted():
    findings = [
        Finding("no-rows", "dialog"),
        *(Finding("bad-slug", "arenor", row, "arena_id", "A") for row in range(2, 20)),
        Finding("bad-slug", "arenor", 5, "arena_id", "B"),
    ]
    together = merged(findings)
    assert [(f.row, f.value, f.count) for f in together] == [(2, "A", 18), (5, "B", 1), (None, None, 1)]
    assert (together[0].details["rows"], merged(together)) == ("2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …", together)


def test_many_faults_of_one_kind_are_one_with_a_count_and_the_first_values():
    rows = {row: f"Solna {row}" for row in range(2, 280)}
    said = {"suggestion": " Menade du ”Nora”?"}
    findings = [
        Finding("unknown-municipality", "arenor", row, "kommun", text, said) for row, text in rows.items()
    ]
    one, other = merged([*findings, Finding("unknown-municipality", "arenor", 2, "betjanar_kommuner", "X")])
    assert (one.count, one.row, one.details["rows"]) == (278, 2, "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …")
    assert one.message.startswith("”Solna 2” är ingen kommun i Örebro län. Menade du ”Nora”?")
    assert one.message.endswith("Gäller 278 ställen, bland dem ”Solna 3”, ”Solna 4” och ”Solna 5”.")
    assert (other.count, merged([one, other])) == (1, (one, other))


def test_of_a_long_text_what_is_covered_is_shown():
    finding = Finding(
        "personal-data", "arenor", 2, "anmarkning", f"{'x ' * 200}Ring 070-123 45 67{' y' * 90}"
    )
    assert "Ring 07•••" in finding.value
    assert (finding.value[0], finding.value[-1], len(finding.value)) == ("…", "…", 82)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_can_be_filled_and_tells_the_fault_and_what_to_do(code):
    severity, template = CATALOGUE[code]
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    own = {"table", "row", "column", "value", "suggestion", "several"}
    details = {name: f"x{name}" for name in names - own}
    finding = Finding(code, "arenor", 2, "namn", "a. B", {**details, "suggestion": " Menade du ”y”?"})
    assert f"{finding.fault} {finding.advice}".strip() == finding.message
    assert finding.fault.endswith(".")
    assert Finding(code, "arenor", 2, "namn", "x", {**details, "suggestion": "x"}).message.endswith(".")
    assert "None" not in finding.message
    assert finding.advice or severity is Severity.NOTE
    assert ADVICE.search(template) or severity is not Severity.STOP


def test_a_value_with_full_stops_does_not_end_the_fault():
    finding = Finding("bad-url", "arenor", 2, "webbplats", "se www. nora. se")
    assert finding.fault == "”se www. nora. se” är ingen webbadress och visas inte som länk."
    assert finding.advice.startswith("Skriv hela adressen")
