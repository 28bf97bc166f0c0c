"""Verdicts arranged, shown and accounted for."""

from collections import Counter

import pytest

from mapping.contract import vocabulary
from mapping.municipality import dialogue
from mapping.server.datasets import example, example_before
from mapping.settings import DEMO_DAY
from mapping.verdicts import matrix
from mapping.verdicts.bounds import Wave
from mapping.verdicts.counted import counted_rows, planned_rows
from mapping.verdicts.display import PLANNED, SYMBOL, verdict_label
from mapping.verdicts.judge import STATUS, judge
from mapping.verdicts.matrix import MatrixChoice
from mapping.verdicts.summary import objective_bars
from tests.conftest import DAY
from tests.gap_county import STRATEGY


@pytest.fixture(scope="module")
def demo():
    return example()


@pytest.fixture(scope="module")
def verdicts(demo):
    return judge(demo, STRATEGY, DEMO_DAY, previous=Wave.of(example_before(), DEMO_DAY))


def _cells(shown):
    return [cell for group in shown.groups for row in group.rows for cell in row.cells if cell]


def test_every_verdict_has_one_cell_that_leads_back_to_it_and_the_county_spans_all_columns(verdicts):
    shown = matrix.matrix(verdicts, STRATEGY, MatrixChoice())
    assert (len(shown.columns), shown.columns[0], shown.columns[-1]) == (12, "Askersund", "Örebro")
    keys = {matrix.cell_key(one.objective, one.kommunkod) for one in verdicts}
    assert {cell.key for cell in _cells(shown)} == keys
    assert {cell.span for cell in _cells(shown) if cell.key.endswith("-18")} == {12}
    for cell in _cells(shown):
        (found,) = matrix.find(verdicts, cell.key)
        assert verdict_label(found) == cell.shown
    assert (matrix.find(verdicts, "9.9-1880"), matrix.find(verdicts, "nonsens")) == ((), ())


def test_sign_word_and_colour_say_the_same_and_no_two_statuses_share_a_sign(verdicts):
    assert len(set(SYMBOL.values())) == len(STATUS)
    for verdict in verdicts:
        shown = verdict_label(verdict)
        assert shown.symbol == SYMBOL[verdict.status]
        assert shown.word == ("Minst delvis" if verdict.at_least else STATUS[verdict.status])
        assert (PLANNED in shown.remarks) == (verdict.planned and verdict.status != "uppfyllt")


def test_an_older_verdict_is_only_a_remark(verdicts):
    hollow = [v for v in verdicts if v.status == "underlag_saknas" and v.older.status != "underlag_saknas"]
    assert hollow
    for verdict in hollow:
        assert verdict_label(verdict).status == "underlag_saknas"
        assert any(remark.startswith("äldre: ") for remark in verdict_label(verdict).remarks)


@pytest.mark.parametrize(
    "choice",
    [
        MatrixChoice(area=2), MatrixChoice(parts=("norr",)), MatrixChoice(statuses=("gap",)),
        MatrixChoice(3, ("soder",), ("delvis",)),
    ],
)  # fmt: skip
def test_a_choice_agrees_with_a_naive_loop(verdicts, choice):
    codes = {code for part in choice.parts for code in vocabulary.COUNTY_PARTS[part]}
    expected = {
        f"{v.objective}-{v.kommunkod}"
        for v in verdicts
        if (not choice.area or v.objective.startswith(f"{choice.area}."))
        and (not codes or v.kommunkod in codes or v.kommunkod == "18")
        and (not choice.statuses or v.status in choice.statuses)
    }
    assert {cell.key for cell in _cells(matrix.matrix(verdicts, STRATEGY, choice))} == expected
    assert len(matrix.listed([v for v in verdicts if choice.allows(v, STRATEGY)], STRATEGY)) == len(expected)


def test_a_part_of_the_county_counts_its_municipalities_and_weighs_nothing_together(verdicts):
    shown = matrix.matrix(verdicts, STRATEGY, MatrixChoice(), by_part=True)
    cell = next(cell for cell in _cells(shown) if cell.key == "2.1-norr")
    here = matrix.find(verdicts, "2.1-norr")
    counts = Counter(v.status for v in here)
    assert len(here) == 4
    known = sum(
        v.status == "underlag_saknas" and any(box.state not in {"okand", "annan"} for row in v.figures.rows
        for box in row.boxes) for v in here
    )  # fmt: skip
    assert {cell.shown.word, *cell.shown.remarks} == {
        *(f"{SYMBOL[code]} {count} {STATUS[code].lower()}" for code, count in counts.items()),
        *([f"något känt om {known}"] if known else []),
    }


