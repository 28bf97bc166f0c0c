"""What was judged of the shipped data and of the made-up county, once for all reports."""

import pytest

from mapping.reports.judged import Judged
from mapping.server.datasets import example, example_before
from mapping.settings import DEMO_DAY
from mapping.verdicts.bounds import Wave
from tests.conftest import DAY
from tests.gap_county import STRATEGY


@pytest.fixture(scope="session")
def shipped_judged(shipped):
    return Judged.of(shipped, STRATEGY, DAY)


@pytest.fixture(scope="session")
def demo_judged():
    return Judged.of(example(), STRATEGY, DEMO_DAY, previous=Wave.of(example_before(), DEMO_DAY))


@pytest.fixture(params=["shipped", "demo"])
def judged(request, shipped_judged, demo_judged):
    return {"shipped": shipped_judged, "demo": demo_judged}[request.param]
