"""Write the example county's two waves: `uv run python -m data.demo.make`."""

import csv
from pathlib import Path
from typing import Final

from data.demo.rows import WAVE_DAYS, Tables, tables
from mapping.contract.schema import TABLES

HERE: Final = Path(__file__).parent
TITLE: Final = "Exempellänet – påhittade uppgifter"
LEFT_OUT: Final = frozenset({"sweref_n", "sweref_e"})
"""Columns that the example does without: its positions are in WGS 84."""


def write(directory: Path) -> None:
    """Write every wave's tables in a directory of its own.

    Parameters
    ----------
    directory
        Where `2024/` and `2026/` are put. Files of the same names are replaced.
    """
    for wave in WAVE_DAYS:
        folder = directory / str(wave)
        folder.mkdir(parents=True, exist_ok=True)
        _write_wave(folder, wave, tables(wave))


def _write_wave(folder: Path, wave: int, rows: Tables) -> None:
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns if column.name not in LEFT_OUT]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[name])
    _write_text(
        folder / "dataset.toml",
        f"""# Made by data/demo/make.py: nothing here is true.
title = "{TITLE}"
compiled_on = {wave}-06-01
example = true
""",
    )
    _write_text(
        folder / "kallor.toml",
        f"""# Made by data/demo/make.py: nothing here is true.
[[kalla]]
namn = "Påhittade källor 1–12"
utgivare = "ingen, gjorda av data/demo/make.py"
datum = "påhittat, {wave}"
licens = "fri användning, det finns inget att skydda"
ger = "allt i exemplet utom kommunernas namn, koder och gränser"
""",
    )


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE)
