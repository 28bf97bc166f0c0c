"""Describe the open data for data portals: DCAT-AP-SE 3, as RDF/XML, which dataportal.se harvests."""

import datetime
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD, Namespace

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.open_data.packaged import title_of
from mapping.settings import Publisher

CC0: Final = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
"""The catalogue's licence, which DCAT-AP-SE demands: anyone may use the description."""

NAME: Final = "Stödkartan"

VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_VERSION: Final = URIRef("http://www.w3.org/ns/dcat#version")  # newer than the library's own list
_SWEDISH: Final = URIRef("http://publications.europa.eu/resource/authority/language/SWE")
_COUNTY: Final = URIRef("http://data.europa.eu/nuts/code/SE124")
_PUBLIC: Final = URIRef("http://publications.europa.eu/resource/authority/access-right/PUBLIC")
_THEMES: Final = tuple(
    URIRef(f"http://publications.europa.eu/resource/authority/data-theme/{theme}")
    for theme in ("HEAL", "SOCI")
)
_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9._\-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~%\-/]*)?|https?://\[[0-9a-f:]+\](?::\d{1,5})?/?"
)


@dataclass(frozen=True)
class Catalogue:
    """Who gives the data, where.

    Parameters
    ----------
    address
        The app's own address, absolute: every identifier in the description begins with it.
    publisher
        Who publishes; None: the service itself is named.
    contact
        A web address, or the e-mail address of a function; None: the page Om.
    query
        What follows the addresses of the data, as `?data=demo`.
    """

    address: str
    publisher: Publisher | None = None
    contact: str | None = None
    query: str = ""


@dataclass(frozen=True)
class _Distribution:
    key: str
    path: str
    form: str
    title: str
    description: str


@dataclass(frozen=True)
class _Set:
    key: str
    title: str
    description: str
    distributions: tuple[_Distribution, ...]


_SETS: Final = (
    _Set(
        "arenor",
        "Stöd till föräldrar: arenor och insatser",
        "Var föräldrar får stöd i Örebro län, för barn i vilka åldrar och på vilken preventionsnivå. Varje "
        "uppgift anger sin källa. Det som inte är känt är tomt. Skyddade adresser ingår inte. Källorna har "
        "olika villkor, som står i datapackage.json.",
        (
            _Distribution(
                "paket",
                "api/dataset.zip",
                "application/zip",
                "Hela datamängden",
                "CSV med Table Schema, GeoJSON, GeoPackage och HSDS 3 i en zip-fil.",
            ),
            _Distribution(
                "csv",
                "api/arenas.csv",
                "text/csv",
                "Arenor som CSV",
                "Tar samma parametrar som kartans adress, till exempel kommun och alder.",
            ),
            _Distribution(
                "geojson",
                "api/arenas.geojson",
                "application/geo+json",
                "Arenor som GeoJSON",
                "Tar samma parametrar som kartans adress. En arena utan känd adress har ingen geometri.",
            ),
        ),
    ),
    _Set(
        "bedomning",
        "Föräldraskapsstöd: bedömning av strategins målsättningar",
        "Varje kommun bedömd mot målsättningarna i den regionala strategin för föräldraskapsstöd 2024–2030, "
        "med det som räknats och det som inte är känt.",
        (
            _Distribution(
                "bedomning-json",
                "api/gaps.json",
                "application/json",
                "Bedömningen som JSON",
                "Tar parametrarna datum och aldre.",
            ),
        ),
    ),
)


