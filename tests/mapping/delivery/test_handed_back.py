"""A file that we have given away comes back as no change, and squeezed together it gets a sentence."""

import io

import openpyxl
import pytest

from mapping.arenas.rows import contract_rows
from mapping.contract import vocabulary
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose
from mapping.delivery.scope import Way
from mapping.open_data.public_tables import public_files
from mapping.tables import canonical_csv
from mapping.tables.excel_csv import files_for_excel, write_csv
from tests.conftest import DAY


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
@pytest.mark.parametrize("written", [for_excel, public_files, from_the_api])
def test_an_export_that_is_handed_back_is_no_change(request, name, written, way):
    dataset = request.getfixturevalue(name)
    files = written(dataset)
    proposal = handed_back(dataset, files, way)
    assert not proposal.checked.stops
    assert proposal.changes.sentence == "Inget skiljer versionerna åt."
    for file, data in files.items():
        if file.endswith(".csv"):
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\r\n") >= len(dataset.tables[file.removesuffix(".csv")].frame)


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
