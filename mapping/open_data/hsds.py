"""Write what is offered as HSDS 3 (Human Services Data Specification, Open Referral): a tabular data package.

Only what is known is written. An insats of unknown status is left out, since the specification must be told
whether a service is active, and "inactive" would be a no that nobody has said.
"""

import csv
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapping.arenas.rows import contract_rows
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.open_data.packaged import title_of
from mapping.open_data.public_tables import cell_text
from mapping.swedish import either
from mapping.tables.excel_csv import guarded

NAMESPACE: Final = uuid.UUID("0903eaf1-3692-56b6-b6d0-6e55ed82d24e")
"""In which our ids are made UUIDs (version 5): the same id is the same UUID in every version of the data."""

UNKNOWN_ORGANISATION: Final = "Huvudman okänd"
"""The specification needs an organisation for every service; this one says that nobody has told which."""

_SERVICE_STATUS: Final = {"aktiv": "active", "planerad": "inactive", "stangd": "defunct"}
_EVERYBODY: Final = "alla_foraldrar"
_FULL_DATE: Final = len("2024-03-05")

Row = dict[str, str]


@dataclass(frozen=True)
class _Field:
    name: str
    type: str = "string"
    form: str = ""
    required: bool = False
    among: tuple[str, ...] = ()
    refers_to: str = ""


_ID: Final = _Field("id", form="uuid", required=True)
_PLACES: Final = ("physical", "postal", "virtual")


def _refers(name: str, table: str, *, required: bool = True) -> _Field:
    return _Field(name, form="uuid", required=required, refers_to=table)


_TABLES: Final[Mapping[str, tuple[str, tuple[_Field, ...]]]] = {
    "organization": (
        "organizations.csv",
        (_ID, _Field("name", required=True), _Field("description", required=True)),
    ),
    "service": (
        "services.csv",
        (
            _ID,
            _refers("organization_id", "organization"),
            _Field("name", required=True),
            _Field("description"),
            _Field("url", form="uri"),
            _Field("status", required=True, among=("active", "inactive", "defunct", "temporarily closed")),
            _Field("eligibility_description"),
            _Field("minimum_age", "number"),
            _Field("maximum_age", "number"),
            _Field("assured_date", "date"),
            _Field("alert"),
        ),
    ),
    "location": (
        "locations.csv",
        (
            _ID,
            _Field("location_type", required=True, among=_PLACES),
            _Field("url", form="uri"),
            _refers("organization_id", "organization", required=False),
            _Field("name"),
            _Field("description"),
            _Field("latitude", "number"),
            _Field("longitude", "number"),
            _Field("external_identifier"),
            _Field("external_identifier_type"),
        ),
    ),
    "service_at_location": (
        "service_at_location.csv",
        (_ID, _refers("service_id", "service"), _refers("location_id", "location")),
    ),
    "address": (
        "addresses.csv",
        (
            _ID,
            _refers("location_id", "location"),
            _Field("address_1", required=True),
            _Field("city", required=True),
            _Field("state_province", required=True),
            _Field("postal_code", required=True),
            _Field("country", required=True),
            _Field("address_type", required=True, among=_PLACES),
        ),
    ),
    "service_area": ("service_areas.csv", (_ID, _refers("service_id", "service"), _Field("name"))),
    "language": ("languages.csv", (_ID, _refers("service_id", "service"), _Field("name"), _Field("code"))),
}


