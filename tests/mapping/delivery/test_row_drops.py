"""A drop of more than a fifth of the rows is noticed, and must be confirmed in words."""

import pytest

from mapping.delivery.row_drops import RowDrop, confirmation, is_confirmed, row_drops


@pytest.mark.parametrize(
    ("before", "after", "is_noticed"),
    [
        (10, 8, False),
        (10, 7, True),
        (100, 79, True),
        (100, 80, False),
        (1, 0, True),
        (5, 9, False),
        (0, 0, False),
    ],
)
def test_more_than_a_fifth_is_noticed_and_not_less(before: int, after: int, *, is_noticed: bool) -> None:
    assert bool(row_drops({"arenor": before}, {"arenor": after})) is is_noticed


def test_a_table_that_is_gone_has_lost_all_its_rows() -> None:
    (drop,) = row_drops({"arenor": 3, "dialog": 4}, {"arenor": 3})
    assert (drop.table, drop.lost, drop.share) == ("dialog", 4, 1.0)
    assert drop.as_json() == {
        "table": "dialog",
        "before": 4,
        "after": 0,
        "message": "Tabellen dialog minskar från 4 till 0 rader (100 procent färre).",
    }


def test_only_the_right_words_confirm() -> None:
    drops = [RowDrop("arenor", 10, 4), RowDrop("kommunlage", 3, 2)]
    words = confirmation(drops)
    assert words == "6 arenor färre och 1 kommunsvar färre"
    assert is_confirmed(f"  {words.upper()}. ", drops)
    assert not is_confirmed("6 arenor färre", drops)
    assert not is_confirmed("", drops)
    assert not is_confirmed("ja", drops)


def test_without_a_drop_there_is_nothing_to_write() -> None:
    assert confirmation([]) == ""
    assert is_confirmed("", [])
