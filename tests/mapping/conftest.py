"""Give the store's tests each kind of database."""

from contextlib import ExitStack, closing

import pytest

from mapping.store.permission import Policy
from mapping.store.store import Store
from tests.mapping.stores import Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path_factory):
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql").new_schema()
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/stodkartan.sqlite"


@pytest.fixture
def store(address):
    """Open an empty store that editors who sign in may change."""
    policy = Policy(frozenset({"redaktor@exempel.se", "Folkhälsa"}), has_sign_in=True)
    opened = Store.open(address, policy=policy, clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def opened():
    with ExitStack() as stores:
        yield lambda address: stores.enter_context(closing(Store.open(address)))
