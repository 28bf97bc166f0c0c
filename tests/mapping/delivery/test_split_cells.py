"""Cells that hold two columns of the contract are split, and others are left as they are."""

import pandas as pd
import pytest

from mapping.delivery.split_cells import point, split


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("59.27412, 15.20661", ("59.27412", "15.20661")), ("59,27412 15,20661", ("59,27412", "15,20661")),
        ("59,27412;15,20661", ("59,27412", "15,20661")), ("59.27° / 15.2°", ("59.27", "15.2")),
        ("N 6570594, E 511776", ("6570594", "511776")), ("Nora", None), ("59.27", None),
        ("59°16'27\"N, 15°12'24\"E", ("59°16'27\"N", "15°12'24\"E")),
        ("N59° 16,45′ E15° 12,4′", ("N59° 16,45′", "E15° 12,4′")),
    ],
)  # fmt: skip
def test_a_pair_of_coordinates_is_read_as_two(text, pair):
    assert point(text) == pair


def one(**columns):
    return pd.DataFrame({name: [text] for name, text in columns.items()}, dtype="str")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"alder": "0–6"}, {"alder_fran": "0", "alder_till": "6"}),
        ({"alder": "alla"}, {"alder_fran": "alla", "alder_till": ""}),
        ({"alder_fran": "0–6"}, {"alder_fran": "0", "alder_till": "6"}),
        ({"alder_fran": "0–6", "alder_till": "6"}, {"alder_fran": "0–6", "alder_till": "6"}),
        ({"koordinater": "59,5 15,0"}, {"lat": "59,5", "lon": "15,0"}),
        ({"koordinater": "6570594 511776"}, {"sweref_n": "6570594", "sweref_e": "511776"}),
        ({"nord": "59,5", "ost": "15,0"}, {"lat": "59,5", "lon": "15,0"}),
        ({"ost": "511776", "nord": "6570594"}, {"sweref_e": "511776", "sweref_n": "6570594"}),
        ({"ost": "6570594", "nord": "511776"}, {"sweref_n": "6570594", "sweref_e": "511776"}),
        ({"nord": "15,2", "ost": "59,3"}, {"lon": "15,2", "lat": "59,3"}),
        ({"alder": "gravida–1 år"}, {"alder_fran": "0", "alder_till": "1", "blivande_foraldrar": "ja"}),
        (
            {"blivande_foraldrar": "nej", "alder": "gravida"},
            {"blivande_foraldrar": "nej", "alder_fran": "", "alder_till": ""},
        ),
        ({"alder": "6–18 mån"}, {"alder_fran": "0", "alder_till": "1"}),
        ({"alder_fran": "åk 7–9"}, {"alder_fran": "13", "alder_till": "15"}),
        ({"namn": "0–6"}, {"namn": "0–6"}),
    ],
)
def test_compound_columns_become_the_contracts_own(columns, expected):
    frame, _ = split(one(**columns))
    assert frame.to_dict("records") == [expected]


def test_what_was_split_is_told_and_nothing_else_is_touched():
    frame = one(namn="Eken", alder_fran="3", alder_till="")
    untouched, splits = split(frame)
    assert untouched is frame
    assert (splits, split(one(alder="3"))[1]) == ((), (("alder", ("alder_fran", "alder_till")),))
