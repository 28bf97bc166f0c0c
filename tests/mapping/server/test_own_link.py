"""A link that opens once; what is tried against a running server stands in tests/security/."""

import pytest
from starlette.requests import Request

from mapping.server.own_link import OwnLink


def asked(path, *, method="GET", server=("127.0.0.1", 8501)):
    route, _, query = path.partition("?")
    told = {"type": "http", "method": method, "path": route, "query_string": query.encode(), "headers": []}
    return Request(told | {"scheme": "http", "server": server})


def test_before_a_link_is_offered_nothing_opens_it_and_nobody_is_known():
    link = OwnLink()
    assert not link.is_offered
    assert not link.opens(asked("/lank?token="))
    assert not link.is_known({"": ""}, {})
    path = link.offer(8501)
    assert link.is_offered
    assert not link.is_known({link.cookie: ""}, {})
    assert link.opens(asked(path))
    assert not link.opens(asked(path))


@pytest.mark.parametrize("server", [("192.0.2.2", 8501), ("::", 80), ("/run/socket", None), None])
def test_a_link_is_opened_over_this_computer_s_own_connections_alone(server):
    link = OwnLink()
    path = link.offer(8501)
    assert not link.opens(asked(path, server=server))
    assert not link.opens(asked(path, method="HEAD"))
    assert link.opens(asked(path, server=("::1", 8501)))
