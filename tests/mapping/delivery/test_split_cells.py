"""Cells that hold two columns of the contract are split, and others are left as they are."""

import pandas as pd
import pytest

from mapping.delivery.split_cells import age_span, point, split


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0–6", ("0", "6")), ("0-6 år", ("0", "6")), ("0 – 6 ÅR", ("0", "6")), ("0 till 6 år", ("0", "6")),
        ("0 t.o.m. 6", ("0", "6")), ("från 3 till 5 år", ("3", "5")), ("13-18 års ålder", ("13", "18")),
        ("4", ("4", "4")), ("4 år", ("4", "4")), ("13+", ("13", "")), ("13 år och äldre", ("13", "")),
        ("från 13 år", ("13", "")), ("100+ år", ("100", "")), ("upp till 6 år", ("", "6")),
        ("-6 år", ("", "6")), ("alla åldrar", None), ("0–18 mån", None), ("0-6, 7-12", None),
        ("2024-03-05", None), ("", None),
    ],
)  # fmt: skip
def test_a_span_of_ages_is_read_as_its_ends(text, span):
    assert age_span(text) == span


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("59.27412, 15.20661", ("59.27412", "15.20661")), ("59,27412 15,20661", ("59,27412", "15,20661")),
        ("59,27412;15,20661", ("59,27412", "15,20661")), ("59.27° / 15.2°", ("59.27", "15.2")),
        ("N 6570594, E 511776", ("6570594", "511776")), ("Nora", None), ("59.27", None),
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
