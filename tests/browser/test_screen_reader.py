"""What a screen reader is told: the same facts as the screen shows, in Swedish, and nothing that moves."""

import json
import re
import urllib.request

import pytest

from mapping.arenas.filters import Filters
from mapping.arenas.measures import arenas_per_municipality
from mapping.arenas.select import select
from mapping.contract.vocabulary import COUNTY_CODE, MUNICIPALITIES
from mapping.swedish import swedish_order
from mapping.verdicts.judge import STATUS
from tests.browser.axe import open_everything
from tests.browser.conftest import seeing


class Tree:
    """The accessibility tree of a page, as a screen reader has it once the tables named stand."""

    def __init__(self, page, *tables):
        for name in tables:
            page.get_by_role("region", name=name).wait_for()
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        self._nodes = {node["nodeId"]: node for node in nodes}
        self._children = {node["nodeId"]: node.get("childIds", []) for node in nodes}
        self.root = nodes[0]["nodeId"]

    def role(self, identity):
        return self._nodes[identity].get("role", {}).get("value", "")

    def name(self, identity):
        return self._nodes[identity].get("name", {}).get("value", "").strip()

    def description(self, identity):
        return self._nodes[identity].get("description", {}).get("value", "").strip()

    def below(self, identity):
        for child in self._children[identity]:
            if child in self._nodes:
                yield child
                yield from self.below(child)

    def find(self, role, name="", below=None):
        """Give the nodes with a role whose names begin with some words."""
        of_role = (one for one in self.below(below or self.root) if self.role(one) == role)
        return [one for one in of_role if self.name(one).startswith(name)]

    def words(self, identity):
        return " ".join(self.name(one) for one in self.below(identity) if self.role(one) == "StaticText")

    def rows(self, region):
        """Give a table's rows below its heading, each as the words of its cells."""
        [table] = self.find("region", region)
        cells = {"rowheader", "gridcell", "cell"}
        rows = self.find("row", below=table)
        told = ([self.words(one) for one in self.below(row) if self.role(one) in cells] for row in rows)
        return [row for row in told if row]


@pytest.fixture(scope="module")
def listener(chromium):
    """Keep one visitor's browser, with its cache, for all that only listens."""
    with seeing(chromium) as visitor:
        yield visitor


def test_the_map_page_tells_every_arena_and_every_municipality_s_number(server, listener, shipped):
    page = listener.open(f"{server.address}/karta?arenatyp=bvc&arenatyp=familjecentral")
    tree = Tree(page, "Tabell över arenor", "Tabell över kommuner")
    selection = select(shipped, Filters(arenatyp=("bvc", "familjecentral")))
    shown = shipped.arenor.loc[selection.shown]
    [plan] = tree.find("application", "Karta över arenor. Samma arenor finns i tabellen under kartan.")
    assert "Page Down" in tree.description(plan)
    assert sorted(row[0] for row in tree.rows("Tabell över arenor")) == sorted(shown["namn"])
    told = {row[0]: row[1] for row in tree.rows("Tabell över kommuner")}
    counts = arenas_per_municipality(shown, list(MUNICIPALITIES))
    assert len(told) == 12
    for code, name in MUNICIPALITIES.items():
        number = int(counts[code])
        assert told[name] == {0: "uppgift saknas", 1: "1 arena"}.get(number, f"{number} arenor")
    assert selection.sentence in tree.words(tree.root)


