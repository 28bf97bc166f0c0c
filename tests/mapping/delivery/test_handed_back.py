"""A file that we have given away comes back as no change, and squeezed together it gets a sentence."""

import io

import openpyxl
import pytest

from mapping.arenas.rows import contract_rows
from mapping.contract import vocabulary
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose
from mapping.delivery.scope import Way
from mapping.open_data.public_tables import public_files
from mapping.tables import canonical_csv
from mapping.tables.excel_csv import files_for_excel, write_csv
from tests.conftest import DAY
from tests.deliveries import written


def handed_back(dataset, files, way=Way.ADD):
    delivery = deliver([SourceFile(name, data) for name, data in files.items() if name.endswith(".csv")])
    return propose(delivery, Published(1, stored(dataset), dataset), way=way, today=DAY)


def stored(dataset):
    return {
        f"{name}.csv": canonical_csv.written(raw) for name, raw in dataset.tables.items() if len(raw.frame)
    }


def for_excel(dataset):
    return files_for_excel(stored(dataset))


def from_the_api(dataset):
    rows = contract_rows(dataset, dataset.arenor.index).assign(dataversion=dataset.version)
    rows.insert(0, "exempeldata", vocabulary.EXAMPLE_MARK)
    return {"arenor.csv": write_csv(rows)}


@pytest.mark.parametrize("way", [Way.ADD, Way.WHOLE])
@pytest.mark.parametrize("name", ["shipped", "county"])
@pytest.mark.parametrize("exported", [for_excel, public_files, from_the_api])
def test_an_export_that_is_handed_back_is_no_change(request, name, exported, way):
    dataset = request.getfixturevalue(name)
    files = exported(dataset)
    proposal = handed_back(dataset, files, way)
    assert not proposal.checked.stops
    assert proposal.changes.sentence == "Inget skiljer versionerna åt."
    for file, data in files.items():
        if file.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\r\n") >= len(dataset.tables[file.removesuffix(".csv")].frame)


@pytest.mark.parametrize(
    ("cells", "is_change"),
    [
        ({"lat": "59,519104", "lon": "15,039619"}, False),
        ({"sweref_n": "6597857,5", "sweref_e": "502241,9"}, False),
        ({"lat": "59,519104", "lon": "15,039619", "sweref_n": "6597857,5", "sweref_e": "502241,9"}, False),
        ({"lat": "59°31'8,7744\"", "lon": "15°2'22,6284\""}, False),
        ({"lat": "59,52", "lon": "15,03962"}, True),
        ({"namn": "Eken"}, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("system", ["sweref", "degrees"])
def test_a_position_that_is_the_same_in_another_system_is_no_change(cells, is_change, system):
    arena = {"arena_id": "nora-eken", "namn": "Eken", "arenatyp": "bvc", "kommun": "Nora"}
    own = {
        "sweref": {"sweref_n": "6597857,5", "sweref_e": "502241,9"},
        "degrees": {"lat": "59,519104", "lon": "15,039619"},
    }[system]
    published = {"arenor.csv": written([arena | own])}
    proposal = handed_back(from_contents(published, today=DAY), {"arenor.csv": written([arena | cells])})
    assert bool(proposal.changes) == is_change


LINES = ("namn;arenatyp;kommun;adress", "Eken;bvc;Nora;Storgatan 1, uppgång B", "Asken;bvc;Kumla;Gatan 2")


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "".join(f'"{line}"\n' for line in LINES).encode(),
        "".join(f'"{line}";;;\n' for line in LINES).encode(),
        "".join(f'"{line.replace(";", ",")}"\n' for line in LINES).encode(),
        "".join(f'"{line.replace(";", chr(9))}",,\n' for line in LINES).encode(),
        "\n".join([LINES[0], *(f'"{line}"' for line in LINES[1:])]).encode(),
        workbook([[line] for line in LINES]),
        workbook([["Lista 2026"], [], *([line] for line in LINES)]),
        workbook([LINES[0].split(";"), *([line] for line in LINES[1:])]),
    ],
)
def test_a_file_with_all_columns_in_one_cell_gets_that_sentence(data):
    name = "arenor.xlsx" if data.startswith(b"PK") else "arenor.csv"
    findings = deliver([SourceFile(name, data)]).findings
    assert [finding.code for finding in findings if finding.severity == "stop"] == ["columns-in-one-cell"]


def test_a_single_column_of_text_with_commas_is_not_taken_for_squeezed():
    text = "namn;arenatyp;kommun;anmarkning\nEken, huset;bvc;Nora;a, b, c, d\nAsken, a, b, c;bvc;Nora;\n"
    assert "arenor" in deliver([SourceFile("arenor.csv", text.encode())]).tables
