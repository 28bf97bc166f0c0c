"""README's commands and tables are true."""

import ast
import datetime
import re
from pathlib import Path

import pytest

from mapping.arenas.filters import PARAMETERS
from mapping.server import open_data
from mapping.server.datasets import Datasets
from mapping.settings import SETTINGS, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _table(heading):
    lines = README[README.index(heading) :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| ---"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_tables_are_the_settings_and_the_filters_and_the_glossary_is_in_order():
    assert _table("## Settings") == [[f"`{s.variable}`", s.default, s.help] for s in SETTINGS]
    assert _table("| parameter |") == [[f"`{name}`", takes] for name, takes in PARAMETERS.items()]
    words = [row[0] for row in _table("## Glossary")]
    assert words == sorted(words, key=lambda word: word.casefold().translate(str.maketrans("åäö", "{|}")))


def test_every_open_data_address_is_a_route():
    paths = {
        getattr(route, "path", "") for route in open_data.routes(Datasets(Settings()), datetime.date.today)
    }
    listed = {row[0].strip("`") for row in _table("## Open data")}
    assert listed <= paths
    assert {path for path in paths if path.startswith("/api/") and "{" not in path} == listed


def test_the_map_of_the_code_names_every_package_page_and_module_and_nothing_else():
    block = README[README.index("app.py                  the server") :].split("```")[0]
    named = set(re.findall(r"^\s*([\w.]+(?:\.py|/))(?=\s)", block, re.MULTILINE))
    modules = {path.name for folder in ("mapping", "pages") for path in (ROOT / folder).glob("*.py")}
    inner = {"ui/"}
    for folder in ("mapping", "pages/ui"):
        inner |= {path.parent.name + "/" for path in (ROOT / folder).glob("*/__init__.py")}
    outer = {"mapping/", "pages/", "data/", "demo/", "tests/", "app.py"}
    assert named == (modules - {"__init__.py", "router.py"}) | inner | outer


@pytest.mark.parametrize("folder", ["mapping", "pages/ui"])
def test_the_map_of_the_code_says_what_the_packages_say(folder):
    for path in (ROOT / folder).glob("*/__init__.py"):
        sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).splitlines()[0]
        assert re.search(rf"^ +{path.parent.name}/ +{re.escape(sentence)}$", README, re.MULTILINE), sentence


@pytest.mark.parametrize("command", ["uv run app.py", "uv run --group test pytest"])
def test_the_commands_are_the_ones_that_ci_and_the_app_use(command):
    assert f"```\npip install uv && {command}\n```" in README
    assert (ROOT / command.split()[-1]).exists() or command in (ROOT / ".ci/run").read_text()


def test_pictures_exist():
    for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file(), path
