"""What the app is installed with is what it imports, no more and no less."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
UNSEEN = {
    "authlib": "Streamlit signs in with it",
    "font-source-sans-pro": "its files are read as resources",
    "psycopg": "SQLAlchemy reaches PostgreSQL with it",
    "uvicorn": "Streamlit serves with it",
}
"""What is needed though no line of ours imports it."""
OURS = {"app", "data", "mapping", "pages"}


def imported():
    """Give the top names of all that the product imports, and does not come with Python."""
    found = set()
    for path in [ROOT / "app.py", *(ROOT / "mapping").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - OURS


def named(name):
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_what_is_installed_is_what_is_imported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {named(re.match(r"[\w.-]+", text)[0]) for text in project["project"]["dependencies"]}
    distributions = packages_distributions()
    owning = [[named(one) for one in distributions[name]] for name in sorted(imported())]
    # a namespace has parts of several; one of them is what was meant
    needed = {next((one for one in owners if one in wanted), owners[0]) for owners in owning}
    assert needed | set(UNSEEN) == wanted
    assert not needed & set(UNSEEN)
