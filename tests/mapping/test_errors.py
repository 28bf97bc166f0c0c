"""Broken promises have stable codes and Swedish words."""

import ast
import pickle
import re
import string
from pathlib import Path

from mapping import errors
from mapping.contract.findings import Finding

ROOT = Path(__file__).parents[2]
EVERY = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)]


def test_every_error_has_its_own_kebab_case_code_under_one_root():
    codes = [error.code for error in EVERY]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
    assert all(issubclass(error, errors.StodkartanError) for error in EVERY)


def test_errors_name_what_they_are_about_and_a_refused_dataset_every_finding():
    findings = [Finding("bad-slug", "arenor", row, "arena_id", f"Å{row}") for row in range(2, 60)]
    lines = str(errors.DatasetRefusedError(findings=findings)).splitlines()
    assert (len(lines), lines[1]) == (59, f"- {findings[0].place}: {findings[0].message}")
    assert "/ingenstans" in str(errors.DatasetNotFoundError(directory=Path("/ingenstans")))
    assert "saknar Nora" in str(errors.BoundariesError(path=Path("x.gpkg"), reason="saknar Nora."))
    told = str(errors.SettingError(variable="X", advice="Skriv y."))
    assert told.endswith("X går inte att använda. Skriv y.")


def test_an_error_says_the_same_after_it_came_from_another_process():
    error = errors.UnknownWaveError(year="{2025}", years=(2024, 2026))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert str(error) == "Det finns ingen mätomgång {2025}. Välj något av åren 2024, 2026."


def _raised():
    """Find every place where one of our errors is made: file, class, keywords."""
    for path in [ROOT / "app.py", *ROOT.glob("mapping/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = getattr(errors, getattr(getattr(node, "func", None), "id", ""), None)
            if made in EVERY and made is not errors.StodkartanError:
                yield path.name, made, {keyword.arg for keyword in node.keywords}


def test_every_error_is_made_with_what_its_template_names():
    made = list(_raised())
    assert len({error for _, error, _ in made}) > 15
    for file, error, given in made:
        named = {name for _, name, _, _ in string.Formatter().parse(error.template) if name}
        assert given >= named, f"{file}: {error.__name__} lacks {named - given}"
