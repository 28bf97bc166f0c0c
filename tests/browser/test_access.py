"""What axe, a keyboard, a narrow window and a screen reader meet."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SERIOUS = {"serious", "critical"}
VIEWS = (
    "/",
    "/karta",
    "/karta?arena=karlskoga-familjecentral&farglagg=antal",
    "/karta?visa_kommun=1880&alder=13-18",
    "/organisation",
    "/kommun?kommun=1880",
    "/om",
    "/mal",
    "/mal?data=demo&ruta=2.6-1883",
    "/tackning",
    "/tackning?visa_kommun=1883&aldre=ja&typvarden=ja",
    "/?presentation=ja",
    "/tackning?aldre=ja&presentation=ja",
    "/karta?presentation=ja",
    "/organisation?presentation=ja&datum=2020-09",
    "/organisation?kommun=1814&typ=nasta_steg",
    "/kommun",
    "/kommun?kommun=1883&aldre=ja&presentation=ja",
    "/om?presentation=ja",
)


def _is_streamlits(node):
    """Tell whether a fault stands in an element that only Streamlit draws: named in the statement on Om."""
    return any(part in str(node["target"]) + node["html"] for part in STREAMLITS_OWN)


STREAMLITS_OWN: tuple[str, ...] = ()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_that_we_cause(server, visit, view, dark):
    page = visit(dark=dark).open(server.address + view)
    faults = [
        (violation["id"], node["target"], node["html"][:300])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
        if not _is_streamlits(node)
    ]
    assert faults == []


@pytest.mark.parametrize("view", VIEWS[:11])
@pytest.mark.parametrize("width", [320, 700])
def test_a_narrow_window_or_200_percent_scrolls_in_one_direction_only(server, visit, view, width):
    page = visit(width=width, height=800).open(server.address + view)
    overflow = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollWidth - main.clientWidth }"
    )
    assert overflow <= 0


def test_a_screen_reader_is_told_what_the_map_is_and_where_its_table_is(server, visit):
    page = visit().open(f"{server.address}/karta?arenatyp=oppen_forskola")
    chart = page.get_by_label("Karta över arenor", exact=False).first
    expect(chart).to_be_visible()
    assert "tabell" in chart.get_attribute("aria-label").lower()
    table = page.get_by_role("region", name="Tabell över arenor")
    expect(table.get_by_role("columnheader")).to_have_count(8)
    expect(table.get_by_role("rowheader")).to_have_count(3)
