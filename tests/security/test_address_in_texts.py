"""A hidden address in another text stops the delivery or is withheld, wherever the text stands."""

import pytest

from mapping.contract.findings import Severity
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published, check
from mapping.delivery.delivery import SourceFile, deliver
from tests.conftest import DAY
from tests.deliveries import written

PROTECTED = {
    "arena_id": "nora-skydd", "namn": "Stödboendet Exempel", "arenatyp": "specialist", "kommunkod": "1884",
    "adress": "Hemligstigen 19", "postnummer": "71331", "ort": "Gyttorp", "adress_visning": "dold",
    "lat": "59,5195", "lon": "15,04",
}  # fmt: skip
OPEN = {"arena_id": "nora-fc", "namn": "Eken", "arenatyp": "familjecentral", "kommunkod": "1884"}
OFFER = {"insats_id": "i", "arena_id": "nora-skydd", "namn": "Stöd", "preventionsniva": "indikerad"}
ANSWER = {"kommunkod": "1884", "fraga": "kartlaggning", "svar": "klar", "datum": "2026-05-01"}
SAID = {"kommun": "Nora", "datum": "2026-05-01", "typ": "behov", "text": "Mer stöd", "tolkning": "klassad"}
TABLES = {"arenor": [PROTECTED, OPEN], "insatser": [OFFER], "kommunlage": [ANSWER], "dialog": [SAID]}
EXACT, LIKELY = "Hemligstigen 19", "Hemligst. 19"
OWN_TEXTS = [
    *(("arenor", 0, name) for name in ("namn", "huvudman", "webbplats", "kalla", "anmarkning")),
    *(("insatser", 0, name) for name in ("namn", "malgrupp", "metod", "kalla", "anmarkning")),
]
OTHERS_TEXTS = [
    *(("arenor", 1, name) for name in ("namn", "huvudman", "webbplats", "anmarkning")),
    *(("kommunlage", 0, name) for name in ("kalla", "fritext")),
    *(("dialog", 0, name) for name in ("text", "kalla")),
]


def with_texts(texts):
    """Write texts in the cells (table, row, column) that they are given for."""
    tables = {name: [dict(each) for each in rows] for name, rows in TABLES.items()}
    for (table, row, column), text in texts.items():
        address = f"https://nora.se/{text.replace(' ', '%20')}"
        tables[table][row][column] = address if column == "webbplats" else text
    return tables


def contents(tables):
    return {f"{name}.csv": written(rows) for name, rows in tables.items()}


def handed_in(tables):
    return check(deliver(SourceFile(name, data) for name, data in contents(tables).items()), today=DAY)


def stops(found):
    return [(one.table, one.row, one.column) for one in found.places if one.severity == Severity.STOP]


def everything(dataset):
    names = ("arenor", "insatser", "kommunlage", "dialog")
    return " ".join(getattr(dataset, name).astype("str").to_csv() for name in names).casefold()


@pytest.mark.parametrize(("table", "row", "column"), [*OWN_TEXTS, *OTHERS_TEXTS])
def test_the_address_itself_stops_a_delivery_and_names_the_place(table, row, column):
    found = handed_in(with_texts({(table, row, column): EXACT}))
    assert stops(found) == [(table, row + 2, column)]
    assert {one.code for one in found.places if one.severity == Severity.STOP} == {
        "protected-address-written"
    }
    assert EXACT not in repr(found.findings)


FORMS = (LIKELY, "Hemligstigen", "713 31", "59.5195, 15.0400", "Gyttorp")


@pytest.mark.parametrize("turn", range(len(FORMS)))
def test_a_likely_form_is_a_warning_and_withheld(turn):
    """Over the turns each cell has had each form."""
    texts = {cell: FORMS[(place + turn) % len(FORMS)] for place, cell in enumerate(OWN_TEXTS)}
    found = handed_in(with_texts(texts))
    warned = [one for one in found.places if one.code == "protected-address-in-text"]
    told = sorted((one.table, one.row - 2, one.column) for one in warned)
    assert told == sorted(OWN_TEXTS)
    assert not found.stops
    shown = everything(found.dataset)
    forms = [form for text in FORMS for form in (text, text.replace(" ", "%20"))]
    assert [form for form in forms if form.casefold() in shown] == []


@pytest.mark.parametrize("cells", [OWN_TEXTS, OTHERS_TEXTS], ids=["its own texts", "texts of others"])
def test_what_is_published_stays_open_but_the_text_is_withheld(cells):
    tables = with_texts(dict.fromkeys(cells, EXACT))
    opened = from_contents(contents(tables), today=DAY)
    assert "hemlig" not in everything(opened)
    before = Published(1, contents(tables), opened)
    people = b"kommunkod,ar,alder_fran,alder_till,antal\n1884,2025,0,5,9\n"
    later = deliver([SourceFile("befolkning.csv", people)])
    found = check(later, {**before.tables, **later.tables}, before, today=DAY)
    assert not found.stops


def test_an_id_that_tells_the_place_stops_a_delivery_in_any_form():
    offers = [{**OFFER, "insats_id": "stod-hemligstigen"}]
    found = handed_in({**TABLES, "insatser": offers})
    assert stops(found) == [("insatser", 2, "insats_id")]


def test_the_address_of_a_neighbour_is_its_own():
    tables = {**TABLES, "arenor": [PROTECTED, {**OPEN, "adress": "Hemligstigen 4", "postnummer": "71331"}]}
    found = handed_in(tables)
    assert found.dataset.arenor.loc["nora-fc", "adress"] == "Hemligstigen 4"
    assert not found.stops
