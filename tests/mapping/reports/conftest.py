"""What was judged of the shipped data and of the made-up county, once for all reports."""

import pytest

from mapping.reports.judged import Basis
from mapping.server.datasets import example, example_before
from mapping.settings import DEMO_DAY
from mapping.verdicts.bounds import Wave
from tests.conftest import DAY
from tests.gap_county import STRATEGY


@pytest.fixture(scope="session")
def shipped_basis(shipped):
    return Basis.judged(shipped, STRATEGY, DAY)


@pytest.fixture(scope="session")
def demo_basis():
    dataset = example()
    return Basis.judged(dataset, STRATEGY, DEMO_DAY, previous=Wave.of(example_before(), DEMO_DAY))


@pytest.fixture(params=["shipped", "demo"])
def basis(request, shipped_basis, demo_basis):
    return {"shipped": shipped_basis, "demo": demo_basis}[request.param]
