"""The catalogue has what DCAT-AP-SE demands, and what dataportal.se needs to harvest it."""

from dataclasses import replace

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from mapping.open_data.dcat import Catalogue, catalogue_rdf, is_usable
from mapping.settings import Publisher

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
ADDRESS = "https://stodkartan.example/lan/"
MANDATORY = {
    DCAT.Catalog: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset},
    DCAT.Dataset: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher},
    DCAT.Distribution: {DCAT.accessURL},
    DCAT.DataService: {DCTERMS.title, DCAT.endpointURL},
    FOAF.Agent: {FOAF.name},
    VCARD.Organization: {VCARD.fn},
}


def graph(dataset, **other):
    return Graph().parse(data=catalogue_rdf(dataset, Catalogue(ADDRESS, **other)), format="xml")


def only(found, kind):
    (node,) = set(found.subjects(RDF.type, kind))
    return node


def test_every_class_has_its_mandatory_fields(county):
    found = graph(county)
    for kind, fields in MANDATORY.items():
        nodes = set(found.subjects(RDF.type, kind))
        assert nodes
        for node in nodes:
            assert fields <= set(found.predicates(node)), node


def test_the_catalogue_alone_is_cc0_and_lists_every_dataset_with_its_addresses(county):
    found = graph(county)
    catalogue = only(found, DCAT.Catalog)
    assert set(found.objects(catalogue, DCTERMS.license)) == {CC0}
    assert set(found.objects(catalogue, DCAT.dataset)) == set(found.subjects(RDF.type, DCAT.Dataset))
    assert set(found.subjects(DCTERMS.license)) == {only(found, DCAT.Catalog)}
    addresses = {str(url) for url in found.objects(None, DCAT.downloadURL)}
    assert addresses == {
        f"{ADDRESS}api/{name}" for name in ("dataset.zip", "arenas.csv", "arenas.geojson", "gaps.json")
    }
    for dataset in found.subjects(RDF.type, DCAT.Dataset):
        assert list(found.objects(dataset, DCAT.distribution))
        assert list(found.objects(dataset, DCAT.contactPoint))


def test_every_term_is_known_described_absolute_and_in_swedish(county):
    found = graph(county)
    newer = {URIRef("http://www.w3.org/ns/dcat#version")}  # than the reader's own list
    words = {*found.predicates(), *found.objects(None, RDF.type)} - newer
    assert not [word for word in words if not any(word in one for one in (DCAT, DCTERMS, FOAF, RDF, VCARD))]
    own = {term for term in found.objects() if isinstance(term, URIRef) and "dcat.rdf" in term}
    assert own <= set(found.subjects())
    for triple in found:
        for term in triple:
            assert not isinstance(term, BNode)
            if isinstance(term, URIRef):
                assert str(term).startswith(("http://", "https://", "mailto:"))
    for predicate in (DCTERMS.title, DCTERMS.description):
        for text in found.objects(None, predicate):
            assert isinstance(text, Literal)
            assert text.language == "sv"


def test_the_publisher_is_who_the_operator_says_and_texts_with_the_signs_of_xml_are_texts(county):
    named = graph(county, publisher=Publisher("Region Exempel", "2321000164"))
    agent = only(named, FOAF.Agent)
    assert str(agent) == "http://dataportal.se/organisation/SE2321000164"
    assert str(named.value(agent, FOAF.name)) == "Region Exempel"
    assert str(graph(county).value(only(graph(county), FOAF.Agent), FOAF.name)) == "Stödkartan"
    named = graph(replace(county, title="A & <B>"), publisher=Publisher(']]> & "C"', None))
    assert str(named.value(only(named, FOAF.Agent), FOAF.name)) == ']]> & "C"'
    told = [str(text) for text in named.objects(None, DCTERMS.description)]
    assert sum("A & <B>, dataversion" in text for text in told) == 2


@pytest.mark.parametrize(
    ("contact", "predicate", "expected"),
    [
        ("folkhalsa@region.example", VCARD.hasEmail, "mailto:folkhalsa@region.example"),
        ("https://region.example/fel anmälan", VCARD.hasURL, "https://region.example/fel%20anm%C3%A4lan"),
        (None, VCARD.hasURL, "https://stodkartan.example/lan/om"),
        ("javascript:alert(1)", VCARD.hasURL, "https://stodkartan.example/lan/om"),
    ],
)
def test_the_contact_is_what_the_operator_says(county, contact, predicate, expected):
    found = graph(county, contact=contact)
    assert str(found.value(only(found, VCARD.Organization), predicate)) == expected


def test_version_and_date_are_told_and_made_up_data_says_so(shipped):
    text = catalogue_rdf(shipped, Catalogue(ADDRESS)).decode("utf-8")
    assert f"<dcat:version>{shipped.version}</dcat:version>" in text
    assert "2026-11-30" in text
    assert "EXEMPELDATA" not in text
    found = graph(replace(shipped, example=True), query="?data=demo")
    assert all(str(title).startswith("EXEMPELDATA") for title in found.objects(None, DCTERMS.title))
    assert all(str(url).endswith("?data=demo") for url in found.objects(None, DCAT.accessURL))


@pytest.mark.parametrize(
    "address", ["", "stodkartan.example", "http://a<b>/", 'http://a"b/', "ftp://a/", "http://a b/"]
)
def test_an_address_that_rdf_forbids_is_refused(county, address):
    assert not is_usable(address)
    with pytest.raises(ValueError, match="no http address"):
        catalogue_rdf(county, Catalogue(address))


@pytest.mark.parametrize("address", ["http://localhost:8501/", "https://a.example", "http://[::1]:8501/"])
def test_a_usual_address_is_usable(address):
    assert is_usable(address)