def test_the_matrix_tells_every_verdict_in_words(server, listener):
    with urllib.request.urlopen(f"{server.address}/api/gaps.json?data=demo") as answer:
        verdicts = json.load(answer)["verdicts"]
    expected = {}
    for verdict in verdicts:
        county = verdict["kommunkod"] == COUNTY_CODE
        place = "hela länet" if county else MUNICIPALITIES[verdict["kommunkod"]]
        word = "Minst delvis" if verdict["at_least"] else STATUS[verdict["status"]]
        expected[f"{verdict['objective']}, {place}"] = word
    tree = Tree(listener.open(f"{server.address}/mal?data=demo&underlag=belagt"), "Ett mål på varje rad")
    [table] = tree.find("region", "Ett mål på varje rad")
    told = dict(tree.name(one).split(": ", 1) for one in tree.find("button", below=table))
    assert {place: re.split("[;.]", words)[0] for place, words in told.items()} == expected
    assert len(expected) > 150
    heads = [tree.name(one) for one in tree.find("columnheader", below=table)]
    assert heads[1:] == sorted(MUNICIPALITIES.values(), key=swedish_order)
    lines = [tree.name(one) for one in tree.find("rowheader", below=table)]
    assert {line[:3] for line in lines if line[0].isdigit()} == {place[:3] for place in expected}


MOVING = """() => {
  const roots = [document]
  for (const root of roots)
    root.querySelectorAll("*").forEach((node) => node.shadowRoot && roots.push(node.shadowRoot))
  return roots.flatMap((root) => root.getAnimations())
    .filter((one) => one.effect.getComputedTiming().duration > 1)
    .map((one) => one.transitionProperty + one.animationName + one.effect.target.className)
}"""
ZOOMED = """async () => {
  const find = (root, name) => root.querySelector(name) ?? [...root.querySelectorAll("*")]
    .map((node) => node.shadowRoot && find(node.shadowRoot, name)).find(Boolean)
  const top = (name) => find(document, name).getBoundingClientRect().y
  const place = () => top(".sk-label") - top(".sk-map") // the page above it may still be laid out
  find(document, "[aria-label='Zooma in']").click()
  const at_once = place()
  await new Promise((done) => setTimeout(done, 600))
  return [at_once, place()]
}"""


@pytest.mark.parametrize("still", [True, False], ids=["reduced motion", "motion"])
def test_nothing_moves_for_somebody_who_wants_no_motion(server, listener, still):
    page = listener.page
    page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    listener.open(f"{server.address}/karta")
    page.evaluate("() => { window.moved = new Set() }")
    page.evaluate(
        f"() => {{ const look = () => {{ ({MOVING})().forEach(one => window.moved.add(one));"
        " window.looking = requestAnimationFrame(look) }; look() }"
    )
    at_once, later = page.evaluate(ZOOMED)
    page.locator("summary").filter(has_text="Kartan som bild").click()
    page.get_by_role("button", name="Meny").click()
    page.keyboard.press("Escape")
    page.locator("[aria-label='Dölj sidopanelen']").evaluate("button => button.click()")
    page.wait_for_timeout(400)
    moved = page.evaluate("() => { cancelAnimationFrame(window.looking); return [...window.moved] }")
    page.evaluate("localStorage.clear()")
    assert (at_once == later) is still
    assert (moved == []) is still


ENGLISH = re.compile(
    r"\b(the|and|to|of|remove|clear|open|select|selected|upload|add|close|choose|menu|sidebar|print"
    r"|record|dark|light|system|theme|results?|month|year|day|link|heading|collapse|expand|skip|stop|running"
    r"|dismiss|file)\b|— (start|end)$",
    re.IGNORECASE,
)


def english(page):
    """Give the names and words that a screen reader would say in English."""
    tree = Tree(page)
    return {
        tree.name(one)
        for one in tree.below(tree.root)
        if tree.role(one) not in {"InlineTextBox", "link"} and ENGLISH.search(tree.name(one))
    }


@pytest.mark.parametrize("view", ["/karta", "/kommun?kommun=1883", "/uppdatera", "/versioner"])
def test_no_english_is_told(server, listener, view):
    listener.page.emulate_media(reduced_motion="no-preference")
    page = listener.open(server.address + view)
    open_everything(listener)
    found = english(page)
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("menuitem").first.wait_for()
    found |= english(page)
    page.keyboard.press("Escape")
    for chooser in page.get_by_role("combobox").all()[:1]:
        chooser.click()
        page.get_by_role("listbox").wait_for()
        found |= english(page)
        page.keyboard.press("Escape")
    assert found == set()
