"""The share of arenas whose facts are known."""

import datetime

import pytest

from mapping.arenas.completeness import completeness, known_facts
from mapping.swedish import swedish_order
from tests.conftest import ARENAS, DAY, OFFERS

CODES = ["1882", "1862", "1861", "1863", "1883", "1881", "1860", "1814", "1885", "1864", "1884", "1880"]


def _naive_known(arena):
    offers = [o for o in OFFERS if o["arena_id"] == arena["arena_id"] and o["status"] != "stangd"]
    confirmed = arena.get("kontrollerad_datum", "")
    own_position = bool(arena.get("lat")) and arena.get("adress_visning", "") not in {"dold", "ort"}
    return {
        "niva": any(o.get("preventionsniva") for o in offers),
        "alder": any(o.get("alder_fran") and o.get("alder_till") for o in offers),
        "lage": own_position,
        "kalla": bool(arena.get("kalla")),
        "farsk": confirmed.startswith("2026"),
    }


def test_known_facts_agree_with_a_naive_loop(county):
    expected = {a["arena_id"]: _naive_known(a) for a in ARENAS if a["status"] != "stangd"}
    assert known_facts(county, DAY).to_dict("index") == expected


def test_shares_are_means_of_the_known_facts_and_there_is_none_without_arenas(county):
    table = completeness(county, DAY)
    assert list(table.index) == [*CODES, "18"]
    assert table.loc["1881"].to_dict() == {
        "arenor": 2, "niva": 0.5, "alder": 0.0, "lage": 0.0, "kalla": 1.0, "farsk": 0.5,
    }  # fmt: skip
    assert table.loc["18", "arenor"] == 6
    assert table.loc["1860", "arenor"] == 0
    assert table.loc["1860", ["niva", "kalla"]].isna().all()


@pytest.mark.parametrize(
    ("day", "fresh"),
    [("2026-09-30", True), ("2026-09-29", False), ("2027-09-30", True), ("2027-10-01", False)],
)
def test_a_confirmation_is_fresh_for_365_days_and_never_before_its_day(county, day, fresh):
    assert bool(known_facts(county, datetime.date.fromisoformat(day)).loc["nora-fc", "farsk"]) is fresh


def test_swedish_order_puts_its_last_three_letters_last():
    assert sorted(["Örebro", "Askersund", "Älvsbyn", "Åre", "Zinkgruvan"], key=swedish_order) == [
        "Askersund", "Zinkgruvan", "Åre", "Älvsbyn", "Örebro",
    ]  # fmt: skip
