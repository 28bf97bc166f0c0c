"""Texts that are read together are read as they are one by one."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.contract.cells import read_cell
from mapping.contract.schema import TABLES
from mapping.tables.readings import readings_of
from mapping.tables.texts import Texts
from mapping.tables.typed_table import clean_text

PLAIN = {
    "arenor": ["arena_id", "namn", "huvudman", "kalla", "lat", "postnummer", "webbplats"],
    "insatser": ["alder_fran"],
    "befolkning": ["ar", "antal"],
}
NEAR = "a-z09 ,.;|/:-5713htps"


@pytest.mark.parametrize(
    ("table", "name"), [(table, name) for table, names in PLAIN.items() for name in names]
)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_plain_texts_are_read_together_as_they_are_one_by_one(
    table: str, name: str, data: st.DataObject
) -> None:
    column = TABLES[table][name]
    plain = {
        "lat": r"-?\d{1,9}([.,]\d*)?",
        "postnummer": r"\d{5}",
        "webbplats": r"https?://[a-z0-9-]+\.se(/[ -~]*)?",
        "ar": "20[0-9]{2}",
    }.get(name, r"\d{1,9}" if table != "arenor" else r"[a-z0-9-]+")
    texts = st.one_of(st.from_regex(re.compile(plain, re.ASCII), fullmatch=True), st.text(NEAR, max_size=6))
    different = data.draw(st.lists(texts.map(clean_text), unique=True, max_size=5))
    read = readings_of(Texts(different, np.arange(len(different))), column)
    alone = [read_cell(text, column) if text else None for text in different]
    values = read.values
    assert values == [None if reading is None else reading.value for reading in alone]
    assert read.unfit == tuple(
        place
        for place, (text, reading) in enumerate(zip(different, alone, strict=True))
        if reading is None and text != ""
    )
    assert read.canonical == {
        text: reading.canonical
        for text, reading in zip(different, alone, strict=True)
        if reading is not None and reading.canonical != text
    }
