"""The map's script: one file, no third-party code, nothing from the data ever read as HTML."""

import re
from pathlib import Path

import pytest

from mapping.map import browser

FILES = sorted(Path(browser.__file__).parent.glob("*.js"))


def test_every_module_is_in_the_script_which_imports_nothing_and_only_the_adapter_exports():
    for file in FILES:
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert first in browser.script(), file.name
    assert not re.search(r"^import ", browser.script(), re.MULTILINE)
    assert browser.script().count("export default") == 1
    assert "export default" not in browser.script(streamlit=False)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_module_can_read_text_as_html_or_names_another_host(file):
    text = file.read_text(encoding="utf-8")
    for way in (
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
        "DOMParser",
    ):  # fmt: skip
        assert way not in text
    addresses = set(re.findall(r"https?://[^\s\"'`]+", file.read_text(encoding="utf-8")))
    assert addresses <= {"http://www.w3.org/2000/svg"}
