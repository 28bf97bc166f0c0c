"""The HSDS subset has the specification's fields and forms, and says nothing that is not known."""

import csv
import io
import json
import re
import uuid
from dataclasses import replace

import pytest

from mapping.open_data.hsds import UNKNOWN_ORGANISATION, hsds_files, hsds_rows, identity
from tests.conftest import ARENAS, OFFERS
from tests.mapping.open_data.packages import faults, written

TEXT, UUID, NUMBER, ADDRESS, DATE = "text", "uuid", "number", "address", "date"
PLACE = {"physical", "postal", "virtual"}
STATUS = {"active", "inactive", "defunct", "temporarily closed"}

# what HSDS 3 says of the fields that we use: the form of each, and which of them a table must have
FIELDS = {
    "organization": {"id": UUID, "name": TEXT, "description": TEXT},
    "service": {
        "id": UUID, "organization_id": UUID, "name": TEXT, "description": TEXT, "url": ADDRESS,
        "status": STATUS, "eligibility_description": TEXT, "minimum_age": NUMBER, "maximum_age": NUMBER,
        "assured_date": DATE, "alert": TEXT,
    },
    "location": {
        "id": UUID, "location_type": PLACE, "url": ADDRESS, "organization_id": UUID, "name": TEXT,
        "description": TEXT, "latitude": NUMBER, "longitude": NUMBER, "external_identifier": TEXT,
        "external_identifier_type": TEXT,
    },
    "service_at_location": {"id": UUID, "service_id": UUID, "location_id": UUID},
    "address": {
        "id": UUID, "location_id": UUID, "address_1": TEXT, "city": TEXT, "state_province": TEXT,
        "postal_code": TEXT, "country": TEXT, "address_type": PLACE,
    },
    "service_area": {"id": UUID, "service_id": UUID, "name": TEXT},
    "language": {"id": UUID, "service_id": UUID, "name": TEXT, "code": TEXT},
}  # fmt: skip
REQUIRED = {
    "organization": {"id", "name", "description"}, "service": {"id", "name", "status", "organization_id"},
    "location": {"id", "location_type"}, "service_at_location": {"id", "service_id", "location_id"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "service_area": {"id"}, "language": {"id"},
}  # fmt: skip
PATHS = {
    "organization": "organizations.csv", "service": "services.csv", "location": "locations.csv",
    "service_at_location": "service_at_location.csv", "address": "addresses.csv",
    "service_area": "service_areas.csv", "language": "languages.csv",
}  # fmt: skip


def fits(value, form):
    if isinstance(form, set):
        return value in form
    if form == UUID:
        return str(uuid.UUID(value)) == value
    if form == NUMBER:
        return re.fullmatch(r"\d+(\.\d+)?", value) is not None
    if form == ADDRESS:
        return re.fullmatch(r"https?://\S+", value) is not None
    if form == DATE:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
    return bool(value.strip())


def row_of(rows, insats_id):
    (row,) = [row for row in rows["service"] if row["id"] == identity("service", insats_id)]
    return row


@pytest.mark.parametrize("which", ["shipped", "county"])
def test_every_field_is_the_specifications_and_has_its_form(request, which):
    for table, rows in hsds_rows(request.getfixturevalue(which)).items():
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids))
        for row in rows:
            assert row.keys() <= FIELDS[table].keys()
            assert row.keys() >= REQUIRED[table]
            assert [name for name, value in row.items() if not fits(value, FIELDS[table][name])] == []


def test_every_reference_leads_somewhere(shipped):
    rows = hsds_rows(shipped)
    ids = {table: {row["id"] for row in found} for table, found in rows.items()}
    for found in rows.values():
        for row in found:
            for name in ("organization_id", "service_id", "location_id"):
                assert name not in row or row[name] in ids[name.removesuffix("_id")]


def test_the_files_are_a_valid_data_package_with_the_specifications_names(shipped, tmp_path):
    written(hsds_files(shipped), tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["name"]: one["path"] for one in package["resources"]}.items() <= PATHS.items()
    assert (package["version"], faults(tmp_path / "datapackage.json")) == (shipped.version, [])


