"""The comparison of two versions is drawn, counts first, and what is long only when it is opened."""

import pytest
from streamlit.testing.v1 import AppTest

from tests import visiting


def script(opened="", *, is_same=False):
    import datetime as dt

    import streamlit as st

    from mapping.changes.rows import changes
    from mapping.changes.verdicts import verdict_changes
    from mapping.dataset.dataset import load
    from mapping.settings import DEMO_DATA, SHIPPED_STRATEGY
    from mapping.verdicts.judge import judge
    from mapping.verdicts.strategy_file import read
    from pages.ui.update.changes_view import changes_view

    if opened:
        st.session_state[opened] = True
    day, strategy = dt.date(2026, 6, 1), read(SHIPPED_STRATEGY)
    after = load(DEMO_DATA, today=day)
    before = after if is_same else load(DEMO_DATA.parent / "2024", today=day)
    found = changes(before, after)
    verdicts = verdict_changes(judge(before, strategy, day), judge(after, strategy, day), found)
    changes_view(before, after, found, verdicts)


@pytest.fixture
def drawn():
    def draw(**arguments):
        at = AppTest.from_function(script, default_timeout=60, kwargs=arguments).run()
        assert not at.exception
        return at, visiting.words(at)

    return draw


def test_counts_come_first_and_rows_wait_until_they_are_opened(drawn):
    at, words = drawn()
    assert "Arenor: 69 nya, 156 ändrade och 3 borttagna." in words
    assert "107 bedömningar ändras." in words
    labels = [expander.label for expander in at.expander]
    assert labels[0] == "Visa 109 bedömningar"
    assert "Arenor: 69 nya, 156 ändrade och 3 borttagna" in labels
    assert "kontrollerad_datum" not in words
    assert "sk-verdict-label" not in words


def test_opened_rows_show_cells_before_and_after_and_opened_verdicts_both_faces(drawn):
    _, words = drawn(opened="changes_arenor")
    for part in ("Ändrade (156)", "2024-05-31 <span", "ändras till"):
        assert part in words, part
    _, words = drawn(opened="changes_verdicts")
    assert words.count("sk-verdict-label ") == 2 * 109
    assert (
        "Svaret ”Askersund: om kartläggningen av arenor och insatser är klar, 27 januari 2026” är nytt"
        in words
    )


def test_equal_versions_say_so_and_show_nothing_else(drawn):
    at, words = drawn(is_same=True)
    assert "Inget skiljer versionerna åt." in words
    assert not at.expander
