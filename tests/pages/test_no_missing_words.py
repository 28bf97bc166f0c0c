"""No page and no file shows a program's word for what is missing, nor a contract's key in place of words."""

import base64
import html
import re

import pytest

from mapping.arenas.filters import Filters
from mapping.arenas.rows import excel_rows
from mapping.arenas.select import select
from mapping.contract.guidance import allowed
from mapping.contract.schema import TABLES
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import load
from mapping.map.one_file import one_file_map
from mapping.map.points import arena_features
from mapping.open_data.bundle import open_data
from mapping.open_data.dcat import Catalogue
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.server.datasets import example, example_before
from mapping.settings import DEMO_DAY
from mapping.tables.excel_csv import write_csv
from mapping.verdicts.bounds import Wave
from tests.conftest import DAY, write_table
from tests.gap_county import NORA, STRATEGY, answer, arena, insats
from tests.report_texts import docx_text, pdf_text, pptx_text, xlsx_rows
from tests.visiting import words

PROGRAM_WORDS = re.compile(r"(?<![\w-])(None|nan|NaN|NaT|<NA>|&lt;NA&gt;|Timestamp)(?![\w-])")
KEYS = {column.name for table in TABLES.values() for column in table.columns}
KEYS |= {code for table in TABLES.values() for column in table.columns for code in allowed(column)}
UNWORDED = re.compile(
    rf"(?<![\w/=&?.-])({'|'.join(sorted({*(key for key in KEYS if '_' in key), 'kartlaggning'}))})(?![\w=-])"
    r"|(?<![-\w=])(?<![Bb]ara )(?<!är )belag(?:t|da)(?!\w)"
    r"|(?<![\w,.:/–-])(?!(?:1177|(?:18|19|20)\d\d)(?!\d))[1-9]\d{3,}(?= [a-zåäö%]|\s\s)"
)
"""A contract's key, "belagt" for who does what (choices and years may be), thousands without a space."""
OLD = "2020-03-01"
READ = {
    "pdf": pdf_text,
    "docx": docx_text,
    "pptx": pptx_text,
    "xlsx": lambda data: "\n".join(
        str(cell) for rows in xlsx_rows(data).values() for row in rows for cell in row if cell is not None
    ),
    "html": lambda data: "\n".join([data.decode(), *_drawn(data.decode())]),
}
"""What a file of each format says."""


def _drawn(page):
    return [base64.b64decode(one).decode() for one in re.findall('svg\\+xml;base64,([^"]+)', page)]


def assert_no_program_words(text):
    found = PROGRAM_WORDS.search(text)
    assert not found, text[max(0, found.start() - 150) : found.end() + 50]


def assert_in_words(text):
    # a finding about a file names the columns as they stand in it
    text = html.unescape(
        re.sub(
            r"<code>.*?</code>|<style>.*?</style>|<li>\w+, rad .*?</li>|<[^>]*>", " ", text, flags=re.DOTALL
        )
    )
    found = UNWORDED.search(re.sub(r"https?://\S+", "", text))
    assert not found, found.string[max(0, found.start() - 150) : found.end() + 50]


SAID = ("body", "label", "help", "placeholder", "options", "text")
"""Where Streamlit keeps what people read of an element."""


def said(element):
    """Give what people read of an element."""
    proto = getattr(element, "proto", None)
    kept = (getattr(proto, name, "") for name in SAID)
    return "\n".join(text if isinstance(text, str) else "\n".join(map(str, text)) for text in kept)


@pytest.fixture(scope="session")
def plan_of_old(tmp_path_factory):
    """Write one planned arena that was confirmed long ago, where the mapping is declared complete."""
    directory = tmp_path_factory.mktemp("planned")
    planned = arena("ny", "familjecentral", status="planerad", kontrollerad_datum=OLD)
    ages = {"alder_fran": "0", "alder_till": "18"}
    offer = insats("stod", "ny", status="planerad", preventionsniva="universell", **ages)
    write_table(directory / "arenor.csv", [planned])
    write_table(directory / "insatser.csv", [offer])
    write_table(directory / "kommunlage.csv", [answer("kartlaggning", "klar", date="2026-10-01")])
    return directory


@pytest.fixture(scope="session")
def hardly_filled_in(tmp_path_factory):
    """Write rows with nothing in them but what must be there."""
    directory = tmp_path_factory.mktemp("empty")
    bare = {"kontrollerad_datum": "", "status": ""}
    kinds = ("familjecentral", "bvc", "annan", "digital")
    arenas = [
        arena(f"{kind}-{n}", kind, code, **bare) for n, code in enumerate((NORA, "18")) for kind in kinds
    ]
    offers = [insats(f"i-{row['arena_id']}", row["arena_id"], status="") for row in arenas]
    offers += [
        insats("fran", "bvc-0", alder_fran="3"),
        insats("till", "bvc-0", alder_till="3", preventionsniva="universell"),
        insats("bara-namn", "familjecentral-0"),
    ]
    answers = [
        answer(question, said)
        for question, said in (
            ("samverkansgrupp", "ja"), ("samverkansgrupp_plan", "ja"), ("strategisk_funktion", ""),
            ("kompetensinsats", "ja"), ("barnratt_information", "ja"), ("validerade_indikatorer", "3"),
            ("samverkan", "3"),
        )
    ]  # fmt: skip
    answers.append(answer("regional_stodorganisation", "ja", "18"))
    answers.append(answer("regional_overenskommelse", "beslutad", "18"))
    write_table(directory / "arenor.csv", arenas)
    write_table(directory / "insatser.csv", offers)
    write_table(directory / "kommunlage.csv", answers)
    write_table(directory / "dialog.csv", [{"kommun": "1884", "typ": "behov", "text": "Mer stöd"}])
    return directory