def test_unknown_ages_are_not_there_and_an_unknown_operator_is_said_to_be_unknown(county):
    rows = hsds_rows(county)
    row = row_of(rows, "eken-oppet")
    assert (row["minimum_age"], row["maximum_age"]) == ("0", "6")
    assert row_of(rows, "eken-samtal")["minimum_age"] == "13"
    assert "maximum_age" not in row_of(rows, "eken-samtal")
    names = {row["id"]: row["name"] for row in rows["organization"]}
    assert names[row_of(rows, "bvc-halsa")["organization_id"]] == UNKNOWN_ORGANISATION
    location = next(row for row in rows["location"] if row["external_identifier"] == "kumla-bvc")
    assert "organization_id" not in location


def test_status_is_only_what_is_known_and_how_many_are_left_out_is_told(changed_county):
    offers = [dict(offer) for offer in OFFERS]
    offers[3]["status"] = ""
    changed = changed_county(insatser=offers)
    rows = hsds_rows(changed)
    status = {row["name"]: row["status"] for row in rows["service"]}
    assert (status["Öppet hus"], status["Tonårskurs"]) == ("active", "inactive")
    assert (row_of(rows, "hus-kurs")["alert"], status["Stöd"]) == ("Planerad.", "defunct")
    assert "Barnhälsovård" not in status
    package = json.loads(hsds_files(changed)["datapackage.json"])
    assert "1 insats utan känd status utelämnas" in package["description"]


def test_a_service_of_a_closed_arena_is_closed(changed_county):
    arenas = [dict(arena) for arena in ARENAS]
    arenas[0]["status"] = "stangd"
    assert row_of(hsds_rows(changed_county(arenor=arenas)), "eken-oppet")["status"] == "defunct"


def test_a_place_and_an_address_stand_only_where_all_of_it_is_known_and_may_be_shown(county):
    located = {row["external_identifier"]: row for row in hsds_rows(county)["location"]}
    assert located["nora-fc"]["latitude"] == "59.5191"
    for arena in ("kumla-bvc", "kumla-skydd", "lan-digital"):
        assert "latitude" not in located[arena]
    assert located["lan-digital"]["location_type"] == "virtual"
    (address,) = hsds_rows(county)["address"]
    assert address["location_id"] == identity("location", "nora-fc")
    told = [address[name] for name in ("address_1", "postal_code", "city")]
    assert told == ["Storgatan 1", "713 31", "Nora"]


def test_a_service_serves_the_municipalities_that_its_arena_serves(county):
    rows = hsds_rows(county)
    course = identity("service", "hus-kurs")
    served = [row["name"] for row in rows["service_area"] if row["service_id"] == course]
    assert served == ["Nora kommun", "Lindesberg kommun"]
    digital = identity("service", "natet-chatt")
    assert [row["name"] for row in rows["service_area"] if row["service_id"] == digital] == ["Örebro län"]


def test_ids_are_the_same_in_every_version(county, changed_county):
    again = changed_county(insatser=OFFERS[:1])
    assert row_of(hsds_rows(county), "eken-oppet")["id"] == row_of(hsds_rows(again), "eken-oppet")["id"]
    assert identity("service", "eken-oppet") == "173a3cbd-b6e0-592c-8a09-b2876c90248e"


def test_a_hidden_place_keeps_its_secrets_and_formulas_are_none(told):
    files = hsds_files(told())
    for data in files.values():
        for secret in ("Hemliga", "69230", "59.1277"):
            assert secret not in data.decode("utf-8")
    names = [row["name"] for row in csv.DictReader(io.StringIO(files["locations.csv"].decode("utf-8")))]
    assert names[0].startswith("'=")


def test_made_up_data_says_so_everywhere(county):
    made_up = replace(county, example=True)
    rows = hsds_rows(made_up)
    assert all(row["alert"].startswith("EXEMPELDATA") for row in rows["service"])
    assert all(row["description"].startswith("EXEMPELDATA") for row in rows["location"])
    assert all(row["description"].startswith("EXEMPELDATA") for row in rows["organization"])
    assert json.loads(hsds_files(made_up)["datapackage.json"])["title"].startswith("EXEMPELDATA")
