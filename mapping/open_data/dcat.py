"""Describe the open data for data portals: DCAT-AP-SE 3, as RDF/XML, which dataportal.se harvests."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.open_data.packaged import title_of
from mapping.settings import Publisher

_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9._\-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~%\-/]*)?|https?://\[[0-9a-f:]+\](?::\d{1,5})?/?"
)


@dataclass(frozen=True)
class Catalogue:
    """Who gives the data, where."""

    address: str
    """The app's own, absolute: every identifier in the description begins with it."""
    publisher: Publisher | None = None
    """None: the service itself is named."""
    contact: str | None = None
    """A web address, or the e-mail address of a function; None: the page Om."""
    query: str = ""
    """What follows the addresses of the data, as `?data=demo`."""


def is_usable(address: str) -> bool:
    """Tell whether an address can begin the identifiers: http(s), a host, no signs that RDF forbids.

    Examples
    --------
    >>> is_usable("https://stodkartan.example/"), is_usable("stodkartan.example"), is_usable("http://a b/")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(address) is not None


def catalogue_rdf(dataset: Dataset, catalogue: Catalogue) -> bytes:
    """Describe the data that a server gives, as the template `dcat.rdf.jinja` lays it out.

    Raises
    ------
    ValueError
        If the address is not `is_usable`.
    """
    if not is_usable(catalogue.address):
        raise ValueError(f"no http address: {catalogue.address!r}")
    base = catalogue.address.rstrip("/")
    about = f"{base}/api/dcat.rdf{catalogue.query}"
    number = catalogue.publisher.number if catalogue.publisher else None
    written = _template().render(
        base=base,
        about=about,
        query=catalogue.query,
        # the portal knows an organisation by this address, wherever its data is harvested
        publisher=f"http://dataportal.se/organisation/SE{number}" if number else f"{about}#utgivare",
        publisher_name=catalogue.publisher.name if catalogue.publisher else "Stödkartan",
        contact=_contact(catalogue.contact, base),
        mark=f"{vocabulary.EXAMPLE_MARK}: " if dataset.example else "",
        version=dataset.version,
        version_told=f"{title_of(dataset)}, dataversion {dataset.version}.",
        day=dataset.day or dataset.latest_date,
    )
    return written.encode("utf-8")


def _contact(contact: str | None, base: str) -> str:
    if contact and "@" in contact and "/" not in contact:
        return f"mailto:{quote(contact, safe='@.+-_')}"
    page = contact if contact and urlsplit(contact).scheme in {"http", "https"} else f"{base}/om"
    return quote(page, safe="%/:?#[]@!$&'()*+,;=~")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dcat.rdf.jinja")
