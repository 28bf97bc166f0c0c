"""The map in one file: what stands in it, and that no text can be anything but text."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from mapping.arenas.filters import LEVELS, Filters
from mapping.arenas.select import select
from mapping.dataset.sources import compiled_sources
from mapping.map import one_file as package
from mapping.map.one_file import COLUMNS, one_file_map, script_safe
from mapping.settings import SHIPPED_DATA
from tests.conftest import DAY

LIMIT_BYTES = 1_000_000
SCRIPT = "<script>alert(1)</script>"
EVIL = ("<img src=x onerror=alert(1)>", f"</script>{SCRIPT}", "<!--<script>", "\u2028'\"&amp;")


def page(dataset, filters=None, **other):
    return one_file_map(dataset, select(dataset, filters or Filters()), **other).decode("utf-8")


def own(name):
    return Path(package.__file__).with_name(name).read_text(encoding="utf-8")


def data(text):
    (found,) = re.findall(r'<script type="application/json" id="uppgifter">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)


def visible_text(text):
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_it_is_at_most_a_megabyte_and_its_levels_follow_the_rules_of_the_filter(shipped):
    everything = Filters(status=("aktiv", "planerad", "okand", "stangd"))
    written = one_file_map(shipped, select(shipped, everything), sources=compiled_sources(SHIPPED_DATA))
    assert len(written) < LIMIT_BYTES
    arenas = data(page(shipped))["arenas"]
    for level in LEVELS:
        found = select(shipped, Filters(preventionsniva=(level,)))
        assert {a for a, arena in arenas.items() if level in arena["levels"]} == set(found.matched)
        assert {a for a, arena in arenas.items() if level in arena["likely"]} == set(found.likely)
        assert {a for a, arena in arenas.items() if level in arena["perhaps"]} == set(found.unknown)


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(kommun=("1884",)), Filters(alder=(13, 18), visa_okanda=True)]
)
def test_it_holds_the_selection_and_no_other_arena(shipped, filters):
    shown = list(select(shipped, filters).shown)
    text = page(shipped, filters)
    assert (list(data(text)["arenas"]), re.findall(r'<tr data-id="([^"]*)">', text)) == (shown, shown)
    assert {row[0] for row in data(text)["points"]["rows"]} <= set(shown)


def test_what_is_not_proved_is_marked_on_the_map_and_in_the_table(shipped):
    filters = Filters(lansdel=("norr",), alder=(13, 18), visa_okanda=True)
    found = select(shipped, filters)
    text = page(shipped, filters)
    assert {c: m["rows"] for c, m in data(text)["hits"].items()} == {
        "trolig": list(found.likely),
        "okand": list(found.unknown),
    }
    assert text.count("<td>Trolig</td>") == len(found.likely) > 0
    assert text.count("<td>Saknar uppgift</td>") == len(found.unknown) > 0
    assert ">Träff</th>" not in page(shipped)


def test_version_dates_filter_and_sources_are_printed(shipped):
    filters = Filters(kommun=("1884",), alder=(13, 18))
    text = visible_text(page(shipped, filters, sources=compiled_sources(SHIPPED_DATA), saved_on=DAY))
    for words in (
        f"Dataversion {shipped.version}", "sammanställd 30 november 2026", "Kartan sparad 21 november 2026",
        filters.sentence, select(shipped, filters).sentence, "GeoNames", "Region Örebro län rapport 2021:7",
    ):  # fmt: skip
        assert words in text
    assert "EXEMPELDATA" not in text


def test_made_up_data_says_so_first_last_and_in_the_title(county):
    text = page(replace(county, example=True))
    assert "<title>EXEMPELDATA" in text
    assert visible_text(text).count("EXEMPELDATA – påhittade uppgifter") == 2


def test_the_panel_says_what_is_known_and_a_hidden_place_keeps_its_secrets(county):
    text = page(county)
    facts = {name: dict(arena["facts"]) for name, arena in data(text)["arenas"].items()}
    assert facts["nora-fc"]["Adress"] == ["Storgatan 1, 71331 Nora"]
    told = ["Öppet hus (universell, 0–6 år)", "Samtal (selektiv, indikerad, från 13 år)"]
    assert facts["nora-fc"]["Insatser"] == told
    assert facts["nora-hus"]["Insatser"] == ["Tonårskurs (13–18 år, planerad)"]
    assert facts["nora-hus"]["Betjänar också"] == ["Lindesberg"]
    assert facts["kumla-bvc"]["Insatser"] == ["Barnhälsovård (universell, till 5 år)"]
    assert facts["kumla-skydd"]["Adress"] == ["Visas inte"]
    assert "Insatser" not in facts["kumla-skydd"]
    assert "Adress" not in facts["degerfors-tom"]
    for secret in ("Hemliga", "69230", "59.1277"):
        assert secret not in text


def test_the_policy_allows_its_own_scripts_and_style_and_nothing_else(county):
    text = page(county)
    policy = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1])
    assert policy.startswith("default-src 'none';")
    allowed = set(re.findall(r"'sha256-[^']+'", policy))
    inside = re.findall(r"<(?:script|script type=\"module\"|style)>(.*?)</(?:script|style)>", text, re.DOTALL)
    assert len(inside) == 3
    digests = {base64.b64encode(hashlib.sha256(own.encode()).digest()).decode() for own in inside}
    assert allowed == {f"'sha256-{digest}'" for digest in digests}
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nothing_in_it_asks_for_a_file(shipped):
    text = page(shipped)
    markup = re.sub(r"(<script\b[^>]*>).*?</script>", r"\1", text, flags=re.DOTALL)
    assert not re.search(r"<(?:link|img|iframe|object|embed)\b|\bsrc=|@import", markup)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "url(" not in style
    assert ".leaflet-pane" in style
    assert "sourceMappingURL" not in text


def test_the_pages_own_script_cannot_read_html_and_its_data_is_read_back_as_it_was():
    script = own("page.js")
    ways = (
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(",
    )  # fmt: skip
    assert [way for way in ways if way in script] == []
    for evil in EVIL:
        assert json.loads(script_safe(evil)) == evil
        assert not set(script_safe(evil)) & set("<>&\u2028\u2029")


def test_a_narrow_table_names_its_columns():
    style = own("page.css")
    for place, name in enumerate(COLUMNS[1:], start=2):
        assert f'td:nth-child({place})::before {{ content: "{name}"; }}' in style
    assert f"nth-child({len(COLUMNS) + 1})" not in style
