"""Broken promises have stable codes and Swedish words."""

import re
from pathlib import Path

from mapping import errors
from mapping.contract.findings import Finding

EVERY = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)]


def test_every_error_has_its_own_kebab_case_code_under_one_root() -> None:
    codes = [error.code for error in EVERY]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert all(issubclass(error, errors.StodkartanError) for error in EVERY)


def test_a_refused_dataset_lists_every_finding() -> None:
    findings = [Finding("bad-slug", "arenor", row, "arena_id", f"Å{row}") for row in range(2, 60)]
    lines = str(errors.DatasetRefusedError(findings)).splitlines()
    assert len(lines) == 59
    assert lines[1] == f"- {findings[0].place}: {findings[0].message}"


def test_the_other_errors_name_what_they_are_about() -> None:
    assert "/ingenstans" in str(errors.DatasetNotFoundError(Path("/ingenstans")))
    assert "saknar Nora" in str(errors.BoundariesError(Path("x.gpkg"), "saknar Nora."))
    assert str(errors.SettingError(variable="X", advice="Skriv y.")).endswith(
        "X går inte att använda. Skriv y."
    )