def identity(kind: str, name: str) -> str:
    """Make the UUID that stands for one of our ids, or for an organisation's name."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{name}"))


def hsds_files(dataset: Dataset) -> dict[str, bytes]:
    """Write the subset: organization, service, location, service_at_location, and what is known beside.

    Addresses, service areas and languages stand there where street, postcode and town are all known, and
    where the languages are. File name → bytes: `datapackage.json` and a CSV for each table that has rows.
    """
    rows = hsds_rows(dataset)
    present = [name for name in _TABLES if rows[name]]
    files = {_TABLES[name][0]: _written(_TABLES[name][1], rows[name]) for name in present}
    package = json.dumps(_package(dataset, rows, present), ensure_ascii=False, indent=2)
    return {"datapackage.json": package.encode("utf-8"), **files}


def hsds_rows(dataset: Dataset) -> dict[str, list[Row]]:
    """Give the rows of each table by its name in the specification; a fact that is not known has no cell."""
    arenas = contract_rows(dataset, dataset.arenor.index).to_dict("records")
    by_id = {arena["arena_id"]: arena for arena in arenas}
    operators = {
        arena_id: tuple(names) or (UNKNOWN_ORGANISATION,)
        for arena_id, names in dataset.arenor["huvudman"].items()
    }
    rows: dict[str, list[Row]] = {name: [] for name in _TABLES}
    for offer in dataset.insatser.reset_index().to_dict("records"):
        arena = by_id[offer["arena_id"]]
        status = arena["status"] if arena["status"] in {"stangd", "planerad"} else offer["status"]
        if status in _SERVICE_STATUS:
            _add_service(rows, offer, arena, status, operators[arena["arena_id"]], example=dataset.example)
    used = {row["organization_id"] for row in rows["service"]}
    names = sorted({name for own in operators.values() for name in own})
    served = {arena_id: [*own] for arena_id, own in operators.items() if own != (UNKNOWN_ORGANISATION,)}
    rows["organization"] = [
        row
        for row in (_organisation(name, served, example=dataset.example) for name in names)
        if row["name"] != UNKNOWN_ORGANISATION or row["id"] in used
    ]
    rows["location"] = [_location(arena, served, example=dataset.example) for arena in arenas]
    rows["address"] = [row for arena in arenas for row in _address(arena)]
    return rows


def _organisation(name: str, served: Mapping[Any, Sequence[str]], *, example: bool) -> Row:
    if name == UNKNOWN_ORGANISATION:
        about = "Källan säger inte vem som är huvudman. Samlar insatser från flera håll."
    else:
        number = sum(name in own for own in served.values())
        about = f"Huvudman för {number} {'arena' if number == 1 else 'arenor'} i Stödkartan."
    mark = f"{vocabulary.EXAMPLE_MARK}. " if example else ""
    return {"id": identity("organization", name), "name": name, "description": f"{mark}{about}"}


def _add_service(  # noqa: PLR0913 - a service is made of all of these
    rows: Mapping[str, list[Row]],
    offer: Mapping[Any, Any],
    arena: Mapping[Any, Any],
    status: str,
    operators: Sequence[str],
    *,
    example: bool,
) -> None:
    """Add what one insats is: the service, where it is, whom it serves, in which languages."""
    service = identity("service", offer["insats_id"])
    shared = f"Flera huvudmän: {either(operators, last='och')}." if len(operators) > 1 else ""
    alerts = (vocabulary.EXAMPLE_MARK if example else "", "Planerad." if status == "planerad" else "")
    confirmed = cell_text(offer["kontrollerad_datum"])
    row = {
        "id": service,
        "organization_id": identity("organization", operators[0]),
        "name": offer["namn"],
        "description": " ".join(filter(None, (cell_text(offer["anmarkning"]), shared))),
        "url": cell_text(arena["webbplats"]),
        "status": _SERVICE_STATUS[status],
        "eligibility_description": _eligible(offer),
        "minimum_age": cell_text(offer["alder_fran"]),
        "maximum_age": cell_text(offer["alder_till"]),
        "assured_date": confirmed if len(confirmed) == _FULL_DATE else "",
        "alert": " ".join(filter(None, alerts)),
    }
    rows["service"].append(_stated(row))
    rows["service_at_location"].append(
        {
            "id": identity("service_at_location", offer["insats_id"]),
            "service_id": service,
            "location_id": identity("location", arena["arena_id"]),
        }
    )
    also = (code.strip() for code in arena["betjanar_kommuner"].split("|"))
    for code in (arena["kommunkod"], *(code for code in also if code and code != arena["kommunkod"])):
        name = vocabulary.AREAS[code]
        rows["service_area"].append(
            {
                "id": identity("service_area", f"{offer['insats_id']}:{code}"),
                "service_id": service,
                "name": name if code == vocabulary.COUNTY_CODE else f"{name} kommun",
            }
        )
    for code in offer["sprak"]:
        rows["language"].append(
            {
                "id": identity("language", f"{offer['insats_id']}:{code}"),
                "service_id": service,
                "name": vocabulary.LANGUAGE.get(code, code),
                "code": code,
            }
        )


def _eligible(offer: Mapping[Any, Any]) -> str:
    words = ["Alla föräldrar" if group == _EVERYBODY else group for group in offer["malgrupp"]]
    if cell_text(offer["blivande_foraldrar"]) == "ja":
        words.append("Även blivande föräldrar")
    if cell_text(offer["alder_fran"]) or cell_text(offer["alder_till"]):
        words.append("Åldern är barnets")
    return "".join(f"{word}. " for word in words).strip()


def _location(arena: Mapping[Any, Any], served: Mapping[Any, Sequence[str]], *, example: bool) -> Row:
    is_virtual = arena["arenatyp"] == "digital"
    about = [vocabulary.ARENA_TYPE[arena["arenatyp"]], vocabulary.STATUS[arena["status"]], arena["kommun"]]
    if example:
        about.insert(0, vocabulary.EXAMPLE_MARK)
    operators = served.get(arena["arena_id"])
    return _stated(
        {
            "id": identity("location", arena["arena_id"]),
            "location_type": "virtual" if is_virtual else "physical",
            "url": cell_text(arena["webbplats"]) if is_virtual else "",
            "organization_id": identity("organization", operators[0]) if operators else "",
            "name": arena["namn"],
            "description": "".join(f"{words}. " for words in about).strip(),
            "latitude": cell_text(arena["lat"]),
            "longitude": cell_text(arena["lon"]),
            "external_identifier": arena["arena_id"],
            "external_identifier_type": "Stödkartan arena_id",
        }
    )


def _address(arena: Mapping[Any, Any]) -> Iterator[Row]:
    street, postcode, town = (cell_text(arena[name]) for name in ("adress", "postnummer", "ort"))
    if street and postcode and town:
        yield {
            "id": identity("address", arena["arena_id"]),
            "location_id": identity("location", arena["arena_id"]),
            "address_1": street,
            "city": town,
            "state_province": vocabulary.COUNTY_NAME,
            "postal_code": f"{postcode[:3]} {postcode[3:]}",
            "country": "SE",
            "address_type": "physical",
        }


def _stated(row: Row) -> Row:
    return {name: value for name, value in row.items() if value}


def _written(fields: Iterable[_Field], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8")


def _package(dataset: Dataset, rows: Mapping[str, list[Row]], present: Sequence[str]) -> dict[str, Any]:
    left_out = len(dataset.insatser) - len(rows["service"])
    which = "1 insats" if left_out == 1 else f"{left_out} insatser"
    words = f" {which} utan känd status utelämnas." if left_out else ""
    return {
        "profile": "tabular-data-package",
        "name": "human_services_data",
        "title": f"{title_of(dataset)} (HSDS 3)",
        "description": "En delmängd av Human Services Data Specification 3 (Open Referral). Åldrarna är "
        f"barnens. Skyddade adresser ingår inte.{words}",
        "version": dataset.version,
        **({"created": f"{dataset.day.isoformat()}T00:00:00Z"} if dataset.day else {}),
        "homepage": "https://docs.openreferral.org",
        "resources": [_resource(name, present) for name in present],
    }


def _resource(name: str, present: Sequence[str]) -> dict[str, Any]:
    path, fields = _TABLES[name]
    keys = [
        {"fields": field.name, "reference": {"resource": field.refers_to, "fields": "id"}}
        for field in fields
        if field.refers_to in present
    ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_described(field) for field in fields],
            "primaryKey": "id",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _described(field: _Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.name == "id":
        constraints["unique"] = True
    if field.among:
        constraints["enum"] = list(field.among)
    return {
        "name": field.name,
        "type": field.type,
        **({"format": field.form} if field.form else {}),
        **({"constraints": constraints} if constraints else {}),
    }
