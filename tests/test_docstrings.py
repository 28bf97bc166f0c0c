"""A docstring that lists parameters lists those that there are."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [
    ROOT / "app.py",
    *sorted((ROOT / "mapping").rglob("*.py")),
    *sorted((ROOT / "pages").rglob("*.py")),
]
SECTION = re.compile(r"Parameters\n-+\n(.*?)(?=\n\n[A-Z][a-z]+\n-+\n|\Z)", re.DOTALL)


def arguments(function):
    given = function.args
    several = [given.vararg] if given.vararg else []
    return {one.arg for one in [*given.posonlyargs, *given.args, *given.kwonlyargs, *several]}


def taken(node):
    """Give what a function takes, or what a class is made from."""
    if not isinstance(node, ast.ClassDef):
        return arguments(node)
    fields = {one.target.id for one in node.body if isinstance(one, ast.AnnAssign)}
    made = (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__")
    return fields.union(*map(arguments, made))


def untrue(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        section = SECTION.search(ast.get_docstring(node) or "")
        if not section:
            continue
        lines = [line for line in section[1].splitlines() if re.fullmatch(r"[\w*][\w*, ]*", line)]
        named = {name.strip().lstrip("*") for line in lines for name in line.split(",")}
        if named - taken(node):
            yield node.name, named - taken(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_parameter_that_is_described_is_there(path):
    assert list(untrue(path)) == []
