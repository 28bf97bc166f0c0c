"""A file that we have given away comes back as no change, and squeezed together it gets a sentence."""

import io

import openpyxl
import pytest

from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose
from mapping.delivery.scope import Scope
from mapping.open_data.public_tables import public_files
from mapping.tables import canonical_csv
from mapping.tables.excel_csv import files_for_excel
from tests.conftest import DAY


def handed_back(dataset, contents, files):
    delivery = deliver([SourceFile(name, data) for name, data in files.items() if name.endswith(".csv")])
    scope = Scope.of(delivery.tables)
    return propose(delivery, Published(1, contents, dataset), scope=scope, today=DAY)


def stored(dataset):
    return {
        f"{name}.csv": canonical_csv.written(raw) for name, raw in dataset.tables.items() if len(raw.frame)
    }


def for_excel(dataset):
    return files_for_excel(stored(dataset))


@pytest.mark.parametrize(
    ("name", "written"), [("shipped", for_excel), ("county", for_excel), ("shipped", public_files)]
)
def test_an_export_that_is_handed_back_is_no_change(request, name, written):
    dataset = request.getfixturevalue(name)
    files = written(dataset)
    proposal = handed_back(dataset, stored(dataset), files)
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
