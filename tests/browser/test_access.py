"""What axe, a keyboard, a narrow window and a screen reader meet."""

import pytest

from tests.browser.axe import faults, open_everything, show
from tests.browser.conftest import seeing

PAGES = (
    "/",
    "/karta",
    "/tackning",
    "/mal",
    "/organisation",
    "/kommun?kommun=1880",
    "/rapporter?kommun=1883",
    "/om",
)
OPENED = (
    "/karta?arena=karlskoga-familjecentral&farglagg=antal",
    "/karta?visa_kommun=1880&alder=13-18&farglagg=per_1000",
    "/mal?data=demo&ruta=2.6-1883",
    "/tackning?visa_kommun=1883&aldre=ja&typvarden=ja",
    "/organisation?kommun=1814&typ=nasta_steg",
    "/kommun",
    "/karta?kommun=Narnia&version=9&data=demon",
)
PRESENTED = (
    "/?presentation=ja",
    "/karta?presentation=ja",
    "/tackning?aldre=ja&presentation=ja",
    "/mal?data=demo&ruta=2.6-1883&presentation=ja",
    "/organisation?presentation=ja&datum=2020-09",
    "/kommun?kommun=1883&aldre=ja&presentation=ja",
    "/om?presentation=ja",
)


@pytest.fixture(scope="module")
def reader(chromium):
    """Keep one visitor's browser, with its cache, for all that only looks."""
    with seeing(chromium) as visitor:
        yield visitor


@pytest.mark.parametrize("view", [*PAGES, *OPENED, *PRESENTED])
def test_axe_finds_nothing_that_we_cause_in_light_or_dark(server, reader, view):
    show(reader.open(server.address + view), "light")
    open_everything(reader)
    assert faults(reader.page) == []
