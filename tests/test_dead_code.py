"""Everything that is written is used, by the product and not by its tests alone."""

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parent.parent
PRODUCT = ("app.py", "mapping", "pages", "data")
CONFIDENCE = 60
TEMPLATES = {".html", ".jinja", ".typ"}

FROM_OUTSIDE = {
    "down_revision": "Alembic reads it", "impl": "SQLAlchemy reads it", "cache_ok": "SQLAlchemy reads it",
    "process_bind_param": "SQLAlchemy calls it", "process_result_value": "SQLAlchemy calls it",
    **dict.fromkeys(("add_file", "get_files", "remove_file", "remove_session_files"), "Streamlit calls it"),
    "help": "README's table of settings is tested against it",
    "page_remark": "the strategy's own words, whole", "serves_area": "the strategy's own words, whole",
}  # fmt: skip
"""What nothing in the product names, and why it is there."""


def product_files(suffixes):
    roots = (ROOT / name for name in PRODUCT)
    found = (path for root in roots for path in ([root] if root.is_file() else root.rglob("*")))
    return [path for path in found if path.suffix in suffixes]


def named_in_templates():
    texts = (path.read_text(encoding="utf-8") for path in product_files(TEMPLATES))
    return {word for text in texts for word in re.findall(r"\.([A-Za-z_]\w*)", text)}


def named_in_quotes(tree):
    """Give the names in annotations that are written in quotes, which vulture does not read."""
    annotations = (getattr(node, part, None) for node in ast.walk(tree) for part in ("annotation", "returns"))
    inside = (inner for one in annotations if one for inner in ast.walk(one))
    texts = (inner.value for inner in inside if isinstance(inner, ast.Constant))
    return {word for text in texts if isinstance(text, str) for word in re.findall(r"\w+", text)}


def is_of_a_library(unused):
    """Tell whether it is an attribute that is set on something of a library, which reads it."""
    line = Path(unused.filename).read_text(encoding="utf-8").splitlines()[unused.first_lineno - 1]
    return unused.typ == "attribute" and f"self.{unused.name}" not in line


@cache
def unused_code():
    # in a thread of its own: a browser that this one drives upsets how deep it is thought to be
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_unused_code).result()


def _unused_code():
    vulture = Vulture(ignore_decorators=["@event.listens_for"])
    vulture.scavenge([str(ROOT / name) for name in PRODUCT])
    quoted = set()
    for path in product_files({".py"}):
        quoted |= named_in_quotes(ast.parse(path.read_text(encoding="utf-8")))
    elsewhere = named_in_templates() | quoted
    found = vulture.get_unused_code(min_confidence=CONFIDENCE)
    return [one for one in found if one.name not in elsewhere and not is_of_a_library(one)]


def test_no_code_is_there_for_nothing_and_the_exceptions_are_needed():
    found = (one for one in unused_code() if one.name not in FROM_OUTSIDE)
    assert [f"{one.filename}:{one.first_lineno} {one.name}" for one in found] == []
    assert set(FROM_OUTSIDE) <= {one.name for one in unused_code()}


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    written = [*product_files({".py", ".js", ".css", ".toml", *TEMPLATES}), *(ROOT / "tests").rglob("*.py")]
    written += [ROOT / name for name in ("README.md", "pyproject.toml", ".ci/run")]
    others = (path for path in written if path != Path(__file__))
    assert [str(path) for path in others if marks.search(path.read_text(encoding="utf-8"))] == []
