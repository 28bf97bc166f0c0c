"""Offer the map as one file that opens without network."""

from mapping.arenas import rows
from mapping.arenas.select import Selection
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import compiled_sources
from mapping.map.one_file import one_file_map
from mapping.reports.formats import PAGE
from mapping.settings import settings
from pages.ui import data
from pages.ui.download import download_button
from pages.ui.reports.making import one_at_a_time


def one_file_map_button(dataset: Dataset, selection: Selection) -> None:
    """Draw the map as one file that opens without network."""
    sources = () if dataset.example else compiled_sources(settings().data)
    today = data.today()

    def file() -> bytes:
        with one_at_a_time:
            return one_file_map(dataset, selection, sources=sources, saved_on=today)

    download_button(
        "Kartan som en fil (HTML)",
        file,
        rows.file_name(dataset, "karta", PAGE),
        icon=":material/map:",
        key="one_file_map",
    )
