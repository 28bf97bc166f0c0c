"""Many visitors at once, without browsers: nobody meets an error, or an answer that is somebody else's."""

import socket
from contextlib import AsyncExitStack, ExitStack
from urllib.parse import urlsplit

import pytest

from tests import apart, balancer
from tests.benchmarks import load
from tests.benchmarks.servers import free_port
from tests.benchmarks.visitors import visit
from tests.browser.conftest import running
from tests.conftest import do_without


def test_eight_visitors_who_filter_at_once_each_get_their_own_answers(server, shipped):
    met = apart.run(load.carried(server.address, load.plans(shipped, 8, 12), seconds=4, pause_s=0.4))
    assert met.faults == []
    assert len(met.clicked) >= 16


@pytest.fixture(scope="module")
def two_servers(postgresql, tmp_path_factory):
    """Run two servers on one PostgreSQL behind HAProxy; give the address that they share."""
    haproxy = balancer.program()
    if haproxy is None:
        do_without("HAProxy is not installed (Debian: apt-get install haproxy)")
    database = postgresql.new_database()
    logs = tmp_path_factory.mktemp("two_servers")
    with ExitStack() as stack:
        both = [
            stack.enter_context(running(logs / f"{number}.txt", STODKARTAN_DATABASE_URL=database))
            for number in (1, 2)
        ]
        yield stack.enter_context(balancer.balancing(haproxy, free_port(), [one.address for one in both]))


def test_two_servers_on_one_postgresql_share_the_visitors(two_servers, shipped):
    met = apart.run(load.carried(two_servers, load.plans(shipped, 6, 6), seconds=3, pause_s=0.3))
    assert (met.faults, met.kept_at) == ([], {"s1": 3, "s2": 3})


def test_a_request_that_is_never_finished_is_let_go_of_before_the_servers_see_it(two_servers):
    with socket.create_connection(("localhost", urlsplit(two_servers).port), timeout=30) as half:
        half.sendall(b"GET /api/arenas.csv HTTP/1.1\r\nHost: localhost\r\n")
        assert b" 408 " in b"".join(iter(lambda: half.recv(1000), b""))


def test_a_file_is_fetched_from_the_server_that_made_it(two_servers):
    async def fetched():
        async with AsyncExitStack() as stack:
            visits = [visit(two_servers, "karta", "kommun=1884") for _ in range(4)]
            visitors = [await stack.enter_async_context(one) for one in visits]
            return [await one.download("Ladda ned för Excel") for one in visitors]

    assert all(file.startswith(b"\xef\xbb\xbf") and b"Nora" in file for file in apart.run(fetched()))