PAGES = {
    "oversikt.py": {}, "karta.py": {"visa_kommun": NORA, "farglagg": "per_1000", "visa_okanda": "ja"},
    "tackning.py": {"underlag": "belagt"}, "organisation.py": {}, "mal.py": {"ruta": f"1.1-{NORA}"},
    "kommun.py": {"kommun": NORA}, "rapporter.py": {}, "uppdatera.py": {}, "versioner.py": {}, "om.py": {},
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["shipped", "demo", "plan_of_old", "hardly_filled_in"])
def test_no_page_shows_one(request, visit, name, page):
    query = PAGES[page] | {"aldre": "ja"}
    if name == "demo":
        at = visit(page, **query)
        at.query_params["data"] = "demo"
        at.run()
    else:
        at = visit(page, data=request.getfixturevalue(name) if name != "shipped" else None, **query)
    assert not at.exception
    for block in (at.main, at.sidebar):
        for element in block:
            assert_no_program_words(str(getattr(element, "proto", None) or ""))
            if name in {"shipped", "demo"}:
                assert_in_words(said(element))


@pytest.mark.parametrize("objective", [one.code for one in STRATEGY.objectives if not one.is_regional])
@pytest.mark.parametrize("older", [{}, {"aldre": "ja"}])
def test_no_account_of_a_verdict_shows_one(visit, plan_of_old, objective, older):
    at = visit("mal.py", data=plan_of_old, ruta=f"{objective}-{NORA}", dag="2026-11-21", **older)
    assert_no_program_words(words(at))


@pytest.fixture(scope="session")
def judged(shipped, plan_of_old, hardly_filled_in):
    made_up = example()
    planned, bare = (load(one, today=DAY) for one in (plan_of_old, hardly_filled_in))
    before = Wave.of(example_before(), DEMO_DAY)
    return {
        ("demo", False): Judged.of(made_up, STRATEGY, DEMO_DAY, previous=before),
        **{
            (name, older): Judged.of(dataset, STRATEGY, DAY, basis="aldre" if older else "belagt")
            for name, dataset in (("shipped", shipped), ("planned", planned), ("bare", bare))
            for older in (False, True)
        },
    }


REPORTS = [(formats.SHEET_NAME, suffix) for suffix in formats.SHEET]
REPORTS += [(formats.PLAN_NAME, suffix) for suffix in formats.PLAN]
REPORTS += [(formats.COUNTY_NAME, formats.SLIDES)]


@pytest.mark.parametrize(("what", "suffix"), REPORTS)
@pytest.mark.parametrize(
    ("name", "older"),
    [
        ("demo", False), ("shipped", True), ("planned", False), ("planned", True), ("bare", False),
        ("bare", True),
    ],
)  # fmt: skip
def test_no_report_shows_one(judged, name, older, what, suffix):
    text = READ[suffix](formats.report_file(judged[name, older], what, NORA, suffix).data)
    assert len(text) > 500
    assert_no_program_words(text)
    if name in {"shipped", "demo"}:
        assert_in_words(text)


def test_what_only_older_facts_decide_says_so_though_no_year_is_known(judged):
    text = READ["html"](formats.report_file(judged["planned", True], formats.SHEET_NAME, NORA, "html").data)
    assert "med äldre uppgifter" in text or "med uppgifter från 2020" in text


@pytest.mark.parametrize("code", MUNICIPALITIES)
def test_no_municipality_of_the_shipped_data_shows_one(judged, code):
    page = formats.report_file(judged["shipped", True], formats.SHEET_NAME, code, "html").data
    assert_no_program_words(READ["html"](page))


@pytest.mark.parametrize("name", ["shipped", "planned", "bare", "demo"])
def test_neither_map_nor_open_data_nor_a_downloaded_table_shows_one(judged, name):
    dataset = judged[name, False].dataset
    chosen = select(dataset, Filters())
    page = one_file_map(dataset, chosen, saved_on=DAY).decode()
    # without the programs; the data that the page holds stays
    page = re.sub(r'<script(?: type="module")?>.*?</script>', "", page, flags=re.DOTALL)
    assert_no_program_words(page)
    assert_no_program_words(str(arena_features(dataset.arenor)["rows"]))
    assert_no_program_words(write_csv(excel_rows(dataset, chosen.shown, sentence="Allt")).decode())
    for path, data in open_data(dataset, catalogue=Catalogue("https://stodkartan.example/")).items():
        if not path.endswith(".gpkg"):
            assert_no_program_words(data.decode())
