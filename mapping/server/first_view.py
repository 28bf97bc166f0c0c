"""Keep what the map first shows on disk, so that a restarted server can paint it while its data is read.

Reading the data needs pandas, which takes longer to import than Streamlit's whole page takes to load. What is
kept is named by everything it depends on: the data's files, the boundaries, this code. So it is never stale;
after any change it is merely not there. In a store the latest version stands for the files; only a SQLite
file is asked, since a server far away would be waited for.
"""

import hashlib
import json
import re
import secrets
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapping.settings import PROJECT, Settings

POINTS, MUNICIPALITIES = "points", "municipalities"
FILES: Final = 2
"""How many files the browser fetches before it has drawn the map."""
_VIEW: Final = "view.json"
_ADDRESS: Final = re.compile(r"/map/([0-9a-f]+)/(points|municipalities)\.json")


@dataclass(frozen=True)
class FirstView:
    """The map without any choice: the data's version, and which arenas are visible, packed."""

    version: str
    visible: str


def folder(cache: Path, settings: Settings) -> Path:
    """Name the place of the first view of some data, as it is now, drawn by this code.

    Parameters
    ----------
    cache
        A directory of the user's own.
    settings
        Which data and boundaries. Files that cannot be read count as absent.
    """
    digest = hashlib.sha256(_published(settings.database).encode())
    own = [] if settings.database else sorted(settings.data.glob("*.csv"))
    paths = [*own, *sorted((PROJECT / "mapping").rglob("*.*"))]
    for path in [*paths, *([settings.boundaries] if settings.boundaries else [])]:
        if path.suffix != ".pyc" and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode())
            digest.update(content)
    return cache / digest.hexdigest()[:24]


def _published(database: str | None) -> str:
    """Name the latest version in a SQLite file, without what is slow to import; empty if there is none."""
    kind, _, file = (database or "").partition(":///")
    if kind != "sqlite" or not Path(file).is_file():
        return ""
    newest = "SELECT content_version FROM version ORDER BY number DESC LIMIT 1"
    try:
        with closing(sqlite3.connect(f"{Path(file).resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return str((connection.execute(newest).fetchone() or [""])[0])
    except sqlite3.Error:
        return ""


def keep(place: Path, view: FirstView, files: Mapping[str, bytes]) -> None:
    """Write a first view, whole or not at all, in place of earlier ones.

    Parameters
    ----------
    place
        As `folder` names it.
    view
        What the page needs.
    files
        `POINTS` and `MUNICIPALITIES`, as the server answers them.

    Raises
    ------
    OSError
        If the disk does not let it; nothing is lost, the next start is only slower.
    """
    if place.is_dir():
        return
    earlier = list(place.parent.glob("*")) if place.parent.is_dir() else []
    draft = place.with_name(f"{place.name}-{secrets.token_hex(4)}")
    draft.mkdir(parents=True, mode=0o700)
    for name, content in files.items():
        (draft / f"{name}.json").write_bytes(content)
    written = {"version": view.version, "visible": view.visible}
    (draft / _VIEW).write_text(json.dumps(written), encoding="utf-8")
    draft.rename(place)
    for old in earlier:
        shutil.rmtree(old, ignore_errors=True)


def read(place: Path) -> FirstView | None:
    """Read a first view; one that is absent or damaged is none."""
    try:
        kept = json.loads((place / _VIEW).read_text(encoding="utf-8"))
        return FirstView(version=str(kept["version"]), visible=str(kept["visible"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def file(place: Path, address: str) -> Path | None:
    """Find the kept file that an address of the map names, if it is there and of that version.

    Parameters
    ----------
    place
        As `folder` names it.
    address
        The path of a request: `/map/<version>/points.json`.
    """
    asked = _ADDRESS.fullmatch(address)
    view = read(place) if asked else None
    if asked is None or view is None or view.version != asked.group(1):
        return None
    path = place / f"{asked.group(2)}.json"
    return path if path.is_file() else None
