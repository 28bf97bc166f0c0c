"""Write a report as one HTML file that stands alone: no script, nothing fetched, light and dark."""

import base64
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mapping.contract import vocabulary
from mapping.reports.document import Document, Figure


def write(document: Document) -> bytes:
    """Write a report as HTML, UTF-8; nothing is left out, whatever pages it may take as PDF."""
    return _template().render(document=document, mark=vocabulary.EXAMPLE_MARK).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["kind_of"] = lambda block: type(block).__name__
    environment.globals["address_of"] = _address_of
    return environment.get_template("report.html.jinja")


def _address_of(figure: Figure) -> str:
    """Give a picture as an address that holds all of it: an image can neither run nor fetch anything."""
    drawn = base64.b64encode(figure.picture.svg.encode()).decode("ascii")
    return f"data:image/svg+xml;base64,{drawn}"
