"""Open the dataset that a command is about: a directory that it names, or what the server shows."""

import argparse
import datetime
from pathlib import Path

from mapping.commands.terminal import Terminal, WrongUseError, day
from mapping.contract.findings import Severity
from mapping.dataset.dataset import Dataset, load
from mapping.server.datasets import datasets
from mapping.verdicts.bounds import Wave
from mapping.verdicts.strength import BASIS


def add_choices(parser: argparse.ArgumentParser, *, basis: str) -> None:
    """Let one choose what is judged, compared with what, on which day, and how weakly it may be known."""
    parser.add_argument("--data", type=Path, metavar="MAPP", help="datamängden; annars den som är inställd")
    parser.add_argument("--previous", type=Path, metavar="MAPP", help="förra mätomgångens datamängd")
    parser.add_argument("--date", type=day, metavar="ÅÅÅÅ-MM-DD", help="bedömningens dag; annars i dag")
    meanings = "; ".join(f"{code}: {BASIS[code].lower()}" for code in BASIS)
    parser.add_argument(
        "--basis", choices=list(BASIS), default=basis, help=f"hur svagt något får vara känt. {meanings}"
    )
    parser.add_argument(
        "--include-older", action="store_true",
        help="räkna även äldre uppgifter: som --basis aldre, men utan det som lag och program kräver",
    )  # fmt: skip


def has_store(terminal: Terminal) -> bool:
    """Tell whether there is a store already: reading makes none."""
    kind, _, file = (terminal.settings.database or "").partition(":///")
    return bool(kind) and (kind != "sqlite" or Path(file).is_file())


def shown(directory: Path | None, terminal: Terminal) -> Dataset:
    """Open a directory; without one the latest version, or what the server's first start would show."""
    if directory is None and has_store(terminal):
        return datasets(terminal.settings).latest(terminal.today)
    return opened(directory or terminal.settings.data, terminal)


def opened(directory: Path, terminal: Terminal) -> Dataset:
    """Open a directory, and tell of tables without rows."""
    dataset = load(directory, boundaries=terminal.settings.boundaries, today=terminal.today)
    for finding in dataset.findings:
        if finding.code == "no-rows" and finding.severity is Severity.NOTE:
            terminal.warn(f"{finding.place}: {finding.message}")
    return dataset


def previous_wave(
    directory: Path | None, dataset: Dataset, judged_on: datetime.date, terminal: Terminal
) -> Wave | None:
    """Open the wave to compare with: a directory, or the one that was marked before what is shown."""
    if directory is None:
        before = datasets(terminal.settings).wave_before(dataset)
        return Wave.of(before, judged_on) if before else None
    wave = Wave.of(opened(directory, terminal), judged_on)
    if wave is None:
        raise WrongUseError(
            f"Datamängden i {directory} är ingen tidigare mätomgång: den har inget datum före "
            f"{judged_on.isoformat()}. Ange en äldre datamängd i --previous, eller en senare dag i --date."
        )
    return wave
