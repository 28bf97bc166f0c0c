"""Write the open data on the command line, as a folder or a zip file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from mapping.commands.terminal import DONE, Commands, Terminal, WrongUseError
from mapping.errors import TargetInUseError

if TYPE_CHECKING:  # pandas is slow to import, and the other commands do without it
    from mapping.dataset import Dataset


def add(commands: Commands) -> None:
    """Add the command."""
    written = commands.add_parser(
        "open-data", help="skriv öppna data: CSV, GeoJSON, GeoPackage, HSDS och DCAT-AP-SE"
    )
    written.add_argument(
        "target", type=Path, metavar="MÅL", help="en tom eller ny mapp, eller en ny fil som slutar på .zip"
    )
    written.add_argument("--data", type=Path, metavar="MAPP", help="datamängden; annars den som visas")
    written.add_argument(
        "--address",
        metavar="URL",
        help="appens egen adress, som dcat.rdf ska ange; utan den skrivs ingen dcat.rdf",
    )
    written.set_defaults(run=_open_data)


def _open_data(chosen: argparse.Namespace, terminal: Terminal) -> int:
    from mapping.open_data.bundle import open_data, open_data_zip  # noqa: PLC0415 - slow to import
    from mapping.open_data.dcat import Catalogue, is_usable  # noqa: PLC0415
    from mapping.sources import compiled_sources  # noqa: PLC0415

    settings = terminal.settings
    catalogue = None
    if chosen.address is not None:
        if not is_usable(chosen.address):
            raise WrongUseError("Skriv adressen i --address som https://stodkartan.exempel.se/.")
        catalogue = Catalogue(chosen.address, settings.publisher, settings.contact)
    dataset = _dataset(chosen.data, terminal)
    compiled = () if dataset.example else compiled_sources(chosen.data or settings.data)
    target: Path = chosen.target
    try:
        if target.suffix.casefold() == ".zip":
            packed = open_data_zip(dataset, compiled, catalogue)
            with target.open("xb") as file:
                file.write(packed)
        else:
            _write(open_data(dataset, compiled, catalogue), target)
    except FileExistsError as error:
        raise TargetInUseError(target) from error
    except OSError as error:
        raise WrongUseError(
            f"Det går inte att skriva {target}. Ange ett mål där du får skriva, på en disk med plats."
        ) from error
    terminal.say(f"Öppna data är skrivna till {target}.")
    return DONE


def _dataset(directory: Path | None, terminal: Terminal) -> "Dataset":
    from mapping import current  # noqa: PLC0415 - slow to import
    from mapping.dataset import load  # noqa: PLC0415

    if directory is None:
        return current.current(terminal.settings, terminal.today)
    return load(directory, boundaries=terminal.settings.boundaries, today=terminal.today)


def _write(files: dict[str, bytes], directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise TargetInUseError(directory)
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
