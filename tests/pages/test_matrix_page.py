"""Målmatris through the router."""

import pytest

from tests.visiting import words


def test_a_cell_opens_its_account_with_text_rule_and_rows(visit):
    told = words(visit("mal.py", data="demo", ruta=["2.6-1883"]))
    for text in (
        "Så räknade vi: 2.6", "finnas tillgång till familjecentral i familjens närområde", "Regeln.",
        "av 2 BVC och BMM är samlokaliserade", "Rader som räknas", "fågelvägen",
    ):  # fmt: skip
        assert text in told, text


@pytest.mark.parametrize(
    "query",
    [
        {"malomrade": ["2"]},
        {"lansdel": ["norr"], "bedomning": ["underlag_saknas"]},
        {"kolumner": ["lansdelar"], "ruta": ["2.1-norr"]},
        {"malomrade": ["99"], "bedomning": ["nonsens"], "dag": ["i går"], "ruta": ["9.9-9999"]},
        {"aldre": ["ja"], "presentation": "ja"},
        {"dag": ["2021-06-01"]},
    ],
)
def test_the_matrix_opens_whatever_the_address_says(visit, query):
    assert [title.value for title in visit("mal.py", **query).title] == ["Målmatris"]


def test_moving_the_steps_counts_less_and_stays_in_the_address(visit):
    at = visit("mal.py")
    before = words(at)
    at.segmented_control(key="underlag_1").set_value("belagt").run()
    assert at.query_params["underlag"] == "belagt"
    assert "Bara belagt" in words(at)
    assert words(at) != before


def test_no_page_shows_a_sum_score_or_a_ranking(visit):
    for page in ("mal.py", "oversikt.py", "tackning.py", "organisation.py"):
        text = words(visit(page)).lower()
        for word in ("poäng", "ranking", "rangordning", "plats 1", "bäst i länet"):
            assert word not in text
