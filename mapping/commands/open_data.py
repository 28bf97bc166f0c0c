"""Write what is shown as open data on the command line, or a version's tables as Excel opens them."""

import argparse
from pathlib import Path
from typing import Final

from mapping.commands.datasets import shown
from mapping.commands.terminal import DONE, Terminal, WrongUseError
from mapping.dataset.sources import compiled_sources
from mapping.errors import TargetInUseError
from mapping.open_data.bundle import open_data, open_data_zip
from mapping.open_data.dcat import Catalogue, is_usable
from mapping.tables.excel_csv import files_for_excel


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "version",
        type=int,
        nargs="?",
        metavar="VERSION",
        help="skriv den versionens tabeller, så som Excel öppnar dem, också det som är skyddat",
    )
    export.add_argument(
        "target", type=Path, metavar="MÅL", help="en tom eller ny mapp; för öppna data också en ny .zip-fil"
    )
    export.add_argument("--data", type=Path, metavar="MAPP", help="datamängden; annars den som visas")
    export.add_argument(
        "--address",
        metavar="URL",
        help="appens egen adress, som dcat.rdf ska ange; utan den skrivs ingen dcat.rdf",
    )
    export.set_defaults(run=_export)


def _export(chosen: argparse.Namespace, terminal: Terminal) -> int:
    if chosen.version is not None:
        return _as_published(chosen, terminal)
    if str(chosen.target).isdecimal():
        raise WrongUseError(
            f"Skriv också var version {chosen.target} ska skrivas: export {chosen.target} MAPP."
        )
    return _open_data(chosen, terminal)


def _as_published(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        contents = files_for_excel(store.contents(chosen.version))
    try:
        _write(contents, chosen.target)
    except OSError as error:
        raise _unwritable(chosen.target) from error
    terminal.say(f"Version {chosen.version} är skriven till {chosen.target}: {', '.join(contents)}.")
    return DONE


def _open_data(chosen: argparse.Namespace, terminal: Terminal) -> int:
    settings = terminal.settings
    catalogue = None
    if chosen.address is not None:
        if not is_usable(chosen.address):
            raise WrongUseError("Skriv adressen i --address som https://stodkartan.exempel.se/.")
        catalogue = Catalogue(chosen.address, settings.publisher, settings.contact)
    dataset = shown(chosen.data, terminal)
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
        raise TargetInUseError(target=target) from error
    except OSError as error:
        raise _unwritable(target) from error
    terminal.say(f"Öppna data är skrivna till {target}.")
    return DONE


def _write(files: dict[str, bytes], directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise TargetInUseError(target=directory)
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def _unwritable(target: Path) -> WrongUseError:
    return WrongUseError(
        f"Det går inte att skriva {target}. Ange ett mål där du får skriva, på en disk med plats."
    )


ADD: Final = {"export": _add_export}