def is_usable(address: str) -> bool:
    """Tell whether an address can begin the identifiers: http(s), a host, no signs that RDF forbids.

    Examples
    --------
    >>> is_usable("https://stodkartan.example/"), is_usable("stodkartan.example"), is_usable("http://a b/")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(address) is not None


def catalogue_rdf(dataset: Dataset, catalogue: Catalogue) -> bytes:
    """Describe the data that a server gives.

    Parameters
    ----------
    dataset
        The data that the addresses give.
    catalogue
        Who gives it, where.

    Returns
    -------
    bytes
        RDF/XML with one catalogue, its publisher, and its datasets with their contact and distributions. No
        blank nodes, and titles in Swedish. The catalogue's licence is CC0; the distributions name none, since
        the sources differ.

    Raises
    ------
    ValueError
        If the address is not `is_usable`.
    """
    if not is_usable(catalogue.address):
        raise ValueError(f"no http address: {catalogue.address!r}")
    base = catalogue.address.rstrip("/")
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
        graph.bind(prefix, namespace)
    about = f"{base}/api/dcat.rdf{catalogue.query}"
    whole, service = URIRef(f"{about}#katalog"), URIRef(f"{about}#api")
    publisher = _publisher(graph, about, catalogue.publisher)
    contact = _contact(graph, about, base, catalogue.contact)
    day = dataset.compiled_on or dataset.latest_date
    graph.add((whole, RDF.type, DCAT.Catalog))
    _say(
        graph, whole, _titled(dataset, NAME), f"Öppna data om stöd till föräldrar i Örebro län, från {NAME}."
    )
    graph.add((whole, DCTERMS.publisher, publisher))
    graph.add((whole, DCTERMS.license, CC0))
    graph.add((whole, DCTERMS.language, _SWEDISH))
    graph.add((whole, FOAF.homepage, URIRef(f"{base}/")))
    _dated(graph, whole, day)
    graph.add((service, RDF.type, DCAT.DataService))
    _say(graph, service, _titled(dataset, f"{NAME}s API"), "Öppna data över HTTP, utan inloggning.")
    graph.add((service, DCAT.endpointURL, URIRef(f"{base}/api/")))
    graph.add((service, DCTERMS.accessRights, _PUBLIC))
    for described in _SETS:
        one = URIRef(f"{about}#{described.key}")
        graph.add((whole, DCAT.dataset, one))
        graph.add((service, DCAT.servesDataset, one))
        _add_set(graph, one, described, dataset, day)
        graph.add((one, DCTERMS.publisher, publisher))
        graph.add((one, DCAT.contactPoint, contact))
        graph.add((one, DCAT.landingPage, URIRef(f"{base}/om{catalogue.query}")))
        for given in described.distributions:
            node = URIRef(f"{about}#{given.key}")
            graph.add((one, DCAT.distribution, node))
            graph.add((node, RDF.type, DCAT.Distribution))
            _say(graph, node, _titled(dataset, given.title), given.description)
            address = URIRef(f"{base}/{given.path}{catalogue.query}")
            graph.add((node, DCAT.accessURL, address))
            graph.add((node, DCAT.downloadURL, address))
            graph.add((node, DCAT.accessService, service))
            graph.add((node, DCTERMS["format"], Literal(given.form)))
            _dated(graph, node, day)
    return graph.serialize(format="pretty-xml", encoding="utf-8", max_depth=1)


def _titled(dataset: Dataset, title: str) -> str:
    return f"{vocabulary.EXAMPLE_MARK}: {title}" if dataset.example else title


def _say(graph: Graph, node: URIRef, title: str, description: str) -> None:
    graph.add((node, DCTERMS.title, Literal(title, lang="sv")))
    graph.add((node, DCTERMS.description, Literal(description, lang="sv")))


def _dated(graph: Graph, node: URIRef, day: datetime.date | None) -> None:
    if day:
        graph.add((node, DCTERMS.modified, Literal(day.isoformat(), datatype=XSD.date)))


def _add_set(
    graph: Graph, node: URIRef, described: _Set, dataset: Dataset, day: datetime.date | None
) -> None:
    graph.add((node, RDF.type, DCAT.Dataset))
    version = f"{title_of(dataset)}, dataversion {dataset.version}."
    _say(graph, node, _titled(dataset, described.title), f"{described.description} {version}")
    graph.add((node, _VERSION, Literal(dataset.version)))
    graph.add((node, DCTERMS.language, _SWEDISH))
    graph.add((node, DCTERMS.spatial, _COUNTY))
    graph.add((node, DCTERMS.accessRights, _PUBLIC))
    for theme in _THEMES:
        graph.add((node, DCAT.theme, theme))
    for keyword in ("föräldraskapsstöd", "familjecentral", "öppen förskola", "förebyggande"):
        graph.add((node, DCAT.keyword, Literal(keyword, lang="sv")))
    _dated(graph, node, day)


def _publisher(graph: Graph, about: str, publisher: Publisher | None) -> URIRef:
    number = publisher.number if publisher else None
    # the portal knows an organisation by this address, wherever its data is harvested
    address = f"http://dataportal.se/organisation/SE{number}" if number else f"{about}#utgivare"
    node = URIRef(address)
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(publisher.name if publisher else NAME, lang="sv")))
    return node


def _contact(graph: Graph, about: str, base: str, contact: str | None) -> URIRef:
    node = URIRef(f"{about}#kontakt")
    graph.add((node, RDF.type, VCARD.Organization))
    graph.add((node, VCARD.fn, Literal(f"Kontakt för {NAME}", lang="sv")))
    if contact and "@" in contact and "/" not in contact:
        graph.add((node, VCARD.hasEmail, URIRef(f"mailto:{quote(contact, safe='@.+-_')}")))
    else:
        page = contact if contact and urlsplit(contact).scheme in {"http", "https"} else f"{base}/om"
        graph.add((node, VCARD.hasURL, URIRef(quote(page, safe="%/:?#[]@!$&'()*+,;=~"))))
    return node
