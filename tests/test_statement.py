"""The accessibility statement is true: what it says of Streamlit can be found in Streamlit."""

import json
import re
from functools import cache
from pathlib import Path

import streamlit as st

UI = Path(__file__).parent.parent / "pages" / "ui"
STATEMENT = (UI / "texts" / "tillganglighet.md").read_text(encoding="utf-8")


@cache
def _streamlit():
    scripts = Path(st.__file__).parent / "static" / "static" / "js"
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(scripts.glob("*.js")))


def test_what_remains_still_stands_in_streamlit_in_english():
    remaining = STATEMENT.split("Det här återstår")[1]
    quoted = [part.strip() for words in re.findall("”([^”]+)”", remaining) for part in words.split("…")]
    assert len(quoted) == 4
    for words in quoted:
        assert words in _streamlit(), words


def test_every_word_that_we_say_in_swedish_is_still_streamlit_s():
    script = (UI / "frame" / "swedish_ui.js").read_text(encoding="utf-8")
    block = script.split("Object.entries({")[1].split("})")[0]
    words = [
        json.loads(quoted) if quoted else plain
        for quoted, plain in re.findall(r'^  (?:("[^"]+")|(\w+)):', block, re.MULTILINE)
    ]
    assert len(words) == block.count(": ") + block.count(":\n")
    for word in words:
        assert re.search(rf"[\"'`]{re.escape(word)}[\"'`]", _streamlit()), word
