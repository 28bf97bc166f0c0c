"""The made-up county shows every verdict that there is."""

import datetime

import pytest

from data.demo.personas import PERSONAS
from mapping.dataset.dataset import load
from mapping.settings import DEMO_DATA, DEMO_DAY, DEMO_PREVIOUS
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from tests.gap_county import STRATEGY

COUNTY_DAYS = (
    "2019-06-01", "2020-06-01", "2022-01-01", "2023-07-01", "2024-01-01", "2024-06-01", "2026-06-01",
)  # fmt: skip
SETTLED = {"uppfyllt", "delvis", "gap", "underlag_saknas"}
OPEN, PLANNED = "minst delvis", "gap – planerad"

NEVER_OPEN = {"1.5", "2.5", "3.3"}
"""One answer says it all: it is known or it is not."""
NEVER_PLANNED = {"1.3", "1.5", "2.3", "2.5", "3.1", "3.3"}
"""No arena, insats or answer of theirs can be planned."""

SLUGS = {persona.kommunkod: persona.slug for persona in PERSONAS}
EXAMPLES = {
    "lindesberg": {"uppfyllt"}, "nora": {"gap"}, "ljusnarsberg": {"gap", PLANNED}, "kumla": {"delvis"},
    "karlskoga": {"delvis", OPEN}, "laxa": {"underlag_saknas"}, "degerfors": {"underlag_saknas"},
}  # fmt: skip
"""Every status that the municipality has in the newest wave, over all objectives."""


def _words(verdicts):
    for verdict in verdicts:
        if verdict.at_least:
            yield OPEN
        elif verdict.status == "gap" and verdict.planned:
            yield PLANNED
        else:
            yield verdict.status


@pytest.fixture(scope="module")
def newest():
    return load(DEMO_DATA, today=DEMO_DAY)


@pytest.fixture(scope="module")
def verdicts(newest):
    return judge(newest, STRATEGY, DEMO_DAY, previous=Wave.of(load(DEMO_PREVIOUS, today=DEMO_DAY), DEMO_DAY))


@pytest.fixture(scope="module")
def county_verdicts(newest):
    days = map(datetime.date.fromisoformat, COUNTY_DAYS)
    return [verdict for day in days for verdict in judge(newest, STRATEGY, day) if verdict.kommunkod == "18"]


def test_every_status_of_every_objective_occurs(verdicts, county_verdicts):
    for code in (objective.code for objective in STRATEGY.objectives):
        shown = set(_words(v for v in (*verdicts, *county_verdicts) if v.objective == code))
        wanted = SETTLED | (set() if code in NEVER_OPEN else {OPEN})
        wanted |= set() if code in NEVER_PLANNED else {PLANNED}
        assert shown == wanted, code


@pytest.mark.parametrize("slug", EXAMPLES)
def test_a_municipality_is_an_example_of_what_its_part_says(verdicts, slug):
    own = [verdict for verdict in verdicts if SLUGS.get(verdict.kommunkod) == slug]
    shown = set(_words(own))
    if slug == "ljusnarsberg":
        planned = {verdict.objective for verdict in own if verdict.planned}
        assert planned == {verdict.objective for verdict in own} - NEVER_PLANNED
    assert shown == EXAMPLES[slug]


def test_old_facts_would_tell_what_the_verdict_no_longer_does(verdicts):
    own = [verdict for verdict in verdicts if SLUGS.get(verdict.kommunkod) == "degerfors"]
    assert {verdict.older.status for verdict in own} == {"uppfyllt", "delvis"}
    assert {verdict.older.year for verdict in own} <= {2022, 2023}


def test_support_is_built_and_lost_between_the_waves_and_answers_are_to_be_reconciled(verdicts):
    disagreeing = {(SLUGS[v.kommunkod], v.objective) for v in verdicts if v.needs_reconciling}
    assert disagreeing == {("askersund", "2.2"), ("askersund", "3.4")}
    methods = {SLUGS.get(v.kommunkod): v.status for v in verdicts if v.objective == "1.4"}
    assert (methods["lindesberg"], methods["hallsberg"]) == ("uppfyllt", "delvis")
    assert methods["askersund"] == "gap"
