"""Confirming rows as unchanged sets their date, and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.delivery.confirm_rows import confirmed
from mapping.errors import UnknownRowsError
from tests.conftest import ARENAS, OFFERS
from tests.deliveries import raw

DAY = dt.date(2026, 11, 20)
COLUMN = "kontrollerad_datum"


TABLES_BEFORE = {"arenor": raw("arenor", ARENAS), "insatser": raw("insatser", OFFERS)}


@given(st.sets(st.sampled_from([row["arena_id"] for row in ARENAS])))
def test_exactly_the_chosen_rows_get_the_date(ids):
    after = confirmed(TABLES_BEFORE, day=DAY, arena_ids=ids)
    before, frame = TABLES_BEFORE["arenor"].frame, after["arenor"].frame
    chosen = before["arena_id"].isin(ids)
    assert (frame.loc[chosen, COLUMN] == "2026-11-20").all()
    assert frame.loc[~chosen, COLUMN].equals(before.loc[~chosen, COLUMN])
    assert frame.drop(columns=COLUMN).equals(before.drop(columns=COLUMN))
    assert after["insatser"] is TABLES_BEFORE["insatser"]


def test_a_column_that_is_missing_is_added_and_made_ids_are_written_down():
    frame = confirmed(TABLES_BEFORE, day=DAY, insats_ids=["eken-samtal"])["insatser"].frame
    dates = dict(zip(frame["insats_id"], frame[COLUMN], strict=True))
    assert (dates.pop("eken-samtal"), set(dates.values())) == ("2026-11-20", {""})
    tables = {"arenor": raw("arenor", [{"namn": "Eken", "kommun": kommun} for kommun in ("Nora", "Kumla")])}
    frame = confirmed(tables, day=DAY, arena_ids=["kumla-eken"])["arenor"].frame
    assert frame["arena_id"].tolist() == ["nora-eken", "kumla-eken"]
    assert frame[COLUMN].tolist() == ["", "2026-11-20"]


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("2026-11-21", True), ("2026-11-20", False), ("2026", False), ("2026-12", True), ("", False),
        ("i fjol", False),
    ],
)  # fmt: skip
def test_only_a_surely_later_date_is_kept(stated, kept):
    tables = {"arenor": raw("arenor", [{"arena_id": "a", COLUMN: stated}])}
    (found,) = confirmed(tables, day=DAY, arena_ids=["a"])["arenor"].frame[COLUMN]
    assert found == (stated if kept else "2026-11-20")


def test_unknown_ids_are_all_named_and_nothing_is_done():
    with pytest.raises(UnknownRowsError) as refused:
        confirmed(TABLES_BEFORE, day=DAY, arena_ids=["nora-fc", "finns-ej"], insats_ids=["inte-heller"])
    assert refused.value.identities == ("finns-ej", "inte-heller")
    assert "finns-ej, inte-heller" in str(refused.value)
    assert refused.value.code == "unknown-rows"
