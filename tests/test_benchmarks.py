"""What the benchmarks write is what they found."""

import importlib
import json
from dataclasses import asdict

import pytest

from tests.benchmarks import results
from tests.benchmarks.goals import Figure, Goal, Outcome


@pytest.mark.parametrize("module", ["__main__", "beside"])
def test_every_benchmark_finds_what_it_measures(module):
    assert importlib.import_module(f"tests.benchmarks.{module}").main


def test_the_written_results_are_the_kept_ones():
    measured = results.read()
    assert measured
    assert results.WRITTEN.read_text(encoding="utf-8") == results.text(measured)


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        (Goal("x", 2.0, at_most=2), "met"), (Goal("x", 2.01, at_most=2), "MISSED"),
        (Goal("x", 0.0, at_most=0), "met"), (Goal("x", 1.0, at_most=0), "MISSED"),
        (Goal("x", 10.0, at_least=10), "met"), (Goal("x", 9.9, at_least=10), "MISSED"),
        (Goal("x", 9.9), ""),
    ],
)  # fmt: skip
def test_a_goal_is_met_at_its_limit_and_missed_beyond_it(goal, verdict):
    assert goal.verdict == verdict


def test_what_is_kept_is_read_as_it_was(tmp_path, monkeypatch):
    for name, file in (("KEPT", "kept.json"), ("WRITTEN", "written.md")):
        monkeypatch.setattr(results, name, tmp_path / file)
    outcome = Outcome("Något", (Goal("kvot", 1.5, at_most=2),), (Figure("tid", "0,1 s"),))
    for name, quick in (("map_filter", True), ("load", False)):
        assert results.keep(name, lambda: outcome, quick=quick) is outcome
    kept = results.read()
    assert [(name, one["quick"]) for name, one in kept.items()] == [("map_filter", True), ("load", False)]
    assert kept["load"]["outcome"] == json.loads(json.dumps(asdict(outcome)))
    assert "| load | kvot | 1.50 | ≤ 2 | met |" in results.WRITTEN.read_text(encoding="utf-8")