def test_every_municipality_has_something_known_in_the_best_known_picture(shipped):
    judged = judge(shipped, STRATEGY, DAY, basis="aldre")
    said = dialogue.of_objectives(shipped.dialog)
    shown = matrix.matrix(judged, STRATEGY, MatrixChoice(), said=said)
    known = {cell.key.split("-")[1] for cell in _cells(shown) if cell.is_known}
    assert known >= set(vocabulary.MUNICIPALITIES)
    for cell in _cells(shown):
        (verdict,) = matrix.find(judged, cell.key)
        assert cell.word.lower() in cell.label.lower()
        assert verdict.figures.sentence.rstrip(".") in cell.label
        assert ("känt" in cell.word.lower()) == (cell.is_known and verdict.status == "underlag_saknas")
        states = {box.state for row in cell.known for box in row.boxes}
        assert ("§" in cell.mark) == ("uppdrag" in states)


def test_a_part_of_the_county_is_drawn_as_strongly_as_all_that_is_settled_in_it(shipped):
    judged = judge(shipped, STRATEGY, DAY, basis="aldre")
    shown = matrix.matrix(judged, STRATEGY, MatrixChoice(), by_part=True)
    for cell in _cells(shown):
        labels = [verdict_label(v) for v in matrix.find(judged, cell.key) if v.status != "underlag_saknas"]
        strengths = {label.strength for label in labels}
        assert cell.shown.strength == (strengths.pop() if len(strengths) == 1 else "belagt")
        if cell.shown.strength == "aldre" and labels:
            years = sorted(label.mark for label in labels)
            assert cell.mark in {years[0], f"{years[0]}–{years[-1]}"}


def test_a_quotation_mark_is_only_for_what_the_municipality_itself_has_said(shipped):
    said = dialogue.of_objectives(shipped.dialog)
    own = {
        f"{objective}-{code}"
        for code, name in vocabulary.MUNICIPALITIES.items()
        for areas, objectives in zip(shipped.dialog["kommun"], shipped.dialog["mal"], strict=True)
        if name in areas.split(" | ")
        for objective in objectives
    }
    assert own
    assert set(said) == own
    plain = judge(shipped, STRATEGY, DAY, basis="aldre")
    with_marks = matrix.matrix(plain, STRATEGY, MatrixChoice(), said=said)
    without = matrix.matrix(plain, STRATEGY, MatrixChoice())
    assert {c.key for c in _cells(with_marks) if c.is_said} == own & {c.key for c in _cells(without)}
    assert [c.shown for c in _cells(with_marks)] == [c.shown for c in _cells(without)]


def test_every_counted_row_is_accounted_for_with_its_source_or_says_that_it_is_unknown(demo, verdicts):
    seen = 0
    for verdict in verdicts:
        rows = counted_rows(verdict)
        assert [row.key for row in rows] == list(verdict.counted)
        seen += len(rows)
        for row in (*rows, *planned_rows(verdict)):
            assert row.name
            assert row.what
            assert row.arena_id is None or row.arena_id in demo.arenor.index
    assert seen > 500


def test_nothing_unsettled_is_counted_as_settled(shipped):
    judged = judge(shipped, STRATEGY, DAY)
    assert matrix.settled_sentence(judged).startswith("Ingen av 158 bedömningar är avgjord; 158 väntar")


def test_each_objective_is_a_bar_of_its_municipalities_by_status_and_a_regional_one_is_one(shipped):
    judged = judge(shipped, STRATEGY, DAY, basis="aldre")
    bars = objective_bars(judged, STRATEGY)
    assert [bar.code for bar in bars] == [one.code for one in STRATEGY.objectives]
    for bar in bars:
        own = [one.status for one in judged if one.objective == bar.code]
        assert {status: own.count(status) for status in bar.counts} == dict(bar.counts)
        assert (bar.total, bar.is_regional) in {(12, False), (1, True)}
    assert "underlag saknas 12 kommuner" in bars[0].sentence
